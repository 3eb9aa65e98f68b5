"""Conjectures taken for granted: how they are written, what follows, what is refused."""

from __future__ import annotations

import json
import random
from itertools import combinations, product
from pathlib import Path

import pytest

from expressivity.queries.ask import ask
from expressivity.queries.assumptions import Contradiction, claims, parse_assumptions, possible
from expressivity.queries.bounds import bounds
from expressivity.queries.facts import Facts
from expressivity.variants import PRESETS, parse_variant
from languages.classes.analysis import Budget
from languages.errors import InputError
from languages.parse import parse_language
from proofs import base, kernel, replay, search
from proofs.derivation import to_plain
from proofs.statements import NotSub, Sub
from tests.expressivity.command_line import run


@pytest.mark.parametrize(("text", "tag"), [
    ("TC0 != NC1", "TC0 != NC1:holds"), ("tc0!=nc1", "TC0 != NC1:holds"),
    ("TC0 ≠ NC1", "TC0 != NC1:holds"), ("TC0 = NC1", "TC0 != NC1:fails"),
    ("DLOGTIME-uniform TC0 = NC1", "D-TC0 != NC1:fails"), ("D-TC0=NC1", "D-TC0 != NC1:fails"),
    ("P=NP", "P != NP:fails"), ("ETH", "ETH:holds"), ("eth", "ETH:holds"),
    ("the exponential time hypothesis", "ETH:holds")])
def test_ways_to_write_an_assumption(text: str, tag: str) -> None:
    assert parse_assumptions([text]) == {tag}


@pytest.mark.parametrize("text", ["", "TC0", "NC1 != TC0 ", "ETH fails", "P = P", "x" * 10_000])
def test_what_is_no_assumption(text: str) -> None:
    with pytest.raises(InputError, match="unknown assumption"):
        parse_assumptions([text])


def test_every_conjecture_can_be_assumed_alone() -> None:
    for tag in search.every_conjecture():
        assert parse_assumptions(claims([tag])) == {tag}


def models(tags: frozenset[str]) -> bool:
    """Is there an order of inclusions that agrees with the base and the tags? By the definition.

    Inclusions are closed under transitivity; then no separation may contradict one of them.
    """
    edges, apart = set(), set()
    pool = [t.statement for t in search.base_theorems()]
    for tag in tags:
        name, _, side = tag.rpartition(":")
        entry = base.conjectures()[name]
        pool.append(entry.holds if side == "holds" else entry.fails)
    for s in pool:
        if isinstance(s, Sub) and s.within is None:
            edges.add((s.lower, s.upper))
        elif isinstance(s, NotSub):
            apart.add((s.left, s.right))
    names = {c for edge in edges | apart for c in edge}
    edges |= {(c, c) for c in names}
    for middle in names:
        below = [a for a in names if (a, middle) in edges]
        above = [b for b in names if (middle, b) in edges]
        edges |= {(a, b) for a in below for b in above}
    return not edges & apart


def test_contradictions_are_those_of_the_definition() -> None:
    tags = [*sorted(search.every_conjecture()), "ETH:holds"]
    refused = 0
    for pair in random.Random(1).sample(list(combinations(tags, 2)), 200):
        found = search.contradiction(frozenset(pair))
        assert (found is None) == models(frozenset(pair)), pair
        if found is not None:
            refused += 1
            inside, apart = (t.statement for t in found)
            assert isinstance(inside, Sub) and isinstance(apart, NotSub)
            assert (inside.lower, inside.upper) == (apart.left, apart.right)
            assert inside.within is None
            assert found[0].hypotheses | found[1].hypotheses <= set(pair)
            replay.replay(to_plain(found))
    assert refused > 5


def test_a_contradiction_is_refused_with_its_derivation() -> None:
    with pytest.raises(Contradiction, match="both follow"):
        parse_assumptions(["ETH", "P = NP"])
    done = run("variant", "uhat", "--assume", "D-TC0 = P", "--assume", "D-TC0 != NC1")
    assert done.returncode == 2 and "contradict" in done.stderr
    assert "NC1 ⊆ DLOGTIME-uniform TC0  (inclusions compose)" in done.stdout
    assert "NC1 ⊄ DLOGTIME-uniform TC0  [assumed]" in done.stdout


def test_nothing_follows_from_the_negation_of_a_hypothesis_that_implies_more() -> None:
    with pytest.raises(kernel.RuleError):
        kernel.assume("ETH", holds=False)
    plain = to_plain([kernel.assume("ETH", holds=True)])
    replay.replay(plain)
    plain["steps"][0]["holds"] = False
    with pytest.raises(Exception, match="conjecture"):
        replay.replay(plain)


def test_what_is_possible_contradicts_nothing() -> None:
    given = parse_assumptions(["D-TC0 = P"])
    assert "D-TC0 != NC1:holds" not in possible(given)
    assert "P != NP:holds" in possible(given)
    for tag in possible(given):
        assert models(given | {tag})


def test_a_conditional_answer_becomes_definite() -> None:
    language, variant = parse_language("word-problem:S5"), parse_variant("log-precision")
    assert ask(language, variant).answer == "conditional"
    no = ask(language, variant, given=parse_assumptions(["D-TC0 != NC1"]))
    assert no.answer == "no" and no.theorems[0].hypotheses == {"D-TC0 != NC1:holds"}
    assert no.to_json()["assumed"] == ["DLOGTIME-uniform TC0 != NC1"]
    stronger = ask(language, variant, given=parse_assumptions(["TC0 != NC1"]))
    assert stronger.answer == "no" and stronger.theorems[0].hypotheses == {"TC0 != NC1:holds"}
    both = ask(language, parse_variant("padded"), given=parse_assumptions(["D-TC0 = NC1"]))
    assert both.answer == "yes" and both.theorems[0].hypotheses == {"D-TC0 != NC1:fails"}
    replay.replay(to_plain([*no.theorems, *stronger.theorems, *both.theorems]))


def test_assumptions_never_change_a_definite_answer() -> None:
    for language in map(parse_language, ("parity", "word-problem:S5", "majority", "sat")):
        facts = Facts(language, Budget())
        for name, given in product(PRESETS, map(parse_assumptions, (["ETH"], ["P = PSPACE"],
                                                                    ["D-TC0 = P"]))):
            before = ask(language, parse_variant(name), facts=facts).answer
            after = ask(language, parse_variant(name), given=given, facts=facts).answer
            assert after == before or before not in ("yes", "no"), (language.name, name)


def test_bounds_under_assumptions() -> None:
    region = parse_variant("padded").profile
    assert "does not contain NC1 unless DLOGTIME-uniform TC0 = NC1" in bounds(region).conditional
    apart = bounds(region, parse_assumptions(["D-TC0 != NC1"])).conditional
    assert any(text.startswith("does not contain NC1, as ") for text in apart)
    equal = bounds(region, parse_assumptions(["D-TC0 = NC1"])).conditional
    assert not any("contain NC1" in text for text in equal)


def test_assume_on_the_command_line(tmp_path: Path) -> None:
    done = run("ask", "word-problem:S5", "log-precision", "--assume", "D-TC0 != NC1", "--json",
               "--certificate", str(tmp_path), "--expect", "no")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["answer"] == "no"
    checked = run("check", str(tmp_path / "derivation.json"))
    assert checked.returncode == 0
    assert "DLOGTIME-uniform TC0 != NC1" in " ".join(checked.stdout.split())
    shown = run("variant", "padded", "--assume", "ETH")
    assert "assuming the exponential time hypothesis" in shown.stdout
