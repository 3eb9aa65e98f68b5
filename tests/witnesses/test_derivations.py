"""Witnesses as steps of derivations: the kernel's rule, the replayer's, and the command."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proofs import kernel, replay
from proofs.check import check_text
from proofs.check_report import plain, report
from proofs.checkers.rejection import Rejected
from proofs.derivation import to_plain
from proofs.kernel import RuleError, Theorem
from proofs.profile import Profile, box_from_mapping
from proofs.statements import Automaton, Can, Language
from tests.witnesses.bad_witnesses import LAST, PARITY, B, good, two_kinds_of_model

ROOT = Path(__file__).parent.parent.parent


def language(name: str) -> Language:
    """The language of a good certificate as a term."""
    value = good(name)["claim"]["language"]
    return Language(name, Automaton(
        tuple(value["alphabet"]), tuple(map(tuple, value["delta"])), value["start"],
        tuple(value["accept"])))


def wider(region: Profile, **values: str) -> Profile:
    (box,) = region
    return (box_from_mapping(box.to_plain() | values),)


def derived(name: str = B) -> Theorem:
    """A witness, and the possibility for deeper models that it gives."""
    theorem = kernel.witnessed(language(name), good(name))
    assert isinstance(theorem.statement, Can)
    return kernel.extend(theorem, wider(theorem.statement.region, depth="1..O(1)"))


@pytest.mark.parametrize("name", [B, LAST, PARITY])
def test_a_witness_rests_on_no_axiom(name: str) -> None:
    replayed = replay.replay(to_plain([derived(name)]))
    assert replayed.axioms == () and replayed.conjectures == () and not replayed.assumed
    (witness,) = replayed.witnesses
    assert witness.model.alphabet == ("a", "b")
    assert replayed.certificates == ()


def test_the_region_is_the_exact_profile() -> None:
    theorem = kernel.witnessed(language(PARITY), good(PARITY))
    assert isinstance(theorem.statement, Can)
    (box,) = theorem.statement.region
    found = box.to_plain()
    assert found["transition"] == "signed-diagonal" and found["family"] == "ssm"
    assert found["precision"] == "5" and found["overflow"] == "saturate"
    assert found["depth"] == "1" and found["readout"] == "eos"


def test_the_kernel_refuses_other_languages_and_bad_certificates() -> None:
    with pytest.raises(RuleError):
        kernel.witnessed(language(PARITY), good(B))
    with pytest.raises(RuleError):
        kernel.witnessed(Language("dyck:1", None, "dyck:1"), good(B))
    bad = good(B)
    bad["claim"]["language"]["accept"] = [0]
    with pytest.raises(Rejected):
        kernel.witnessed(language(B), bad)


def test_the_kernel_refuses_regions_without_the_model() -> None:
    theorem = kernel.witnessed(language(B), good(B))
    assert isinstance(theorem.statement, Can)
    with pytest.raises(RuleError):
        kernel.extend(theorem, wider(theorem.statement.region, attention="uhat-left"))
    with pytest.raises(RuleError):
        kernel.extend(theorem, wider(theorem.statement.region, width="1"))


def step(value: Any) -> Any:
    return next(s for s in value["steps"] if s["rule"] == "witness")


def code_of(value: Any) -> str:
    with pytest.raises(Rejected) as caught:
        replay.replay(value)
    return caught.value.code


def test_the_replayer_refuses_other_claims() -> None:
    value = to_plain([derived()])
    replay.replay(value)
    for axis, text in (("attention", "uhat-left"), ("readout", "last"), ("depth", "2"),
                       ("precision", "8"), ("width", "1..3")):
        changed = copy.deepcopy(value)
        changed["regions"][step(changed)["statement"]["region"]][0][axis] = text
        assert code_of(changed) in ("another-claim", "premises-do-not-fit")
    changed = copy.deepcopy(value)
    changed["languages"][step(changed)["statement"]["language"]]["automaton"]["accept"] = [0]
    assert code_of(changed) == "another-claim"
    changed = copy.deepcopy(value)
    step(changed)["certificate"]["data"]["stages"][1]["stream"]["end"] = [0, 0]
    assert code_of(changed) == "certificate-rejected"
    changed = copy.deepcopy(value)
    step(changed)["certificate"]["claim"]["model"]["output"]["bias"] = 1
    assert code_of(changed) == "certificate-rejected"
    changed = copy.deepcopy(value)
    step(changed)["premises"] = [0]
    assert code_of(changed) == "not-earlier"
    changed = copy.deepcopy(value)
    step(changed)["statement"]["is"] = "cannot"
    assert code_of(changed) == "another-claim"
    changed = copy.deepcopy(value)
    step(changed)["rule"] = "certificate"
    assert code_of(changed) == "certificate-rejected"


def test_models_without_a_profile_are_checked_but_are_no_witnesses() -> None:
    certificate = two_kinds_of_model()
    outcome = check_text(json.dumps(certificate).encode(), "x")
    assert outcome.status == "accepted", outcome
    assert "no profile: attention and recurrent sublayers" in report(outcome)
    with pytest.raises(RuleError, match="attention and recurrent sublayers"):
        kernel.witnessed(language(PARITY), certificate)
    value = to_plain([derived(PARITY)])
    step(value)["certificate"] = certificate
    assert code_of(value) == "no-profile"


def test_check_says_what_it_rests_on(tmp_path: Path) -> None:
    value = to_plain([derived()])
    files = {"derivation.json": value, "certificate.json": good(LAST)}
    for name, data in files.items():
        (tmp_path / name).write_text(json.dumps(data), "utf-8")
    done = subprocess.run([sys.executable, "-S", "-m", "proofs", "check",
                           *(str(tmp_path / name) for name in files)],
                          cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("Witnesses, checked:", "model sha256:", "at all lengths", "attention=uhat-right",
                  "some model of", "Claim: this model recognises", "contains-b"):
        assert words in done.stdout
    assert "Axioms:" not in done.stdout


def test_outcomes_as_plain_data() -> None:
    made = plain(check_text(json.dumps(good(B)).encode(), "x"))
    assert made["claim"]["kind"] == "model-language" and made["claim"]["empty_word"] is True
    assert len(made["claim"]["model_sha256"]) == 64
    made = plain(check_text(json.dumps(to_plain([derived()])).encode(), "x"))
    assert [w["kind"] for w in made["witnesses"]] == ["model-language"]
    assert made["axioms"] == [] and made["certificates"] == []
    bad = good(B) | {"version": 2}
    assert plain(check_text(json.dumps(bad).encode(), "x"))["code"] == "out-of-range"
