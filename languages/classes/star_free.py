"""Star-free languages: the syntactic monoid is aperiodic (Schuetzenberger 1965)."""

from __future__ import annotations

from languages.algebra.pairs import PairGraph
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import counting, group_levels
from languages.classes.group_search import Finding, search
from languages.evidence import Answer, Evidence

KEY = "star_free"
ALGEBRAIC_CLASS = "star-free"


def decide(analysis: Analysis) -> Answer:
    """Are all groups of the syntactic monoid trivial?

    Pairs of states settle the groups of even order; the image orbit settles the rest.
    """
    return find(analysis).answer


def find(analysis: Analysis) -> Finding:
    """The answer, with the group that was found."""
    return analysis.once(KEY, lambda: _find(analysis))


def _find(analysis: Analysis) -> Finding:
    if analysis.states.partially_ordered:
        return Finding(Answer("yes", "all cycles of the minimal DFA are self-loops"))
    cycle = analysis.letter_cycle
    if cycle is not None:
        q, a, k = cycle
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        reason = f"the letter {letter} moves state {q} along a cycle of length {k}"
        return Finding(Answer("no", reason))
    return search(analysis, _by_pairs, lambda group: True, "words permute {} states non-trivially")


def _by_pairs(pairs: PairGraph) -> Answer | None:
    if pairs.swapping:
        return Answer("no", "a word exchanges two states of the minimal DFA")
    if not pairs.chained:
        return Answer("yes", "no component of pairs of states allows a cycle of states")
    return None


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with labels that no letter permutes, or a word that counts modulo k."""
    found = find(analysis)
    if found.answer.value == "yes":
        return group_levels(analysis, ALGEBRAIC_CLASS)
    return counting(analysis, found.group) if found.answer.value == "no" else None
