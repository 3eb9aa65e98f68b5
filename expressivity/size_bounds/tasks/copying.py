"""Copying by a model of bounded state.

After the word and the separator all that the model writes is a function of its state: (V - 1)^n
words by b bits.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import STATE, Bound, read
from proofs.citation import Citation

BOUND = Bound(
    "copying", "fixed state",
    "a word of n tokens and a separator, which is one of the V tokens and not in the word; output: "
    "the word again, token by token",
    (STATE,), "(V - 1)^n <= 2^b",
    Citation("Jelassi, Brandfonbrener, Kakade, Malach", 2024, "Repeat After Me: Transformers are "
             "Better than State Space Models at Copying", "ICML, arXiv 2402.01032"),
    "derived here; the source states it for random words, with the probability of an error", "",
    ("state", "vocabulary"), ("state",), lambda size: read(size, "state"),
    lambda n, size: (max(read(size, "vocabulary") - 1, 1), n))
