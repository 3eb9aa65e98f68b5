"""The replayer against the kernel: altered derivations, random ones, and the base itself."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from functools import partial

import pytest

from proofs import base, growth, kernel, replay, search
from proofs.axes import AXES
from proofs.checkers.rejection import Rejected
from proofs.derivation import to_plain
from proofs.encode import Tables
from proofs.kernel import RuleError, Theorem
from proofs.profile import Box
from proofs.replay import order, regions, shipped
from proofs.statements import In, Language, Lower, Open, Upper
from proofs.theorems.named_languages import PARITY
from tests.proofs import derivations
from tests.proofs.derivations import Json

GOOD_TEXT = json.dumps(derivations.plain_good())

# ---- altered derivations ----------------------------------------------------------------------


def _mutate(value: Json, draw: random.Random) -> None:
    """Change one thing: another value from elsewhere, a little off, dropped, or exchanged."""
    paths = list(derivations.places(value))
    path = draw.choice(paths)
    if path[0] in ("languages", "regions") and draw.random() < 0.5:
        path = draw.choice([p for p in paths if p[0] in ("steps", "conclusions")])
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    old = parent[path[-1]]
    kind = draw.randrange(4)
    if kind == 0 or isinstance(old, str):
        same = []
        for other in paths:
            found = value
            for key in other:
                found = found[key]
            if type(found) is type(old) and other[-1:] == path[-1:] and found != old:
                same.append(found)
        if same:
            parent[path[-1]] = copy.deepcopy(draw.choice(same))
    elif kind == 1 and type(old) is int:
        parent[path[-1]] = old + draw.choice([-1, 1])
    elif kind == 1 and type(old) is bool:
        parent[path[-1]] = not old
    elif kind == 2 and isinstance(parent, list):
        other_place = draw.randrange(len(parent))
        parent[path[-1]], parent[other_place] = parent[other_place], old
    elif kind == 3:
        del parent[path[-1]]


@pytest.mark.parametrize("seed", range(8))
def test_changed_derivations_are_rejected_unless_the_kernel_derives_them(seed: int) -> None:
    draw = random.Random(seed)
    accepted = 0
    for _ in range(80):
        value = json.loads(GOOD_TEXT)
        _mutate(value, draw)
        try:
            replay.replay(value)
        except Rejected:
            continue
        accepted += 1
        derivations.rebuild(value)
    assert accepted < 40


def test_no_widening_of_a_box_goes_unnoticed() -> None:
    """Each axis of each box of each region, changed: accepted only where the kernel agrees."""
    values = {axis.name: list(axis.values) or ["0", "1..O(1)", "0..n", "log(n)..poly(n)",
                                               "each 1..n", "0..unbounded"] for axis in AXES}
    survived = 0
    value = to_plain([derivations.parity_possible(), derivations.by_cases()])
    for boxes in value["regions"].values():
        for axis in AXES:
            old = boxes[-1][axis.name]
            for text in {*values[axis.name], " ".join(sorted(axis.values))} - {old}:
                boxes[-1][axis.name] = text
                try:
                    replay.replay(value)
                except Rejected:
                    continue
                survived += 1
                derivations.rebuild(value)
            boxes[-1][axis.name] = old
    assert survived > 10  # narrower boxes are as good


# ---- random derivations -----------------------------------------------------------------------


def _random_derivation(draw: random.Random, tries: int) -> list[Theorem]:
    """Theorems made by trying rules on what there is."""
    pool = [*search.base_theorems(), *(kernel.assume(c, draw.random() < 0.5)
                                       for c in base.conjectures()), *derivations.good()]
    leaves = len(pool)
    two: list[Callable[..., Theorem]] = [
        kernel.chain, kernel.raise_membership, kernel.lower_exclusion, kernel.separate,
        kernel.widen_separation, kernel.raise_upper, kernel.lower_lower, kernel.possible,
        kernel.impossible]
    three: list[Callable[..., Theorem]] = [
        kernel.raise_membership, kernel.lower_exclusion, kernel.impossible,
        kernel.hard_outside, kernel.hard_excludes]
    for _ in range(tries):
        a, b, c = (draw.choice(pool[-300:] if draw.random() < 0.5 else pool) for _ in range(3))
        attempts: list[Callable[[], Theorem]] = [partial(rule, a, b) for rule in two]
        attempts += [partial(rule, a, b, c) for rule in three]
        region = getattr(b.statement, "region", None)
        if region is not None:
            attempts += [partial(kernel.restrict, a, region), partial(kernel.extend, a, region)]
        for attempt in attempts:
            try:
                pool.append(attempt())
            except RuleError:
                continue
    return pool[leaves:]


def test_random_derivations_of_the_kernel_are_accepted() -> None:
    made = _random_derivation(random.Random(1), 4000)
    assert len({t.rule for t in made}) >= 8
    result = replay.replay(to_plain(made))
    assert [set(c.hypotheses) for c in result.conclusions] == [set(t.hypotheses) for t in made]


def test_what_the_search_finds_is_accepted() -> None:
    """Every language of the base against every region of the base."""
    languages = {s.language for t in search.base_theorems()
                 if isinstance(s := t.statement, In)} | {PARITY}
    facts: dict[Language, list[Theorem]] = {PARITY: [
        kernel.certified(PARITY, derivations.PARITY_CERTIFICATE)]}
    found = []
    for language in languages:
        for assumptions in (search.NOTHING,
                            search.Assumptions(possible=search.every_conjecture())):
            knowledge = search.Knowledge(language, facts.get(language, ()),
                                         assumptions=assumptions)
            for theorem in search.base_theorems():
                s = theorem.statement
                if isinstance(s, Upper | Lower) and not any(box.each for box in s.region):
                    found += [search.possibility(knowledge, s.region),
                              search.impossibility(knowledge, s.region)]
    theorems = [t for t in found if t is not None]
    assert len(theorems) > 100
    replay.replay(to_plain(theorems))


# ---- the base ---------------------------------------------------------------------------------


def test_the_base_reads_as_it_was_meant() -> None:
    for identifier, entry in base.axioms().items():
        statements = shipped.axiom(identifier)
        assert statements is not None and len(statements) == len(entry.statements)
        for term, statement in zip(entry.statements, statements, strict=True):
            inner, form = (term.statement, statement[1]) if isinstance(term, Open) else (
                term, statement)
            if isinstance(inner, Upper | Lower):
                read = form[1] if isinstance(inner, Upper) else form[2]
                for box, values in zip(inner.region, read, strict=True):
                    _same_box(box, values)


def _same_box(box: Box, read: regions.Box) -> None:
    for axis, value, values in zip(AXES, box.values, read, strict=True):
        assert values.each == (axis.name in box.each)
        if isinstance(value, growth.Interval):
            assert isinstance(values.chosen, tuple)
            (low, _), (high, closed) = values.chosen
            assert growth.parse_interval(str(value)) == value
            assert order.read_point(str(value.low), "") == low
            assert order.read_point(str(value.high), "") == high
            assert closed == (0 if value.high_open else 1)
        else:
            assert values.chosen == value


def test_the_plain_form_of_the_kernel_is_the_normal_form() -> None:
    """What `encode` writes of the base is read back, and written the same."""
    for entry in base.axioms().values():
        for term in entry.statements:
            tables = Tables()
            tables.statement(term)
            for boxes in tables.regions.values():
                assert regions.read_region(boxes, "")
