"""Reading models: round trips, and one bad example for each way of refusing one."""

from __future__ import annotations

import ast
import copy
import json
import math
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from expressivity.models.files import load_model, save_model
from expressivity.models.model import Attention, FeedForward, Model
from expressivity.models.profile import depth, model_profile
from languages.errors import InputError
from proofs.models import architecture, tensors
from proofs.models.architecture import Rejected, parse_model, plain_model
from proofs.profile import box_from_mapping, inside
from tests.models.random_models import random_model

ISLAND = Path(architecture.__file__).parent


def example() -> dict[str, Any]:
    """A model with everything: a begin marker, two phases, both kinds of layer."""
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "bos",
        "readout": "last",
        "contract": {"format": "fixed", "bits": 5, "fraction": 2, "rounding": "floor",
                     "overflow": "saturate", "arithmetic": "exact-sums", "softmax": "plain",
                     "division": "weights"},
        "residual": ["letter", "seen"], "period": 2,
        "embedding": [[[1, 0], [0, "1/4"]], [[0, 0], [0, 0]], [[0, 1], [0, 1]], [[0, 0], [0, 0]]],
        "layers": [
            {"kind": "attention", "heads": [
                {"selection": "softmax", "mask": "strict-future", "query": [[0, 0, 1]],
                 "key": [[1, "-1/2", 0]], "value": [[1, 0, 0], [0, 1, 0]],
                 "output": [[1, 0], [0, 1]]}]},
            {"kind": "ffn", "in": [[1, 1, -1]], "out": [[0, 0], [2, "3/4"]]}],
        "output": {"weights": [0, 1], "bias": "-6/8"},
    }


def changed(path: str, value: Any) -> dict[str, Any]:
    """The example with another value at a path such as "layers.0.kind"; ... deletes the field."""
    data = copy.deepcopy(example())
    *parents, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    target: Any = data
    for key in parents:
        target = target[key]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return data


HEAD = "layers.0.heads.0"

