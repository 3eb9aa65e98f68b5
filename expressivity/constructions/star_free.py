"""Star-free languages by strictly masked rightmost hard attention without positions.

Aperiodic DFA -> cascade of values that are set or kept -> past temporal formula -> B-RASP ->
weights. Each value is fetched by a head from where it was set last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import brasp_witnesses, regular
from expressivity.programs.brasp import Program, Readout
from expressivity.programs.ltl_to_brasp import ltl_to_brasp
from languages.classes import star_free
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.language import Language
from languages.logics.from_automaton import star_free_formula

NAME: Final = "star-free"
CITATION: Final = (
    "Yang, Chiang, Angluin, Masked Hard-Attention Transformers Recognize Exactly the Star-Free "
    "Languages, NeurIPS 2024, arXiv 2310.13897, Theorems 1-4; from automata to formulas by "
    "Krohn, Rhodes (1965) and Maler, Pnueli (1990)"
)


def applies(language: Language) -> bool:
    """Is the language known to be star-free?"""
    return language.dfa is not None and star_free.decide(Analysis(language.dfa)).value == "yes"


def program(dfa: DFA, readout: Readout = "eos") -> Program:
    """The program, with `j < i` and rightmost attention only.

    Raises `InputError` when the language is not star-free, `LimitError` when it needs too much.
    The readout "last" needs no marker and says nothing about the empty word.
    """
    formula = star_free_formula(dfa, readout)
    return ltl_to_brasp(formula, readout, previously="rightmost")


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at an end symbol, then at the last letter."""
    for readout in get_args(Readout):
        yield from brasp_witnesses(program(regular(language, NAME), readout))
