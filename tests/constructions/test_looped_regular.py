"""Regular languages by a repeated block: all short words, long ones, sizes, positions found."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from expressivity.build import NoConstruction, build
from expressivity.circuits.from_model import model_circuit
from expressivity.circuits.letters import Letters, all_words
from expressivity.circuits.membership import answers
from expressivity.constructions import looped_regular
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.variants import parse_variant
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.parse import parse_language
from proofs.models.layers import Attention
from proofs.models.reference import run
from proofs.profile import inside
from tests.constructions.languages_to_build import as_dfa, members, words
from tests.oracles import minimal
from tests.small_automata import all_minimal, random_automaton

VARIANT = "ahat-rational,loops=log(n)"
TINY = [as_dfa(a) for n in (1, 2) for a in all_minimal(n, 2)]
SMALL = [as_dfa(a) for a in all_minimal(3, 2)]


def named(dfa: DFA) -> Language:
    return Language.regular("a language", dfa, "")


def model_of(dfa: DFA) -> Model:
    (witness,) = looped_regular.witnesses(named(dfa), 8)
    assert witness.longest is None
    model = Model.from_plain(witness.model)
    assert witness.resources.items() <= sizes(model.definition).items()
    return model


def agrees(model: Model, dfa: DFA, lengths: range) -> bool:
    return all(accepts(model, words(dfa, n)).tolist() == members(dfa, n) for n in lengths)


def random_dfas(seed: int, count: int, letters: int = 2) -> list[DFA]:
    """Minimal automata with four and five states."""
    rng = random.Random(seed)
    found: list[DFA] = []
    while len(found) < count:
        automaton = minimal(random_automaton(rng, rng.choice((4, 5)), letters))
        if len(automaton[1]) > 3:
            found.append(as_dfa(automaton))
    return found


def long_words(model: Model, dfa: DFA, lengths: list[int], count: int) -> set[bool]:
    """Compare on random words; the answers that occurred."""
    rng = random.Random(dfa.states)
    seen = set()
    for n in lengths:
        given = [[rng.randrange(dfa.letters) for _ in range(n)] for _ in range(count)]
        wanted = [bool(dfa.accept[dfa.run(word)]) for word in given]
        assert accepts(model, given).tolist() == wanted
        seen |= set(wanted)
    return seen


def test_small_languages() -> None:
    for dfa in (*TINY, *SMALL[::30]):
        assert agrees(model_of(dfa), dfa, range(9))


@pytest.mark.slow
def test_every_small_language() -> None:
    for dfa in SMALL:
        assert agrees(model_of(dfa), dfa, range(10))


def test_larger_languages() -> None:
    for dfa in random_dfas(1, 6) + random_dfas(2, 2, letters=3):
        assert agrees(model_of(dfa), dfa, range(10 if dfa.letters == 2 else 7))


@pytest.mark.parametrize("name", ["parity", "word-problem:S3", "tracking:S5", "regex:(a|b)*abba"])
def test_long_words(name: str) -> None:
    dfa = parse_language(name).dfa
    assert dfa is not None
    dfa = dfa.minimal()
    lengths = [15, 16, 17, 31, 32, 33, 100]
    assert long_words(model_of(dfa), dfa, lengths, 3 if dfa.states > 2 else 10)
    if name == "parity":
        assert long_words(model_of(dfa), dfa, [63, 64, 65, 199, 200], 4) == {True, False}


@pytest.mark.slow
def test_words_of_two_hundred_letters() -> None:
    seen: set[bool] = set()
    for dfa in random_dfas(3, 10):
        seen |= long_words(model_of(dfa), dfa, [64, 127, 128, 129, 200], 3)
    assert seen == {True, False}


def test_the_definition_agrees() -> None:
    for dfa in TINY[::3]:
        model = model_of(dfa)
        for n in (0, 1, 2, 3, 5, 8, 9):
            word = random.Random(n).choices(range(2), k=n)
            assert run(model.definition, word).accepted == bool(dfa.accept[dfa.run(word)])


@pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 9, 17])
def test_each_round_looks_so_far_back_and_holds_that_product(n: int) -> None:
    """In round l the head of the block is at max(i - 2^(l-1), 0) alone; then maps are products."""
    dfa = DFA.from_lists(["a", "b"], [[1, 0], [2, 1], [0, 0]], 0, [0])
    model = model_of(dfa)
    word = random.Random(n).choices(range(2), k=n)
    trace = run(model.definition, word)
    blocks = [k for k, layer in enumerate(trace.layers)
              if isinstance(layer, Attention) and k > 0]
    assert len(blocks) == next(k for k in range(9) if 2**k >= n)
    names = {name: k for k, name in enumerate(model.definition.residual)}
    for number, k in enumerate(blocks):
        (head,) = trace.heads[k]
        reach = 2 ** (number + 1)
        for i, row in enumerate(head.weights):
            looked = [j for j, share in enumerate(row) if share]
            assert looked == [max(i - reach // 2, 0)]
            state = trace.residual[k + 2][i]
            for p in range(3):
                end = dfa.run(word[max(i - reach, 0):i], p)
                assert [state[names[f"{p} to {q}"]] for q in range(3)] == [
                    int(q == end) for q in range(3)]


def test_keys_are_concave() -> None:
    """The score c A_m + B_m of the documentation has its only maximum at m = c."""
    def a(m: int) -> Fraction:
        return Fraction(1, m) - Fraction(1, m - 1) if m > 1 else Fraction(-3, 2)

    def b(m: int) -> Fraction:
        return Fraction(3, 2 * (m - 1)) + Fraction(1, 2 * m) if m > 1 else Fraction(13, 4)

    for m in range(1, 300):
        assert a(m + 1) > a(m)
        assert b(m + 1) - b(m) == -(m + Fraction(1, 2)) * (a(m + 1) - a(m))


def test_sizes_by_the_formula() -> None:
    for dfa in (TINY[0], TINY[5], SMALL[0], *random_dfas(4, 2)):
        q = dfa.states
        model = model_of(dfa)
        counts = sizes(model.definition)
        assert (counts["layers"], counts["looped_layers"]) == (2, 1)
        assert counts["width"] == len(model.definition.residual) == 2 * q * q + 5
        assert counts["hidden"] == q**3 + 2 * q * q + 3
        assert [len(model.definition.layers)] * 2 == [4, 1 + 3 * (counts["networks"] - 1)]


def test_the_variant_that_holds_the_models() -> None:
    (box,) = model_profile(model_of(SMALL[0]))
    assert box.to_plain()["loops"] == "log(n)"
    assert box.to_plain()["positions"] == box.to_plain()["norm"] == "none"
    assert inside(box, parse_variant(VARIANT).profile[0])
    for narrower in ("ahat-rational", "ahat-rational,loops=3", "looped-log"):
        assert not any(inside(box, wanted) for wanted in parse_variant(narrower).profile)


def test_build() -> None:
    built = build(parse_language("tracking:S5"), parse_variant(VARIANT))
    assert built.construction == looped_regular.NAME
    assert built.verification.agrees
    assert built.verification.scope.startswith("length <= ")  # never all lengths
    with pytest.raises(NoConstruction, match=r"looped prefix doubling \(rational\): outside"):
        build(parse_language("tracking:S5"), parse_variant("looped-log"))


def test_what_is_not_covered() -> None:
    majority = parse_language("majority")
    assert not looped_regular.applies(majority)
    with pytest.raises(InputError, match="not given as a regular language"):
        list(looped_regular.witnesses(majority, 8))
    large = parse_language("word-problem:S5")
    assert looped_regular.applies(large)
    with pytest.raises(LimitError):
        list(looped_regular.witnesses(large, 8))


def test_the_circuit_of_a_length() -> None:
    dfa = parse_language("regex:(ab)*").dfa
    assert dfa is not None
    model = model_of(dfa.minimal())
    depths = []
    for n in (2, 4, 5):
        circuit = model_circuit(model, n, max_values=100_000)
        got = answers(circuit, Letters(model.alphabet, n, None))["accepted"]
        assert (np.asarray(got) == accepts(model, all_words(2, n))).all()
        depths.append(circuit.depth)
    assert depths[0] < depths[-1]
