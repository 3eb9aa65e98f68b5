"""The heads of an attention layer as summaries, one for each query value that can occur."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import Any

from expressivity.extraction.average_hard import AverageHard
from expressivity.extraction.averages import Store
from expressivity.extraction.budget import Clock
from expressivity.extraction.codes import Codes
from expressivity.extraction.numbers import Numbers, Score, Vector
from expressivity.extraction.product import Head, Product
from expressivity.extraction.softmax import MaxSubtracted, Plain
from expressivity.extraction.summary import NOT_A_KEY, UNDEFINED, Component, Summary
from expressivity.extraction.transducer import Interner, Transducer
from expressivity.extraction.undefined import Undefined
from expressivity.extraction.unique_hard import UniqueHard
from proofs.models import architecture
from proofs.models.numbers import ZERO

HARD = ("uhat-left", "uhat-right")
NO_RANK = -1


def attend(below: Transducer[Vector], layer: architecture.Attention, numbers: Numbers,
           clock: Clock, what: str) -> Transducer[Vector | None]:
    """The residual stream after an attention layer, from that before it.

    Raises:
        Undefined: a query, key or value at some position is NaN.
    """
    components = _Components(below, numbers, clock)
    heads = [Head(components.of(head), head.mask == "strict-future") for head in layer.heads]
    product = Product(below, heads, components.all, components.readings.values, numbers)
    clock.restart()
    return product.explore(clock, what)


class _Components:
    """The summaries of all heads; equal ones are shared."""

    def __init__(self, below: Transducer[Vector], numbers: Numbers, clock: Clock) -> None:
        self._symbols = below.symbols
        self._passed = {o for row in below.out for o in row}
        if below.begin is not None:
            self._passed.add(below.begin)
        self._numbers = numbers
        self._store = Store(Codes(numbers))
        self._clock = clock
        self._known: dict[Hashable, int] = {}
        self._projected: dict[architecture.Matrix, dict[Vector, int]] = {}
        self.all: list[Component] = []
        self.readings: Interner[Vector] = Interner()

    def of(self, head: architecture.Head) -> list[int]:
        """Per residual vector the number of the component that answers its query value."""
        queries = self._image(head.query)
        keys = self._image(head.key)
        values = self._image(head.value)
        # The end symbol is last: only under a non-strict mask is it a key, for itself.
        is_key = [head.mask == "future" or r in self._passed for r in range(len(self._symbols))]
        made = [self._component(head, [row[k] for k in keys.number], values, is_key)
                for row in self._scores(queries, keys)]
        return [made[q] for q in queries.number]

    def _scores(self, queries: _Image, keys: _Image) -> Iterator[list[Score]]:
        """Per query the scores of all keys. Of rationals their order is right, which will do."""
        if self._numbers.contract.grid is None:
            whole = keys.integers()
            for integers in queries.integers():
                yield [sum(map(mul, integers, key)) for key in whole]
        else:
            for query in queries.values:
                yield [self._numbers.dot(query, key) for key in keys.values]

    def _image(self, rows: architecture.Matrix) -> _Image:
        fresh: Interner[Vector] = Interner()
        numbers = []
        for number, symbol in enumerate(self._symbols):
            vector = self._numbers.affine(rows, symbol)
            if vector is None:
                raise Undefined(number)
            numbers.append(fresh(vector))
        return _Image(fresh.values, numbers)

    def _component(self, head: architecture.Head, scores: Sequence[Score], values: _Image,
                   is_key: Sequence[bool]) -> int:
        """The number of the component for one row of scores."""
        codes = _ranks(scores, is_key) if head.selection in HARD else [
            self._store.codes(s) for s in scores]
        alike: Interner[tuple[int, int]] = Interner()
        column = [alike((s, v)) if key else NOT_A_KEY
                  for s, v, key in zip(codes, values.number, is_key, strict=True)]
        row = id(head), tuple(column), tuple(alike.values)
        if row not in self._known:
            component = self._build(head, alike.values, values, column)
            component.collapse(self._clock)
            shape = component.signature()
            number = self._known.get(shape) if shape is not None else None
            if number is None:
                number = len(self.all)
                self.all.append(component)
                if shape is not None:
                    self._known[shape] = number
            self._known[row] = number
        return self._known[row]

    def _build(self, head: architecture.Head, keys: Sequence[tuple[int, int]], image: _Image,
               column: Sequence[int]) -> Component:
        numbers = self._numbers
        nothing = (ZERO,) * len(head.value)
        hard = head.selection in HARD
        scores: list[Score] = [
            (None if s == NO_RANK else s) if hard else self._store.codes.value(s) for s, _ in keys]
        values = [image.values[v] for _, v in keys]
        summary: Summary[Any]
        if hard:
            summary = UniqueHard(scores, values, nothing, head.selection == "uhat-left")
        elif head.selection == "average-hard":
            summary = AverageHard(self._store, scores, values, nothing)
        elif numbers.contract.softmax == "max-subtracted":
            summary = MaxSubtracted(self._store, scores, values, nothing)
        else:
            summary = Plain(self._store, scores, values, nothing)
        projected = self._projected.setdefault(head.output, {})

        def project(value: Vector) -> int:
            if value not in projected:
                added = numbers.linear(head.output, value)
                projected[value] = UNDEFINED if added is None else self.readings(added)
            return projected[value]

        return Component(summary, column, project)


@dataclass(frozen=True)
class _Image:
    """The image of the residual vectors under an affine map: `values[number[symbol]]`."""

    values: list[Vector]
    number: list[int]

    def integers(self) -> list[list[int]]:
        """The values, which are finite, times one positive integer that makes them integers.

        Exact dot products with them are scaled alike, so that their order stays; integers are
        several times faster than fractions.
        """
        entries = [[Fraction(x) for x in value] for value in self.values]
        factor = math.lcm(*(x.denominator for value in entries for x in value))
        return [[int(x * factor) for x in value] for value in entries]


def _ranks(scores: Sequence[Score], is_key: Sequence[bool]) -> list[int]:
    """Scores by their order among keys, which is all that hard attention looks at."""
    found = sorted({s for s, key in zip(scores, is_key, strict=True) if key and s is not None})
    rank: dict[Score, int] = {s: i for i, s in enumerate(found)}
    return [rank.get(s, NO_RANK) for s in scores]
