"""The image orbit: the sets Q.w of states, with the groups of their components.

The groups of the transition monoid are found without enumerating it: in a strongly connected
component of the orbit every letter that stays inside is a bijection between the sets, and the
closed walks at a root set R generate a group inside Sym(R) x Z (the second part is the length).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from languages.algebra.graphs import components, tarjan
from languages.algebra.permutations import Permutation
from languages.algebra.words import Word, plain
from languages.algebra.work import POINT, Work

Ints = NDArray[np.int64]
CHUNK = 1 << 23
COLUMNS = 1 << 25
LABEL = 4  # steps of work for each label that is kept


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
        self.trivial_components: set[tuple[int, int, int]] = set()
        self._columns = np.ascontiguousarray(delta.T, dtype=np.int64)

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
        row, state = np.nonzero(self.bits(sets))
        row *= self.n
        image = np.zeros((self.m, len(sets), self.n), dtype=np.bool_)
        for column, part in zip(self._columns, image.reshape(self.m, -1), strict=True):
            place = column[state]
            place += row
            part[place] = True
        sizes = np.count_nonzero(image, axis=2).T.ravel().tolist()
        packed = np.packbits(image, axis=2).transpose(1, 0, 2)
        width = packed.shape[2]
        blob = packed.tobytes()
        index, smallest = self.index, self.smallest
        targets: list[int] = []
        for i, size in enumerate(sizes):
            if size < smallest:
                targets.append(-1)
            else:
                key = blob[i * width : (i + 1) * width]
                at = index.get(key)
                if at is None:
                    at = index[key] = len(self.keys)
                    self.keys.append(key)
                    self.size.append(size)
                targets.append(at)
            if len(targets) == self.m:
                self.next.append(targets)
                targets = []

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

    @property
    def root(self) -> Ints:
        """The states of the root set, in increasing order."""
        return np.flatnonzero(self.orbit.bits([self.sets[0]])[0])

    @cached_property
    def labels(self) -> NDArray[np.signedinteger]:
        """Row i: the states of sets[i], in the order that the tree transports from the root."""
        self.work.spend(LABEL * len(self.sets) * self.degree)
        return self._labels(self.root)

    def _labels(self, states: Ints) -> NDArray[np.signedinteger]:
        """The columns of `labels` for some states of the root set."""
        delta = self.orbit.delta
        small = np.int16 if self.orbit.n < 1 << 15 else np.int32
        result = np.empty((len(self.sets), len(states)), dtype=small)
        result[0] = states
        if len(self.sets) > 1:
            above, letters, starts = self._tree
            for start, end in pairwise(starts):  # a level of the tree at a time
                rows = slice(start - 1, end - 1)
                result[start:end] = delta[result[above[rows]], letters[rows]]
        return result

    @cached_property
    def _tree(self) -> tuple[Ints, Ints, list[int]]:
        """Place of the parent and letter of sets[1:], and where the levels begin."""
        parents = [self.parent[s] for s in self.sets[1:]]
        above = np.asarray([self.position[u] for u, _ in parents])
        letters = np.asarray([a for _, a in parents])[:, None]
        depths = np.asarray([self.depth[s] for s in self.sets])
        starts = np.flatnonzero(np.diff(depths)) + 1
        return above, letters, [*starts.tolist(), len(depths)]

    def moves(self) -> Iterator[tuple[list[tuple[int, int, int]], Ints]]:
        """The internal edges (u, a, v) and, row by row, where each label position goes; in parts.

        These are Schreier generators: the edge's closed walk along the tree has this permutation
        and the length depth(u) + 1 - depth(v).
        """
        for part, moved, goal in self._moved(self.labels):
            rows = np.empty(moved.shape, dtype=np.int64)
            # The x-th smallest state stands at these places of the two rows.
            np.put_along_axis(rows, np.argsort(moved, axis=1), np.argsort(goal, axis=1), axis=1)
            yield part, rows

    @cached_property
    def _edge_arrays(self) -> tuple[list[tuple[int, int, int]], Ints, Ints, Ints]:
        """The internal edges (u, a, v); the places of u, the letters, the places of v."""
        position = self.position
        edges = [(u, a, v) for u in self.sets for a, v in self.edges[u]]
        source = np.asarray([position[u] for u, _, _ in edges])
        letter = np.asarray([a for _, a, _ in edges])[:, None]
        return edges, source, letter, np.asarray([position[v] for _, _, v in edges])

    def _moved(
        self, labels: NDArray[np.signedinteger]
    ) -> Iterator[tuple[list[tuple[int, int, int]], NDArray[np.integer], NDArray[np.integer]]]:
        """The internal edges (u, a, v), the labels of u moved by a, and the labels of v."""
        edges, source, letter, target = self._edge_arrays
        step = max(1, CHUNK // labels.shape[1])
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
        # While the orbit grows components only grow: the same size means the same component.
        same = self.sets[0], len(self.sets), self.cells
        known = self.orbit.trivial_components
        if same not in known and self._moves_nothing():
            known.add(same)
        return same in known

    def _moves_nothing(self) -> bool:
        root = self.root
        width = max(1, COLUMNS // len(self.sets))
        return all(  # columns of `labels` are independent, so a few at a time will do
            np.array_equal(moved, goal)
            for first in range(0, self.degree, width)
            for _, moved, goal in self._moved(self._labels(root[first : first + width]))
        )

    def loops(self) -> Iterator[tuple[tuple[int, ...], Permutation]]:
        """Closed walks at the root, short ones first, with their permutations of the root's labels.

        One for each internal edge; together they generate the group of the component.
        """
        back = self._ways_back()
        edges = [(u, a, v) for u in self.sets for a, v in self.edges[u]]
        edges.sort(key=lambda e: self.depth[e[0]] + back[e[2]][0])
        root = self.root
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
