"""The base is consistent; planted contradictions are found; z3 agrees with plain intersections."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from expressivity.smt import consistency
from expressivity.smt.consistency import absence, cases, check_consistency, check_topics
from expressivity.smt.topics import Topic, catalogue, region_of, topics
from expressivity.solvers.smt import Limits
from languages.errors import InputError
from proofs import base, kernel, search
from proofs.axes import AXES, AXIS
from proofs.citation import Axiom
from proofs.growth import GrowthError, Interval, parse_interval
from proofs.kernel import RuleError, Theorem
from proofs.profile import Box, Profile, Value, box_from_mapping, inside, offers, read_value
from proofs.statements import Can, Cannot, Lower, Statement, Upper
from proofs.theorems.named_languages import MAJORITY, PARITY

CACHES = (search.base_theorems, search.inclusions, search.separations, search.class_inclusions)


# ---- a second way: intersections, axis by axis ---------------------------------------------------


def intersects(topic: Topic, positive: Theorem) -> bool:
    """Is there a profile with both, by plain intersections of regions?"""
    return all(_box_intersects(need, [b for t in topic.negative for b in region_of(t)])
               for need in region_of(positive))


def _box_intersects(need: Box, bounds: list[Box]) -> bool:
    """A bound for each case, such that one choice on the free axes is inside all of them."""
    choices = cases(need, bounds)
    admitted = [[b for b in bounds if all(v in b[a] for a, v in case.items())]
                for case in choices]
    several = set(choices[0])
    for choice in itertools.product(*admitted):
        if all(axis.name in several or _common(axis.name, need, choice) for axis in AXES):
            return True
    return False


def _common(axis: str, need: Box, bounds: tuple[Box, ...]) -> bool:
    value = need[axis]
    others = [b[axis] for b in bounds]
    if isinstance(value, Interval):
        intervals = [o for o in others if isinstance(o, Interval)]
        if axis not in need.each:
            return all(o.includes(value) for o in intervals)
        # Intervals of a line that meet two by two meet.
        return all(a.meets(b) for a, b in itertools.combinations([value, *intervals], 2))
    sets = [o for o in others if isinstance(o, frozenset)]
    return bool(value.intersection(*sets)) if axis in need.each else all(value <= o for o in sets)


def test_the_base_is_consistent_by_z3_and_by_intersections() -> None:
    asked = list(topics(catalogue()))
    found = check_topics(asked)
    assert found.consistent and found.topics == len(asked) > 50
    assert found.pairs > 5000 and found.constructions > 20 and found.bounds > 10
    assert not any(intersects(topic, p) for topic in asked for p in topic.positive)


def test_single_bounds_against_the_containment_of_the_island() -> None:
    for topic in topics(catalogue()):
        for positive, negative in itertools.product(topic.positive, topic.negative):
            assert not all(any(offers(outer, need) for outer in region_of(negative))
                           for need in region_of(positive)), topic.name


# ---- planted contradictions in the base ----------------------------------------------------------


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A function that adds axioms to the base, for one test."""
    shipped = base.axioms()

    def add(*statements: Statement) -> None:
        axiom = Axiom("planted", "False.", statements, None, "derived", "none")
        monkeypatch.setattr(base, "axioms", lambda: shipped | {"planted": axiom})
        for cached in CACHES:
            cached.cache_clear()

    yield add
    monkeypatch.undo()
    for cached in CACHES:
        cached.cache_clear()


def shipped(identifier: str, kind: type[Statement], place: int = 0) -> Profile:
    """The region of an axiom's statement."""
    found = [s for s in base.axioms()[identifier].statements if isinstance(s, kind)][place]
    assert isinstance(found, Upper | Lower | Can | Cannot)
    return found.region


def bounding(region: Profile, **changes: str) -> Profile:
    """The region as a bound, with other values on some axes."""
    made = []
    for box in region:
        plain = {name: text.removeprefix("each ") for name, text in box.to_plain().items()}
        made.append(box_from_mapping(plain | {k.replace("_", "-"): v for k, v in changes.items()}))
    return tuple(made)


