"""Is a claim true? By the definitions, on the syntactic monoid; never by a certificate.

For C-RASP, which has no such definition, by the literal refinement of `tests.c_rasp_oracle`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

from proofs.checkers import Claim
from tests.c_rasp_oracle import c_rasp_eos, c_rasp_last
from tests.oracles import Automaton, Element, Syntactic, minimal, product
from tests.subregular_oracles import in_da, knast, locally_in_da, locally_threshold


def has_two_groups_only(monoid: Syntactic) -> bool:
    """Whether the order of every maximal group is a power of two."""
    return all(len(group).bit_count() == 1 for group in monoid.groups.values())


def is_stably_r_trivial(monoid: Syntactic) -> bool:
    """Whether different elements of the stable semigroup S generate different ideals xS + x."""
    stable = monoid.stable
    ideals = {frozenset({x, *(product(x, y) for y in stable)}) for x in stable}
    return len(ideals) == len(stable)


def semigroup(monoid: Syntactic) -> set[Element]:
    """The syntactic images of the words that are not empty."""
    return {product(x, a) for x in monoid.elements for a in monoid.letters}


def idempotents(monoid: Syntactic) -> list[Element]:
    """The idempotent images of words that are not empty."""
    return [e for e in semigroup(monoid) if product(e, e) == e]


def is_definite(monoid: Syntactic) -> bool:
    """Whether se = e for all idempotents e in S, the images of words that are not empty."""
    return all(product(s, e) == e for e in idempotents(monoid) for s in semigroup(monoid))


def is_reverse_definite(monoid: Syntactic) -> bool:
    """Whether es = e, as above."""
    return all(product(e, s) == e for e in idempotents(monoid) for s in semigroup(monoid))


def is_generalised_definite(monoid: Syntactic) -> bool:
    """Whether ese = e, as above."""
    local = ((e, s) for e in idempotents(monoid) for s in semigroup(monoid))
    return all(product(product(e, s), e) == e for e, s in local)


def is_commutative(monoid: Syntactic) -> bool:
    """Whether xy = yx."""
    return all(product(x, y) == product(y, x) for x in monoid.elements for y in monoid.elements)


def is_strictly_local(monoid: Syntactic) -> bool:
    """Whether suffixes may be exchanged after all long enough words, as long as there are pairs
    of residuals: uxv and wxy in L imply wxv in L."""
    _, delta, _, accept = monoid.automaton
    live = {q for q in range(len(delta)) if any(x[q] in accept for x in monoid.elements)}
    long = monoid.of_length(len(delta) ** 2)
    return all(len({x[q] for q in live} & live) <= 1 for x in long)


def is_group(monoid: Syntactic) -> bool:
    """Whether all elements are in the group of the identity."""
    return all(len(found) == len(monoid.elements) for found in monoid.groups.values())


def is_closed_under_deletion(monoid: Syntactic) -> bool:
    """Whether xay in L implies xy in L, for elements x, y and letters a."""
    _, _, start, accept = monoid.automaton
    return all(y[x[start]] in accept for x in monoid.elements for a in monoid.letters
               for y in monoid.elements if y[a[x[start]]] in accept)


def is_tier_strictly_local(monoid: Syntactic) -> bool:
    """Whether L is strictly local on some set of letters, without which all others do nothing."""
    _, delta, _, accept = monoid.automaton
    letters = range(len(monoid.letters))
    live = {q for q in range(len(delta)) if any(x[q] in accept for x in monoid.elements)}
    one = monoid.elements[0]
    for size in range(len(letters) + 1):
        for tier in combinations(letters, size):
            if any(monoid.letters[a] != one for a in letters if a not in tier):
                continue
            long = {one}
            for _ in range(len(delta) ** 2):
                long = {product(x, monoid.letters[a]) for x in long for a in tier}
            # With no letters on the tier there are no long words: {1} and no word are local.
            if all(len({x[q] for q in live} & live) <= 1 for x in long):
                return True
    return False


TESTS: dict[str, Callable[[Syntactic], bool]] = {
    "star-free": Syntactic.star_free,
    "quasi-aperiodic": Syntactic.ac0,
    "solvable": Syntactic.solvable,
    "nc0-regular": Syntactic.nc0,
    "AC0[p]-regular": lambda monoid: monoid.solvable() and len(monoid.same_length_primes()) <= 1,
    "R-trivial": Syntactic.r_trivial,
    "L-trivial": Syntactic.l_trivial,
    "J-trivial": Syntactic.j_trivial,
    "2-groups": has_two_groups_only,
    "LTL[P,MOD]": is_stably_r_trivial,
    "definite": is_definite,
    "reverse-definite": is_reverse_definite,
    "generalised-definite": is_generalised_definite,
    "commutative": is_commutative,
    "strictly-local": is_strictly_local,
    "locally-testable": Syntactic.locally_testable,
    "FO2[<]": lambda monoid: monoid.star_free() and monoid.da(),
    "locally-threshold-testable": locally_threshold,
    "dot-depth-one": knast,
    "FO2[<,+1]": locally_in_da,
    "FO2[<,MOD]": lambda monoid: in_da(sorted(monoid.stable)),
    "group-language": is_group,
    "strictly-piecewise": is_closed_under_deletion,
    "tier-strictly-local": is_tier_strictly_local,
    "R^omega": Syntactic.one_idempotent_per_r_class,
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
