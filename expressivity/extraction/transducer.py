"""Letter-to-letter transducers: what a model's residual stream is, layer by layer.

After every sublayer the residual stream of a future-masked model is the output of a deterministic
transducer: reading a letter, it emits the residual vector at that position. A *complete*
transducer says so for words of every length, a truncated one for words up to `covered`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from expressivity.extraction.partition import refine

Symbol = TypeVar("Symbol", bound=Hashable)
New = TypeVar("New", bound=Hashable)
UNEXPLORED = -1
PLACES = ("begin", "letter", "end")


class Interner(Generic[Symbol]):
    """Numbers for values, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.values: list[Symbol] = []
        self._number: dict[Symbol, int] = {}

    def __call__(self, value: Symbol) -> int:
        number = self._number.get(value)
        if number is None:
            number = self._number[value] = len(self.values)
            self.values.append(value)
        return number


@dataclass(frozen=True)
class Transducer(Generic[Symbol]):
    """A deterministic transducer with outputs on its transitions.

    State 0 is the start: the begin symbol, if there is one, has been read. `next[q][a]` and
    `out[q][a]` are the successor and the number of the output at letter a. `end[q]` is the number
    of the output at the end symbol, which may only come last (None: there is no end symbol),
    `begin` that at the begin symbol. `symbols` are the outputs that the numbers stand for, each
    emitted on some word. `covered` is None when every word is covered; otherwise words up to that
    length are, and states that only longer words leave have `UNEXPLORED` successors.
    """

    next: list[list[int]]
    out: list[list[int]]
    end: list[int] | None
    begin: int | None
    symbols: list[Symbol]
    covered: int | None = None

    @property
    def states(self) -> int:
        """The number of states."""
        return len(self.next)

    def map(self, f: Callable[[Symbol], New]) -> Transducer[New]:
        """Another alphabet of outputs: f is applied to each symbol, once."""
        fresh: Interner[New] = Interner()
        to = [fresh(f(symbol)) for symbol in self.symbols]
        return Transducer(
            self.next,
            [[to[o] if o >= 0 else o for o in row] for row in self.out],
            None if self.end is None else [to[o] for o in self.end],
            None if self.begin is None else to[self.begin],
            fresh.values,
            self.covered,
        )

    def word_to(self, symbol: int, places: Sequence[str] = PLACES) -> tuple[list[int], str] | None:
        """A shortest word (letter indices) that emits a symbol, and where it is emitted.

        The place is one of `places`: "begin", "end" or "letter", the last letter of the word.
        """
        if self.begin == symbol and "begin" in places:
            return [], "begin"
        words: dict[int, list[int]] = {0: []}
        queue = deque([0])
        while queue:
            q = queue.popleft()
            if self.end is not None and self.end[q] == symbol and "end" in places:
                return words[q], "end"
            for a, r in enumerate(self.next[q]):
                if r == UNEXPLORED:
                    continue
                if self.out[q][a] == symbol and "letter" in places:
                    return [*words[q], a], "letter"
                if r not in words:
                    words[r] = [*words[q], a]
                    queue.append(r)
        return None

    def up_to(self, length: int) -> Transducer[Symbol]:
        """Truncated to words up to a length, with the symbols that these emit."""
        depth = {0: 0}
        order = [0]
        for q in order:  # grows while it is walked
            for r in self.next[q]:
                if r != UNEXPLORED and r not in depth and depth[q] < length:
                    depth[r] = depth[q] + 1
                    order.append(r)
        number = {q: i for i, q in enumerate(order)}
        fresh: Interner[int] = Interner()
        begin = None if self.begin is None else fresh(self.begin)
        nothing = [UNEXPLORED] * len(self.next[0])
        inner = [depth[q] < length for q in order]
        nexts = [[number[r] for r in self.next[q]] if inside else nothing
                 for q, inside in zip(order, inner, strict=True)]
        outs = [[fresh(o) for o in self.out[q]] if inside else nothing
                for q, inside in zip(order, inner, strict=True)]
        end = None if self.end is None else [fresh(self.end[q]) for q in order]
        return Transducer(nexts, outs, end, begin, [self.symbols[o] for o in fresh.values], length)

    def minimal(self) -> Transducer[Symbol]:
        """The least transducer with the same outputs; a truncated one is returned unchanged."""
        if self.covered is not None:
            return self
        delta = np.asarray(self.next, dtype=np.int32)
        rows: Interner[tuple[int, ...]] = Interner()
        ends = self.end or [0] * self.states
        colours = [rows((*row, end)) for row, end in zip(self.out, ends, strict=True)]
        classes = refine(delta, np.asarray(colours, dtype=np.int64))
        return self._quotient(classes)

    def _quotient(self, classes: NDArray[np.int64]) -> Transducer[Symbol]:
        """Merge the states of each class, numbered breadth first from the start."""
        to: list[int] = classes.tolist()
        number = {to[0]: 0}
        sample = [0]
        for q in sample:  # grows while it is walked
            for r in self.next[q]:
                if to[r] not in number:
                    number[to[r]] = len(sample)
                    sample.append(r)
        return replace(
            self,
            next=[[number[to[r]] for r in self.next[q]] for q in sample],
            out=[self.out[q] for q in sample],
            end=None if self.end is None else [self.end[q] for q in sample],
        )

