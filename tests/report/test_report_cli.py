"""`expressivity report`: formats, files, exit codes, commands that really check, missing extras."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from report_samples import model

from expressivity.cli.report import command
from expressivity.models.files import save_model
from expressivity.models.model import Model
from expressivity.report import render
from expressivity.thought.automata import automaton_decoder
from expressivity.thought.files import save_decoder
from expressivity.thought.thinker import Thinker
from languages.dfa import DFA

ROOT = Path(__file__).parent.parent.parent
jinja2 = pytest.importorskip("jinja2")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("model")
    save_model(model("regex:(ab)*", "uhat"), folder)
    return str(folder)


@pytest.mark.parametrize("arguments", [
    ("language", "parity"), ("variant", "s6"), ("ask", "parity", "uhat")])
def test_every_kind_in_every_form(arguments: tuple[str, ...], tmp_path: Path) -> None:
    page = call(*arguments)
    assert page.exit_code == 0 and page.output.startswith("<!DOCTYPE html>")
    text = call(*arguments, "--format", "markdown")
    assert text.exit_code == 0 and text.output.startswith(f"# {arguments[1]}")
    data = call(*arguments, "--json")
    assert data.exit_code == 0 and json.loads(data.output)["kind"] == arguments[0]
    for name, content in (("a.html", page), ("a.md", text)):
        done = call(*arguments, "-o", str(tmp_path / name))
        assert done.exit_code == 0 and done.output == f"wrote {tmp_path / name}\n"
        assert (tmp_path / name).read_text(encoding="utf-8") == content.output
    assert call(*arguments, "--json", "-o", str(tmp_path / "a.json")).exit_code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == json.loads(data.output)


def test_a_model(saved: str) -> None:
    data = json.loads(call("model", saved, "--json").output)
    assert data["answer"] == "extracted: 3 states, all lengths"
    assert data["automaton"]["rows"] == [[1, 2], [2, 0], [2, 2]]
    assert data["sample"]["word"] == "abab"
    assert data["sample"]["answer"].startswith("accepted")
    other = json.loads(call("model", saved, "--word", "abb", "--json").output)
    assert other["sample"]["answer"].startswith("rejected")
    assert len(other["sample"]["heads"][0]["rows"]) == 4
    page = call("model", saved)
    assert page.exit_code == 0 and "<!DOCTYPE html>" in page.output


def test_a_model_that_the_budget_does_not_reach(saved: str) -> None:
    data = json.loads(call("model", saved, "--max-states", "1", "--json").output)
    assert data["answer"] == "not extracted" and data["automaton"] is None
    assert any("more than 1 states" in note for note in data["notes"])
    assert data["sample"]["word"] == "abab"  # the letters in turn


def test_a_model_without_heads_and_one_without_profile(tmp_path: Path) -> None:
    save_model(model("parity", "rnn"), tmp_path / "rnn")
    data = json.loads(call("model", str(tmp_path / "rnn"), "--json").output)
    assert data["sample"]["picture"] == "" and "no attention heads" in data["sample"]["note"]
    plain = model("regex:(ab)*", "uhat").to_plain()
    plain |= {"positions": {"kind": "bounded"}, "period": 9,
              "embedding": [rows * 9 for rows in plain["embedding"]]}
    save_model(Model.from_plain(plain), tmp_path / "bounded")
    found = call("model", str(tmp_path / "bounded"), "--word", "ab" * 9, "--json")
    data = json.loads(found.output)
    assert data["answer"] == "not extracted"
    assert any("no profile" in note for note in data["notes"])
    assert data["sample"]["answer"].startswith("no answer: ")
    assert call("model", str(tmp_path / "bounded")).exit_code == 0


@pytest.mark.parametrize("arguments", [
    ("language", "parityy"), ("variant", "uhatt"), ("ask", "parity", "uhat,depth=x"),
    ("model", "no/such/directory"), ("language", "parity", "-o", "no/such/directory/a.html"),
    ("language", "parity", "-o", "a\x00b"), ("language", "parity", "--json", "--format", "html"),
    ("language", "parity", "--format", "pdf"), ("language",), ("nothing",)])
def test_bad_input_is_status_2_and_no_traceback(arguments: tuple[str, ...]) -> None:
    done = call(*arguments)
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_bad_words_are_named(saved: str) -> None:
    done = call("model", saved, "--word", "abc")
    assert done.exit_code == 2 and "letter c" in done.output.replace("'", "")


@pytest.mark.parametrize("package", ["jinja2", "markupsafe"])
def test_a_missing_package_names_the_extra(package: str,
                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    render._environment.cache_clear()
    done = call("language", "parity")
    render._environment.cache_clear()
    assert done.exit_code == 2
    assert f"needs the package {package}" in done.output
    assert "pip install 'expressivity[report]'" in done.output
    assert call("language", "parity", "--json").exit_code == 0  # the data need no template


def test_without_matplotlib_attention_is_tables(saved: str,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    data = json.loads(call("model", saved, "--json").output)
    assert data["sample"]["picture"] == ""
    assert "expressivity[plot]" in data["sample"]["note"]
    assert len(data["sample"]["heads"]) == 2


def test_attention_is_a_picture_with_matplotlib(saved: str) -> None:
    pytest.importorskip("matplotlib")
    page = call("model", saved).output
    assert page.count('src="data:image/svg+xml;base64,') == 2  # and the growth of circuits


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of a page, typed into a shell."""
    line = line.replace("python3 -S", f"{sys.executable} -S").replace(
        "expressivity ", f"{sys.executable} -m report_entry ", line.startswith("expressivity "))
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
    return subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True,
                          text=True, timeout=120, check=False)


