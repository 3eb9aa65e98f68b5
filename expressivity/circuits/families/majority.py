"""Majority: one threshold gate."""

from __future__ import annotations

from typing import Final

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.letters import Letters, Options
from languages.language import Language

NAME: Final = "majority"
CITATION: Final = "by definition; not in AC0[p] (Razborov 1987, Smolensky 1987)"
SHAPE: Final = "one THRESHOLD gate"
CLASS: Final = "TC0"
RANK: Final = 40


def applies(language: Language) -> bool:
    """Is this the catalogue's majority?"""
    return language.statement_id == "majority"


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """More than half of the letters are 1."""
    letters = Letters(language.alphabet, length, options)
    one = language.alphabet.index("1")
    return letters.circuit(letters.builder.threshold(
        length // 2 + 1, [letters.letter(i, one) for i in range(length)]))
