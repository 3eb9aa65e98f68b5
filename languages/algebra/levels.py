"""The image orbit with levels, labels and phases: the data of a "group-levels" certificate.

Along the edges that stay in a component of period d, labels move by an element of the
same-length group N, followed by c on the edges that end a round of d letters.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from languages.algebra.orbit import Component, ImageOrbit
from languages.algebra.permutations import (
    Permutation,
    compose,
    conjugate,
    identity,
    inverse,
    power,
)
from languages.algebra.polycyclic import PolycyclicGroup
from languages.algebra.same_length import SameLengthGroup
from languages.algebra.work import POINT, Work


def labelled_orbit(orbit: ImageOrbit, work: Work) -> dict[str, Any] | None:
    """The data for a complete orbit with all its sets; None when a group is not solvable.

    Raises `WorkLimit` when the groups take more work than allowed.
    """
    inside = orbit.bits(list(range(len(orbit.keys))))
    flat = np.nonzero(inside)[1].tolist()
    ends = np.cumsum(orbit.size).tolist()
    sets: list[list[int]] = [
        flat[end - size : end] for end, size in zip(ends, orbit.size, strict=True)
    ]
    levels = orbit.levels()
    phases = [0] * len(sets)
    moves: list[list[list[int] | None]] = [[None] * orbit.m for _ in sets]
    groups: dict[str, Any] = {}
    for component in orbit.components(work):
        for s, row in zip(component.sets, component.labels.tolist(), strict=True):
            sets[s] = row
        if component.trivial:
            continue
        same_length = SameLengthGroup(component, work)
        group = same_length.group
        if group is None:
            return None
        groups[str(levels[component.sets[0]])] = _presentation(same_length, group)
        _relabel(component, same_length, group, sets, phases, moves)
    return {
        "sets": sets,
        "next": orbit.next,
        "levels": levels,
        "phases": phases,
        "moves": moves,
        "groups": groups,
    }


def _presentation(same_length: SameLengthGroup, group: PolycyclicGroup) -> dict[str, Any]:
    a, orders = group.sequence, group.orders
    same_length.work.spend(POINT * group.degree * len(a) * (len(a) + 5) // 2)
    return {
        "period": same_length.period,
        "c": list(same_length.c),
        "generators": [list(g) for g in a],
        "orders": orders,
        "powers": [group.exponents(power(g, r)) for g, r in zip(a, orders, strict=True)],
        "conjugates": [
            [group.exponents(conjugate(a[j], a[i])) for j in range(i + 1, len(a))]
            for i in range(len(a))
        ],
        "c_conjugates": [group.exponents(conjugate(g, same_length.c)) for g in a],
    }


def _relabel(
    component: Component,
    same_length: SameLengthGroup,
    group: PolycyclicGroup,
    sets: list[list[int]],
    phases: list[int],
    moves: list[list[list[int] | None]],
) -> None:
    """Turn the labels of a set at depth k d + phase by c^k, and write its edges' exponents."""
    d, c = same_length.period, same_length.c
    undo_c = inverse(c)
    turns = {k: power(c, k) for k in {depth // d for depth in component.depth.values()}}
    undo = {k: inverse(g) for k, g in turns.items()}
    for s in component.sets:
        k, phases[s] = divmod(component.depth[s], d)
        sets[s] = [sets[s][x] for x in undo[k]]
    known: dict[Permutation, list[int]] = {identity(component.degree): group.exponents(group.one)}
    for edges, rows in component.moves():
        same_length.work.spend(POINT * component.degree * len(edges))
        for (u, a, v), row in zip(edges, rows.tolist(), strict=True):
            move = compose(undo[component.depth[u] // d], tuple(row))
            move = compose(move, turns[component.depth[v] // d])
            if phases[u] == d - 1:
                move = compose(move, undo_c)
            if move not in known:
                known[move] = group.exponents(move)
            moves[u][a] = known[move]
