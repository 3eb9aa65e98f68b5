"""Smaller transition tables with the same groups.

Two states that some number of letters always sends to one state are never fixed or permuted
together by words, and words permute only states that some words of every length lead to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Delta = NDArray[np.int32]
ROUNDS = 64


def merged(delta: Delta) -> Delta:
    """The quotient by a congruence whose classes all words of some length send to one state.

    Rounds of merging states with equal rows; each round is such a quotient, so there is no harm
    in stopping after ROUNDS of them. A single state is left exactly when the language is definite
    (Perles, Rabin, Shamir 1963), if there are enough rounds.

    A word that fixes states of different classes s, t fixes such states before merging, and the
    other way round; so the groups of words, and of words of one length, are the same.
    """
    for _ in range(ROUNDS):
        row = np.dtype((np.void, delta.itemsize * delta.shape[1]))
        rows = np.ascontiguousarray(delta).view(row).ravel()
        _, sample, label = np.unique(rows, return_index=True, return_inverse=True)
        if len(sample) == len(delta):
            break
        delta = label.reshape(-1).astype(np.int32)[delta[sample]]
    return delta


def settled(delta: Delta) -> Delta:
    """The part of the states that some words of length ROUNDS lead to."""
    inside: NDArray[np.signedinteger] = np.arange(len(delta))
    for _ in range(ROUNDS):
        smaller = np.unique(delta[inside])
        if len(smaller) == len(inside):
            break
        inside = smaller
    number = np.full(len(delta), -1, dtype=np.int32)
    number[inside] = np.arange(len(inside), dtype=np.int32)
    part: Delta = number[delta[inside]]
    return part
