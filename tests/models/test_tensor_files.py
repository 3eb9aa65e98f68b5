"""Models as an architecture and its tensors: round trips, and every way of refusing a file."""

from __future__ import annotations

import copy
import json
import struct
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from expressivity.models.extras import extra
from expressivity.models.files import load_model, save_model
from expressivity.models.layout import ARCHITECTURE, join, map_epsilons, shapes, split
from expressivity.models.model import Model
from languages.errors import InputError
from proofs.models import tensors as limits
from tests.models.every_kind import FP64, KINDS, RATIONAL, models
from tests.models.random_models import random_model
from tests.models.test_architecture import example

numpy_files = pytest.importorskip("safetensors.numpy")


def weights(plain: Any) -> list[Any]:
    """All numbers outside alphabets, contracts and positions, found without knowing the layout."""
    found: list[Any] = []

    def walk(value: Any, key: str) -> None:
        if isinstance(value, dict):
            for k, v in value.items():
                if k not in ("contract", "positions", "formulas", "period", "version", "alphabet",
                             "residual", "coordinates", "shape"):
                    walk(v, k)
        elif isinstance(value, list):
            for v in value:
                walk(v, key)
        elif type(value) is int or (isinstance(value, str) and value.strip("-/0123456789") == ""):
            found.append((key, value))

    walk(plain, "")
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_weight_is_in_a_tensor(kind: str) -> None:
    for plain in models(kind, 3, norm=kind != "norm"):
        assert len(weights(plain)) > 20
        architecture, tensors = split(plain)
        assert {key for key, _ in weights(architecture)} <= {"epsilon"}
        assert len(weights(list(tensors.values()))) == len(
            [key for key, _ in weights(plain) if key != "epsilon"])
        assert join(architecture, tensors) == plain
        assert shapes(architecture) == {name: np.array(t, dtype=object).shape
                                        for name, t in tensors.items()}


def test_names_of_tensors() -> None:
    architecture, tensors = split(next(models("householder", 1, norm=True)))
    assert {"embedding", "layers.0.norm.matrix", "layers.1.transition.factors.0.scale",
            "layers.1.transition.factors.1.direction", "layers.0.input", "layers.0.initial",
            "output.weights", "output.bias"} <= set(tensors)
    assert architecture["layers"][0]["transition"]["factors"][0] == {
        "scale": {"shape": [4]}, "direction": {"shape": [2, 4]}}
    seen: list[str] = []
    map_epsilons(architecture, lambda name, value: seen.append(name))
    assert seen == ["layers.0.norm.epsilon", "layers.1.norm.epsilon"]


@pytest.mark.parametrize("kind", KINDS)
def test_round_trips(tmp_path: Path, kind: str) -> None:
    for i, plain in enumerate(models(kind, 2)):
        model = Model.from_plain(plain)
        path = save_model(model, tmp_path / str(i), "safetensors")
        assert path == tmp_path / str(i) / "architecture.json"
        for name in (path, path.parent, path.with_name("model.safetensors")):
            assert load_model(name).definition == model.definition


def test_round_trips_of_random_models(tmp_path: Path) -> None:
    for seed in range(20):
        model = Model(random_model(seed))
        save_model(model, tmp_path / str(seed), "safetensors")
        assert load_model(tmp_path / str(seed)).definition == model.definition


