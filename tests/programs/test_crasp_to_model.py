"""C-RASP as weights: the model's answers, its exact size, and where its numbers matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expressivity.models.contracts import MIXED_8, RATIONAL
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.models.sizes import sizes
from expressivity.programs import crasp_diagrams, crasp_plan
from expressivity.programs import crasp_to_model as compiler
from expressivity.programs.crasp import Program
from expressivity.programs.crasp_readout import read_at_last
from expressivity.programs.crasp_text import parse_crasp
from expressivity.programs.crasp_to_model import (
    Resources,
    crasp_to_model,
    mixed_precision,
    resources,
)
from expressivity.variants import parse_variant
from languages.errors import InputError, LimitError
from proofs.models import reference
from proofs.models.layers import Attention
from proofs.profile import inside
from tests.programs.crasp_programs import programs, words

MAJORITY = 'alphabet "a" "b" readout last p := #["a"] > #["b"] output p'
CONTRACTS = st.sampled_from([None, RATIONAL])


def computes(model: Model, program: Program, lengths: range) -> bool:
    """On all words of these lengths, by the fast evaluator."""
    letters = len(program.alphabet)
    return all(
        accepts(model, words(letters, n)).tolist() == program.accepted(words(letters, n)).tolist()
        for n in lengths)


@settings(max_examples=60, deadline=None)
@given(programs(), CONTRACTS)
def test_weights_compute_what_the_program_says(program: Program,
                                               contract: Mapping[str, Any] | None) -> None:
    """By the definition of models on short words, by the fast evaluator on longer ones."""
    model = Model.from_plain(crasp_to_model(program, contract))
    for n in range(5):
        got = [reference.accepts(model.definition, word) for word in words(2, n)]
        assert got == program.accepted(words(2, n)).tolist()
    assert computes(model, program, range(5, 8))


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(programs(), CONTRACTS)
def test_weights_compute_what_the_program_says_on_longer_words(
        program: Program, contract: Mapping[str, Any] | None) -> None:
    model = Model.from_plain(crasp_to_model(program, contract))
    for n in range(8):
        got = [reference.accepts(model.definition, word) for word in words(2, n)]
        assert got == program.accepted(words(2, n)).tolist()
    assert computes(model, program, range(8, 11))


@settings(max_examples=60, deadline=None)
@given(programs("abc"), CONTRACTS)
def test_three_letters(program: Program, contract: Mapping[str, Any] | None) -> None:
    assert computes(Model.from_plain(crasp_to_model(program, contract)), program, range(5))


def measured(plain: dict[str, Any]) -> Resources:
    """The resources, counted from the tensors."""
    attention = [layer["heads"] for layer in plain["layers"] if layer["kind"] == "attention"]
    networks = [layer for layer in plain["layers"] if layer["kind"] == "ffn"]
    arrays = [plain["embedding"], plain["output"]["weights"], plain["output"]["bias"]]
    arrays += [head[name] for heads in attention for head in heads
               for name in ("query", "key", "value", "output")]
    arrays += [network[name] for network in networks for name in ("in", "out")]

    def entries(x: object) -> int:
        return sum(map(entries, x)) if isinstance(x, list) else 1

    return Resources(len(attention), len(networks), max(map(len, attention), default=0),
                     max((len(network["in"]) for network in networks), default=0),
                     len(plain["residual"]), sum(map(entries, arrays)))


@settings(max_examples=60, deadline=None)
@given(programs(), st.booleans())
def test_resources_are_those_of_the_tensors(program: Program, rational: bool) -> None:
    """And one block of attention and network for each level of counts, at most; two over Q."""
    plain = crasp_to_model(program, RATIONAL if rational else None)
    counts = resources(program, rational=rational)
    assert measured(plain) == counts
    found = sizes(Model.from_plain(plain).definition)
    assert found["layers"] == max(1, counts.attention_layers)
    assert counts.attention_layers <= program.depth * (1 + rational)


@settings(max_examples=30, deadline=None)
@given(programs())
def test_models_read_at_the_last_letter_are_of_mixed_precision(program: Program) -> None:
    model = Model.from_plain(crasp_to_model(read_at_last(program)))
    if not any(isinstance(layer, Attention) for layer in model.definition.layers):
        return  # a program that counts nothing: no attention that could be of this kind
    (box,), (variant,) = model_profile(model), parse_variant("mixed-precision").profile
    assert inside(box, variant)


@settings(max_examples=40, deadline=None)
@given(programs(), st.integers(0, 3), st.integers(0, 3), st.sampled_from(["saturate", "infinity"]),
       st.sampled_from(["max-subtracted", "plain", "uniform-if-zero"]))
def test_larger_formats_do_as_well(program: Program, fraction: int, bits: int, overflow: str,
                                   softmax: str) -> None:
    least = mixed_precision(program)
    finer = {**least, "fraction": least["fraction"] + fraction,
             "bits": least["bits"] + 2 * fraction + bits, "overflow": overflow, "softmax": softmax}
    assert computes(Model.from_plain(crasp_to_model(program, finer)), program, range(6))


def test_the_format_of_majority() -> None:
    """Values up to 1 in steps of 1/2 need one bit behind the point; weights up to 2, two before.
    """
    program = parse_crasp(MAJORITY)
    contract = mixed_precision(program)
    assert (contract["bits"], contract["fraction"]) == (4, 1)
    assert resources(program) == Resources(attention_layers=1, ffn_layers=0, heads=1, hidden=0,
                                           width=4, weights=4 * 4 + 5 + 3 * 5 + 4)
    assert computes(Model.from_plain(crasp_to_model(program, MIXED_8)), program, range(8))


def test_signs_of_small_averages_survive_only_when_rounded_down() -> None:
    """A tie of a's and b's, between two words of one letter more: the averages are +-1 / 102."""
    program = parse_crasp(MAJORITY)
    model = Model.from_plain(crasp_to_model(program))
    tie = [0, 1] * 50
    assert [accepts(model, [w]).tolist() for w in (tie, [*tie, 0], [*tie, 1])] == [
        [False], [True], [False]]
    plain = crasp_to_model(program)
    plain["contract"]["rounding"] = "nearest"
    nearest = Model.from_plain(plain)
    assert accepts(nearest, [tie]).tolist() == [True]


def test_a_test_of_no_count_needs_no_attention() -> None:
    text = 'alphabet "a" "b" readout last p := #[false] < 1 and ("a" or #["b"] >= 0) output p'
    assert parse_crasp(text).depth == 1
    assert resources(parse_crasp(text)).attention_layers == 0
    model = Model.from_plain(crasp_to_model(parse_crasp(text)))
    assert model.definition.layers == ()
    assert computes(model, parse_crasp(text), range(5))


def test_the_same_count_in_other_words_is_one_test() -> None:
    text = ('alphabet "a" "b" readout last '
            'p := #["a"] - #["b"] > 0 or 2 #[not not "b"] - 2 #["a"] <= -1 output p')
    assert resources(parse_crasp(text)).width == 2 + 1 + 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "float"}, "format 'float', expected 'fixed', or the format 'rational'"),
        ({"rounding": "nearest"}, "rounding 'nearest', expected 'floor'"),
        ({"arithmetic": "left-to-right"}, "arithmetic 'left-to-right', expected 'exact-attention'"),
        ({"fraction": 0}, "fraction 0, expected at least 1"),
        ({"bits": 3}, "3 bits, expected at least 4"),
        ({"bits": "8"}, "bits '8', expected at least 2"),
    ],
)
def test_other_contracts_are_refused(change: dict[str, object], message: str) -> None:
    program = parse_crasp(MAJORITY)
    with pytest.raises(InputError, match=message):
        crasp_to_model(program, {**mixed_precision(program), **change})


def test_models_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    huge = parse_crasp(f'alphabet "a" readout last p := #["a"] >= 1{"0" * 20} output p')
    with pytest.raises(LimitError, match="bits of a number: 1"):
        crasp_to_model(huge)
    assert computes(Model.from_plain(crasp_to_model(huge, RATIONAL)), huge, range(3))
    program = parse_crasp('alphabet "a" "b" readout last p := #["a"] = #["b"] and "a" or '
                          '#["a"] = 2 and "b" output p')
    for module, name, message in ((compiler, "MAX_ENTRIES", "weights of the model"),
                                  (crasp_plan, "MAX_CASES", "cases of a Boolean combination"),
                                  (crasp_diagrams, "MAX_NODES", "nodes of decision diagrams")):
        with monkeypatch.context() as limits:
            limits.setattr(module, name, 2)
            with pytest.raises(LimitError, match=message):
                crasp_to_model(program)
