"""Cascades of permutations and resets: they simulate the automaton, and the check can say no."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from languages.catalogue.word_problem import build as word_problem
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.limits import Limits
from languages.logics.decision_rules import decision_rules
from languages.logics.krohn_rhodes import (
    Cascade,
    fault,
    is_constant,
    is_permutation,
    permutation_reset_cascade,
    shift,
)
from languages.logics.prime_levels import prime_cascade
from languages.logics.quotients import is_permutation_automaton, product_cascade
from tests.constructions.languages_to_build import as_dfa, words
from tests.oracles import Syntactic
from tests.small_automata import SHAPES, all_minimal

SMALL = [a for n in (1, 2, 3) for a in all_minimal(n, 2)]
MAKERS: list[Callable[[DFA], Cascade]] = [permutation_reset_cascade, prime_cascade]


def group(name: str) -> DFA:
    dfa = word_problem(name, Limits()).dfa
    assert dfa is not None
    return dfa


@pytest.mark.parametrize("make", MAKERS)
def test_small_automata_are_simulated_at_all_lengths(make: Callable[[DFA], Cascade]) -> None:
    for automaton in SMALL:
        dfa = as_dfa(automaton)
        assert fault(make(dfa), dfa) is None


@pytest.mark.parametrize("make", MAKERS)
def test_small_automata_are_simulated_word_by_word(make: Callable[[DFA], Cascade]) -> None:
    """Without the check: step by step from the data."""
    for automaton in SMALL[::40]:
        dfa = as_dfa(automaton)
        cascade = make(dfa)
        for length in range(8):
            for word in words(dfa, length):
                states = cascade.initial
                for letter in word:
                    states = cascade.step(states, letter)
                assert cascade.state[states] == dfa.run(word)


@pytest.mark.parametrize("shape", SHAPES)
def test_random_automata(shape: str) -> None:
    rng = random.Random(shape)
    for _ in range(8):
        automaton = SHAPES[shape](rng)
        dfa = as_dfa(automaton)
        assert fault(permutation_reset_cascade(dfa), dfa) is None
        try:
            cascade = prime_cascade(dfa)
        except InputError as error:
            assert not isinstance(error, LimitError)
            assert not Syntactic(automaton).solvable()
        else:
            assert fault(cascade, dfa) is None


def test_aperiodic_automata_need_no_permutations() -> None:
    for automaton in SMALL:
        if Syntactic(automaton).star_free():
            for level in permutation_reset_cascade(as_dfa(automaton)).levels:
                assert all(is_constant(move) for move in level.maps())


def test_prime_levels_are_cyclic_of_prime_order_or_of_resets() -> None:
    for automaton in SMALL[::5]:
        for level in prime_cascade(as_dfa(automaton)).levels:
            resets = all(is_constant(move) for move in level.maps())
            cyclic = level.size in (2, 3) and all(shift(move) is not None for move in level.maps())
            assert resets or cyclic


@pytest.mark.parametrize(("name", "sizes"), [
    ("Z2", [2]), ("Z3", [3]), ("Z4", [2, 2]), ("S3", [2, 3]), ("A4", [3, 2, 2]),
    ("S4", [2, 3, 2, 2])])
def test_groups_become_their_composition_series(name: str, sizes: list[int]) -> None:
    dfa = group(name)
    whole = permutation_reset_cascade(dfa)
    (level,) = whole.levels
    assert level.size == dfa.states
    assert all(is_permutation(move) for move in level.maps())
    cascade = prime_cascade(dfa)
    assert [level.size for level in cascade.levels] == sizes
    assert fault(cascade, dfa) is None


def test_a_group_that_is_not_solvable() -> None:
    dfa = group("A5")
    assert fault(permutation_reset_cascade(dfa), dfa) is None
    with pytest.raises(InputError, match="not solvable"):
        prime_cascade(dfa)


@pytest.mark.parametrize(("name", "sizes"), [
    ("Z4", [4]), ("Z6", [2, 3]), ("D4", [8]), ("A4", [3, 4]), ("S4", [2, 3, 4]), ("A5", [5, 5, 5]),
    ("S5", [2, 5, 5, 5])])
def test_groups_as_products_of_permutation_automata(name: str, sizes: list[int]) -> None:
    dfa = group(name)
    cascade = product_cascade(dfa)
    assert [level.size for level in cascade.levels] == sizes
    assert all(is_permutation(move) for level in cascade.levels for move in level.maps())
    assert all(len(set(table.values())) == 1 for level in cascade.levels for table in level.moves)
    assert fault(cascade, dfa) is None


def test_products_of_small_permutation_automata() -> None:
    found = 0
    for automaton in SMALL:
        dfa = as_dfa(automaton)
        if is_permutation_automaton(dfa):
            found += 1
            assert fault(product_cascade(dfa), dfa) is None
    assert found > 20


def test_limits() -> None:
    dfa = group("S4")
    with pytest.raises(LimitError, match="max_states"):
        prime_cascade(dfa, max_states=23)
    alternating = DFA.from_lists(["a", "b"], [[1, 2], [2, 0], [2, 2]], 0, [0])
    with pytest.raises(LimitError, match="max_sets"):  # three single states, all three, two pairs
        permutation_reset_cascade(alternating, max_sets=5)
    with pytest.raises(LimitError, match="max_work"):
        prime_cascade(dfa, max_work=10)


def test_the_check_finds_faults() -> None:
    """Each change to a good cascade is noticed."""
    dfa = group("S3")
    good = prime_cascade(dfa)
    upper, lower = good.levels
    moves = tuple(dict(table) for table in lower.moves)
    above = next(iter(moves[0]))

    def with_lower(**changes: Any) -> Cascade:
        return replace(good, levels=(upper, replace(lower, **changes)))

    def changed(move: tuple[int, ...] | None) -> Cascade:
        first = {**moves[0], above: move}
        if move is None:
            del first[above]
        return with_lower(moves=(first, *moves[1:]))  # type: ignore[arg-type]

    old = moves[0][above]
    states = dict(good.state)
    p, q = list(states)[:2]
    states[p], states[q] = states[q], states[p]
    bad = {
        "is no map": changed((*old[:2], 3)),
        "neither": changed((0, 0, 1)),
        "no move": changed(None),
        "the automaton is in": changed((old[1], old[2], old[0])),
        "not in": replace(good, state=states),
        "states": with_lower(initial=1),
    }
    assert fault(good, dfa) is None
    for reason, cascade in bad.items():
        found = fault(cascade, dfa)
        assert found is not None
        assert reason in found


def test_decision_rules_cover_each_entry_once() -> None:
    for automaton in SMALL[::25]:
        for make in MAKERS:
            cascade = make(as_dfa(automaton))
            tables = [{(a, *above): move for a, table in enumerate(level.moves)
                       for above, move in table.items()} for level in cascade.levels]
            for table in (*tables, cascade.state):
                rules = decision_rules(table)  # type: ignore[type-var,arg-type]
                assert len(rules) <= len(table)
                for arguments, result in table.items():
                    covering = [rule.result for rule in rules if rule.covers(arguments)]
                    assert covering == [result]


def test_decision_rules_share_branches() -> None:
    table = {(a, x): "far" if x else "near" for a in range(5) for x in range(5)}
    assert {rule.result: rule.when for rule in decision_rules(table)} == {
        "near": {1: {0}}, "far": {1: {1, 2, 3, 4}}}
