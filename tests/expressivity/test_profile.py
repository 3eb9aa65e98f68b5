"""The profile of every kind of model, and models that no profile describes."""

from __future__ import annotations

from typing import Any

import pytest

from expressivity.models.model import Model
from expressivity.models.profile import depth, model_profile
from expressivity.variants import parse_variant
from languages.errors import InputError
from proofs.profile import inside

FIXED = {"format": "fixed", "bits": 6, "fraction": 1, "rounding": "nearest",
         "overflow": "saturate", "arithmetic": "left-to-right", "softmax": "max-subtracted"}
FFN = {"kind": "ffn", "in": [[1, 0, 0]], "out": [[0, 0], [1, 0]]}
GATED = FFN | {"kind": "gated-ffn", "gate": [[1, 0, 0]]}
ATTENTION = {"kind": "attention", "heads": [{
    "selection": "uhat-left", "mask": "strict-future", "query": [[0, 0, 1]], "key": [[1, 0, 0]],
    "value": [[1, 0, 0]], "output": [[0], [1]]}]}
RNN = {"kind": "rnn", "initial": [0, 0, 0], "state": [[0, 0, 0, 1, 0, 0]] * 3,
       "activation": "relu", "reads": "after", "output": [[0, 0, 0], [1, 0, 0]]}
EVERYTHING = {"kind": "norm", "coordinates": ["y", "x"], "epsilon": 1}
X, Y = ({"kind": "norm", "coordinates": [name], "epsilon": 1} for name in "xy")
IDENTITY = {"matrix": [[1, 0, 0], [0, 1, 0]], "epsilon": 0}

TRANSITIONS: dict[str, dict[str, Any]] = {
    "time-invariant": {"matrix": [[1, 0], [0, 1]]},
    "nonnegative-diagonal": {"gates": [[1, 0, 0]] * 2},
    "signed-diagonal": {"gates": [[1, 0, 0]] * 2},
    "complex-diagonal": {"gates": [[[1, 0, 0]] * 2]},
    "householder": {"factors": [{"scale": [0, 0, 2], "direction": [[1, 0, 0]] * 2}]},
    "general": {"rows": [[[1, 0, 0]] * 2] * 2}}


def recurrence(kind: str) -> dict[str, Any]:
    return {"kind": "recurrence", "initial": [0, 0], "input": [[1, 0, 0]] * 2, "reads": "after",
            "output": [[0, 0], [1, 0]], "transition": {"kind": kind, **TRANSITIONS[kind]}}


def model(*layers: dict[str, Any], **fields: Any) -> Model:
    return Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
        "readout": "eos", "contract": FIXED, "residual": ["x", "y"], "period": 1,
        "embedding": [[[1, 0]] * fields.get("period", 1)] * 4, "layers": list(layers),
        "output": {"weights": [0, 1], "bias": 0}} | fields)


def axes(*layers: dict[str, Any], **fields: Any) -> dict[str, str]:
    (box,) = model_profile(model(*layers, **fields))
    return box.to_plain()


def describes(found: dict[str, str], **expected: str) -> bool:
    named = {name.replace("_", "-"): value for name, value in expected.items()}
    assert {name: found[name] for name in named} == named
    return True


@pytest.mark.parametrize(("kinds", "family"), [
    (["time-invariant"], "ssm"), (["nonnegative-diagonal"], "ssm"), (["signed-diagonal"], "ssm"),
    (["complex-diagonal"], "ssm"), (["householder"], "linear-rnn"), (["general"], "linear-rnn"),
    (["nonnegative-diagonal", "time-invariant"], "ssm"),
    (["householder", "signed-diagonal"], "linear-rnn")])
def test_families_of_linear_recurrences(kinds: list[str], family: str) -> None:
    found = axes(*(recurrence(kind) for kind in kinds), FFN)
    assert describes(found, family=family, transition=" ".join(kinds), attention="", masking="",
                     heads="0", depth=str(len(kinds)), width="2", ffn="relu", norm="none",
                     arithmetic="left-to-right")


def test_the_family_of_networks_with_feedback() -> None:
    assert describes(axes(RNN, GATED, RNN), family="rnn", transition="nonlinear", depth="2",
                     width="3", ffn="arbitrary")


def test_recurrent_models_lie_in_their_variants() -> None:
    for kind, variant in (("signed-diagonal", "negative-eigenvalue-ssm"),
                          ("householder", "householder-rnn")):
        (box,) = model_profile(model(recurrence(kind)))
        (wanted,) = parse_variant(variant).profile
        assert inside(box, wanted)
    (box,) = model_profile(model(RNN))
    assert inside(box, parse_variant("rnn").profile[0])
    assert not inside(box, parse_variant("householder-rnn").profile[0])


def test_without_attention_sums_are_rounded_from_left_to_right() -> None:
    for arithmetic in ("exact-sums", "exact-attention"):
        contract = FIXED | {"arithmetic": arithmetic, "division": "quotient"}
        assert describes(axes(RNN, contract=contract), arithmetic="left-to-right",
                         division="weights")
        averaging = {**ATTENTION, "heads": [ATTENTION["heads"][0] | {"selection": "softmax"}]}
        assert describes(axes(averaging, contract=contract), arithmetic=arithmetic)


@pytest.mark.parametrize("layers", [[ATTENTION, RNN], [recurrence("general"), ATTENTION],
                                    [RNN, recurrence("time-invariant")]])
