"""The transition semigroup of an automaton, element by element: for what only it can tell.

Froidure and Pin (1997), without their rewriting system: elements are maps of states, found breadth
first, each with a shortest word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Maps = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class Semigroup:
    """The maps that the words which are not empty induce; a map x is a row with x[q] = q.w.

    `maps` has a row for each element, `right[x, a]` is the element x times the letter a, `letters`
    lists the elements of the letters. A shortest word of x is one of `parent[x]`, which comes
    before x, and the letter `last[x]`; the parent of a letter is -1.
    """

    maps: Maps
    right: Ints
    letters: Ints
    parent: list[int]
    last: list[int]

    @property
    def size(self) -> int:
        """The number of elements."""
        return len(self.maps)

    def word(self, element: int) -> list[int]:
        """A shortest word that is not empty for an element, over the letters of the automaton."""
        letters = []
        while element >= 0:
            letters.append(self.last[element])
            element = self.parent[element]
        return letters[::-1]


def enumerate_semigroup(delta: NDArray[np.int32], limit: int,
                        stop: Callable[[], bool] = lambda: False) -> Semigroup | None:
    """The semigroup, or None when it has more than `limit` elements or `stop` says so."""
    n, m = delta.shape
    small = np.int16 if n < 1 << 15 else np.int32
    columns: Maps = np.ascontiguousarray(delta.T).astype(small)
    width = columns.itemsize * n
    index: dict[bytes, int] = {}
    rows: list[Maps] = []
    parent: list[int] = []
    last: list[int] = []
    right: list[Ints] = []

    def number(maps: Maps, source: int) -> tuple[Ints, Maps]:
        """The numbers of maps, row (i, a) being element `source` + i times a; and the new maps."""
        blob = maps.tobytes()
        found = np.empty(len(maps), dtype=np.int64)
        new = []
        for i in range(len(maps)):
            key = blob[i * width:(i + 1) * width]
            at = index.get(key)
            if at is None:
                at = index[key] = len(index)
                new.append(i)
                parent.append(source + i // m if source >= 0 else -1)
                last.append(i % m)
            found[i] = at
        return found, maps[new]

    letters, front = number(columns, -1)
    done = 0
    while len(front):
        rows.append(front)
        if len(index) > limit or stop():
            return None
        products = np.ascontiguousarray(columns[:, front].transpose(1, 0, 2)).reshape(-1, n)
        found, new = number(products, done)
        right.append(found.reshape(-1, m))
        done += len(front)
        front = new
    return Semigroup(np.concatenate(rows), np.concatenate(right), letters, parent, last)
