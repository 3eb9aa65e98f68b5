"""Solvable languages at constant depth: words of all lengths, sizes, and the region of variants."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from expressivity.constructions import solvable
from expressivity.constructions.solvable import ShortcutTransformer
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.variants import parse_variant
from languages.catalogue.word_problem import build as word_problem
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.limits import Limits
from languages.logics.prime_levels import prime_cascade
from proofs.profile import inside
from tests.constructions.languages_to_build import as_dfa, members, words
from tests.small_automata import SHAPES, all_minimal

SMALL = [as_dfa(a) for n in (1, 2, 3) for a in all_minimal(n, 2)]
VARIANT = ("attention=average-hard,masking=strict-future,positions=index,markers=both,"
           "format=rational,rounding=none,arithmetic=exact,overflow=never,precision=any")


def named(dfa: DFA) -> Language:
    return Language.regular("a language", dfa, "")


@cache
def group(name: str) -> Language:
    return word_problem(name, Limits())


def model_of(dfa: DFA) -> Model:
    (witness,) = solvable.witnesses(named(dfa), 8)
    assert witness.longest is None
    model = Model.from_plain(witness.model)
    assert witness.resources.items() <= sizes(model.definition).items()
    return model


def agrees(model: Model, dfa: DFA, lengths: range) -> bool:
    return all(accepts(model, words(dfa, n)).tolist() == members(dfa, n) for n in lengths)


def samples(dfa: DFA, rng: random.Random, length: int, count: int) -> Iterator[list[int]]:
    """Random words; every second one is led to an accepting state if one of a few ends does."""
    ends = [dfa.encode(dfa.decode(word)) for n in range(6) for word in words(dfa, n)]
    for k in range(count):
        word = [rng.randrange(dfa.letters) for _ in range(length)]
        if k % 2:
            good = [end for end in ends if len(end) <= length and bool(
                dfa.accept[dfa.run(end, dfa.run(word[:length - len(end)]))])]
            if good:
                end = rng.choice(good)
                word = [*word[:length - len(end)], *end]
        yield word


def test_some_small_languages() -> None:
    for dfa in SMALL[::25]:
        assert agrees(model_of(dfa), dfa, range(8))


@pytest.mark.parametrize("table", [
    [[1, 2], [2, 0], [2, 2]],        # (ab)*
    [[1, 0], [2, 1], [0, 2]],        # the number of as modulo 3
    [[1, 1], [0, 2], [2, 0]],        # tracking a point in S3
])
def test_all_words_up_to_twelve_letters(table: list[list[int]]) -> None:
    dfa = DFA.from_lists(["a", "b"], table, 0, [0])
    assert agrees(model_of(dfa), dfa, range(13))


@pytest.mark.slow
def test_every_small_language() -> None:
    """All of them: a permutation group on three points is solvable."""
    for dfa in SMALL:
        assert agrees(model_of(dfa), dfa, range(9))


@pytest.mark.parametrize(("name", "layers"), [
    ("Z2", 1), ("Z3", 1), ("Z4", 2), ("Z6", 2), ("S3", 2), ("D4", 2), ("A4", 2), ("S4", 3)])
def test_groups_at_constant_depth(name: str, layers: int) -> None:
    """Two attention sublayers for each layer of cyclic levels."""
    dfa = group(name).dfa
    assert dfa is not None
    model = model_of(dfa)
    assert sizes(model.definition)["attention_layers"] == 2 * layers
    rng = random.Random(name)
    for length in (0, 1, 2, 5, 14, 30):
        given = np.array(list(samples(dfa, rng, length, 20)), dtype=np.int64).reshape(20, length)
        wanted = [bool(dfa.accept[dfa.run(word)]) for word in given.tolist()]
        assert accepts(model, given).tolist() == wanted
        assert any(wanted) or dfa.letters == 1 or length < 14


def test_a_group_that_is_not_solvable() -> None:
    language = group("A5")
    assert not solvable.applies(language)
    with pytest.raises(InputError, match="not solvable"):
        list(solvable.witnesses(language, 8))


@pytest.mark.parametrize("shape", ["uniform, 4 states, 2 letters", "clock and uniform",
                                   "permutations and resets, 3 letters", "one letter"])
def test_random_languages(shape: str) -> None:
    rng = random.Random(shape)
    tried = 0
    while tried < 4:
        dfa = as_dfa(SHAPES[shape](rng)).minimal()
        if dfa.states > 1 and solvable.applies(named(dfa)):
            tried += 1
            assert agrees(model_of(dfa), dfa, range(6))


def test_the_reference_evaluator_agrees() -> None:
    for dfa in SMALL[::150]:
        model = model_of(dfa)
        for n in range(4):
            assert [model.run(word).accepted for word in words(dfa, n)] == members(dfa, n)


def test_the_models_lie_in_the_region_of_exact_averages() -> None:
    """With positions that depend on j alone; aperiodic or not."""
    variant = parse_variant(VARIANT)
    for dfa in SMALL[::60]:
        (box,) = model_profile(model_of(dfa))
        assert any(inside(box, wanted) for wanted in variant.profile)


def test_the_stream_has_the_states_before_each_letter() -> None:
    for dfa in SMALL[::120]:
        model = model_of(dfa)
        cascade = prime_cascade(dfa)
        number = {text: i for i, text in enumerate(model.definition.residual)}
        for word in words(dfa, 6)[::9]:
            final = model.run(word).residual[-1]
            states = cascade.initial
            for letter, stream in zip((*word, None), final[1:], strict=True):
                for k, level in enumerate(cascade.levels):
                    assert [stream[number[f"level {k + 1} before: {x}"]]
                            for x in range(level.size)] == [states[k] == x
                                                            for x in range(level.size)]
                if letter is not None:
                    states = cascade.step(states, letter)


def test_numbers_grow_polynomially() -> None:
    """O(log n) bits: no numerator or denominator beyond a fixed power of the length."""
    dfa = group("S3").dfa
    assert dfa is not None
    model = Model.from_plain(ShortcutTransformer(prime_cascade(dfa), dfa).model())
    rng = random.Random(3)
    for length in (5, 20, 60):
        trace = model.run([rng.randrange(dfa.letters) for _ in range(length)])
        numbers = [x for layer in trace.residual for state in layer for x in state]
        numbers += [x for heads in trace.heads for head in heads for row in head.scores
                    for x in row if x is not None]
        largest = max(max(abs(x.numerator), x.denominator) for x in numbers
                      if not isinstance(x, float))
        assert length**2 <= largest <= 4 * (length + 2)**3
