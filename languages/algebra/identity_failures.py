"""Elements of a finite semigroup that break an identity between idempotents, as witnesses.

The same questions as in `local_identities`, answered with elements. All of them raise WorkLimit
when the search would take too long; None says that there is no failure.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from languages.algebra.local_identities import Local, stable_layers
from languages.algebra.semigroup import Ints, Semigroup

Named = dict[str, int]


def threshold_failure(local: Local) -> Named | None:
    """e, f idempotent, p and r in eSf, q in fSe with pqr != rqp."""
    table = local.table
    for e, f in product(local.representatives, repeat=2):
        there = local.between(e, f)
        for q in local.between(f, e).tolist():
            local.work.spend(len(there) ** 2)
            pqr = table[table[there, q][:, None], there]
            wrong = np.argwhere(pqr != pqr.T)
            if len(wrong):
                p, r = (int(there[i]) for i in wrong[0])
                return {"e": e, "f": f, "p": p, "q": q, "r": r}
    return None


def knast_failure(local: Local) -> tuple[Named, int, int] | None:
    """x, z in eSf and y, t in fSe that break Knast's identity, and the values of its sides.

    For an aperiodic semigroup, whose elements have idempotent powers `local.power`.
    """
    table = local.table
    for e, f in product(local.representatives, repeat=2):
        there, back = local.between(e, f).tolist(), local.between(f, e).tolist()
        local.work.spend(4 * len(there) * len(back))
        left: dict[tuple[int, int], tuple[int, int]] = {}
        right: dict[tuple[int, int], tuple[int, int]] = {}
        for s, t in product(there, back):
            power = int(local.power[table[s, t]])
            left.setdefault((power, int(table[power, s])), (s, t))
            right.setdefault((power, int(table[t, power])), (s, t))
        for (g, gx), (x, y) in left.items():
            local.work.spend(2 * len(right))
            for (h, th), (z, t) in right.items():
                lhs, rhs = int(table[gx, th]), int(table[g, h])
                if lhs != rhs:
                    return {"e": e, "f": f, "x": x, "y": y, "z": z, "t": t}, lhs, rhs
    return None


def local_da_failure(local: Local) -> Named | None:
    """e idempotent, x and y in eSe with x = xyx that is not idempotent."""
    for e in local.representatives:
        found = _not_idempotent(local, local.between(e, e))
        if found is not None:
            return {"e": e, "x": found[0], "y": found[1]}
    return None


def stable_da_failure(local: Local) -> tuple[int, int, list[Ints]] | None:
    """x and y in the stable semigroup with x = xyx that is not idempotent, and its layers."""
    layers = stable_layers(local.semigroup)
    found = _not_idempotent(local, layers[-1])
    return None if found is None else (*found, layers)


def _not_idempotent(local: Local, among: Ints) -> tuple[int, int] | None:
    """x and y among these elements with x = xyx != xx."""
    wrong = among[(local.regular & ~local.idempotent)[among]]
    if not len(wrong):
        return None
    x = int(wrong[0])
    hit = among[local.table[local.table[x, among], x] == x]
    if not len(hit):
        raise ArithmeticError("a regular element without an inverse")
    return x, int(hit[0])


def word_of_length(semigroup: Semigroup, layers: list[Ints], element: int) -> list[int]:
    """A word of as many letters as there are layers, for an element of the last one."""
    letters = []
    for layer in reversed(layers[:-1]):
        rows, columns = np.nonzero(semigroup.right[layer] == element)
        letters.append(int(columns[0]))
        element = int(layer[rows[0]])
    letters.append(int(np.flatnonzero(semigroup.letters == element)[0]))
    return letters[::-1]