def test_a_language_that_was_shown_recognisable(plant) -> None:
    region = shipped("parity-two-uniform-layers", Can)
    plant(Cannot(PARITY, bounding(region)))
    found = check_consistency()
    assert found.contradiction is not None and not found.consistent
    assert found.contradiction.topic in ("parity", "tomita:5", "mod:2") or (
        PARITY in [t.statement.language for t in found.contradiction.theorems])
    _is_contradiction(found.contradiction.profile, found.contradiction.theorems)


def _is_contradiction(profile: Profile, theorems: tuple[Theorem, ...]) -> None:
    first, *rest = [t.statement for t in theorems]
    assert isinstance(first, Can | Lower) and first.region == profile
    assert not any(t.hypotheses for t in theorems)
    absent = [s for s in rest if isinstance(s, Cannot | Upper)]
    for s in absent:
        assert any(inside(box, outer) for box in s.region for outer in profile)
        assert not isinstance(first, Can) or s.language == first.language
    assert absent
    planted = {p.axiom for t in theorems for p in _premises(t) if p.rule == "axiom"}
    assert "planted" in planted


def _premises(theorem: Theorem) -> Iterator[Theorem]:
    yield theorem
    for premise in theorem.premises:
        yield from _premises(premise)


def test_a_class_by_a_construction_that_is_too_strong(plant) -> None:
    """Merging everything into the region of a bound, with classes and no language at hand."""
    region = shipped("diagonal-ssm-in-tc0", Upper)
    plant(Lower("PSPACE", region))
    found = check_consistency()
    assert found.contradiction is not None
    _is_contradiction(found.contradiction.profile, found.contradiction.theorems)


def test_cases_are_put_together(plant) -> None:
    """The construction uses both divisions; a bound for each is a contradiction, one is not."""
    region = shipped("padded-tc0", Lower)
    assert region[0]["division"] == frozenset({"weights", "quotient"})
    one = Cannot(MAJORITY, bounding(region, division="weights"))
    two = Cannot(MAJORITY, bounding(region, division="quotient"))
    plant(one)
    assert check_consistency().consistent
    plant(one, two)
    found = check_consistency()
    assert found.contradiction is not None
    _is_contradiction(found.contradiction.profile, found.contradiction.theorems)
    assert len([t for t in found.contradiction.theorems if isinstance(t.statement, Cannot)]) == 2


def test_growth_that_just_does_not_meet(plant) -> None:
    region = shipped("parity-two-uniform-layers", Can)
    have = region[0]["precision"]
    assert isinstance(have, Interval) and "precision" in region[0].each
    low = str(have.low)
    plant(Cannot(PARITY, bounding(region, precision=f"0..<{low}")))
    assert check_consistency().consistent
    plant(Cannot(PARITY, bounding(region, precision=f"0..{low}")))
    found = check_consistency()
    assert found.contradiction is not None
    assert str(found.contradiction.profile[0]["precision"]).endswith(low)


# ---- random small bases, against an enumeration of all boxes -------------------------------------

WIDE = {axis.name: "any" for axis in AXES}
SHORT = {"rounding": "alternatives", "division": "alternatives", "overflow": "alternatives",
         "masking": "menu", "attention": "menu", "precision": "growth"}
ENDS = ("1", "O(1)", "log(n)")


def random_value(rng: random.Random, axis: str) -> str:
    if SHORT[axis] == "growth":
        while True:
            low, high = rng.choice(ENDS), rng.choice(ENDS)
            text = low if low == high else f"{low}..{rng.choice(('', '<'))}{high}"
            try:
                parse_interval(text)
            except GrowthError:
                continue
            return text
    values = sorted(AXIS[axis].values)[:3]
    least = 1 if SHORT[axis] == "alternatives" else 0
    return " ".join(rng.sample(values, rng.randint(least, len(values))))


