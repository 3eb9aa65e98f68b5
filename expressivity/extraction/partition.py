"""The coarsest partition of states that respects a colouring and every letter (Moore 1956)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def refine(delta: NDArray[np.int32], colours: NDArray[np.int64]) -> NDArray[np.int64]:
    """The class of each state: equal exactly when all words lead to equal colours.

    `delta` has shape (states, letters) and is complete, `colours` has shape (states,). The
    classes are numbered from 0 without gaps.
    """
    classes = _renumber(colours)
    count = int(classes.max()) + 1
    while count < len(classes):
        before = count
        # Each letter refines the result of the previous one: never finer than the answer,
        # and closer to it than a round that looks at the old classes only.
        for a in range(delta.shape[1]):
            classes = _renumber(classes * count + classes[delta[:, a]])
            count = int(classes.max()) + 1
        if count == before:
            break
    return classes


def _renumber(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    inverse = np.unique(keys, return_inverse=True)[1]
    return inverse.reshape(-1).astype(np.int64)
