"""Evidence about groups: labelled image orbits for "yes", counting words for "no"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from math import gcd
from typing import Any

from languages.algebra.closed_walks import closed_walks, equal_lengths, shortest_path
from languages.algebra.levels import labelled_orbit
from languages.algebra.orbit import Component, ImageOrbit
from languages.algebra.pairs import PairGraph, Step
from languages.algebra.perfect import PerfectGroup, find_perfect_group
from languages.algebra.permutations import compose, cycles, identity, inverse, order
from languages.algebra.permutations import power as permutation_power
from languages.algebra.permutations import smallest_prime_factor as least_prime
from languages.algebra.words import Word, concat, plain, power
from languages.classes.analysis import Analysis
from languages.evidence import Evidence

CANDIDATES = 32
LOOPS = 400


def group_levels(analysis: Analysis, algebraic_class: str) -> Evidence | None:
    """The complete image orbit with labels; None when it is over budget."""
    data = analysis.once("labelled orbit", lambda: _labelled_orbit(analysis))
    return None if data is None else Evidence("group-levels", algebraic_class, True, data)


def _labelled_orbit(analysis: Analysis) -> dict[str, Any] | None:
    orbit = ImageOrbit(analysis.delta)
    if not analysis.explore(orbit):
        return None
    data = labelled_orbit(orbit)
    if data is not None:
        for key in ("next", "moves"):
            data[key] = [[row[c] for c in analysis.letter_class] for row in data[key]]
    return data


def counting(analysis: Analysis) -> Evidence | None:
    """u, w, v, k: the state start.u comes back after w^k, but v tells it from its image by w."""
    found = _counting_word(analysis)
    if found is None:
        return None
    q, word, k = found
    data = {
        "u": analysis.access(q),
        "w": analysis.json(plain(word)),
        "v": analysis.distinguish(q, analysis.run(q, plain(word))),
        "k": k,
    }
    return Evidence("counting", "star-free", False, data)


def _counting_word(analysis: Analysis) -> tuple[int, list[int], int] | None:
    if analysis.letter_cycle is not None:
        q, a, k = analysis.letter_cycle
        return q, [a], k
    pairs = analysis.pairs
    if pairs is not None and pairs.swapping:
        best: tuple[int, list[int], int] | None = None
        for p, q in _some_pairs(pairs, pairs.swapping):
            word = shortest_path(
                (p, q), pairs.step_inside(p, q), lambda node, goal=(q, p): node == goal
            )
            if word is not None and (best is None or len(word) < len(best[1])):
                best = p, word, 2
        return best
    component = analysis.moving_component
    if component is None:
        return None
    for letters, g in component.loops():
        for cycle in cycles(g):
            return int(component.labels[0][cycle[0]]), list(letters), len(cycle)
    return None


def _some_pairs(pairs: PairGraph, wanted: list[int]) -> Iterator[tuple[int, int]]:
    """A few pairs of the components, fewer when searches from them take long."""
    return islice(pairs.pairs_of(set(wanted)), max(1, min(CANDIDATES, 10_000 // len(pairs.low))))


def same_length_counting(analysis: Analysis) -> Evidence | None:
    """u, e, g, v, k with |e| = |g|: e fixes k states, k a prime, that g permutes in a cycle."""
    pairs = analysis.pairs
    if pairs is not None and pairs.swapping_in_phase:
        return _swap_in_phase(analysis, pairs)
    component = analysis.same_length_component
    if component is None:
        return None
    found = _different_alike(component)
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
    q, r = (int(component.labels[0][x]) for x in (cycle[0], cycle[turns]))
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

        walk = shortest_path(((p, q), 0), step, lambda node, goal=((q, p), 0): node == goal)
        if walk is not None and (best is None or len(walk) < len(best[2])):
            best = p, q, walk
    if best is None:
        return None
    p, q, walk = best
    e, g = equal_lengths(closed_walks((p, q), pairs.step_inside(p, q)), walk)
    return _same_length(analysis, p, q, e, g, 2)


Loop = tuple[Word, tuple[int, ...]]


def _different_alike(component: Component) -> tuple[Loop, Loop] | None:
    """Two products of loops at the root, of one length, that act differently on its states.

    If all loops commute and agree in the powers of equal length, all products of one length
    act alike: the relations among the lengths are generated by those between two of them.
    """
    loops: dict[tuple[tuple[int, ...], int], tuple[int, ...]] = {}
    for letters, g in islice(component.loops(), LOOPS * 50):
        loops.setdefault((g, len(letters)), letters)
        if len(loops) >= LOOPS:
            break
    one = identity(component.degree)
    words = sorted(loops.items(), key=lambda item: len(item[1]))
    for ((g, i), u), ((h, j), v) in sorted(
        combinations(words, 2), key=lambda pair: len(pair[0][1]) + len(pair[1][1])
    ):
        d = gcd(i, j)
        if compose(g, h) != compose(h, g):
            uv, vu = (plain(u + v), compose(g, h)), (plain(v + u), compose(h, g))
            return uv, vu
        left, right = permutation_power(g, j // d), permutation_power(h, i // d)
        if compose(left, inverse(right)) != one:
            return (power(plain(u), j // d), left), (power(plain(v), i // d), right)
    return None


def perfect_group(analysis: Analysis) -> Evidence | None:
    """Words that generate a perfect group of permutations of a set of states."""
    component = analysis.unsolvable_component
    if component is None:
        return None
    found: PerfectGroup | None = analysis.once(
        "perfect group", lambda: find_perfect_group(component)
    )
    if found is None:
        return None
    states = [int(q) for q in component.labels[0]]
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
