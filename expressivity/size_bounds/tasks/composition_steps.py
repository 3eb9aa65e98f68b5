"""Iterated composition by softmax attention with chain of thought: no constant is known here."""

from __future__ import annotations

from expressivity.size_bounds.bound import ONE_LAYER, STATED, Bound
from proofs.citation import Citation

BOUND = Bound(
    "iterated-composition", "asymptotic",
    "tables of functions on n elements, and x; output: their composition at x",
    (ONE_LAYER,), "T = Omega(sqrt(n / (H d p)))",
    Citation("Peng, Narayanan, Papadimitriou", 2024, "On Limitations of the Transformer "
             "Architecture", "COLM, arXiv 2402.08164"),
    STATED + " (not compared with the paper's proof)",
    "The proof goes through the communication complexity of pointer chasing, whose constant is "
    "not made explicit: no number.")
