"""Bounds along axes: each row is what `variant` says, and nothing is merged that differs."""

from __future__ import annotations

import json
from itertools import product

import pytest

from expressivity.queries.ask import ask
from expressivity.queries.bounds import bounds
from expressivity.queries.repair import repairs
from expressivity.queries.telling import apart
from expressivity.queries.vary import LADDER, classes, one_step, relations, values_of, vary
from expressivity.variants import parse_variant
from languages.errors import InputError
from languages.parse import parse_language
from proofs import replay, search
from proofs.axes import AXES, AXIS
from proofs.classes import CLASSES
from proofs.derivation import to_plain
from proofs.growth import parse
from proofs.statements import NotSub
from tests.expressivity.command_line import run


@pytest.mark.parametrize("axis", [axis.name for axis in AXES])
def test_rows_are_what_variant_says(axis: str) -> None:
    before = None
    rows = list(vary("log-precision", [axis]))
    assert [row.values for row in rows] == [(value,) for value in values_of(axis)]
    for row in rows:
        if row.bounds is None:
            with pytest.raises(InputError):
                parse_variant(row.variant)
            continue
        found = bounds(parse_variant(row.variant).profile)
        assert classes(row.bounds) == classes(found)
        assert row.jumps == (classes(found) != before)
        before = classes(found)


def test_growth_values_rise_and_hold_every_end_of_the_base() -> None:
    for axis in AXES:
        if axis.kind == "growth":
            points = [parse(text) for text in values_of(axis.name)]
            assert points == sorted(set(points))
            assert points[0] == parse(axis.at_most)
        else:
            assert set(values_of(axis.name)) == set(axis.values)


def test_relations_follow_from_bounds_and_inclusions() -> None:
    for name in ("uhat", "padded", "log-precision,cot=poly(n)", "constant-bit-cot", "rnn"):
        found = bounds(parse_variant(name).profile)
        upper, lower = classes(found)
        for cls, sign in relations(found).items():
            assert cls in LADDER
            if sign in ("=", "⊊", "⊆"):
                assert any(search.contains(u, cls) for u in upper)
            if sign in ("=", "⊋", "⊇"):
                assert any(search.contains(cls, c) for c in lower)
            if sign in ("⊊", "⊉"):
                assert any(apart(cls, u) is not None for u in upper)
            if sign == "⊋":
                assert any(apart(c, cls) is not None for c in lower)
    assert relations(bounds(parse_variant("padded").profile))["D-TC0"] == "="
    assert relations(bounds(parse_variant("log-precision,cot=poly(n)").profile))["P"] == "="
    assert relations(bounds(parse_variant("uhat").profile))["TC0"] == "⊊"
    assert relations(bounds(parse_variant("uhat").profile))["AC0"] == "⊊"


def test_separations_are_derived_and_contradict_no_inclusion() -> None:
    found = {(a, b): t for a, b in product(CLASSES, CLASSES) if (t := apart(a, b)) is not None}
    assert ("star-free", "R-trivial") in found and ("AC0", "star-free") in found
    assert found.keys() >= set(search.separations())
    for (left, right), theorem in found.items():
        assert theorem.statement == NotSub(left, right) and not theorem.hypotheses
        assert not search.contains(left, right), (left, right)
    replay.replay(to_plain(list(found.values())[::7]))


@pytest.mark.parametrize(("text", "axes"), [
    ("uhat", ["nonsense"]), ("uhat,depth=2", ["depth"]), ("uhat", ["cot", "cot"]),
    ("nonsense", ["cot"]), ("uhat", ["cot", "depth", "precision", "padding"])])
def test_what_cannot_vary(text: str, axes: list[str]) -> None:
    with pytest.raises(InputError):
        list(vary(text, axes))


def test_one_step_changes_one_axis() -> None:
    variant = parse_variant("uhat,depth=2")
    steps = list(one_step(variant, variant.name))
    assert {axis for axis, _ in steps} > {"attention", "depth", "precision"}
    for axis, name in steps:
        (box,) = [b for b in parse_variant(name).profile if str(b["cot"]) == "0"] or [None]
        if box is None or axis == "cot":
            continue
        different = [a.name for a in AXES if box[a.name] != variant.profile[0][a.name]]
        assert different == [axis], name


def test_repairs_are_yes_and_the_least_on_growth_axes() -> None:
    language = parse_language("word-problem:S5")
    verdict = ask(language, parse_variant("log-precision"))
    found = repairs(verdict)
    assert {repair.axis for repair in found} >= {"cot", "loops"}
    for repair in found:
        assert ask(language, repair.verdict.variant).answer == "yes"
        if AXIS[repair.axis].kind == "growth":
            value = repair.verdict.variant.name.rpartition("=")[2]
            for smaller in values_of(repair.axis):
                if parse(smaller) < parse(value):
                    text = f"log-precision,{repair.axis}={smaller}"
                    assert ask(language, parse_variant(text)).answer != "yes"
    assert repairs(ask(parse_language("parity"), parse_variant("rnn"))) == []


def test_on_the_command_line() -> None:
    done = run("variant", "log-precision", "--vary", "cot")
    assert done.returncode == 0 and "poly(n)" in done.stdout, done.stderr
    plain = json.loads(run("variant", "log-precision", "--vary", "cot", "--json").stdout)
    assert plain["axes"] == ["cot"] and len(plain["rows"]) == len(values_of("cot"))
    row = next(r for r in plain["rows"] if r["values"]["cot"] == "poly(n)")
    assert row["exact"] == "P" and row["relations"]["P"] == "="
    bad = run("variant", "uhat", "--vary", "x")
    assert bad.returncode == 2 and "unknown axis 'x'" in bad.stderr
    repaired = run("ask", "word-problem:S5", "log-precision", "--repair")
    assert "log-precision,cot=n  [cot-linear-regular]" in repaired.stdout
    none = json.loads(run("ask", "parity", "uhat", "--repair", "--json").stdout)
    assert isinstance(none["repairs"], list)
