"""Sparse averaging by one layer of attention.

Tokens (z_i, y_i, i) with z_i in [-1, 1] and y_i a set of n positions; at position i the average of
z over y_i is asked for, up to an error below 1/(2n). Let N = 2n + 1, the set of the last position
{2i - 1 + a_i : i = 1..n} for bits a, and z_(2i) = b_i, z_(2i-1) = 0, z_N = 0 for bits b. The
average there is |{i : a_i = b_i = 1}| / n, so it is 0 or at least 1/n, and its approximation tells
whether the sets a and b are disjoint. Protocol: the owner of a sends the queries (H d p bits); the
owner of b, whose positions come first, adds from left to right: maxima there and back (2 H p),
denominators there and back (2 H p), numerators (H d p): H (2 d + 4) p bits. Disjointness of n
bits needs n: the 2^n pairs (a, complement of a) are disjoint, and two of them with one transcript
would share it with (a, complement of a') and (a', complement of a), of which one is not.
"""

from __future__ import annotations

from expressivity.size_bounds.bound import (
    AT_ONCE,
    ATTENTION,
    DERIVED,
    NUMBERS,
    ONE_LAYER,
    PASSES,
    Bound,
    Size,
    one_layer,
    read,
)
from proofs.citation import Citation


def _bits(size: Size) -> int:
    return read(size, "heads") * (2 * read(size, "dim") + 4) * read(size, "precision")


CITE = Citation("Sanford, Hsu, Telgarsky", 2023, "Representational Strengths and Limitations of "
                "Transformers", "NeurIPS, arXiv 2306.02896", "Theorem 4")

BOUND = Bound(
    "sparse-averaging", "one layer of attention",
    "tokens (z_i, y_i, i), 2 n + 1 of them, y_i a set of n positions, z_i in [-1, 1]; output at "
    "the last position: the average of z over its set, with an error below 1/(2n)",
    (ONE_LAYER, AT_ONCE, NUMBERS, PASSES), "n <= H (2 d + 4) p", CITE, DERIVED,
    "The source says m p >= c q for one head, with q = n and m = d.",
    ATTENTION, ATTENTION, _bits, lambda n, size: (2, n), one_layer)