BAD: list[tuple[str, Any, str, str]] = [
    # field, its value, code, path of the error
    ("format", "expressivity certificate", "unknown-value", "model.format"),
    ("version", 2, "out-of-range", "model.version"),
    ("version", True, "not-an-integer", "model.version"),
    ("alphabet", [], "wrong-length", "model.alphabet"),
    ("alphabet", ["a", "a"], "repeated-element", "model.alphabet"),
    ("alphabet", ["a", ""], "empty-name", "model.alphabet[1]"),
    ("alphabet", ["a", 1], "not-a-string", "model.alphabet[1]"),
    ("alphabet", "ab", "not-a-list", "model.alphabet"),
    ("markers", "begin", "unknown-value", "model.markers"),
    ("markers", ["bos"], "unknown-value", "model.markers"),
    ("readout", "token", "unknown-value", "model.readout"),
    ("readout", "eos", "no-end-marker", "model.markers"),
    ("contract", {"format": "rational"}, "softmax-of-rationals",
     "model.layers[0].heads[0].selection"),
    ("contract", "rational", "not-an-object", "model.contract"),
    ("contract", {}, "unknown-value", "model.contract.format"),
    ("contract", {"format": "rational", "bits": 3}, "unknown-key", "model.contract"),
    ("contract.bits", 1, "out-of-range", "model.contract.bits"),
    ("contract.bits", 10**6, "out-of-range", "model.contract.bits"),
    ("contract.bits", 5.0, "not-an-integer", "model.contract.bits"),
    ("contract.fraction", -1, "out-of-range", "model.contract.fraction"),
    ("contract.exponent", 4, "unknown-key", "model.contract"),
    ("contract.rounding", "up", "unknown-value", "model.contract.rounding"),
    ("contract.overflow", "wrap", "unknown-value", "model.contract.overflow"),
    ("contract.arithmetic", "tree", "unknown-value", "model.contract.arithmetic"),
    ("contract.softmax", ..., "missing-key", "model.contract"),
    ("contract.division", "none", "unknown-value", "model.contract.division"),
    ("residual", ["x", "x"], "repeated-element", "model.residual"),
    ("residual", ["x"], "wrong-length", "model.embedding[0][0]"),
    ("period", 0, "out-of-range", "model.period"),
    ("period", 3, "wrong-length", "model.embedding[0]"),
    ("embedding", [], "wrong-length", "model.embedding"),
    ("embedding.2.1.0", 0.5, "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", math.nan, "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", math.inf, "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", False, "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", None, "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "1.5", "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "1/-4", "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", " 1", "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "٣", "not-a-rational", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "1/0", "zero-denominator", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "9" * 2000, "too-many-digits", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", 10**1500, "too-many-digits", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", "1/8", "not-representable", "model.embedding[2][1][0]"),
    ("embedding.2.1.0", 4, "not-representable", "model.embedding[2][1][0]"),
    ("layers", {}, "not-a-list", "model.layers"),
    ("layers.0", [], "not-an-object", "model.layers[0]"),
    ("layers.0.kind", "mlp", "unknown-value", "model.layers[0].kind"),
    ("layers.0.heads", [], "wrong-length", "model.layers[0].heads"),
    ("layers.0.size", 1, "unknown-key", "model.layers[0]"),
    ("layers.1.in", [], "wrong-length", "model.layers[1].in"),
    ("layers.1.in.0", [1, 1], "wrong-length", "model.layers[1].in[0]"),
    ("layers.1.out", [[0, 0]], "wrong-length", "model.layers[1].out"),
    ("layers.1.out.1", [0, 0, 0], "wrong-length", "model.layers[1].out[1]"),
    (f"{HEAD}.selection", "hard", "unknown-value", "model.layers[0].heads[0].selection"),
    (f"{HEAD}.mask", "causal", "unknown-value", "model.layers[0].heads[0].mask"),
    (f"{HEAD}.mask", ..., "missing-key", "model.layers[0].heads[0]"),
    (f"{HEAD}.query", [], "wrong-length", "model.layers[0].heads[0].query"),
    (f"{HEAD}.key", [[1, 0, 0], [1, 0, 0]], "wrong-length", "model.layers[0].heads[0].key"),
    (f"{HEAD}.value.1", [1, 0], "wrong-length", "model.layers[0].heads[0].value[1]"),
    (f"{HEAD}.output.0", [1], "wrong-length", "model.layers[0].heads[0].output[0]"),
    ("output", [0, 1, 0], "not-an-object", "model.output"),
    ("output.weights", [1], "wrong-length", "model.output.weights"),
    ("output.bias", "x", "not-a-rational", "model.output.bias"),
    ("extra", 1, "unknown-key", "model"),
]


@pytest.mark.parametrize(("field", "value", "code", "path"), BAD)
def test_bad_models_are_rejected_naming_the_field(field: str, value: Any, code: str,
                                                  path: str) -> None:
    with pytest.raises(Rejected) as error:
        parse_model(changed(field, value))
    assert (error.value.code, error.value.path) == (code, path)
    assert "expected" in error.value.message
    assert "\n" not in str(error.value)


def test_too_many_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensors, "MAX_ENTRIES", 20)
    with pytest.raises(Rejected) as error:
        parse_model(example())
    assert error.value.code == "too-many-weights"


def test_errors_say_what_was_expected_and_what_was_found() -> None:
    with pytest.raises(Rejected, match=r"model\.layers\[1\]\.in\[0\]: expected a list of length 3, "
                                       r"got a list of length 2"):
        parse_model(changed("layers.1.in.0", [1, 1]))
    with pytest.raises(Rejected, match=r"expected a number of the format fixed\(5 bits, 2 of them "
                                       r"fractional\), such as 15/4, got 4"):
        parse_model(changed("embedding.2.1.0", 4))


def test_reading_and_writing_are_inverse() -> None:
    assert plain_model(parse_model(example())) == changed("output.bias", "-3/4")
    for seed in range(40):
        model = random_model(seed)
        assert parse_model(plain_model(model)) == model
        assert parse_model(json.loads(json.dumps(plain_model(model)))) == model


def test_division_is_the_quotient_unless_said_otherwise() -> None:
    assert parse_model(changed("contract.division", ...)).contract.division == "quotient"


def test_weights_of_wide_formats(tmp_path: Path) -> None:
    """The extreme numbers of float64 have more digits than readers of JSON like in integers."""
    data = changed("contract", {"format": "float", "exponent": 11, "significand": 53,
                                "rounding": "nearest", "overflow": "infinity",
                                "arithmetic": "left-to-right", "softmax": "plain"})
    largest, smallest = Fraction(sys.float_info.max), Fraction(math.ulp(0.0))
    data["output"]["weights"] = [str(largest), str(smallest)]
    model = Model.from_plain(data)
    assert model.definition.output_weights == (largest, smallest)
    assert load_model(save_model(model, tmp_path)).definition == model.definition


