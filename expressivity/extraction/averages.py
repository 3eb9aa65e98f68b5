"""Weighted averages whose sums are rounded after every addition, from left to right.

When the quotient is taken last, the summary is the pair of the two sums so far. When every weight
is divided by the whole denominator first, the terms depend on a denominator that later keys
change. But denominators are running sums, rounded into a finite format: those that can still come
are known, and the numerator is kept for each of them as if it were the one. What is read is
the numerator for the denominator that has come.

Values are codes here (see `Codes`), so that a step is a few look-ups. Averages over the same terms
occur for many query values and are shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

from expressivity.extraction.budget import Refused
from expressivity.extraction.codes import Codes
from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Interner
from proofs.models.numbers import ZERO

MAX_DENOMINATORS = 1_000

Sums: TypeAlias = tuple[Any, ...]
"""What a contract keeps of the terms so far."""

Term: TypeAlias = tuple[int, ...]
"""The codes of a weight and of the coordinates of a value."""


class Rule(Protocol):
    """How a contract averages. The terms that may come are fixed beforehand."""

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

    def __init__(self, codes: Codes, terms: Sequence[Term]) -> None:
        self._codes = codes
        self._terms = [(w, *(codes.multiply(w, v) for v in value)) for w, *value in terms]
        self._start = (codes(ZERO),) * len(terms[0])

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

    def __init__(self, codes: Codes, terms: Sequence[Term]) -> None:
        self._codes = codes
        self._zero = codes(ZERO)
        denominators = self._reachable({w for w, *_ in terms})
        number = {d: i for i, d in enumerate(denominators)}
        self._after = [[number[codes.add(d, w)] for d in denominators] for w, *_ in terms]
        # Per term and denominator what the term adds to the numerators.
        self._terms = [[tuple(codes.multiply(codes.divide(w, d), v) for v in value)
                        for d in denominators] for w, *value in terms]
        zeros = (self._zero,) * (len(terms[0]) - 1)
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


class Averages:
    """Averages over fixed terms with numbers for what is kept: 0 is the start.

    Made by `Store`; the rule is asked once for each step and reading.
    """

    def __init__(self, rule: Rule, terms: int) -> None:
        self._rule = rule
        self._terms = terms
        self._sums: Interner[Sums] = Interner()
        self._after: list[list[int]] = []
        self._reading: list[Vector | None] = []
        self._zero: list[bool] = []
        self._number(rule.start())

    def _number(self, sums: Sums) -> int:
        number = self._sums(sums)
        if number == len(self._after):
            self._after.append([-1] * self._terms)
            self._reading.append(self._rule.read(sums))
            self._zero.append(self._rule.vanishes(sums))
        return number

    def step(self, sums: int, term: int) -> int:
        """The sums after one more term, by its number."""
        after = self._after[sums][term]
        if after < 0:
            after = self._number(self._rule.step(self._sums.values[sums], term))
            self._after[sums][term] = after
        return after

    def read(self, sums: int) -> Vector | None:
        """The average; None for NaN."""
        return self._reading[sums]

    def vanishes(self, sums: int) -> bool:
        """Is the denominator 0?"""
        return self._zero[sums]


class Store:
    """All averages of one layer."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self._known: dict[tuple[Term, ...], Averages] = {}

    def averages(self, weights: Sequence[int],
                 values: Sequence[Vector]) -> tuple[Averages, list[int]]:
        """The averages with these weights (codes) and values as terms; each term's number."""
        given = [self._term(w, value) for w, value in zip(weights, values, strict=True)]
        # No keys at all: nothing is ever averaged.
        terms = tuple(sorted(set(given))) or ((self.codes(ZERO),),)
        if terms not in self._known:
            weights_first = self.codes.numbers.contract.division == "weights"
            rule: Rule = (WeightsFirst if weights_first else QuotientLast)(self.codes, terms)
            self._known[terms] = Averages(rule, len(terms))
        number = {term: i for i, term in enumerate(terms)}
        return self._known[terms], [number[term] for term in given]

    def _term(self, weight: int, value: Vector) -> Term:
        """With weight 0, finite values are all alike: 0 times each is 0."""
        zero = self.codes(ZERO)
        codes = [self.codes(v) for v in value]
        if weight == zero and all(map(self.codes.finite, codes)):
            codes = [zero] * len(codes)
        return weight, *codes
