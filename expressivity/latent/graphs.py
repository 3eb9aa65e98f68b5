"""Directed graphs as text.

    # comments run from a # at the beginning of a part to the end of the line
    vertices: a b c d       names; or "count: 4" for the names 0 1 2 3
    start: a
    candidates: c d         what is asked about; all vertices where it is left out
    edges:                  the last section; may be empty
      a -> b
      b -> a c              two edges

Names consist of printable characters without white space; "->" and what begins with # are none. An
edge that is given twice is one edge.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from languages.errors import LimitError
from languages.limits import Limits
from languages.sections import Part, end_of, lines_of, read_file, section
from languages.tables import shown

ARROW: Final = "->"
KEYS: Final = ("vertices", "count", "start", "candidates", "edges")
MAX_VERTICES: Final = 1000


@dataclass(frozen=True)
class Graph:
    """Vertices are numbered in the order of `names`; `edges` are pairs without repetition."""

    names: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    start: int
    candidates: tuple[int, ...]

    def distances(self) -> list[int | None]:
        """The number of edges of a shortest path from `start` to each vertex; None without path."""
        after: list[list[int]] = [[] for _ in self.names]
        for u, v in self.edges:
            after[u].append(v)
        found: list[int | None] = [None] * len(self.names)
        found[self.start] = 0
        level, distance = [self.start], 0
        while level:
            distance += 1
            following = []
            for v in (v for u in level for v in after[u]):
                if found[v] is None:
                    found[v] = distance
                    following.append(v)
            level = following
        return found


def read_graph(path: str, limits: Limits | None = None) -> Graph:
    """The graph in a file; InputError with the file and the place."""
    return read_file(path, parse_graph, "a graph", limits)


def parse_graph(text: str) -> Graph:
    """The graph that the text describes.

    Raises:
        InputError: with the line and the column.
        LimitError: it has too many vertices.
    """
    lines = lines_of(text)
    given: dict[str, tuple[Part, list[Part]]] = {}
    edges: list[list[Part]] | None = None
    for place, (head, *rest) in enumerate(lines):
        key = section(head, KEYS, given, {"vertices": "count", "count": "vertices"})
        given[key] = (head, rest)
        if key == "edges":
            if rest:
                rest[0].fail(f"got {shown(rest[0].text)}, expected the end of the line")
            edges = lines[place + 1:]
            break
    for key in ("start", "edges"):
        if key not in given:
            end_of(text).fail(f"the text ends without a section '{key}:'")
    names = _names(given, text)
    number = {name: v for v, name in enumerate(names)}
    head, found = given["start"]
    if len(found) != 1:
        (found[1] if found else head).fail("expected one vertex after 'start:'")
    candidates = list(range(len(names)))
    if "candidates" in given:
        head, listed = given["candidates"]
        if not listed:
            head.fail("expected vertices after 'candidates:'")
        candidates = [_vertex(part, number) for part in listed]
    return Graph(names, tuple(dict.fromkeys(_edges(edges or [], number))),
                 _vertex(found[0], number), tuple(dict.fromkeys(candidates)))


def _names(given: dict[str, tuple[Part, list[Part]]], text: str) -> tuple[str, ...]:
    if "count" in given:
        head, parts = given["count"]
        if len(parts) != 1 or not re.fullmatch(r"[1-9][0-9]{0,8}", parts[0].text):
            (parts[0] if parts else head).fail("expected one number from 1 after 'count:'")
        _check_count(int(parts[0].text))
        return tuple(map(str, range(int(parts[0].text))))
    if "vertices" not in given:
        end_of(text).fail("the text ends without a section 'vertices:' or 'count:'")
    head, parts = given["vertices"]
    if not parts:
        head.fail("expected names after 'vertices:'")
    _check_count(len(parts))
    seen: set[str] = set()
    for part in parts:
        if part.text == ARROW:
            part.fail(f"got {ARROW}, expected the name of a vertex")
        if part.text in seen:
            part.fail(f"vertex {shown(part.text)} is there already")
        seen.add(part.text)
    return tuple(part.text for part in parts)


def _check_count(count: int) -> None:
    if count > MAX_VERTICES:
        raise LimitError("vertices", count, MAX_VERTICES, "MAX_VERTICES")


def _vertex(part: Part, number: dict[str, int]) -> int:
    if part.text not in number:
        near = difflib.get_close_matches(part.text, number, 1)
        part.fail(f"unknown vertex {shown(part.text)}" + (
            f", did you mean {shown(near[0])}?" if near else
            f", expected one of {shown(' '.join(number), 60)}"))
    return number[part.text]


def _edges(lines: Sequence[Sequence[Part]], number: dict[str, int]) -> list[tuple[int, int]]:
    found = []
    for source, *rest in lines:
        u = _vertex(source, number)
        if not rest or rest[0].text != ARROW:
            (rest[0] if rest else source).fail(f"expected {shown(source.text)} {ARROW} vertices")
        if len(rest) == 1:
            rest[0].fail(f"expected vertices after {ARROW}")
        found += [(u, _vertex(part, number)) for part in rest[1:]]
    return found
