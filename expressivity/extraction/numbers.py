"""The arithmetic of a number contract with remembered results, and None where there is none.

The operations are those of `proofs.models.numbers`; a format of a few bits has few values, so
that most results have been computed before. An operation that is not a number gives None, and
None makes everything None that is computed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from proofs.models.numbers import ONE, ZERO, Contract, NotANumber, Value

Score: TypeAlias = Value | None
"""A value, or None for NaN."""

Vector: TypeAlias = tuple[Value, ...]


T = TypeVar("T")
Known: TypeAlias = dict[tuple[Value, Value], Value]


@dataclass(frozen=True)
class Remembering(Contract):
    """The same contract, for the definitions in `proofs.models`: it rounds nothing twice."""

    _sums: Known = field(default_factory=dict, init=False, repr=False, compare=False)
    _products: Known = field(default_factory=dict, init=False, repr=False, compare=False)
    _quotients: Known = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, x: Value, y: Value) -> Value:
        """x + y, rounded."""
        found = self._sums.get((x, y))
        if found is None:
            found = self._sums[x, y] = super().add(x, y)
        return found

    def multiply(self, x: Value, y: Value) -> Value:
        """x * y, rounded."""
        found = self._products.get((x, y))
        if found is None:
            found = self._products[x, y] = super().multiply(x, y)
        return found

    def divide(self, x: Value, y: Value) -> Value:
        """x / y, rounded."""
        found = self._quotients.get((x, y))
        if found is None:
            found = self._quotients[x, y] = super().divide(x, y)
        return found


class Numbers:
    """A contract's operations on values or None.

    `rules` is the contract for the definitions in `proofs.models`, which raise `NotANumber`.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        # Exact operations cost less than looking them up.
        self.rules = contract if contract.grid is None else Remembering(
            contract.grid, contract.rounding, contract.overflow, contract.arithmetic,
            contract.softmax, contract.division)
        self.one = contract.round(ONE)
        self._add: dict[tuple[Value, Value], Score] = {}
        self._multiply: dict[tuple[Value, Value], Score] = {}
        self._divide: dict[tuple[Value, Value], Score] = {}
        self._exp: dict[Value, Score] = {}

    def add(self, x: Score, y: Score) -> Score:
        """x + y, rounded."""
        return _remembered(self._add, self.contract.add, x, y)

    def subtract(self, x: Score, y: Score) -> Score:
        """x - y, rounded."""
        return self.add(x, None if y is None else -y)

    def multiply(self, x: Score, y: Score) -> Score:
        """x * y, rounded."""
        return _remembered(self._multiply, self.contract.multiply, x, y)

    def divide(self, x: Score, y: Score) -> Score:
        """x / y, rounded."""
        return _remembered(self._divide, self.contract.divide, x, y)

    def exp(self, x: Score) -> Score:
        """e^x, rounded."""
        if x is None:
            return None
        if x not in self._exp:
            self._exp[x] = self.contract.exp(x)
        return self._exp[x]

    def dot(self, xs: Sequence[Score], ys: Sequence[Score]) -> Score:
        """The dot product from left to right, starting from 0."""
        total: Score = ZERO
        for x, y in zip(xs, ys, strict=True):
            total = self.add(total, self.multiply(x, y))
        return total

    def linear(self, rows: Sequence[Sequence[Value]], vector: Vector) -> Vector | None:
        """A linear map."""
        return known(self.dot(row, vector) for row in rows)

    def affine(self, rows: Sequence[Sequence[Value]], vector: Vector) -> Vector | None:
        """An affine map: the last entry of a row is the bias, which is added last."""
        return known(self.add(self.dot(row[:-1], vector), row[-1]) for row in rows)


def attempt(f: Callable[..., T], *arguments: object) -> T | None:
    """What a definition of `proofs.models` says; None for NaN."""
    try:
        return f(*arguments)
    except NotANumber:
        return None


def known(values: Iterable[Score]) -> Vector | None:
    """The values as a vector; None if one of them is NaN."""
    found: list[Value] = []
    for value in values:
        if value is None:
            return None
        found.append(value)
    return tuple(found)


def _remembered(known: dict[tuple[Value, Value], Score], f: Callable[[Value, Value], Value],
                x: Score, y: Score) -> Score:
    if x is None or y is None:
        return None
    if (x, y) not in known:
        try:
            known[x, y] = f(x, y)
        except NotANumber:
            known[x, y] = None
    return known[x, y]
