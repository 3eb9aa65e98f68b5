"""Deterministic multitape Turing machines: what they are, how they run, how they are written."""
