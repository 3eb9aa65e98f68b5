"""Graphs, image orbits, permutation groups and words in blocks against slow definitions."""

from __future__ import annotations

import random
from itertools import permutations as permutations_of
from math import factorial, prod

import numpy as np
import pytest

from languages.algebra import core, graphs, permutations
from languages.algebra.closed_walks import closed_walks, equal_lengths
from languages.algebra.orbit import ImageOrbit
from languages.algebra.pairs import PairGraph
from languages.algebra.permutations import Permutation
from languages.algebra.polycyclic import polycyclic
from languages.algebra.solvability import commute, deep_commutator, derived_length_bound
from languages.algebra.states import StateGraph
from languages.algebra.words import action, concat, cycle_lengths, flat, length, plain, power
from languages.algebra.work import Work, WorkLimit


def cyclic(degree: int, *orbits: tuple[int, ...]) -> Permutation:
    """The permutation with these cycles."""
    image = list(range(degree))
    for orbit in orbits:
        for i, x in enumerate(orbit):
            image[x] = orbit[(i + 1) % len(orbit)]
    return tuple(image)


def symmetric(degree: int) -> list[Permutation]:
    """Two generators of the symmetric group."""
    return [cyclic(degree, (0, 1)), cyclic(degree, tuple(range(degree)))]


def closure(generators: list[Permutation]) -> set[Permutation]:
    """All elements of the group, by definition."""
    found = {permutations.identity(len(generators[0]))}
    queue = list(found)
    for g in queue:
        for h in generators:
            product = permutations.compose(g, h)
            if product not in found:
                found.add(product)
                queue.append(product)
    return found


def derived_length(group: set[Permutation]) -> int | None:
    """The length of the derived series, None if it stops above the trivial group."""
    steps = 0
    while len(group) > 1:
        commutators = {permutations.commutator(g, h) for g in group for h in group}
        derived = closure(list(commutators))
        if len(derived) == len(group):
            return None
        group, steps = derived, steps + 1
    return steps


# --- graphs --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_components_are_mutual_reachability(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small and large graphs take different paths; both must find the same classes."""
    rng = np.random.default_rng(seed)
    n = 40
    edges = int(rng.integers(20, 110))
    source, target = rng.integers(0, n, edges), rng.integers(0, n, edges)
    reach = np.eye(n, dtype=np.int64)
    reach[source, target] = 1
    for _ in range(6):
        reach = (reach @ reach > 0).astype(np.int64)
    expected = (reach & reach.T).astype(bool)
    small = graphs.components(n, source, target)
    monkeypatch.setattr(graphs, "SMALL", 0)
    large = graphs.components(n, source, target)
    for label in (small, large):
        assert np.array_equal(label[:, None] == label, expected)


@pytest.mark.parametrize("seed", range(10))
def test_tarjan_numbers_never_rise(seed: int) -> None:
    rng = random.Random(seed)
    successors = [[rng.randrange(30) for _ in range(rng.randrange(4))] for _ in range(30)]
    number = graphs.tarjan(successors)
    assert all(number[v] <= number[u] for u, row in enumerate(successors) for v in row)


def test_periods_and_phases() -> None:
    """A ring of six with a chord that closes a walk of length four: the period is two."""
    delta = np.array([[1, 1], [2, 2], [3, 3], [4, 0], [5, 5], [0, 0]], dtype=np.int32)
    states = StateGraph(delta)
    assert states.period == [2]
    assert all((states.phase[q] + 1 - states.phase[r]) % 2 == 0 for q in range(6) for r in delta[q])


