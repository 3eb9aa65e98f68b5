"""Function composition by one layer of attention.

Fix x = 1. Before the table of f the model has read the table of g; each head's state is d + 2
numbers of p bits, since what it asks for (the query at the last position) is the same for all g.
Let f(1) = y and f be 1 elsewhere. The answer g(y) is a function of the states and of y. Two tables
g that differ at some y have different answers there, so they leave different states: n^n of them
by H (d + 2) p bits.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import (
    AT_ONCE,
    ATTENTION,
    NUMBERS,
    ONE_LAYER,
    ONE_PASS,
    Bound,
    one_layer,
    one_pass_bits,
)
from proofs.citation import Citation

BOUND = Bound(
    "composition", "one layer of attention",
    "input g(1) ... g(n) f(1) ... f(n) x, all from 1 to n; output g(f(x)), read at the end",
    (ONE_LAYER, AT_ONCE, NUMBERS, ONE_PASS), "n^n <= 2^(H (d + 2) p)",
    Citation("Peng, Narayanan, Papadimitriou", 2024, "On Limitations of the Transformer "
             "Architecture", "COLM, arXiv 2402.08164", "Theorem 1"),
    "derived here; the source states H (d + 1) p < n log n",
    "The source counts d + 1 numbers for each head; with a running maximum they are d + 2.",
    ATTENTION, ATTENTION, one_pass_bits, lambda n, size: (n, n), one_layer)
