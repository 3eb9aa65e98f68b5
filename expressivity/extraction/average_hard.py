"""Average-hard attention with sums rounded from left to right.

All keys of maximal score weigh 1, the others nothing. A higher score than all before starts the
sums anew, a lower one changes nothing; so the summary is the best score and the two accumulators
since it appeared. With rational averages, or sums that are rounded once, the accumulators would
have to count without bound, and nothing here applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from expressivity.extraction.averages import Store
from expressivity.extraction.numbers import Score, Vector
from proofs.models.numbers import Value

Best: TypeAlias = tuple[Value, int] | tuple[()] | None
"""The best score so far and the sums over its keys; () before any key, None after NaN."""


class AverageHard:
    """Per key a score and a value."""

    def __init__(self, store: Store, scores: Sequence[Score], values: Sequence[Vector],
                 nothing: Vector) -> None:
        self._scores = scores
        one = store.codes(store.codes.numbers.one)
        self._averages, self._term = store.averages([one] * len(values), values)
        self._nothing = nothing

    def start(self) -> Best:
        """No key has been seen."""
        return ()

    def step(self, state: Best, key: int) -> Best:
        """The sums after one more key; a score that is NaN spoils every later reading."""
        new = self._scores[key]
        if state is None or new is None:
            return None
        if state and new < state[0]:
            return state
        sums = state[1] if state and new == state[0] else 0
        return new, self._averages.step(sums, self._term[key])

    def read(self, state: Best) -> Vector | None:
        """The average over the keys of the best score."""
        if state is None:
            return None
        return self._averages.read(state[1]) if state else self._nothing
