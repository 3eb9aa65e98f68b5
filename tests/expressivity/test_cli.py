"""The command line as a user meets it: real processes, exit codes, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.expressivity.command_line import COMMAND, ROOT, run


def test_ask_prints_verdict_tree_and_sources() -> None:
    done = run("ask", "parity", "uhat")
    assert done.returncode == 0
    assert done.stdout.startswith("no  parity by uhat\n")
    for part in ("parity ∉ L(uhat)", "certificate counting, checked", "Yang, Chiang, Angluin",
                 "scope: all lengths", "Expressivity is not learnability", "alphabet: 0 1"):
        assert part in done.stdout


@pytest.mark.parametrize(("expect", "code"), [("no", 0), ("yes", 1)])
def test_expect(expect: str, code: int) -> None:
    done = run("ask", "parity", "uhat", "--json", "--expect", expect)
    assert done.returncode == code
    assert json.loads(done.stdout)["answer"] == "no"


def test_certificate_is_accepted_with_python_alone(tmp_path: Path) -> None:
    assert run("ask", "parity", "uhat", "--certificate", str(tmp_path / "out")).returncode == 0
    files = [str(p) for p in sorted((tmp_path / "out").glob("*.json"))]
    assert len(files) == 2
    assert run("check", *files).returncode == 0
    alone = subprocess.run([sys.executable, "-S", "-I", "-c",
                            f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
                            "import runpy; sys.argv = ['proofs', 'check', *sys.argv[1:]]; "
                            "runpy.run_module('proofs', run_name='__main__')", *files],
                           capture_output=True, timeout=120, check=False)
    assert alone.returncode == 0, alone.stderr


def test_check_tells_rejected_from_malformed(tmp_path: Path) -> None:
    run("ask", "parity", "uhat", "--certificate", str(tmp_path))
    value = json.loads((tmp_path / "derivation.json").read_text())
    value["steps"][0]["statement"]["class"] = "R-trivial"
    (tmp_path / "forged.json").write_text(json.dumps(value))
    (tmp_path / "broken.json").write_text('{"format": "expressivity derivation",\n "version": }')
    forged = run("check", str(tmp_path / "forged.json"))
    assert forged.returncode == 1
    assert "rejected" in forged.stdout + forged.stderr
    broken = run("check", str(tmp_path / "broken.json"))
    assert broken.returncode == 2
    assert "line 2" in broken.stdout + broken.stderr


def test_many_questions(tmp_path: Path) -> None:
    questions = tmp_path / "questions.tsv"
    questions.write_text("parity\tuhat\n\nno tab here\nregex:(ab)*\tuhat\nparityy\tuhat\n")
    done = run("ask", "--from", str(questions))
    assert done.returncode == 2
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r.get("answer") for r in rows] == ["no", None, "yes", None]
    assert [r["line"] for r in rows if "error" in r] == [3, 5]
    assert "line 5" in done.stderr
    assert "did you mean parity" in done.stderr


def test_many_languages_from_standard_input() -> None:
    dfa = {"id": "mine", "alphabet": ["x", "yy"], "states": 1, "start": 0, "accept": [0],
           "delta": [[0, None]]}
    lines = f"parity\n{json.dumps(dfa)}\nregex:(ab\n{{\"alphabet\": 3}}\nregex:(ab)*\n"
    done = run("language", "--from", "-", "--json", stdin=lines.encode())
    assert done.returncode == 2
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("error" in r) for r in rows] == [False, False, True, True, False]
    assert rows[1]["language"] == "mine"
    assert rows[1]["alphabet"] == ["x", "yy"]
    assert rows[0]["circuit_class"] == "ACC0"
    assert rows[0]["classes"]["ac0"] == "no"
    assert "line 3" in done.stderr


def test_certificates_of_classes(tmp_path: Path) -> None:
    done = run("language", "regex:(ab)*", "parity", "--certificate", str(tmp_path))
    assert done.returncode == 0
    files = sorted(str(p) for p in tmp_path.glob("*.json"))
    assert len(files) >= 16
    assert run("check", *files).returncode == 0


def test_language_keys() -> None:
    done = run("language", "regex:(ab)*", "--json")
    row = json.loads(done.stdout)
    assert row["dfa_states"] == 3
    for key in ("finite", "cofinite", "piecewise_testable", "r_trivial", "l_trivial", "star_free",
                "nc0", "ac0", "solvable", "nc1_complete"):
        assert row["classes"][key] in ("yes", "no")


@pytest.mark.parametrize("kind", ["languages", "variants", "axes", "classes", "theorems",
                                  "conjectures"])
def test_list(kind: str) -> None:
    assert len(run("list", kind).stdout.splitlines()) > 10
    assert len(json.loads(run("list", kind, "--json").stdout)) > 10


def test_variant() -> None:
    done = run("variant", "log-precision,cot=poly(n)")
    assert "exactly P" in done.stdout
    value = json.loads(run("variant", "looped-log", "--json").stdout)
    assert value["exact"] is None
    assert [row["class"] for row in value["lower"]] == ["REG"]


BAD = [
    (["language", "regex:(ab"], "character"),
    (["language", "regex:a{5,2}"], "{5,2}"),
    (["language", "regex:abc", "--alphabet", "ab"], "'c'"),
    (["language", "regex:ab", "--alphabet", "aab"], "'a'"),
    (["language", "word-problem:S0"], "degree of S: got 0"),
    (["language", "dyck:-3"], "-3"),
    (["language", "mod:0"], "0"),
    (["language", "dfa:/nowhere/at/all.json"], "/nowhere/at/all.json"),
    (["language", "dfa:."], "."),
    (["language"], "LANGUAGE"),
    (["language", "parity", "--from", "x"], "not both"),
    (["language", "--from", "/nowhere"], "/nowhere"),
    (["language", "__import__('os')"], "__import__"),
    (["ask", "parity"], "VARIANT"),
    (["ask", "parity", "uhatt"], "did you mean 'uhat'"),
    (["ask", "parityy", "uhat"], "parity"),
    (["ask", "parity", "uhat,depth=-1"], "depth"),
    (["ask", "parity", "log-precision,cot=__import__('os')"], "growth expression"),
    (["ask", "parity", "log-precision,cot=n**n**n"], "growth expression"),
    (["ask", "parity", "uhat,colour=red"], "unknown axis 'colour'"),
    (["ask", "parity", "uhat,precision=log,precision=2"], "twice"),
    (["ask", "parity", "uhat", "--certificate", "/proc/nope/x"], "/proc/nope/x"),
    (["check", "/nowhere/at/all.json"], "/nowhere/at/all.json"),
    (["list", "colours"], "colours"),
    (["word-problem"], "No such command"),
]


@pytest.mark.parametrize(("arguments", "part"), BAD, ids=lambda a: " ".join(a)[:50])
def test_bad_input_is_one_clear_line(arguments: list[str], part: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1]
    assert part in said


FILES = {
    "truncated.json": (b'{"alphabet": ["a", "b"], "states": 2, "sta', "line 1"),
    "binary.json": (bytes(range(256)), ""),
    "range.json": (b'{"alphabet":["a"],"states":1,"start":0,"accept":[0],"delta":[[7]]}', "7"),
    "twice.json": (b'{"alphabet":["a","a"],"states":1,"start":0,"accept":[],"delta":[[0,0]]}',
                   "'a'"),
    "million.json": (b'{"alphabet":["a"],"states":1000000,"start":0,"accept":[],"delta":[]}',
                     "--max-states"),
    "true.json": (b'{"alphabet":["a"],"states":true,"start":0,"accept":[],"delta":[[0]]}', "tru"),
    "deep.json": (b"[" * 100_000, ""),
    "empty.json": (b"", ""),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_files_are_one_clear_line(tmp_path: Path, name: str) -> None:
    content, part = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    done = run("language", f"dfa:{path}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert part.lower() in done.stderr.lower()
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_is_executed(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    code = f"__import__('pathlib').Path({str(trap)!r}).touch()"
    for arguments in (["ask", code, "uhat"], ["ask", "parity", code], ["language", f"regex:{code}"],
                      ["ask", "parity", f"log-precision,cot={code}"]):
        run(*arguments)
    assert not trap.exists()


def test_help_names_every_command() -> None:
    text = run("--help").stdout
    for command in ("ask", "language", "variant", "check", "list"):
        assert f"  {command} " in text


def test_a_line_that_is_not_utf8_is_an_error_and_the_rest_runs(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"parity\n\xff\xfe\nfirst\n")
    done = run("language", "--from", str(path), "--json")
    assert done.returncode == 2
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in r for r in rows] == [False, True, False]
    assert "Traceback" not in done.stderr


def test_an_output_that_cannot_show_all_letters_still_answers() -> None:
    done = subprocess.run([*COMMAND, "ask", "parity", "uhat"], capture_output=True, timeout=120,
                          check=False, cwd=ROOT,
                          env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"rests on" in done.stdout


def test_a_closed_pipe_and_a_full_disk_are_no_defects() -> None:
    shell = " ".join(f"'{part}'" for part in COMMAND)
    piped = subprocess.run(f"{shell} list theorems | head -n 1", shell=True, capture_output=True,
                           timeout=120, check=False, cwd=ROOT,
                           env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert piped.stdout.count(b"\n") == 1
    assert piped.stderr == b""
    if Path("/dev/full").exists():
        full = subprocess.run(f"{shell} ask parity uhat > /dev/full", shell=True, timeout=120,
                              capture_output=True, check=False, cwd=ROOT,
                              env=os.environ | {"PYTHONPATH": str(ROOT)})
        assert full.returncode == 2
        assert b"cannot write" in full.stderr
