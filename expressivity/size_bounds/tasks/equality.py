"""Equality of two words by one layer of attention, with or without chain of thought.

Input u v and an end symbol, u and v of n bits. The owner of u adds first. Reading once costs
H (d + 4) p bits: maxima there and back, denominators there and back, numerators; the query of the
end symbol is the same in all cases. With T decoded tokens there are T readings; before each but
the first the owner of v, who follows the decoding, says which token was written: ceil(log2 V)
bits. Decoded tokens are positions of the owner of v. Equality of n bits needs n: two pairs (u, u)
and (v, v) with one transcript would share it with (u, v).
"""

from __future__ import annotations

from expressivity.size_bounds.bound import (
    ATTENTION,
    DERIVED,
    NUMBERS,
    ONE_LAYER,
    PASSES,
    Bound,
    Size,
    only_one_layer,
    passes_bits,
    read,
)
from proofs.citation import Citation


def _bits(size: Size) -> int:
    more = max(size.cot - 1, 0)
    tokens = (read(size, "vocabulary") - 1).bit_length() if more else 0
    return (more + 1) * passes_bits(size) + more * tokens


def _refuses(size: Size) -> str | None:
    if size.cot > 1 and size.vocabulary is None:
        return "with chain of thought the bound needs the size of the vocabulary: --vocabulary"
    return only_one_layer(size)


BOUND = Bound(
    "equality", "one layer of attention",
    "two words of n bits, one after the other, and an end symbol; output at the end, or as the "
    "last of T decoded tokens: are they equal?",
    (ONE_LAYER, NUMBERS, PASSES, "at most T decoded tokens, the answer included, over a vocabulary "
     "of V, none drawn at random; T = 0: answered at once, which counts as one"),
    "n <= T H (d + 4) p + (T - 1) ceil(log2 V)",
    Citation("Bhattamishra, Hahn, Blunsom, Kanade", 2024, "Separations in the Representational "
             "Capabilities of Transformers and Recurrent Architectures", "NeurIPS, arXiv "
             "2406.09347"),
    DERIVED, "The source is about models that answer at once.", ATTENTION, (*ATTENTION, "cot"),
    _bits, lambda n, size: (2, n), _refuses)
