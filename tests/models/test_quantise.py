"""Weights rounded to a contract, and how far they moved."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from pathlib import Path

import pytest

from expressivity.models.contracts import contract_text, parse_contract_text
from expressivity.models.files import load_model, load_quantised
from expressivity.models.model import Model
from expressivity.models.quantise import Overflows, quantise
from languages.errors import InputError
from proofs.models.numbers import Contract
from tests.models.every_kind import FP64, KINDS, RATIONAL, models
from tests.models.random_models import random_model
from tests.models.test_architecture import example


@pytest.mark.parametrize(("contract", "bias"), [
    ("fixed:6.2", "1/4"), ("fixed:6.3", "1/4"), ("fixed:6.3,rounding=floor", "1/4"),
    ("fixed:7.4", "5/16"), ("float:5.2", "1/4"), ("float:5.3", "5/16"), ("rational", "5/16")])
def test_a_weight_is_rounded_as_the_contract_rounds(contract: str, bias: str) -> None:
    plain = example() | {"contract": FP64}
    del plain["layers"][0]
    plain["output"]["bias"] = "5/16"
    plain["layers"][0]["out"] = [[0, 0], [2, "1/2"]]
    found = quantise(Model.from_plain(plain), parse_contract_text(contract))
    assert found.model.contract == parse_contract_text(contract)
    assert found.model.definition.output_bias == Fraction(bias)
    assert found.change.largest == abs(Fraction(bias) - Fraction(5, 16))
    assert (found.change.where, found.change.changed) == (
        ("output.bias", 1) if bias != "5/16" else ("", 0))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept(kind: str) -> None:
    """A wide enough contract changes the contract alone; a narrow one, the numbers alone."""
    for plain in models(kind, 2, norm=kind != "norm"):
        model = Model.from_plain(plain)
        wide = quantise(model, parse_contract_text("fixed:12.5"))
        assert wide.change.changed == 0
        assert wide.model.to_plain() | {"contract": plain["contract"]} == model.to_plain()
        narrow = quantise(model, parse_contract_text("fixed:4.1"))
        assert narrow.change.changed > 0
        assert narrow.change.largest == Fraction(1, 4)
        assert wide.change.weights == narrow.change.weights > 20


def test_epsilon_is_rounded_too() -> None:
    plain = next(models("norm", 1))
    found = quantise(Model.from_plain(plain), parse_contract_text("fixed:6.2"))
    assert found.model.to_plain()["layers"][0]["epsilon"] == 0


def test_random_models_are_what_rounding_entry_by_entry_makes() -> None:
    contract = parse_contract_text("float:4.3,overflow=saturate")
    for seed in range(20):
        model = Model(random_model(seed))
        found = quantise(model, contract).model.definition
        for before, after in zip(itertools.chain(*itertools.chain(*model.definition.embedding)),
                                 itertools.chain(*itertools.chain(*found.embedding)), strict=True):
            assert after == contract.round(before)


def test_overflow_is_named() -> None:
    plain = example() | {"contract": FP64}
    plain["layers"][1]["out"][1][0] = 1000
    model = Model.from_plain(plain)
    with pytest.raises(Overflows, match=r"layers\.1\.out\[1\]\[0\]: the weight 1000 overflows, "
                       r"expected at most 31/4 in absolute value"):
        quantise(model, parse_contract_text("fixed:6.2"))
    found = quantise(model, parse_contract_text("fixed:6.2,overflow=saturate"))
    assert found.change.saturated == ("layers.1.out[1][0]",)
    assert found.change.largest == 1000 - Fraction(31, 4)
    assert found.change.summary() == {
        "weights": 42, "changed": 1, "largest_change": "3969/4", "where": "layers.1.out[1][0]",
        "saturated": ["layers.1.out[1][0]"]}
    assert str(found.change) == ("42 weights, 1 changed, the largest change 3969/4 at "
                                 "layers.1.out[1][0]; 1 saturated, first layers.1.out[1][0]")
    plain["output"]["bias"] = str(-2**125)
    with pytest.raises(Overflows, match=r"output\.bias: the weight -4\.253e37 overflows, expected "
                       "at most 65504 in"):
        quantise(Model.from_plain(plain), parse_contract_text("fp16"))


def test_softmax_needs_a_rounded_contract() -> None:
    with pytest.raises(InputError, match=r"heads\[0\]\.selection: expected a hard selection"):
        quantise(Model.from_plain(example()), Contract())


def test_exact_models_get_a_rounded_contract_and_keep_their_selections() -> None:
    plain = next(models("attention", 1, RATIONAL, selections=("uhat-left", "average-hard")))
    model = Model.from_plain(plain)
    found = quantise(model, parse_contract_text("bf16")).model
    assert contract_text(found.contract) == "bf16"
    assert [[h["selection"] for h in layer["heads"]] for layer in found.to_plain()["layers"]] == [
        [h["selection"] for h in layer["heads"]] for layer in plain["layers"]]


def test_files_may_hold_weights_that_are_not_of_their_contract(tmp_path: Path) -> None:
    plain = example()
    plain["output"]["bias"] = "1/3"
    path = tmp_path / "model.json"
    path.write_text(json.dumps(plain))
    with pytest.raises(InputError, match="quantise` rounds weights"):
        load_model(path)
    contract = parse_contract_text("fixed:5.2")
    assert load_model(path, contract).definition.output_bias == Fraction(1, 4)
    assert load_quantised(tmp_path, contract).change.where == "output.bias"
    plain["output"]["bias"] = "1.5"
    path.write_text(json.dumps(plain))
    with pytest.raises(InputError, match=r"model\.json: output\.bias: expected an integer or"):
        load_model(path, contract)
    plain["output"]["bias"] = 100
    path.write_text(json.dumps(plain))
    with pytest.raises(Overflows, match=r"model\.json: output\.bias: the weight 100 overflows"):
        load_model(path, contract)
    path.write_text("[]")
    with pytest.raises(InputError, match=r"model\.json: model: expected an object"):
        load_model(path, contract)
