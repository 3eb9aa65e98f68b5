"""`config:FILE`: what each family sets, what is idealised, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from expressivity.configs import model_types, read_config
from expressivity.configs.families import falcon, llama
from expressivity.queries.ask import ask
from expressivity.queries.bounds import bounds
from expressivity.variants import parse_variant
from languages.errors import InputError
from languages.parse import parse_language
from proofs.axes import AXIS
from proofs.profile import inside
from proofs.statements import Upper
from tests.expressivity.command_line import run

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.json"))

# What a reader of each architecture's paper would write: axis -> value.
EXPECTED: dict[str, dict[str, str]] = {
    "llama": {"masking": "future", "positions": "relative", "norm": "pre projected-pre"},
    "mistral": {"masking": "window", "positions": "relative"},
    "mistral_full": {"masking": "future"},
    "qwen2": {"masking": "future window"},
    "qwen3": {"masking": "future"},
    "gemma": {"masking": "future"},
    "gemma2": {"masking": "future window"},
    "gemma3_text": {"masking": "future window"},
    "gpt2": {"masking": "future", "norm": "pre",
             "positions": "arbitrary finite-image index length-dependent none periodic"},
    "gpt_neox": {"masking": "future", "positions": "relative", "norm": "masked-pre pre"},
    "falcon": {"masking": "future", "positions": "relative"},
    "bert": {"masking": "none", "norm": "post", "readout": "eos first"},
    "t5": {"masking": "future none", "positions": "relative", "readout": "eos"},
    "mamba": {"family": "ssm", "attention": "", "positions": "none",
              "transition": "nonnegative-diagonal time-invariant"},
    "mamba2": {"family": "ssm", "transition": "nonnegative-diagonal time-invariant"},
    "rwkv": {"family": "rnn ssm",
             "transition": "nonlinear nonnegative-diagonal time-invariant"},
}


def example(name: str) -> dict[str, Any]:
    """The fields of an example."""
    fields: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return fields


def written(tmp_path: Path, fields: Any) -> str:
    """A file with these fields."""
    path = tmp_path / "config.json"
    path.write_text(fields if isinstance(fields, str) else json.dumps(fields, indent=2),
                    encoding="utf-8")
    return str(path)


def test_there_is_an_example_of_every_model_type() -> None:
    covered = {example(name)["model_type"] for name in NAMES}
    assert covered | {"falcon_mamba"} == set(model_types())
    assert set(EXPECTED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_a_variant(name: str) -> None:
    variant = parse_variant(f"config:{EXAMPLES / name}.json")
    (box,) = variant.profile
    plain = box.to_plain()
    for axis, value in EXPECTED[name].items():
        assert plain[axis] == value, axis
    assert plain["precision"] == "1..O(1)"
    assert plain["cot"] == plain["padding"] == "0"
    assert set(plain["format"].split()) == {"float"}
    assert plain["overflow"] == "infinity"
    assert not any("not understood" in note for note in variant.notes)


@pytest.mark.parametrize("name", NAMES)
def test_every_axis_that_is_set_is_explained_in_a_note(name: str) -> None:
    found = read_config(f"{EXAMPLES / name}.json")
    explained = " ".join(found.notes)
    for axis, value in found.axes.items():
        if axis in ("family", "transition", "attention", "masking") and not value:
            continue  # no attention, no recurrence
        if axis == "family" and value == "transformer":
            continue
        assert f"{axis}={value.replace(' ', '+')}" in explained, axis
    assert set(found.axes) <= set(AXIS)


SIZES = {  # layers, heads, dimension of a head, bits, vocabulary, numbers of the state
    "llama": (4, 8, 32, 32, 1000, None),
    "mistral": (4, 8, 32, 32, 1000, 2 * 4 * 2 * 32 * 64),
    "mistral_full": (4, 8, 32, 32, 1000, None),
    "qwen2": (6, 4, 32, 32, 2000, None),
    "qwen3": (6, 4, 64, 32, 2000, None),
    "gpt2": (3, 6, 16, None, 300, None),
    "t5": (3 + 2 * 2, 4, 16, None, 400, None),
    "mamba": (3, None, None, 32, 400, 3 * 128 * (16 + 4)),
    "mamba2": (3, None, None, 32, 400, 3 * (8 * 16 * 32 + (128 + 2 * 1 * 32) * 4)),
    "rwkv": (3, None, None, None, 400, 3 * 5 * 64),
}


@pytest.mark.parametrize("name", SIZES)
def test_sizes(name: str) -> None:
    s = read_config(f"{EXAMPLES / name}.json").sizes
    assert (s.layers, s.heads, s.dim, s.precision, s.vocabulary, s.state) == SIZES[name]


def test_float64_has_64_bits(tmp_path: Path) -> None:
    found = read_config(written(tmp_path, example("llama") | {"torch_dtype": "torch.float64"}))
    assert found.sizes.precision == 64


def test_window_layers_by_position_and_by_layer_types(tmp_path: Path) -> None:
    fields = example("qwen2") | {"max_window_layers": 0}
    assert read_config(written(tmp_path, fields)).axes["masking"] == "window"
    fields["max_window_layers"] = 6
    assert read_config(written(tmp_path, fields)).axes["masking"] == "future"
    fields["layer_types"] = ["sliding_attention"] * 5 + ["full_attention"]
    assert read_config(written(tmp_path, fields)).axes["masking"] == "future window"


def test_mistral_without_the_field_has_the_documented_window(tmp_path: Path) -> None:
    fields = example("mistral")
    del fields["sliding_window"]
    found = read_config(written(tmp_path, fields))
    assert found.axes["masking"] == "window"
    assert any("sliding_window is not in the file: 4096" in note for note in found.notes)


def test_fields_that_are_not_understood_are_named(tmp_path: Path) -> None:
    fields = example("llama") | {"mystery": 1, "auto_map": {}, "use_cache": True}
    found = read_config(written(tmp_path, fields))
    assert found.notes[-1].endswith("not taken into account: auto_map, mystery")
    assert found.axes == read_config(f"{EXAMPLES / 'llama'}.json").axes


def test_missing_dtype_is_said(tmp_path: Path) -> None:
    found = read_config(f"{EXAMPLES / 'gpt2'}.json")
    assert any(note.startswith("dtype is not in the file") for note in found.notes)
    assert found.sizes.precision is None


@pytest.mark.parametrize(("kind", "positions"), [
    ("linear", "relative"), ("dynamic", "relative arbitrary"), ("longrope", "relative arbitrary"),
])
def test_rotary_scaling(tmp_path: Path, kind: str, positions: str) -> None:
    fields = example("llama") | {"rope_scaling": {"type": kind, "factor": 2.0}}
    assert read_config(written(tmp_path, fields)).axes["positions"] == positions


def test_rotary_kinds_of_sorts_of_layers(tmp_path: Path) -> None:
    fields = example("gemma2") | {"rope_parameters": {
        "full_attention": {"rope_type": "dynamic"}, "sliding_attention": {"rope_type": "default"}}}
    assert read_config(written(tmp_path, fields)).axes["positions"] == "relative arbitrary"


def test_a_file_can_be_narrowed_and_then_has_bounds() -> None:
    """Run step by step, a Mamba model has finitely many states."""
    file = f"config:{EXAMPLES / 'mamba'}.json"
    narrow = parse_variant(f"{file},arithmetic=left-to-right")
    assert {s.cls for t in bounds(narrow.profile).upper
            if isinstance(s := t.statement, Upper)} == {"REG"}
    assert "arithmetic=left-to-right" in narrow.notes[-1]
    (whole,), (part,) = parse_variant(file).profile, narrow.profile
    assert inside(part, whole)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "rwkv"])
def test_constant_precision_in_any_order_is_in_nc1(name: str) -> None:
    found = bounds(parse_variant(f"config:{EXAMPLES / name}.json").profile)
    assert {s.cls for t in found.upper if isinstance(s := t.statement, Upper)} == {
        "nonuniform NC1"}


@pytest.mark.parametrize("name", ["llama", "mistral", "gpt2", "bert", "t5"])
def test_sums_from_left_to_right_exclude_parity(name: str) -> None:
    variant = parse_variant(f"config:{EXAMPLES / name}.json,arithmetic=left-to-right")
    assert ask(parse_language("parity"), variant).answer == "no"
    assert ask(parse_language("regex:(ab)*"), variant).answer == "unknown"


def test_chain_of_thought_keeps_the_mask() -> None:
    direct, decoder = parse_variant(f"config:{EXAMPLES / 'mistral'}.json,cot=n").profile
    assert direct["masking"] == decoder["masking"] == frozenset(["window"])
    assert decoder["readout"] == frozenset(["token"])
    with pytest.raises(InputError, match="does not decode"):
        parse_variant(f"config:{EXAMPLES / 'bert'}.json,cot=n")


BAD: list[tuple[Any, str]] = [
    ("", "not JSON"),
    ("{", "line 1, column 2"),
    ("[1]", "expected an object with model_type (line 1, column 1)"),
    ('{"model_type": "llama", "hidden_size": NaN}', "NaN is not a JSON value"),
    ('{"model_type": "llama", "model_type": "bert"}', "is repeated"),
    ('{"model_type": "llama", "hidden_size": ' + "9" * 30 + "}", "30 digits"),
    ("{}", "'model_type' is missing"),
    ({"model_type": "lama"}, "expected one of bert, falcon"),
    ({"model_type": "llamas"}, "did you mean 'llama'? (line 2, column 3)"),
    ({"model_type": 3}, "model_type is 3, expected a string (line 2, column 3)"),
    ({"model_type": "llama", "num_hidden_layers": 2}, "'num_attention_heads' is missing"),
    ({"num_hidden_layers": "2", "model_type": "llama"},
     "num_hidden_layers is '2', expected a positive integer (line 2, column 3)"),
    ({"num_hidden_layers": True, "model_type": "llama"}, "expected a positive integer"),
    ({"num_hidden_layers": 2.0, "model_type": "llama"}, "expected a positive integer"),
    ({"num_hidden_layers": 0, "model_type": "llama"}, "expected a positive integer"),
    ({"num_hidden_layers": 10**12, "model_type": "llama"}, "expected at most 1000000000"),
    (example("llama") | {"torch_dtype": "float17"}, "torch_dtype is 'float17', expected one of"),
    (example("llama") | {"dtype": 16}, "dtype is 16, expected a string"),
    (example("llama") | {"num_key_value_heads": 3}, "a divisor of num_attention_heads=8"),
    (example("llama") | {"hidden_size": 250}, "a multiple of the number of heads, 8"),
    (example("llama") | {"rope_scaling": {"rope_type": "spiral"}}, "'spiral'"),
    (example("llama") | {"rope_scaling": {"rope_type": 3}}, "whose rope_type is a string"),
    (example("llama") | {"rope_scaling": 3}, "rope_scaling is 3, expected an object"),
    (example("qwen2") | {"use_sliding_window": 1}, "expected true or false"),
    (example("qwen2") | {"layer_types": ["full_attention"]}, "6 kinds, one for each layer"),
    (example("qwen2") | {"layer_types": ["linear_attention"] * 6}, "not 'linear_attention'"),
    (example("qwen2") | {"layer_types": "full_attention"}, "a list of strings"),
    (example("bert") | {"position_embedding_type": "magic"}, "relative_key"),
    (example("mamba2") | {"num_heads": 7}, "num_heads is 7"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_bad_files_are_one_positioned_line(tmp_path: Path, fields: Any, message: str) -> None:
    name = written(tmp_path, fields)
    with pytest.raises(InputError) as error:
        read_config(name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


ODD: list[Any] = [None, True, -1, 3, 2.5, 10**17, "x", [1], {"a": {}}]


@pytest.mark.parametrize("name", NAMES)
def test_odd_values_are_refused_or_read_never_a_crash(tmp_path: Path, name: str) -> None:
    fields = example(name)
    refused = 0
    for key in [*fields, "dtype", "rope_parameters", "layer_types", "sliding_window"]:
        for value in ODD:
            file = written(tmp_path, fields | {key: value})
            try:
                read_config(file)
            except InputError as error:
                assert "\n" not in str(error)
                assert file in str(error)
                refused += 1
    assert refused > 12


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_config(str(tmp_path / "nowhere.json"))
    with pytest.raises(InputError, match="cannot read"):
        read_config(str(tmp_path))
    (tmp_path / "binary").write_bytes(b"\xff\xfe{}")
    with pytest.raises(InputError, match="not UTF-8"):
        read_config(str(tmp_path / "binary"))
    (tmp_path / "large").write_text(" " * 1_000_001)
    with pytest.raises(InputError, match="more than 1000000 characters"):
        read_config(str(tmp_path / "large"))
    with pytest.raises(InputError, match="expected config:FILE"):
        parse_variant("config:")


def test_the_command_line_shows_idealisations() -> None:
    name = str((EXAMPLES / "llama.json").relative_to(EXAMPLES.parent.parent.parent))
    shown = run("ask", "parity", f"config:{name}")
    assert shown.returncode == 0, shown.stderr
    assert "note: The profile is a union" in shown.stdout
    found = json.loads(run("variant", f"config:{name}", "--json").stdout)
    assert any("rotary positions, scaled (llama3)" in note for note in found["notes"])
    wrong = run("variant", "config:tests/configs/test_configs.py")
    assert wrong.returncode == 2
    assert wrong.stderr.count("\n") == 1
    assert "(line 1, column 3)" in wrong.stderr


def test_inert_fields_are_asked_for_nowhere() -> None:
    """A family that lists a field as inert does not read it as well."""
    for module in (llama, falcon):
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        body = source[source.index("def read"):]
        assert not [name for name in module.INERT if f'"{name}"' in body]