def random_box(rng: random.Random, construction: bool) -> Box:
    """Constructions say much; bounds are wide but on an axis of alternatives and some other."""
    plain = dict(WIDE)
    narrow = list(SHORT) if construction else ["rounding", *rng.sample(list(SHORT), 1)]
    for axis in narrow:
        each = construction and SHORT[axis] != "menu" and rng.random() < 0.3
        plain[axis] = ("each " if each else "") + random_value(rng, axis)
    if construction and rng.random() < 0.7:
        plain["rounding"] = "floor nearest none"
    made = box_from_mapping(plain)
    for axis in AXES:  # of no concern: the same single value everywhere
        if axis.name not in SHORT:
            made = made.replace(axis.name, _single(axis.name))
    return made


def _single(axis: str) -> Value:
    return read_value(axis, "1" if AXIS[axis].kind == "growth" else sorted(AXIS[axis].values)[0])


def every_box(need: Box) -> Iterator[Box]:
    """Every smallest box that offers a construction, as `offers` says."""
    pools: list[list[Value]] = []
    for axis in AXES:
        value = need[axis.name]
        if axis.name not in need.each:
            pools.append([value])
        elif isinstance(value, frozenset):
            pools.append([frozenset([v]) for v in value])
        else:
            pools.append(list(_intervals()))
    for values in itertools.product(*pools):
        if offers(Box(values), need):
            yield Box(values)


def _intervals() -> Iterator[Interval]:
    for low, high, mark in itertools.product(ENDS, ENDS, ("", "<")):
        try:
            yield parse_interval(f"{low}..{mark}{high}")
        except GrowthError:
            continue


def derivable(topic: Topic, box: Box) -> bool:
    try:
        absence(topic, box)
    except RuleError:
        return False
    return True


def covered(topic: Topic, box: Box) -> bool:
    """Does every choice of alternatives lie in a bound?"""
    several = [a.name for a in AXES if a.kind == "alternatives" and len(box[a.name]) > 1]
    for choice in itertools.product(*(sorted(box[a]) for a in several)):
        piece = box
        for axis, value in zip(several, choice, strict=True):
            piece = piece.replace(axis, frozenset([value]))
        if not any(inside(piece, b) for t in topic.negative for b in region_of(t)):
            return False
    return True


def test_random_bases_against_every_box() -> None:
    rng = random.Random(5)
    seen = {True: 0, False: 0}
    by_cases = 0
    for _ in range(30):
        positive = tuple(
            Theorem(Can(PARITY, tuple(random_box(rng, True) for _ in range(rng.choice((1, 1, 2))))),
                    frozenset(), "axiom") for _ in range(1))
        negative = tuple(
            Theorem(Cannot(PARITY, tuple(random_box(rng, False) for _ in range(2))), frozenset(),
                    "axiom") for _ in range(rng.randint(1, 3)))
        topic = Topic("random", positive, negative)
        expected = any(all(any(covered(topic, box) for box in every_box(need))
                           for need in region_of(p)) for p in positive)
        assert expected == any(intersects(topic, p) for p in positive)
        found = check_topics([topic])
        assert found.unknown is None and (found.contradiction is not None) == expected
        seen[expected] += 1
        if found.contradiction is not None:
            absent = [t for t in found.contradiction.theorems if isinstance(t.statement, Cannot)]
            by_cases += len(absent) > len(found.contradiction.profile)
            assert all(covered(topic, box) and derivable(topic, box)
                       for box in found.contradiction.profile)
    assert min(seen.values()) >= 5 and by_cases >= 3, (seen, by_cases)


# ---- refusals ------------------------------------------------------------------------------------


def test_limits() -> None:
    found = check_consistency(limits=Limits(seconds=0.01))
    assert found.unknown == "time: 0.01 s" and not found.consistent
    assert found.contradiction is None


def test_too_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consistency, "MAX_CASES", 1)
    region = shipped("padded-tc0", Lower)
    bounds = bounding(region, division="weights")
    assert cases(region[0], region) == [{}]
    with pytest.raises(InputError, match="2 choices of alternatives"):
        cases(region[0], bounds)


def test_absence_is_never_invented() -> None:
    region = shipped("padded-tc0", Lower)
    bound = Theorem(Cannot(PARITY, bounding(region, division="weights")), frozenset(), "axiom")
    with pytest.raises(RuleError):
        absence(Topic("", (), (bound,)), bounding(region)[0])
    with pytest.raises(TypeError):
        region_of(kernel.regular(PARITY))
