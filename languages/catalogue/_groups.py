"""Permutation groups by name: S_k, A_k, Z_k, D_k and direct products of them.

Permutations act on the points 0..degree-1 from the right, as tuples of images; cycles are
shown with points counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import factorial

from languages.catalogue._arguments import number
from languages.errors import InputError
from languages.limits import Limits
from languages.tables import shown

Perm = tuple[int, ...]

EXPECTED = "expected S5, A4, Z3, D4 or a product such as A4xZ5"
LEAST = {"S": 2, "A": 3, "Z": 2, "D": 3}
# Beyond this the order of S_k is written k! and is over every limit anyway.
LARGEST_FACTORIAL = 20
LETTERS = "abcdfghijklmnopqrstuvwxyz"  # e is the identity


@dataclass(frozen=True)
class Factor:
    """One of the four families: its generators act on `degree` points, transitively."""

    family: str
    degree: int

    @property
    def order(self) -> int:
        """The number of elements."""
        if self.family == "Z":
            return self.degree
        if self.family == "D":
            return 2 * self.degree
        return factorial(self.degree) // (2 if self.family == "A" else 1)

    def generators(self) -> list[Perm]:
        """S_k: (1 2), (1 .. k). A_k: (1 2 3), and (1 .. k) for odd k or (2 .. k) for even k.

        Z_k: (1 .. k). D_k: (1 .. k), and the reflection fixing the point 1. A generator that
        would come twice (S_2, A_3) comes once.
        """
        k = self.degree
        turn = cycle(k, range(k))
        if self.family == "Z":
            return [turn]
        if self.family == "D":
            return [turn, tuple(-i % k for i in range(k))]
        if self.family == "S":
            chosen = [cycle(k, (0, 1)), turn]
        else:
            chosen = [cycle(k, (0, 1, 2)), turn if k % 2 else cycle(k, range(1, k))]
        return list(dict.fromkeys(chosen))


def cycle(degree: int, points: range | tuple[int, ...]) -> Perm:
    """The permutation that sends each of the points to the next one, the last to the first."""
    image = list(range(degree))
    for here, there in zip(points, (*points[1:], points[0]), strict=True):
        image[here] = there
    return tuple(image)


def show_perm(perm: Perm, room: int = 24) -> str:
    """Cycle notation with points from 1, long cycles abbreviated."""
    seen: set[int] = set()
    cycles = []
    for first in range(len(perm)):
        points = []
        while first not in seen:
            seen.add(first)
            points.append(str(first + 1))
            first = perm[first]
        if len(points) > room:
            points = [*points[:3], "...", points[-1]]
        if len(points) > 1:
            cycles.append("(" + " ".join(points) + ")")
    if len(cycles) > room:
        cycles = [*cycles[:3], "...", cycles[-1]]
    return "".join(cycles) or "()"


@dataclass(frozen=True)
class Group:
    """A direct product of factors with named generators, one letter each."""

    name: str
    factors: tuple[Factor, ...]
    identity: bool

    def order_text(self) -> int | str:
        """The number of elements, or a formula if it is astronomical."""
        parts = [
            f"{f.degree}!" if f.family in "SA" and f.degree > LARGEST_FACTORIAL else str(f.order)
            for f in self.factors
        ]
        if any(part.endswith("!") for part in parts):
            return "about " + " * ".join(parts)
        order = 1
        for part in parts:
            order *= int(part)
        return order

    def generators(self) -> list[tuple[str, int, Perm]]:
        """(letter, factor, permutation of the factor's points), without the identity letter."""
        found = [(i, perm) for i, factor in enumerate(self.factors) for perm in factor.generators()]
        return [(letter, i, perm) for letter, (i, perm) in zip(LETTERS, found, strict=False)]

    def alphabet(self) -> tuple[str, ...]:
        """The generators' letters, then `e` if an identity letter was asked for."""
        letters = [letter for letter, _, _ in self.generators()]
        return (*letters, "e") if self.identity else tuple(letters)

    def legend(self) -> str:
        """What the letters stand for."""
        several = len(self.factors) > 1
        parts = [
            f"{letter} = {show_perm(perm)}" + (f" of factor {i + 1}" if several else "")
            for letter, i, perm in self.generators()
        ]
        return ", ".join([*parts, "e = identity"] if self.identity else parts)


def parse_group(what: str, argument: str, limits: Limits) -> Group:
    """`S5`, `A4xZ5`, ... and optionally `,identity`; `InputError` naming the value."""
    text, comma, option = argument.partition(",")
    if comma and option != "identity":
        raise InputError(f"{what}: got the option {shown(option)}, expected identity")
    factors = []
    for part in text.split("x"):
        match = re.fullmatch(r"([SAZD])([^x]*)", part)
        if match is None:
            raise InputError(f"{what}: got the group {shown(part)}, {EXPECTED}")
        family, digits = match.groups()
        if not digits:
            raise InputError(f"{what}: got {family} without a number, {EXPECTED}")
        degree = number(f"{what}: degree of {family}", digits, LEAST[family])
        # The generators alone take this much room.
        limits.check_states(f"{what}:{argument}", degree, 2)
        factors.append(Factor(family, degree))
    if 2 * len(factors) > len(LETTERS):
        raise InputError(
            f"{what}: got {len(factors)} factors, expected at most {len(LETTERS) // 2}"
        )
    return Group(text, tuple(factors), bool(comma))
