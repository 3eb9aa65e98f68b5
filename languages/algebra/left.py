"""L-triviality of the transition monoid, on the automaton.

M is L-trivial iff p.a.f^w = p.f^w for all states p, words f and letters a of f (f^w idempotent).
So it is not iff some component of pairs {s, t}, with Gamma the letters on its internal edges, is
reached over Gamma from a pair (p.a, p) with a in Gamma.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from math import lcm

import numpy as np
from numpy.typing import NDArray

from languages.algebra.closed_walks import shortest_path
from languages.algebra.graphs import tarjan
from languages.algebra.pairs import PairGraph, Step
from languages.algebra.permutations import cycles
from languages.algebra.words import Word, eventual, map_power, plain, power

Delta = NDArray[np.int32]


@dataclass(frozen=True)
class LeftPattern:
    """s = p.a.z and t = p.z differ, f fixes both, and f has all letters of a and z."""

    p: int
    letter: int
    z: Word
    f: Word
    s: int
    t: int


def idempotent_exponent(step: NDArray[np.integer]) -> int:
    """Some N >= 1 for which the N-th power of the map is idempotent."""
    n = len(step)
    exponent = max(n, 1)
    image = map_power(step, exponent)
    if not np.array_equal(image[image], image):
        recurrent = np.unique(image)
        place = np.searchsorted(recurrent, step[recurrent])
        period = lcm(*(len(c) for c in cycles(tuple(place.tolist()))))
        exponent = -(-n // period) * period
    return exponent


def idempotent_power(step: NDArray[np.integer]) -> NDArray[np.integer]:
    """The power of the map that is idempotent, whatever its exponent."""
    image = eventual(step)
    if np.array_equal(image[image], image):
        return image
    # `image` permutes its states; the identity on these is a power of that permutation.
    recurrent = np.unique(image)
    back = np.empty_like(image)
    back[image[recurrent]] = recurrent
    result: NDArray[np.integer] = back[image]
    return result


def pattern_of_word(delta: Delta, word: tuple[int, ...]) -> LeftPattern | None:
    """A pattern with f and z powers of this word, if there is one."""
    step = np.arange(delta.shape[0])
    for a in word:
        step = delta[step, a]
    image = idempotent_power(step)
    for a in sorted(set(word)):
        after = image[delta[:, a]]
        wrong = np.flatnonzero(after != image)
        if len(wrong):
            p = int(wrong[0])
            f = power(plain(word), idempotent_exponent(step))
            return LeftPattern(p, a, f, f, int(after[p]), int(image[p]))
    return None


def quick_pattern(delta: Delta, rounds: int = 24) -> LeftPattern | None:
    """A pattern for a letter, two letters, or one of a few longer words."""
    for word in _words(delta.shape[1], rounds):
        found = pattern_of_word(delta, word)
        if found is not None:
            return found
    return None


def _words(m: int, rounds: int) -> Iterator[tuple[int, ...]]:
    yield from ((a,) for a in range(m))
    yield from permutations(range(min(m, 8)), 2)
    yield tuple(range(m))
    yield tuple(reversed(range(m)))
    rng = random.Random(0)
    for i in range(rounds):
        yield tuple(rng.choices(range(m), k=2 + i % (2 * m)))


def confluence_failure(delta: Delta) -> LeftPattern | None:
    """For a partially ordered automaton: a pattern over two letters, None if it is L-trivial.

    Klima and Polak (2013): a partially ordered minimal automaton recognises a piecewise testable
    language iff q.a.w = q.b.w for some w over {a, b}, for all states q and letters a, b.
    """
    m = delta.shape[1]
    for a in range(m):
        for b in range(a + 1, m):
            sink = eventual(delta[delta[:, a], b])
            if not np.array_equal(sink[delta[:, a]], sink[delta[:, b]]):
                return pattern_of_word(delta, (a, b))
    return None


def full_pattern(pairs: PairGraph) -> LeftPattern | None:
    """Some pattern; None proves that the monoid is L-trivial."""
    delta = pairs.states.delta
    n = pairs.states.n
    by_gamma: dict[int, list[int]] = {}
    gamma = np.asarray(pairs.gamma, dtype=object)
    for c, letters in enumerate(gamma.tolist()):
        by_gamma.setdefault(letters, []).append(c)
    for bits, wanted in by_gamma.items():
        letters = [a for a in range(delta.shape[1]) if bits >> a & 1]
        seen = _closure(delta, letters)
        inside = np.isin(pairs.label, wanted)
        low, high = pairs.low[inside], pairs.high[inside]
        hit = np.flatnonzero(seen[low * n + high] | seen[high * n + low])
        if len(hit):
            return _pattern_at(pairs, letters, {(int(low[i]), int(high[i])) for i in hit})
    return None


def _closure(delta: Delta, letters: list[int]) -> NDArray[np.bool_]:
    """The off-diagonal pairs, as codes p n + q, that the letters reach from (p.a, p)."""
    n = delta.shape[0]
    moves = delta[:, letters].astype(np.int64)
    seen = np.zeros(n * n, dtype=np.bool_)
    p, q = moves.T.ravel(), np.tile(np.arange(n), len(letters))
    while True:
        codes = (p * n + q)[p != q]
        codes = np.unique(codes[~seen[codes]])
        if not len(codes):
            return seen
        seen[codes] = True
        p, q = moves[codes // n].ravel(), moves[codes % n].ravel()


def _pattern_at(pairs: PairGraph, letters: list[int], goals: set[tuple[int, int]]) -> LeftPattern:
    """The words of a pattern that ends in one of the goal pairs."""
    table = pairs.states.table

    def step(pair: tuple[int, int]) -> list[tuple[int, int] | None]:
        x, y = table[pair[0]], table[pair[1]]
        inside: list[tuple[int, int] | None] = [None] * pairs.states.m
        for a in letters:
            if x[a] != y[a]:
                inside[a] = (x[a], y[a])
        return inside

    def is_goal(pair: tuple[int, int]) -> bool:
        return (min(pair), max(pair)) in goals

    best: tuple[int, int, list[int]] | None = None
    for a in letters:
        for p in range(pairs.states.n):
            if table[p][a] != p and (best is None or len(best[2]) > 1):
                path = shortest_path((table[p][a], p), step, is_goal)
                if path is not None and (best is None or len(path) < len(best[2])):
                    best = (p, a, path)
    if best is None:
        raise ArithmeticError("no walk to a pair that was reached")
    p, a, z = best
    s, t = table[p][a], p
    for b in z:
        s, t = table[s][b], table[t][b]
    f = covering_walk(pairs, (s, t), letters)
    return LeftPattern(p, a, plain(z), f, s, t)


def covering_walk(pairs: PairGraph, start: tuple[int, int], letters: list[int]) -> Word:
    """A closed walk at an ordered pair, in its component, that uses each of the letters."""
    table = pairs.states.table
    step = pairs.step_inside(*start)
    word: list[int] = []
    at = start
    missing = set(letters)
    while missing:
        path = shortest_path(at, step, _has_letter(step, frozenset(missing)))
        if path is None:
            raise ArithmeticError("a letter of the component is out of reach")
        for a in path:
            at = (table[at[0]][a], table[at[1]][a])
        a = next(a for a in sorted(missing) if step(at)[a] is not None)
        at = (table[at[0]][a], table[at[1]][a])
        word += [*path, a]
        missing -= set(word)
    path = shortest_path(at, step, lambda x: x == start)
    if path is None:
        raise ArithmeticError("the component is not strongly connected")
    word += path
    return plain(word)


def _has_letter(step: Step, letters: frozenset[int]) -> Callable[[tuple[int, int]], bool]:
    """Does one of the letters stay in the component?"""

    def test(pair: tuple[int, int]) -> bool:
        targets = step(pair)
        return any(targets[a] is not None for a in letters)

    return test


def pair_levels(delta: Delta) -> list[list[int]]:
    """The matrix of a "left-order" certificate: numbers of components of unordered pairs."""
    n = delta.shape[0]
    low, high = np.triu_indices(n, 1)
    number = np.full(n * n, -1, dtype=np.int64)
    number[low * n + high] = np.arange(len(low))
    p, q = delta[low].astype(np.int64), delta[high].astype(np.int64)
    node = number[np.minimum(p, q) * n + np.maximum(p, q)]  # -1 on the diagonal
    levels = np.zeros((n, n), dtype=np.int64)
    if len(low):
        rows = [[x for x in row if x >= 0] for row in node.tolist()]
        component = np.asarray(tarjan(rows), dtype=np.int64)
        levels[low, high] = levels[high, low] = component
    matrix: list[list[int]] = levels.tolist()
    return matrix
