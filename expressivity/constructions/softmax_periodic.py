"""LTL[P,MOD] by softmax attention at constant precision with positions i mod m."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from expressivity.constructions import Witness, softmax_existence
from expressivity.constructions.from_brasp import regular
from expressivity.constructions.phases import least_period, read_phases, with_phases
from languages.classes import ltl_p_mod, r_trivial
from languages.classes.analysis import Analysis
from languages.language import Language

NAME: Final = "LTL[P,MOD] by softmax"
CITATION: Final = (
    "Jerad, Svete, Li, Cotterell, Disentangling the Expressivity of RoPE, 2026, arXiv 2608.11909, "
    "Theorem 3.1"
)


def applies(language: Language) -> bool:
    """Is the language in LTL[P,MOD]? R-trivial ones do not need positions, but may have them."""
    return language.dfa is not None and ltl_p_mod.decide(Analysis(language.dfa)).value == "yes"


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths with the least period that will do, between two markers or one."""
    dfa = regular(language, NAME)
    period = least_period(dfa, r_trivial.decide, least=2)
    for begin in (True, False):
        made = softmax_existence.program(with_phases(dfa, period, begin), "last")
        witness = softmax_existence.softmax_witness(made)
        yield replace(witness, model=read_phases(witness.model, dfa.alphabet, period, begin))
