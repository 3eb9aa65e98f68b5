"""Layered drawings of partial orders (Sugiyama, Tagawa, Toda 1981): the larger, the higher.

Small diagrams only: a few dozen nodes. Everything is deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

GAP: Final = 18.0
BEND: Final = 10.0  # the width that a passing edge takes in a layer
SWEEPS: Final = 8


@dataclass(frozen=True)
class Drawing:
    """Centres of nodes, horizontally in the units of the widths, and their layers from below.

    `bends` has for each edge its horizontal places in the layers between its ends.
    """

    x: tuple[float, ...]
    layer: tuple[int, ...]
    bends: tuple[tuple[float, ...], ...]
    width: float
    layers: int


def layered(widths: Sequence[float], edges: Sequence[tuple[int, int]]) -> Drawing:
    """Place the nodes of an acyclic graph; an edge (i, j) has j above i."""
    layer = _layers(len(widths), edges)
    size = list(widths)
    level = list(layer)
    paths: list[list[int]] = []
    for i, j in edges:
        path = [i]
        for between in range(layer[i] + 1, layer[j]):
            path.append(len(size))
            size.append(BEND)
            level.append(between)
        paths.append([*path, j])
    up: list[list[int]] = [[] for _ in size]
    down: list[list[int]] = [[] for _ in size]
    for path in paths:
        for a, b in pairwise(path):
            up[a].append(b)
            down[b].append(a)
    rows = [[v for v in range(len(size)) if level[v] == k] for k in range(max(level) + 1)]
    _reorder(rows, up, down)
    x = _places(rows, size, up, down)
    left = min(x[v] - size[v] / 2 for v in range(len(size)))
    x = [place - left for place in x]
    return Drawing(tuple(x[:len(widths)]), tuple(layer),
                   tuple(tuple(x[v] for v in path[1:-1]) for path in paths),
                   max(x[v] + size[v] / 2 for v in range(len(size))), len(rows))


def _layers(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The longest path from below; then nodes rise towards what is above them."""
    layer = [0] * count
    for _ in range(count):
        for i, j in edges:
            layer[j] = max(layer[j], layer[i] + 1)
    for i in sorted(range(count), key=lambda v: -layer[v]):
        above = [layer[j] for a, j in edges if a == i]
        below = [a for a, j in edges if j == i]
        # Rising makes the edges to what is above shorter, and those from below longer.
        if len(above) > len(below):
            layer[i] = min(above) - 1
    return layer


def _reorder(rows: list[list[int]], up: list[list[int]], down: list[list[int]]) -> None:
    """Barycentres, sweeping up and down; the order with the fewest crossings stays."""
    best = [list(row) for row in rows]
    fewest = _crossings(rows, up)
    for sweep in range(SWEEPS):
        upwards = sweep % 2 == 0
        for row in rows if upwards else reversed(rows):
            place = {v: k / max(1, len(r) - 1) for r in rows for k, v in enumerate(r)}
            neighbours = down if upwards else up
            row.sort(key=lambda v: _mean([place[w] for w in neighbours[v]], place[v]))
        crossings = _crossings(rows, up)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    for row, order in zip(rows, best, strict=True):
        row[:] = order


def _crossings(rows: list[list[int]], up: list[list[int]]) -> int:
    place = {v: k for row in rows for k, v in enumerate(row)}
    total = 0
    for row in rows:
        ends = [(k, place[w]) for k, v in enumerate(row) for w in up[v]]
        total += sum(1 for a, b in ends for c, d in ends if a < c and b > d)
    return total


def _places(rows: list[list[int]], size: list[float], up: list[list[int]],
            down: list[list[int]]) -> list[float]:
    """Nodes move towards the mean of their neighbours and push each other aside."""
    x = [0.0] * len(size)
    for row in rows:
        whole = sum(size[v] for v in row) + GAP * (len(row) - 1)
        place = -whole / 2
        for v in row:
            x[v] = place + size[v] / 2
            place += size[v] + GAP
    for sweep in range(4 * SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wished = [_mean([x[w] for w in (*up[v], *down[v])], x[v]) for v in row]
            for v, place in zip(row, _apart(wished, [size[v] for v in row]), strict=True):
                x[v] = place
    return x


def _apart(wished: list[float], size: list[float]) -> list[float]:
    """The places nearest to those wished for, in least squares, that keep order and gaps.

    Pooling adjacent violators (Ayer et al. 1955), after the gaps are taken out.
    """
    offset, offsets = 0.0, []
    for k, width in enumerate(size):
        if k:
            offset += (size[k - 1] + width) / 2 + GAP
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []
    for place, taken in zip(wished, offsets, strict=True):
        total, count = place - taken, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    level = [total / count for total, count in blocks for _ in range(count)]
    return [a + b for a, b in zip(level, offsets, strict=True)]


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
