"""Star-free languages: the syntactic monoid is aperiodic (Schuetzenberger 1965)."""

from __future__ import annotations

from languages.classes.analysis import Analysis
from languages.classes.group_evidence import counting, group_levels
from languages.evidence import Answer, Evidence

KEY = "star_free"


def decide(analysis: Analysis) -> Answer:
    """Are all groups of the syntactic monoid trivial?

    Pairs of states settle the groups of even order; the image orbit settles the rest.
    """
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    cycle = analysis.letter_cycle
    if cycle is not None:
        q, a, k = cycle
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        return Answer("no", f"the letter {letter} moves state {q} along a cycle of length {k}")
    pairs = analysis.pairs
    if pairs is not None:
        if pairs.swapping:
            return Answer("no", "a word exchanges two states of the minimal DFA")
        if not pairs.chained:
            return Answer("yes", "no component of pairs of states allows a cycle of states")
    found = analysis.moving_component
    if found is not None:
        return Answer("no", f"words permute {found.degree} states non-trivially")
    if analysis.orbit.complete:
        return Answer("yes", f"no word permutes any of {len(analysis.orbit.keys)} image sets")
    return Answer("undetermined", analysis.orbit_over_budget)


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with labels that no letter permutes, or a word that counts modulo k."""
    answer = decide(analysis).value
    if answer == "yes":
        return group_levels(analysis, "star-free")
    return counting(analysis) if answer == "no" else None
