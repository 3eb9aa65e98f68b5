"""Logics over finite words: syntax, word semantics, and the way from automata and back."""
