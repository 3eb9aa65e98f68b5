"""Cofinite languages: only the state that accepts everything lies on a cycle (folklore)."""

from __future__ import annotations

from languages.classes.analysis import Analysis
from languages.classes.finite import cycles_are_constant
from languages.evidence import Answer, Evidence

KEY = "cofinite"


def decide(analysis: Analysis) -> Answer:
    """Is the complement a finite set of words?"""
    if cycles_are_constant(analysis, accepting=True):
        return Answer("yes", "no rejecting state can be reached from a cycle")
    return Answer("no", "a rejecting state can be reached from a cycle")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None