def test_how_numbers_are_stored(tmp_path: Path) -> None:
    """Dyadic: float64. Large integers: int64. Thirds: two of them. Beyond: JSON."""
    plain = example() | {"contract": RATIONAL}
    del plain["layers"][0]
    plain["layers"][0] |= {"in": [[2**60 + 1, 0, 1]], "out": [["1/3", 1], [0, "-5/7"]]}
    plain["output"] = {"weights": [10**40, "1/3"], "bias": "-3/4"}
    model = Model.from_plain(plain)
    save_model(model, tmp_path, "safetensors")
    found = numpy_files.load_file(tmp_path / "model.safetensors")
    assert {name: array.dtype.str for name, array in found.items()} == {
        "embedding": "<f8", "layers.0.in": "<i8", "layers.0.out.numerator": "<i8",
        "layers.0.out.denominator": "<i8", "output.bias": "<f8"}
    assert found["layers.0.out.denominator"].tolist() == [[3, 1], [1, 7]]
    architecture = json.loads((tmp_path / "architecture.json").read_text())
    assert architecture["output"] == {"weights": [10**40, "1/3"], "bias": {"shape": []}}
    assert load_model(tmp_path).definition == model.definition
    save_model(model, tmp_path / "torch", "torch")
    found = numpy_files.load_file(tmp_path / "torch" / "model.safetensors")
    assert {array.dtype.str for array in found.values()} == {"<f8"}
    assert found["output.weights"].tolist() == [1e40, 1 / 3]
    assert load_model(tmp_path / "torch").definition.output_weights[1] == Fraction(1 / 3)
    plain["output"]["bias"] = str(10**400)
    with pytest.raises(InputError, match=r"output\.bias: expected a number that float64 reaches"):
        save_model(Model.from_plain(plain), tmp_path / "large", "torch")


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_narrower_floats_are_read(tmp_path: Path, dtype: str) -> None:
    model = Model.from_plain(example() | {"contract": FP64})
    save_model(model, tmp_path, "safetensors")
    file = tmp_path / "model.safetensors"
    numpy_files.save_file({name: array.astype(dtype)
                           for name, array in numpy_files.load_file(file).items()}, file)
    assert load_model(tmp_path).definition == model.definition


BAD_TENSORS: list[tuple[str, Any, str]] = [
    ("output.weights", None, r"tensor output\.weights is missing, expected one of shape \[2\]"),
    ("output.weights", np.zeros(3), r"tensor output\.weights: expected the shape \[2\], got \[3\]"),
    ("output.bias", np.zeros(1), r"tensor output\.bias: expected the shape \[\], got \[1\]"),
    ("layers.0.heads.0.key", np.zeros((3, 1)),
     r"tensor layers\.0\.heads\.0\.key: expected the shape \[1, 3\], got \[3, 1\]"),
    ("output.weights", np.zeros(2, dtype=np.int32),
     r"tensor output\.weights: expected the type F64 or F32 or F16 or I64, got I32"),
    ("output.weights", np.zeros(2, dtype=bool), r"output\.weights: expected the type .* got BOOL"),
    ("output.weights", np.array([0, np.nan]),
     r"tensor output\.weights\[1\]: expected a finite number, got nan"),
    ("embedding", np.full((4, 2, 2), -np.inf),
     r"tensor embedding\[0\]\[0\]\[0\]: expected a finite number, got -inf"),
    ("output.bias", np.array(np.inf), r"tensor output\.bias: expected a finite number, got inf"),
    ("layers.7.in", np.zeros((1, 2)), r"tensor layers\.7\.in is unknown to the architecture"),
    ("output.weights.numerator", np.ones(2, dtype=np.int64),
     r"tensor output\.weights\.numerator is unknown"),
    ("output.weights", np.array([0, 0.3]),
     r"model\.output\.weights\[1\]: expected a number of the format fixed.* got '540431955284459.*"
     "quantise` rounds"),
]


@pytest.mark.parametrize(("name", "array", "message"), BAD_TENSORS)
def test_wrong_tensors_are_named(tmp_path: Path, name: str, array: Any, message: str) -> None:
    save_model(Model.from_plain(example()), tmp_path, "safetensors")
    file = tmp_path / "model.safetensors"
    found = numpy_files.load_file(file)
    found.pop(name, None)
    numpy_files.save_file(found if array is None else {**found, name: array}, file)
    with pytest.raises(InputError, match=message):
        load_model(tmp_path)


