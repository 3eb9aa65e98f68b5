"""Smaller transition tables with the same groups.

Two states that some number of letters always sends to one state are never fixed or permuted
together by words, and words permute only states that some words of every length lead to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from languages.algebra.states import StateGraph

Delta = NDArray[np.int32]
ROUNDS = 8


def merged(delta: Delta) -> Delta:
    """The quotient by the states that all words of some length send to one state.

    A single state is left exactly when all languages of the automaton are definite (Perles, Rabin,
    Shamir 1963). A word that fixes states of different classes s, t fixes such states before
    merging, and the other way round; so the groups of words, and of words of one length, are the
    same.
    """
    for _ in range(ROUNDS):
        row = np.dtype((np.void, delta.itemsize * delta.shape[1]))
        rows = np.ascontiguousarray(delta).view(row).ravel()
        _, sample, label = np.unique(rows, return_index=True, return_inverse=True)
        if len(sample) == len(delta):
            return delta
        delta = label.reshape(-1).astype(np.int32)[delta[sample]]
    return _merged_one_by_one(delta)


def _merged_one_by_one(delta: Delta) -> Delta:
    """The same, where many rounds would be needed: only rows that change are looked at again.

    Whenever classes join, the smaller one takes the name of the larger, so that each state is
    renamed at most log2(n) times (Downey, Sethi, Tarjan 1980).
    """
    table: list[list[int]] = delta.tolist()
    n = len(table)
    label = list(range(n))
    members = [[q] for q in range(n)]
    before: list[list[int]] = [[] for _ in range(n)]
    for q, row in enumerate(table):
        for r in row:
            before[r].append(q)
    known: dict[tuple[int, ...], int] = {}
    waiting = list(range(n))
    while waiting:
        q = waiting.pop()
        p = known.setdefault(tuple([label[r] for r in table[q]]), q)
        large, small = label[p], label[q]
        if large == small:
            continue
        if len(members[large]) < len(members[small]):
            large, small = small, large
        for r in members[small]:
            label[r] = large
            waiting += before[r]
        members[large] += members[small]
        members[small] = []
    sample, number = np.unique(np.asarray(label), return_inverse=True)
    quotient: Delta = number.reshape(-1).astype(np.int32)[delta[sample]]
    return quotient


def settled(graph: StateGraph) -> Delta:
    """The part of the states that words of any length lead to: those reached from cycles."""
    inside = np.any(graph.internal, axis=1).tolist()
    queue = [q for q, cyclic in enumerate(inside) if cyclic]
    for q in queue:
        for r in graph.table[q]:
            if not inside[r]:
                inside[r] = True
                queue.append(r)
    queue.sort()
    number = np.full(graph.n, -1, dtype=np.int32)
    number[queue] = np.arange(len(queue), dtype=np.int32)
    part: Delta = number[graph.delta[queue]]
    return part
