"""Words for walks: shortest paths, closed walks whose lengths have a given gcd, equal lengths."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import gcd
from typing import TypeVar

from languages.algebra.permutations import bezout
from languages.algebra.words import Word, concat, length, plain, power

Node = TypeVar("Node", bound=Hashable)
Step = Callable[[Node], list[Node | None]]


def shortest_path(start: Node, step: Step[Node], goal: Callable[[Node], bool]) -> list[int] | None:
    """The letters of a shortest walk, of length >= 0, from `start` to a goal; None if none.

    `step(node)` lists the target per letter, None where the walk may not go.
    """
    if goal(start):
        return []
    came: dict[Node, tuple[Node, int]] = {}
    seen = {start}
    queue = [start]
    for node in queue:
        for a, target in enumerate(step(node)):
            if target is None or target in seen:
                continue
            seen.add(target)
            came[target] = (node, a)
            if goal(target):
                word = []
                while target != start:
                    target, a = came[target]
                    word.append(a)
                return word[::-1]
            queue.append(target)
    return None


def closed_walks(root: Node, step: Step[Node]) -> list[tuple[int, ...]]:
    """Closed walks at `root`, the shortest first; the gcd of their lengths is the period.

    All that `step` reaches must reach `root` again; `root` must lie on a cycle.
    """
    forward: dict[Node, tuple[int, ...]] = {root: ()}
    edges: list[tuple[Node, int, Node]] = []
    queue = [root]
    for node in queue:
        for a, target in enumerate(step(node)):
            if target is None:
                continue
            edges.append((node, a, target))
            if target not in forward:
                forward[target] = (*forward[node], a)
                queue.append(target)
    before: dict[Node, list[tuple[Node, int]]] = {}
    for node, a, target in edges:
        before.setdefault(target, []).append((node, a))
    back: dict[Node, tuple[int, ...]] = {root: ()}
    queue = [root]
    for node in queue:
        for source, a in before[node]:
            if source not in back:
                back[source] = (a, *back[node])
                queue.append(source)
    edges.sort(key=lambda e: len(forward[e[0]]) + len(back[e[2]]))
    chosen: list[tuple[int, ...]] = []
    d = 0
    for node, a, target in edges:
        total = len(forward[node]) + 1 + len(back[target])
        if gcd(d, total) != d:
            d = gcd(d, total)
            chosen.append((*forward[node], a, *back[target]))
    return chosen


def equal_lengths(closed: list[tuple[int, ...]], walk: list[int]) -> tuple[Word, Word]:
    """(e, x): e a product of the closed walks, x a power of closed[0] and the walk; |e| = |x| > 0.

    The length of the non-empty walk must be a multiple of the gcd of the closed lengths.
    """
    first = len(closed[0])
    wanted = len(walk)
    counts = [0] * len(closed)
    # wanted = sum of coefficient * length modulo first, by the extended Euclidean algorithm.
    d, coefficients = first, [1] + [0] * (len(closed) - 1)
    for i in range(1, len(closed)):
        s, t = bezout(d, len(closed[i]))
        coefficients = [c * s for c in coefficients]
        coefficients[i] = t
        d = gcd(d, len(closed[i]))
    for i in range(1, len(closed)):
        counts[i] = coefficients[i] * (wanted // d) % first
    surplus = sum(c * len(w) for c, w in zip(counts, closed, strict=True)) - wanted
    turns, rest = divmod(surplus, first)
    if rest:
        raise ArithmeticError(f"walk of length {wanted} is not a multiple of the period {d}")
    counts[0] = max(0, -turns)
    e = concat(*(power(plain(w), c) for c, w in zip(counts, closed, strict=True)))
    x = concat(power(plain(closed[0]), max(0, turns)), plain(walk))
    if length(e) != length(x):
        raise ArithmeticError("unequal lengths")
    return e, x
