"""The checker of witnesses accepts good certificates and rejects each bad one for its reason."""

from __future__ import annotations

import ast
import copy
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from proofs import witnesses
from proofs.checkers.rejection import Rejected
from proofs.witnesses import Budget, check_witness, components
from tests.witnesses.bad_witnesses import BAD, LAST, PARITY, B, Bad, good
from tests.witnesses.make_good import made
from tests.witnesses.small_models import SMALL
from tests.witnesses.truth import is_true

FOLDER = Path(witnesses.__file__).parent


@pytest.mark.parametrize("name", SMALL)
def test_good_certificates_are_accepted_and_true(name: str) -> None:
    claim = check_witness(good(name))
    assert is_true(claim)
    for n in range(1 - claim.empty_word, 7):
        for word in itertools.product("ab", repeat=n):
            state = claim.automaton.start
            for letter in word:
                state = claim.automaton.delta[state][claim.automaton.alphabet.index(letter)]
            assert (state in claim.automaton.accept) == SMALL[name].contains("".join(word))


@pytest.mark.parametrize("name", SMALL)
def test_the_maker_makes_the_good_certificates(name: str) -> None:
    assert made(name) == good(name)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.code}: {bad.sentence}")
def test_bad_certificates_are_rejected(bad: Bad) -> None:
    with pytest.raises(Rejected) as caught:
        check_witness(bad.certificate())
    assert caught.value.code == bad.code, str(caught.value)
    assert caught.value.message and "\n" not in str(caught.value)


def test_a_budget_is_a_rejection() -> None:
    check_witness(good(B), Budget(20))
    with pytest.raises(Rejected) as caught:
        check_witness(good(B), Budget(2))
    assert caught.value.code == "too-many-pairs"


def test_large_summaries_are_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "MAX_CELLS", 1)
    with pytest.raises(Rejected) as caught:
        check_witness(good(B))
    assert caught.value.code == "too-many-cells"


def test_every_code_has_a_bad_example() -> None:
    codes = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reject":
                code = node.args[0]
                assert isinstance(code, ast.Constant) and isinstance(code.value, str)
                codes.add(code.value)
    assert codes == {bad.code for bad in BAD} | {"too-many-pairs", "too-many-cells"}


def test_checkers_of_witnesses_import_the_standard_library_and_the_island() -> None:
    for path in FOLDER.glob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 300
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = ([alias.name for alias in node.names] if isinstance(node, ast.Import)
                     else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(
                    ("proofs.witnesses", "proofs.models", "proofs.checkers")), (path, name)


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(SMALL, 2)))
def test_evidence_for_one_model_is_none_for_another(first: str, second: str) -> None:
    value = good(first)
    for part in ("model", "language"):
        other = copy.deepcopy(value)
        other["claim"][part] = good(second)["claim"][part]
        assert rejected_or_true(other)
    other = copy.deepcopy(value)
    other["data"] = good(second)["data"]
    # Two of the models do the same, each in its numbers.
    assert rejected_or_true(other)
    if {first, second} != {"contains-b", "soft"}:
        with pytest.raises(Rejected):
            check_witness(other)


# --- mutations -----------------------------------------------------------------------------


def rejected_or_true(value: Any) -> bool:
    try:
        claim = check_witness(value, Budget(2_000))
    except Rejected:
        return True
    return is_true(claim)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """All values inside a value, with the paths to them."""
    yield path, value
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(inner, (*path, key))


def changes(value: Any) -> list[Any]:
    """What a field is changed to."""
    found: list[Any] = [None, True, 0, 1, -1, 10**45, 1.0, "", "inf", "1/0", [], {}, [0], "eos"]
    if type(value) is int:
        found += [value + 1, value - 1, -value, float(value), str(value), [value]]
    if isinstance(value, list):
        found += [list(reversed(value)), value + value, value[:-1], [*value, None]]
    if isinstance(value, dict):
        found += [value | {"more": 0}]
    return [new for new in found if new != value or type(new) is not type(value)]


@pytest.mark.parametrize("name", SMALL)
def test_a_changed_field_is_rejected_or_leaves_a_true_claim(name: str) -> None:
    value = good(name)
    accepted = total = 0
    for path, old in list(places(value)):
        if not path:
            continue
        parent = value
        for key in path[:-1]:
            parent = parent[key]
        for new in changes(old):
            parent[path[-1]] = new
            total += 1
            try:
                claim = check_witness(value, Budget(2_000))
            except Rejected:
                continue
            finally:
                parent[path[-1]] = old
            accepted += 1
            assert is_true(claim, 4), (path, new)
    assert value == good(name)
    assert accepted < total / 4


def test_states_that_are_not_reached_may_be_anything() -> None:
    """What no word leads to is no part of the claim."""
    value = good(PARITY)
    stream = value["data"]["stages"][1]["stream"]
    stream["next"].append([0, 2])
    stream["out"].append([0, 0])
    stream["end"].append(0)
    check_witness(value)


def test_letters_are_matched_by_name() -> None:
    value = good(LAST)
    language = value["claim"]["language"]
    language["alphabet"] = ["b", "a"]
    language["delta"] = [row[::-1] for row in language["delta"]]
    assert is_true(check_witness(value))