@pytest.mark.parametrize("arguments", [
    ("language", "regex:(<a>|'b)*"), ("variant", "uhat-positions"), ("ask", "parity", "uhat"),
    ("ask", "regex:(ab)*", "householder-rnn", "--witness"),
    ("ask", "regex:ab", "uhat", "--alphabet", "abc"), ("model", "")], ids=str)
def test_the_commands_of_a_page_check_it(arguments: tuple[str, ...], saved: str,
                                         tmp_path: Path) -> None:
    (tmp_path / "report_entry.py").write_text("from expressivity.cli.main import run\nrun()\n")
    arguments = tuple(word or saved for word in arguments)
    data = json.loads(call(*arguments, "--json").output)
    assert len(data["commands"]) >= 2
    checked = 0
    for entry in data["commands"]:
        for line in entry["lines"]:
            done = run(line, tmp_path)
            assert done.returncode == 0, (line, done.stdout, done.stderr)
            if "-m proofs check" in line:
                assert "accepted" in done.stdout and "rejected" not in done.stdout
                checked += 1
    assert checked == 1


@pytest.mark.parametrize("arguments", [("ask", "word-problem:S5", "padded"), ("model", "")],
                         ids=str)
def test_the_same_question_gives_the_same_bytes(arguments: tuple[str, ...], saved: str) -> None:
    pages = set()
    for seed in ("1", "2"):
        words = [word or saved for word in arguments]
        done = subprocess.run(
            [sys.executable, "-c", "from expressivity.cli.main import run; run()", "report",
             *words], capture_output=True, check=True, timeout=120, cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)})
        pages.add(done.stdout)
    assert len(pages) == 1


def test_help_needs_no_heavy_imports() -> None:
    code = ("import sys, click; from expressivity.cli.main import main\n"
            "try: main(['report', '--help'])\nexcept SystemExit: pass\n"
            "print(sorted({'numpy', 'jinja2', 'matplotlib', 'proofs'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT,
                          check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert done.stdout.endswith("[]\n")
    assert "model" in done.stdout


TWO = DFA.from_lists(("0", "1"), [[0, 1], [1, 0]], 0, [0])


def test_a_decoder(tmp_path: Path) -> None:
    target = str(tmp_path / "decoder")
    save_decoder(Thinker.from_plain(automaton_decoder(TWO)), target)
    data = json.loads(call("model", target, "--word", "0110", "--json").output)
    assert data["sample"]["answer"].startswith("accepted; tokens: ")
    assert len(data["sample"]["heads"]) == 2
    rows = data["sample"]["heads"][0]["rows"]
    assert len(rows) == len(data["sample"]["positions"]) == 9 and not any(rows[3]) and any(rows[4])
    page = call("model", target).output
    assert "writes a chain of thought" in page
    bad = call("model", target, "--word", "2")
    assert bad.exit_code == 2 and "letter '2' is not in the alphabet" in bad.output