@pytest.mark.parametrize(("above", "below", "message"), [
    (np.ones(2, dtype=np.int64), np.array([1, 0]),
     r"output\.weights\.denominator\[1\]: expected a denominator of at least 1, got 0"),
    (np.ones(2, dtype=np.int64), np.array([-1, 1]), r"denominator\[0\].* got -1"),
    (np.ones(2), np.array([1, 1]), r"weights\.numerator: expected the type I64, got F64"),
    (np.ones(2, dtype=np.int64), None, r"tensor output\.weights\.denominator is missing"),
    (np.ones(2, dtype=np.int64), np.array([[1, 1]]), r"denominator: expected the shape \[2\]")])
def test_wrong_fractions_are_named(tmp_path: Path, above: Any, below: Any, message: str) -> None:
    save_model(Model.from_plain(example()), tmp_path, "safetensors")
    file = tmp_path / "model.safetensors"
    found = numpy_files.load_file(file)
    del found["output.weights"]
    found["output.weights.numerator"] = above
    if below is not None:
        found["output.weights.denominator"] = below
    numpy_files.save_file(found, file)
    with pytest.raises(InputError, match=message):
        load_model(tmp_path)


def header(fields: Any, body: bytes = b"", length: int | None = None) -> bytes:
    """A file with this header."""
    raw = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    return struct.pack("<Q", len(raw) if length is None else length) + raw + body


ONE = {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]}
EIGHT = b"\0" * 8


@pytest.mark.parametrize(("content", "message"), [
    (b"", "a header of 0 bytes"),
    (b"abc", "a header of"),
    (header({}, length=2**63), "header of 9223372036854775808 bytes, expected at most 2"),
    (header(b"[1"), "header: the text ends too early"),
    (header(b"[1]"), "not a safetensors file"),
    (header({"a": ONE, "b": ONE}, EIGHT), "not a safetensors file.*offset"),
    (header({"a": ONE}, EIGHT * 3), "not a safetensors file"),
    (header({"a": ONE}), "not a safetensors file"),
    (header({"a": {**ONE, "shape": [2**62, 4]}}, EIGHT), "not a safetensors file.*overflow"),
    (header({"a": {**ONE, "shape": [3]}}, EIGHT), "not a safetensors file"),
    (header({"a": {**ONE, "dtype": "pickle"}}, EIGHT), "not a safetensors file"),
    (header(b'{"a":' + json.dumps(ONE).encode() + b',"a":' + json.dumps(ONE).encode() + b"}",
            EIGHT), 'the key "a" twice'),
    (header({"output.bias": {**ONE, "dtype": "BF16", "shape": [4]}}, EIGHT),
     "tensor embedding is missing")])
