"""RASP tasks and names: definitions in plain Python, the models, the command line."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from expressivity.build import NoConstruction
from expressivity.build_sequence import build_sequence
from expressivity.programs.rasp import compile_rasp, interpret
from expressivity.programs.rasp.named import NAMED, parse_named
from expressivity.programs.rasp.tasks import sparse_average_alphabet
from expressivity.variants import parse_variant
from languages.errors import InputError
from tests.expressivity.command_line import run


def induction(word: tuple[Any, ...]) -> list[Any]:
    return [next((word[j] for j in range(i, 0, -1) if word[j - 1] == x), None)
            for i, x in enumerate(word)]


def match2(word: tuple[Any, ...]) -> list[Any]:
    return [int(any((x + y) % 4 == 0 for y in word)) for x in word]


def composed(word: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    for x in word:
        inner = word[x] if x < len(word) else None
        outer = None if inner is None else inner + 2
        found.append(word[outer] if outer is not None and outer < len(word) else None)
    return found


def sparse(word: tuple[Any, ...]) -> list[Any]:
    values = [int(token.partition(":")[0]) for token in word]
    found: list[Any] = []
    for token in word:
        chosen = [values[int(j)] for j in token.partition(":")[2].split(",") if int(j) < len(word)]
        found.append(Fraction(sum(chosen), len(chosen)) if chosen else 0)
    return found


@pytest.mark.parametrize(("name", "meaning", "longest"), [
    ("induction", induction, 6), ("match2:4", match2, 5), ("composition:2", composed, 6),
    ("sparse-average:3,2", sparse, 3)])
def test_tasks_are_what_plain_python_says(name: str, meaning: Any, longest: int) -> None:
    program = parse_named(name)
    compiled = compile_rasp(program.sop, program.alphabet, program.length)
    rng = random.Random(3)
    for n in range(1, longest + 1):
        words = list(product(program.alphabet, repeat=n))
        for word in rng.sample(words, min(len(words), 60)):
            assert interpret(program.sop, word) == meaning(word)
            assert compiled.run(word) == meaning(word)


def test_sparse_tokens() -> None:
    assert sparse_average_alphabet(3, 2) == ["0:0,1", "0:0,2", "0:1,2", "1:0,1", "1:0,2", "1:1,2"]


@pytest.mark.parametrize("name", [n.syntax for n in NAMED.values() if n.syntax not in (
    "match2:m", "composition:m", "sparse-average:n,q")])
def test_every_syntax_is_an_example(name: str) -> None:
    program = parse_named(name)
    word = program.alphabet[:2]
    assert len(interpret(program.sop, word)) == 2


@pytest.mark.parametrize(("text", "message"), [
    ("histo", "did you mean 'hist'"), ("hist:a", "expected none"), ("count", "expected 1 letters"),
    ("count:ab", "expected 1 letters"), ("shuffle-dyck:(", "expected 2 letters or more"),
    ("shuffle-dyck:()[", "expected pairs"), ("shift", "whole number"), ("shift:1.5", "whole"),
    ("match2", "numbers below 1000"), ("match2:0", "at least 1"), ("composition:x", "numbers"),
    ("composition:0", "at least 1"), ("sparse-average:3", "expected sparse-average:n,q"),
    ("sparse-average:3,4", "expected from 1 to all")])
def test_bad_names(text: str, message: str) -> None:
    with pytest.raises(InputError, match="rasp") as error:
        parse_named(text)
    assert message in str(error.value)


def test_bad_alphabets() -> None:
    with pytest.raises(InputError, match="not in the alphabet"):
        parse_named("count:a", ("b", "c"))
    with pytest.raises(InputError, match="expected no other"):
        parse_named("match2:3", ("b", "c"))


def test_build_inside_and_outside_a_variant() -> None:
    built = build_sequence(parse_named("hist"), parse_variant("ahat-rational"), seconds=1)
    assert built.tried >= 3
    assert built.long_words == 60
    assert built.summary()["made_for"] == "all lengths"
    with pytest.raises(NoConstruction, match="outside the variant on attention"):
        build_sequence(parse_named("hist"), parse_variant("uhat"), seconds=1)


def test_command_line(tmp_path: Path) -> None:
    out = str(tmp_path / "m")
    result = run("build", "rasp:composition:2", "ahat-rational,ffn=any", "-o", out, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["made_for"] == "all lengths"
    shown = run("run", out, "10011")
    assert "outputs 0 1 1 0 0" in shown.stdout
    assert json.loads(run("run", out, "10011", "--json").stdout)["outputs"] == list("01100")
    result = run("build", "rasp:sparse-average:3,2", "ahat-rational", "-o", out, "--json")
    summary = json.loads(result.stdout)
    assert summary["made_for"] == "length <= 3"
    assert "finitely many lengths" in summary["notes"][0]
    wrong = run("build", "rasp:hist", "uhat", "-o", out)
    assert wrong.returncode == 1
    assert run("build", "rasp:hist:3", "uhat", "-o", out).returncode == 2
