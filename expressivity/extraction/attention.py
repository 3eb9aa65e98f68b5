"""The heads of an attention layer as summaries, one for each query value that can occur."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from expressivity.extraction.average_hard import AverageHard
from expressivity.extraction.averages import Store
from expressivity.extraction.budget import Clock
from expressivity.extraction.codes import Codes
from expressivity.extraction.numbers import Numbers, Score, Vector
from expressivity.extraction.product import Head, Product
from expressivity.extraction.softmax import MaxSubtracted, Plain
from expressivity.extraction.summary import NOT_A_KEY, Component, Summary
from expressivity.extraction.transducer import Interner, Transducer
from expressivity.extraction.undefined import Undefined
from expressivity.extraction.unique_hard import UniqueHard
from proofs.models import architecture
from proofs.models.numbers import ZERO


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
        self.all: list[Component] = []
        self.readings: Interner[Vector] = Interner()

    def of(self, head: architecture.Head) -> list[int]:
        """Per residual vector the number of the component that answers its query value."""
        queries = self._image(head.query)
        keys = self._image(head.key)
        values = self._image(head.value)
        # The end symbol is last: only under a non-strict mask is it a key, for itself.
        is_key = [head.mask == "future" or r in self._passed for r in range(len(keys))]
        made: dict[Vector, int] = {}
        for query in queries:
            if query not in made:
                score = {key: self._numbers.dot(query, key) for key in set(keys)}
                scores = [score[key] for key in keys]
                made[query] = self._component(head, scores, values, is_key)
        return [made[query] for query in queries]

    def _image(self, rows: architecture.Matrix) -> list[Vector]:
        image = []
        for number, symbol in enumerate(self._symbols):
            vector = self._numbers.affine(rows, symbol)
            if vector is None:
                raise Undefined(number)
            image.append(vector)
        return image

    def _component(self, head: architecture.Head, scores: Sequence[Score],
                   values: Sequence[Vector], is_key: Sequence[bool]) -> int:
        """The number of the component for one row of scores."""
        if head.selection in ("uhat-left", "uhat-right"):
            scores = _ranks(scores, is_key)
        alike: Interner[tuple[Score, Vector]] = Interner()
        column = [alike((s, v)) if key else NOT_A_KEY
                  for s, v, key in zip(scores, values, is_key, strict=True)]
        row = head.selection, head.output, tuple(column), tuple(alike.values)
        if row not in self._known:
            component = self._build(head, alike.values, column)
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

    def _build(self, head: architecture.Head, keys: Sequence[tuple[Score, Vector]],
               column: Sequence[int]) -> Component:
        numbers = self._numbers
        nothing = (ZERO,) * len(head.value)
        scores, values = [s for s, _ in keys], [v for _, v in keys]

        def project(value: Vector) -> Vector | None:
            return numbers.linear(head.output, value)

        if head.selection in ("uhat-left", "uhat-right"):
            leftmost = head.selection == "uhat-left"
            return Component(UniqueHard(scores, values, nothing, leftmost), column, project,
                             self.readings)
        summary: Summary[Any]
        if head.selection == "average-hard":
            summary = AverageHard(self._store, scores, values, nothing)
        elif numbers.contract.softmax == "max-subtracted":
            summary = MaxSubtracted(self._store, scores, values, nothing)
        else:
            summary = Plain(self._store, scores, values, nothing)
        return Component(summary, column, project, self.readings)


def _ranks(scores: Sequence[Score], is_key: Sequence[bool]) -> list[Score]:
    """Scores by their order alone, which is all that hard attention looks at."""
    found = sorted({s for s, key in zip(scores, is_key, strict=True) if key and s is not None})
    rank: dict[Score, Score] = {s: type(ZERO)(i) for i, s in enumerate(found)}
    return [rank.get(s) for s in scores]
