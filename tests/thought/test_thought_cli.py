"""build, run, verify and check with chains of thought, and what bad input gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from expressivity.cli.main import main
from expressivity.thought.session import Session
from tests.expressivity.command_line import run

XOR = "aag 5 2 0 1 3\n2\n4\n10\n6 2 4\n8 3 5\n10 7 9\n"
TWO = "aag 2 2 0 2 0\n2\n4\n2\n4\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Decoders of (ab)* and of a circuit, and a model that answers at once."""
    made = tmp_path_factory.mktemp("decoders")
    (made / "xor.aag").write_text(XOR)
    (made / "two.aag").write_text(TWO)
    for source, variant, name in (
            ("regex:(ab)*", "ahat-rational,cot=n", "ab"), ("regex:(ab)*", "uhat", "plain"),
            (f"aiger:{made / 'xor.aag'}", "constant-bit-cot", "xor")):
        done = run("build", source, variant, "-o", str(made / name))
        assert done.returncode == 0, done.stderr
        if name in ("ab", "xor"):
            assert "verified step by step" in done.stdout
    return made


def test_build_says_what_was_built(folder: Path) -> None:
    built = json.loads((folder / "ab" / "build.json").read_text())
    assert built["decoded_tokens"] == "n + 1" and built["steps"] is True
    assert built["made_for"] == "all lengths"
    built = json.loads((folder / "xor" / "build.json").read_text())
    assert built["decoded_tokens"] == "3" and built["made_for"] == "length 2"


def test_run(folder: Path) -> None:
    done = run("run", str(folder / "ab"), "ab")
    assert done.stdout == "accepted\n3 tokens: <q1> <q0> <accept>\n"
    done = run("run", str(folder / "ab"), "ab", "--trace")
    assert done.stdout.splitlines()[2] == (
        "   1  <q1>  0.0: 0 ^ (1/3), 1 a (1/3), 2 b (1/3); 1.0: 1 a")
    done = run("run", str(folder / "ab"), "ab", "--json", "--trace")
    found = json.loads(done.stdout)
    assert found["tokens"] == ["<q1>", "<q0>", "<accept>"] and found["accepted"] is True
    assert found["attention"][1][1] == {"sublayer": 1, "head": 0, "shares": {"2": "1"}}
    done = run("run", str(folder / "ab"), "ab", "--limit", "2")
    assert done.stdout.startswith("no answer within 2 tokens\n")


