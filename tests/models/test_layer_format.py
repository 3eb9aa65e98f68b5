"""Reading layers, positions and outputs of sequences: round trips, and what is refused."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from proofs.models import architecture, polynomials, positions, tensors
from proofs.models.architecture import Rejected, parse_model, plain_model
from tests.models.random_layers import TRANSITIONS
from tests.models.random_models import random_extended_model
from tests.models.test_architecture import BAD as BAD_MODELS

ISLAND = Path(architecture.__file__).parent
READS = [0, 1, 0]


def everything() -> dict[str, Any]:
    """A model with every kind of layer and transition, a table of positions and a formula."""
    recurrence = {"kind": "recurrence", "initial": [0, 1], "reads": "after",
                  "input": [READS, READS], "output": [[1, 0], [0, 1]]}
    transitions: list[dict[str, Any]] = [
        {"kind": "time-invariant", "matrix": [[0, 1], [1, 0]]},
        {"kind": "signed-diagonal", "gates": [READS, READS]},
        {"kind": "complex-diagonal", "gates": [[READS, READS]]},
        {"kind": "householder", "factors": [{"scale": READS, "direction": [READS, READS]}]},
        {"kind": "general", "rows": [[READS, READS], [READS, READS]]}]
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": "none",
        "readout": "last", "contract": {"format": "rational"}, "residual": ["x", "y"], "period": 2,
        "embedding": [[[0, 1], [1, 0]]] * 3,
        "positions": {"kind": "table", "phases": {"0": [], "3": [0, 1, 0]}},
        "formulas": [{"dimension": "y", "numerator": [[1, 1, 0]], "denominator": [["1/2", 0, 8]]}],
        "layers": [
            {"kind": "gated-ffn", "gate": [READS], "in": [READS], "out": [[1, 0], [0, 1]],
             "norm": {"matrix": [READS, READS], "epsilon": 0}},
            {"kind": "norm", "coordinates": ["y", "x"], "epsilon": "1/4"},
            {"kind": "rnn", "initial": [0], "state": [[1, 0, 1, 0]], "activation": "relu",
             "reads": "before", "output": [[1], [0]]},
            {"kind": "attention", "heads": [
                {"selection": "uhat-left", "mask": "window:3", "query": [READS], "key": [READS],
                 "value": [READS], "output": [[1], [0]]}]},
            *(recurrence | {"transition": transition} for transition in transitions)],
        "output": {"weights": [0, 1], "bias": 0},
        "sequence": {"dimensions": ["y", "x"], "values": ["yes", "no"]}}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The model with another value at a path such as "layers.0.kind"; ... deletes the field."""
    data = copy.deepcopy(everything())
    *parents, last = path.split(".")
    target: Any = data
    for key in parents:
        target = target[int(key) if isinstance(target, list) else key]
    if value is ...:
        del target[last]
    else:
        target[int(last) if isinstance(target, list) else last] = value
    return data


