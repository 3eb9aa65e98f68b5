"""Regular languages in AC0: no words of one length act as a non-trivial group.

These are the quasi-aperiodic languages (Barrington, Compton, Straubing, Therien 1992).
"""

from __future__ import annotations

from languages.algebra.pairs import PairGraph
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import group_levels, same_length_counting
from languages.classes.group_search import Finding, search
from languages.evidence import Answer, Evidence

KEY = "ac0"
ALGEBRAIC_CLASS = "quasi-aperiodic"


def decide(analysis: Analysis) -> Answer:
    """Is every group in phi(Sigma^t) trivial, for all t > 0?"""
    return find(analysis).answer


def find(analysis: Analysis) -> Finding:
    """The answer, with the group that was found."""
    return analysis.once(KEY, lambda: _find(analysis))


def _find(analysis: Analysis) -> Finding:
    if analysis.states.partially_ordered:
        return Finding(Answer("yes", "all cycles of the minimal DFA are self-loops"))
    if analysis.states.m == 1:
        return Finding(Answer("yes", "all words of one length act alike"))
    return search(
        analysis,
        _by_pairs,
        lambda group: not analysis.same_length(group).trivial,
        "words of one length permute {} states in different ways",
    )


def _by_pairs(pairs: PairGraph) -> Answer | None:
    if pairs.swapping_in_phase:
        return Answer("no", "words of one length exchange and fix two states")
    if not pairs.chained_in_phase:
        return Answer("yes", "no words of one length can move and fix states along a cycle")
    return None


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with phases, or words of one length that count modulo a prime."""
    found = find(analysis)
    if found.answer.value == "yes":
        return group_levels(analysis, ALGEBRAIC_CLASS)
    return same_length_counting(analysis, found.group) if found.answer.value == "no" else None
