"""Parity by AND and OR in depth three: blocks of about sqrt(n) letters.

The OR over all parities of the blocks with the right sum of an AND that says each block has its
parity; that is a conjunction of clauses, one for each wrong assignment of the block. With b blocks
of s letters these are 2^(b-1) ANDs and b 2^s clauses, so about sqrt(n) 2^sqrt(n) gates. No
circuit of depth three is much smaller (Hastad).
"""

from __future__ import annotations

import itertools
import math
from typing import Final

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families._parity import is_parity, odd_letters
from expressivity.circuits.letters import Letters, Options
from languages.language import Language

NAME: Final = "parity-depth-3"
CITATION: Final = (
    "Hastad, Almost optimal lower bounds for small depth circuits, STOC 1986 (parity in depth d "
    "needs size exp(Omega(n^(1/(d-1)))), and this is the matching circuit)"
)
SHAPE: Final = "AND and OR, depth 3, size O(sqrt(n) 2^sqrt(n))"
CLASS: Final = None
RANK: Final = 80


def applies(language: Language) -> bool:
    """Is the language a parity of letters?"""
    return is_parity(language)


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """OR of AND of OR."""
    letters = Letters(language.alphabet, length, options)
    builder = letters.builder
    xs, wanted = odd_letters(language, letters, NAME)
    side = max(1, math.isqrt(max(0, length - 1)) + 1)
    blocks = [xs[k:k + side] for k in range(0, length, side)]

    def clauses(block: list[int], parity: bool) -> list[int]:
        """Clauses whose conjunction says that the block has this parity."""
        return [builder.disj(x ^ int(value) for x, value in zip(block, values, strict=True))
                for values in itertools.product((False, True), repeat=len(block))
                if sum(values) % 2 != parity]

    cnf = [(clauses(block, False), clauses(block, True)) for block in blocks]
    return letters.circuit(builder.disj(
        builder.conj(x for pair, parity in zip(cnf, parities, strict=True) for x in pair[parity])
        for parities in itertools.product((0, 1), repeat=len(blocks))
        if sum(parities) % 2 == wanted))
