"""AC0[p] for the primes p that occur: circuits that count modulo one prime.

A regular language is in AC0[p] iff all groups that words of one length form in its syntactic monoid
are p-groups (Barrington, Compton, Straubing and Therien 1992; Smolensky 1987). So one in AC0 is in
all AC0[p], one with groups for a single prime p is in AC0[p] only, and all others are in none.
"""

from __future__ import annotations

from languages.classes import ac0, solvable
from languages.classes.analysis import Analysis
from languages.classes.group_evidence import group_levels
from languages.classes.local_identity import smaller
from languages.classes.prime_evidence import counting_modulo
from languages.evidence import Answer, Evidence

KEY = "ac0_p"
ALGEBRAIC_CLASS = "AC0[p]-regular"


def decide(analysis: Analysis) -> Answer:
    """Is the language in AC0[p] for some prime p? The reason names the primes that occur."""
    plain = ac0.decide(analysis)
    if plain.value == "yes":
        return Answer("yes", "in AC0, so in AC0[p] for every prime p")
    primes = analysis.same_length_primes
    if primes is None:
        groups = solvable.decide(analysis)
        if groups.value == "no":  # of an order with three primes at least (Burnside 1904)
            return Answer("no", f"words of one length form a group that is not solvable: "
                          f"{groups.reason}")
        if not analysis.orbit.complete:
            return Answer("undetermined", analysis.orbit_over_budget)
        return Answer("undetermined", analysis.groups_over_budget)
    if not primes:
        return plain  # undetermined, since "yes" has been dealt with
    listed = ", ".join(map(str, sorted(primes)))
    if len(primes) == 1:
        return Answer("yes", f"in AC0[{listed}], and in AC0[p] for no other prime p")
    return Answer("no", f"words of one length form groups with elements of the orders {listed}")


def evidence(analysis: Analysis) -> Evidence | None:
    """The image orbit with p-groups, words that count modulo two primes, or a perfect group."""
    answer = decide(analysis).value
    if answer == "yes":
        return group_levels(analysis, ALGEBRAIC_CLASS)
    if answer != "no":
        return None
    primes = analysis.same_length_primes
    if primes is None:
        return smaller(solvable.evidence(analysis), ALGEBRAIC_CLASS)
    found = []
    for p in sorted(primes):
        data = counting_modulo(analysis, p)
        if data is not None:
            found.append(data)
        if len(found) == 2:
            return Evidence("two-primes", ALGEBRAIC_CLASS, False,
                            {"first": found[0], "second": found[1]})
    return None
