"""Shuffles of Dyck-1 by thresholds: every pair of brackets on its own, all ANDed.

A prefix of i letters has o opening and c closing brackets of a pair; o >= c iff o and the i - c
letters that do not close the pair are at least i together.
"""

from __future__ import annotations

from typing import Final

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.letters import Letters, Options
from languages.language import Language

NAME: Final = "shuffle-dyck"
CITATION: Final = ("as for Dyck-1: Barrington, Corbett, On the relative complexity of some "
                   "languages in NC1, Information Processing Letters 32, 1989")
SHAPE: Final = "an AND of THRESHOLD gates, depth 2, size O(k n) for k pairs"
CLASS: Final = "TC0"
RANK: Final = 41


def applies(language: Language) -> bool:
    """Is this one of the catalogue's shuffles of Dyck languages?"""
    return (language.statement_id or "").startswith("shuffle-dyck:")


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """No height is negative, and none is positive in the end."""
    letters = Letters(language.alphabet, length, options)
    builder = letters.builder
    found = []
    for opening in range(0, len(language.alphabet), 2):
        counts = [[letters.letter(i, opening), letters.letter(i, opening + 1) ^ 1]
                  for i in range(length)]
        for i in range(1, length + 1):
            operands = [x for pair in counts[:i] for x in pair]
            found.append(builder.threshold(i, operands))
        found.append(builder.threshold(length + 1, [x for pair in counts for x in pair]) ^ 1)
    return letters.circuit(builder.conj(found))
