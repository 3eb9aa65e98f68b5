"""Strongly connected components and searches on graphs given by arrays of edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Ints = NDArray[np.int64]
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

    Large graphs are given to scipy, which is imported only then (Pearce 2005).
    """
    proper = source != target
    source, target = source[proper], target[proper]
    if len(source) > SMALL:
        from scipy.sparse import csgraph

        labels = csgraph.connected_components(
            adjacency(nodes, source, target), directed=True, connection="strong"
        )[1]
        large: Ints = labels.astype(np.int64)
        return large
    label = np.arange(nodes)
    if len(source):
        rest, ends = np.unique(np.concatenate((source, target)), return_inverse=True)
        small = tarjan(successor_lists(len(rest), ends[: len(source)], ends[len(source) :]))
        label[rest] = nodes + np.asarray(small, dtype=np.int64)
    return label


def adjacency(nodes: int, source: Ints, target: Ints) -> csr_matrix:
    """The graph as a sparse matrix."""
    from scipy.sparse import csr_matrix

    edges = Edges(nodes, source, target)
    first = np.append(edges.first, len(source)).astype(np.int32)
    # csgraph computes with this type of weights; any other would be copied.
    weights = np.ones(len(source), dtype=np.float64)
    graph = csr_matrix((weights, edges.target.astype(np.int32), first), shape=(nodes, nodes))
    graph.sum_duplicates()  # csgraph need not end on parallel edges
    return graph


def spanning_forest(nodes: int, source: Ints, target: Ints, roots: Ints) -> tuple[Ints, Ints]:
    """(edge, depth) per node: the tree edge that leads to it, -1 at the roots, and its depth.

    Every node must be reached from a root. A search level by level takes as many rounds as the
    graph is deep, so large graphs are given to scipy, and depths are summed by doubling.
    """
    if len(source) <= SMALL:
        return _forest_by_levels(nodes, source, target, roots)
    from scipy.sparse import csgraph

    # One more node leads to all roots.
    graph = adjacency(
        nodes + 1,
        np.concatenate((source, np.full(len(roots), nodes))),
        np.concatenate((target, roots)),
    )
    above = csgraph.breadth_first_order(graph, nodes, directed=True)[1][:nodes].astype(np.int64)
    edge = np.full(nodes, -1, dtype=np.int64)
    on_tree = np.flatnonzero(above[target] == source)
    edge[target[on_tree]] = on_tree
    return edge, summed_to_root(edge, source, np.ones(len(source), dtype=np.int64))


def summed_to_root(edge: Ints, source: Ints, weight: Ints) -> Ints:
    """Per node of a forest the sum of the weights of the edges on its way from the root."""
    at_root = edge < 0
    total = np.where(at_root, 0, weight[edge])
    above = np.where(at_root, np.arange(len(edge)), source[edge])
    while True:
        more = total[above]
        if not more.any():
            return total
        total = total + more
        above = above[above]


def _forest_by_levels(nodes: int, source: Ints, target: Ints, roots: Ints) -> tuple[Ints, Ints]:
    edge = np.full(nodes, -1, dtype=np.int64)
    depth = np.full(nodes, -1, dtype=np.int64)
    depth[roots] = 0
    edges = Edges(nodes, source, target)
    front = roots
    while len(front):
        at = edges.out_of(front)
        ends = edges.target[at]
        new = np.flatnonzero(depth[ends] < 0)
        ends, first = np.unique(ends[new], return_index=True)
        edge[ends] = edges.order[at[new[first]]]
        depth[ends] = depth[source[edge[ends]]] + 1
        front = ends
    return edge, depth