TRANSITION = "layers.4.transition"
BAD: list[tuple[str, Any, str, str]] = [
    # field, its value, code, path of the error
    ("layers.0.gate", [READS, READS], "wrong-length", "model.layers[0].gate"),
    ("layers.0.gate.0", [0, 1], "wrong-length", "model.layers[0].gate[0]"),
    ("layers.0.norm", None, "not-an-object", "model.layers[0].norm"),
    ("layers.0.norm.epsilon", -1, "negative-epsilon", "model.layers[0].norm.epsilon"),
    ("layers.0.norm.epsilon", 0.5, "not-a-rational", "model.layers[0].norm.epsilon"),
    ("layers.0.norm.matrix", [], "wrong-length", "model.layers[0].norm.matrix"),
    ("layers.0.norm.matrix", [READS], "wrong-length", "model.layers[0].gate[0]"),
    ("layers.0.norm.bias", 0, "unknown-key", "model.layers[0].norm"),
    ("layers.1.coordinates", [], "wrong-length", "model.layers[1].coordinates"),
    ("layers.1.coordinates", ["x", "z"], "unknown-dimension", "model.layers[1].coordinates[1]"),
    ("layers.1.coordinates", ["x", "x"], "repeated-element", "model.layers[1].coordinates"),
    ("layers.1.epsilon", "-1/4", "negative-epsilon", "model.layers[1].epsilon"),
    ("layers.1.norm", {"matrix": [READS], "epsilon": 0}, "unknown-key", "model.layers[1]"),
    ("layers.2.initial", [], "wrong-length", "model.layers[2].initial"),
    ("layers.2.state", [[1, 0, 1]], "wrong-length", "model.layers[2].state[0]"),
    ("layers.2.activation", "tanh", "unknown-value", "model.layers[2].activation"),
    ("layers.2.reads", "during", "unknown-value", "model.layers[2].reads"),
    ("layers.2.output", [[1]], "wrong-length", "model.layers[2].output"),
    ("layers.3.heads.0.mask", "window:0", "unknown-value", "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", "window:03", "unknown-value", "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", "window:", "unknown-value", "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", "window:³", "unknown-value", "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", "window:10001", "out-of-range", "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", "window:" + "9" * 5000, "out-of-range",
     "model.layers[3].heads[0].mask"),
    ("layers.3.heads.0.mask", 3, "not-a-string", "model.layers[3].heads[0].mask"),
    (f"{TRANSITION}.kind", "dense", "unknown-value", "model.layers[4].transition.kind"),
    (f"{TRANSITION}.matrix", [[0, 1]], "wrong-length", "model.layers[4].transition.matrix"),
    (f"{TRANSITION}.gates", [], "unknown-key", "model.layers[4].transition"),
    ("layers.4.input", [READS], "wrong-length", "model.layers[4].input"),
    ("layers.5.transition.gates", [READS], "wrong-length", "model.layers[5].transition.gates"),
    ("layers.6.transition.gates", [], "wrong-length", "model.layers[6].transition.gates"),
    ("layers.6", everything()["layers"][6] | {
        "initial": [0], "input": [READS], "output": [[1], [0]]}, "odd-size",
     "model.layers[6].transition.gates"),
    ("layers.7.transition.factors", [], "wrong-length", "model.layers[7].transition.factors"),
    ("layers.7.transition.factors",
     [{"scale": READS, "direction": [READS, READS]}] * 3, "wrong-length",
     "model.layers[7].transition.factors"),
    ("layers.7.transition.factors.0.scale", [0, 1], "wrong-length",
     "model.layers[7].transition.factors[0].scale"),
    ("layers.7.transition.factors.0.direction", [READS], "wrong-length",
     "model.layers[7].transition.factors[0].direction"),
    ("layers.8.transition.rows", [[READS, READS]], "wrong-length",
     "model.layers[8].transition.rows"),
    ("positions.kind", "sinusoidal", "unknown-value", "model.positions.kind"),
    ("positions.kind", "bounded", "unknown-key", "model.positions"),
    ("positions.phases", ..., "missing-key", "model.positions"),
    ("positions.phases.3", [0, 1], "wrong-length", "model.positions.phases['3']"),
    ("positions.phases.3", [0, 1, 2], "out-of-range", "model.positions.phases['3'][2]"),
    ("positions.phases", {"03": [0, 1, 0]}, "not-a-length", "model.positions.phases['03']"),
    ("positions.phases", {3: [0, 1, 0]}, "not-a-length", "model.positions.phases[3]"),
    ("positions.phases", {"-1": []}, "not-a-length", "model.positions.phases['-1']"),
    ("positions.phases", {"²": [0, 0]}, "not-a-length", "model.positions.phases['²']"),
    ("formulas", {}, "not-a-list", "model.formulas"),
    ("formulas.0.dimension", "z", "unknown-dimension", "model.formulas[0].dimension"),
    ("formulas.0.denominator", [], "zero-denominator", "model.formulas[0].denominator"),
    ("formulas.0.denominator", [[1, 9, 0]], "out-of-range",
     "model.formulas[0].denominator[0][1]"),
    ("formulas.0.numerator", [[1, 1]], "wrong-length", "model.formulas[0].numerator[0]"),
    ("formulas.0.numerator", [[1, 1, 0]] * 101, "wrong-length", "model.formulas[0].numerator"),
    ("formulas.0.numerator", [[1.5, 1, 0]], "not-a-rational",
     "model.formulas[0].numerator[0][0]"),
    ("sequence.dimensions", [], "wrong-length", "model.sequence.dimensions"),
    ("sequence.dimensions", ["x", "x"], "repeated-element", "model.sequence.dimensions"),
    ("sequence.values", ["yes"], "wrong-length", "model.sequence.values"),
    ("sequence.values", ["yes", 1], "not-a-string", "model.sequence.values[1]"),
    ("sequence.values", None, "wrong-length", "model.sequence.dimensions"),
    ("sequence", None, "not-an-object", "model.sequence"),
]


