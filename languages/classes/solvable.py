"""Languages whose syntactic monoid has solvable groups only; these are in ACC0.

Barrington and Therien (1988); otherwise the language is NC1-complete (Barrington 1989).
"""

from __future__ import annotations

from languages.classes.analysis import Analysis
from languages.classes.group_evidence import group_levels, perfect_group
from languages.evidence import Answer, Evidence

KEY = "solvable"


def decide(analysis: Analysis) -> Answer:
    """Are all groups of the syntactic monoid solvable?

    Groups of odd order are solvable (Feit and Thompson 1963), so without words of one length
    that exchange and fix two states there is nothing left to look at.
    """
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    pairs = analysis.pairs
    if pairs is not None and not pairs.swapping_in_phase:
        return Answer("yes", "all groups of words of one length have odd order")
    found = analysis.unsolvable_component
    if found is not None:
        return Answer("no", f"words permute {found.degree} states as a group that is not solvable")
    if analysis.orbit.complete:
        return Answer("yes", f"all groups of {len(analysis.orbit.keys)} image sets are solvable")
    return Answer("undetermined", analysis.orbit_over_budget)


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with polycyclic groups, or a perfect group of words."""
    answer = decide(analysis).value
    if answer == "yes":
        return group_levels(analysis, "solvable")
    return perfect_group(analysis) if answer == "no" else None
