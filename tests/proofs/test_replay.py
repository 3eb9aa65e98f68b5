"""The replayer: the derivations that it accepts, and what it reports about them."""

from __future__ import annotations

import copy
import json

from proofs import replay
from proofs.derivation import to_plain
from proofs.replay import rules
from proofs.replay.words import sentence
from tests.proofs import derivations
from tests.proofs.bad_derivations import GOOD, SMALL, code_of, step_of


def test_the_good_derivation_uses_every_rule() -> None:
    used = {step["rule"] for step in GOOD["steps"]}
    assert used == {*rules.RULES, "axiom", "assume", "regular", "certificate", "split"}


def test_a_good_derivation_is_accepted_with_all_it_rests_on() -> None:
    result = replay.replay(json.loads(json.dumps(GOOD)))
    assert [dict(c.statement) for c in result.conclusions] == [
        GOOD["steps"][c["step"]]["statement"] for c in GOOD["conclusions"]]
    assert result.conclusions[3].hypotheses == ("TC0 != NC1:holds",)
    assert result.conclusions[0].hypotheses == ()
    assert result.conjectures == ("P != NP:fails", "TC0 != NC1:holds")
    assert set(result.axioms) == {s["axiom"] for s in GOOD["steps"] if s["rule"] == "axiom"}
    assert result.assumed == {}
    assert {(c.kind, c.algebraic_class, c.member) for c in result.certificates} == {
        ("same-length-counting", "quasi-aperiodic", False),
        ("partial-order", "R-trivial", True), ("perfect-group", "solvable", False)}
    assert set(result.languages) == {"parity", "first", "tracking:A5"}
    assert result.regions == GOOD["regions"]


def test_every_conclusion_alone_is_accepted() -> None:
    for theorem in derivations.good():
        result = replay.replay(to_plain([theorem]))
        assert set(result.conjectures) == theorem.hypotheses


def test_the_kernel_derives_the_good_derivation_again() -> None:
    assert len(derivations.rebuild(GOOD)) == len(GOOD["steps"])


def test_conclusions_in_words() -> None:
    words = [sentence(c.statement) for c in replay.replay(GOOD).conclusions]
    assert words[0] == "no model of region 2 recognises parity"
    assert "some model of region 4 recognises parity" in words
    assert words[-1] == "every language in NP is in P"


# ---- axioms of the caller -------------------------------------------------------------------


def test_an_axiom_of_the_caller_is_accepted_by_name_only_and_reported() -> None:
    value = copy.deepcopy(SMALL)
    axiom = step_of(value, "axiom", "upper")
    axiom["axiom"] = "mine"
    assert code_of(value) == code_of(value, assume_axioms=["yours"]) == "unknown-axiom"
    result = replay.replay(value, assume_axioms=["mine"])
    assert result.assumed == {"mine": (axiom["statement"],)}
    assert "mine" not in result.axioms


def test_an_altered_axiom_of_the_base_counts_as_assumed() -> None:
    value = copy.deepcopy(SMALL)
    for step in value["steps"]:
        if step["statement"].get("class") == "AC0":
            step["statement"]["class"] = "NC0"
        if step["statement"].get("lower") == "AC0":
            step["statement"]["lower"] = "NC0"
    names = ["uhat-in-ac0", "regular-circuits"]
    assert code_of(value) == code_of(value, assume_axioms=names[:1]) == "another-axiom"
    result = replay.replay(value, assume_axioms=names)
    assert set(result.assumed) == set(names)
    assert result.axioms == ()
    # Where the base agrees, nothing needs to be assumed.
    assert replay.replay(SMALL, assume_axioms=names).assumed == {}


def test_names_decide_nothing() -> None:
    """Keys can be renamed at will; the definitions stay what they are."""
    text = json.dumps(SMALL).replace('"parity"', '"majority"').replace("region 2", "uhat")
    result = replay.replay(json.loads(text))
    assert sentence(result.conclusions[0].statement) == "no model of uhat recognises majority"
    assert not isinstance(result.languages["majority"], str)
    assert result.languages["majority"].delta == ((0, 1), (1, 0))
