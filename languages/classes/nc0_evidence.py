"""Evidence for and against NC0: block lengths (k, s), or words that fix and join two states."""

from __future__ import annotations

from math import lcm

import numpy as np
from numpy.typing import NDArray

from languages.algebra.closed_walks import closed_walks, equal_lengths, shortest_path
from languages.algebra.words import cycle_lengths, plain, power
from languages.classes.analysis import Analysis
from languages.classes.group_search import SMALL_PAIR_GRAPH
from languages.evidence import Evidence

Bools = NDArray[np.bool_]
MULTIPLES = 12
MAX_TIMED_STATES = 5_000_000
MAX_MATRIX_CELLS = 500_000_000
MAX_MATRIX_STATES = 1000


def block(analysis: Analysis) -> Evidence | None:
    """(k, s): after k letters, inserting s letters and reading k more makes no difference."""
    if analysis.states.m == 1:
        return _one_letter(analysis)
    pairs = analysis.pairs
    ends = None if pairs is None else stages(analysis.delta)
    if pairs is None or ends is None:
        return None
    deep, apart = ends
    base = lcm(1, *(d for d in analysis.states.period if d))
    full = lcm(base, *pairs.period)
    for s in [base, *(full * i for i in range(1, MULTIPLES + 1))]:
        if least_end(analysis.delta, s, deep, apart) is None:
            continue
        divisors = (t for t in range(1, min(s, 1000) + 1) if s % t == 0)
        for t in [*divisors, s]:
            k = least_end(analysis.delta, t, deep, apart)
            if k is not None:
                return Evidence("nc0-block", "nc0-regular", True, {"k": k, "s": t})
    return None


def _one_letter(analysis: Analysis) -> Evidence:
    """With s the length of the cycle, 2k letters must lead onto it."""
    step = analysis.delta[:, 0].tolist()
    seen: dict[int, int] = {}
    q = analysis.dfa.start
    while q not in seen:
        seen[q] = len(seen)
        q = step[q]
    data = {"k": (seen[q] + 1) // 2, "s": len(seen) - seen[q]}
    return Evidence("nc0-block", "nc0-regular", True, data)


def stages(delta: NDArray[np.int32]) -> tuple[list[Bools], list[Bools]] | None:
    """Per k until nothing changes: the states Q.Sigma^k, the pairs some word of length k parts.

    None when these matrices are too large.
    """
    n, m = delta.shape
    deep = [np.ones(n, dtype=np.bool_)]
    apart = [~np.eye(n, dtype=np.bool_)]
    while n * n * m * len(apart) <= MAX_MATRIX_CELLS and n <= MAX_MATRIX_STATES:
        states = np.zeros(n, dtype=np.bool_)
        states[delta[deep[-1]].ravel()] = True
        pairs = np.zeros((n, n), dtype=np.bool_)
        for a in range(m):
            pairs |= apart[-1][delta[:, a][:, None], delta[:, a]]
        if np.array_equal(states, deep[-1]) and np.array_equal(pairs, apart[-1]):
            return deep, apart
        deep.append(states)
        apart.append(pairs)
    return None


def least_end(
    delta: NDArray[np.int32], s: int, deep: list[Bools], apart: list[Bools]
) -> int | None:
    """The least k for which (k, s) is evidence; both families of sets shrink as k grows."""
    relation = _joined_by(delta, s)

    def works(k: int) -> bool:
        return not (relation & deep[k][:, None] & apart[k]).any()

    low, high = 0, len(deep) - 1
    if not works(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if works(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _joined_by(delta: NDArray[np.int32], s: int) -> Bools:
    """The matrix of the pairs (q, q.x) with |x| = s."""
    n, m = delta.shape
    step = np.zeros((n, n), dtype=np.float32)
    for a in range(m):
        step[np.arange(n), delta[:, a]] = 1
    result = np.eye(n, dtype=np.float32)
    while s:
        if s & 1:
            result = (result @ step > 0).astype(np.float32)
        step = (step @ step > 0).astype(np.float32)
        s >>= 1
    return result > 0


def letter_join(analysis: Analysis) -> tuple[int, int, int, int] | None:
    """(q, r, a, k): a^k fixes q != r, and walks of a multiple of k letters lead from q to r.

    A quick look before a large pair graph is built; None for small ones.
    """
    return analysis.once("letter join", lambda: _letter_join(analysis))


def _letter_join(analysis: Analysis) -> tuple[int, int, int, int] | None:
    if analysis.pair_cells <= SMALL_PAIR_GRAPH:
        return None
    states = analysis.states
    for a in range(states.m):
        turn = cycle_lengths(analysis.delta[:, a])
        by_phase: dict[tuple[int, int], int] = {}
        for q in sorted(turn, key=lambda q: turn[q]):
            key = states.component[q], states.phase[q]
            p = by_phase.setdefault(key, q)
            if p != q:  # all long enough multiples of the period join them
                return p, q, a, lcm(turn[p], turn[q])
    return None


def swap(analysis: Analysis) -> Evidence | None:
    """u, e, x, v with |e| = |x|: e fixes q = start.u and r, x leads from q to r, v parts them."""
    letter = letter_join(analysis)
    if letter is not None:
        q, r, a, d = letter
        closed = []
    else:
        pairs = analysis.pairs
        if pairs is None or pairs.joined_in_phase is None:
            return None
        a, (q, r) = 0, pairs.joined_in_phase
        d = pairs.period[pairs.component_of(q, r)]
        closed = closed_walks((q, r), pairs.step_inside(q, r))
    table = analysis.states.table
    if len(table) * d > MAX_TIMED_STATES:
        return None

    def step(node: tuple[int, int]) -> list[tuple[int, int] | None]:
        return [(t, (node[1] + 1) % d) for t in table[node[0]]]

    walk = shortest_path((q, 0), step, lambda node: node == (r, 0))
    if walk is None:
        return None
    e, x = equal_lengths(closed, walk) if closed else (power(plain([a]), len(walk)), plain(walk))
    data = {
        "u": analysis.access(q),
        "e": analysis.json(e),
        "x": analysis.json(x),
        "v": analysis.distinguish(q, r),
    }
    return Evidence("nc0-swap", "nc0-regular", False, data)
