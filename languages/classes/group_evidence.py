"""Evidence about groups: labelled image orbits for "yes", counting words for "no"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import combinations, islice
from math import gcd
from operator import eq
from typing import Any

from languages.algebra.closed_walks import closed_walks, equal_lengths, shortest_path
from languages.algebra.levels import labelled_orbit
from languages.algebra.orbit import Component, ImageOrbit
from languages.algebra.pairs import PairGraph, Step
from languages.algebra.perfect import PerfectGroup, find_perfect_group
from languages.algebra.permutations import compose, cycles, inverse, order
from languages.algebra.permutations import power as permutation_power
from languages.algebra.permutations import smallest_prime_factor as least_prime
from languages.algebra.probe import Probe
from languages.algebra.words import Word, concat, length, plain, power, written_length
from languages.algebra.work import Work, WorkLimit
from languages.classes.analysis import Analysis
from languages.evidence import Evidence

Group = Component | Probe
CANDIDATES = 32
LOOPS = 400
LARGEST_ORBIT = 20_000_000  # states in all image sets together that are written down


def group_levels(analysis: Analysis, algebraic_class: str) -> Evidence | None:
    """The complete image orbit with labels; None when it is over budget."""
    data = analysis.once("labelled orbit", lambda: _labelled_orbit(analysis))
    return None if data is None else Evidence("group-levels", algebraic_class, True, data)


def _labelled_orbit(analysis: Analysis) -> dict[str, Any] | None:
    orbit = ImageOrbit(analysis.delta)
    if not analysis.explore(orbit, LARGEST_ORBIT):
        return None
    try:
        data = labelled_orbit(orbit, Work(analysis.budget.max_image_cells))
    except WorkLimit:
        return None
    if data is not None:
        for key in ("next", "moves"):
            data[key] = [[row[c] for c in analysis.letter_class] for row in data[key]]
    return data


def counting(analysis: Analysis, group: Group | None) -> Evidence | None:
    """u, w, v, k: the state start.u comes back after w^k, but v tells it from its image by w."""
    found = _counting_word(analysis, group)
    if found is None:
        return None
    q, word, k = found
    data = {
        "u": analysis.access(q),
        "w": analysis.json(word),
        "v": analysis.distinguish(q, analysis.run(q, word)),
        "k": k,
    }
    return Evidence("counting", "star-free", False, data)


def _counting_word(analysis: Analysis, group: Group | None) -> tuple[int, Word, int] | None:
    if analysis.letter_cycle is not None:
        q, a, k = analysis.letter_cycle
        return q, plain([a]), k
    if group is not None:
        for word, g in group.loop_words():
            for cycle in cycles(g):
                return int(group.root[cycle[0]]), word, len(cycle)
    pairs = analysis.pairs
    if pairs is None:
        return None
    best: tuple[int, list[int]] | None = None
    for p, q in _some_pairs(pairs, pairs.swapping):
        path = shortest_path((p, q), pairs.step_inside(p, q), partial(eq, (q, p)))
        if path is not None and (best is None or len(path) < len(best[1])):
            best = p, path
    return None if best is None else (best[0], plain(best[1]), 2)


def _some_pairs(pairs: PairGraph, wanted: list[int]) -> Iterator[tuple[int, int]]:
    """A few pairs of the components, fewer when searches from them take long."""
    return islice(pairs.pairs_of(set(wanted)), max(1, min(CANDIDATES, 10_000 // len(pairs.low))))


def same_length_counting(analysis: Analysis, group: Group | None) -> Evidence | None:
    """u, e, g, v, k with |e| = |g|: e fixes k states, k a prime, that g permutes in a cycle."""
    if group is None:
        return None if analysis.pairs is None else _swap_in_phase(analysis, analysis.pairs)
    found = _different_alike(group)
    if found is None:
        return None
    (a, alpha), (b, beta) = found
    n = compose(alpha, inverse(beta))
    # A cycle of prime length spares a power; g acts as n on the labels, e as the identity.
    cycle = min(cycles(n), key=lambda c: (len(c) // least_prime(len(c)), len(c)))
    k = least_prime(len(cycle))
    turns = len(cycle) // k
    back = order(beta)
    g = power(concat(a, power(b, back - 1)), turns)
    e = power(b, back * turns)
    q, r = (int(group.root[x]) for x in (cycle[0], cycle[turns]))
    return _same_length(analysis, q, r, e, g, k)


def _same_length(analysis: Analysis, q: int, r: int, e: Word, g: Word, k: int) -> Evidence:
    data = {
        "u": analysis.access(q),
        "e": analysis.json(e),
        "g": analysis.json(g),
        "v": analysis.distinguish(q, r),
        "k": k,
    }
    return Evidence("same-length-counting", "quasi-aperiodic", False, data)


def _swap_in_phase(analysis: Analysis, pairs: PairGraph) -> Evidence | None:
    best: tuple[int, int, list[int]] | None = None
    for p, q in _some_pairs(pairs, pairs.swapping_in_phase):
        d = pairs.period[pairs.component_of(p, q)]
        inside = pairs.step_inside(p, q)

        def step(
            node: tuple[tuple[int, int], int], d: int = d, inside: Step = inside
        ) -> list[tuple[tuple[int, int], int] | None]:
            phase = (node[1] + 1) % d
            return [None if t is None else (t, phase) for t in inside(node[0])]

        walk = shortest_path(((p, q), 0), step, partial(eq, ((q, p), 0)))
        if walk is not None and (best is None or len(walk) < len(best[2])):
            best = p, q, walk
    if best is None:
        return None
    p, q, walk = best
    e, g = equal_lengths(closed_walks((p, q), pairs.step_inside(p, q)), walk)
    return _same_length(analysis, p, q, e, g, 2)


Loop = tuple[Word, tuple[int, ...]]


def _different_alike(group: Group) -> tuple[Loop, Loop] | None:
    """Two products of loops at the root, of one length, that act differently on its states.

    If all loops commute and agree in the powers of equal length, all products of one length
    act alike: the relations among the lengths are generated by those between two of them.
    """
    loops: dict[tuple[tuple[int, ...], int], Word] = {}
    for word, g in islice(group.loop_words(), LOOPS * 50):
        loops.setdefault((g, length(word)), word)
        if len(loops) >= LOOPS:
            break
    words = sorted(loops.items(), key=lambda item: written_length(item[1]))
    for ((g, i), u), ((h, j), v) in sorted(
        combinations(words, 2),
        key=lambda pair: written_length(pair[0][1]) + written_length(pair[1][1]),
    ):
        d = gcd(i, j)
        if compose(g, h) != compose(h, g):
            return (concat(u, v), compose(g, h)), (concat(v, u), compose(h, g))
        left, right = permutation_power(g, j // d), permutation_power(h, i // d)
        if left != right:
            return (power(u, j // d), left), (power(v, i // d), right)
    return None


def perfect_group(analysis: Analysis, group: Group) -> Evidence | None:
    """Words that generate a perfect group of permutations of a set of states."""
    found: PerfectGroup | None = analysis.once("perfect group", lambda: find_perfect_group(group))
    if found is None:
        return None
    states = [int(group.root[x]) for x in found.points]
    index, x = next((i, cycles(g)[0][0]) for i, g in enumerate(found.permutations) if cycles(g))
    q, r = states[x], states[found.permutations[index][x]]
    data = {
        "u": analysis.access(q),
        "v": analysis.distinguish(q, r),
        "set": states,
        "generators": [analysis.json(word) for word in found.words],
        "program": [list(entry) for entry in found.program],
        "commutators": [[list(pair) for pair in row] for row in found.commutators],
        "moved": index,
    }
    return Evidence("perfect-group", "solvable", False, data)
