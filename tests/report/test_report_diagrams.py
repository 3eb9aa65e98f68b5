"""Diagrams say what the theorem base derives; layouts keep their promises."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expressivity.queries.bounds import bounds
from expressivity.report.data import AutomatonTable, Diagram
from expressivity.report.diagram import diagram, frontier, interval
from expressivity.report.layout import GAP, layered
from expressivity.report.layout import _apart as apart
from expressivity.report.pictures import MAX_DRAWN, automaton_svg, diagram_svg
from expressivity.variants import PRESETS, parse_variant
from proofs import search
from proofs.classes import CLASSES
from proofs.search import Knowledge
from proofs.statements import Language, Lower, Upper

BY_NAME = {c.shown: c.id for c in CLASSES.values()}


def first_class(name: str) -> str:
    return BY_NAME[name.split(" = ")[0]]


def reachable(picture: Diagram) -> set[tuple[int, int]]:
    pairs = {(k, k) for k in range(len(picture.classes))}
    for _ in picture.classes:
        pairs |= {(a, e.upper) for a, b in pairs for e in picture.inclusions if e.lower == b}
    return pairs


@pytest.mark.parametrize("name", PRESETS)
def test_a_diagram_is_the_order_that_the_base_derives(name: str) -> None:
    found = bounds(parse_variant(name).profile)
    picture = diagram(interval(found), bounds=found, variant=name)
    classes = [first_class(node.name) for node in picture.classes]
    assert reachable(picture) == {(i, j) for i, a in enumerate(classes)
                                  for j, b in enumerate(classes) if search.contains(a, b)}
    for edge in picture.inclusions:
        lower, upper = classes[edge.lower], classes[edge.upper]
        assert edge.proper == ((upper, lower) in search.separations())
        assert edge.citations
        # No class of the picture lies between neighbours.
        assert not any(search.contains(lower, c) and search.contains(c, upper)
                       for c in classes if c not in (lower, upper))


@pytest.mark.parametrize("name", PRESETS)
def test_roles_are_the_bounds(name: str) -> None:
    found = bounds(parse_variant(name).profile)
    picture = diagram(interval(found), bounds=found, variant=name)
    lower, upper, regular = (
        {s.cls for t in side if isinstance(s := t.statement, Lower | Upper)}
        for side in (found.lower, found.upper, found.regular))
    shown = {first_class(node.name): node.role for node in picture.classes}
    assert {c for c, role in shown.items() if role == "exact"} == (
        set() if found.exact is None else {found.exact})
    assert {c for c, role in shown.items() if role in ("lower", "exact")} == lower
    assert {c for c, role in shown.items() if role in ("upper", "exact")} == upper
    assert {c for c, role in shown.items() if role.startswith("regular")} <= regular
    assert (shown.get("quasi-aperiodic") == "regular-exact") == (name == "uhat-positions")
    for cls, role in shown.items():
        inside = any(search.contains(cls, b) for b in lower)
        above = any(search.contains(b, cls) for b in upper)
        assert (role in ("inside", "lower", "exact", "regular-exact")) == inside
        assert (role in ("above", "upper", "exact")) == above
        if role == "between":
            assert any(search.contains(b, cls) for b in lower)
            assert any(search.contains(cls, b) for b in upper)


def test_the_frontier_of_majority() -> None:
    knowledge = Knowledge(Language("majority", None, "majority"), ())
    marks = frontier(knowledge)
    assert "AC0" in marks and "REG" in marks
    picture = diagram(marks, knowledge=knowledge, language="majority")
    status = {first_class(node.name): node.language for node in picture.classes}
    assert status["AC0"] == status["REG"] == "out"
    assert status["D-TC0"] == "in"
    assert all(node.role == "" for node in picture.classes)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[float], list[tuple[int, int]]]:
    count = draw(st.integers(1, 12))
    widths = draw(st.lists(st.floats(10, 200), min_size=count, max_size=count))
    pairs = [(i, j) for j in range(count) for i in range(j)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    return widths, edges


@given(graphs())
def test_edges_point_upwards_and_boxes_do_not_touch(
        graph: tuple[list[float], list[tuple[int, int]]]) -> None:
    widths, edges = graph
    drawing = layered(widths, edges)
    for (i, j), bends in zip(edges, drawing.bends, strict=True):
        assert drawing.layer[i] < drawing.layer[j]
        assert len(bends) == drawing.layer[j] - drawing.layer[i] - 1
    assert all(0 <= layer < drawing.layers for layer in drawing.layer)
    for i, wide in enumerate(widths):
        assert drawing.x[i] - wide / 2 >= -1e-6 and drawing.x[i] + wide / 2 <= drawing.width + 1e-6
        for j in range(i):
            if drawing.layer[i] == drawing.layer[j]:
                apart_by = abs(drawing.x[i] - drawing.x[j])
                assert apart_by >= (wide + widths[j]) / 2 + GAP - 1e-6


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 30)), min_size=1, max_size=5))
def test_boxes_stay_as_near_as_possible_to_where_they_wish_to_be(
        boxes: list[tuple[int, int]]) -> None:
    wished, size = [float(x) for x, _ in boxes], [float(w) for _, w in boxes]
    found = apart(wished, size)
    gaps = [(a + b) / 2 + GAP for a, b in pairwise(size)]
    assert all(b - a >= gap - 1e-6 for a, b, gap in zip(found, found[1:], gaps, strict=False))
    # Optimal: no feasible small move of a run of boxes is better.
    cost = sum((a - b) ** 2 for a, b in zip(found, wished, strict=True))
    for start in range(len(found)):
        for end in range(start + 1, len(found) + 1):
            for step in (-0.5, 0.5):
                moved = [x + step * (start <= k < end) for k, x in enumerate(found)]
                if all(b - a >= gap for a, b, gap in zip(moved, moved[1:], gaps, strict=False)):
                    assert sum((a - b) ** 2 for a, b in zip(moved, wished, strict=True)) \
                        >= cost - 1e-6


def test_every_class_and_inclusion_is_drawn() -> None:
    found = bounds(parse_variant("s6").profile)
    picture = diagram(interval(found), bounds=found, variant="s6")
    drawn = diagram_svg(picture)
    assert drawn.count("<rect") == len(picture.classes)
    assert drawn.count('class="edge') == len(picture.inclusions)
    assert drawn.count('class="core') == sum(edge.proper for edge in picture.inclusions)
    assert all(f">{node.name}</text>" in drawn for node in picture.classes)
    assert "nan" not in drawn and "inf" not in drawn


@pytest.mark.parametrize("states", range(1, MAX_DRAWN + 2))
def test_automata_are_drawn_up_to_a_size(states: int) -> None:
    rows = tuple(((q + 1) % states, 0, q) for q in range(states))
    drawn = automaton_svg(AutomatonTable(states, ("a", "b", "<"), 0, (0,), rows))
    if states > MAX_DRAWN:
        assert drawn == ""
        return
    arrows = len({(q, r) for q, row in enumerate(rows) for r in row})
    assert drawn.count('class="letter"') == arrows
    assert drawn.count('class="arrow"') == arrows + 1
    assert drawn.count("<circle") == states + 1
    assert "&lt;" in drawn and "nan" not in drawn
    assert not math.isnan(float(drawn.split('width="')[1].split('"')[0]))
