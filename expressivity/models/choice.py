"""Which positions hard attention selects, from arrays of scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def maximal(scores: NDArray[Any], visible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Shape (B, n, n): is j visible from i, with the largest score among those that are?

    Scores are float64, integers, or objects that can be compared.
    """
    # Never a minimum over objects: a NaN in one word must not touch the others.
    lowest: Any = scores.min(initial=0) - 1 if scores.dtype == np.int64 else -np.inf
    best = np.where(visible, scores, lowest).max(axis=2, keepdims=True)
    taking_part: NDArray[np.bool_] = np.logical_and(visible, scores == best)
    return taking_part


def chosen(scores: NDArray[Any], visible: NDArray[np.bool_], selection: str) -> NDArray[np.intp]:
    """Shape (B, n): the first (uhat-left) or last (uhat-right) j of maximal score.

    0 or n - 1 where no position is visible.
    """
    best = maximal(scores, visible)
    if selection == "uhat-left":
        return np.asarray(best.argmax(axis=2))
    return np.asarray(best.shape[2] - 1 - best[..., ::-1].argmax(axis=2))
