"""ask --witness, verify --certificate and build: certificates that Python alone re-checks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from expressivity.build import build
from expressivity.certify import NotCertified, certify
from expressivity.queries.ask import rests_on
from expressivity.queries.ask_witness import ask_witness
from expressivity.variants import parse_variant
from expressivity.verify import Verification, verify
from languages.parse import parse_language
from proofs import replay
from proofs.derivation import to_plain
from tests.expressivity.command_line import ROOT, run

WITNESSED = [("regex:(ab)*", "uhat"), ("first", "uhat-left"), ("regex:((a|b)(a|b))*",
             "uhat-periodic"), ("parity", "rnn"), ("parity", "negative-eigenvalue-ssm"),
             ("word-problem:S3", "householder-rnn"), ("dyck:1,depth=2", "uhat"),
             ("regex:(a|b)*a(a|b)*", "fixed-precision-softmax")]


def recheck(*paths: Path) -> subprocess.CompletedProcess[str]:
    """The checker, without third-party packages."""
    return subprocess.run([sys.executable, "-S", "-m", "proofs", "check", *map(str, paths)],
                          cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(("name", "variant"), WITNESSED)
def test_a_yes_that_rests_on_a_witness(name: str, variant: str) -> None:
    verdict = ask_witness(parse_language(name), parse_variant(variant))
    assert verdict.answer == "yes"
    rest = rests_on(verdict.theorems)
    assert rest["axioms"] == [] and rest["conjectures"] == []
    assert len(rest["witnesses"]) == len(rest["certificates"]) == 1
    replayed = replay.replay(to_plain(verdict.theorems))
    assert replayed.axioms == () and len(replayed.witnesses) == 1
    assert rest["witnesses"] == [f"model sha256:{replayed.witnesses[0].digest}"]


def test_no_witness_leaves_the_plain_verdict() -> None:
    verdict = ask_witness(parse_language("parity"), parse_variant("uhat"))
    assert verdict.answer == "no"
    assert any(note.startswith("no witness: ") for note in verdict.notes)
    assert rests_on(verdict.theorems)["axioms"]
    verdict = ask_witness(parse_language("majority"), parse_variant("mixed-precision"))
    assert "witnesses" not in rests_on(verdict.theorems)


def test_ask_writes_what_the_checker_accepts(tmp_path: Path) -> None:
    done = run("ask", "regex:(ab)*", "uhat", "--witness", "--certificate", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("yes") and "rests on no theorem" in done.stdout
    written = sorted(path.name for path in tmp_path.glob("*.json"))
    assert written == ["certificate-1-model-language.json", "derivation.json", "model.json"]
    checked = recheck(*(tmp_path / name for name in written[:2]))
    assert checked.returncode == 0, checked.stdout
    again = run("verify", str(tmp_path), "regex:(ab)*")
    assert again.returncode == 0 and "all lengths" in again.stdout


def test_a_theorem_about_decoders_and_a_run(tmp_path: Path) -> None:
    done = run("ask", "word-problem:A5", "log-precision,cot=n", "--witness", "--json",
               "--certificate", str(tmp_path))
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["answer"] == "yes" and answer["rests_on"]["axioms"] == ["cot-linear-regular"]
    shown = answer["run"]
    assert shown["outside"] and shown["verified"].startswith("length <= ")
    assert parse_language("word-problem:A5").contains(shown["word"]) is shown["accepted"]
    assert len(shown["tokens"]) == len(shown["word"]) + 1
    written = sorted(path.name for path in tmp_path.glob("*.json"))
    assert written == ["derivation.json", "model.json", "trace.json"]
    checked = recheck(tmp_path / "derivation.json", tmp_path / "trace.json")
    assert checked.returncode == 0 and "accepted" in checked.stdout, checked.stdout
    again = run("run", str(tmp_path / "model.json"), *shown["word"][:1], "--json")
    assert again.returncode == 0 and json.loads(again.stdout)["accepted"] is False


def test_no_run_where_no_theorem_says_yes() -> None:
    assert ask_witness(parse_language("parity"), parse_variant("uhat,cot=n")).run is None
    assert ask_witness(parse_language("majority"), parse_variant("log-precision,cot=n")).run is None


def test_build_and_verify_write_certificates(tmp_path: Path) -> None:
    done = run("build", "parity", "rnn", "-o", str(tmp_path / "m"))
    assert done.returncode == 0, done.stderr
    certificate = tmp_path / "m" / "certificate-model-language.json"
    assert f"wrote {certificate}, checked" in done.stdout
    assert recheck(certificate).returncode == 0
    done = run("verify", str(tmp_path / "m"), "parity", "--certificate", str(tmp_path / "v"),
               "--json")
    found = json.loads(done.stdout)
    assert found["agrees"] and len(found["model"]) == 64
    assert recheck(Path(found["certificate"])).returncode == 0
    assert Path(found["certificate"]).read_bytes() == certificate.read_bytes()
    done = run("verify", str(tmp_path / "m"), "regex:(00)*|(0|1)*", "--certificate",
               str(tmp_path / "w"))
    assert done.returncode == 1 and not (tmp_path / "w").exists()


def test_bounded_verification_is_no_certificate(tmp_path: Path) -> None:
    done = run("build", "majority", "mixed-precision", "--length", "6", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "not certified: verified for length <=" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.json", "model.json"]
    built = build(parse_language("regex:(ab)*"), parse_variant("uhat"))
    language = parse_language("regex:(ab)*")
    for found in (Verification(True, "length <= 9", "all words tried", None),
                  Verification(False, "all lengths", "", ("a",)),
                  Verification(True, "all lengths", "", None)):
        with pytest.raises(NotCertified):
            certify(built.model, language, found)
    assert certify(built.model, language, verify(built.model, language)).digest
