"""Regular languages in AC0: the quasi-aperiodic ones (Barrington, Compton, Straubing, Therien 1992)."""

from __future__ import annotations

from languages.classes.analysis import Analysis
from languages.classes.group_evidence import group_levels, same_length_counting
from languages.evidence import Answer, Evidence

KEY = "ac0"


def decide(analysis: Analysis) -> Answer:
    """Is every group in phi(Sigma^t) trivial, for all t > 0?"""
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    pairs = analysis.pairs
    if pairs is not None:
        if pairs.swapping_in_phase:
            return Answer("no", "words of one length exchange and fix two states")
        if not pairs.chained_in_phase:
            return Answer("yes", "no words of one length can move and fix states along a cycle")
    found = analysis.same_length_component
    if found is not None:
        return Answer("no", f"words of one length permute {found.degree} states in different ways")
    if analysis.orbit.complete:
        sets = len(analysis.orbit.keys)
        return Answer("yes", f"words of one length act alike on all components of {sets} image sets")
    return Answer("undetermined", analysis.orbit_over_budget)


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with phases, or words of one length that count modulo a prime."""
    answer = decide(analysis).value
    if answer == "yes":
        return group_levels(analysis, "quasi-aperiodic")
    return same_length_counting(analysis) if answer == "no" else None
