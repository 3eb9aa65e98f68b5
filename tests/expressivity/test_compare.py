"""Comparisons of kinds of models, and matrices, against single answers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from expressivity.queries.ask import ask
from expressivity.queries.assumptions import parse_assumptions
from expressivity.queries.compare import Comparison, compare
from expressivity.queries.matrix import matrix, usual_variants
from expressivity.variants import PRESETS, parse_variant
from languages.language import Language
from languages.parse import parse_language
from proofs import replay, search
from proofs.derivation import to_plain
from proofs.profile import inside
from proofs.statements import Can, Cannot, Lower, NotSub, Upper
from tests.expressivity.command_line import run

NAMES = ["uhat", "uhat-left", "uhat-periodic", "fixed-precision-softmax", "mixed-precision",
         "log-precision", "log-precision,cot=n", "s6", "rnn", "padded", "constant-bit-cot"]
RELATIONS = {("uhat", "uhat-left"): "strictly contains",
             ("uhat-left", "fixed-precision-softmax"): "equal",
             ("uhat", "mixed-precision"): "incomparable",
             ("mixed-precision", "rnn"): "incomparable",
             ("log-precision", "padded"): "contained",
             ("log-precision,cot=n", "rnn"): "strictly contains"}


@pytest.mark.parametrize(("left", "right"), RELATIONS)
def test_known_relations(left: str, right: str) -> None:
    assert compare(parse_variant(left), parse_variant(right)).relation == RELATIONS[left, right]


def check(found: Comparison) -> None:
    """Both sides follow from their theorems, read afresh."""
    for side, inner, outer in ((found.forward, found.left, found.right),
                               (found.backward, found.right, found.left)):
        stated = [t.statement for t in side.theorems]
        extra = set().union(*(t.hypotheses for t in side.theorems)) - found.assumed
        assert bool(extra) == (side.answer == "conditional")
        if side.answer == "unknown":
            assert not stated
        elif side.answer == "yes" and not stated:
            assert all(any(inside(a, b) for b in outer.profile) for a in inner.profile)
        elif side.answer == "yes":
            upper, lower = stated
            assert isinstance(upper, Upper) and upper.within is None
            assert isinstance(lower, Lower) and upper.cls == lower.cls
            assert (upper.region, lower.region) == (inner.profile, outer.profile)
        elif side.language is not None:
            can, cannot = stated
            assert isinstance(can, Can) and isinstance(cannot, Cannot)
            assert can.language == cannot.language
            assert (can.region, cannot.region) == (inner.profile, outer.profile)
            if side.answer == "no":
                given = found.assumed
                assert ask(side.language, inner, given=given).answer == "yes"
                assert ask(side.language, outer, given=given).answer == "no"
        else:
            lower, upper, apart = stated
            assert isinstance(lower, Lower) and isinstance(upper, Upper)
            assert upper.within is None and apart == NotSub(lower.cls, upper.cls)
            assert (lower.region, upper.region) == (inner.profile, outer.profile)
    theorems = (*found.forward.theorems, *found.backward.theorems)
    if theorems:
        replay.replay(to_plain(theorems))


@pytest.mark.parametrize("left", NAMES)
def test_every_side_follows_from_its_theorems(left: str) -> None:
    for right in NAMES[NAMES.index(left):]:
        found = compare(parse_variant(left), parse_variant(right))
        check(found)
        if left == right:
            assert found.relation == "equal"
        back = compare(parse_variant(right), parse_variant(left))
        assert (back.forward.answer, back.backward.answer) == (
            found.backward.answer, found.forward.answer)


def test_without_languages_classes_tell_kinds_apart() -> None:
    found = compare(parse_variant("padded"), parse_variant("uhat"), [])
    check(found)
    assert found.relation == "strictly contains" and found.forward.language is None


def test_under_assumptions() -> None:
    left, right = parse_variant("rnn"), parse_variant("padded")
    assert compare(left, right).relation == "does not contain"
    found = compare(left, right, given=parse_assumptions(["D-TC0 != NC1"]))
    check(found)
    assert found.relation == "incomparable"


def test_the_command(tmp_path: Path) -> None:
    done = run("compare", "uhat", "uhat-left", "--certificate", str(tmp_path))
    assert done.returncode == 0 and done.stdout.startswith("strictly contains"), done.stderr
    assert run("check", str(tmp_path / "derivation.json")).returncode == 0
    plain = json.loads(run("compare", "uhat", "uhat-left", "--json", "--language",
                           "regex:(a|b)*a").stdout)
    assert plain["relation"] == "strictly contains"
    assert plain["sides"][0]["language"] == "regex:(a|b)*a"
    assert run("compare", "uhat", "nonsense").returncode == 2


# ---- matrices -------------------------------------------------------------------------------


def languages(*names: str) -> list[Language]:
    return [parse_language(name) for name in names]


def test_cells_are_single_answers() -> None:
    rows = languages("parity", "regex:(ab)*", "word-problem:S5", "majority", "sat")
    columns = usual_variants()
    assert [variant.name for variant in columns] == list(PRESETS)
    cells = list(matrix(rows, columns))
    assert [(c.row, c.column) for c in cells] == [(i, j) for i in range(len(rows))
                                                  for j in range(len(columns))]
    for cell in cells:
        single = ask(rows[cell.row], columns[cell.column])
        assert cell.verdict.to_json() == single.to_json()


def test_the_matrix_command(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    done = run("matrix", "--language", "parity", "--language", "first", "--variant", "uhat",
               "--variant", "rnn", "--csv", str(file), "--certificate", str(tmp_path / "cells"))
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(file.read_text().splitlines()))
    assert rows == [["language", "uhat", "rnn"], ["parity", "no", "yes"], ["first", "yes", "yes"]]
    written = sorted((tmp_path / "cells").glob("*/derivation.json"))
    assert [path.parent.name for path in written] == ["0-0", "0-1", "1-0", "1-1"]
    assert run("check", *map(str, written)).returncode == 0
    plain = json.loads(run("matrix", "--language", "parity", "--variant", "uhat", "--json").stdout)
    (cell,) = plain["cells"]
    assert cell["answer"] == "no" and cell["because"]
    assert run("matrix", "--variant", "nonsense").returncode == 2


def test_search_results_do_not_depend_on_earlier_questions() -> None:
    first = ask(parse_language("parity"), parse_variant("uhat")).to_json()
    search.upper_bounds.cache_clear()
    search.lower_bounds.cache_clear()
    assert ask(parse_language("parity"), parse_variant("uhat")).to_json() == first
