"""Two states that a word fixes together: what definite and local languages must not have."""

from __future__ import annotations

from collections.abc import Callable
from math import lcm

import numpy as np
from numpy.typing import NDArray

from languages.algebra.left import covering_walk
from languages.algebra.pairs import PairGraph
from languages.algebra.words import Word, cycle_lengths, plain, power
from languages.classes.analysis import Analysis

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Wanted = Callable[[Ints, Ints], Bools]
LETTER_STATES = 40


def letter_loops(analysis: Analysis, wanted: Wanted) -> tuple[int, int, Word] | None:
    """Two wanted states that a power of one letter fixes, and that power; None if none is seen.

    Looks at the states on the shortest cycles only, so it may miss some.
    """
    for a in range(analysis.delta.shape[1]):
        turn = cycle_lengths(analysis.delta[:, a])
        states = sorted(turn, key=lambda q: turn[q])[:LETTER_STATES]
        p, q = np.asarray(states)[np.stack(np.triu_indices(len(states), 1))]
        hit = np.flatnonzero(wanted(p, q))
        if len(hit):
            i, j = int(p[hit[0]]), int(q[hit[0]])
            return i, j, power(plain([a]), lcm(turn[i], turn[j]))
    return None


def pair_loop(pairs: PairGraph, wanted: Wanted) -> tuple[int, int, Word] | None:
    """Two wanted states that a word fixes, and the word; None proves that there are none."""
    hit = np.flatnonzero(wanted(pairs.low, pairs.high))
    if not len(hit):
        return None
    p, q = int(pairs.low[hit[0]]), int(pairs.high[hit[0]])
    gamma = pairs.gamma[pairs.component_of(p, q)]
    letter = (gamma & -gamma).bit_length() - 1
    return p, q, covering_walk(pairs, (p, q), [letter])


def any_two(p: Ints, q: Ints) -> Bools:
    """All pairs are wanted."""
    return np.ones(np.broadcast(p, q).shape, dtype=np.bool_)


def joined(analysis: Analysis) -> Wanted:
    """Pairs of states one of which leads to the other."""
    states = analysis.states

    def test(p: Ints, q: Ints) -> Bools:
        c, d = states.labels[p], states.labels[q]
        matrix = states.reach_matrix
        result: Bools = matrix[c, d] | matrix[d, c]
        return result

    return test
