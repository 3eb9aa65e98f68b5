"""FO2[<,+1], first-order logic with two variables, the order and successor.

Therien and Wilke (1998), with Almeida (1996): eSe is in DA for all idempotents e of the syntactic
semigroup S of the words that are not empty. The empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra.identity_failures import local_da_failure
from languages.algebra.local_identities import Local, locally_in_da
from languages.classes import dot_depth_one, fo2, locally_testable, piecewise_testable
from languages.classes.analysis import Analysis
from languages.classes.local_identity import (
    decide_by_identity,
    differ,
    evidence_by_identity,
    pattern,
)
from languages.evidence import Answer, Evidence

KEY = "fo2_successor"
ALGEBRAIC_CLASS = "FO2[<,+1]"


def decide(analysis: Analysis) -> Answer:
    """Is eSe in DA for all idempotents e?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    for inside, name in ((fo2, "two variables and the order are enough"),
                         (dot_depth_one, "dot-depth at most one")):
        if inside.decide(analysis).value == "yes":
            return Answer("yes", name)
    return decide_by_identity(analysis, locally_in_da, "eSe in DA for idempotents e")


def evidence(analysis: Analysis) -> Evidence | None:
    """The size of a semigroup that is locally in DA, or words of elements that are not."""
    inside = (piecewise_testable, locally_testable, fo2)
    return evidence_by_identity(analysis, decide(analysis), inside, "locally-in-da",
                                ALGEBRAIC_CLASS, locally_in_da, _pattern)


def _pattern(analysis: Analysis, local: Local) -> Evidence | None:
    semigroup = local.semigroup
    found = local_da_failure(local)
    if found is None:
        return None
    x = found["x"]
    square = int(local.table[x, x])
    state = differ(semigroup, x, square)
    p, q = (int(semigroup.maps[one][state]) for one in (x, square))
    return pattern(analysis, "local-da-pattern", ALGEBRAIC_CLASS, found, p, (p, q))
