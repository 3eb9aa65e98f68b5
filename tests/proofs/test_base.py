"""The theorem base: its form, and whether its statements agree with one another.

None of this proves an axiom. It finds axioms whose hypotheses cannot all be right: a construction
inside the region of an upper bound whose class is smaller, a language both in and outside a class.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from expressivity.queries.facts import Facts
from expressivity.variants import PRESETS, parse_variant
from languages.classes.analysis import Budget
from languages.limits import Limits
from languages.parse import parse_language
from proofs import base, kernel, search, theorems
from proofs.axes import AXES, AXIS
from proofs.citation import Axiom
from proofs.classes import CLASSES
from proofs.growth import UNBOUNDED, Interval, constant, parse
from proofs.kernel import RuleError, Theorem
from proofs.profile import Box, Profile, Value, box_from_mapping, inside, offers
from proofs.search import Assumptions, Knowledge, contains
from proofs.statements import (
    REDUCTIONS,
    Can,
    Cannot,
    Closed,
    Hard,
    HardOutside,
    In,
    Language,
    Lower,
    NotIn,
    NotSub,
    Open,
    Statement,
    Sub,
    Upper,
)
from proofs.theorems import named_languages

MODULES = sorted(Path(theorems.__path__[0]).glob("*.py"))
AXIOMS = list(base.axioms().values())
STATED = [(entry, k, s) for entry in AXIOMS for k, s in enumerate(entry.statements)]
UPPERS = [(e.id, s) for e, _, s in STATED if isinstance(s, Upper)]
LOWERS = [(e.id, s) for e, _, s in STATED if isinstance(s, Lower)]
POSSIBLE = [(e.id, s) for e, _, s in STATED if isinstance(s, Can)]
NAMED = [v for v in vars(named_languages).values() if isinstance(v, Language)]
# Heads whose result does not depend on the order of what they see.
ORDERLESS = frozenset({"average-hard", "softmax", "softmax-scaled"})
REGULAR_ONLY = [c for c in CLASSES if contains(c, "REG")]


def plain(statement: Statement) -> Statement:
    """The statement itself, or the one that is recorded as open."""
    return statement.statement if isinstance(statement, Open) else statement


def regions(statement: Statement) -> Profile:
    inner = plain(statement)
    return inner.region if isinstance(inner, Upper | Lower | Can | Cannot) else ()


def classes(statement: Statement) -> Iterator[str]:
    """Every class that a statement names."""
    match plain(statement):
        case Sub(lower, upper, within):
            yield from (lower, upper, *([within] if within else []))
        case NotSub(left, right):
            yield from (left, right)
        case HardOutside(within, outside, cls, _):
            yield from (within, outside, cls)
        case Upper(_, cls, within):
            yield from (cls, *([within] if within else []))
        case In(_, cls) | NotIn(_, cls) | Hard(_, cls, _) | Closed(cls, _) | Lower(cls, _):
            yield cls


# ---- form -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_theorem_modules_hold_values_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        assert docstring or isinstance(node, ast.Import | ast.ImportFrom | ast.Assign
                                       | ast.AnnAssign), f"{path.name}:{node.lineno}"
    banned = (ast.Lambda, ast.IfExp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
              ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
    for inner in ast.walk(tree):
        assert not isinstance(inner, banned), f"{path.name}:{getattr(inner, 'lineno', 0)}"


def test_every_axiom_of_the_modules_is_loaded_under_its_own_id() -> None:
    written: dict[str, list[str]] = {"Axiom": [], "Conjecture": [], "Remark": []}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) \
                    and node.func.id in written and isinstance(node.args[0], ast.Constant):
                written[node.func.id].append(str(node.args[0].value))
    assert sorted(written["Axiom"]) == sorted(base.axioms())
    assert sorted(written["Conjecture"]) == sorted(base.conjectures())
    assert sorted(written["Remark"]) == sorted(base.remarks())


@pytest.mark.parametrize("entry", AXIOMS, ids=lambda e: e.id)
def test_axioms_are_cited_or_argued(entry: Axiom) -> None:
    assert entry.verified in {"yes", "part", "no", "derived", "textbook"}
    assert entry.statements and entry.text.endswith(".")
    if entry.verified == "derived":
        assert entry.note, "what is argued here needs its argument"
    else:
        assert entry.cite is not None
    if entry.cite is not None:
        assert entry.cite.authors and entry.cite.title and entry.cite.venue
        assert 1900 < entry.cite.year < 2100


@pytest.mark.parametrize("entry", AXIOMS, ids=lambda e: e.id)
def test_axioms_are_complete(entry: Axiom) -> None:
    for statement in entry.statements:
        assert set(classes(statement)) <= set(CLASSES)
        if isinstance(statement, Hard | HardOutside):
            assert statement.under in REDUCTIONS
        if isinstance(statement, Closed):
            assert set(statement.under) <= set(REDUCTIONS)
        for box in regions(statement):
            assert set(box.to_plain()) == {axis.name for axis in AXES}
            assert box_from_mapping(box.to_plain()) == box
            if isinstance(plain(statement), Upper | Cannot):
                assert not box.each, "an upper bound holds for every model of its region"
            for name in box.each:
                assert AXIS[name].kind != "menu", "one of several kinds of heads is not a choice"


def test_conjectures_state_a_separation_and_its_failure() -> None:
    for entry in base.conjectures().values():
        holds, fails = entry.holds, entry.fails
        assert isinstance(holds, NotSub)
        if fails is None:
            assert not any(tag.startswith(f"{entry.id}:") for tag in search.every_conjecture())
            fails = Sub(holds.left, holds.right)
        assert isinstance(fails, Sub)
        assert (holds.left, holds.right, None) == (fails.lower, fails.upper, fails.within)
        assert {holds.left, holds.right} <= set(CLASSES)
        assert (holds.left, holds.right) not in search.separations(), "this is a theorem"
        assert not contains(holds.left, holds.right), "this is refuted"
        if " = " in entry.refuted:
            assert contains(holds.right, holds.left) or entry.note, (
                "equality says more than the inclusion: argue that it does not")


# ---- agreement ------------------------------------------------------------------------------


def all_offered(outer: Profile, construction: Profile) -> bool:
    """Is the construction, with some choice on its `each` axes, inside the region?"""
    return all(any(offers(big, small) for big in outer) for small in construction)


@pytest.mark.parametrize("name, lower", LOWERS, ids=[f"{n}-{k}" for k, (n, _) in enumerate(LOWERS)])
def test_constructions_respect_upper_bounds(name: str, lower: Lower) -> None:
    for other, upper in UPPERS:
        if all_offered(upper.region, lower.region):
            assert contains(lower.cls, upper.cls, upper.within), (
                f"{name}: {lower.cls} inside the region of {other}: {upper.cls}")


def known(language: Language) -> Knowledge:
    """All that follows about a named language, with all certificates that can be made."""
    if language.automaton is None:
        return Knowledge(language, ())
    facts = Facts(parse_language(language.name), Budget())
    assert facts.term == language, "the base and the catalogue mean the same automaton"
    return Knowledge(language, facts.theorems(facts.classes()))


@pytest.mark.parametrize("name, can", POSSIBLE, ids=[f"{n}-{k}" for k, (n, _) in
                                                      enumerate(POSSIBLE)])
def test_possible_languages_respect_upper_bounds(name: str, can: Can) -> None:
    knowledge = known(can.language)
    for other, upper in UPPERS:
        if all_offered(upper.region, can.region) and upper.within in (None, *knowledge.member):
            assert upper.cls not in knowledge.excluded, f"{name} against {other}"


@pytest.mark.parametrize("language", NAMED, ids=lambda v: v.name)
def test_no_language_is_both_in_and_outside_a_class(language: Language) -> None:
    knowledge = known(language)
    assert knowledge.member and not any(t.hypotheses for t in knowledge.member.values())
    assert not set(knowledge.member) & set(knowledge.excluded)


@pytest.mark.parametrize("language", [v for v in NAMED if v.task is not None], ids=lambda v: v.name)
def test_tasks_of_the_base_are_those_of_the_catalogue(language: Language) -> None:
    name = "dyck:2" if language.name == "dyck:k" else language.name
    assert parse_language(name, limits=Limits()).statement_id == language.task


@pytest.mark.parametrize("language", NAMED, ids=lambda v: v.name)
def test_only_what_is_believed_excludes_and_only_collapses_include(language: Language) -> None:
    """`no unless C` shall name a collapse C, and `yes if C` too."""
    facts: list[Theorem] = []
    if language.automaton is not None:
        certified = Facts(parse_language(language.name), Budget())
        facts = certified.theorems(certified.classes())
    knowledge = Knowledge(language, facts,
                          assumptions=Assumptions(possible=search.every_conjecture()))
    for theorem in knowledge.excluded.values():
        assert all(tag.endswith(":holds") for tag in theorem.hypotheses), theorem.statement
    for theorem in knowledge.member.values():
        assert all(tag.endswith(":fails") for tag in theorem.hypotheses), theorem.statement


def test_no_separation_contradicts_an_inclusion() -> None:
    separations = search.separations()
    assert separations
    for left, right in separations:
        assert not contains(left, right), f"{left} is inside {right} and is not"
        assert left != right


def test_a_chain_of_inclusions_never_closes() -> None:
    """The base names different classes: two that it proves equal should be one."""
    for a, b in itertools.combinations(CLASSES, 2):
        assert not (contains(a, b) and contains(b, a)), f"{a} = {b}"


def test_what_sees_no_order_is_not_given_languages_that_need_it() -> None:
    """Unmasked heads without positions cannot tell `first` from its permutations."""
    needs_order = set(known(named_languages.FIRST).member)
    constructions: list[tuple[str, Lower | Can]] = [*LOWERS, *POSSIBLE]
    for name, statement in constructions:
        for box in statement.region:
            attention, mask = box["attention"], box["masking"]
            if isinstance(attention, frozenset) and attention <= ORDERLESS and attention \
                    and mask == frozenset({"none"}) and box["positions"] == frozenset({"none"}):
                assert not (isinstance(statement, Lower) and statement.cls in needs_order), name
                assert not (isinstance(statement, Can)
                            and statement.language == named_languages.FIRST), name


@pytest.mark.parametrize("name, upper", UPPERS, ids=[f"{n}-{k}" for k, (n, _) in
                                                      enumerate(UPPERS)])
def test_growing_rounded_precision_is_not_bounded_by_regular_classes(name: str,
                                                                     upper: Upper) -> None:
    """Rounding 1/3 to p bits and tripling it tells whether p is odd, so p = n tells n mod 2."""
    if upper.cls not in REGULAR_ONLY or upper.within is not None:
        return
    grows = parse("n")
    for box in upper.region:
        precision, rounding = box["precision"], box["rounding"]
        if isinstance(precision, Interval) and isinstance(rounding, frozenset):
            assert grows not in precision or rounding == frozenset({"none"}), name


# ---- no derivation outside the region ---------------------------------------------------------


def outside(axis: str, value: Value) -> Value | None:
    """A value set of an axis that shares nothing with another one, or None."""
    if isinstance(value, Interval):
        for low, high in ((0, 0), (1, 1)):
            moved = Interval(constant(low), constant(high))
            if not value.meets(moved):
                return moved
        top = Interval(UNBOUNDED, UNBOUNDED)
        return None if value.meets(top) else top
    rest = sorted(set(AXIS[axis].values) - value)
    return frozenset(rest[:1]) if rest else None


def beyond(axis: str, have: Value, bound: Value) -> Value | None:
    """The value set widened until it leaves the bound, or None."""
    if isinstance(have, Interval) and isinstance(bound, Interval):
        wide = Interval(have.low, UNBOUNDED)
        return None if bound.includes(wide) else wide
    if isinstance(have, frozenset) and isinstance(bound, frozenset):
        rest = sorted(set(AXIS[axis].values) - bound)
        return have | {rest[0]} if rest else None
    return None


def sources(found: list[Theorem]) -> set[tuple[str | None, int | None]]:
    return {(t.premises[0].axiom, t.premises[0].index) for t in found}


PRESET_BOXES = [(name, box) for name in PRESETS for box in parse_variant(name).profile]
IDS = [f"{name}-{k}" for k, (name, _) in enumerate(PRESET_BOXES)]


@pytest.mark.parametrize("name, box", PRESET_BOXES, ids=IDS)
def test_upper_bounds_are_lost_outside_their_region(name: str, box: Box) -> None:
    for entry, k, statement in STATED:
        if not isinstance(statement, Upper):
            continue
        theorem = kernel.axiom(entry.id, k)
        for region in (r for r in statement.region if inside(box, r)):
            for axis in AXES:
                moves = [beyond(axis.name, box[axis.name], region[axis.name]),
                         outside(axis.name, region[axis.name])]
                for value in (v for v in moves if v is not None):
                    moved = box.replace(axis.name, value)
                    if any(inside(moved, other) for other in statement.region if other != region):
                        continue
                    assert (entry.id, k) not in sources(search.upper_bounds(moved)), axis.name
                    with pytest.raises(RuleError):
                        kernel.restrict(theorem, (moved,))


@pytest.mark.parametrize("name, box", PRESET_BOXES, ids=IDS)
def test_constructions_are_lost_outside_their_region(name: str, box: Box) -> None:
    for entry, k, statement in STATED:
        if not isinstance(statement, Lower | Can) or not all_offered((box,), statement.region):
            continue
        theorem = kernel.axiom(entry.id, k)
        for need, axis in itertools.product(statement.region, AXES):
            value = outside(axis.name, need[axis.name])
            if value is None or need[axis.name] == frozenset():
                continue
            moved = box.replace(axis.name, value)
            if isinstance(statement, Lower):
                assert (entry.id, k) not in sources(search.lower_bounds((moved,))), axis.name
            with pytest.raises(RuleError):
                kernel.extend(theorem, (moved,))


def test_presets_meet_the_base() -> None:
    """Every preset has a bound, so that the two tests above are about something."""
    for name in PRESETS:
        for box in parse_variant(name).profile:
            assert search.upper_bounds(box), name
