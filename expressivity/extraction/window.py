"""Heads with windows: a queue of the last residual vectors, shared by all of them.

What such a head returns is a function of the position's own residual vector and of the W - 1
before it. So the queue is finite whatever the selection and the arithmetic; exact averages
included. It holds classes of residual vectors: those that are the same key and value to every
head with a window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from expressivity.extraction.images import Image
from expressivity.extraction.numbers import Numbers, Vector, attempt
from expressivity.extraction.summary import UNDEFINED
from expressivity.extraction.transducer import Interner
from proofs.models.attention import attend
from proofs.models.layers import Head
from proofs.models.linear import dot

MAX_QUEUED = 5_000_000


class Queue:
    """The classes of the last `size` residual vectors. `classes[symbol]` is a vector's class."""

    def __init__(self, size: int, classes: Sequence[int]) -> None:
        self.classes = classes
        self._size = size
        self._contents: Interner[tuple[int, ...]] = Interner()
        self._contents(())
        self._after: dict[tuple[int, int], int] = {}
        self._queued = 0

    def step(self, state: int, symbol: int) -> int:
        """The state after one more residual vector."""
        key = state, self.classes[symbol]
        after = self._after.get(key)
        if after is None:
            longer = (*self._contents.values[state], key[1])
            content = longer[max(0, len(longer) - self._size):]
            self._queued += len(content)
            after = self._after[key] = self._contents(content)
        return after

    def last(self, state: int, count: int) -> tuple[int, ...]:
        """The last `count` classes, or as many as there have been."""
        content = self._contents.values[state]
        return content[max(0, len(content) - count):]

    def too_large(self) -> str:
        """Long windows have long queues, which may fill the memory."""
        return f"queues of more than {MAX_QUEUED} entries" if self._queued > MAX_QUEUED else ""


@dataclass(frozen=True)
class WindowHead:
    """See `product.Reader`. `size` is W; images (query, key, value) are those of residual vectors.

    `sample[c]` is a residual vector of class c.
    """

    asks: Sequence[int]
    queue: Queue
    head: Head
    size: int
    images: tuple[Image, Image, Image]
    sample: Sequence[int]
    numbers: Numbers
    project: Callable[[Vector], int]
    _known: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)

    def read(self, state: int, symbol: int) -> int:
        """What the head adds where the queue is in this state; `UNDEFINED` for NaN."""
        seen = (*self.queue.last(state, self.size - 1), self.queue.classes[symbol])
        asked = self.images[0].number[symbol], seen
        if asked not in self._known:
            result = attempt(self._result, *asked)
            self._known[asked] = UNDEFINED if result is None else self.project(result)
        return self._known[asked]

    def _result(self, query: int, seen: Sequence[int]) -> Vector:
        rules, positions = self.numbers.rules, [self.sample[c] for c in seen]
        queries, keys, values = self.images
        scores = [dot(rules, queries.values[query], keys.values[keys.number[p]])
                  for p in positions]
        return attend(rules, self.head, scores,
                      [values.values[values.number[p]] for p in positions])[1]