@pytest.mark.parametrize(("field", "value", "code", "path"), BAD)
def test_bad_layers_are_rejected_naming_the_field(field: str, value: Any, code: str,
                                                  path: str) -> None:
    with pytest.raises(Rejected) as error:
        parse_model(changed(field, value))
    assert (error.value.code, error.value.path) == (code, path)
    assert "expected" in error.value.message
    assert "\n" not in str(error.value)


def _large() -> polynomials.Polynomial:
    return {(("i", power),): Fraction(1) for power in range(1, 40)} | {
        (("j", power),): Fraction(1) for power in range(1, 40)}


BEYOND: list[tuple[Callable[[], object], str]] = [
    # limits on size, and polynomials in named variables
    (lambda: tensors.Tensors(parse_model(everything()).contract).vector(
        [0] * (tensors.MAX_ENTRIES + 1), "weights", tensors.MAX_ENTRIES + 1), "too-many-weights"),
    (lambda: polynomials.parse_polynomial([[1, {"k": 1}]], "x", ("i", "j")), "unknown-variable"),
    (lambda: polynomials.multiply(_large(), _large()), "too-many-terms"),
]


@pytest.mark.parametrize(("action", "code"), BEYOND)
def test_limits(action: Callable[[], object], code: str) -> None:
    with pytest.raises(Rejected) as error:
        action()
    assert error.value.code == code


def test_every_code_of_the_folder_has_a_bad_example() -> None:
    codes = set()
    for path in ISLAND.glob("*.py"):
        if path.name == "decoder.py":  # the tests of decoders have its bad examples
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                    and node.func.id == "reject"):
                assert isinstance(node.args[0], ast.Constant), (path, node.lineno)
                codes.add(node.args[0].value)
    assert len(codes) > 10
    examples = {code for _, _, code, _ in BAD_MODELS + BAD} | {code for _, code in BEYOND}
    assert codes <= examples


def test_reading_and_writing_are_inverse() -> None:
    assert plain_model(parse_model(everything())) == everything()
    for seed in range(60):
        model = parse_model(random_extended_model(random.Random(seed)))
        plain = plain_model(model)
        assert parse_model(plain) == model
        assert plain_model(parse_model(plain)) == plain


def test_what_may_be_left_out_is_left_out() -> None:
    """Old files say nothing about positions, formulas and sequences."""
    plain = everything() | {"positions": {"kind": "periodic"}, "formulas": []}
    del plain["sequence"]
    model = parse_model(plain)
    del plain["positions"], plain["formulas"]
    assert parse_model(plain) == model
    assert plain_model(model) == plain
    assert isinstance(model.positions, positions.Periodic)
    assert model.sequence is None


def test_random_pieces_are_of_all_kinds() -> None:
    """The random models of the other tests leave nothing out."""
    seen: set[Any] = set()
    for seed in range(150):
        plain = random_extended_model(random.Random(seed))
        seen |= {plain["positions"]["kind"], bool(plain["formulas"]),
                 plain["sequence"]["values"] is None}
        for layer in plain["layers"]:
            seen |= {layer["kind"], ("norm", "norm" in layer), layer.get("reads"),
                     layer.get("activation"), layer.get("transition", {}).get("kind")}
            seen |= {head[part] for head in layer.get("heads", ()) for part in ("mask",
                                                                               "selection")}
    assert seen >= {"periodic", "bounded", "table", True, False, "attention", "ffn", "gated-ffn",
                    "norm", "recurrence", "rnn", ("norm", True), ("norm", False), "after",
                    "before", "relu", "heaviside", "window:2", "past", "softmax",
                    *TRANSITIONS}
