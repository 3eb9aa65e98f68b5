"""C-RASP read after the last letter: counts of the past know the state of the minimal DFA.

Yang, Veseli, Barloy et al. (2026), Theorem 15 and appendix J.
"""

from __future__ import annotations

from languages.classes import c_rasp
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "c_rasp_eos"
ALGEBRAIC_CLASS = "C-RASP@eos"


def decide(analysis: Analysis) -> Answer:
    """Is there a C-RASP program that, read after the word, accepts the language?"""
    return c_rasp.decide(analysis, last=False)


def evidence(analysis: Analysis) -> Evidence | None:
    """Counts that show the state, or states that no count tells apart."""
    return c_rasp.evidence(analysis, ALGEBRAIC_CLASS, last=False)