def test_malicious_files(tmp_path: Path, content: bytes, message: str) -> None:
    save_model(Model.from_plain(example()), tmp_path, "safetensors")
    (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(InputError, match=message):
        load_model(tmp_path)


def test_a_type_without_numpy_arrays_is_refused_by_name(tmp_path: Path) -> None:
    save_model(Model.from_plain(example()), tmp_path, "safetensors")
    file = tmp_path / "model.safetensors"
    raw = file.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    fields = json.loads(raw[8:8 + length])
    at = fields["output.weights"]["data_offsets"]
    fields["output.weights"] = {"dtype": "BF16", "shape": [8], "data_offsets": at}
    file.write_bytes(header(fields, raw[8 + length:]))
    with pytest.raises(InputError, match=r"output\.weights: expected the type .* got BF16"):
        load_model(tmp_path)


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_model(Model.from_plain(example()), tmp_path, "safetensors")
    monkeypatch.setattr("expressivity.models.tensor_files.MAX_BYTES", 100)
    with pytest.raises(InputError, match="bytes, expected at most 100"):
        load_model(tmp_path)


@pytest.mark.parametrize(("shape", "message"), [
    ([limits.MAX_DIMENSION, 21], "weights, expected at most 2000000 in all"),
    ([10**30], r"shape of embedding: expected a list of at most 3 sizes from 1 to 100000"),
    ([-1], "shape of embedding"), ([0], "shape of embedding"), ([True], "shape of embedding"),
    ("4", "shape of embedding"), ([1, 1, 1, 1], "shape of embedding"),
    ([4, 2, 3], r"tensor embedding: expected the shape \[4, 2, 3\], got \[4, 2, 2\]")])
def test_wrong_shapes_in_the_architecture(tmp_path: Path, shape: Any, message: str) -> None:
    path = save_model(Model.from_plain(example()), tmp_path, "safetensors")
    data = json.loads(path.read_text())
    data["embedding"] = {"shape": shape}
    path.write_text(json.dumps(data))
    with pytest.raises(InputError, match=message):
        load_model(tmp_path)


def test_an_architecture_that_is_not_one(tmp_path: Path) -> None:
    path = save_model(Model.from_plain(example()), tmp_path, "safetensors")
    good = json.loads(path.read_text())
    for field, value, message in (
            ("residual", ["one"], r"model\.embedding\[0\]\[0\]: expected a list of length 1"),
            ("layers", 3, r"tensor layers.* is unknown to the architecture"),
            ("version", 9, r"model\.version"),
            ("extra", 1, 'got \'extra\''), ("contract", {"shape": [2]}, r"model\.contract"),
            ("alphabet", {"shape": [2]}, r"model\.alphabet")):
        path.write_text(json.dumps({**copy.deepcopy(good), field: value}))
        with pytest.raises(InputError, match=message):
            load_model(tmp_path)
    path.write_text(json.dumps({"format": ARCHITECTURE}))
    with pytest.raises(InputError, match=r"tensor .* is unknown to the architecture"):
        load_model(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    path.write_text(json.dumps(good))
    with pytest.raises(InputError, match="expected the tensors of the model"):
        load_model(tmp_path)


def test_two_models_in_one_directory_are_refused(tmp_path: Path) -> None:
    model = Model.from_plain(example())
    save_model(model, tmp_path / "a")
    with pytest.raises(InputError, match=r"holds model\.json already"):
        save_model(model, tmp_path / "a", "safetensors")
    save_model(model, tmp_path / "b", "safetensors")
    with pytest.raises(InputError, match=r"holds architecture\.json already"):
        save_model(model, tmp_path / "b")
    (tmp_path / "b" / "model.json").write_text("{}")
    with pytest.raises(InputError, match="two models"):
        load_model(tmp_path / "b")
    assert load_model(tmp_path / "b" / "architecture.json").definition == model.definition


def test_unwritable_files(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        save_model(Model.from_plain(example()), tmp_path / "file", "safetensors")
    (tmp_path / "m" / "model.safetensors").mkdir(parents=True)
    with pytest.raises(InputError, match=r"model\.safetensors: cannot be written"):
        save_model(Model.from_plain(example()), tmp_path / "m", "safetensors")
    with pytest.raises(InputError, match="cannot be read"):
        load_model("a\0b/model.safetensors")


def test_a_missing_package_is_named() -> None:
    with pytest.raises(InputError, match=r"this needs the package no_such_package, which is not "
                       r"installed: pip install 'expressivity\[some\]'"):
        extra("no_such_package.part", "some", "this")


def test_without_the_package_json_is_all_there_is(tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model.from_plain(example())
    save_model(model, tmp_path / "t", "safetensors")
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    for action in (lambda: load_model(tmp_path / "t"),
                   lambda: save_model(model, tmp_path / "u", "safetensors")):
        with pytest.raises(InputError, match=r"model\.safetensors needs the package safetensors, "
                           r"which is not installed: pip install 'expressivity\[safetensors\]'"):
            action()
    save_model(model, tmp_path / "j")
    assert load_model(tmp_path / "j").definition == model.definition
