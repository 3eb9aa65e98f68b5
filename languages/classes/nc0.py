"""Regular languages in NC0: the stable semigroup is locally trivial, exe = e.

The stable semigroup is that of Barrington, Compton, Straubing, Therien (1992); the criterion is
derived. Membership of a word depends, for each length, on boundedly many letters at both ends;
outside the class it depends on unboundedly many positions.
"""

from __future__ import annotations

from languages.algebra.pairs import PairGraph
from languages.classes.analysis import Analysis
from languages.classes.nc0_evidence import block, letter_join, swap
from languages.evidence import Answer, Evidence

KEY = "nc0"
ALGEBRAIC_CLASS = "nc0-regular"


def decide(analysis: Analysis) -> Answer:
    """Do no two states q != r on a cycle of pairs have a walk q -> r of suitable length?

    The length must be a multiple of the period of the pairs' component.
    """
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    found = letter_join(analysis)
    if found is not None:
        q, r, a, _ = found
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        reason = f"words of one length join {q} to {r}, and a power of {letter} fixes both"
        return Answer("no", reason)
    if analysis.states.m == 1:
        return Answer("yes", "all words of one length act alike")
    if analysis.pairs is not None:
        return _by_pairs(analysis.pairs)
    core = analysis.core
    if core is not None and core.states.n == 1:
        return Answer("yes", "all long words of one length lead every state to one state")
    if core is not None and core.pairs is not None:
        answer = _by_pairs(core.pairs)
        if answer.value == "no":  # its states have other numbers
            return Answer("no", "words of one length fix two states and lead from one to the other")
        return answer
    return Answer("undetermined", analysis.pairs_over_budget)


def _by_pairs(pairs: PairGraph) -> Answer:
    if pairs.joined_in_phase is None:
        return Answer("yes", "no states that are fixed together are joined by words of that length")
    q, r = pairs.joined_in_phase
    return Answer("no", f"words of one length fix states {q} and {r} and lead from {q} to {r}")


def evidence(analysis: Analysis) -> Evidence | None:
    """Lengths of blocks and ends, or words of one length that fix and join two states."""
    answer = decide(analysis).value
    if answer == "yes":
        return block(analysis)
    return swap(analysis) if answer == "no" else None
