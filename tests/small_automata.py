"""Automata to try deciders on: all the small ones, and seeded random ones of known shapes.

Plain tuples as in `tests.oracles`; not minimised unless a function says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product as tuples

from tests.oracles import (
    Automaton,
    Element,
    Word,
    explored,
    minimal,
    reversal,
    trimmed,
    words,
)


def subsets(states: int) -> Iterator[frozenset[int]]:
    """All sets of states."""
    for chosen in tuples((False, True), repeat=states):
        yield frozenset(q for q in range(states) if chosen[q])


def all_tables(states: int, letters: int) -> Iterator[tuple[Word, ...]]:
    """Every transition table."""
    return tuples(list(words(states, letters)), repeat=states)


def all_automata(states: int, letters: int) -> Iterator[Automaton]:
    """Every complete automaton on these states with start 0; most are not minimal."""
    for table in all_tables(states, letters):
        for accept in subsets(states):
            yield letters, table, 0, accept


def all_minimal(states: int, letters: int) -> Iterator[Automaton]:
    """Every minimal automaton with exactly this number of states, once, in canonical numbering."""
    for table in all_tables(states, letters):
        if trimmed((letters, table, 0, frozenset()))[1] == table:
            for accept in subsets(states):
                if minimal((letters, table, 0, accept))[1] == table:
                    yield letters, table, 0, accept


def one_letter(tail: int, cycle: int, accept: frozenset[int]) -> Automaton:
    """States 0, 1, ..., tail + cycle - 1 in a row; the last one goes back to `tail`."""
    states = tail + cycle
    return 1, tuple((q + 1 if q + 1 < states else tail,) for q in range(states)), 0, accept


def all_one_letter(states: int) -> Iterator[Automaton]:
    """Every minimal automaton over one letter with at most this number of states, once."""
    for cycle in range(1, states + 1):
        for tail in range(states - cycle + 1):
            for accept in subsets(tail + cycle):
                candidate = one_letter(tail, cycle, accept)
                if minimal(candidate) == candidate:
                    yield candidate


def random_accept(rng: random.Random, states: int) -> frozenset[int]:
    """Each state with probability one half."""
    return frozenset(q for q in range(states) if rng.random() < 0.5)


def random_automaton(rng: random.Random, states: int, letters: int) -> Automaton:
    """Uniform transitions."""
    table = tuple(tuple(rng.randrange(states) for _ in range(letters)) for _ in range(states))
    return letters, table, 0, random_accept(rng, states)


def random_partially_ordered(rng: random.Random, states: int, letters: int) -> Automaton:
    """Transitions that never lead to a smaller state: R-trivial; its reversal is L-trivial."""
    table = tuple(
        tuple(rng.randrange(q, states) for _ in range(letters)) for q in range(states)
    )
    return letters, table, 0, random_accept(rng, states)


def random_permutations_with_resets(rng: random.Random, states: int, letters: int) -> Automaton:
    """Each letter permutes the states, or (one in four) sends them all to one state."""
    maps = []
    for _ in range(letters):
        permutation = list(range(states))
        rng.shuffle(permutation)
        maps.append([rng.randrange(states)] * states if rng.random() < 0.25 else permutation)
    return letters, tuple(zip(*maps, strict=True)), 0, random_accept(rng, states)


def random_subword_automaton(rng: random.Random, letters: int, length: int) -> Automaton:
    """A random union of classes of Simon's congruence: piecewise testable, of height `length`.

    A class is the set of subwords of length <= `length`.
    """

    def extend(subwords: frozenset[Word], a: int) -> frozenset[Word]:
        return subwords | {(*w, a) for w in subwords if len(w) < length}

    return explored(letters, frozenset({()}), extend, lambda _: rng.random() < 0.5)


def random_window_automaton(rng: random.Random, letters: int, period: int) -> Automaton:
    """A random function of the first letter, the last one, and the length mod `period`: in NC0."""

    def step(state: tuple[int, int, int], a: int) -> tuple[int, int, int]:
        first, _, phase = state
        return (a if first < 0 else first), a, (phase + 1) % period

    return explored(letters, (-1, -1, 0), step, lambda _: rng.random() < 0.5)


def with_clock(rng: random.Random, automaton: Automaton, period: int) -> Automaton:
    """The automaton together with the length mod `period`, and other accepting states."""
    letters, delta, start, _ = automaton
    table = tuple(
        tuple(r * period + (i + 1) % period for r in row) for row in delta for i in range(period)
    )
    return letters, table, start * period, random_accept(rng, len(table))


def tracking(generators: list[Element], accept: set[int]) -> Automaton:
    """Where does point 0 go? Each letter acts as one of the generators."""
    return len(generators), tuple(zip(*generators, strict=True)), 0, frozenset(accept)


def random_one_letter(rng: random.Random) -> Automaton:
    """A tail of at most 5 states and a cycle of at most 12."""
    tail, cycle = rng.randrange(6), rng.randint(1, 12)
    return one_letter(tail, cycle, random_accept(rng, tail + cycle))


SHAPES: dict[str, Callable[[random.Random], Automaton]] = {
    "uniform, 4 states, 2 letters": lambda rng: random_automaton(rng, 4, 2),
    "uniform, 5 states, 2 letters": lambda rng: random_automaton(rng, 5, 2),
    "uniform, 3 states, 3 letters": lambda rng: random_automaton(rng, 3, 3),
    "uniform, 4 states, 3 letters": lambda rng: random_automaton(rng, 4, 3),
    "one letter": random_one_letter,
    "permutations and resets, 2 letters": lambda rng: random_permutations_with_resets(
        rng, rng.randint(3, 5), 2
    ),
    "permutations and resets, 3 letters": lambda rng: random_permutations_with_resets(
        rng, rng.randint(3, 5), 3
    ),
    "partially ordered": lambda rng: random_partially_ordered(
        rng, rng.randint(3, 6), rng.randint(2, 3)
    ),
    "reversed partially ordered": lambda rng: reversal(
        random_partially_ordered(rng, rng.randint(3, 5), 2)
    ),
    "subwords": lambda rng: random_subword_automaton(rng, 2, 2),
    "windows": lambda rng: random_window_automaton(rng, 2, rng.randint(1, 3)),
    "clock and uniform": lambda rng: with_clock(rng, random_automaton(rng, 3, 2), 2),
    "clock and partially ordered": lambda rng: with_clock(
        rng, random_partially_ordered(rng, 3, 2), rng.randint(2, 3)
    ),
    "clock and permutations": lambda rng: with_clock(
        rng, random_permutations_with_resets(rng, 3, 2), rng.randint(2, 3)
    ),
}
