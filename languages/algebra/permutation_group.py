"""Groups of permutations: order, membership, derived series, by a stabiliser chain.

Schreier (1927), Sims (1970), in the form of Knuth (1991): level i holds generators of the
stabiliser of the first i base points and an element for each point of the orbit of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from math import prod

from languages.algebra.permutations import Permutation, commutator, compose, conjugate, inverse
from languages.algebra.work import POINT, Work


class _Level:
    """A base point, generators, and per point of its orbit an element that leads there."""

    def __init__(self, point: int, degree: int) -> None:
        self.point = point
        self.generators: list[Permutation] = []
        self.orbit: dict[int, Permutation] = {point: tuple(range(degree))}


class PermutationGroup:
    """The group that permutations of 0..degree-1 generate.

    Everything may raise `WorkLimit` when it takes more work than allowed.
    """

    def __init__(self, generators: Iterable[Permutation], degree: int,
                 work: Work | None = None) -> None:
        self.degree = degree
        self.work = Work() if work is None else work
        self.one: Permutation = tuple(range(degree))
        self.generators: list[Permutation] = []
        self._levels: list[_Level] = []
        for g in generators:
            self.add(g)

    def add(self, g: Permutation) -> bool:
        """Put one more generator in; false if it was in the group already."""
        if g in self:
            return False
        self.generators.append(g)
        self.__dict__.pop("derived", None)
        self._enter(0, g)
        return True

    def __contains__(self, g: Permutation) -> bool:
        return self._sift(0, g) == self.one

    @property
    def order(self) -> int:
        """The number of elements."""
        return prod(len(level.orbit) for level in self._levels)

    @property
    def abelian(self) -> bool:
        """Do all elements commute?"""
        return all(compose(g, h) == compose(h, g)
                   for i, g in enumerate(self.generators) for h in self.generators[:i])

    @cached_property
    def derived(self) -> PermutationGroup:
        """The subgroup that all commutators generate: the normal closure of those of generators."""
        gs = self.generators
        group = PermutationGroup([], self.degree, self.work)
        queue = [commutator(g, h) for i, g in enumerate(gs) for h in gs[:i]]
        for c in queue:
            if group.add(c):
                self._spend(len(gs))
                queue.extend(conjugate(c, g) for g in gs)
        return group

    @cached_property
    def derived_series(self) -> list[PermutationGroup]:
        """The group, its derived group and so on, as long as they shrink."""
        series = [self]
        while series[-1].order > 1 and series[-1].derived.order < series[-1].order:
            series.append(series[-1].derived)
        return series

    @property
    def solvable(self) -> bool:
        """Does the derived series end with the trivial group?"""
        return self.derived_series[-1].order == 1

    def elements(self) -> Iterable[Permutation]:
        """All elements, one by one."""
        def walk(i: int) -> Iterable[Permutation]:
            if i == len(self._levels):
                yield self.one
                return
            for below in walk(i + 1):
                for t in self._levels[i].orbit.values():
                    self._spend(1)
                    yield compose(below, t)
        return walk(0)

    def orbits(self) -> list[list[int]]:
        """The orbits of two or more points."""
        seen = bytearray(self.degree)
        found = []
        for start in range(self.degree):
            if not seen[start]:
                seen[start] = 1
                orbit = [start]
                for x in orbit:
                    for g in self.generators:
                        if not seen[g[x]]:
                            seen[g[x]] = 1
                            orbit.append(g[x])
                if len(orbit) > 1:
                    found.append(orbit)
        return found

    def _spend(self, products: int) -> None:
        self.work.spend(POINT * self.degree * products)

    def _sift(self, first: int, g: Permutation) -> Permutation:
        """What is left of g after dividing by elements of the levels from `first` on."""
        for level in self._levels[first:]:
            t = level.orbit.get(g[level.point])
            if t is None:
                return g
            if g[level.point] != level.point:
                self._spend(2)
                g = compose(g, inverse(t))
        return g

    def _enter(self, i: int, g: Permutation) -> None:
        """Put g, which fixes the first i base points, into the stabiliser of these.

        What has to go into the next stabilisers waits on a stack.
        """
        waiting = [(i, g)]
        while waiting:
            i, g = waiting.pop()
            if self._sift(i, g) == self.one:
                continue
            if i == len(self._levels):
                moved = next(x for x, y in enumerate(g) if x != y)
                self._levels.append(_Level(moved, self.degree))
            level = self._levels[i]
            level.generators.append(g)
            pairs = [(x, g) for x in level.orbit]
            for x, h in pairs:
                self._spend(1)
                image = compose(level.orbit[x], h)
                y = image[level.point]
                known = level.orbit.get(y)
                if known is None:
                    level.orbit[y] = image
                    pairs.extend((y, k) for k in level.generators)
                elif known != image:
                    self._spend(2)
                    waiting.append((i + 1, compose(image, inverse(known))))
