"""The heads of an attention layer as summaries, one for each query value that can occur.

Heads with windows need none: they share a queue of the last residual vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import mul
from typing import Any

from expressivity.extraction.average_hard import AverageHard
from expressivity.extraction.averages import Store
from expressivity.extraction.budget import Clock
from expressivity.extraction.codes import Codes
from expressivity.extraction.explore import explore
from expressivity.extraction.images import Image, image, read_by
from expressivity.extraction.numbers import Numbers, Score, Vector
from expressivity.extraction.product import Head, Memory, Product, Reader
from expressivity.extraction.softmax import MaxSubtracted, Plain
from expressivity.extraction.summary import NOT_A_KEY, UNDEFINED, Component, Summary
from expressivity.extraction.transducer import Interner, Transducer
from expressivity.extraction.unique_hard import UniqueHard
from expressivity.extraction.window import Queue, WindowHead
from proofs.models import architecture
from proofs.models.layers import window_size
from proofs.models.numbers import ZERO

HARD = ("uhat-left", "uhat-right")
NO_RANK = -1
MAX_TRUNCATED = 300


def attend(below: Transducer[Vector], layer: architecture.Attention, numbers: Numbers,
           clock: Clock, what: str) -> Transducer[Vector | None]:
    """The residual stream after an attention layer, from that before it.

    Raises:
        Undefined: a query, key or value at some position is NaN.
    """
    components = _Components(below, layer, numbers, clock)
    global_heads = {number: components.of(head) for number, head in enumerate(layer.heads)
                    if window_size(head.mask) is None}
    memories: list[Memory] = [*components.all]
    readers: dict[int, Reader] = {
        number: Head(asks, layer.heads[number].mask == "strict-future", components.all)
        for number, asks in global_heads.items()}
    if len(global_heads) < len(layer.heads):
        queue, windows = components.windows(layer, len(memories))
        memories.append(queue)
        readers.update(windows)
    product = Product(below, [readers[number] for number in range(len(layer.heads))], memories,
                      components.readings.values, numbers)
    clock.restart()
    return explore(product, clock, what)


def few_symbols(below: Transducer[Vector]) -> Transducer[Vector]:
    """A truncated stream with so few residual vectors that all pairs can be looked at."""
    while below.covered and len(below.symbols) > MAX_TRUNCATED:
        below = below.up_to(below.covered - 1)
    return below


class _Components:
    """The summaries of all heads; equal ones are shared."""

    def __init__(self, below: Transducer[Vector], layer: architecture.Attention,
                 numbers: Numbers, clock: Clock) -> None:
        self._read = read_by(layer, below.symbols, numbers)
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
        is_key = [head.mask == "future" or r in self._passed for r in range(len(self._read))]
        made = [self._component(head, [row[k] for k in keys.number], values, is_key)
                for row in self._scores(queries, keys)]
        return [made[q] for q in queries.number]

    def windows(self, layer: architecture.Attention,
                memory: int) -> tuple[Queue, dict[int, WindowHead]]:
        """The queue, which is the memory of this number, and by number the heads that ask it."""
        sizes = {number: size for number, head in enumerate(layer.heads)
                 if (size := window_size(head.mask)) is not None}
        images = {number: (self._image(layer.heads[number].query),
                           self._image(layer.heads[number].key),
                           self._image(layer.heads[number].value)) for number in sizes}
        alike: Interner[tuple[int, ...]] = Interner()
        everywhere = range(len(self._read))
        classes = [alike(tuple(part.number[r] for parts in images.values() for part in parts[1:]))
                   for r in everywhere]
        sample = [classes.index(c) for c in range(len(alike.values))]
        queue = Queue(max(sizes.values()) - 1, classes)
        return queue, {
            number: WindowHead([memory] * len(classes), queue, layer.heads[number], size,
                               images[number], sample, self._numbers,
                               self._project(layer.heads[number]))
            for number, size in sizes.items()}

    def _scores(self, queries: Image, keys: Image) -> Iterator[list[Score]]:
        """Per query the scores of all keys. Of rationals their order is right, which will do."""
        if self._numbers.contract.grid is None:
            whole = keys.integers()
            for integers in queries.integers():
                yield [sum(map(mul, integers, key)) for key in whole]
        else:
            for query in queries.values:
                yield [self._numbers.dot(query, key) for key in keys.values]

    def _image(self, rows: architecture.Matrix) -> Image:
        return image(rows, self._read, self._numbers)

    def _component(self, head: architecture.Head, scores: Sequence[Score], values: Image,
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

    def _build(self, head: architecture.Head, keys: Sequence[tuple[int, int]], images: Image,
               column: Sequence[int]) -> Component:
        numbers = self._numbers
        nothing = (ZERO,) * len(head.value)
        hard = head.selection in HARD
        scores: list[Score] = [
            (None if s == NO_RANK else s) if hard else self._store.codes.value(s) for s, _ in keys]
        values = [images.values[v] for _, v in keys]
        summary: Summary[Any]
        if hard:
            summary = UniqueHard(scores, values, nothing, head.selection == "uhat-left")
        elif head.selection == "average-hard":
            summary = AverageHard(self._store, scores, values, nothing)
        elif numbers.contract.softmax == "max-subtracted":
            summary = MaxSubtracted(self._store, scores, values, nothing)
        else:
            summary = Plain(self._store, scores, values, nothing)
        return Component(summary, column, self._project(head))

    def _project(self, head: architecture.Head) -> Callable[[Vector], int]:
        """From what a head returns to the number of what it adds, `UNDEFINED` for NaN."""
        numbers = self._numbers
        projected = self._projected.setdefault(head.output, {})

        def project(value: Vector) -> int:
            if value not in projected:
                added = numbers.linear(head.output, value)
                projected[value] = UNDEFINED if added is None else self.readings(added)
            return projected[value]

        return project


def _ranks(scores: Sequence[Score], is_key: Sequence[bool]) -> list[int]:
    """Scores by their order among keys, which is all that hard attention looks at."""
    found = sorted({s for s, key in zip(scores, is_key, strict=True) if key and s is not None})
    rank: dict[Score, int] = {s: i for i, s in enumerate(found)}
    return [rank.get(s, NO_RANK) for s in scores]
