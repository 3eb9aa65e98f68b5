"""How long words can keep two states apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

WORK = 100_000_000  # moves of pairs after which the search gives up


def letters_to_part(delta: NDArray[np.int32], allowed: NDArray[np.bool_]) -> int | None:
    """The least k for which no word of length k leads two different allowed states, by allowed
    states only, to two different ones.

    No pair of allowed states may be fixed by a word. None when that takes too many steps.
    """
    n = len(delta)
    columns = delta.T.astype(np.int64)
    states = np.flatnonzero(allowed)
    low, high = (states[x] for x in np.triu_indices(len(states), 1))
    k = work = 0
    while len(low):
        k += 1
        work += len(low) * len(columns)
        if work > WORK:
            return None
        codes = []
        for column in columns:
            p, q = column[low], column[high]
            good = (p != q) & allowed[p] & allowed[q]
            p, q = p[good], q[good]
            codes.append(np.unique(np.minimum(p, q) * n + np.maximum(p, q)))
        low, high = np.divmod(np.unique(np.concatenate(codes)), n)
    return k


def letters_to_merge(delta: NDArray[np.int32]) -> int | None:
    """The least k for which words of length k lead all states to one state each.

    There must be such a k. None when finding it takes too many steps.
    """
    label = np.arange(len(delta))
    k = 0
    while label.max() > 0:
        k += 1
        if k * delta.size > WORK:
            return None
        rows = np.ascontiguousarray(label[delta])
        keys = rows.view(np.dtype((np.void, rows.itemsize * rows.shape[1]))).ravel()
        label = np.unique(keys, return_inverse=True)[1].reshape(-1)
    return k
