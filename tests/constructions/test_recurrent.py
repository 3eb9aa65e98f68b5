"""Recurrent models from automata: extracted back at all lengths, with the claimed sizes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from expressivity.constructions import (
    Witness,
    householder,
    linear_rnn,
    simple_rnn,
    state_space,
)
from expressivity.constructions.householder import HouseholderNetwork, transpositions
from expressivity.constructions.state_space import StateSpace
from expressivity.extraction import extract
from expressivity.models.contracts import NAMED, fixed
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.variants import parse_variant
from languages.catalogue.word_problem import build as word_problem
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.limits import Limits
from languages.logics.prime_levels import prime_cascade
from proofs.profile import inside
from tests.constructions.languages_to_build import (
    SMALL_FIXED,
    as_dfa,
    members,
    random_star_free,
    words,
)
from tests.oracles import Syntactic, as_permutations
from tests.small_automata import SHAPES, all_minimal

FAMILIES: dict[str, Any] = {module.NAME: module for module in (
    simple_rnn, linear_rnn, householder, state_space)}
VARIANTS = {
    "simple RNN": "rnn",
    "general linear RNN": "householder-rnn,transition=general",
    "Householder RNN": "householder-rnn",
    "state-space": "negative-eigenvalue-ssm",
}
SMALL = [as_dfa(a) for n in (1, 2, 3) for a in all_minimal(n, 2)]
SOME = {"simple RNN": 8, "general linear RNN": 8, "Householder RNN": 60, "state-space": 40}


def named(dfa: DFA) -> Language:
    return Language.regular("a language", dfa, "")


def covered(name: str, step: int) -> Iterator[DFA]:
    """Every `step`-th of the small languages that the construction covers."""
    return (dfa for dfa in SMALL[::step] if FAMILIES[name].applies(named(dfa)))


def witnesses(name: str, dfa: DFA) -> tuple[Witness, Witness]:
    """The witness in fixed point, and that over the rationals."""
    in_fixed, rational = FAMILIES[name].witnesses(named(dfa), 8)
    return in_fixed, rational


def is_recognised_by(dfa: DFA, plain: dict[str, Any]) -> bool:
    """At all lengths."""
    found = extract(Model.from_plain(plain)).dfa
    return found is not None and found.same_language(dfa)


@pytest.mark.parametrize("name", FAMILIES)
def test_some_small_languages_at_all_lengths(name: str) -> None:
    for dfa in covered(name, SOME[name]):
        assert is_recognised_by(dfa, witnesses(name, dfa)[0].model)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_every_small_language_at_all_lengths(name: str) -> None:
    for dfa in covered(name, 1):
        assert is_recognised_by(dfa, witnesses(name, dfa)[0].model)


@pytest.mark.parametrize("name", FAMILIES)
def test_rational_weights_word_by_word(name: str) -> None:
    for dfa in covered(name, 300):
        model = Model.from_plain(witnesses(name, dfa)[1].model)
        for length, step in (*((n, 1) for n in range(6)), (12, 61)):
            wanted = members(dfa, length)[::step]
            assert accepts(model, words(dfa, length)[::step]).tolist() == wanted


@pytest.mark.slow
@pytest.mark.parametrize("name", FAMILIES)
def test_rational_weights_on_all_words_up_to_twelve_letters(name: str) -> None:
    for dfa in covered(name, 250):
        model = Model.from_plain(witnesses(name, dfa)[1].model)
        for length in range(13):
            assert accepts(model, words(dfa, length)).tolist() == members(dfa, length)


@pytest.mark.parametrize("name", FAMILIES)
def test_claimed_sizes_are_those_of_the_tensors(name: str) -> None:
    for dfa in covered(name, 6):
        for witness in witnesses(name, dfa):
            found = sizes(Model.from_plain(witness.model).definition)
            assert witness.resources.items() <= found.items()
            assert witness.longest is None


@pytest.mark.parametrize("name", FAMILIES)
def test_the_models_lie_in_the_variant(name: str) -> None:
    variant = parse_variant(VARIANTS[name])
    for dfa in covered(name, 60):
        (box,) = model_profile(Model.from_plain(witnesses(name, dfa)[0].model))
        assert any(inside(box, wanted) for wanted in variant.profile)


def test_star_free_languages_need_nonnegative_gates_only() -> None:
    variant = parse_variant("negative-eigenvalue-ssm,transition=nonnegative-diagonal")
    found = set()
    for dfa in covered("state-space", 20):
        (box,) = model_profile(Model.from_plain(witnesses("state-space", dfa)[0].model))
        nonnegative = any(inside(box, wanted) for wanted in variant.profile)
        letters, accept = dfa.letters, frozenset(np.nonzero(dfa.accept)[0].tolist())
        table = tuple(map(tuple, dfa.table))
        assert nonnegative == Syntactic((letters, table, dfa.start, accept)).star_free()
        found.add(nonnegative)
    assert found == {True, False}


@pytest.mark.parametrize("name", FAMILIES)
def test_everything_is_read_after_the_letter(name: str) -> None:
    for dfa in covered(name, 100):
        layers = witnesses(name, dfa)[0].model["layers"]
        recurrent = [layer for layer in layers if layer["kind"] in ("recurrence", "rnn")]
        assert recurrent
        assert all(layer["reads"] == "after" for layer in recurrent)


def test_two_groups_are_what_the_state_space_models_cover() -> None:
    for automaton in [a for n in (1, 2, 3) for a in all_minimal(n, 2)][::25]:
        syntactic = Syntactic(automaton)
        orders = {len(as_permutations(e, group)) for e, group in syntactic.groups.items()}
        two_groups = all(order & (order - 1) == 0 for order in orders)
        dfa = as_dfa(automaton)
        assert state_space.applies(named(dfa)) == two_groups
        if not two_groups:
            with pytest.raises(InputError, match="power of 2"):
                list(state_space.witnesses(named(dfa), 8))


@pytest.mark.parametrize("shape", ["uniform, 4 states, 2 letters", "uniform, 3 states, 3 letters",
                                   "clock and uniform", "permutations and resets, 3 letters"])
@pytest.mark.parametrize("name", FAMILIES)
def test_random_languages(name: str, shape: str) -> None:
    rng = random.Random(shape)
    tried = 0
    while tried < 3:
        dfa = as_dfa(SHAPES[shape](rng)).minimal()
        if dfa.states > 1 and FAMILIES[name].applies(named(dfa)):
            tried += 1
            assert is_recognised_by(dfa, witnesses(name, dfa)[0].model)


@pytest.mark.parametrize(("states", "letters"), [(4, 2), (5, 2), (4, 3)])
def test_random_star_free_languages(states: int, letters: int) -> None:
    for dfa in random_star_free(states, states, letters, 3):
        assert is_recognised_by(dfa, witnesses("state-space", dfa)[0].model)


@pytest.mark.parametrize(("group", "coordinates", "factors"), [
    ("Z2", 2, 1), ("Z3", 3, 2), ("S3", 5, 3), ("A4", 7, 4), ("Z4", 4, 3),
    pytest.param("S5", 17, 13, marks=pytest.mark.slow)])
def test_a_group_is_one_layer_of_reflections(group: str, coordinates: int, factors: int) -> None:
    """For each set of blocks as many as the most blocks less cycles of a letter.

    S3 acts on 2 and 3 blocks of states, A4 on 3 and 4, S5 on 2, 5, 5 and 5.
    """
    language = word_problem(group, Limits())
    assert language.dfa is not None
    plain = next(householder.witnesses(language, 8)).model
    assert is_recognised_by(language.dfa, plain)
    recurrence, network = plain["layers"]
    assert network["kind"] == "ffn"
    assert len(recurrence["transition"]["factors"]) == factors
    assert len(recurrence["initial"]) == coordinates


def test_a_group_that_is_not_solvable_by_reflections() -> None:
    """Tracking a point in A5 takes five coordinates and four reflections."""
    dfa = DFA.from_lists(["a", "b"], [[1, 1], [2, 2], [3, 0], [4, 3], [0, 4]], 0, [0])
    plain = next(householder.witnesses(named(dfa), 8)).model
    assert is_recognised_by(dfa, plain)
    assert len(plain["layers"][0]["transition"]["factors"]) == 4


def test_transpositions_make_every_permutation() -> None:
    for n in range(1, 6):
        for move in permutations(range(n)):
            row = list(range(n))
            swaps = transpositions(move)
            for p, q in swaps:
                row[p], row[q] = row[q], row[p]
            assert [row[y] for y in move] == list(range(n))
            seen: set[int] = set()
            cycles = 0
            for x in range(n):
                cycles += x not in seen
                while x not in seen:
                    seen.add(x)
                    x = move[x]
            assert len(swaps) == n - cycles


@pytest.mark.parametrize("contract", [SMALL_FIXED, {**SMALL_FIXED, "overflow": "infinity"},
                                      NAMED["e2m1"]])
def test_three_numbers_are_enough_for_the_networks_of_one_layer(contract: Any) -> None:
    for dfa in SMALL[::40]:
        assert is_recognised_by(dfa, simple_rnn.simple_rnn(dfa, contract))
        assert is_recognised_by(dfa, linear_rnn.linear_rnn(dfa, contract))


@pytest.mark.parametrize("contract", [
    fixed(3, 0), fixed(3, 0, overflow="saturate"), fixed(3, 0, rounding="floor"), NAMED["e2m1"]])
def test_reflections_are_exact_where_there_is_a_two(contract: Any) -> None:
    for dfa in SMALL[::160]:
        made = HouseholderNetwork(householder.cascade(dfa), dfa)
        assert is_recognised_by(dfa, made.model(contract))


@pytest.mark.parametrize("contract", [
    fixed(8, 2, rounding="floor"), fixed(8, 2, overflow="saturate"), fixed(7, 2), fixed(9, 3),
    NAMED["e4m3"]])
def test_quarters_are_enough_for_state_space_models(contract: Any) -> None:
    for dfa in covered("state-space", 160):
        made = StateSpace(prime_cascade(dfa), dfa)
        assert is_recognised_by(dfa, made.model(contract))


def test_the_rounded_states_of_a_reset_level() -> None:
    """0, 1/4, 1 and 5/4, as the construction says."""
    dfa = DFA.from_lists(["a", "b"], [[1, 0], [1, 0]], 0, [1])  # ends with a
    model = Model.from_plain(witnesses("state-space", dfa)[0].model)
    states = {4 * x for word in words(dfa, 6) for row in model.run(word).hidden[0] for x in row}
    assert states == {0, 1, 4, 5}


@pytest.mark.parametrize("name", ["Householder RNN", "state-space"])
def test_the_stream_has_the_states_before_each_letter(name: str) -> None:
    for dfa in covered(name, 250):
        model = Model.from_plain(witnesses(name, dfa)[0].model)
        cascade = (prime_cascade if name == "state-space" else householder.cascade)(dfa)
        number = {text: i for i, text in enumerate(model.definition.residual)}
        for word in words(dfa, 5)[::7]:
            final = model.run(word).residual[-1]
            states = cascade.initial
            for letter, stream in zip(word, final, strict=False):
                for k, level in enumerate(cascade.levels):
                    for x in range(level.size):
                        dimension = number.get(f"level {k + 1} before: {x}")
                        if dimension is not None:
                            assert stream[dimension] == (states[k] == x)
                states = cascade.step(states, letter)


@pytest.mark.parametrize("name", ["simple RNN", "general linear RNN", "Householder RNN"])
def test_automata_that_are_too_large_are_refused_early(name: str) -> None:
    cycle = 1009  # a prime: no smaller automata
    dfa = DFA.from_lists(["a", "b"], [[(q + 1) % cycle, q] for q in range(cycle)], 0, [0])
    with pytest.raises(LimitError, match="weights of the model"):
        next(FAMILIES[name].witnesses(named(dfa), 8))