def test_mixtures_belong_to_no_family(layers: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError, match="no value of the axis family"):
        axes(*layers)


def test_windows_and_gates() -> None:
    heads = [ATTENTION["heads"][0] | {"mask": mask}
             for mask in ("window:2", "window:5", "strict-future")]
    found = axes({**ATTENTION, "heads": heads}, GATED)
    assert describes(found, masking="strict-future window", heads="3", ffn="arbitrary", depth="1")


@pytest.mark.parametrize(("layers", "value", "epsilon"), [
    ([ATTENTION, FFN], "none", "zero"),
    ([ATTENTION | {"norm": IDENTITY}, FFN | {"norm": IDENTITY}], "pre", "zero"),
    ([RNN | {"norm": {"matrix": [[0, 1, 0], [1, 0, 0]], "epsilon": 1}}], "masked-pre", "positive"),
    ([FFN | {"norm": {"matrix": [[0, 0, 0], [0, 1, 0]], "epsilon": 1}}], "masked-pre", "positive"),
    ([FFN | {"norm": {"matrix": [[0, 1, 0], [0, 0, 0]], "epsilon": 1}}], "projected-pre",
     "positive"),
    ([FFN | {"norm": {"matrix": [[1, 0, 0], [-1, 0, 0]], "epsilon": 0}}], "projected-pre", "zero"),
    ([FFN | {"norm": {"matrix": [[1, 0, 0], [0, 1, 1]], "epsilon": 0}}], "projected-pre", "zero"),
    ([FFN | {"norm": {"matrix": [[1, 0, 0], [1, 0, 0]], "epsilon": 0}}], "projected-pre", "zero"),
    ([ATTENTION | {"norm": IDENTITY},
      FFN | {"norm": {"matrix": [[0, 1, 0], [1, 0, 0]], "epsilon": 0}}], "masked-pre", "zero"),
    ([ATTENTION, EVERYTHING, FFN, EVERYTHING], "post", "positive"),
    ([ATTENTION, X, Y, FFN, EVERYTHING], "block-wise", "positive"),
    ([ATTENTION, X], "block-wise", "positive")])
def test_norms(layers: list[dict[str, Any]], value: str, epsilon: str) -> None:
    assert describes(axes(*layers), norm=value, norm_epsilon=epsilon)


@pytest.mark.parametrize(("layers", "reason"), [
    ([ATTENTION | {"norm": IDENTITY}, FFN], "not before sublayer 2"),
    ([ATTENTION | {"norm": IDENTITY}, EVERYTHING], "as well as norm sublayers"),
    ([EVERYTHING], "before all other sublayers"),
    ([EVERYTHING, FFN, EVERYTHING], "before all other sublayers"),
    ([ATTENTION, FFN, EVERYTHING], "not after sublayer 1"),
    ([ATTENTION, EVERYTHING, FFN], "not after sublayer 3"),
    ([ATTENTION, EVERYTHING, X], "a coordinate twice"),
    ([ATTENTION | {"norm": IDENTITY}, FFN | {"norm": IDENTITY | {"epsilon": 1}}],
     "the axis norm-epsilon")])
def test_norms_that_no_value_describes(layers: list[dict[str, Any]], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        axes(*layers)


def formula(numerator: list[list[int]], denominator: list[list[int]]) -> dict[str, Any]:
    return {"formulas": [{"dimension": "x", "numerator": numerator, "denominator": denominator}],
            "contract": {"format": "rational"}}


ONE, INDEX, N = [1, 0, 0], [1, 1, 0], [1, 0, 1]


@pytest.mark.parametrize(("fields", "value"), [
    ({}, "none"), ({"period": 2}, "periodic"),
    (formula([ONE], [[3, 0, 0]]), "none"),
    (formula([], [N]), "none"),
    (formula([INDEX, ONE], [[2, 1, 0], [2, 0, 0]]), "none"),
    (formula([ONE], [INDEX, ONE]), "index"),
    (formula([[1, 1, 1]], [N]), "index"),
    (formula([INDEX], [N]), "length-dependent"),
    (formula([ONE], [N]), "length-dependent"),
    (formula([INDEX], [ONE]) | {"period": 2}, "index"),
    (formula([INDEX], [N]) | {"contract": FIXED}, "finite-image"),
    (formula([INDEX], [ONE]) | {"contract": FIXED}, "finite-image"),
    (formula([ONE], [ONE]) | {"contract": FIXED, "period": 3}, "periodic")])
def test_positions(fields: dict[str, Any], value: str) -> None:
    assert describes(axes(ATTENTION, **fields), positions=value, uniformity="full")


@pytest.mark.parametrize("positions", [
    {"kind": "bounded"}, {"kind": "table", "phases": {"2": [0, 1]}}])
def test_models_for_finitely_many_lengths_have_no_profile(positions: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="a model for finitely many lengths"):
        axes(ATTENTION, positions=positions, period=2)


def test_depth_counts_blocks_of_every_kind() -> None:
    counted = [([ATTENTION, EVERYTHING, FFN, EVERYTHING], 1), ([RNN, GATED], 1), ([RNN, RNN], 2),
               ([GATED, FFN], 2), ([recurrence("general"), FFN, FFN], 2), ([EVERYTHING], 1)]
    for layers, blocks in counted:
        assert depth(model(*layers)) == blocks
