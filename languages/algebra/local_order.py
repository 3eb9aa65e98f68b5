"""Local testability on the automaton (Kim, McNaughton and McCloskey 1991; Trahtman 2001).

The syntactic semigroup is locally a semilattice iff for all different states p, q that a word
fixes together: p and q are not in one component; and if p leads to q, then for all words s, p.s
leads to q iff q.s does. `proofs.checkers.locally_testable` has the argument.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from languages.algebra.closed_walks import shortest_path
from languages.algebra.pairs import PairGraph

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class LocalFailure:
    """A word fixes p and q, p leads to q; `split` is a shortest word after which only one of the
    two leads to q, None if p and q are in one component."""

    p: int
    q: int
    split: list[int] | None


def local_failure(pairs: PairGraph) -> LocalFailure | None:
    """Two states that break one of the conditions; None proves local testability."""
    states = pairs.states
    labels = states.labels
    low, high = pairs.low, pairs.high
    mutual = np.flatnonzero(labels[low] == labels[high])
    if len(mutual):
        return LocalFailure(int(low[mutual[0]]), int(high[mutual[0]]), None)
    reach = states.reach_matrix
    down, up = reach[labels[low], labels[high]], reach[labels[high], labels[low]]
    p = np.concatenate((low[down], high[up]))
    q = np.concatenate((high[down], low[up]))
    if not len(p):
        return None
    hit = np.flatnonzero(_splitting(pairs, q)[p, q])
    if not len(hit):
        return None
    one, two = int(p[hit[0]]), int(q[hit[0]])
    return LocalFailure(one, two, _split(pairs, one, two))


def _splitting(pairs: PairGraph, targets: NDArray[np.integer]) -> Bools:
    """Shape (states, states): p leads to q, and some word leaves just one of them leading to q.

    Only for q in the components of `targets`; elsewhere it is false.
    """
    states = pairs.states
    delta, labels, reach = states.delta, states.labels, states.reach_matrix
    leads: Bools = reach[labels[:, None], labels[None, :]]
    leads[:, ~np.isin(labels, labels[targets])] = False
    columns = np.flatnonzero(leads.any(axis=0))
    place = np.full(states.n, -1)
    place[columns] = np.arange(len(columns))
    stays = states.internal[columns]  # does q.a lead to q?
    bad = np.zeros((states.n, len(columns)), dtype=np.bool_)
    follow = []
    for a in range(states.m):
        still = reach[labels[delta[:, a]][:, None], labels[columns][None, :]]  # does p.a lead to q?
        bad |= leads[:, columns] & (still != stays[None, :, a])
        both = np.flatnonzero(stays[:, a])
        follow.append((delta[:, a], both, place[delta[columns[both], a]], still[:, both]))
    while True:
        before = np.count_nonzero(bad)
        for moved, both, to, still in follow:
            bad[:, both] |= leads[:, columns[both]] & still & bad[moved][:, to]
        if np.count_nonzero(bad) == before:
            break
    result = np.zeros((states.n, states.n), dtype=np.bool_)
    result[:, columns] = bad
    return result


def _split(pairs: PairGraph, p: int, q: int) -> list[int]:
    states = pairs.states
    home = states.component[q]

    def leads(state: int) -> bool:
        return bool(states.reach[states.component[state]] >> home & 1)

    def step(pair: tuple[int, int]) -> list[tuple[int, int] | None]:
        if leads(pair[0]) != leads(pair[1]):
            return []
        moved = zip(states.table[pair[0]], states.table[pair[1]], strict=True)
        return [(r, s) if leads(r) or leads(s) else None for r, s in moved]

    word = shortest_path((p, q), step, lambda pair: leads(pair[0]) != leads(pair[1]))
    if word is None:
        raise ArithmeticError("no word splits the pair")
    return word
