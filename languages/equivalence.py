"""A shortest word on which two states disagree (Hopcroft and Karp 1971, breadth first).

Pairs of states are explored breadth first and merged with a union-find structure; a pair
that is already joined by a chain of merged pairs is skipped. Skipping loses no length: if v
separates a skipped pair, it separates a link of its chain, and every link was met at the
same depth or before. So at most n - 1 pairs are kept, and the first disagreement has the
least length.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Table = Sequence[Sequence[int]]


def shortest_difference(
    left: Table,
    left_accept: NDArray[np.bool_],
    right: Table,
    right_accept: NDArray[np.bool_],
    p: int,
    q: int,
) -> list[int] | None:
    """A shortest word (letter indices) accepted from exactly one of p (left) and q (right).

    `left` and `right` are complete transition tables with the same letters; they may be the
    same table. None when p and q accept the same words.
    """
    shift = 0 if left is right else len(left)
    leader: dict[int, int] = {}

    def find(x: int) -> int:
        while (up := leader.get(x, x)) != x:
            leader[x] = leader.get(up, up)  # path halving
            x = up
        return x

    accept_l, accept_r = left_accept.tolist(), right_accept.tolist()
    if accept_l[p] != accept_r[q]:
        return []
    pairs = [(p, q)]
    origin: list[tuple[int, int]] = [(-1, -1)]
    leader[find(p)] = find(q + shift)
    for i, (s, t) in enumerate(pairs):  # grows while it is walked
        for a, (x, y) in enumerate(zip(left[s], right[t], strict=True)):
            if accept_l[x] != accept_r[y]:
                return _trace(origin, i, a)
            root, other = find(x), find(y + shift)
            if root != other:
                leader[root] = other
                pairs.append((x, y))
                origin.append((i, a))
    return None


def _trace(origin: list[tuple[int, int]], i: int, last: int) -> list[int]:
    word = [last]
    while i > 0:
        i, a = origin[i]
        word.append(a)
    word.reverse()
    return word
