"""Properties of a finite semigroup S that are about its idempotents and the sets eSf.

For idempotents e and f, eSf is the set of the elements exf. An identity between paths of the
category of idempotents (Tilson 1987) holds for all of them if it holds for one of each J-class:
e = ab and e' = ba have the same paths, x in eSf standing for bx.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from languages.algebra.semigroup import Ints, Semigroup
from languages.algebra.states import StateGraph
from languages.algebra.work import Work

Bools = NDArray[np.bool_]
TABLE = 20  # cells of work that an entry of the multiplication table counts for


class Local:
    """The multiplication table of a semigroup and what follows from it; `work` counts products.

    `work` may be replaced by a fresh one before each question.
    """

    def __init__(self, semigroup: Semigroup, work: Work) -> None:
        self.semigroup = semigroup
        self.size = semigroup.size
        self.work = work

    @cached_property
    def table(self) -> NDArray[np.int32]:
        """table[x, y] is the element xy. Raises WorkLimit if it would be too large."""
        s = self.semigroup
        self.work.spend(TABLE * self.size**2)
        table = np.empty((self.size, self.size), dtype=np.int32)
        for y in range(self.size):  # a shorter word than that of y comes before
            before = s.parent[y]
            table[:, y] = s.right[slice(None) if before < 0 else table[:, before], s.last[y]]
        return table

    @cached_property
    def idempotent(self) -> Bools:
        """Per element x: is xx = x?"""
        result: Bools = np.diagonal(self.table) == np.arange(self.size)
        return result

    @cached_property
    def j_class(self) -> Ints:
        """The J-class of each element: the components of the graph x -> xa, x -> ax."""
        s = self.semigroup
        return StateGraph(np.column_stack((s.right, self.table[s.letters].T))).labels

    @cached_property
    def regular(self) -> Bools:
        """Per element x: is x = xyx for some y? So for J-classes with an idempotent."""
        result: Bools = np.isin(self.j_class, self.j_class[self.idempotent])
        return result

    @cached_property
    def representatives(self) -> list[int]:
        """One idempotent of each J-class that has any."""
        found = np.flatnonzero(self.idempotent)
        _, first = np.unique(self.j_class[found], return_index=True)
        chosen: list[int] = found[first].tolist()
        return chosen

    @cached_property
    def power(self) -> Ints:
        """The idempotent power of each element, of an aperiodic semigroup."""
        power = np.arange(self.size)
        while True:
            square = self.table[power, power].astype(np.int64)
            if np.array_equal(square, power):
                return power
            power = square

    def between(self, e: int, f: int) -> Ints:
        """The elements of eSf."""
        return np.unique(self.table[np.unique(self.table[e]), f]).astype(np.int64)


def regular_are_idempotent(local: Local, elements: Ints) -> bool:
    """Are those of the elements idempotent that are regular in the semigroup?

    For all elements of the semigroup this says that it is in DA (Schuetzenberger 1976).
    """
    return bool((local.idempotent | ~local.regular)[elements].all())


def locally_in_da(local: Local) -> bool:
    """Is eSe in DA for all idempotents e?

    x in eSe with x = xyx is regular in eSe, too: x = x(eye)x.
    """
    for e in local.representatives:
        inside = local.between(e, e)
        local.work.spend(len(inside) ** 2)
        if not regular_are_idempotent(local, inside):
            return False
    return True


def stable_in_da(local: Local) -> bool:
    """Is the stable semigroup in DA?

    An element x of it with x = xyx is regular there, too: it has a word whose length is a multiple
    of s, so that y(xy)^(s-1) has one as well and is in the stable semigroup; x = x y(xy)^(s-1) x.
    """
    layers = stable_layers(local.semigroup)
    columns = local.semigroup.right.shape[1]
    local.work.spend(len(layers[-1]) ** 2 + 8 * columns * sum(map(len, layers)))
    return regular_are_idempotent(local, layers[-1])


def locally_threshold(local: Local) -> bool:
    """pqr = rqp for all p, r in eSf and q in fSe, for all idempotents e and f?

    For an aperiodic semigroup this is local threshold testability (Therien and Weiss 1985;
    Beauquier and Pin 1989).
    """
    table = local.table
    for e, f in product(local.representatives, repeat=2):
        there = local.between(e, f)
        for q in local.between(f, e):
            local.work.spend(len(there) ** 2)
            pqr = table[table[there, q][:, None], there]
            if not np.array_equal(pqr, pqr.T):
                return False
    return True


def dot_depth_one(local: Local) -> bool:
    """Knast's (1983) identity, for an aperiodic semigroup.

    (xy)^n xt (zt)^n = (xy)^n (zt)^n for x, z in eSf and y, t in fSe, n-th powers being idempotent.
    """
    table, size = local.table, local.size
    for e, f in product(local.representatives, repeat=2):
        there, back = local.between(e, f)[:, None], local.between(f, e)
        local.work.spend(4 * len(there) * len(back))
        power = local.power[table[there, back]]
        g, gx = np.divmod(np.unique(power * size + table[power, there]), size)
        h, th = np.divmod(np.unique(power * size + table[back, power]), size)
        for one, after in zip(g, gx, strict=True):
            local.work.spend(2 * len(h))
            if not np.array_equal(table[after, th], table[one, h]):
                return False
    return True


def stable_layers(semigroup: Semigroup) -> list[Ints]:
    """The images of the words of length 1, ..., s, for an s whose layer is that of 2s, too.

    The last layer is the stable semigroup (Barrington, Compton, Straubing and Therien 1992).
    """
    layers = [np.unique(semigroup.letters)]
    seen = {layers[0].tobytes(): 0}
    while True:
        following = np.unique(semigroup.right[layers[-1]])
        again = seen.get(following.tobytes())
        if again is not None:
            # Words of the lengths again + 1, ..., len(layers) and so on periodically.
            period = len(layers) - again
            return layers[:period * (again // period + 1)]
        seen[following.tobytes()] = len(layers)
        layers.append(following)
