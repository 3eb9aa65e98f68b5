"""Match3 by one layer of attention.

Is there a pair j, k with x_i + x_j + x_k = 0 mod M, for the last position i? Let N = 2n + 1 and
M >= 2n + 4. Bits a: position j <= n holds j + 1 if a_j = 1, else 1. Bits b: position n + j holds
M - j - 2 if b_j = 1, else 1. The last position holds 1. Sums of 1 and two numbers are M only for
1 + (j + 1) + (M - j - 2): without a number of b they are at most 2n + 3 < M; with one and a 1 they
are M - j, which is not M, since j >= 1; with two numbers of b they lie strictly between M and 2M.
So there is a match if and only if a and b intersect. Protocol, the owner of a adding first: maxima
and denominators there and back, numerators: H (d + 4) p bits; disjointness needs n, as for
sparse averaging.
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
    one_layer,
    passes_bits,
)
from proofs.citation import Citation

CITE = Citation("Sanford, Hsu, Telgarsky", 2023, "Representational Strengths and Limitations of "
                "Transformers", "NeurIPS, arXiv 2306.02896")
PROBLEM = ("2 n + 1 numbers below M, for a fixed M >= 2 n + 4; output at the last position: are "
           "there two, not necessarily different, whose sum with the last one is 0 mod M?")

BOUND = Bound(
    "match3", "one layer of attention", PROBLEM, (ONE_LAYER, AT_ONCE, NUMBERS, PASSES),
    "n <= H (d + 4) p", CITE, DERIVED,
    "The source says m p H >= c N / log log N; here p includes the bits of running sums.",
    ATTENTION, ATTENTION, passes_bits, lambda n, size: (2, n), one_layer)
