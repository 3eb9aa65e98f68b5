"""The arithmetic of a number contract with remembered results, and None where there is none.

The operations are those of `proofs.models.numbers`; a format of a few bits has few values, so
that most results have been computed before. An operation that is not a number gives None, and
None makes everything None that is computed from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from proofs.models.numbers import ONE, ZERO, Contract, NotANumber, Value

Score: TypeAlias = Value | None
"""A value, or None for NaN."""

Vector: TypeAlias = tuple[Value, ...]


class Numbers:
    """A contract's operations on values or None."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
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
