"""Levels of an acyclic graph of gates, and a cycle where there is one."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[Any]
"""int32 or int64."""


def levels(first: int, offsets: Ints, sources: Ints) -> Ints:
    """The length of the longest path to each node; -1 on and behind cycles.

    Nodes below `first` have no operands and level 0. Those of node first + g are
    `sources[offsets[g]:offsets[g + 1]]`. int32, shape (first + gates,). Works level by level (Kahn
    1962), in time linear in nodes and edges.
    """
    gates = len(offsets) - 1
    found = np.full(first + gates, -1, dtype=np.int32)
    found[:first] = 0
    targets = np.repeat(np.arange(gates, dtype=np.int64), np.diff(offsets))
    inner = sources >= first
    into, origin = targets[inner], sources[inner].astype(np.int64) - first
    missing = np.bincount(into, minlength=gates)
    order = np.argsort(origin, kind="stable")
    users = into[order]
    user_offsets = np.zeros(gates + 1, dtype=np.int64)
    np.cumsum(np.bincount(origin, minlength=gates), out=user_offsets[1:])
    ready = np.flatnonzero(missing == 0)
    level = 1
    while ready.size:
        found[first + ready] = level
        reached, times = np.unique(users[_ranges(user_offsets, ready)], return_counts=True)
        missing[reached] -= times
        ready = reached[missing[reached] == 0]
        level += 1
    return found


def _ranges(offsets: Ints, rows: Ints) -> Ints:
    """The indices offsets[r] ... offsets[r + 1] - 1 of all rows r, one after the other."""
    starts, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(starts - ends + sizes, sizes))


def cycle(first: int, offsets: Ints, sources: Ints, level: Ints) -> list[int]:
    """Gates of a cycle, each an operand of the one before it; some level must be -1."""
    gate = int(np.flatnonzero(level[first:] < 0)[0])
    place: dict[int, int] = {}
    path: list[int] = []
    while gate not in place:
        place[gate] = len(path)
        path.append(gate)
        # A gate without a level has an operand without a level.
        gate = next(int(s) - first for s in sources[offsets[gate]:offsets[gate + 1]]
                    if level[s] < 0)
    return path[place[gate]:]
