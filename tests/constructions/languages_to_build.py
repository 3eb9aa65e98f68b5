"""Automata for tests of constructions, as the project's DFAs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import product

from expressivity.models.contracts import fixed
from languages.dfa import DFA
from tests import small_automata
from tests.oracles import Automaton, Syntactic, TooLarge, minimal

LETTERS = "abcdef"


def as_dfa(automaton: Automaton) -> DFA:
    """The same automaton; letters are a, b, c, ..."""
    letters, delta, start, accept = automaton
    return DFA.from_lists(list(LETTERS[:letters]), delta, start, sorted(accept))


@cache
def small(r_trivial: bool = False) -> list[DFA]:
    """All minimal star-free (R-trivial) automata with at most three states over two letters."""
    return [
        as_dfa(a)
        for n in (1, 2, 3)
        for a in small_automata.all_minimal(n, 2)
        if (s := Syntactic(a)).star_free() and (s.r_trivial() or not r_trivial)
    ]


def random_monotone(rng: random.Random, states: int, letters: int) -> Automaton:
    """Order-preserving letters: a permutation that a word induces somewhere is the identity."""
    columns = [sorted(rng.randrange(states) for _ in range(states)) for _ in range(letters)]
    accept = small_automata.random_accept(rng, states)
    return letters, tuple(zip(*columns, strict=True)), rng.randrange(states), accept


def random_star_free(seed: int, states: int, letters: int, count: int) -> Iterator[DFA]:
    """Minimal star-free automata with exactly this number of states, always the same ones."""
    rng = random.Random(seed)
    while count:
        make = rng.choice([small_automata.random_automaton, random_monotone])
        automaton = minimal(make(rng, states, letters))
        try:
            if len(automaton[1]) == states and Syntactic(automaton).star_free():
                count -= 1
                yield as_dfa(automaton)
        except TooLarge:
            pass


def random_r_trivial(seed: int, states: int, letters: int, count: int) -> Iterator[DFA]:
    """Minimal partially ordered automata with exactly this number of states."""
    rng = random.Random(seed)
    while count:
        automaton = minimal(small_automata.random_partially_ordered(rng, states, letters))
        if len(automaton[1]) == states:
            count -= 1
            yield as_dfa(automaton)


def words(dfa: DFA, length: int) -> list[tuple[int, ...]]:
    """All words of this length, as letter indices."""
    return list(product(range(dfa.letters), repeat=length))


def members(dfa: DFA, length: int) -> list[bool]:
    """Which of `words(dfa, length)` are in the language?"""
    return [bool(dfa.accept[dfa.run(word)]) for word in words(dfa, length)]


def bits(answers: list[bool]) -> int:
    """Bit k for the k-th answer."""
    return sum(answer << k for k, answer in enumerate(answers))


SMALL_FIXED = fixed(2, 0, overflow="saturate")
"""The numbers -1, 0 and 1."""
