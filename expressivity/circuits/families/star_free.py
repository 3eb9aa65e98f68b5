"""Star-free languages in constant depth: their temporal formula, unrolled."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families._temporal import unroll
from expressivity.circuits.letters import Letters, Options
from languages.classes import star_free
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.logics.from_automaton import star_free_formula
from languages.logics.ltl import Formula

NAME: Final = "star-free"
CITATION: Final = (
    "McNaughton, Papert, Counter-Free Automata, 1971 (first-order definable); Immerman, "
    "Descriptive Complexity, 1999 (first-order formulas are circuits of constant depth); the "
    "formula by Maler, Pnueli (1990)"
)
SHAPE: Final = "AND and OR, depth bounded by the formula's, size O(n^2) per operator"
CLASS: Final = "AC0"
RANK: Final = 10


def applies(language: Language) -> bool:
    """Is the language known to be star-free?"""
    return language.dfa is not None and star_free.decide(Analysis(language.dfa)).value == "yes"


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """The formula at the end position."""
    if language.dfa is None:
        raise InputError(f"{NAME}: {language.name} is not regular")
    letters = Letters(language.alphabet, length, options)
    return letters.circuit(unroll(letters.builder, _formula(language.dfa), length, letters.letter))


@lru_cache(maxsize=8)
def _formula(dfa: DFA) -> Formula:
    return star_free_formula(dfa)
