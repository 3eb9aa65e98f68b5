"""`think`, and `run` on decoders with continuous thought, in processes of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.expressivity.command_line import run

TEXT = """vertices: a b c lonely
start: a
edges:
  a -> b
  b -> c
"""


@pytest.fixture
def graph(tmp_path: Path) -> str:
    file = tmp_path / "graph.txt"
    file.write_text(TEXT, "utf-8")
    return str(file)


def test_think(graph: str, tmp_path: Path) -> None:
    done = run("think", graph, "--steps", "1", "--trace", "-o", str(tmp_path / "model"))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert "4 vertices, 2 edges, from a: 1 latent steps, then the answer" in lines
    assert "step 0: a 1" in lines
    assert any(line.startswith("step 1: a ") and ", b " in line for line in lines)
    assert "c       not reached within 1 edges" in lines
    assert any(line.startswith("b       reached, overlap ") for line in lines)
    assert "breadth-first search agrees, step by step" in lines
    again = run("run", str(tmp_path / "model"), f"graph:{graph}", "--trace")
    assert again.stdout.splitlines() == lines[2:-1]
    word = run("run", str(tmp_path / "model"), "a b <edge> b <candidate> <start:a>", "--sep", " ",
               "--trace")
    assert word.stdout.splitlines()[:2] == ["accepted", "output 1/3 after 1 latent steps"]
    assert "step 0: thought a 1, source a 1, target a 1" in word.stdout
    data = run("run", str(tmp_path / "model"), "c <candidate> <start:a>", "--sep", " ", "--json")
    assert json.loads(data.stdout)["accepted"] is False


def test_json(graph: str) -> None:
    data = json.loads(run("think", graph, "--json", "--trace").stdout)
    assert (data["steps"], data["edges"], data["start"], data["model"]) == (3, 2, "a", None)
    assert [(c["vertex"], c["reached"], c["distance"]) for c in data["candidates"]] == [
        ("a", True, 0), ("b", True, 1), ("c", True, 2), ("lonely", False, None)]
    assert [set(thought) for thought in data["thoughts"]] == [
        {"a"}, {"a", "b"}, {"a", "b", "c"}, {"a", "b", "c"}]
    assert data["profile"]["thought"] == "continuous"
    assert data["resources"]["layers"] == 2


def test_errors_are_one_line(graph: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(TEXT.replace("b -> c", "b -> d"), "utf-8")
    model = tmp_path / "model"
    assert run("think", graph, "-o", str(model), "--steps", "1").returncode == 0
    other = tmp_path / "other.txt"
    other.write_text("vertices: x\nstart: x\nedges:", "utf-8")
    for arguments, message in (
            (("think", str(bad)), "unknown vertex 'd', expected one of 'a b c lonely' "
                                  "(line 5, column 8)"),
            (("think", graph, "--max-positions", "9"), "--max-positions"),
            (("think", graph, "--steps", "-1"), "-1"),
            (("run", str(model), "a", "--limit", "3"), "--limit: the model is a decoder with"),
            (("run", str(model), "q", "--sep", " "), "'q'"),
            (("run", str(model), f"graph:{other}"), "expected those for the vertices x"),
            (("verify", str(model), "parity"), "continuous thought, which `run` takes"),
            (("extract", str(model)), "decoder")):
        done = run(*arguments)
        assert done.returncode == 2, arguments
        assert done.stdout == ""
        assert message in done.stderr.splitlines()[-1]
