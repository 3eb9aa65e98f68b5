"""build, run, extract and verify: from a language to weights and back."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from expressivity.build import NoConstruction, build
from expressivity.models.files import save_model
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.variants import parse_variant
from expressivity.verify import ALL_LENGTHS, verify
from languages.errors import InputError
from languages.formats import dfa_from_text
from languages.parse import parse_language
from proofs.profile import inside
from tests.expressivity.command_line import run

STAR_FREE = ["regex:(ab)*", "first", "tomita:1", "tomita:2", "tomita:4", "dyck:1,depth=2",
             "regex:(a|b|c)*ab(a|b|c)*", "flip-flop"]


@pytest.mark.parametrize("name", STAR_FREE)
def test_star_free_languages_get_weights_inside_the_variant(name: str) -> None:
    language, variant = parse_language(name), parse_variant("uhat")
    built = build(language, variant)
    assert built.verification.agrees
    assert built.verification.scope == ALL_LENGTHS
    (box,) = model_profile(built.model)
    assert any(inside(box, wanted) for wanted in variant.profile)


@pytest.mark.parametrize("name", ["first", "regex:a+b+a+", "regex:(a|b)*b(a|b)*"])
def test_r_trivial_languages_get_leftmost_heads(name: str) -> None:
    built = build(parse_language(name), parse_variant("uhat-left"))
    assert built.verification.scope == ALL_LENGTHS


@pytest.mark.parametrize(("name", "variant"), [("parity", "uhat"), ("regex:(ab)*", "uhat-left"),
                                               ("circuit-value", "mixed-precision")])
def test_no_construction_where_there_is_none(name: str, variant: str) -> None:
    with pytest.raises(NoConstruction):
        build(parse_language(name), parse_variant(variant))


def test_a_wrong_model_is_told_from_a_right_one() -> None:
    built = build(parse_language("regex:(ab)*"), parse_variant("uhat"))
    found = verify(built.model, parse_language("regex:(ab)*a?"))
    assert not found.agrees
    assert found.counterexample == ("a",)
    found = verify(built.model, parse_language("anbn"))
    assert found.counterexample == ("a", "a", "b", "b")


def test_changed_weights_are_found_out() -> None:
    built = build(parse_language("regex:(ab)*"), parse_variant("uhat"))
    plain = built.model.to_plain()
    plain["output"]["bias"] = str(-int(plain["output"]["bias"]) - 1)
    found = verify(Model.from_plain(plain), parse_language("regex:(ab)*"))
    assert not found.agrees


def test_a_bounded_check_says_up_to_which_length() -> None:
    """Unmasked heads are not extracted: words are tried, and the scope is a length."""
    built = build(parse_language("regex:(a|b)*b(a|b)*"), parse_variant("uhat"))
    plain = built.model.to_plain()
    for layer in plain["layers"]:
        for head in layer.get("heads", ()):
            head["mask"] = "none"
    found = verify(Model.from_plain(plain), parse_language("regex:(a|b)*b(a|b)*"), seconds=0.0)
    assert found.scope in ("length <= 0", "length <= 1")
    assert any("not extracted" in note for note in found.notes)


def test_a_word_without_a_value_is_a_difference() -> None:
    """Infinity minus infinity on the letter b."""
    grid = {"format": "fixed", "bits": 4, "fraction": 0, "rounding": "nearest",
            "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "max-subtracted"}
    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
        "readout": "last", "contract": grid, "residual": ["x", "y"], "period": 1,
        "embedding": [[[0, 0]], [[7, 7]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "ffn", "in": [[7, 0, 0], [0, 7, 0]],
                    "out": [[1, -1, 0], [0, 0, 0]]}],
        "output": {"weights": [0, 0], "bias": 1}})
    found = verify(model, parse_language("regex:(a|b)*"), seconds=1.0)
    assert found.counterexample == ("b",)
    assert any("NaN" in note for note in found.notes)


def test_alphabets_must_agree() -> None:
    built = build(parse_language("regex:(ab)*"), parse_variant("uhat"))
    with pytest.raises(InputError, match="alphabet"):
        verify(built.model, parse_language("parity"))


def test_the_command_line_builds_runs_extracts_and_verifies(tmp_path: Path) -> None:
    model = str(tmp_path / "model")
    done = run("build", "regex:(ab)*", "uhat", "-o", model)
    assert done.returncode == 0, done.stderr
    assert "verified: all lengths" in done.stdout
    assert json.loads((tmp_path / "model" / "build.json").read_text())["variant"] == "uhat"
    assert run("run", model, "abab").stdout.startswith("accepted")
    assert json.loads(run("run", model, "aba", "--json").stdout)["accepted"] is False
    assert run("run", model, "abc").returncode == 2
    extracted = json.loads(run("extract", model, "--json").stdout)
    assert extracted["states"] == 3
    assert extracted["covers"] == "all lengths"
    (tmp_path / "dfa.json").write_text(json.dumps(extracted))
    assert run("verify", model, f"dfa:{tmp_path / 'dfa.json'}").returncode == 0
    wrong = run("verify", model, "regex:(ab)*a?")
    assert wrong.returncode == 1
    assert "first on a" in wrong.stdout


def test_build_answers_no_where_the_variant_cannot(tmp_path: Path) -> None:
    done = run("build", "parity", "uhat", "-o", str(tmp_path / "m"))
    assert done.returncode == 1
    assert done.stdout.startswith("no  parity by uhat")
    assert "no construction" in done.stderr


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "expressivity model"}'])
def test_bad_model_files_are_one_clear_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    done = run("extract", str(path))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_words_up_to_a_length_where_extraction_is_refused(tmp_path: Path) -> None:
    built = build(parse_language("parity"), parse_variant("ahat-rational"))
    path = str(save_model(built.model, tmp_path / "m"))
    refused = run("extract", path)
    assert refused.returncode == 2
    assert "--up-to" in refused.stderr
    found = json.loads(run("extract", path, "--up-to", "5", "--json").stdout)
    assert found["covers"] == "length <= 5"
    dfa = dfa_from_text(json.dumps({key: found[key] for key in found if key != "covers"}))
    parity = parse_language("parity")
    for n in range(6):
        for word in product("01", repeat=n):
            assert dfa.accepts(word) == parity.contains(word)
    assert "right for words up to length 5 only" in run("extract", path, "--up-to", "5").stdout
