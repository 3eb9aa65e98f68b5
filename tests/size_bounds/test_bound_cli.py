"""`expressivity bound`: numbers, tables, config files, errors."""

from __future__ import annotations

import json

import pytest

from expressivity.size_bounds import bounds
from tests.expressivity.command_line import run

EXAMPLES = "tests/configs/examples"


def test_a_number_and_a_table() -> None:
    done = run("bound", "composition", "--heads", "1", "--dim", "6", "--precision", "8",
               "--lengths", "16,17")
    assert done.returncode == 0, done.stderr
    assert "cannot for n >= 17" in done.stdout
    assert "needed: n^n <= 2^(H (d + 2) p)" in done.stdout
    rows = [line.split() for line in done.stdout.split("fixed state")[0].splitlines()[-4:]]
    assert ["16", "64", "1", "6", "8"] in rows  # 8 numbers of 8 bits are just enough
    assert ["17", "70", "2", "7", "9"] in rows


def test_json() -> None:
    done = run("bound", "copying", "--state", "1000", "--vocabulary", "17", "--json")
    (found,) = json.loads(done.stdout)["bounds"]
    assert found["cannot_from"] == 251  # 16^250 = 2^1000
    assert found["size"] == {"layers": 1, "vocabulary": 17, "state": 1000, "cot": 0}
    assert found["hypotheses"]
    assert found["table"][0] == {"n": 16, "bits": 64, "least": {"state": 64}}


def test_without_sizes_the_table_says_what_is_needed() -> None:
    done = run("bound", "induction")
    assert done.returncode == 0
    assert "no conclusion: not given: --heads, --dim, --precision" in done.stdout


def test_config_of_many_layers_says_so() -> None:
    done = run("bound", "composition", "--config", f"{EXAMPLES}/llama.json", "--json")
    layer, state = json.loads(done.stdout)["bounds"]
    assert layer["cannot_from"] is None
    assert layer["no_conclusion"] == "the bound is about one layer of attention, not 4"
    assert layer["one_layer_alone"]["bits"] == 8 * (32 + 2) * 32
    assert "grows with n" in state["no_conclusion"]
    first, *others = json.loads(done.stdout)["notes"]
    assert first.startswith("sizes from the file: layers=4, heads=8, dim=32, vocabulary=1000, "
                            "precision=32 (no running sum has more bits")
    assert any("union" in note for note in others)


def test_config_of_a_recurrent_model() -> None:
    done = run("bound", "copying", "--config", f"{EXAMPLES}/mamba.json", "--json")
    (found,) = json.loads(done.stdout)["bounds"]
    assert found["bits"] == 3 * 128 * 20 * 32
    assert 399**found["cannot_from"] > 2**found["bits"] >= 399**(found["cannot_from"] - 1)
    attention, _ = json.loads(run("bound", "composition", "--config", f"{EXAMPLES}/mamba.json",
                                  "--json").stdout)["bounds"]
    assert attention["no_conclusion"] == "the model has no attention"


def test_config_of_windows_has_a_fixed_state_and_options_win() -> None:
    done = run("bound", "copying", "--config", f"{EXAMPLES}/mistral.json", "--precision", "64",
               "--json")
    (found,) = json.loads(done.stdout)["bounds"]
    assert found["bits"] == 2 * 4 * 2 * 32 * 64 * 64
    assert found["cannot_from"] is not None


def test_config_without_dtype_asks_for_precision() -> None:
    done = run("bound", "copying", "--config", f"{EXAMPLES}/rwkv.json")
    assert "no conclusion: not given: --state" in done.stdout
    done = run("bound", "copying", "--config", f"{EXAMPLES}/rwkv.json", "--precision", "32")
    assert "cannot for n >=" in done.stdout
    assert "note: dtype is not in the file" in done.stdout


@pytest.mark.parametrize("arguments", [
    ("bound", "sorting"), ("bound", "composition", "--heads", "0"),
    ("bound", "composition", "--heads", "x"), ("bound", "composition", "--heads", "1" + "0" * 13),
    ("bound", "composition", "--lengths", "3,-1"), ("bound", "composition", "--lengths", "²"),
    ("bound", "composition", "--lengths", ",".join(["1"] * 51)),
    ("bound", "composition", "--config", "nowhere.json"),
    ("bound", "composition", "--config", "Makefile"), ("bound",),
])
def test_bad_input_is_status_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_names_every_task() -> None:
    text = " ".join(run("bound", "--help").stdout.split())
    for task in bounds():
        assert task in text
