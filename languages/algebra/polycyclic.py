"""Solvable permutation groups: membership and polycyclic sequences (Sims 1990).

A polycyclic sequence a_1..a_k has <a_i..a_k> normal in <a_1..a_k> step by step with prime
quotients; the sequence is built from its end, by elements that normalise what is there. Whether a
group is solvable is decided on the way: a commutator nested deeper than the derived length of any
solvable group of the degree allows (Dixon 1968) that is not the identity says no.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from languages.algebra.permutations import (
    Permutation,
    commutator,
    compose,
    conjugate,
    identity,
    power,
    smallest_prime_factor,
)
from languages.algebra.solvability import deep_commutator, derived_length_bound
from languages.algebra.work import POINT, Work

KEPT_POWERS = 16


@dataclass(frozen=True)
class Step:
    """An element of the sequence, where it acts on the base, and some of its powers.

    `exponent[x]` is the e for which element^-e leads the point x of the orbit of the group so far
    into the orbit of the group before.
    """

    element: Permutation
    prime: int
    level: int
    exponent: dict[int, int]
    powers: dict[int, Permutation]


class PolycyclicGroup:
    """A solvable group with base, orbits and a polycyclic sequence.

    No transversal is stored: a point of an orbit is led back to the base point by powers of the
    sequence, which takes at most log2(orbit) of them. All steps on points are counted in `work`.
    """

    def __init__(self, degree: int, work: Work | None = None) -> None:
        self.degree = degree
        self.work = Work() if work is None else work
        self.one = identity(degree)
        self.base: list[int] = []
        # Per base point the steps that act on its orbit, as they were added.
        self._orbits: list[list[Step]] = []
        # From the end of the sequence.
        self._steps: list[Step] = []

    def copy(self) -> PolycyclicGroup:
        """An independent copy."""
        other = PolycyclicGroup(self.degree, self.work)
        other.base = list(self.base)
        other._orbits = [list(steps) for steps in self._orbits]
        other._steps = list(self._steps)
        return other

    def _spend(self, permutations: int = 1) -> None:
        self.work.spend(POINT * self.degree * permutations)

    @property
    def sequence(self) -> list[Permutation]:
        """a_1, ..., a_k."""
        return [step.element for step in reversed(self._steps)]

    @property
    def orders(self) -> list[int]:
        """The primes r_i: a_i^r_i lies in <a_(i+1)..a_k>."""
        return [step.prime for step in reversed(self._steps)]

    def _in_orbit(self, level: int, x: int) -> bool:
        steps = self._orbits[level]
        return x in steps[-1].exponent if steps else x == self.base[level]

    def _led_back(self, level: int, g: Permutation) -> Permutation:
        """g times the element of the group that takes its image of the base point back."""
        b = self.base[level]
        for step in reversed(self._orbits[level]):
            if g[b] == b:
                break
            e = step.exponent[g[b]]
            if e:
                self._spend(2)
                back = step.powers.get(e)
                if back is None:
                    back = power(step.element, -e)
                    if len(step.powers) < KEPT_POWERS:
                        step.powers[e] = back
                g = compose(g, back)
        return g

    def __contains__(self, g: Permutation) -> bool:
        self._spend()
        for level, b in enumerate(self.base):
            if g == self.one:
                return True
            if not self._in_orbit(level, g[b]):
                return False
            g = self._led_back(level, g)
        return g == self.one

    def exponents(self, g: Permutation) -> list[int]:
        """The e with g = a_1^e_1 ... a_k^e_k, 0 <= e_i < r_i; g must lie in the group."""
        result = []
        for step in reversed(self._steps):
            h = g
            self._spend()
            if h != self.one:
                for i in range(step.level):
                    h = self._led_back(i, h)
            e = step.exponent[h[self.base[step.level]]]
            result.append(e)
            if e:
                self._spend(2)
                g = compose(power(step.element, -e), g)
        return result

    def _walk(self, g: Permutation) -> list[tuple[int, Permutation, int]]:
        """Per level (m, h, level): the least power h^m that returns into the orbit.

        h is g times an element of the group, fixes the base points before the level, and the
        product of all m is the order of g modulo the group (which g must normalise).
        """
        result = []
        level = 0
        while g != self.one:
            if level == len(self.base):
                b = next(x for x, y in enumerate(g) if x != y)
                self.base.append(b)
                self._orbits.append([])
            m, x = 1, g[self.base[level]]
            while not self._in_orbit(level, x):
                m, x = m + 1, g[x]
            result.append((m, g, level))
            self._spend(2)
            g = self._led_back(level, power(g, m) if m > 1 else g)
            level += 1
        return result

    def add(self, g: Permutation) -> None:
        """Extend the group by an element that normalises it."""
        quotient = 1
        for m, _, _ in self._walk(g):
            quotient *= m
        if quotient == 1:
            return
        p = smallest_prime_factor(quotient)
        if quotient > p:
            self.add(power(g, p))
        h, level = next((h, level) for m, h, level in self._walk(g) if m == p)
        steps = self._orbits[level]
        exponent = dict.fromkeys(steps[-1].exponent if steps else [self.base[level]], 0)
        for x in list(exponent):
            y = x
            for e in range(1, p):
                y = h[y]
                exponent[y] = e
        self._spend()
        step = Step(h, p, level, exponent, {})
        steps.append(step)
        self._steps.append(step)


def polycyclic(
    generators: Iterable[Permutation],
    degree: int,
    acting: Sequence[Permutation] = (),
    work: Work | None = None,
) -> PolycyclicGroup | None:
    """The normal closure of the generators under themselves and `acting`; None: not solvable.

    `None` says that the group generated by `generators` and `acting` is not solvable. Raises
    `WorkLimit` when that takes more work than allowed.
    """
    generators = list(generators)
    work = Work() if work is None else work
    group = PolycyclicGroup(degree, work)
    if deep_commutator([*generators, *acting], degree, work):
        return None
    used: list[Permutation] = []
    for g in generators:
        if g in group:
            continue
        used.append(g)
        larger = _closure(used, [*used, *acting], degree, work)
        if larger is None:
            return None
        group = larger
    return group


def _closure(
    seeds: list[Permutation], acting: list[Permutation], degree: int, work: Work
) -> PolycyclicGroup | None:
    """Layer by layer from below; every group on the way is normalised by `acting`."""
    bound = derived_length_bound(degree)
    group = PolycyclicGroup(degree, work)
    for seed in seeds:
        while seed not in group:
            y, depth = seed, 0
            while True:
                layer = _abelian_layer(group, y, acting)
                if isinstance(layer, PolycyclicGroup):
                    group = layer
                    break
                y, depth = layer, depth + 1
                if depth > bound:
                    return None
    return group


def _abelian_layer(
    group: PolycyclicGroup, y: Permutation, acting: list[Permutation]
) -> PolycyclicGroup | Permutation:
    """<group, conjugates of y> if that is abelian modulo the group, else a commutator outside."""
    upper = group.copy()
    kept: list[Permutation] = []
    queue = [y]
    for z in queue:
        if z in upper:
            continue
        for w in kept:
            group.work.spend(4 * POINT * group.degree)
            c = commutator(z, w)
            if c not in group:
                return c
        upper.add(z)
        kept.append(z)
        group.work.spend(POINT * group.degree * len(acting))
        queue.extend(conjugate(z, x) for x in acting)
    return upper
