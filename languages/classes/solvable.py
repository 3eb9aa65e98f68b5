"""Languages whose syntactic monoid has solvable groups only; these are in ACC0.

Barrington and Therien (1988); otherwise the language is NC1-complete (Barrington 1989).
"""

from __future__ import annotations

from languages.algebra.pairs import PairGraph
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import group_levels, perfect_group
from languages.classes.group_search import Finding, search
from languages.evidence import Answer, Evidence

KEY = "solvable"
ALGEBRAIC_CLASS = "solvable"


def decide(analysis: Analysis) -> Answer:
    """Are all groups of the syntactic monoid solvable?"""
    return find(analysis).answer


def find(analysis: Analysis) -> Finding:
    """The answer, with the group that was found."""
    return analysis.once(KEY, lambda: _find(analysis))


def _find(analysis: Analysis) -> Finding:
    if analysis.states.partially_ordered:
        return Finding(Answer("yes", "all cycles of the minimal DFA are self-loops"))
    if analysis.states.m == 1:
        return Finding(Answer("yes", "with one letter all words commute"))
    return search(
        analysis,
        _by_pairs,
        lambda group: group.degree >= 5 and not analysis.same_length(group).solvable,
        "words permute {} states as a group that is not solvable",
    )


def _by_pairs(pairs: PairGraph) -> Answer | None:
    """Groups of odd order are solvable (Feit and Thompson 1963)."""
    if pairs.swapping_in_phase:
        return None
    return Answer("yes", "all groups of words of one length have odd order")


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with polycyclic groups, or a perfect group of words."""
    found = find(analysis)
    if found.answer.value == "yes":
        return group_levels(analysis, ALGEBRAIC_CLASS)
    return None if found.group is None else perfect_group(analysis, found.group)
