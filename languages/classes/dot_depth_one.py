"""Languages of dot-depth at most one: Boolean combinations of u0 A* u1 A* ... A* uk.

Knast (1983): an identity between pairs of idempotents of the syntactic semigroup of the words that
are not empty. In logic: Boolean combinations of existential sentences over <, +1, min and max. The
empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra import local_identities
from languages.algebra.identity_failures import knast_failure
from languages.algebra.local_identities import Local
from languages.classes import locally_testable, piecewise_testable
from languages.classes.analysis import Analysis
from languages.classes.local_identity import (
    decide_by_identity,
    differ,
    evidence_by_identity,
    pattern,
)
from languages.evidence import Answer, Evidence

KEY = "dot_depth_one"
ALGEBRAIC_CLASS = "dot-depth-one"


def decide(analysis: Analysis) -> Answer:
    """Does Knast's identity hold in the syntactic semigroup?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    for inside, name in ((piecewise_testable, "piecewise testable"),
                         (locally_testable, "locally testable")):
        if inside.decide(analysis).value == "yes":
            return Answer("yes", name)
    return decide_by_identity(analysis, local_identities.dot_depth_one, "Knast's identity")


def evidence(analysis: Analysis) -> Evidence | None:
    """The size of a semigroup with Knast's identity, or words of elements that break it."""
    return evidence_by_identity(analysis, decide(analysis), (piecewise_testable, locally_testable),
                                "knast-identity", ALGEBRAIC_CLASS, local_identities.dot_depth_one,
                                _pattern)


def _pattern(analysis: Analysis, local: Local) -> Evidence | None:
    semigroup = local.semigroup
    found = knast_failure(local)
    if found is None:
        return None
    named, lhs, rhs = found
    # With z' = (zt)^n z also z't = (zt)^n is idempotent; the two sides end there.
    table, maps = local.table, semigroup.maps
    g = local.power[table[named["x"], named["y"]]]
    h = local.power[table[named["z"], named["t"]]]
    state = differ(semigroup, lhs, rhs)
    p, q, r = (int(maps[x][state]) for x in (g, rhs, lhs))
    elements = {**named, "z": int(table[h, named["z"]])}
    return pattern(analysis, "knast-pattern", ALGEBRAIC_CLASS, elements, p, (q, r))
