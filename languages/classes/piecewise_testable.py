"""Piecewise testable languages: the syntactic monoid is J-trivial (Simon 1975).

J-trivial is R-trivial and L-trivial; on a partially ordered minimal DFA it is local confluence
(Klima and Polak 2013).
"""

from __future__ import annotations

from languages.classes import l_trivial, r_trivial
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "piecewise_testable"
ALGEBRAIC_CLASS = "J-trivial"


def decide(analysis: Analysis) -> Answer:
    """Is the syntactic monoid J-trivial?"""
    right = r_trivial.decide(analysis)
    if right.value == "no":
        return right
    if l_trivial.find(analysis) is not None:
        return Answer("no", "two letters lead from one state to different states that they fix")
    return Answer("yes", "the minimal DFA is partially ordered and locally confluent")


def evidence(analysis: Analysis) -> Evidence | None:
    """Ranks and levels, or a forbidden cycle or pattern; None when the levels are too many."""
    if not analysis.states.partially_ordered:
        return r_trivial.cycle(analysis, ALGEBRAIC_CLASS)
    pattern = l_trivial.find(analysis)
    if pattern is not None:
        return l_trivial.left_pattern(analysis, pattern, ALGEBRAIC_CLASS)
    if analysis.pair_cells > l_trivial.LARGEST_EVIDENCE:
        return None
    data = {"rank": r_trivial.ranks(analysis), "levels": l_trivial.levels(analysis)}
    return Evidence("piecewise-testable", ALGEBRAIC_CLASS, True, data)
