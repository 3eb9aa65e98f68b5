"""Composition of L functions by L layers: no number, only a rate."""

from __future__ import annotations

from expressivity.size_bounds.bound import STATED, Bound
from proofs.citation import Citation

BOUND = Bound(
    "sequential-composition", "asymptotic",
    "tables of L functions in the order in which they are hard for a causal model, n tokens in "
    "all; output: their composition at x",
    ("causal decoders of L layers, L constant", "no chain of thought", "n large enough for L; how "
     "large is not said here"),
    "H d p > n^(2^(-4 L))",
    Citation("Chen, Peng, Wu", 2024, "Theoretical limitations of multi-layer Transformer",
             "arXiv 2412.02975", "Theorem 1.1"),
    STATED, "For all large n; since nothing says from which n on, there is no number for a given "
    "model. L + 1 layers of polylogarithmic size suffice.")
