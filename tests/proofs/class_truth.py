"""Is a claim true? By the definitions, on the syntactic monoid; never by a certificate.

For C-RASP, which has no such definition, by the literal refinement of `tests.c_rasp_oracle`.
"""

from __future__ import annotations

from functools import cache

from proofs.checkers import Claim
from tests.c_rasp_oracle import c_rasp_eos, c_rasp_last
from tests.oracles import Automaton, Syntactic, minimal, product


def has_two_groups_only(monoid: Syntactic) -> bool:
    """Whether the order of every maximal group is a power of two."""
    return all(len(group).bit_count() == 1 for group in monoid.groups.values())


def is_stably_r_trivial(monoid: Syntactic) -> bool:
    """Whether different elements of the stable semigroup S generate different ideals xS + x."""
    stable = monoid.stable
    ideals = {frozenset({x, *(product(x, y) for y in stable)}) for x in stable}
    return len(ideals) == len(stable)


TESTS = {
    "star-free": Syntactic.star_free,
    "quasi-aperiodic": Syntactic.ac0,
    "solvable": Syntactic.solvable,
    "nc0-regular": Syntactic.nc0,
    "R-trivial": Syntactic.r_trivial,
    "L-trivial": Syntactic.l_trivial,
    "J-trivial": Syntactic.j_trivial,
    "2-groups": has_two_groups_only,
    "LTL[P,MOD]": is_stably_r_trivial,
    "C-RASP@eos": lambda monoid: c_rasp_eos(monoid.automaton),
    "C-RASP@last": lambda monoid: c_rasp_last(monoid.automaton),
}


def in_class(automaton: Automaton, algebraic_class: str) -> bool:
    """Whether the language is in the class."""
    return _in_class(minimal(automaton), algebraic_class)


@cache
def _in_class(automaton: Automaton, algebraic_class: str) -> bool:
    return TESTS[algebraic_class](Syntactic(automaton))


def is_true(claim: Claim) -> bool:
    """Whether the language of the claim's automaton is in the class, as claimed."""
    a = claim.automaton
    automaton = a.letters, a.delta, a.start, a.accept
    return in_class(automaton, claim.algebraic_class) == claim.member
