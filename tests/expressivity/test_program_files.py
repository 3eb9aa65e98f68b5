"""Programs in files: read, built, compared."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from expressivity.constructions import written_program
from expressivity.models.model import Model
from expressivity.programs.source import ProgramLanguage, parse_source
from languages.errors import InputError
from languages.parse import parse_language
from tests.expressivity.command_line import run

LAST_IS_A = """alphabet "a" "b"
readout eos
here(i) = "a"(i) or "b"(i)
answer(i) = rightmost j < i where here(j) : "a"(j) else false
output answer
"""
MORE_A = 'alphabet "a" "b" readout last accepted := #["a"] > #["b"] output accepted'


def written(tmp_path: Path, name: str, text: str) -> str:
    file = tmp_path / f"program.{name}"
    file.write_text(text, encoding="utf-8")
    return f"{name}:{file}"


@pytest.mark.parametrize(("name", "text", "same"), [
    ("brasp", LAST_IS_A, lambda w: w[-1:] == ("a",)),
    ("crasp", MORE_A, lambda w: w.count("a") > w.count("b")),
])
def test_a_program_is_a_language(tmp_path: Path, name: str, text: str, same: object) -> None:
    assert callable(same)
    language = parse_source(written(tmp_path, name, text))
    assert isinstance(language, ProgramLanguage)
    assert written_program.applies(language)
    witnesses = list(written_program.witnesses(language, 5))
    assert len(witnesses) == 2
    models = [Model.from_plain(w.model) for w in witnesses]
    for n in range(6):
        for word in product(language.alphabet, repeat=n):
            assert language.contains(word) == same(word)
            for model in models:
                assert model.run(model.indices(word)).accepted == same(word)


@pytest.mark.parametrize(("name", "text", "variant"), [
    ("brasp", LAST_IS_A, "uhat"), ("crasp", MORE_A, "mixed-precision")])
def test_build_and_verify(tmp_path: Path, name: str, text: str, variant: str) -> None:
    source = written(tmp_path, name, text)
    out = str(tmp_path / "model")
    result = run("build", source, variant, "-o", out, "--json")
    assert result.returncode == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["construction"] == "program"
    assert summary["claimed"].items() <= summary["resources"].items()


def test_a_program_outside_the_variant(tmp_path: Path) -> None:
    result = run("build", written(tmp_path, "crasp", MORE_A), "uhat", "-o", str(tmp_path / "m"))
    assert result.returncode == 1
    assert "outside the variant" in result.stderr


@pytest.mark.parametrize(("name", "text", "message"), [
    ("crasp", LAST_IS_A, "line 4"),
    ("brasp", "", "empty, expected a B-RASP program"),
    ("brasp", "alphabet", "got an empty list"),
])
def test_errors_name_the_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_source(written(tmp_path, name, text))
    assert message in str(error.value)
    assert "program." in str(error.value)


def test_other_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing after the colon"):
        parse_source("brasp:")
    with pytest.raises(InputError, match="cannot read"):
        parse_source(f"crasp:{tmp_path}/none")
    with pytest.raises(InputError, match="expected the same letters"):
        parse_source(written(tmp_path, "crasp", MORE_A), alphabet=("a", "c"))
    assert not written_program.applies(parse_language("parity"))
    with pytest.raises(InputError, match="is not a program"):
        list(written_program.witnesses(parse_language("parity"), 5))
    assert parse_source("parity").dfa is not None
