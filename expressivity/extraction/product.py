"""One attention layer: a transducer times the summaries that its heads keep.

The state after a word is the state of the transducer below, and for every head and every query
value that may still be asked the summary of the keys so far. At the next letter the transducer
below emits a residual vector r; its query value picks, per head, one summary, whose reading is
added to r; then r is read as a key by all summaries. Under a strict mask the reading comes first,
under a non-strict one last. The residual vectors that r ranges over are those that the transducer
below emits on some word, so nothing is left out, and the product is again a transducer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from expressivity.extraction.explore import Outputs, State
from expressivity.extraction.numbers import Numbers, Score, Vector, known
from expressivity.extraction.summary import UNDEFINED, Component
from expressivity.extraction.transducer import UNEXPLORED, Transducer


class Memory(Protocol):
    """An automaton over residual vectors, given by their numbers. States are numbers, from 0."""

    def step(self, state: int, symbol: int) -> int:
        """The state after one more residual vector."""
        ...

    def too_large(self) -> str:
        """Why it cannot go on; "" if it can."""
        ...


class Reader(Protocol):
    """A head."""

    @property
    def asks(self) -> Sequence[int]:
        """Per residual vector the memory (by number) that the head asks there."""
        ...

    def read(self, state: int, symbol: int) -> int:
        """What the head adds where that memory is in this state, by number; `UNDEFINED` for NaN."""
        ...


@dataclass(frozen=True)
class Head:
    """A head that sees all of the past. `asks`: per residual vector the component that answers."""

    asks: Sequence[int]
    strict: bool
    components: Sequence[Component]

    def read(self, state: int, symbol: int) -> int:
        """See `Reader`. Without a strict mask the position itself is a key, too."""
        component = self.components[self.asks[symbol]]
        if not self.strict:
            state = component.step(state, symbol)
        return component.reading[state]


class Product:
    """The product of a transducer with what a layer's heads remember.

    A state is the state below, then those of the memories that may still be asked there.
    """

    def __init__(self, below: Transducer[Vector], heads: Sequence[Reader],
                 memories: Sequence[Memory], readings: Sequence[Vector],
                 numbers: Numbers) -> None:
        self.below = below
        self._heads = heads
        self._memories = memories
        self._readings = readings
        self._numbers = numbers
        self._live = _askable(below, heads)
        self._places = [{c: i for i, c in enumerate(live)} for live in self._live]
        self.outputs = Outputs()
        self._sums: dict[tuple[int, tuple[int, ...]], int] = {}

    def end(self, state: State) -> int:
        """The output at the end symbol, if there is one."""
        if self.below.end is None:
            return UNEXPLORED
        return self._emit(state[1:], self._places[state[0]], self.below.end[state[0]])

    def begin(self) -> tuple[State, int | None]:
        """The state before the first letter, and the output at the begin symbol."""
        below, fresh = self.below, (0,) * len(self._memories)
        live = self._live[0]
        if below.begin is None:
            return (0, *(0 for _ in live)), None
        everywhere = {c: c for c in range(len(fresh))}
        out = self._emit(fresh, everywhere, below.begin)
        return (0, *(self._memories[c].step(0, below.begin) for c in live)), out

    def letter(self, state: State, a: int) -> tuple[int, State]:
        """The output at a letter, and the state after it."""
        p, summaries = state[0], state[1:]
        symbol, to = self.below.out[p][a], self.below.next[p][a]
        places, memories = self._places[p], self._memories
        out = self._emit(summaries, places, symbol)
        return out, (to, *(memories[c].step(summaries[places[c]], symbol)
                           for c in self._live[to]))

    def too_large(self) -> str:
        """Why the exploration cannot go on; "" if it can."""
        return next((why for memory in self._memories if (why := memory.too_large())), "")

    def _emit(self, summaries: Sequence[int], places: dict[int, int], symbol: int) -> int:
        """The output where the residual vector below is `symbol`."""
        key = symbol, tuple([head.read(summaries[places[head.asks[symbol]]], symbol)
                             for head in self._heads])
        if key not in self._sums:
            self._sums[key] = self.outputs(self._add(*key))
        return self._sums[key]

    def _add(self, symbol: int, readings: tuple[int, ...]) -> Vector | None:
        """The residual vector plus the sum of what the heads add, in their order."""
        if UNDEFINED in readings:
            return None
        numbers = self._numbers
        change: tuple[Score, ...] = self._readings[readings[0]]
        for reading in readings[1:]:
            change = tuple(map(numbers.add, change, self._readings[reading]))
        return known(map(numbers.add, self.below.symbols[symbol], change))


def _askable(below: Transducer[Vector], heads: Sequence[Reader]) -> list[tuple[int, ...]]:
    """Per state the memories that some continuation asks for its reading."""
    def asked(symbol: int) -> int:
        bits = 0
        for head in heads:
            bits |= 1 << head.asks[symbol]
        return bits

    asks = [asked(symbol) for symbol in range(len(below.symbols))]
    before: list[list[int]] = [[] for _ in below.next]
    live = [0] * below.states
    for q, (row, outs) in enumerate(zip(below.next, below.out, strict=True)):
        if below.end is not None:
            live[q] |= asks[below.end[q]]
        for r, symbol in zip(row, outs, strict=True):
            if r != UNEXPLORED:
                live[q] |= asks[symbol]
                before[r].append(q)
    waiting = list(range(below.states))
    while waiting:
        r = waiting.pop()
        for q in before[r]:
            if live[r] & ~live[q]:
                live[q] |= live[r]
                waiting.append(q)
    return [tuple(c for c in range(bits.bit_length()) if bits >> c & 1) for bits in live]
