"""The command, its tables, what the base says, and pictures."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from expressivity.circuits import subject as subjects
from expressivity.circuits.aiger import read_aiger
from expressivity.circuits.circuit import TRUE, Circuit
from expressivity.circuits.evaluate import assignments, evaluate, unpack
from expressivity.circuits.families import choose, families
from expressivity.circuits.letters import Letters, Options
from expressivity.circuits.plot import growth_svg
from expressivity.circuits.prediction import Prediction, judge, of_language, of_model
from expressivity.circuits.subject import Subject, subject
from expressivity.circuits.table import Row, fits, measured, parse_lengths
from expressivity.cli.circuit import command
from expressivity.models import extras
from expressivity.models.files import save_model
from expressivity.models.model import Model
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.parse import parse_language
from tests.circuits.test_models import RECURRENCE, uniform_average
from tests.expressivity.command_line import run


class Wrong:
    """A family that claims parity for AC0 and accepts everything."""

    NAME, CITATION, SHAPE, CLASS, RANK = "wrong", "nobody", "no gate", "AC0", 0

    def applies(self, language: Language) -> bool:
        return True

    def circuit(self, language: Language, length: int, options: Options | None = None) -> Circuit:
        return Letters(language.alphabet, length, options).circuit(TRUE)


def row(length: int, depth: int = 2, size: int = 3, **counts: int) -> Row:
    return Row(length, length, depth, size, size, 2, 0, counts or {"AND": size}, {})


def test_a_table_for_people() -> None:
    done = run("circuit", "parity", "--length", "4..8")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "parity: mod"
    assert "  by the base: parity is in ACC0; not in NC0, AC0" in lines
    assert "     8      1     1       8  MOD 1  all words" in lines
    assert "no verdict depends on it" in lines[-1]


def test_json_has_everything() -> None:
    done = run("circuit", "regex:(ab)*", "--length", "2,4..6", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [r["length"] for r in found["rows"]] == [2, 4, 5, 6]
    assert found["family"]["class"] == "AC0"
    assert found["base"]["outside"] == ["NC0"]
    assert found["contradictions"] == []
    for r in found["rows"]:
        assert r["checked"] == "all words"
        assert sum(r["gates"].values()) == r["size"]
        assert sum(n for by in r["census"].values() for n in by.values()) == r["size"]
        assert sum(int(f) * n for by in r["census"].values()
                   for f, n in by.items()) == r["wires"]


def test_models_and_files(tmp_path: Path) -> None:
    save_model(Model.from_plain(uniform_average()), tmp_path / "model")
    pictures = ["svg"] if importlib.util.find_spec("matplotlib") else []
    out = {name: str(tmp_path / f"c.{name}") for name in ("aiger", "dot", *pictures)}
    done = run("circuit", str(tmp_path / "model"), "--length", "1..9",
               *(part for name, file in out.items() for part in (f"--{name}", file)))
    assert done.returncode == 0, done.stderr
    assert "models of this profile are in " in done.stdout
    assert "DLOGTIME-uniform TC0" in done.stdout
    assert "THRESHOLD" in done.stdout
    graph = read_aiger(out["aiger"])
    ones = np.array([bin(w).count("1") for w in range(2**9)])
    assert (unpack(evaluate(graph, assignments(9)), 2**9)[0] == (ones > 4)).all()
    assert "words of length 9, letters in binary: a b" in Path(out["aiger"]).read_text()
    assert Path(out["dot"]).read_text().startswith("digraph circuit {")
    assert all(Path(out[name]).read_text().count("<svg") == 1 for name in pictures)


@pytest.mark.parametrize(("arguments", "said"), [
    (("nosuch",), "language: got 'nosuch'"),
    (("./nosuch",), "no such file; expected a model"),
    (("parity", "--family", "nosuch"), "family 'nosuch': expected one of b-rasp, star-free"),
    (("parity", "--family", "star-free"), "does not apply to parity; those that do: mod"),
    (("parity", "--length", "9..4"), "expected FIRST to be at most LAST"),
    (("parity", "--length", "x"), "expected N or FIRST..LAST"),
    (("parity", "--length", "4..9999999999"), "over the limit"),
    (("parity", "--family", "dnf", "--length", "40"), "words of length 40"),
    (("parity", "--length", "4", "--aiger", "/nosuch/x"), "cannot be written"),
    (("parity", "--length", "4", "--code", "unary"), "'unary' is not one of"),
    (("parity", "--alphabet", "ab"), "expected the same letters"),
])
def test_bad_input_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    done = run("circuit", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_models_take_no_families(tmp_path: Path) -> None:
    save_model(Model.from_plain(uniform_average()), tmp_path)
    with pytest.raises(InputError, match="no families"):
        subject(str(tmp_path), family="mod")
    with pytest.raises(InputError, match="part of it"):
        subject(str(tmp_path), alphabet=("a", "b"))


def test_a_name_of_the_catalogue_is_a_language_whatever_files_there_are(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_model(Model.from_plain(uniform_average()), "parity")
    assert subject("parity").model is None
    assert subject("./parity").model is not None
    with pytest.raises(InputError):
        subject("\0")


def test_rows_before_a_limit_are_kept() -> None:
    done = run("circuit", "parity", "--family", "dnf", "--length", "4..40", "--max-wires", "1000")
    assert done.returncode == 0
    assert "     7      2    65      64" in done.stdout
    assert "the table ends: wires of the circuit" in done.stdout
    refused = run("circuit", "parity", "--family", "dnf", "--length", "12", "--max-wires", "1000")
    assert refused.returncode == 2


def test_finished_rows_survive_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Subject.circuit

    def impatient(self: Subject, length: int, *arguments: Any, **more: Any) -> Circuit:
        if length == 6:
            raise KeyboardInterrupt
        return plain(self, length, *arguments, **more)

    monkeypatch.setattr(Subject, "circuit", impatient)
    done = CliRunner().invoke(command, ["parity", "--length", "4..9"])
    assert done.exit_code == 130
    assert "the table ends: interrupted" in done.output
    assert "     5      1" in done.output
    assert "     6      1" not in done.output


def test_contradictions_and_wrong_circuits_are_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "choose", lambda language, name: Wrong())
    done = CliRunner().invoke(command, ["parity", "--length", "2..3"])
    assert done.exit_code == 1
    assert "WRONG at length 2, first on 01" in done.output
    assert ("CONTRADICTION: circuits of the family wrong (no gate) put the language in AC0 at all "
            "lengths; the base proves that it is not in AC0") in done.output


@pytest.mark.parametrize("text", ["parity", "majority", "dyck:1", "regex:(ab)*", "regex:(aa)*",
                                  "mod:6", "word-problem:S5", "anbn"])
def test_no_family_contradicts_the_base(text: str) -> None:
    language = parse_language(text)
    prediction = of_language(language)
    for family in families().values():
        if family.applies(language):
            assert judge([], prediction, family).contradictions == [], family.NAME


def test_what_the_base_says_of_models() -> None:
    averages = of_model(Model.from_plain(uniform_average()))
    assert "TC0" in averages.within
    assert "AC0" not in averages.within
    hard = uniform_average()
    hard["layers"][0]["heads"][0] |= {"selection": "uhat-right", "mask": "strict-future"}
    assert "AC0" in of_model(Model.from_plain(hard)).within
    table = uniform_average(layers=[RECURRENCE, uniform_average()["layers"][0]])
    assert of_model(Model.from_plain(table)).text.startswith("nothing: ")


def test_remarks_are_about_rows_and_no_verdicts() -> None:
    ac0 = Prediction("", within=("AC0", "ACC0", "TC0", "NC1"))
    tc0 = Prediction("", within=("TC0", "NC1"))
    growing = [row(n, depth=n) for n in range(4, 10)]
    level = [row(n) for n in range(4, 10)]
    counting = [row(n, THRESHOLD=1) for n in range(4, 10)]
    (said,) = judge(growing, ac0).remarks
    assert "depth rises" in said
    assert "AC0: other circuits" in said
    assert judge(growing, Prediction("")).remarks == []
    assert judge(growing[:3], ac0).remarks == []
    assert judge(level, ac0).remarks == []
    assert "does not bound such models by AC0" in judge(level, tc0).remarks[0]
    assert "these circuits use THRESHOLD" in judge(counting, ac0).remarks[0]
    family = choose(parse_language("regex:(ab)*"))
    assert "though the family bounds it" in judge(growing, ac0, family).remarks[0]
    assert all(not judge(rows, p).contradictions for rows in (growing, level, counting)
               for p in (ac0, tc0))


@pytest.mark.parametrize(("text", "lengths"), [
    ("8", [8]), ("0..2", [0, 1, 2]), ("4, 8,6..7", [4, 6, 7, 8]), ("3,1..3", [1, 2, 3])])
def test_lengths(text: str, lengths: list[int]) -> None:
    assert parse_lengths(text) == lengths


@pytest.mark.parametrize("text", ["", "a", "-1", "1..", "..2", "1...3", "1,", "²", "5..4"])
def test_bad_lengths(text: str) -> None:
    with pytest.raises(InputError, match="lengths: got"):
        parse_lengths(text)


def test_lengths_are_bounded() -> None:
    with pytest.raises(LimitError, match="length"):
        parse_lengths("100001")
    with pytest.raises(LimitError, match="lengths"):
        parse_lengths("1..900,1000..2000")


def test_fits_find_the_curve() -> None:
    lengths = range(4, 20)
    for make, of, curve in (
            (lambda n: row(n, size=2**n), "size", "1 2^(1 n)"),
            (lambda n: row(n, size=3 * n * n), "size", "3 n^2"),
            (lambda n: row(n, depth=5), "depth", "5"),
            (lambda n: row(n, depth=3 + 2 * n), "depth", "3 +2 n")):
        (fit,) = [f for f in fits([make(n) for n in lengths]) if f.of == of]
        assert fit.curve == curve
        assert fit.rms < 1e-6
        assert str(fit).startswith(f"{of} ~ {curve}, error ")
    assert fits([row(n) for n in range(3)]) == []
    assert [f.of for f in fits([row(n, size=0) for n in lengths])] == ["depth"]


def test_a_row_is_plain_data() -> None:
    plain = measured(families()["mod"].circuit(parse_language("parity"), 5), 5).to_plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["gates"] == {"MOD": 1}
    assert plain["census"] == {"MOD": {"5": 1}}
    assert plain["checked"] is None


def test_pictures_are_the_same_every_time_and_escaped() -> None:
    pytest.importorskip("matplotlib")
    rows = [row(n, depth=n, size=2**n) for n in range(1, 6)]
    picture = growth_svg(rows, "a $b$ <c> & \n\x01")
    assert picture == growth_svg(rows, "a $b$ <c> & \n\x01")
    text = picture.decode()
    assert "a $b$ &lt;c&gt; &amp; \\n\\x01" in text
    assert not re.search(r"[\x00-\x08]", text)
    assert growth_svg([row(4, size=0)], "x")
    with pytest.raises(InputError, match="no circuit"):
        growth_svg([], "x")


def test_without_matplotlib_the_error_says_what_to_install(
        monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(extras.importlib, "import_module", missing)
    with pytest.raises(InputError, match=r"--svg needs the package matplotlib.*\[plot\]"):
        growth_svg([row(4)], "x")


def test_help_does_not_import_circuits() -> None:
    code = ("import sys; from expressivity.cli.main import main; "
            "print([m for m in sys.modules if m.startswith(('numpy', 'expressivity.circuits'))])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
