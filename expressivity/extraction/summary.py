"""What a head must remember of the past, for one query value.

Fix a head and the query value that a position asks with. The residual vectors at the positions
before it are then a word over a finite alphabet of *keys* (a score against that query, and a
value), and what the head returns is a function of that word. A `Summary` is a deterministic
automaton that computes this function; `Component` is the same automaton as tables.

Why one summary for each query value, kept from the first position on: the query of a later
position is not known while its past is read. Since layers are treated one after the other, the
residual vectors that a layer can ever see are known before its heads are looked at, and so are all
query values. No summary ever has to be recovered after the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from expressivity.extraction.budget import Clock
from expressivity.extraction.numbers import Vector
from expressivity.extraction.partition import refine
from expressivity.extraction.transducer import Interner

State = TypeVar("State", bound=Hashable)
UNKNOWN = -1
UNDEFINED = -1
NOT_A_KEY = -1


class Summary(Protocol[State]):
    """A deterministic automaton over keys, whose states determine what the head returns."""

    def start(self) -> State:
        """The summary of no keys."""
        ...

    def step(self, state: State, key: int) -> State:
        """The summary after one more key."""
        ...

    def read(self, state: State) -> Vector | None:
        """What the head returns, before its output map; None when it computes NaN."""
        ...


class Component:
    """A summary as tables, built state by state as it is used.

    States are numbers, 0 is the start. `column[symbol]` is the key that a residual vector is to
    the summary, `NOT_A_KEY` if it is never one. `reading[state]` is
    the number of what the head adds (`project` of what the summary reads), `UNDEFINED` for NaN.
    """

    def __init__(self, summary: Summary[Any], column: Sequence[int],
                 project: Callable[[Vector], int]) -> None:
        self.column = list(column)
        self._keys = 1 + max(column)
        self._summary = summary
        self._project = project
        self._states: Interner[Hashable] = Interner()
        self.table: list[list[int]] = []
        self.reading: list[int] = []
        self._number(summary.start())

    def _number(self, state: Hashable) -> int:
        number = self._states(state)
        if number == len(self.table):
            self.table.append([UNKNOWN] * self._keys)
            value = self._summary.read(state)
            self.reading.append(UNDEFINED if value is None else self._project(value))
        return number

    def step(self, state: int, symbol: int) -> int:
        """The state after one more residual vector, given by its number."""
        column = self.column[symbol]
        to = self.table[state][column]
        return to if to != UNKNOWN else self._step(state, column)

    def _step(self, state: int, key: int) -> int:
        after = self._summary.step(self._states.values[state], key)
        to = self.table[state][key] = self._number(after)
        return to

    def too_large(self) -> str:
        """Summaries are finite or bounded by the number of states: never."""
        return ""

    def collapse(self, clock: Clock) -> None:
        """Merge states that no keys can tell apart, unless there are too many for the budget.

        Over all sequences of keys: some of them may never occur, so this merges less than could
        be merged, never more.
        """
        state = 0
        while state < len(self.table):
            if len(self.table) * self._keys > clock.budget.max_summary or clock.expired():
                return
            for key in range(self._keys):
                self._step(state, key)
            state += 1
        delta = np.asarray(self.table, dtype=np.int32).reshape(len(self.table), self._keys)
        classes: list[int] = refine(delta, np.asarray(self.reading, dtype=np.int64)).tolist()
        number = {classes[0]: 0}
        sample = [0]
        for q in sample:  # grows while it is walked
            for r in self.table[q]:
                if classes[r] not in number:
                    number[classes[r]] = len(sample)
                    sample.append(r)
        self.table = [[number[classes[r]] for r in self.table[q]] for q in sample]
        self.reading = [self.reading[q] for q in sample]
        self._merge_columns()

    def _merge_columns(self) -> None:
        """Let keys that act alike on all states share a column."""
        fresh: Interner[tuple[int, ...]] = Interner()
        to = [fresh(column) for column in zip(*self.table, strict=True)]
        self.column = [NOT_A_KEY if c == NOT_A_KEY else to[c] for c in self.column]
        self.table = [list(row) for row in zip(*fresh.values, strict=True)] or [[]]

    def signature(self) -> Hashable:
        """Equal for components that are the same automaton; None unless collapsed."""
        if any(UNKNOWN in row for row in self.table):
            return None
        return tuple(map(tuple, self.table)), tuple(self.reading), tuple(self.column)
