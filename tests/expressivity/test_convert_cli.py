"""convert and quantise: models between file formats and number contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from expressivity.models.files import load_model, save_plain
from expressivity.models.model import Model
from tests.expressivity.command_line import run
from tests.models.every_kind import FP64, RATIONAL, models
from tests.models.test_architecture import example

numpy_files = pytest.importorskip("safetensors.numpy")


def written(folder: Path, plain: dict[str, Any]) -> str:
    """The model in a directory of its own."""
    return str(save_plain(plain, folder).parent)


def test_there_and_back(tmp_path: Path) -> None:
    source = written(tmp_path / "json", Model.from_plain(example()).to_plain())
    done = run("convert", source, "-o", str(tmp_path / "tensors"))
    assert (done.returncode, done.stdout) == (0, f"wrote {tmp_path}/tensors/architecture.json\n")
    done = run("convert", str(tmp_path / "tensors"), "--format", "json", "-o",
               str(tmp_path / "again"), "--json")
    assert json.loads(done.stdout) == {"wrote": f"{tmp_path}/again/model.json"}
    assert ((tmp_path / "again" / "model.json").read_bytes()
            == (tmp_path / "json" / "model.json").read_bytes())
    for folder in ("json", "tensors", "tensors/architecture.json", "tensors/model.safetensors"):
        assert run("run", str(tmp_path / folder), "ab").stdout == run("run", source, "ab").stdout


def test_torch_rounds_to_floats_and_says_so(tmp_path: Path) -> None:
    plain = next(models("attention", 1, RATIONAL, selections=("uhat-left",)))
    plain["output"]["bias"] = "1/3"
    source = written(tmp_path / "m", plain)
    done = run("convert", source, "--format", "torch", "-o", str(tmp_path / "torch"))
    assert "1 changed, the largest change 1.85037e-17 at output.bias\n" in done.stdout
    done = run("convert", source, "--format", "torch", "-o", str(tmp_path / "torch"), "--json")
    rounded = json.loads(done.stdout)["rounded"]
    assert (rounded["changed"], rounded["where"]) == (1, "output.bias")
    found = numpy_files.load_file(tmp_path / "torch" / "model.safetensors")
    assert found["output.bias"].tolist() == 1 / 3
    plain["output"]["bias"] = str(10**400)
    done = run("convert", written(tmp_path / "large", plain), "--format", "torch", "-o",
               str(tmp_path / "x"))
    assert done.returncode == 2
    assert "output.bias: the weight 1.000e400 overflows" in done.stderr


def test_quantise(tmp_path: Path) -> None:
    plain = example() | {"contract": FP64}
    plain["output"]["bias"] = "5/16"
    source = written(tmp_path / "m", plain)
    done = run("quantise", source, "--contract", "fixed:6.2", "-o", str(tmp_path / "q"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "42 weights, 1 changed, the largest change 1/16 at output.bias",
        f"wrote {tmp_path}/q/model.json"]
    assert load_model(tmp_path / "q").definition.output_bias == 0.25
    done = run("quantise", source, "--contract", "fixed:8.4", "--format", "safetensors", "-o",
               str(tmp_path / "s"), "--json")
    assert json.loads(done.stdout) == {
        "wrote": f"{tmp_path}/s/architecture.json", "contract": "fixed:8.4", "weights": 42,
        "changed": 0, "largest_change": "0", "where": "", "saturated": []}
    assert Model.from_plain(plain).definition.layers == load_model(tmp_path / "s").definition.layers


def test_mistakes_are_one_clear_line(tmp_path: Path) -> None:
    source = written(tmp_path / "m", example() | {"contract": FP64})
    for arguments, message in (
            (("quantise", source, "--contract", "fixed:3.2", "-o", str(tmp_path / "q")),
             "the weight 1 overflows, expected at most 3/4"),
            (("quantise", source, "--contract", "rational", "-o", str(tmp_path / "q")),
             "exponentials of rationals are not rational"),
            (("quantise", source, "--contract", "bf61", "-o", str(tmp_path / "q")),
             "did you mean 'bf16'"),
            (("quantise", source, "--contract", "bf16", "-o", str(tmp_path / "m"), "--format",
              "safetensors"), "holds model.json already"),
            (("convert", source, "-o", str(tmp_path / "m")), "holds model.json already"),
            (("convert", str(tmp_path / "none"), "-o", str(tmp_path / "q")),
             "no such file; expected a model"),
            (("convert", source, "-o", str(tmp_path / "q"), "--format", "pickle"), "'pickle'")):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert message in done.stderr
        assert message not in done.stdout
        assert len(done.stderr.strip().splitlines()) == (4 if "pickle" in message else 1)
    assert not (tmp_path / "q").exists()
