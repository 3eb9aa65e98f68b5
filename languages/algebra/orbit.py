"""The image orbit: the sets Q.w of states, with the groups of their components.

The groups of the transition monoid are found without enumerating it: in a strongly connected
component of the orbit every letter that stays inside is a bijection between the sets, and the
closed walks at a root set R generate a group inside Sym(R) x Z (the second part is the length).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from languages.algebra.graphs import components, tarjan
from languages.algebra.permutations import Permutation
from languages.algebra.words import Word, plain
from languages.algebra.work import POINT, Work

Ints = NDArray[np.int64]
CHUNK = 1 << 23


class ImageOrbit:
    """The sets Q.w with at least `smallest` elements, breadth first from Q.

    `next[i][a]` is the set reached from set i by letter a: -1 when that is too small to be kept,
    -2 when set i has not been expanded yet.
    """

    def __init__(self, delta: NDArray[np.int32], smallest: int = 1) -> None:
        self.delta = delta
        self.smallest = smallest
        self.n, self.m = delta.shape
        full = np.packbits(np.ones(self.n, dtype=np.bool_)).tobytes()
        self.keys: list[bytes] = [full]
        self.index: dict[bytes, int] = {full: 0}
        self.size: list[int] = [self.n]
        self.next: list[list[int]] = []
        # All letters at once: sources sorted by image, one run per state of the image.
        order, starts, columns = [], [], []
        for a in range(self.m):
            by_image = np.argsort(delta[:, a], kind="stable")
            images, first = np.unique(delta[by_image, a], return_index=True)
            order.append(by_image)
            starts.append(first + a * self.n)
            columns.append(images + a * self.n)
        self._order = np.concatenate(order)
        self._starts = np.concatenate(starts)
        self._columns = np.concatenate(columns)

    @property
    def complete(self) -> bool:
        """Has every set been expanded?"""
        return len(self.next) == len(self.keys)

    def bits(self, sets: list[int]) -> NDArray[np.bool_]:
        """The sets as rows of a boolean matrix with a column per state."""
        rows = np.frombuffer(b"".join([self.keys[i] for i in sets]), dtype=np.uint8)
        return np.unpackbits(rows.reshape(len(sets), -1), axis=1)[:, : self.n].astype(np.bool_)

    def explore(self, limit: int, stop: Callable[[], bool] = lambda: False) -> bool:
        """Expand sets until all are or more than `limit` are known; true when complete."""
        width = max(1, CHUNK // (self.n * self.m))
        while not self.complete and len(self.keys) <= limit and not stop():
            done = len(self.next)
            self._expand(list(range(done, min(len(self.keys), done + width))))
        return self.complete

    def _expand(self, sets: list[int]) -> None:
        inside = self.bits(sets)
        image = np.zeros((len(sets), self.m * self.n), dtype=np.bool_)
        image[:, self._columns] = np.logical_or.reduceat(
            inside[:, self._order], self._starts, axis=1
        )
        image = image.reshape(len(sets) * self.m, self.n)
        sizes = image.sum(axis=1).tolist()
        packed = np.packbits(image, axis=1)
        width = packed.shape[1]
        blob = packed.tobytes()
        index, smallest = self.index, self.smallest
        row: list[int] = []
        for i, size in enumerate(sizes):
            if size < smallest:
                row.append(-1)
            else:
                key = blob[i * width : (i + 1) * width]
                at = index.get(key)
                if at is None:
                    at = index[key] = len(self.keys)
                    self.keys.append(key)
                    self.size.append(size)
                row.append(at)
            if len(row) == self.m:
                self.next.append(row)
                row = []

    @cached_property
    def access(self) -> tuple[list[int], list[int]]:
        """Parent and letter of each set in the breadth-first tree (-1 for the full set)."""
        parent = [-1] * len(self.keys)
        letter = [-1] * len(self.keys)
        known = 1
        for i, row in enumerate(self.next):
            for a, j in enumerate(row):
                if j == known:  # sets are numbered in the order of discovery
                    parent[j], letter[j] = i, a
                    known += 1
        return parent, letter

    def levels(self) -> list[int]:
        """A number per set, equal within components, that never rises along an edge."""
        return tarjan([[j for j in row if j >= 0] for row in self.next])

    def components(self, work: Work | None = None) -> list[Component]:
        """The components that have an internal edge and sets of two or more states.

        On a partial orbit these are parts of the true components. Work on permutations counts.
        """
        work = Work() if work is None else work
        done = len(self.next)
        following = np.asarray(self.next, dtype=np.int64).reshape(done, self.m)
        size = np.asarray(self.size, dtype=np.int64)
        known = (following >= 0) & (following < done)
        known &= size[following] == size[:done, None]
        known &= (size[:done] > 1)[:, None]
        source, letter = np.nonzero(known)
        target = following[source, letter]
        component = components(done, source, target)
        inside = component[source] == component[target]
        source, letter, target = source[inside], letter[inside], target[inside]
        name = component[source]
        order = np.argsort(name, kind="stable")
        cuts = np.flatnonzero(np.diff(name[order])) + 1
        if not len(order):
            return []
        return [
            Component(self, source[part], letter[part], target[part], work)
            for part in np.split(order, cuts)
        ]


class Component:
    """One component: `sets` (orbit numbers, the root first), and its internal edges."""

    def __init__(
        self, orbit: ImageOrbit, source: Ints, letter: Ints, target: Ints, work: Work
    ) -> None:
        self.orbit = orbit
        self.work = work
        self.degree = orbit.size[int(source[0])]
        edges: dict[int, list[tuple[int, int]]] = {}
        for u, a, v in zip(source.tolist(), letter.tolist(), target.tolist(), strict=True):
            edges.setdefault(u, []).append((a, v))
        root = int(source.min())
        self.sets = [root]
        self.depth = {root: 0}
        self.parent: dict[int, tuple[int, int]] = {}
        for u in self.sets:
            for a, v in edges[u]:
                if v not in self.depth:
                    self.depth[v] = self.depth[u] + 1
                    self.parent[v] = (u, a)
                    self.sets.append(v)
        self.edges = edges
        self.cells = len(source) * self.degree

    @cached_property
    def position(self) -> dict[int, int]:
        """The place of each set in `sets`."""
        return {s: i for i, s in enumerate(self.sets)}

    @cached_property
    def labels(self) -> NDArray[np.signedinteger]:
        """Row i: the states of sets[i], in the order that the tree transports from the root."""
        delta = self.orbit.delta
        small = np.int16 if self.orbit.n < 1 << 15 else np.int32
        result = np.empty((len(self.sets), self.degree), dtype=small)
        result[0] = np.flatnonzero(self.orbit.bits([self.sets[0]])[0])
        if len(self.sets) > 1:
            parents = [self.parent[s] for s in self.sets[1:]]
            above = [self.position[u] for u, _ in parents]
            letters = [a for _, a in parents]
            start = 1
            depths = [self.depth[s] for s in self.sets]
            while start < len(self.sets):  # a level of the tree at a time
                end = start
                while end < len(self.sets) and depths[end] == depths[start]:
                    end += 1
                rows = slice(start - 1, end - 1)
                result[start:end] = delta[result[above[rows]], np.asarray(letters[rows])[:, None]]
                start = end
        return result

    def moves(self) -> Iterator[tuple[list[tuple[int, int, int]], Ints]]:
        """The internal edges (u, a, v) and, row by row, where each label position goes; in parts.

        These are Schreier generators: the edge's closed walk along the tree has this permutation
        and the length depth(u) + 1 - depth(v).
        """
        for part, moved, goal in self._moved():
            rows = np.empty(moved.shape, dtype=np.int64)
            # The x-th smallest state stands at these places of the two rows.
            np.put_along_axis(rows, np.argsort(moved, axis=1), np.argsort(goal, axis=1), axis=1)
            yield part, rows

    def _moved(
        self,
    ) -> Iterator[tuple[list[tuple[int, int, int]], NDArray[np.integer], NDArray[np.integer]]]:
        """The internal edges (u, a, v), the labels of u moved by a, and the labels of v."""
        position, labels = self.position, self.labels
        edges = [(u, a, v) for u in self.sets for a, v in self.edges[u]]
        source = np.asarray([position[u] for u, _, _ in edges])
        letter = np.asarray([a for _, a, _ in edges])[:, None]
        target = np.asarray([position[v] for _, _, v in edges])
        step = max(1, CHUNK // self.degree)
        for i in range(0, len(edges), step):
            part = slice(i, i + step)
            moved = self.orbit.delta[labels[source[part]], letter[part]]
            yield edges[part], moved, labels[target[part]]

    @cached_property
    def generators(self) -> list[tuple[Permutation, int]]:
        """The distinct Schreier pairs (permutation, length), the identity of length 0 left out."""
        depth = self.depth
        one = np.arange(self.degree, dtype=np.int32).tobytes()
        found: dict[tuple[bytes, int], None] = {}
        for edges, rows in self.moves():
            self.work.spend(self.degree * len(edges))
            for (u, _, v), row in zip(edges, rows.astype(np.int32), strict=True):
                found[row.tobytes(), depth[u] + 1 - depth[v]] = None
        found.pop((one, 0), None)
        self.work.spend(POINT * self.degree * len(found))
        return [
            (tuple(np.frombuffer(row, dtype=np.int32).tolist()), length) for row, length in found
        ]

    @cached_property
    def trivial(self) -> bool:
        """Is the group of the component trivial?"""
        return all(np.array_equal(moved, goal) for _, moved, goal in self._moved())

    def loops(self) -> Iterator[tuple[tuple[int, ...], Permutation]]:
        """Closed walks at the root, short ones first, with their permutations of the root's labels.

        One for each internal edge; together they generate the group of the component.
        """
        back = self._ways_back()
        edges = [(u, a, v) for u in self.sets for a, v in self.edges[u]]
        edges.sort(key=lambda e: self.depth[e[0]] + back[e[2]][0])
        root = self.labels[0]
        place = {int(q): i for i, q in enumerate(root)}
        for u, a, v in edges:
            word = [a]
            while u in self.parent:
                u, a = self.parent[u]
                word.append(a)
            word.reverse()
            while back[v][0]:
                _, a, v = back[v]
                word.append(a)
            moved = root
            for b in word:
                moved = self.orbit.delta[moved, b]
            yield tuple(word), tuple(place[q] for q in moved.tolist())

    def loop_words(self) -> Iterator[tuple[Word, Permutation]]:
        """`loops`, as words in blocks."""
        return ((plain(letters), g) for letters, g in self.loops())

    def _ways_back(self) -> dict[int, tuple[int, int, int]]:
        """Per set (distance to the root, first letter of a shortest way there, next set)."""
        before: dict[int, list[tuple[int, int]]] = {}
        for u in self.sets:
            for a, v in self.edges[u]:
                before.setdefault(v, []).append((u, a))
        ways = {self.sets[0]: (0, -1, -1)}
        queue = [self.sets[0]]
        for v in queue:
            for u, a in before[v]:
                if u not in ways:
                    ways[u] = (ways[v][0] + 1, a, v)
                    queue.append(u)
        return ways
