"""Solvable permutation groups: membership and polycyclic sequences (Sims 1990).

A polycyclic sequence a_1..a_k has <a_i..a_k> normal in <a_1..a_k> step by step with prime
quotients; the sequence is built from its end, by elements that normalise what is there. Whether a
group is solvable is decided on the way: a commutator nested deeper than the derived length of any
solvable group of the degree allows (Dixon 1968) that is not the identity says no.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from math import log

from languages.algebra.permutations import (
    Permutation,
    commutator,
    compose,
    conjugate,
    identity,
    inverse,
    power,
    product,
    smallest_prime_factor,
)


def derived_length_bound(degree: int) -> int:
    """At least the derived length of each solvable group of the degree (Dixon 1968)."""
    return int(2.5 * log(max(degree, 2), 3) + 1e-9)


class PolycyclicGroup:
    """A solvable group with base, transversals and a polycyclic sequence."""

    def __init__(self, degree: int) -> None:
        self.degree = degree
        self.one = identity(degree)
        self.base: list[int] = []
        # Per base point: representative of each point of its orbit, and the inverse.
        self._to: list[dict[int, Permutation]] = []
        self._back: list[dict[int, Permutation]] = []
        # From the end of the sequence: element, prime, base level, exponent of each point.
        self._steps: list[tuple[Permutation, int, int, dict[int, int]]] = []

    def copy(self) -> PolycyclicGroup:
        """An independent copy."""
        other = PolycyclicGroup(self.degree)
        other.base = list(self.base)
        other._to = [dict(t) for t in self._to]
        other._back = [dict(t) for t in self._back]
        other._steps = list(self._steps)
        return other

    @property
    def sequence(self) -> list[Permutation]:
        """a_1, ..., a_k."""
        return [step[0] for step in reversed(self._steps)]

    @property
    def orders(self) -> list[int]:
        """The primes r_i: a_i^r_i lies in <a_(i+1)..a_k>."""
        return [step[1] for step in reversed(self._steps)]

    def __contains__(self, g: Permutation) -> bool:
        for b, back in zip(self.base, self._back, strict=True):
            undo = back.get(g[b])
            if undo is None:
                return False
            g = compose(g, undo)
        return g == self.one

    def exponents(self, g: Permutation) -> list[int]:
        """The e with g = a_1^e_1 ... a_k^e_k, 0 <= e_i < r_i; g must lie in the group."""
        result = []
        for a, _, level, exponent in reversed(self._steps):
            h = g
            if h != self.one:
                for i in range(level):
                    h = compose(h, self._back[i][h[self.base[i]]])
            e = exponent[h[self.base[level]]]
            result.append(e)
            if e:
                g = compose(power(a, -e), g)
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
                self._to.append({b: self.one})
                self._back.append({b: self.one})
            b, back = self.base[level], self._back[level]
            m, x = 1, g[b]
            while x not in back:
                m, x = m + 1, g[x]
            result.append((m, g, level))
            g = compose(power(g, m) if m > 1 else g, back[x])
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
        to, back = self._to[level], self._back[level]
        exponent = dict.fromkeys(to, 0)
        old = list(to.items())
        shift = self.one
        for e in range(1, p):
            shift = compose(shift, h)
            for x, representative in old:
                y = shift[x]
                exponent[y] = e
                to[y] = compose(representative, shift)
                back[y] = inverse(to[y])
        self._steps.append((h, p, level, exponent))


def polycyclic(
    generators: Iterable[Permutation], degree: int, acting: Sequence[Permutation] = ()
) -> PolycyclicGroup | None:
    """The normal closure of the generators under themselves and `acting`; None: not solvable.

    `None` says that the group generated by `generators` and `acting` is not solvable.
    """
    generators = list(generators)
    if _deep_commutator([*generators, *acting], degree):
        return None
    group = PolycyclicGroup(degree)
    used: list[Permutation] = []
    for g in generators:
        if g in group:
            continue
        used.append(g)
        larger = _closure(used, [*used, *acting], degree)
        if larger is None:
            return None
        group = larger
    return group


def _deep_commutator(generators: Sequence[Permutation], degree: int) -> bool:
    """Is some y, [y, y^x], ... nested too deep for a solvable group? A quick look, seeded."""
    rng = random.Random(0)
    one = identity(degree)
    for _ in range(4 if degree > 4 and generators else 0):
        y = rng.choice(generators)
        for _ in range(derived_length_bound(degree) + 1):
            x = product((rng.choice(generators) for _ in range(rng.randint(1, 4))), degree)
            y = commutator(y, conjugate(y, x))
            if y == one:
                break
        else:
            return True
    return False


def _closure(
    seeds: list[Permutation], acting: list[Permutation], degree: int
) -> PolycyclicGroup | None:
    """Layer by layer from below; every group on the way is normalised by `acting`."""
    bound = derived_length_bound(degree)
    group = PolycyclicGroup(degree)
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
            c = commutator(z, w)
            if c not in group:
                return c
        upper.add(z)
        kept.append(z)
        queue.extend(conjugate(z, x) for x in acting)
    return upper
