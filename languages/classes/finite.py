"""Finite languages: only the dead state of the minimal DFA lies on a cycle (folklore)."""

from __future__ import annotations

from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "finite"


def decide(analysis: Analysis) -> Answer:
    """Is the language a finite set of words?"""
    if cycles_are_constant(analysis, accepting=False):
        return Answer("yes", "no accepting state can be reached from a cycle")
    return Answer("no", "an accepting state can be reached from a cycle")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None


def cycles_are_constant(analysis: Analysis, accepting: bool) -> bool:
    """Is every cycle a self-loop of the one state that accepts everything, or nothing?"""
    states = analysis.states
    if not states.partially_ordered:
        return False
    for q, row in enumerate(states.table):
        if q in row and (set(row) != {q} or bool(analysis.dfa.accept[q]) != accepting):
            return False
    return True
