"""The summaries of a head as small automata over the vectors of the stream below.

    COMPONENT: {"keys": [key | null ...],             by vector below; null: it never comes as a key
                "next": [[state ...] ...],            by state and key
                "read": [reading | null ...]}         by state; null: NaN
             | null                                   the summary itself, state by state

A reading is what the head adds to the stream: its output map applied to what it returns, 0 when
it has seen nothing. (Adding 0 is adding nothing: the numbers of the stream are rounded already.)
Start is state 0. A listed component is compared with the summary of each query value for which it
is used (see `streaming`), on all pairs of states that any sequence of keys leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from proofs.checkers.rejection import integer, integers, items, record, reject
from proofs.models.layers import Head
from proofs.models.linear import State, affine, dot, linear
from proofs.models.numbers import ZERO, Contract, NotANumber
from proofs.models.running_sums import NotStreaming
from proofs.models.streaming import Score, Summary, summary
from proofs.witnesses.budget import Budget

MAX_CELLS: Final = 20_000_000
"""A summary may have so many states, each key of a window counted."""


class Component(Protocol):
    """A deterministic automaton over the vectors below, by their numbers."""

    def step(self, state: int, symbol: int) -> int:
        """The state after one more key."""
        ...

    def read(self, state: int) -> int | None:
        """The number of the reading; None for NaN."""
        ...


@dataclass(frozen=True)
class Listed:
    """A component that the certificate lists."""

    keys: list[int | None]
    next: list[list[int]]
    reading: list[int | None]
    path: str

    def step(self, state: int, symbol: int) -> int:
        key = self.keys[symbol]
        if key is None:
            reject("not-a-key", symbol, f"{self.path}.keys[{symbol}]", "a key: this vector is read")
        return self.next[state][key]

    def read(self, state: int) -> int | None:
        return self.reading[state]


def parse_component(value: object, path: str, symbols: int, readings: int) -> Listed | None:
    """The component that plain data describes, None for null; or rejected."""
    if value is None:
        return None
    fields = record(value, path, ("keys", "next", "read"))
    rows = items(fields["next"], f"{path}.next")
    if not rows:
        reject("no-state", rows, f"{path}.next", "at least one state")
    width = len(items(rows[0], f"{path}.next[0]"))
    nexts = [integers(row, f"{path}.next[{q}]", 0, len(rows), width) for q, row in enumerate(rows)]
    keys = [None if key is None else integer(key, f"{path}.keys[{r}]", 0, width)
            for r, key in enumerate(items(fields["keys"], f"{path}.keys", symbols))]
    read = [None if x is None else integer(x, f"{path}.read[{q}]", 0, readings)
            for q, x in enumerate(items(fields["read"], f"{path}.read", len(rows)))]
    return Listed(keys, nexts, read, path)


class Readings:
    """The vectors that heads add, by number; more are added as summaries are read."""

    def __init__(self, vectors: list[State]) -> None:
        self.vectors = vectors
        self._number = {vector: k for k, vector in enumerate(vectors)}

    def number(self, vector: State) -> int:
        """The number of a vector, a new one if need be."""
        found = self._number.setdefault(vector, len(self.vectors))
        if found == len(self.vectors):
            self.vectors.append(vector)
        return found


class Keys:
    """What a head makes of the vectors below. Raises NotANumber where one of them gives NaN."""

    def __init__(self, contract: Contract, head: Head, seen: Sequence[State]) -> None:
        self._contract = contract
        self._head = head
        self.queries = [affine(contract, head.query, state) for state in seen]
        self._keys = [affine(contract, head.key, state) for state in seen]
        self._values = [affine(contract, head.value, state) for state in seen]

    def answering(self, query: State, readings: Readings) -> Concrete:
        """The summary for one query value."""
        known: dict[State, Score] = {}
        for key in self._keys:
            if key not in known:
                known[key] = self._score(query, key)
        number: dict[tuple[Score, State], int] = {}
        column = [number.setdefault((known[key], value), len(number))
                  for key, value in zip(self._keys, self._values, strict=True)]
        follows = summary(self._contract, self._head, [score for score, _ in number],
                          [value for _, value in number])
        return Concrete(follows, column, self._contract, self._head, readings)

    def _score(self, query: State, key: State) -> Score:
        try:
            return dot(self._contract, query, key)
        except NotANumber:
            return None


class Concrete:
    """A summary, its states numbered as they are met."""

    def __init__(self, follows: Summary, column: list[int], contract: Contract, head: Head,
                 readings: Readings) -> None:
        self.column = column
        self._summary = follows
        self._contract = contract
        self._head = head
        self._readings = readings
        start = follows.start()
        self._states: list[Any] = [start]
        self._number: dict[Any, int] = {start: 0}
        self._next: dict[tuple[int, int], int] = {}
        self._read: dict[int, int | None] = {}
        self._cells = 0

    def step(self, state: int, symbol: int) -> int:
        return self.step_key(state, self.column[symbol])

    def step_key(self, state: int, key: int) -> int:
        """The state after a key of the summary."""
        known = self._next.get((state, key))
        if known is None:
            after = self._summary.step(self._states[state], key)
            known = self._next[state, key] = self._number.setdefault(after, len(self._states))
            if known == len(self._states):
                self._states.append(after)
                self._cells += len(after) if isinstance(after, tuple) else 1
                if self._cells > MAX_CELLS:
                    reject("too-many-cells", f"more than {MAX_CELLS}", "data",
                           f"summaries of at most {MAX_CELLS} cells, windows included")
        return known

    def read(self, state: int) -> int | None:
        if state not in self._read:
            self._read[state] = self._reading(state)
        return self._read[state]

    def _reading(self, state: int) -> int | None:
        try:
            found = self._summary.read(self._states[state])
            if found is None:
                return self._readings.number((ZERO,) * len(self._head.output))
            return self._readings.number(linear(self._contract, self._head.output, found))
        except NotANumber:
            return None


def check_component(listed: Listed, concrete: Concrete, budget: Budget) -> None:
    """Reject unless the listed automaton reads what the summary does, on all sequences of keys."""
    keys = {(column, key) for column, key in zip(concrete.column, listed.keys, strict=True)
            if key is not None}
    found = [(0, 0)]
    seen = {(0, 0)}
    for state, q in found:  # grows while it is walked
        if concrete.read(state) != listed.reading[q]:
            reject("wrong-reading", listed.reading[q], f"{listed.path}.read[{q}]",
                   "what the head adds after the same keys")
        for column, key in keys:
            pair = concrete.step_key(state, column), listed.next[q][key]
            if pair not in seen:
                seen.add(pair)
                found.append(pair)
                budget.spend(listed.path)


def concrete_component(keys: Keys, query: State, readings: Readings, path: str) -> Concrete:
    """The summary for a query value; rejected if there is none."""
    try:
        return keys.answering(query, readings)
    except NotStreaming as error:
        reject("not-streaming", str(error), path, "heads with a finite summary")
