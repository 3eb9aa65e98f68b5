"""What a theorist tries first, and what every verdict must carry."""

from __future__ import annotations

import json

import pytest

from expressivity.queries.ask import Verdict, ask
from expressivity.queries.export import write_certificate
from expressivity.variants import PRESETS, parse_variant
from languages.classes.analysis import Budget
from languages.parse import parse_language
from proofs import derivation
from proofs.replay import replay

SOFTMAX = "attention=softmax,precision=const,masking=strict-future,positions=none"
A_B = "regex:(ab)*"
A_A = "regex:(aa)*"

SETTLED = [
    # parity is not in AC0, so no variant inside AC0 recognises it
    ("parity", "uhat", "no"),
    ("parity", "uhat-left", "no"),
    ("parity", "uhat-positions", "no"),
    ("parity", "uhat-periodic", "no"),
    ("parity", "fixed-precision-softmax", "no"),
    ("parity", "fixed-precision-softmax-periodic", "no"),
    ("parity", "constant-bit-cot,cot=log(n)", "no"),
    ("parity", "log-precision", "yes"),
    ("parity", "log-precision,masking=none,positions=length-dependent", "yes"),
    ("parity", "mixed-precision", "no"),
    ("parity", "negative-eigenvalue-ssm", "yes"),
    ("mod:4", "uhat-positions", "no"),
    # star-free against AC0
    (A_A, "uhat", "no"),
    (A_A, "uhat-periodic", "yes"),
    (A_A, "uhat-positions", "yes"),
    # R-trivial against star-free
    (A_B, "fixed-precision-softmax", "no"),
    (A_B, SOFTMAX, "no"),
    (A_B, "uhat-left", "no"),
    (A_B, "uhat", "yes"),
    ("first", "uhat-left", "yes"),
    ("first", "fixed-precision-softmax", "yes"),
    ("regex:(a|b)*a", "fixed-precision-softmax", "no"),
    # an unbounded OR: constant precision is not inside NC0
    ("regex:(a|b)*b(a|b)*", "fixed-precision-softmax", "yes"),
    # counting
    ("majority", "fixed-precision-softmax", "no"),
    ("majority", "mixed-precision", "yes"),
    ("majority", "uhat-positions", "no"),
    ("dyck:1", "mixed-precision", "yes"),
    ("dyck:2", "uhat-positions", "no"),
    # sequential problems
    ("word-problem:S5", "log-precision,cot=n", "yes"),
    ("word-problem:S5", "looped-log", "yes"),
    ("word-problem:S5", "rnn", "yes"),
    ("word-problem:S5", "householder-rnn", "yes"),
    ("word-problem:S5", "uhat-positions", "no"),
    ("circuit-value", "log-precision,cot=poly(n)", "yes"),
    ("circuit-value", "uhat-positions", "no"),
    ("permanent", "padded", "no"),
    ("reachability", "padded,loops=log(n)", "yes"),
    ("reachability", "rnn", "no"),
]

CONDITIONAL = [
    ("word-problem:S5", "log-precision", ["no unless DLOGTIME-uniform TC0 = NC1"]),
    ("word-problem:S5", "log-precision,cot=log(n)", ["no unless L-uniform TC0 = L-uniform NC1"]),
    ("word-problem:S5", "s6", ["no unless L-uniform TC0 = L-uniform NC1"]),
    ("word-problem:S5", "padded", ["yes if and only if DLOGTIME-uniform TC0 = NC1"]),
    ("word-problem:A5", "poly-precision", ["no unless DLOGTIME-uniform TC0 = NC1"]),
    ("circuit-value", "padded", ["yes if and only if DLOGTIME-uniform TC0 = P"]),
    ("circuit-value", "padded,loops=log(n)", ["yes if and only if DLOGTIME-uniform TC1 = P"]),
    ("sat", "looped-log,padding=poly(n)", ["yes if and only if DLOGTIME-uniform TC1 = NP"]),
    ("reachability", "log-precision", ["no unless DLOGTIME-uniform TC0 = NL"]),
    ("sat", "log-precision,cot=poly(n)", ["yes if and only if P = NP"]),
]


def verdict(language: str, variant: str) -> Verdict:
    return ask(parse_language(language), parse_variant(variant))


@pytest.mark.parametrize(("language", "variant", "answer"), SETTLED)
def test_settled_questions(language: str, variant: str, answer: str) -> None:
    found = verdict(language, variant)
    assert (found.answer, found.conditions) == (answer, ())
    assert not any(t.hypotheses for t in found.theorems)


@pytest.mark.parametrize(("language", "variant", "conditions"), CONDITIONAL)
def test_conditional_questions(language: str, variant: str, conditions: list[str]) -> None:
    found = verdict(language, variant)
    assert found.answer == "conditional"
    assert list(found.conditions) == conditions
    assert all(len(t.hypotheses) == 1 for t in found.theorems)


