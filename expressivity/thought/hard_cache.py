"""Hard attention over exact rationals for one word, without looking at each position again.

Equal keys are kept once, with what their positions add up to. The scores of distinct keys are one
product of integers; running sums of those of largest score give the average. So heads that average
over kinds of tokens take constant time a position, and a head that looks up one of n keys takes a
single pass over integers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from expressivity.models.engine import Array
from expressivity.models.scaled import FITS, Scaled, narrowed


class _Rows:
    """A growing matrix of integers over one denominator; int64 while they fit."""

    def __init__(self, columns: int) -> None:
        # Column by column: scores are sums of multiples of columns.
        self.array: Array = np.zeros((16, columns), dtype=np.int64, order="F")
        self.used = 0
        self.denominator = 1
        self.largest = 1

    def rescale(self, denominator: int) -> int:
        """Make the denominator a multiple of this one; by how much numerators were multiplied."""
        common = math.lcm(self.denominator, denominator)
        factor = common // self.denominator
        self.denominator = common
        if factor > 1:
            self._bound(self.largest * factor)
            self.array = self.array * factor
        return factor

    def append(self, row: Sequence[int]) -> None:
        """One more row."""
        if self.used == len(self.array):
            self.array = np.concatenate([self.array, np.zeros_like(self.array)])
        self.put(self.used, row)
        self.used += 1

    def put(self, place: int, row: Sequence[int]) -> None:
        """Replace a row."""
        self._bound(max(map(abs, row), default=0))
        self.array[place] = row

    def _bound(self, size: int) -> None:
        self.largest = max(self.largest, size)
        if self.largest >= FITS and self.array.dtype != object:
            self.array = self.array.astype(object)


class HardCache:
    """The keys and values of one head so far, for one word."""

    def __init__(self, selection: str, strict: bool, rank: int, size: int) -> None:
        self._selection, self._strict = selection, strict
        self._keys, self._sums = _Rows(rank), _Rows(size)
        self._numbers: dict[tuple[int, ...], int] = {}
        self._counts = np.zeros(16, dtype=np.int64)
        self._places = np.zeros(16, dtype=np.int64)  # of the position that unique attention takes
        self._positions = 0

    def extend(self, query: Scaled, key: Scaled, value: Scaled) -> Scaled:
        """The head's results at the next positions; all shapes (1, positions, dimensions)."""
        if self._keys.rescale(key.denominator) > 1:
            kept = self._keys.array[:self._keys.used].tolist()
            self._numbers = {tuple(row): k for k, row in enumerate(kept)}
        self._sums.rescale(value.denominator)
        by_key = self._keys.denominator // key.denominator
        by_value = self._sums.denominator // value.denominator
        rows = []
        for q, k, v in zip(query.numerators[0].tolist(), key.numerators[0].tolist(),
                           value.numerators[0].tolist(), strict=True):
            if self._strict:
                rows.append(self._ask(q))
            self._add([x * by_key for x in k], [x * by_value for x in v])
            if not self._strict:
                rows.append(self._ask(q))
        shared = math.lcm(*(below for _, below in rows))
        numerators = [[x * (shared // below) for x in above] for above, below in rows]
        return narrowed(np.array(numerators, dtype=object)[None], shared)

    def _add(self, key: list[int], value: list[int]) -> None:
        number = self._numbers.setdefault(tuple(key), len(self._numbers))
        if number == self._keys.used:
            self._keys.append(key)
            self._sums.append(value)
            if number == len(self._counts):
                self._counts, self._places = (np.concatenate([part, np.zeros_like(part)])
                                              for part in (self._counts, self._places))
            self._counts[number] = 1
            self._places[number] = self._positions
        elif self._selection == "average-hard":
            before = self._sums.array[number].tolist()
            self._sums.put(number, [x + y for x, y in zip(before, value, strict=True)])
            self._counts[number] += 1
        elif self._selection == "uhat-right":
            self._sums.put(number, value)
            self._places[number] = self._positions
        self._positions += 1

    def _ask(self, query: list[int]) -> tuple[list[int], int]:
        """Numerators and denominator of the result, in lowest terms; 0 where nothing is seen."""
        used = self._keys.used
        if not used:
            return [0] * self._sums.array.shape[1], 1
        keys = self._keys.array[:used]
        largest = max(map(abs, query), default=0)
        if len(query) * max(largest, 1) * self._keys.largest >= FITS:
            keys = keys.astype(object)
        scores = keys[:, 0] * query[0]
        for r in range(1, len(query)):
            if query[r]:
                scores = scores + keys[:, r] * query[r]
        best = np.flatnonzero(scores == scores.max())
        if self._selection == "average-hard":
            below = self._sums.denominator * int(self._counts[best].sum())
            rows = self._sums.array[best].tolist()
            above = [sum(column) for column in zip(*rows, strict=True)]
        else:
            places = self._places[best]
            chosen = best[places.argmin() if self._selection == "uhat-left" else places.argmax()]
            below = self._sums.denominator
            above = self._sums.array[chosen].tolist()
        common = math.gcd(below, *above)
        return [x // common for x in above], below // common
