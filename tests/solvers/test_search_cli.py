"""`expressivity search` as users run it, and its certificates with Python alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.expressivity.command_line import ROOT, run


def checked(path: Path) -> str:
    """What the checker says, with the standard library only."""
    done = subprocess.run([sys.executable, "-S", "-m", "proofs", "check", str(path)], cwd=ROOT,
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_heads(tmp_path: Path) -> None:
    done = run("search", "majority", "--kind", "heads", "--length", "5", "--certificate",
               str(tmp_path))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "least number of heads for words of length 5, readout cls: 4"
    assert lines[1].startswith("fewer than 4 do not suffice: a proof of ")
    assert sum(line.startswith("  head ") for line in lines) == 4
    said = checked(tmp_path / "certificate-one-layer-heads.json")
    assert "Claim: the least number of heads is 4" in said
    assert "00000001000101110001011101111111" in said


def test_heads_read_at_the_last_letter() -> None:
    done = run("search", "parity", "--kind", "heads", "--length", "4", "--readout", "last",
               "--json")
    found = json.loads(done.stdout)
    assert (found["least"], found["most"], found["readout"]) == (3, 3, "last")
    assert len(found["orders"]) == 2


def test_ltl(tmp_path: Path) -> None:
    done = run("search", "regex:.*ab", "--kind", "ltl", "--certificate", str(tmp_path), "--json")
    found = json.loads(done.stdout)
    assert found["least"] == found["most"] and found["reason"] == ""
    back = run("language", f"ltl:{found['formula']}", "--alphabet", "ab", "--json")
    assert json.loads(back.stdout)["dfa_states"] == 3
    said = checked(tmp_path / "certificate-formula-size.json")
    assert f"has {found['least']} distinct subformulas" in said
    plain = run("check", str(tmp_path / "certificate-formula-size.json"), "--json")
    assert json.loads(plain.stdout)["claim"]["least"] == found["least"]


def test_fewer_operators() -> None:
    done = run("search", "regex:.*b", "--kind", "ltl", "--operators", "Y,not")
    assert done.stdout.splitlines()[0] == "Y b"


def test_no_time() -> None:
    done = run("search", "majority", "--kind", "heads", "--length", "5", "--seconds", "0.001")
    assert done.returncode == 0
    assert "readout cls: 3 to 5" in done.stdout and "not settled: 3 heads: time: " in done.stdout


@pytest.mark.parametrize(("arguments", "message"), [
    (["first", "--kind", "heads"], "--kind heads needs --length"),
    (["first", "--kind", "heads", "--length", "99"], "length: got 99, expected 1 to 10"),
    (["dyck:2", "--kind", "heads", "--length", "3"], "letters, expected two"),
    (["first", "--kind", "ltl", "--length", "3"], "--length is for --kind heads"),
    (["first", "--kind", "heads", "--length", "3", "--operators", "Y"],
     "--operators is for --kind ltl"),
    (["majority", "--kind", "ltl"], "majority is not regular"),
    (["first", "--kind", "ltl", "--operators", "X"], "operator 'X': expected one of true not"),
    (["first", "--kind", "ltl", "--certificate", "/proc/nowhere"], "cannot write to"),
])
def test_bad_usage(arguments: list[str], message: str) -> None:
    done = run("search", *arguments)
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
