"""Languages that tell classes and kinds of models apart."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from expressivity.queries.facts import Facts
from languages.catalogue import entries
from languages.classes.analysis import Budget
from languages.parse import parse_language
from proofs import kernel, search
from proofs.kernel import Theorem
from proofs.search import NOTHING, Assumptions

SMALL: Final = ("regex:a(a|b)*", "regex:(a|b)*a", "regex:(a|b)*ab(a|b)*", "regex:(ab)*",
                "regex:(aa)*", "regex:(a|b)*a(a|b)*b(a|b)*", "regex:((a|b)(a|b))*")


@cache
def usual() -> tuple[Facts, ...]:
    """What is known of small languages and of the examples of the catalogue, small ones first."""
    names = [*SMALL, *(text for entry in entries().values() for text in entry.examples)]
    found = [parse_language(name) for name in dict.fromkeys(names)]
    return tuple(Facts(language, Budget()) for language in sorted(
        found, key=lambda v: math.inf if v.dfa is None else v.dfa.states))


@cache
def apart(left: str, right: str, assumptions: Assumptions = NOTHING) -> Theorem | None:
    """`left` is not inside `right`: by the theorem base, or by a language of `usual`."""
    found = search.separations(assumptions).get((left, right))
    if found is not None and not assumptions.cost(found):
        return found
    if search.contains(left, right, None, assumptions.given):
        return None
    for fact in usual():
        knowledge = fact.knowledge(fact.classes(), Assumptions(assumptions.given))
        if left in knowledge.member and right in knowledge.excluded:
            return kernel.separate(knowledge.member[left], knowledge.excluded[right])
    return found
