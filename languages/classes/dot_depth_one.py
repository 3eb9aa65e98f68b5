"""Languages of dot-depth at most one: Boolean combinations of u0 A* u1 A* ... A* uk.

Knast (1983): an identity between pairs of idempotents of the syntactic semigroup of the words that
are not empty. In logic: Boolean combinations of existential sentences over <, +1, min and max. The
empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra import local_identities
from languages.classes import locally_testable, piecewise_testable
from languages.classes.analysis import Analysis
from languages.classes.local_identity import decide_by_identity
from languages.evidence import Answer, Evidence

KEY = "dot_depth_one"


def decide(analysis: Analysis) -> Answer:
    """Does Knast's identity hold in the syntactic semigroup?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    for smaller, name in ((piecewise_testable, "piecewise testable"),
                          (locally_testable, "locally testable")):
        if smaller.decide(analysis).value == "yes":
            return Answer("yes", name)
    return decide_by_identity(analysis, local_identities.dot_depth_one, "Knast's identity")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None
