"""Quick looks at groups given by permutations: abelian ones, and ones that are not solvable."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from languages.algebra.permutations import Permutation
from languages.algebra.work import Work

Array = NDArray[np.signedinteger]
TRIES = 4
CONJUGATES = 8


def derived_length_bound(degree: int) -> int:
    """At least the derived length of each solvable group of the degree (Dixon 1968)."""
    return int(2.5 * log(max(degree, 2), 3) + 1e-9)


def deep_commutator(generators: Sequence[Permutation], degree: int, work: Work) -> bool:
    """Is some y, [y, y^x], ... nested too deep for a solvable group? A quick look, seeded.

    True proves that the group is not solvable; false proves nothing.
    """
    if degree <= 4 or not generators:
        return False
    rng = np.random.default_rng(0)
    arrays = np.asarray(generators, dtype=np.int32)
    work.spend(arrays.size)
    one: Array = np.arange(degree, dtype=np.int32)
    x = one  # walks at random through the group
    for _ in range(TRIES):
        y: Array = arrays[rng.integers(len(arrays))]
        for _ in range(derived_length_bound(degree) + 1):
            for _ in range(CONJUGATES):
                work.spend(10 * degree)
                for i in rng.integers(len(arrays), size=rng.integers(2, 8)).tolist():
                    x = arrays[i][x]
                deeper = _commutator_with_conjugate(y, x)
                if not np.array_equal(deeper, one):
                    break
            else:
                break
            y = deeper
        else:
            return True
    return False


def _commutator_with_conjugate(y: Array, x: Array) -> Array:
    """[y, z] = (z y)^-1 (y z) for z = x^-1 y x."""
    z, result = np.empty_like(y), np.empty_like(y)
    z[x] = x[y]
    result[y[z]] = z[y]
    return result


def commute(generators: Sequence[Permutation], degree: int, work: Work) -> bool:
    """Do all these permutations commute?

    In an abelian group the ones that join an orbit, at most log2 of its size, are transitive on
    it; whatever commutes with these is there a product of them. So only they are compared.
    """
    if not generators:
        return True
    arrays = np.asarray(generators, dtype=np.int32)
    work.spend(4 * arrays.size)
    label: Array = np.arange(degree, dtype=np.int32)
    joining: list[tuple[Array, Array]] = []
    for b in arrays:
        joined = _joined(label, b)
        if not np.array_equal(joined, label):
            joining.append((b, np.flatnonzero(joined != label)))
            label = joined
    size = np.bincount(label, minlength=degree)
    factors = np.zeros(degree, dtype=np.int64)
    for b, changed in joining:
        # All points of the final orbits that b helped to join.
        hit = np.zeros(degree, dtype=np.bool_)
        hit[label[changed]] = True
        factors[hit] += 1
        if bool((np.left_shift(1, factors[hit]) > size[hit]).any()):
            return False
        points = np.flatnonzero(hit[label])
        work.spend(4 * len(points) * len(arrays))
        for a in arrays:
            if not np.array_equal(a[b[points]], b[a[points]]):
                return False
    return True


def _joined(label: Array, b: Array) -> Array:
    """The partition `label` (least point of each class), joined where b leads across."""
    while True:
        low = np.minimum(label, label[b])
        # The least label of each class, for all of it.
        least = np.arange(len(label), dtype=np.int32)
        np.minimum.at(least, label, low)
        np.minimum.at(least, label[b], low)
        while not np.array_equal(least[least], least):
            least = least[least]
        new = least[label]
        if np.array_equal(new, label):
            return label
        label = new
