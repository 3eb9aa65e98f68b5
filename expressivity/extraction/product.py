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
from typing import TypeAlias

from expressivity.extraction.budget import Clock
from expressivity.extraction.numbers import Numbers, Score, Vector, known
from expressivity.extraction.summary import UNDEFINED, Component
from expressivity.extraction.transducer import UNEXPLORED, Interner, Transducer

State: TypeAlias = tuple[int, ...]
"""The state below, then the states of the components that may still be asked there."""


@dataclass(frozen=True)
class Head:
    """Per residual vector the component (by number) that answers its query value."""

    asks: Sequence[int]
    strict: bool


class Product:
    """The product of a transducer with the components of a layer's heads."""

    def __init__(self, below: Transducer[Vector], heads: Sequence[Head],
                 components: Sequence[Component], readings: Sequence[Vector],
                 numbers: Numbers) -> None:
        self._below = below
        self._heads = heads
        self._components = components
        self._readings = readings
        self._numbers = numbers
        self._live = _askable(below, heads)
        self._places = [{c: i for i, c in enumerate(live)} for live in self._live]
        self._symbols: Interner[Vector | None] = Interner()
        self._undefined: int | None = None
        self._sums: dict[tuple[int, tuple[int, ...]], int] = {}

    def explore(self, clock: Clock, what: str) -> Transducer[Vector | None]:
        """All states that words lead to, breadth first; outputs are None for NaN.

        When the budget is exceeded, only the levels that are complete are kept; when an output
        is NaN, the exploration ends there.
        """
        below = self._below
        start, begin = self._begin()
        number: dict[State, int] = {start: 0}
        order = [start]
        nexts: list[list[int]] = []
        outs: list[list[int]] = []
        ends: list[int] = []
        # States first ..< last of `order` are those whose shortest words have length `depth`.
        depth, first, last = 0, 0, 1
        covered: int | None = None
        while len(nexts) < len(order) and self._undefined is None:
            if len(nexts) == last:
                depth, first, last = depth + 1, last, len(order)
                clock.report(what, last)
            if depth == below.covered or clock.exceeded(len(order)):
                covered = depth
                break
            state = order[len(nexts)]
            row, emitted = [], []
            for a in range(len(below.next[state[0]])):
                out, to = self._letter(state, a)
                emitted.append(out)
                if to not in number:
                    number[to] = len(order)
                    order.append(to)
                row.append(number[to])
            nexts.append(row)
            outs.append(emitted)
            ends += self._end(state)
        if covered is not None:
            # The states of the last level stay, but nothing leaves them.
            letters = len(below.next[0])
            del nexts[first:], outs[first:], ends[first:], order[last:]
            nexts += [[UNEXPLORED] * letters for _ in order[first:]]
            outs += [[UNEXPLORED] * letters for _ in order[first:]]
            for state in order[first:]:
                ends += self._end(state)
        if self._undefined is not None:
            # What is wrong has been found: only the way there matters from here on.
            letters = len(below.next[0])
            rest = len(order) - len(nexts)
            nexts += [[UNEXPLORED] * letters] * rest
            outs += [[UNEXPLORED] * letters] * rest
            ends += [UNEXPLORED] * (len(order) - len(ends)) if below.end is not None else []
            covered = 0
        end = None if below.end is None else ends
        return _compact(nexts, outs, end, begin, self._symbols.values, covered)

    def _end(self, state: State) -> list[int]:
        """The output at the end symbol, if there is one."""
        if self._below.end is None:
            return []
        return [self._emit(state[1:], self._places[state[0]], self._below.end[state[0]])]

    def _begin(self) -> tuple[State, int | None]:
        """The state before the first letter, and the output at the begin symbol."""
        below, fresh = self._below, (0,) * len(self._components)
        live = self._live[0]
        if below.begin is None:
            return (0, *(0 for _ in live)), None
        everywhere = {c: c for c in range(len(fresh))}
        out = self._emit(fresh, everywhere, below.begin)
        return (0, *(self._components[c].step(0, below.begin) for c in live)), out

    def _letter(self, state: State, a: int) -> tuple[int, State]:
        """The output at a letter, and the state after it."""
        p, summaries = state[0], state[1:]
        symbol, to = self._below.out[p][a], self._below.next[p][a]
        places, components = self._places[p], self._components
        out = self._emit(summaries, places, symbol)
        return out, (to, *(components[c].step(summaries[places[c]], symbol)
                           for c in self._live[to]))

    def _emit(self, summaries: Sequence[int], places: dict[int, int], symbol: int) -> int:
        """The output where the residual vector below is `symbol`."""
        read = []
        for head in self._heads:
            c = head.asks[symbol]
            component, summary = self._components[c], summaries[places[c]]
            if not head.strict:
                summary = component.step(summary, symbol)
            read.append(component.reading[summary])
        key = symbol, tuple(read)
        if key not in self._sums:
            vector = self._add(*key)
            self._sums[key] = self._symbols(vector)
            if vector is None:
                self._undefined = self._sums[key]
        return self._sums[key]

    def _add(self, symbol: int, readings: tuple[int, ...]) -> Vector | None:
        """The residual vector plus the sum of what the heads add, in their order."""
        if UNDEFINED in readings:
            return None
        numbers = self._numbers
        change: tuple[Score, ...] = self._readings[readings[0]]
        for reading in readings[1:]:
            change = tuple(map(numbers.add, change, self._readings[reading]))
        return known(map(numbers.add, self._below.symbols[symbol], change))


def _askable(below: Transducer[Vector], heads: Sequence[Head]) -> list[tuple[int, ...]]:
    """Per state the components that some continuation asks for its reading."""
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


def _compact(nexts: list[list[int]], outs: list[list[int]], end: list[int] | None,
             begin: int | None, symbols: Sequence[Vector | None],
             covered: int | None) -> Transducer[Vector | None]:
    """Without symbols that only dropped transitions emitted."""
    fresh: Interner[Vector | None] = Interner()

    def renumbered(o: int) -> int:
        return o if o == UNEXPLORED else fresh(symbols[o])

    begins = None if begin is None else renumbered(begin)
    rows = [[renumbered(o) for o in row] for row in outs]
    ends = None if end is None else [renumbered(o) for o in end]
    return Transducer(nexts, rows, ends, begins, fresh.values, covered)
