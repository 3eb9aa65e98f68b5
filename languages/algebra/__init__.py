"""Finite algebra behind the deciders: graphs on states, pairs and image sets; permutations."""
