"""Pictures as SVG text: inclusion diagrams and automata. Colours come from the page's style."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from expressivity.report.data import AutomatonTable, Diagram
from expressivity.report.layout import layered

MAX_DRAWN: Final = 8
"""States up to which an automaton is drawn; its table is shown further."""

ROLES: Final = {"exact": "exactly L(V)", "lower": "lower bound",
                "upper": "upper bound", "regular": "upper bound, regular part",
                "regular-exact": "exactly the regular part",
                "between": "between the bounds", "inside": "inside L(V)",
                "above": "contains L(V)", "": ""}
"""How a class lies to the variant, in the words of the picture."""
STATUS: Final = {"in": "∋ language", "out": "∌ language", "": ""}

_NAME: Final = 8.6  # the width of a letter, and of the smaller ones below it
_TAG: Final = 6.8
_ROW: Final = 86.0
_LINE: Final = 15.0
_RADIUS: Final = 17.0
_AT: Final = 0.4
_LABEL: Final = 24  # characters of an arrow's label


def diagram_svg(diagram: Diagram) -> str:
    """The classes as boxes, larger ones higher; a double line marks a proper inclusion."""
    texts = [[part for part in (node.name, ROLES[node.role], STATUS[node.language]) if part]
             for node in diagram.classes]
    widths = [max(_NAME * len(lines[0]), *(_TAG * len(line) for line in lines)) + 18
              for lines in texts]
    edges = [(edge.lower, edge.upper) for edge in diagram.inclusions]
    drawing = layered(widths, edges)
    heights = [len(lines) * _LINE + 10 for lines in texts]
    tall = max(heights)

    def y(layer: float) -> float:
        return 8 + tall / 2 + (drawing.layers - 1 - layer) * _ROW

    parts = []
    for edge, bends in zip(diagram.inclusions, drawing.bends, strict=True):
        i, j = edge.lower, edge.upper
        points = [(drawing.x[i], y(drawing.layer[i]) - heights[i] / 2)]
        points += [(x, y(drawing.layer[i] + k)) for k, x in enumerate(bends, start=1)]
        points.append((drawing.x[j], y(drawing.layer[j]) + heights[j] / 2))
        path = _smooth([(x + 8, at) for x, at in points])
        parts.append(f'<path class="edge{" proper" if edge.proper else ""}" d="{path}"/>')
        if edge.proper:
            parts.append(f'<path class="core" d="{path}"/>')
    for node, lines, x, layer, wide, high in zip(
            diagram.classes, texts, drawing.x, drawing.layer, widths, heights, strict=True):
        top = y(layer) - high / 2
        parts.append(f'<g class="class {node.role or "plain"}">'
                     f'<title>{escape(node.meaning)}</title>'
                     f'<rect x="{x + 8 - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" '
                     f'height="{high:.1f}" rx="6"/>')
        for k, line in enumerate(lines):
            kind = "name" if k == 0 else (
                f"mark {node.language}" if line == STATUS[node.language] else "tag")
            parts.append(f'<text class="{kind}" x="{x + 8:.1f}" '
                         f'y="{top + 17 + k * _LINE:.1f}">{escape(line)}</text>')
        parts.append("</g>")
    return _svg(drawing.width + 16, tall + 16 + (drawing.layers - 1) * _ROW, parts,
                "Inclusions between classes; the list below says the same")


def _smooth(points: list[tuple[float, float]]) -> str:
    """A curve through the points that leaves and meets each of them vertically."""
    path = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        half = (y0 + y1) / 2
        path.append(f"C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {y1:.1f}")
    return "".join(path)


def automaton_svg(table: AutomatonTable, most: int = MAX_DRAWN,
                  title: str = "The automaton; the table below says the same") -> str:
    """States on a circle, from the left clockwise; empty where there are more than `most`."""
    if not table.rows or table.states > most:
        return ""
    count = table.states
    ring = 0.0 if count == 1 else max(74.0, (46 + 3 * count) / math.sin(math.pi / count))
    states = [_State(q, ring, math.pi - 2 * math.pi * q / count) for q in range(count)]
    parts = ['<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
             'markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>']
    corners: list[tuple[float, float]] = []
    labels: list[str] = []
    start = states[table.start]
    corners.append(start.outwards(_RADIUS + 28))
    parts.append(_arrow([start.outwards(_RADIUS + 26), start.outwards(_RADIUS + 2)]))
    for p in states:
        corners += [(p.x - _RADIUS, p.y - _RADIUS), (p.x + _RADIUS, p.y + _RADIUS)]
        for q in states:
            letters = [a for a, to in zip(table.alphabet, table.rows[p.number], strict=True)
                       if to == q.number]
            if not letters:
                continue
            label = _short(letters)
            points, (x, y) = _loop(p, label) if p is q else _between(p, q)
            corners += [*points, (x - 4 * len(label), y - 8), (x + 4 * len(label), y + 8)]
            parts.append(_arrow(points))
            labels.append(f'<text class="letter" x="{x:.1f}" y="{y + 4:.1f}">{escape(label)}'
                          '</text>')
    parts += labels  # over all arrows
    for q in states:
        accepts = q.number in table.accepting
        rings = "".join(f'<circle cx="{q.x:.1f}" cy="{q.y:.1f}" r="{radius:.1f}"/>'
                        for radius in (_RADIUS, _RADIUS - 4)[:1 + accepts])
        parts.append(f'<g class="state">{rings}<text x="{q.x:.1f}" y="{q.y + 5:.1f}">{q.number}'
                     '</text></g>')
    left, top = (min(axis) - 6 for axis in zip(*corners, strict=True))
    right, bottom = (max(axis) + 6 for axis in zip(*corners, strict=True))
    return _svg(right - left, bottom - top, parts, title, (left, top))


@dataclass(frozen=True)
class _State:
    """Where a state is: on a ring around the origin, y downwards; `angle` is counterclockwise."""

    number: int
    ring: float
    angle: float

    @property
    def x(self) -> float:
        return self.ring * math.cos(self.angle)

    @property
    def y(self) -> float:
        return -self.ring * math.sin(self.angle)

    def outwards(self, distance: float, turn: float = 0.0) -> tuple[float, float]:
        """The point so far from the state's centre, away from the ring's."""
        return (self.x + distance * math.cos(self.angle + turn),
                self.y - distance * math.sin(self.angle + turn))


def _short(letters: list[str]) -> str:
    label = ", ".join(letters)
    return label if len(label) <= _LABEL else f"{label[:_LABEL - 6]}… ({len(letters)})"


def _loop(state: _State, label: str) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """A loop on the outer side, turned a little so that it leaves room for the start arrow."""
    points = [state.outwards(_RADIUS, -1.15), state.outwards(58, -1.25),
              state.outwards(58, -0.25), state.outwards(_RADIUS + 2, -0.35)]
    return points, state.outwards(54 + 3 * len(label) * abs(math.cos(state.angle - 0.75)), -0.75)


def _between(p: _State, q: _State) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """Every arrow bends to its left, so that the two between a pair of states lie apart."""
    length = math.hypot(q.x - p.x, q.y - p.y)
    across = ((q.y - p.y) / length, -(q.x - p.x) / length)
    middle = ((p.x + q.x) / 2, (p.y + q.y) / 2)
    bend = 0.16 * length + 6
    top = (middle[0] + bend * across[0], middle[1] + bend * across[1])
    points = [_rim(p, top, _RADIUS), top, _rim(q, top, _RADIUS + 2)]
    # The label is nearer to the start: arrows through the middle would cross each other's.
    x, y = ((1 - _AT) ** 2 * a + 2 * _AT * (1 - _AT) * b + _AT ** 2 * c
            for a, b, c in zip(*points, strict=True))
    return points, (x + 9 * across[0], y + 9 * across[1])


def _arrow(points: list[tuple[float, float]]) -> str:
    """A line, or a Bezier curve of degree two or three, with a tip."""
    first, *rest = (f"{x:.1f} {y:.1f}" for x, y in points)
    return (f'<path class="arrow" marker-end="url(#tip)" d="M{first}{"LQC"[len(rest) - 1]}'
            f'{" ".join(rest)}"/>')


def _rim(state: _State, towards: tuple[float, float], radius: float) -> tuple[float, float]:
    length = math.hypot(towards[0] - state.x, towards[1] - state.y)
    return (state.x + radius * (towards[0] - state.x) / length,
            state.y + radius * (towards[1] - state.y) / length)


def _svg(width: float, height: float, parts: list[str], title: str,
         corner: tuple[float, float] = (0.0, 0.0)) -> str:
    return (f'<svg role="img" aria-label="{escape(title)}" viewBox="{corner[0]:.0f} '
            f'{corner[1]:.0f} {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}">' + "".join(parts) + "</svg>")