def test_models_as_arrays() -> None:
    model = Model.from_plain(example())
    attention, network = model.layers
    assert isinstance(attention, Attention)
    assert isinstance(network, FeedForward)
    key = model.weights(attention.heads[0].key)
    assert key.rationals.tolist() == [[1, Fraction(-1, 2), 0]]
    assert model.weights(attention.heads[0].key) is key
    assert model.weights(network.outer).rationals.shape == (2, 2)
    assert model.output.rationals.tolist() == [[0, 1, Fraction(-3, 4)]]
    assert model.indices("aba") == [0, 1, 0]
    with pytest.raises(InputError, match="letter 'c': expected one of a, b"):
        model.indices("abc")
    with pytest.raises(ValueError, match="read-only"):
        key.rationals[0, 0] = Fraction(2)


def test_files(tmp_path: Path) -> None:
    for seed in range(10):
        model = Model(random_model(seed))
        path = save_model(model, tmp_path / str(seed))
        assert path == tmp_path / str(seed) / "model.json"
        assert load_model(path).definition == model.definition
        assert load_model(tmp_path / str(seed)).definition == model.definition


@pytest.mark.parametrize(("content", "message"), [
    (b"{", r"m\.json: the text ends too early"),
    (b'{"format": 1.5}', r"m\.json: 1\.5 is not an integer.*line 1, column 12"),
    (b"NaN", r"m\.json: NaN is not a value here"),
    (b"[]", r"m\.json: model: expected an object, got a list of length 0"),
    (b'{"format": 1, "format": 2}', r"twice in one object"),
    (b"\xff", "not UTF-8")])
def test_malformed_files(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        load_model(path)


def test_missing_and_unwritable_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file; expected a model"):
        load_model(tmp_path / "nothing.json")
    with pytest.raises(InputError, match=r"model\.json: no such file"):
        load_model(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        load_model("a\0b")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        save_model(Model.from_plain(example()), tmp_path / "file")


def test_profile_of_a_model() -> None:
    (box,) = model_profile(Model.from_plain(example()))
    plain = box.to_plain()
    expected = {"family": "transformer", "attention": "softmax", "masking": "strict-future",
                "positions": "periodic", "format": "fixed", "rounding": "floor",
                "arithmetic": "exact-sums", "overflow": "saturate", "softmax": "plain",
                "precision": "5", "markers": "bos", "readout": "last", "depth": "1", "width": "2",
                "heads": "1", "cot": "0", "vocabulary": "3"}
    assert {axis: plain[axis] for axis in expected} == expected
    wide = box_from_mapping(dict.fromkeys(plain, "any"))
    assert inside(box, wide)
    assert not inside(box, wide.replace("overflow", frozenset({"infinity"})))


def test_profile_of_a_rational_model() -> None:
    model = Model(random_model(1, contract={"format": "rational"}, selections=["uhat-left"],
                               markers="eos", readout="eos", period=1, layers=4))
    (box,) = model_profile(model)
    plain = box.to_plain()
    expected = {"format": "rational", "rounding": "none", "arithmetic": "exact",
                "overflow": "never", "precision": "unbounded", "positions": "none"}
    assert {axis: plain[axis] for axis in expected} == expected


@pytest.mark.parametrize(("kinds", "blocks"), [
    ("", 1), ("a", 1), ("f", 1), ("af", 1), ("aa", 2), ("ff", 2), ("faf", 2), ("afaf", 2),
    ("affa", 3), ("aaff", 3)])
def test_depth_counts_blocks(kinds: str, blocks: int) -> None:
    layers = {"a": example()["layers"][0], "f": example()["layers"][1]}
    assert depth(Model.from_plain(changed("layers", [layers[k] for k in kinds]))) == blocks


def test_the_meaning_of_models_needs_the_standard_library_only() -> None:
    for path in ISLAND.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = ([alias.name for alias in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(
                    ("proofs.models", "proofs.axes", "proofs.checkers.rejection")), (path, name)


