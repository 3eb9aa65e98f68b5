"""Names of small groups, only where what is computed leaves no other group.

S_n and A_n are told by their order and a faithful action on n points; cyclic, abelian and dihedral
groups by their elements; some others of order at most 360 by their order and the orders of their
elements (Besche, Eick, O'Brien 2002 list all groups of these orders).
"""

from __future__ import annotations

from collections import Counter
from math import factorial, prod

from languages.algebra.permutation_group import PermutationGroup
from languages.algebra.permutations import (
    Permutation,
    compose,
    conjugate,
    inverse,
    order,
    prime_factors,
)

ENUMERATED = 2000  # elements that are looked at one by one
PERFECT = {60: "A5", 120: "SL(2,5)", 168: "PSL(2,7)", 360: "A6"}  # one perfect group each
# Number of involutions of the groups of order 120 that are not solvable: S5, A5 x C2, SL(2,5).
OF_ORDER_120 = {25: "S5", 31: "A5 x C2", 1: "SL(2,5)"}


def group_name(group: PermutationGroup) -> str | None:
    """The name of the group up to isomorphism; None when it is not recognised.

    Raises WorkLimit when the group's work limit is hit.
    """
    n = group.order
    if n == 1:
        return "1"
    natural = _natural(group)
    if natural is not None and n > 6:
        return natural
    if n > ENUMERATED:
        return None
    elements = list(group.elements())
    orders = {g: order(g) for g in elements}
    counts = Counter(orders.values())
    if group.abelian:
        return _abelian(counts, n)
    if n == 6:
        return "S3"
    if _dihedral(orders, n):
        return f"D{n // 2}"
    if n == 8:
        return "Q8"
    if n == 12:
        return "A4" if counts[3] == 8 else "Dic3"
    if n == 24 and counts[3] == 8 and counts[6] in (0, 8):
        # Eight elements of order 3: S4 has none of order 6; SL(2,3) and A4 x C2 have eight.
        return "S4" if counts[6] == 0 else "SL(2,3)" if counts[2] == 1 else "A4 x C2"
    if n == 120 and not group.solvable:
        return OF_ORDER_120.get(counts[2])
    if n in PERFECT and group.derived.order == n:
        return PERFECT[n]
    return None


def describe(name: str, n: int) -> str:
    """A name with what it stands for."""
    kind = {"S": "symmetric group", "A": "alternating group", "C": "cyclic group",
            "D": "dihedral group"}.get(name[0], "group")
    plain = name[1:].isdigit()
    return f"{kind if plain else 'group'} {name} of order {n}"


def _natural(group: PermutationGroup) -> str | None:
    """S_n or A_n, if the group acts faithfully on an orbit of n points and has that order.

    The only subgroup of index two of S_n is A_n, for n >= 3.
    """
    for orbit in group.orbits():
        m = len(orbit)
        if m < 3 or group.order not in (factorial(m), factorial(m) // 2):
            continue
        place = {x: i for i, x in enumerate(orbit)}
        part = PermutationGroup([tuple(place[g[x]] for x in orbit) for g in group.generators], m,
                                group.work)
        if part.order == group.order:
            return f"{'S' if group.order == factorial(m) else 'A'}{m}"
    return None


def _abelian(counts: Counter[int], n: int) -> str:
    """The invariant factors, from the numbers of elements of each order."""
    columns: list[list[int]] = []  # per prime the cyclic factors, the largest first
    for p in prime_factors(n):
        q, seen, ranks = p, 1, []
        while True:
            now = sum(c for k, c in counts.items() if q % k == 0)  # elements with x^q = 1
            if now == seen:
                break
            rank = 0
            while p ** (rank + 1) <= now // seen:
                rank += 1
            ranks.append(rank)  # the number of factors of order at least q
            seen, q = now, q * p
        sizes = [p ** sum(r > i for r in ranks) for i in range(ranks[0])]
        columns.append(sizes)
    width = max(map(len, columns))
    factors = [prod(c[i] for c in columns if i < len(c)) for i in range(width)]
    return " x ".join(f"C{f}" for f in factors)


def _dihedral(orders: dict[Permutation, int], n: int) -> bool:
    """Is there a cyclic subgroup of index two that an involution outside inverts? For n >= 8."""
    if n % 2 or n < 8:
        return False
    for c, k in orders.items():
        if 2 * k == n:
            powers = {c}
            x = c
            while (x := compose(x, c)) not in powers:
                powers.add(x)
            outside = [t for t, m in orders.items() if m == 2 and t not in powers]
            if len(outside) >= k and all(conjugate(c, t) == inverse(c) for t in outside[:1]):
                return True
    return False
