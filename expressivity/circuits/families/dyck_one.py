"""Dyck-1 by thresholds: no prefix closes more than it opens, and all is closed in the end."""

from __future__ import annotations

from typing import Final

from expressivity.circuits.circuit import FALSE, Circuit
from expressivity.circuits.letters import Letters, Options
from languages.language import Language

NAME: Final = "dyck-1"
CITATION: Final = ("Barrington, Corbett, On the relative complexity of some languages in NC1, "
                   "Information Processing Letters 32, 1989 (Dyck languages are in TC0)")
SHAPE: Final = "an AND of THRESHOLD gates, depth 2, size n/2 + 2 at most"
CLASS: Final = "TC0"
RANK: Final = 40


def applies(language: Language) -> bool:
    """Is this the catalogue's Dyck language of one type of brackets?"""
    return language.statement_id == "dyck:1"


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """A prefix of i letters has at least i / 2 opening ones, the word no more than half."""
    letters = Letters(language.alphabet, length, options)
    if length % 2:
        return letters.circuit(FALSE)
    builder = letters.builder
    opening = [letters.letter(i, language.alphabet.index("(")) for i in range(length)]
    # A prefix of even length that is below zero is so by two, and so was the one before it.
    prefixes = [builder.threshold((i + 1) // 2, opening[:i]) for i in range(1, length + 1)
                if i % 2 or i == length]
    return letters.circuit(builder.conj(
        [*prefixes, builder.threshold(length // 2 + 1, opening) ^ 1]))
