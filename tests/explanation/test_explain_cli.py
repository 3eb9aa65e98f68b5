"""`expressivity language --explain`, as text and as JSON."""

from __future__ import annotations

import json

from tests.expressivity.command_line import run


def test_text_says_why() -> None:
    done = run("language", "word-problem:S3", "--explain")
    assert done.returncode == 0 and not done.stderr
    assert all(len(line) <= 100 for line in done.stdout.splitlines())
    text = " ".join(done.stdout.split())
    for part in ("the word w = a counts modulo 2: it leads the states 0 -> 1 -> 0",
                 "in the language: a^(2n) for all n >= 0, such as aa (n = 1)",
                 "not in the language: a^(2n+1) for all n >= 0",
                 "symmetric group S3 of order 6 (maximal group of the syntactic monoid)",
                 "solvable, of derived length 2 (orders 6 > 3 > 1)",
                 "without the letter b:", "group language: each letter permutes"):
        assert part in text, part


def test_json_has_everything() -> None:
    done = run("language", "word-problem:A5", "--explain", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    why = found["explanation"]
    assert {key: entry["answer"] for key, entry in why["classes"].items()} == found["classes"]
    pattern = why["classes"]["solvable"]["pattern"]
    assert pattern["kind"] == "perfect-group" and pattern["numbers"]["name"] == "A5"
    assert [group["name"] for group in why["groups"]["groups"]] == ["A5"]
    assert why["automaton"]["states"] == 60 and len(why["automaton"]["delta"]) == 60


def test_without_the_option_nothing_is_explained() -> None:
    assert "explanation" not in json.loads(run("language", "parity", "--json").stdout)


def test_languages_without_an_automaton() -> None:
    done = run("language", "majority", "--explain")
    assert done.returncode == 0
    assert "nothing to explain: the language has no automaton" in done.stdout
    found = json.loads(run("language", "majority", "--explain", "--json").stdout)
    assert found["explanation"] is None


def test_many_lines_and_a_wrong_one() -> None:
    automaton = {"alphabet": ["("], "states": 2, "delta": [[1], [0]], "start": 0, "accept": [0]}
    lines = f"{json.dumps(automaton)}\nnonsense\n".encode()
    done = run("language", "--from", "-", "--explain", stdin=lines)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert "[" not in done.stdout.split("What it is not")[0] and "(^(2n)" in done.stdout
