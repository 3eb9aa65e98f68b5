"""FO2[<,+1], first-order logic with two variables, the order and successor.

Therien and Wilke (1998), with Almeida (1996): eSe is in DA for all idempotents e of the syntactic
semigroup S of the words that are not empty. The empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra.local_identities import locally_in_da
from languages.classes import dot_depth_one, fo2
from languages.classes.analysis import Analysis
from languages.classes.local_identity import decide_by_identity
from languages.evidence import Answer, Evidence

KEY = "fo2_successor"


def decide(analysis: Analysis) -> Answer:
    """Is eSe in DA for all idempotents e?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    for smaller, name in ((fo2, "two variables and the order are enough"),
                          (dot_depth_one, "dot-depth at most one")):
        if smaller.decide(analysis).value == "yes":
            return Answer("yes", name)
    return decide_by_identity(analysis, locally_in_da, "eSe in DA for idempotents e")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None
