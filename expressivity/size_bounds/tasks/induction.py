"""Induction heads by one layer of attention.

Input s_1 x_1 s_2 x_2 ... s_n x_n ?, over four tokens: each s_i is ? or -, exactly one is ?, each
x_i is a or b. The last earlier ? is s_i, so the answer is x_i. One party knows the x, the other
the place i; the last token, and with it the query, is the same in all cases. The head's result
depends on d + 2 numbers of p bits from the positions of the first party. Two words x that differ
at i have different answers when the ? stands there: 2^n of them by H (d + 2) p bits.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import (
    ANY_SPLIT,
    AT_ONCE,
    ATTENTION,
    DERIVED,
    NUMBERS,
    ONE_LAYER,
    Bound,
    one_layer,
    one_pass_bits,
)
from proofs.citation import Citation

BOUND = Bound(
    "induction", "one layer of attention",
    "a word of 2 n + 1 tokens over an alphabet of at least four; output, at the end, the token "
    "after the last earlier occurrence of the last token",
    (ONE_LAYER, AT_ONCE, NUMBERS, ANY_SPLIT), "n <= H (d + 2) p",
    Citation("Sanford, Hsu, Telgarsky", 2024, "One-layer transformers fail to solve the induction "
             "heads task", "arXiv 2408.14332"),
    DERIVED, "", ATTENTION, ATTENTION, one_pass_bits, lambda n, size: (2, n), one_layer)
