"""Pictures as SVG text: inclusion diagrams and automata. Colours come from the page's style."""

from __future__ import annotations

import math
from html import escape
from typing import Final

from expressivity.report.data import AutomatonTable, Diagram
from expressivity.report.layout import layered

MAX_DRAWN: Final = 8
"""States up to which an automaton is drawn; its table is shown further."""

ROLES: Final = {"exact": "exactly L(V)", "lower": "lower bound",
                "upper": "upper bound", "regular": "upper bound, regular part",
                "between": "between the bounds", "inside": "inside L(V)",
                "above": "contains L(V)", "": ""}
"""How a class lies to the variant, in the words of the picture."""
STATUS: Final = {"in": "∋ language", "out": "∌ language", "": ""}

_NAME: Final = 8.6  # the width of a letter, and of the smaller ones below it
_TAG: Final = 6.8
_ROW: Final = 86.0
_LINE: Final = 15.0
_RADIUS: Final = 17.0


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
        parts.append(f'<g class="class {node.role or "plain"}"><title>{escape(node.meaning)}</title>'
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
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        half = (y0 + y1) / 2
        path.append(f"C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {y1:.1f}")
    return "".join(path)


def automaton_svg(table: AutomatonTable) -> str:
    """States on a circle, from the left clockwise; empty where there are too many."""
    if not table.rows or table.states > MAX_DRAWN:
        return ""
    count = table.states
    ring = 0.0 if count == 1 else max(62.0, 46 / math.sin(math.pi / count))
    letters = max((len(", ".join(_labels(table, q, r))) for q in range(count)
                   for r in range(count)), default=1)
    margin = 64 + 4 * letters
    centre = ring + margin
    angle = [math.pi - 2 * math.pi * k / count for k in range(count)]
    place = [(centre + ring * math.cos(t), centre - ring * math.sin(t)) for t in angle]
    parts = ['<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
             'markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>']
    for q in range(count):
        for r in range(count):
            if label := ", ".join(_labels(table, q, r)):
                parts += _arrow(place, angle, q, r, label)
    x, y = place[table.start]
    dx, dy = (math.cos(angle[table.start]), -math.sin(angle[table.start]))
    if count == 1:
        dx, dy = -1.0, 0.0
    parts.append(f'<path class="arrow" marker-end="url(#tip)" d="M{x + dx * (_RADIUS + 26):.1f} '
                 f'{y + dy * (_RADIUS + 26):.1f}L{x + dx * (_RADIUS + 2):.1f} '
                 f'{y + dy * (_RADIUS + 2):.1f}"/>')
    for q, (x, y) in enumerate(place):
        accepts = q in table.accepting
        parts.append(f'<g class="state{" accept" if accepts else ""}">'
                     f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS:.1f}"/>'
                     + (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS - 4:.1f}"/>'
                        if accepts else "")
                     + f'<text x="{x:.1f}" y="{y + 5:.1f}">{q}</text></g>')
    return _svg(2 * centre, 2 * centre, parts, "The automaton; the table below says the same")


def _labels(table: AutomatonTable, q: int, r: int) -> list[str]:
    return [letter for letter, to in zip(table.alphabet, table.rows[q], strict=True) if to == r]


def _arrow(place: list[tuple[float, float]], angle: list[float], q: int, r: int,
           label: str) -> list[str]:
    (x0, y0), (x1, y1) = place[q], place[r]
    if q == r:
        # A loop on the outer side, turned a little so that it leaves room for the start arrow.
        turn = angle[q] - (0.75 if len(place) > 1 else 0.9)
        away = _RADIUS - 1
        ends = [(x0 + away * math.cos(t), y0 - away * math.sin(t)) for t in (turn - .4, turn + .4)]
        far = [(x0 + 58 * math.cos(t), y0 - 58 * math.sin(t)) for t in (turn - .5, turn + .5)]
        path = (f"M{ends[0][0]:.1f} {ends[0][1]:.1f}C{far[0][0]:.1f} {far[0][1]:.1f} "
                f"{far[1][0]:.1f} {far[1][1]:.1f} {ends[1][0]:.1f} {ends[1][1]:.1f}")
        at = (x0 + (54 + 2 * len(label)) * math.cos(turn),
              y0 - (54 + 2 * len(label)) * math.sin(turn))
    else:
        length = math.hypot(x1 - x0, y1 - y0)
        ux, uy = (x1 - x0) / length, (y1 - y0) / length
        # Every arrow bends to its left, so that the two between a pair of states lie apart.
        bend = 0.16 * length + 6
        mx, my = (x0 + x1) / 2 + bend * uy, (y0 + y1) / 2 - bend * ux
        start = _rim(x0, y0, mx, my, _RADIUS)
        end = _rim(x1, y1, mx, my, _RADIUS + 2)
        path = (f"M{start[0]:.1f} {start[1]:.1f}Q{mx:.1f} {my:.1f} {end[0]:.1f} {end[1]:.1f}")
        at = ((x0 + x1) / 2 + (bend / 2 + 10) * uy, (y0 + y1) / 2 - (bend / 2 + 10) * ux)
    return [f'<path class="arrow" marker-end="url(#tip)" d="{path}"/>',
            f'<text class="letter" x="{at[0]:.1f}" y="{at[1] + 4:.1f}">{escape(label)}</text>']


def _rim(x: float, y: float, towards_x: float, towards_y: float,
         radius: float) -> tuple[float, float]:
    length = math.hypot(towards_x - x, towards_y - y)
    return (x + radius * (towards_x - x) / length, y + radius * (towards_y - y) / length)


def _svg(width: float, height: float, parts: list[str], title: str) -> str:
    return (f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}">' + "".join(parts) + "</svg>")
