"""Numbers for distinct states, and functions of them as tables that are filled on demand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, TypeAlias

import numpy as np

from expressivity.models.engine import Array, Bools

MAX_STATES: Final = 4096
MAX_ENTRIES: Final = 2**19
MAX_CELLS: Final = 2**22

Ids: TypeAlias = Array
"""int64, numbers of states; 0 stands for what has no value."""


class NotInterned(Exception):
    """There are too many distinct states for tables to pay."""


class Numbering:
    """Distinct rows of `width` values, numbered from 1 in the order of their arrival.

    Row 0 is a row of zeros for what has no value: whoever is given number 0 notes the word, and may
    then compute on with zeros.
    """

    def __init__(self, width: int) -> None:
        self._rows: list[tuple[Any, ...]] = [(Fraction(0),) * width]
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._array: Array = np.zeros((0, width), dtype=object)
        self._bound = min(MAX_STATES, MAX_ENTRIES // width)

    def __len__(self) -> int:
        return len(self._rows)

    def ids(self, rows: Array, undefined: Bools | None = None) -> Ids:
        """The numbers of the rows (k, width), 0 for undefined ones.

        Raises:
            NotInterned: there are too many.
        """
        found = np.zeros(len(rows), dtype=np.int64)
        for k, row in enumerate(map(tuple, rows.tolist())):
            if undefined is not None and undefined[k]:
                continue
            number = self._numbers.get(row)
            if number is None:
                number = self._numbers[row] = len(self._rows)
                self._rows.append(row)
                if number >= self._bound:
                    raise NotInterned(f"more than {self._bound} distinct states")
            found[k] = number
        return found

    def array(self, first: int = 0) -> Array:
        """The rows from this number on."""
        if len(self._array) < len(self._rows):
            self._array = np.array(self._rows, dtype=object)
        return self._array[first:]


class Singles:
    """A function of the numbers of a numbering, 0 at 0; `function` maps rows to numbers."""

    def __init__(self, source: Numbering, function: Callable[[Array], Ids]) -> None:
        self._source = source
        self._function = function
        self._table: Ids = np.zeros(0, dtype=np.int64)

    def table(self) -> Ids:
        """The function's value for every number so far."""
        known = len(self._table)
        if known < len(self._source):
            self._table = np.concatenate([self._table, self._function(self._source.array(known))])
            self._table[0] = 0
        return self._table


class Pairs:
    """A function of two numbers; `function` maps two arrays of numbers to an array of numbers."""

    def __init__(self, function: Callable[[Ids, Ids], Ids]) -> None:
        self._function = function
        self._table = np.full((1, 1), -1, dtype=np.int64)

    def __call__(self, left: Ids, right: Ids) -> Ids:
        """The values for pairs, of one shape; computed for each distinct pair once.

        Raises:
            NotInterned: the table would be too large.
        """
        if not left.size:
            return left
        self._reserve(int(left.max()) + 1, int(right.max()) + 1)
        places = left * self._table.shape[1] + right
        table = self._table.reshape(-1)
        found = table.take(places)
        if found.min() < 0:
            new = np.unique(places[found < 0])
            table[new] = self._function(*np.divmod(new, self._table.shape[1]))
            found = table.take(places)
        return found

    def _reserve(self, rows: int, columns: int) -> None:
        old = self._table.shape
        if rows <= old[0] and columns <= old[1]:
            return
        new_rows = old[0] if rows <= old[0] else 2 * rows
        new_columns = old[1] if columns <= old[1] else 2 * columns
        if new_rows * new_columns > MAX_CELLS:
            raise NotInterned(f"a table of {rows} by {columns} entries")
        table = np.full((new_rows, new_columns), -1, dtype=np.int64)
        table[:old[0], :old[1]] = self._table
        self._table = table
