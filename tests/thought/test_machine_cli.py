"""build, run, verify and check with Turing machines, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.expressivity.command_line import run

EXAMPLES = Path(__file__).parents[2] / "examples"
PALINDROMES = f"tm:{EXAMPLES / 'palindromes.tm'}"
FOREVER = ("input: a\nwork:\nblank: _\nstates: go yes no\nstart: go\naccept: yes\nreject: no\n"
           "transitions:\n  go * * -> go * R S\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Decoders of palindromes and of a machine that never stops, and a model without tokens."""
    made = tmp_path_factory.mktemp("machines")
    (made / "forever.tm").write_text(FOREVER)
    (made / "bad.tm").write_text(FOREVER.replace("start: go", "start: gone"))
    for source, variant, name, said in (
            (PALINDROMES, "ahat-rational,cot=n", "copy", "decoded tokens: t + 1 where the machine "
             "takes t steps, the answer included; made for all lengths"),
            (f"tm:{made / 'forever.tm'}", "ahat-rational,cot=unbounded", "forever",
             "words neither machine nor model answers within the tokens that were compared"),
            ("regex:(ab)*", "uhat", "plain", "")):
        done = run("build", source, variant, "-o", str(made / name))
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    return made


def test_run_and_check(folder: Path, tmp_path: Path) -> None:
    done = run("run", str(folder / "copy"), "aba", "--trace")
    assert done.stdout.startswith("accepted\n")
    assert "\n      state copy; input a[b]a; tape 1 a[.]\n" in done.stdout
    done = run("run", str(folder / "copy"), "ab", "--trace", "--json")
    found = json.loads(done.stdout)
    assert found["accepted"] is False
    assert found["configurations"][0] == {"state": "copy", "heads": [1, 1],
                                          "tapes": ["a[b]", "a[.]"]}
    done = run("run", str(folder / "copy"), "ab", "--against", PALINDROMES, "--certificate",
               str(tmp_path))
    assert f"each step agrees with {PALINDROMES}" in done.stdout
    done = run("check", str(tmp_path / "trace.json"))
    assert done.returncode == 0 and "its run was repeated exactly" in " ".join(done.stdout.split())


def test_machines_that_do_not_stop(folder: Path, tmp_path: Path) -> None:
    done = run("run", str(folder / "forever"), "a", "--limit", "5", "--against",
               f"tm:{folder / 'forever.tm'}", "--certificate", str(tmp_path / "x"))
    assert done.returncode == 0
    assert done.stdout.startswith("no answer within 5 tokens\n")
    assert "no trace was written, as there is no answer" in done.stdout
    assert not (tmp_path / "x").exists()
    done = run("verify", str(folder / "forever"), f"tm:{folder / 'forever.tm'}", "--limit", "9",
               "--seconds", "1", "--json")
    found = json.loads(done.stdout)
    assert found["agrees"] is True and found["unanswered"] == found["words"] > 5


def test_verify(folder: Path) -> None:
    done = run("verify", str(folder / "copy"), PALINDROMES, "--seconds", "1")
    assert done.returncode == 0 and "step by step: length <= " in done.stdout


BAD = [
    (["build", "tm:{bad}", "ahat-rational,cot=n", "-o", "x"], 2,
     "bad.tm: unknown state 'gone', did you mean 'go'? (line 5, column 8)"),
    (["build", "tm:nowhere.tm", "ahat-rational,cot=n", "-o", "x"], 2, "cannot read 'nowhere.tm'"),
    (["build", "tm:", "ahat-rational,cot=n", "-o", "x"], 2, "nothing after the colon"),
    (["build", "tm:{forever_file}", "ahat-rational,cot=n", "-o", "x"], 1,
     "outside the variant on cot=unbounded; the file claims no time"),
    (["build", PALINDROMES, "log-precision,cot=n", "-o", "x"], 1, "outside the variant on format"),
    (["verify", "{plain}", PALINDROMES], 2, "circuits and machines are compared with decoders"),
    (["verify", "{plain}", "regex:(ab)*", "--limit", "3"], 2, "--limit is for machines"),
    (["verify", "{copy}", "regex:(ab)*", "--limit", "3"], 2, "--limit is for machines"),
    (["verify", "{plain}", "regex:(ab)*", "--limit", "3", "--precision", "bf16"], 2,
     "--limit is for machines"),
    (["verify", "{forever}", PALINDROMES], 2, "alphabet: the model's is a, that of tm:"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), BAD)
def test_bad_input_is_one_line(folder: Path, tmp_path: Path, arguments: list[str], status: int,
                               message: str) -> None:
    places = {name: str(folder / name) for name in ("copy", "forever", "plain")}
    places |= {"bad": str(folder / "bad.tm"), "forever_file": str(folder / "forever.tm")}
    done = run(*(part.format(**places) for part in arguments), cwd=tmp_path)
    assert done.returncode == status, done.stdout + done.stderr
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
