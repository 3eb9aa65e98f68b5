"""Verdicts on claims follow from their derivations, read afresh."""

from __future__ import annotations

from functools import cache

import pytest

from expressivity.audit.claims import Part, parse_claims
from expressivity.audit.judge import ORDER, Judgement, Opinion, audit, judge
from expressivity.queries.ask import ask
from expressivity.variants import parse_variant
from languages.parse import parse_language
from proofs import replay, search
from proofs.derivation import to_plain
from proofs.statements import Can, Cannot, In, Lower, NotIn, NotSub, Open, Sub, Upper
from tests.expressivity.command_line import ROOT

SHIPPED = {
    "A1": "refuted", "A2": "refuted", "A6": "needs-hypotheses", "A8": "needs-hypotheses",
    "A9": "needs-hypotheses", "A10": "entailed", "A11": "needs-hypotheses",
    "A12": "open", "A15": "needs-hypotheses", "A18": "needs-hypotheses", "A19": "refuted",
    "A25": "entailed", "A26": "refuted", "A27": "needs-hypotheses", "A28": "needs-hypotheses",
    "A29": "refuted"}
"""What a reader of the papers expects."""


@cache
def shipped() -> dict[str, Judgement]:
    text = (ROOT / "examples" / "claims.toml").read_text(encoding="utf-8")
    return {found.claim.id: found for found in audit(parse_claims(text))}


def one(**fields: str) -> Judgement:
    lines = [f"{key} = {value}" if value[0] in "[{" else f'{key} = "{value}"'
             for key, value in fields.items()]
    (claim,) = parse_claims('[[claim]]\nid = "X"\ntext = "t"\n' + "\n".join(
        line.replace("cls =", "class =") for line in lines))
    return judge(claim)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_claims(name: str) -> None:
    assert shipped()[name].verdict == SHIPPED[name]


def test_what_is_not_about_recognition_is_said_to_be_so() -> None:
    for name, found in shipped().items():
        assert (found.verdict == "not-expressivity") == bool(found.claim.kind), name
        assert not found.claim.kind or (found.texts and not found.theorems)


def test_claims_of_parts_get_the_worst_verdict() -> None:
    for found in shipped().values():
        if found.opinions:
            assert found.verdict == min((o.verdict for o in found.opinions), key=ORDER.index)


def supports(opinion: Opinion) -> bool:
    """Do the statements that were derived say what the verdict says? By cases."""
    part, stated = opinion.part, [t.statement for t in opinion.theorems]
    kinds = [type(s) for s in stated]
    cls, wanted = part.cls, part.relation
    if opinion.verdict == "undetermined":
        return not stated
    if opinion.verdict == "open":
        return kinds == [Open]
    positive = opinion.verdict in ("entailed", "outdated") or (
        opinion.verdict == "needs-hypotheses" and not any(t.hypotheses for t in opinion.theorems))
    if wanted in ("in", "not-in"):
        return kinds == [In if (wanted == "in") == positive else NotIn] and stated[0].cls == cls
    if wanted in ("recognises", "cannot"):
        if not positive and opinion.verdict == "needs-hypotheses":
            return kinds in ([Cannot], [Can], [Cannot, Can])
        return kinds == [Can if (wanted == "recognises") == positive else Cannot]
    inside = [s for s in stated if isinstance(s, Upper) and s.within is None
              and search.contains(s.cls, cls)]
    around = [s for s in stated if isinstance(s, Lower) and search.contains(cls, s.cls)]
    beyond = (any(isinstance(s, Can) for s in stated)
              and any(isinstance(s, NotIn) and s.cls == cls for s in stated)) or (
        any(isinstance(s, Lower) for s in stated)
        and any(isinstance(s, NotSub) and s.right == cls for s in stated))
    without = (any(isinstance(s, Cannot) for s in stated)
               and any(isinstance(s, In) and s.cls == cls for s in stated)) or (
        any(isinstance(s, Upper) for s in stated)
        and any(isinstance(s, NotSub) and s.left == cls for s in stated))
    return {"inside": bool(inside) if positive else beyond,
            "not-inside": beyond if positive or opinion.verdict == "needs-hypotheses"
            else bool(inside),
            "contains": bool(around) if positive else without,
            "equals": bool(inside and around) if positive else beyond or without}[wanted]


