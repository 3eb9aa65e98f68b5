"""The coarsest partition of the states that respects acceptance and every letter.

Two methods meet here. Moore's rounds (Moore 1956) are a few vector operations each, and
most automata need few rounds; a long chain needs as many rounds as states, so after some
rounds the partition found so far is handed to Hopcroft's algorithm (Hopcroft 1971), which
refines it in O(k n log n) steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOORE_ROUNDS = 24


def nerode_classes(delta: NDArray[np.int32], accept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The class of each state: equal exactly when the states accept the same words.

    `delta` has shape (states, letters) and is complete; `accept` has shape (states,). The
    classes are numbered from 0 without gaps, in no particular order.
    """
    delta = different_columns(delta)
    classes = _renumber(accept.astype(np.int64))
    count = int(classes.max()) + 1
    for _ in range(MOORE_ROUNDS):
        before = count
        # Each letter refines the result of the previous one: never finer than the answer,
        # and closer to it than a round that looks at the old classes only.
        for a in range(delta.shape[1]):
            classes = _renumber(classes * count + classes[delta[:, a]])
            count = int(classes.max()) + 1
        if count == before or count == len(classes):
            return classes
    return _hopcroft(delta, classes, count)


def different_columns(delta: NDArray[np.int32]) -> NDArray[np.int32]:
    """One of each group of equal columns: letters that act alike refine alike."""
    columns = np.ascontiguousarray(delta.T)
    first = {column.tobytes(): a for a, column in reversed(list(enumerate(columns)))}
    if len(first) == len(columns):
        return delta
    return np.ascontiguousarray(delta[:, sorted(first.values())])


def _renumber(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    inverse = np.unique(keys, return_inverse=True)[1]
    return inverse.reshape(-1).astype(np.int64)


def _preimages(delta: NDArray[np.int32]) -> list[tuple[list[int], list[int]]]:
    """Per letter (order, first): the states sent to q are order[first[q]:first[q + 1]]."""
    n, k = delta.shape
    result = []
    for a in range(k):
        order = np.argsort(delta[:, a], kind="stable")
        first = np.zeros(n + 1, dtype=np.int64)
        np.cumsum(np.bincount(delta[:, a], minlength=n), out=first[1:])
        result.append((order.tolist(), first.tolist()))
    return result


def _hopcroft(
    delta: NDArray[np.int32], classes: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Hopcroft's algorithm from a given partition, "process the smaller half"."""
    preimages = _preimages(delta)
    block_of: list[int] = classes.tolist()
    blocks: list[set[int]] = [set() for _ in range(count)]
    for state, block in enumerate(block_of):
        blocks[block].add(state)
    # All states together are stable under every letter, so one block may be left out.
    largest = max(range(count), key=lambda b: len(blocks[b]))
    waiting = [b for b in range(count) if b != largest]
    while waiting:
        splitter = waiting.pop()
        members = list(blocks[splitter])
        for order, first in preimages:
            hit: dict[int, list[int]] = {}
            for q in members:
                for p in order[first[q] : first[q + 1]]:
                    hit.setdefault(block_of[p], []).append(p)
            for block, inside in hit.items():
                whole = blocks[block]
                if len(inside) == len(whole):
                    continue
                part = set(inside)
                if 2 * len(part) > len(whole):
                    # Copying the smaller side keeps every step proportional to it; `inside`
                    # has been paid for by the walk over the preimages.
                    part = whole - part
                whole -= part
                new = len(blocks)
                blocks.append(part)
                for p in part:
                    block_of[p] = new
                # The new part is the smaller one. If the old block is waiting, both must be;
                # if not, the smaller one suffices. Both cases: the new part waits.
                waiting.append(new)
    return np.asarray(block_of, dtype=np.int64)
