"""Strongly connected components and searches on graphs given by arrays of edges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
PEEL = 500  # edges from which on peeling pays
SMALL = 60_000  # edges up to which Tarjan's algorithm in plain Python is the fastest choice


def successor_lists(nodes: int, source: Ints, target: Ints) -> list[list[int]]:
    """The targets of each node's edges, as lists."""
    order = np.argsort(source, kind="stable")
    ordered = target[order].tolist()
    first = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=nodes), out=first[1:])
    bounds = first.tolist()
    return [ordered[bounds[i] : bounds[i + 1]] for i in range(nodes)]


def tarjan(successors: Sequence[Sequence[int]]) -> list[int]:
    """The component of each node, numbered so that no edge goes to a higher number (Tarjan 1972).

    A component is therefore numbered after all that it reaches: 0 is a sink.
    """
    n = len(successors)
    index = [0] * n  # 0: not seen; else 1 + order of discovery, or large once finished
    component = [-1] * n
    done = n + 1
    counter = 0
    numbered = 0
    stack: list[int] = []
    for start in range(n):
        if index[start]:
            continue
        counter += 1
        index[start] = counter
        low = [counter]
        path = [start]
        walks = [iter(successors[start])]
        stack.append(start)
        while path:
            for w in walks[-1]:
                seen = index[w]
                if not seen:
                    counter += 1
                    index[w] = counter
                    low.append(counter)
                    path.append(w)
                    stack.append(w)
                    walks.append(iter(successors[w]))
                    break
                if seen < low[-1]:
                    low[-1] = seen
            else:
                v = path.pop()
                walks.pop()
                lowest = low.pop()
                if lowest == index[v]:
                    while True:
                        w = stack.pop()
                        index[w] = done
                        component[w] = numbered
                        if w == v:
                            break
                    numbered += 1
                elif lowest < low[-1]:
                    low[-1] = lowest
    return component


class Edges:
    """Edges sorted by source, so that the edges out of many nodes are fetched at once."""

    def __init__(self, nodes: int, source: Ints, target: Ints) -> None:
        self.order = np.argsort(source, kind="stable")
        self.target = target[self.order]
        self.degree = np.bincount(source, minlength=nodes)
        self.first = np.concatenate(([0], np.cumsum(self.degree)))[:-1]

    def out_of(self, nodes: Ints) -> Ints:
        """Positions in the sorted order of all edges out of these nodes."""
        counts = self.degree[nodes]
        total = int(counts.sum())
        ends = np.cumsum(counts)
        return np.arange(total) + np.repeat(self.first[nodes] - ends + counts, counts)


def components(nodes: int, source: Ints, target: Ints) -> Ints:
    """A label per node, equal exactly within strongly connected components; no order promised.

    Nodes on no cycle are peeled off first. What is left of a large graph is coloured: colours are
    spread forward and swept up backward (Orzan 2004), each round a few vector operations.
    """
    label = np.arange(nodes)
    proper = source != target
    source, target = source[proper], target[proper]
    active = np.ones(nodes, dtype=np.bool_)
    rng = np.random.default_rng(0)
    while True:
        if len(source) > PEEL:
            for a, b in ((source, target), (target, source)):
                _peel(nodes, a, b, active)
                keep = active[source] & active[target]
                source, target = source[keep], target[keep]
        if len(source) <= SMALL:
            break
        colour = np.where(active, rng.permutation(nodes), -1)
        own = colour.copy()
        _spread(nodes, source, target, colour)
        same = colour[source] == colour[target]
        roots = np.flatnonzero(active & (colour == own))
        swept = np.flatnonzero(_sweep(nodes, source[same], target[same], roots))
        owner = np.empty(nodes, dtype=np.int64)
        owner[own[roots]] = roots
        label[swept] = owner[colour[swept]]
        active[swept] = False
        keep = active[source] & active[target]
        source, target = source[keep], target[keep]
    if len(source):
        rest, ends = np.unique(np.concatenate((source, target)), return_inverse=True)
        small = tarjan(successor_lists(len(rest), ends[: len(source)], ends[len(source) :]))
        label[rest] = nodes + np.asarray(small, dtype=np.int64)
    return label


def _peel(nodes: int, source: Ints, target: Ints, active: NDArray[np.bool_]) -> None:
    """Deactivate the nodes that no cycle leads to."""
    edges = Edges(nodes, source, target)
    degree = np.bincount(target, minlength=nodes)
    front = np.flatnonzero(active & (degree == 0))
    while len(front):
        active[front] = False
        ends = edges.target[edges.out_of(front)]
        np.subtract.at(degree, ends, 1)
        front = np.unique(ends[degree[ends] == 0])


def _spread(nodes: int, source: Ints, target: Ints, colour: Ints) -> None:
    """Raise each colour to the highest colour that reaches the node."""
    edges = Edges(nodes, source, target)
    front = np.unique(source)
    while len(front):
        at = edges.out_of(front)
        ends = edges.target[at]
        wave = np.repeat(colour[front], edges.degree[front])
        higher = wave > colour[ends]
        ends, wave = ends[higher], wave[higher]
        np.maximum.at(colour, ends, wave)
        front = np.unique(ends)


def _sweep(nodes: int, source: Ints, target: Ints, roots: Ints) -> NDArray[np.bool_]:
    """The nodes that reach a root."""
    edges = Edges(nodes, target, source)
    seen = np.zeros(nodes, dtype=np.bool_)
    seen[roots] = True
    front = roots
    while len(front):
        ends = edges.target[edges.out_of(front)]
        front = np.unique(ends[~seen[ends]])
        seen[front] = True
    return seen
