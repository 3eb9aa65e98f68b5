"""Regular languages in AC0 by masked rightmost hard attention with positions i mod m."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from expressivity.constructions import Witness
from expressivity.constructions.from_brasp import brasp_witnesses, regular
from expressivity.constructions.phases import least_period, read_phases, with_phases
from expressivity.constructions.star_free import program
from languages.classes import ac0, star_free
from languages.classes.analysis import Analysis
from languages.language import Language

NAME: Final = "quasi-aperiodic"
CITATION: Final = (
    "Yang, Chiang, Angluin, Masked Hard-Attention Transformers Recognize Exactly the Star-Free "
    "Languages, NeurIPS 2024, arXiv 2310.13897 (periodic position encodings); FO[<,MOD] by "
    "Barrington, Compton, Straubing, Therien (1992)"
)


def applies(language: Language) -> bool:
    """Is the language regular, in AC0, and not star-free, so that positions are needed?"""
    if language.dfa is None:
        return False
    analysis = Analysis(language.dfa)
    return star_free.decide(analysis).value != "yes" and ac0.decide(analysis).value == "yes"


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, with the least period that will do."""
    dfa = regular(language, NAME)
    period = least_period(dfa, star_free.decide)
    for witness in brasp_witnesses(program(with_phases(dfa, period), "last")):
        yield replace(witness, model=read_phases(witness.model, dfa.alphabet, period))
