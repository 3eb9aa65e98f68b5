"""C-RASP read at the last letter: the letter and counts of what came before know the next state.

Equivalently, for each letter a the words w with wa in L are a language of C-RASP read after the
last letter (derived). A language and the same with or without the empty word are not told apart.
"""

from __future__ import annotations

from languages.classes import c_rasp
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "c_rasp_last"
ALGEBRAIC_CLASS = "C-RASP@last"


def decide(analysis: Analysis) -> Answer:
    """Is there a C-RASP program that, read at the last letter, accepts the non-empty words?"""
    return c_rasp.decide(analysis, last=True)


def evidence(analysis: Analysis) -> Evidence | None:
    """Counts that show where each letter leads, or states that no count tells apart."""
    return c_rasp.evidence(analysis, ALGEBRAIC_CLASS, last=True)
