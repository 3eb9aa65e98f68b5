"""Locally threshold testable languages: FO[+1], first-order logic with successor.

For some k and t the first k - 1 letters, the last k - 1 letters and the numbers of occurrences of
each factor of length k, counted up to t, decide about words of k or more letters. The syntactic
semigroup S of the words that are not empty is aperiodic and pqr = rqp for all p, r in eSf and q in
fSe, e and f idempotent (Therien and Weiss 1985, Beauquier and Pin 1989). Short words are free, so
the empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra.identity_failures import threshold_failure
from languages.algebra.local_identities import Local, locally_threshold
from languages.classes import locally_testable
from languages.classes.analysis import Analysis
from languages.classes.local_identity import (
    decide_by_identity,
    differ,
    evidence_by_identity,
    pattern,
)
from languages.evidence import Answer, Evidence

KEY = "locally_threshold_testable"
ALGEBRAIC_CLASS = "locally-threshold-testable"


def decide(analysis: Analysis) -> Answer:
    """Is the syntactic semigroup aperiodic with pqr = rqp between idempotents?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    if locally_testable.decide(analysis).value == "yes":
        return Answer("yes", "locally testable, so occurrences need to be counted up to one only")
    return decide_by_identity(analysis, locally_threshold, "pqr = rqp between idempotents")


def evidence(analysis: Analysis) -> Evidence | None:
    """The size of a semigroup with the identity, or words of elements that break it."""
    return evidence_by_identity(analysis, decide(analysis), (locally_testable,),
                                "threshold-identity", ALGEBRAIC_CLASS, locally_threshold,
                                _pattern)


def _pattern(analysis: Analysis, local: Local) -> Evidence | None:
    semigroup = local.semigroup
    found = threshold_failure(local)
    if found is None:
        return None
    pqr, rqp = (int(local.table[local.table[found[x], found["q"]], found[y]])
                for x, y in ("pr", "rp"))
    state = differ(semigroup, pqr, rqp)
    maps = semigroup.maps
    sides = int(maps[pqr][state]), int(maps[rqp][state])
    return pattern(analysis, "threshold-pattern", ALGEBRAIC_CLASS, found,
                   int(maps[found["e"]][state]), sides)