def test_run_against_and_certificates(folder: Path, tmp_path: Path) -> None:
    for name, word, target in (("ab", "aba", "regex:(ab)*"),
                               ("xor", "11", f"aiger:{folder / 'xor.aag'}")):
        done = run("run", str(folder / name), word, "--against", target,
                   "--certificate", str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert f"each step agrees with {target}" in done.stdout
        done = run("check", str(tmp_path / "trace.json"))
        assert done.returncode == 0
        assert "rejects the word" in done.stdout
        assert "its run was repeated exactly" in done.stdout
    done = run("run", str(folder / "ab"), "aa", "--against", "parity", "--alphabet")
    assert done.returncode == 2
    done = run("run", str(folder / "ab"), "b", "--against", "regex:a*b*")
    assert done.returncode == 1
    assert "differs from regex:a*b*: step 1 writes <q2>" in done.stdout


def test_answers_alone_are_not_steps(tmp_path: Path) -> None:
    """Majority has no automaton: of a decoder's tokens the answer alone is compared."""
    (tmp_path / "model.json").write_text(json.dumps({
        "format": "expressivity model", "version": 1, "alphabet": ["0", "1"], "markers": "bos",
        "contract": {"format": "rational"}, "residual": ["x"], "period": 1,
        "embedding": [[[0]]] * 6, "layers": [],
        "decoder": {"tokens": ["<accept>", "<reject>"], "accept": "<accept>",
                    "emit": {"weights": [[0], [0]], "bias": [1, 0]}, "reject": "<reject>"}}),
        encoding="utf-8")
    done = run("run", str(tmp_path), "011", "--against", "majority")
    assert done.returncode == 0, done.stderr
    assert "the answer agrees with majority" in done.stdout and "step" not in done.stdout
    done = run("run", str(tmp_path), "011", "--against", "majority", "--json")
    assert json.loads(done.stdout)["steps"] is False


def test_verify(folder: Path) -> None:
    done = run("verify", str(folder / "ab"), "regex:(ab)*")
    assert done.returncode == 0
    assert "step by step: length <= 10 and 15 longer words" in done.stdout
    done = run("verify", str(folder / "xor"), f"aiger:{folder / 'xor.aag'}", "--json")
    assert json.loads(done.stdout)["scope"] == "all inputs of length 2"
    done = run("verify", str(folder / "ab"), "regex:(ab)*a?")
    assert done.returncode == 1
    assert done.stdout.startswith("differs from regex:(ab)*a? on a: rejected")


BAD = [
    (["run", "{ab}", "abc"], "word: letter 'c' is not in the alphabet: expected one of a b "
     "(letter 3)"),
    (["run", "{xor}", "101"], "no answer on this word: a word of length 3: the decoder is made "
     "for length 2"),
    (["run", "{ab}", "ab", "--certificate", "x"], "--certificate needs --against"),
    (["run", "{ab}", "ab", "--against", "regex:("], "regex"),
    (["run", "{ab}", "ab", "--against", "majority"], "majority has the alphabet 0 1"),
    (["verify", "{ab}", "majority"], "alphabet: the model's is a b, that of majority is 0 1"),
    (["run", "{ab}", "ab", "--svg", "x.svg"], "--svg: the model is a decoder"),
    (["run", "{plain}", "ab", "--trace"], "--trace is for decoders"),
    (["run", "{plain}", "ab", "--limit", "3"], "--limit is for decoders"),
    (["run", "{plain}", "ab", "--against", "parity"], "--against is for decoders"),
    (["verify", "{ab}", "aiger:{two}"], "2 outputs, expected one"),
    (["verify", "{ab}", "aiger:{xor_file}"], "alphabet: the model's is a b"),
    (["verify", "{ab}", "regex:(ab)*", "--certificate", "x"], "--certificate: `run MODEL WORD"),
    (["verify", "{ab}", "regex:(ab)*", "--precision", "bf16"], "a decoder, which writes"),
    (["extract", "{ab}"], "a decoder, which writes a chain of thought"),
    (["quantise", "{ab}", "--contract", "bf16", "-o", "x"], "a decoder, which writes"),
    (["build", "aiger:nowhere.aag", "constant-bit-cot", "-o", "x"], "nowhere.aag: cannot be read"),
    (["build", "aiger:{two}", "constant-bit-cot", "-o", "x"], "2 outputs, expected one"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_bad_input_is_one_line(folder: Path, tmp_path: Path, arguments: list[str],
                               message: str) -> None:
    places = {name: str(folder / name) for name in ("ab", "xor", "plain")}
    places |= {"two": str(folder / "two.aag"), "xor_file": str(folder / "xor.aag")}
    done = run(*(part.format(**places) if "{" in part else part for part in arguments),
               cwd=tmp_path)
    assert done.returncode == 2, done.stdout
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_broken_files(folder: Path, tmp_path: Path) -> None:
    data = json.loads((folder / "ab" / "model.json").read_text())
    data["decoder"]["accept"] = "<maybe>"
    (tmp_path / "model.json").write_text(json.dumps(data))
    for command in (["run", str(tmp_path), "ab"], ["verify", str(tmp_path), "regex:(ab)*"]):
        done = run(*command)
        assert done.returncode == 2
        assert "model.decoder.accept: expected the name of a token" in done.stderr


def test_build_outside_the_variant(tmp_path: Path) -> None:
    done = run("build", "parity", "log-precision,cot=n", "-o", str(tmp_path))
    assert done.returncode == 1
    assert "outside the variant on format=rational" in done.stderr
    done = run("build", "aiger:" + str(_written(tmp_path)), "uhat", "-o", str(tmp_path))
    assert done.returncode == 1
    assert "readout=token" in done.stderr


def _written(folder: Path) -> Path:
    (folder / "xor.aag").write_text(XOR)
    return folder / "xor.aag"


def test_other_constructions_are_tried_where_no_decoder_fits(tmp_path: Path) -> None:
    """cot=n means at most n: a model that answers at once lies in the variant, too."""
    done = run("build", "regex:(ab)*", "uhat,cot=n,masking=strict-future", "-o", str(tmp_path))
    assert done.returncode == 0
    assert "chain of thought, automaton (rational): outside the variant" in done.stderr
    assert done.stdout.startswith("star-free:")


def test_interrupted_runs_keep_their_tokens(folder: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Session.steps

    def interrupted(session: Session) -> Iterator[Any]:
        for k, step in enumerate(steps(session)):
            if k == 3:
                raise KeyboardInterrupt
            yield step

    monkeypatch.setattr(Session, "steps", interrupted)
    arguments = ["run", str(folder / "ab"), "abab"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 130
    assert done.stdout == "interrupted after 3 tokens\n3 tokens: <q1> <q0> <q1>\n"
    done = CliRunner().invoke(main, [*arguments, "--json", "--against", "regex:(ab)*"])
    assert json.loads(done.stdout) == {"word": list("abab"), "accepted": None, "interrupted": True,
                                       "tokens": ["<q1>", "<q0>", "<q1>"]}
