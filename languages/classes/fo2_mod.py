"""Languages whose stable semigroup is in DA: FO2[<,MOD], two variables, order, positions mod m.

Dartois and Paperman (2013). The stable semigroup is the syntactic image of the words of length s,
for an s > 0 such that words of length 2s have the same images. It does not depend on whether the
empty word is in the language. With R-trivial in the place of DA this is LTL[P,MOD].
"""

from __future__ import annotations

from languages.algebra.local_identities import stable_in_da
from languages.classes import ac0, fo2, ltl_p_mod
from languages.classes.analysis import Analysis
from languages.classes.local_identity import ask
from languages.evidence import Answer, Evidence

KEY = "fo2_mod"


def decide(analysis: Analysis) -> Answer:
    """Is the stable semigroup in DA?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    if fo2.decide(analysis).value == "yes":
        return Answer("yes", "no tests of positions are needed")
    if ltl_p_mod.decide(analysis).value == "yes":
        return Answer("yes", "the stable semigroup is R-trivial")
    quasi_aperiodic = ac0.decide(analysis)
    if quasi_aperiodic.value == "no":
        return quasi_aperiodic
    semigroup = analysis.semigroup
    if semigroup is None:
        return Answer("undetermined", analysis.semigroup_over_budget)
    found = ask(analysis, semigroup, stable_in_da)
    if found is None:
        return Answer("undetermined", analysis.identities_over_budget)
    if found:
        return Answer("yes", "regular elements of the stable semigroup are idempotent")
    return Answer("no", "a regular element of the stable semigroup is not idempotent")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None
