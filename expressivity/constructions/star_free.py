"""Star-free languages by strictly masked rightmost hard attention without positions.

Aperiodic DFA -> cascade of values that are set or kept -> past temporal formula -> B-RASP ->
weights. Each value is fetched by a head from where it was set last.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from expressivity.programs.brasp import Program, Readout
from expressivity.programs.brasp_to_model import RATIONAL, brasp_to_model
from expressivity.programs.ltl_to_brasp import ltl_to_brasp
from languages.classes import star_free
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.logics.from_automaton import star_free_formula

NAME: Final = "star-free"
CITATION: Final = (
    "Yang, Chiang, Angluin, Masked Hard-Attention Transformers Recognize Exactly the Star-Free "
    "Languages, NeurIPS 2024, arXiv 2310.13897, Theorems 1-4; from automata to formulas by "
    "Krohn, Rhodes (1965) and Maler, Pnueli (1990)"
)


def applies(dfa: DFA) -> bool:
    """Is the language known to be star-free?"""
    return star_free.decide(Analysis(dfa)).value == "yes"


def program(dfa: DFA, readout: Readout = "eos") -> Program:
    """The program, with `j < i` and rightmost attention only.

    Raises `InputError` when the language is not star-free, `LimitError` when it needs too much.
    """
    formula = star_free_formula(dfa, readout)
    return ltl_to_brasp(formula, readout, previously="rightmost")


def build(
    dfa: DFA, contract: Mapping[str, Any] = RATIONAL, readout: Readout = "eos"
) -> dict[str, Any]:
    """A model that accepts the language at all lengths; see `program` for what it raises.

    The readout "last" needs no marker and says nothing about the empty word.
    """
    return brasp_to_model(program(dfa, readout), contract)
