"""Graphs as text: what is read, each way of refusing one, and shortest paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from expressivity.latent.graphs import MAX_VERTICES, Graph, parse_graph, read_graph
from languages.errors import InputError, LimitError

GOOD = """
# a comment
vertices: a b c   # names
candidates: c c a
start: b

edges:
  a -> b
  b -> a c a     # twice is once
  c -> c
"""


def test_a_graph() -> None:
    graph = parse_graph(GOOD)
    assert graph == Graph(("a", "b", "c"), ((0, 1), (1, 0), (1, 2), (2, 2)), 1, (2, 0))
    assert graph.distances() == [1, 0, 1]


def test_numbered_vertices_and_no_edges() -> None:
    graph = parse_graph("count: 3\nstart: 2\nedges:")
    assert graph == Graph(("0", "1", "2"), (), 2, (0, 1, 2))
    assert graph.distances() == [None, None, 0]


BAD = [
    ("vertices: a\nstart: b\nedges:\n", "line 2, column 8", "unknown vertex 'b', expected one"),
    ("vertices: alpha\nstart: alpa\nedges:\n", "line 2, column 8", "did you mean 'alpha'"),
    ("vertices: a\nstart: a\nedges:\n  a -> a\n  x -> a", "line 5, column 3", "unknown vertex 'x'"),
    ("vertices: a\nstart: a\nedges:\n  a -> a y", "line 4, column 10", "unknown vertex 'y'"),
    ("vertices: a\nstart: a\ncandidates: a z\nedges:", "line 3, column 15", "unknown vertex 'z'"),
    ("vertices: a\nstart: a\ncandidates:\nedges:", "line 3, column 1", "expected vertices"),
    ("vertices: a\nstart:\nedges:", "line 2, column 1", "expected one vertex"),
    ("vertices: a b\nstart: a b\nedges:", "line 2, column 10", "expected one vertex"),
    ("vertices: a b a\nstart: a\nedges:", "line 1, column 15", "vertex 'a' is there already"),
    ("vertices: a ->\nstart: a\nedges:", "line 1, column 13", "expected the name"),
    ("vertices:\nstart: a\nedges:", "line 1, column 1", "expected names"),
    ("count: 0\nstart: a\nedges:", "line 1, column 8", "expected one number"),
    ("count:\nstart: a\nedges:", "line 1, column 1", "expected one number"),
    ("count: 2 3\nstart: a\nedges:", "line 1, column 8", "expected one number"),
    ("count: 2\nvertices: a\nedges:", "line 2, column 1", "'count:' is in line 1 already"),
    ("start: a\nstart: a", "line 2, column 1", "'start:' is in line 1 already"),
    ("vertices: a\nedges:\n", "line 3, column 1", "without a section 'start:'"),
    ("vertices: a\nstart: a", "line 2, column 9", "without a section 'edges:'"),
    ("start: a\nedges:", "line 2, column 7", "without a section 'vertices:'"),
    ("vertices: a\nstart: a\nedges: a -> a", "line 3, column 8", "expected the end of the line"),
    ("vertices: a\nstart: a\nedges:\na a", "line 4, column 3", "expected 'a' -> vertices"),
    ("vertices: a\nstart: a\nedges:\na", "line 4, column 1", "expected 'a' -> vertices"),
    ("vertices: a\nstart: a\nedges:\na ->", "line 4, column 3", "expected vertices after ->"),
    ("vertex: a", "line 1, column 1", "did you mean 'vertices:'"),
    ("vertices a", "line 1, column 1", "did you mean 'vertices:'"),
    ("a -> b", "line 1, column 1", "expected one of vertices: count:"),
    ("vertices: a\x07", "line 1, column 11", "expected printable"),
]


@pytest.mark.parametrize(("text", "position", "message"), BAD)
def test_bad_graphs(text: str, position: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_graph(text)
    assert caught.value.position == position
    assert message in caught.value.message
    assert "\n" not in str(caught.value)


def test_too_many_vertices() -> None:
    with pytest.raises(LimitError, match="vertices: 1001"):
        parse_graph(f"count: {MAX_VERTICES + 1}\nstart: 0\nedges:")


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "graph.txt"
    file.write_text(GOOD, "utf-8")
    assert read_graph(str(file)) == parse_graph(GOOD)
    file.write_text("vertices: a\nstart: b\nedges:", "utf-8")
    with pytest.raises(InputError, match=r"graph.txt: unknown vertex 'b'.*\(line 2, column 8\)"):
        read_graph(str(file))
    with pytest.raises(InputError, match="cannot read"):
        read_graph(str(tmp_path / "none"))