def test_open_where_the_literature_says_so() -> None:
    found = verdict("word-problem:S5", "attention=softmax,precision=log,format=float,"
                    "overflow=saturate,arithmetic=left-to-right")
    assert found.answer == "open"
    assert "open statement" in " ".join(found.notes)
    assert found.to_json()["rests_on"]["axioms"] == ["log-fixed-point-in-tc0"]


def test_unknown_is_an_answer() -> None:
    found = verdict("dyck:2", "log-precision")
    assert found.answer == "unknown"
    assert found.theorems == ()


def test_saturation_takes_the_no_away() -> None:
    """(ab)* is out of reach only where sums overflow to infinity."""
    assert verdict(A_B, f"{SOFTMAX},overflow=infinity").answer == "no"
    assert verdict(A_B, f"{SOFTMAX},overflow=saturate").answer == "unknown"


def test_bounded_depth_offers_no_construction_of_unbounded_depth() -> None:
    assert verdict(A_B, "uhat,depth=2").answer == "unknown"


def test_margin_acceptance_does_not_inherit_a_yes_by_sign() -> None:
    assert verdict("parity", "log-precision,masking=none,positions=length-dependent,"
                   "norm=none,acceptance=margin").answer == "unknown"


def test_equal_languages_get_equal_answers_whatever_they_are_called() -> None:
    """What the base says of parity by name holds for any description of it."""
    found = verdict("regex:(0*10*1)*0*", "log-precision,masking=none,positions=length-dependent")
    assert found.answer == "yes"
    assert found.to_json()["rests_on"]["axioms"] == ["parity-two-uniform-layers"]


def test_a_budget_gives_unknown_and_says_why() -> None:
    """With no budget for pairs and image sets a star-free language stays undecided."""
    language = parse_language("dyck:2,depth=3")
    found = ask(language, parse_variant("uhat"), Budget(max_image_sets=1, max_pairs=1))
    assert found.answer == "unknown"
    assert any("undetermined" in note and "--max-" in note for note in found.notes)
    assert ask(language, parse_variant("uhat")).answer == "yes"


def test_what_sees_no_order_does_not_get_an_order_sensitive_yes() -> None:
    variant = ("attention=average-hard,masking=none,precision=log,arithmetic=extra-precision,"
               "overflow=never,norm=masked-pre,markers=both,padding=poly(n)")
    assert verdict("first", variant).answer != "yes"


def test_growing_precision_is_not_bound_by_star_free() -> None:
    """Rounding at a precision that grows can count: only the AC0 bound remains."""
    assert verdict(A_A, "uhat,precision=n").answer == "unknown"
    assert verdict("parity", "uhat,precision=n").answer == "no"


def test_a_no_never_rests_on_a_collapse() -> None:
    for variant in ("log-precision,cot=poly(n)", "looped-log", "log-precision,uniformity=L"):
        found = verdict("permanent", variant)
        assert not any(c.startswith("no unless") for c in found.conditions)


QUESTIONS = [(language, variant) for language, variant, _ in SETTLED + CONDITIONAL]


@pytest.mark.parametrize(("language", "variant"), QUESTIONS)
def test_every_derivation_replays(language: str, variant: str) -> None:
    found = verdict(language, variant)
    plain = json.loads(json.dumps(derivation.to_plain(found.theorems)))
    assert replay(plain).conclusions


def test_json_has_the_promised_shape() -> None:
    value = verdict("parity", "uhat").to_json()
    assert value["language"] == "parity"
    assert value["alphabet"] == ["0", "1"]
    assert value["variant"]["name"] == "uhat"
    assert value["answer"] == "no"
    assert value["scope"] == "all lengths"
    assert set(value["rests_on"]) == {"axioms", "certificates", "conjectures", "definitions"}
    assert value["rests_on"]["definitions"] == ["parity"]
    (tree,) = value["because"]
    assert tree["rule"] == "impossible"
    assert json.loads(json.dumps(value)) == value


def test_a_yes_names_the_point_of_its_construction() -> None:
    (point,) = verdict("word-problem:S5", "log-precision,cot=n").to_json()["point"]
    assert point["attention"] == "average-hard"
    assert point["norm"] == "projected-pre"
    assert point["cot"] == "n"


def test_certificates_are_written_for_a_third_party(tmp_path: object) -> None:
    found = verdict("parity", "uhat")
    written = write_certificate(found, "no", str(tmp_path))
    names = {path.rsplit("/", 1)[-1] for path in written}
    assert {"verdict.txt", "derivation.json", "README.txt",
            "certificate-1-counting.json"} == names


@pytest.mark.parametrize("preset", PRESETS)
def test_what_any_preset_answers_replays(preset: str) -> None:
    for language in ("parity", A_B, "majority", "word-problem:S5"):
        found = verdict(language, preset)
        assert (found.answer == "unknown") == (not found.theorems)
        if found.theorems:
            replay(json.loads(json.dumps(derivation.to_plain(found.theorems))))
