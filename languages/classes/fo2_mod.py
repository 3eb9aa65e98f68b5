"""Languages whose stable semigroup is in DA: FO2[<,MOD], two variables, order, positions mod m.

Dartois and Paperman (2013). The stable semigroup is the syntactic image of the words of length s,
for an s > 0 such that words of length 2s have the same images. It does not depend on whether the
empty word is in the language. With R-trivial in the place of DA this is LTL[P,MOD].
"""

from __future__ import annotations

from languages.algebra.identity_failures import stable_da_failure, word_of_length
from languages.algebra.local_identities import Local, stable_in_da
from languages.algebra.words import plain
from languages.classes import ac0, fo2, ltl_p_mod
from languages.classes.analysis import Analysis
from languages.classes.local_identity import ask, differ, identity, smaller, within
from languages.evidence import Answer, Evidence

KEY = "fo2_mod"
ALGEBRAIC_CLASS = "FO2[<,MOD]"
LONGEST = 100_000  # letters in a word of a certificate


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
    """The size of a semigroup whose stable one is in DA, or words of one length that are not."""
    if decide(analysis).value == "yes":
        for inside in (ltl_p_mod, fo2):
            if inside.decide(analysis).value == "yes":
                return smaller(inside.evidence(analysis), ALGEBRAIC_CLASS)
        return identity(analysis, "stably-in-da", ALGEBRAIC_CLASS, stable_in_da)
    if ac0.decide(analysis).value == "no":
        return smaller(ac0.evidence(analysis), ALGEBRAIC_CLASS)
    return _pattern(analysis) if decide(analysis).value == "no" else None


def _pattern(analysis: Analysis) -> Evidence | None:
    semigroup = analysis.semigroup
    if semigroup is None:
        return None

    def search(local: Local) -> Evidence | None:
        found = stable_da_failure(local)
        if found is None or len(found[2]) > LONGEST:
            return None
        x, y, layers = found
        # yx is idempotent, and x is not; words of any number of s letters are among those of s.
        square = int(local.table[x, x])
        state = differ(semigroup, x, square)
        p, q = (int(semigroup.maps[one][state]) for one in (x, square))
        data: dict[str, object] = {
            name: analysis.json(plain(word_of_length(semigroup, layers, one)))
            for name, one in (("x", x), ("y", y), ("e", int(local.table[y, x])))
        }
        data |= {"u": analysis.access(p), "v": analysis.distinguish(p, q)}
        return Evidence("stable-da-pattern", ALGEBRAIC_CLASS, False, data)

    return within(analysis, semigroup, search, analysis.budget.max_image_cells)