def test_verdicts_follow_from_their_derivations() -> None:
    for name, found in shipped().items():
        for opinion in found.opinions:
            assert supports(opinion), (name, opinion)
            if opinion.verdict in ("entailed", "outdated", "refuted"):
                assert not any(t.hypotheses for t in opinion.theorems), name
            for theorem in opinion.theorems:
                s = theorem.statement
                if isinstance(s, Upper | Lower | Can | Cannot):
                    assert opinion.about is not None and s.region == opinion.about.profile
                assert not isinstance(s, Sub) or s.within is None
        if found.theorems:
            replay.replay(to_plain(found.theorems))


@pytest.mark.parametrize(("fields", "verdict"), [
    ({"variant": "uhat", "relation": "equals", "cls": "star-free"}, "entailed"),
    ({"variant": "uhat", "relation": "inside", "cls": "AC0"}, "outdated"),
    ({"variant": "uhat", "relation": "contains", "cls": "R-trivial"}, "outdated"),
    ({"variant": "uhat", "relation": "contains", "cls": "REG"}, "refuted"),
    ({"variant": "uhat", "relation": "not-inside", "cls": "R-trivial"}, "entailed"),
    ({"variant": "uhat", "relation": "not-inside", "cls": "star-free"}, "refuted"),
    ({"variant": "uhat", "relation": "recognises", "language": "regex:(ab)*"}, "entailed"),
    ({"variant": "uhat", "relation": "cannot", "language": "regex:(ab)*"}, "refuted"),
    ({"variant": "log-precision", "relation": "contains", "cls": "D-TC0"}, "open"),
    # A question about all depths says nothing of one layer; hard attention is another question.
    ({"variant": "log-precision,depth=1", "relation": "contains", "cls": "D-TC0"}, "undetermined"),
    ({"variant": "log-precision,cot=0..<n", "relation": "cannot",
      "language": "reachability"}, "open"),
    ({"variant": "log-precision,cot=0..<n,depth=1", "relation": "cannot",
      "language": "reachability"}, "undetermined"),
    ({"variant": "log-precision,cot=0..<n,heads=0", "relation": "cannot",
      "language": "reachability"}, "undetermined"),
    ({"variant": "log-precision,cot=n", "relation": "cannot",
      "language": "reachability"}, "undetermined"),
    ({"variant": "log-precision", "relation": "contains", "cls": "NC1"}, "needs-hypotheses"),
    ({"variant": "log-precision", "relation": "cannot", "language": "sat"}, "needs-hypotheses"),
    ({"variant": "uhat", "open": "['masking']", "relation": "recognises",
      "language": "regex:(ab)*"}, "needs-hypotheses"),
    ({"variant": "uhat", "open": "{depth = ['1', '2']}", "relation": "inside",
      "cls": "star-free"}, "entailed"),
    ({"variant": "uhat", "open": "{attention = ['uhat-left', 'uhat-right']}", "relation": "inside",
      "cls": "R-trivial"}, "refuted"),
    ({"relation": "in", "language": "parity", "cls": "star-free"}, "refuted"),
    ({"relation": "not-in", "language": "parity", "cls": "star-free"}, "entailed"),
    ({"relation": "not-in", "language": "word-problem:S5", "cls": "TC0"}, "needs-hypotheses"),
], ids=str)
def test_single_claims(fields: dict[str, str], verdict: str) -> None:
    found = one(**fields)
    assert found.verdict == verdict
    assert all(supports(opinion) for opinion in found.opinions)


def test_a_claim_about_one_language_is_what_ask_says() -> None:
    for language in ("parity", "majority", "regex:(ab)*", "word-problem:S5"):
        for variant in ("uhat", "log-precision", "rnn", "s6", "padded"):
            answer = ask(parse_language(language), parse_variant(variant)).answer
            found = one(variant=variant, relation="recognises", language=language).verdict
            assert found == {"yes": "entailed", "no": "refuted", "conditional": "needs-hypotheses",
                             "open": "open", "unknown": "undetermined"}[answer]


def test_parts_are_plain_values() -> None:
    assert Part("inside", "uhat", (), "AC0") == Part("inside", variant="uhat", cls="AC0")