@pytest.mark.parametrize("small", [graphs.SMALL, 0])
@pytest.mark.parametrize("seed", range(30))
def test_ordered_pair_components(
    seed: int, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Swaps and periods of the unordered graph against a search among ordered pairs."""
    monkeypatch.setattr(graphs, "SMALL", small)
    rng = np.random.default_rng(seed)
    n = 5
    delta = rng.integers(0, n, (n, 2)).astype(np.int32)
    if seed % 2:
        delta = np.stack([rng.permutation(n), rng.permutation(n)], axis=1).astype(np.int32)
    pairs = PairGraph(StateGraph(delta))

    def levels(start: tuple[int, int]) -> list[set[tuple[int, int]]]:
        found = [{start}]
        for _ in range(120):
            found.append(
                {(int(delta[p, a]), int(delta[q, a])) for p, q in found[-1] for a in (0, 1)}
            )
        return found[1:]

    for p in range(n):
        for q in range(p + 1, n):
            walks = levels((p, q))
            returns = [i for i, level in enumerate(walks, 1) if (p, q) in level]
            swaps = [i for i, level in enumerate(walks, 1) if (q, p) in level]
            assert bool(returns or swaps) == ((p, q) in pairs.number)
            if (p, q) not in pairs.number:
                continue
            c = pairs.component_of(p, q)
            period = int(np.gcd.reduce(returns))
            assert pairs.period[c] == period
            assert (c in pairs.swapping) == bool(swaps)
            assert (c in pairs.swapping_in_phase) == any(i % period == 0 for i in swaps)


# --- the image orbit -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_image_orbit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    delta = rng.integers(0, 7, (7, 3)).astype(np.int32)
    orbit = ImageOrbit(delta)
    assert orbit.explore(10**6)
    rows = orbit.bits(list(range(len(orbit.keys))))
    sets = [frozenset(np.flatnonzero(row).tolist()) for row in rows]
    found = {frozenset(range(7))}
    queue = list(found)
    for s in queue:
        for a in range(3):
            image = frozenset(int(delta[q, a]) for q in s)
            if image not in found:
                found.add(image)
                queue.append(image)
    assert len(sets) == len(found)
    assert set(sets) == found
    for i, row in enumerate(orbit.next):
        for a, j in enumerate(row):
            assert sets[j] == {int(delta[q, a]) for q in sets[i]}


def test_loops_generate_what_schreier_pairs_generate() -> None:
    """On the 6-subsets of a transformation monoid on 8 points both give the symmetric group."""
    delta = np.array([*symmetric(8), (0, 0, *range(2, 8))], dtype=np.int32).T
    orbit = ImageOrbit(delta, smallest=6)
    orbit.explore(10**6)
    component = next(c for c in orbit.components() if c.degree == 6)
    assert len(component.sets) == 28
    assert len(closure([g for g, _ in component.generators])) == factorial(6)
    loops = list(component.loops())
    assert len(closure([g for _, g in loops])) == factorial(6)
    root = component.labels[0]
    for word, g in loops[:50]:
        assert action(plain(word), delta)[root].tolist() == root[list(g)].tolist()


# --- permutation groups --------------------------------------------------------------------

WREATH = [
    cyclic(8, (0, 1)),
    cyclic(8, (0, 2), (1, 3)),
    cyclic(8, (0, 4), (1, 5), (2, 6), (3, 7)),
]
GROUPS = {
    "Z12": [cyclic(7, (0, 1, 2), (3, 4, 5, 6))],
    "S3": symmetric(3),
    "S4": symmetric(4),
    "A4": [cyclic(4, (0, 1, 2)), cyclic(4, (1, 2, 3))],
    "D6": [cyclic(6, tuple(range(6))), cyclic(6, (1, 5), (2, 4))],
    "Sylow": WREATH,
    "F21": [cyclic(7, tuple(range(7))), cyclic(7, (1, 2, 4), (3, 6, 5))],
    "S4 x S3": [cyclic(7, (0, 1), (4, 5)), cyclic(7, (0, 1, 2, 3), (4, 5, 6))],
    "A5": [cyclic(5, (0, 1, 2)), cyclic(5, (0, 1, 2, 3, 4))],
    "S5": symmetric(5),
    "PSL(2,7)": [cyclic(7, tuple(range(7))), cyclic(7, (1, 2), (3, 6))],
}


@pytest.mark.parametrize("name", GROUPS)
def test_polycyclic_sequences(name: str) -> None:
    generators = GROUPS[name]
    degree = len(generators[0])
    elements = closure(generators)
    expected = derived_length(elements)
    group = polycyclic(generators, degree)
    assert (group is None) == (expected is None)
    if group is None or expected is None:
        return
    assert expected <= derived_length_bound(degree)
    assert prod(group.orders) == len(elements)
    sequence = group.sequence
    for g in elements:
        e = group.exponents(g)
        assert all(0 <= x < r for x, r in zip(e, group.orders, strict=True))
        factors = [permutations.power(a, x) for a, x in zip(sequence, e, strict=True)]
        assert permutations.product(factors, degree) == g
    for i, a in enumerate(sequence):
        below = [permutations.power(a, group.orders[i])]
        below += [permutations.conjugate(b, a) for b in sequence[i + 1 :]]
        assert all(not any(group.exponents(g)[: i + 1]) for g in below)


@pytest.mark.parametrize("seed", range(40))
def test_solvability_of_random_groups(seed: int) -> None:
    rng = random.Random(seed)
    degree = rng.randint(3, 5)
    generators = [tuple(rng.sample(range(degree), degree)) for _ in range(rng.randint(1, 3))]
    generators = [permutations.power(g, rng.choice([1, 2, 3])) for g in generators]
    elements = closure(generators)
    solvable = derived_length(elements) is not None
    group = polycyclic(generators, degree)
    assert (group is not None) == solvable
    outside = next((g for g in closure(symmetric(degree)) if g not in elements), None)
    if group is not None:
        assert all(g in group for g in elements)
        assert outside is None or outside not in group


def test_a_large_solvable_group() -> None:
    """A Sylow 2-subgroup of S_64 has order 2^63."""
    generators = [
        cyclic(64, *((i, i + step) for i in range(step))) for step in (1, 2, 4, 8, 16, 32)
    ]
    group = polycyclic(generators, 64)
    assert group is not None
    assert group.orders == [2] * 63


def test_groups_stop_when_there_is_too_much_work() -> None:
    work = Work(1000)
    with pytest.raises(WorkLimit):
        polycyclic(symmetric(4), 4, work=work)
    assert work.done > 1000
    group = polycyclic(symmetric(4), 4)
    assert group is not None
    assert group.work.done > 1000


@pytest.mark.parametrize("seed", range(60))
def test_commuting_permutations(seed: int) -> None:
    """Powers of one element and products of disjoint ones commute; others seldom do."""
    rng = random.Random(seed)
    degree = rng.randint(2, 9)
    g, h = (tuple(rng.sample(range(degree), degree)) for _ in range(2))
    generators = [permutations.power(g, rng.randrange(6)) for _ in range(2)]
    if seed % 2:
        other = [permutations.power(h, rng.randrange(6)) for _ in range(2)]
        generators = [
            (*a, *(degree + x for x in b)) for a, b in zip(generators, other, strict=True)
        ]
    if seed % 3 == 0:
        generators.append(tuple(rng.sample(range(len(generators[0])), len(generators[0]))))
    expected = all(
        permutations.compose(a, b) == permutations.compose(b, a)
        for a in generators
        for b in generators
    )
    assert commute(generators, len(generators[0]), Work()) == expected


@pytest.mark.parametrize("name", GROUPS)
def test_deep_commutators_are_found_in_groups_that_are_not_solvable(name: str) -> None:
    generators = GROUPS[name]
    solvable = derived_length(closure(generators)) is not None
    assert deep_commutator(generators, len(generators[0]), Work()) == (not solvable)


# --- smaller automata ----------------------------------------------------------------------


@pytest.mark.parametrize("rounds", [core.ROUNDS, 0])
@pytest.mark.parametrize("seed", range(40))
def test_merged_states(seed: int, rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """States are merged when all words of some length send them to one state."""
    monkeypatch.setattr(core, "ROUNDS", rounds)
    rng = np.random.default_rng(seed)
    n = 7
    delta = rng.integers(0, 4 if seed % 2 else n, (n, 2)).astype(np.int32)
    joined = np.eye(n, dtype=np.bool_)
    for _ in range(n * n):
        joined = np.all(
            [joined[delta[:, a][:, None], delta[:, a]] for a in range(2)], axis=0
        )
    name = np.argmax(joined, axis=1)  # the least state of each class
    wanted = {int(name[q]): tuple(int(name[r]) for r in delta[q]) for q in range(n)}
    quotient = core.merged(delta).tolist()
    assert len(quotient) == len(wanted)
    assert any(
        all(renamed[r] == t for q, row in enumerate(quotient) for r, t in zip(
            row, wanted[renamed[q]], strict=True))
        for renamed in permutations_of(sorted(wanted))
    )


def test_settled_states_are_reached_by_words_of_any_length() -> None:
    delta = np.array([[1, 2], [2, 2], [3, 4], [2, 3], [4, 4], [0, 4]], dtype=np.int32)
    part = core.settled(StateGraph(delta))
    assert part.tolist() == [[1, 2], [0, 1], [2, 2]]


# --- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_powers_and_actions_of_words(seed: int) -> None:
    rng = random.Random(seed)
    delta = np.array([[rng.randrange(6) for _ in range(3)] for _ in range(6)], dtype=np.int32)
    word = concat(*(power(plain(rng.choices(range(3), k=2)), rng.randint(0, 4)) for _ in range(3)))
    exponent = rng.randint(0, 9)
    powered = power(word, exponent)
    assert flat(powered) == flat(word) * exponent
    assert length(powered) == length(word) * exponent
    states = list(range(6))
    for a in flat(powered):
        states = [int(delta[q, a]) for q in states]
    assert action(powered, delta).tolist() == states


def test_cycle_lengths_of_a_map() -> None:
    step = np.array([1, 2, 0, 0, 5, 4, 6, 6], dtype=np.int32)
    assert cycle_lengths(step) == {0: 3, 1: 3, 2: 3, 4: 2, 5: 2, 6: 1}


@pytest.mark.parametrize("walk", [2, 4, 10, 34])
def test_equal_lengths(walk: int) -> None:
    """Closed walks of lengths 6 and 10 measure every even length."""
    e, x = equal_lengths([(0,) * 6, (1,) * 10], [2] * walk)
    assert length(e) == length(x) > 0
    assert set(flat(e)) <= {0, 1}
    assert flat(x)[-walk:] == (2,) * walk
    assert set(flat(x)[:-walk]) <= {0}
    assert flat(x)[:-walk].count(0) % 6 == 0


def test_closed_walks_reach_the_gcd() -> None:
    """A ring of four with a chord that makes a ring of six: gcd two."""
    step = {0: [1], 1: [2], 2: [3], 3: [0, 4], 4: [5], 5: [0]}
    found = closed_walks(0, lambda q: list(step[q]))
    assert sorted(map(len, found)) == [4, 6]
