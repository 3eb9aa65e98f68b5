"""Weighted averages whose sums are rounded after every addition, from left to right.

When the quotient is taken last, the summary is the pair of the two sums so far. When every weight
is divided by the whole denominator first, the terms depend on a denominator that later keys
change. But denominators are running sums, rounded into a finite format: those that can still come
are known, and the numerator is kept for each of them as if it were the one. What is read is
the numerator for the denominator that has come.

Values are codes here (see `Codes`), so that a step is a few look-ups.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

from expressivity.extraction.budget import Refused
from expressivity.extraction.codes import Codes
from expressivity.extraction.numbers import Vector
from proofs.models.numbers import ZERO

MAX_DENOMINATORS = 1_000

Totals: TypeAlias = tuple[int, ...]
Sums: TypeAlias = tuple[Any, ...]
"""What a contract keeps of the terms so far."""


class Averages(Protocol):
    """How a contract averages. Terms are fixed beforehand: the code of a weight, and a value."""

    def start(self) -> Sums:
        """No terms yet."""
        ...

    def step(self, sums: Sums, term: int) -> Sums:
        """One more term, by its number."""
        ...

    def read(self, sums: Sums) -> Vector | None:
        """The average; None for NaN."""
        ...

    def vanishes(self, sums: Sums) -> bool:
        """Is the denominator 0?"""
        ...


class QuotientLast:
    """Products and partial sums rounded, the two sums divided in the end.

    The state is the denominator followed by the numerators.
    """

    def __init__(self, codes: Codes, weights: Sequence[int], values: Sequence[Vector]) -> None:
        self._codes = codes
        self._terms = [
            (w, *(codes.multiply(w, codes(v)) for v in value))
            for w, value in zip(weights, values, strict=True)]
        self._start = (codes(ZERO),) * (1 + len(values[0] if values else ()))

    def start(self) -> Sums:
        """All sums are 0."""
        return self._start

    def step(self, sums: Sums, term: int) -> Sums:
        """Add the weight to the denominator, weight times value to the numerators."""
        return tuple(map(self._codes.add, sums, self._terms[term]))

    def read(self, sums: Sums) -> Vector | None:
        """Numerator over denominator."""
        return self._codes.vector([self._codes.divide(t, sums[0]) for t in sums[1:]])

    def vanishes(self, sums: Sums) -> bool:
        """Is the denominator 0?"""
        return bool(sums[0] == self._start[0])


class WeightsFirst:
    """Each weight divided by the denominator; then products and partial sums rounded.

    Denominators are numbered in increasing order, NaN last; weights are not negative, so
    denominators never fall. The state is the number of the denominator followed by the numerators
    for it and for all larger ones.

    Raises:
        Refused: there are more than `MAX_DENOMINATORS` denominators.
    """

    def __init__(self, codes: Codes, weights: Sequence[int], values: Sequence[Vector]) -> None:
        self._codes = codes
        self._zero = codes(ZERO)
        denominators = self._reachable(set(weights))
        number = {d: i for i, d in enumerate(denominators)}
        self._after = [[number[codes.add(d, w)] for d in denominators] for w in weights]
        # Per term and denominator what the term adds to the numerators.
        self._terms = [
            [tuple(codes.multiply(codes.divide(w, d), codes(v)) for v in value)
             for d in denominators] for w, value in zip(weights, values, strict=True)]
        zeros = (self._zero,) * len(values[0] if values else ())
        self._start = (0, *((zeros,) * len(denominators)))

    def _reachable(self, weights: set[int]) -> list[int]:
        found = {self._zero}
        waiting = [self._zero]
        while waiting:
            d = waiting.pop()
            new = {self._codes.add(d, w) for w in weights} - found
            found |= new
            waiting += new
            if len(found) > MAX_DENOMINATORS:
                raise Refused(f"averages with more than {MAX_DENOMINATORS} denominators: the "
                              "number format is too wide to keep a numerator for each")
        return sorted(found, key=self._codes.order)

    def start(self) -> Sums:
        """All numerators are 0."""
        return self._start

    def step(self, sums: Sums, term: int) -> Sums:
        """Add a term to each numerator whose denominator can still come."""
        add = self._codes.add
        before = sums[0]
        after = self._after[term][before]
        return after, *(
            tuple(map(add, total, change))
            for total, change in zip(sums[1 + after - before:], self._terms[term][after:],
                                     strict=True))

    def read(self, sums: Sums) -> Vector | None:
        """The numerators for the denominator that has come."""
        return self._codes.vector(sums[1])

    def vanishes(self, sums: Sums) -> bool:
        """Is the denominator 0?"""
        return bool(sums[0] == 0)


def averages(codes: Codes, weights: Sequence[int], values: Sequence[Vector]) -> Averages:
    """The way of averaging that the contract prescribes, for these terms (at least one)."""
    if codes.numbers.contract.division == "weights":
        return WeightsFirst(codes, weights, values)
    return QuotientLast(codes, weights, values)
