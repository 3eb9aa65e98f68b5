"""The replayer: what it rejects and why."""

from __future__ import annotations

import ast
import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import replay
from proofs.checkers.rejection import Rejected
from proofs.replay import rules
from tests.proofs import derivations
from tests.proofs.bad_derivations import BAD, BAD_REGIONS, GOOD, SMALL, Change, code_of
from tests.proofs.derivations import Json


@pytest.mark.parametrize(("said", "code", "change"), BAD, ids=[b[0] for b in BAD])
def test_rejected(said: str, code: str, change: Change) -> None:
    value = copy.deepcopy(GOOD)
    changed = change(value)
    assert code_of(changed if isinstance(changed, list) else value) == code


@pytest.mark.parametrize(("said", "code", "change"), BAD_REGIONS, ids=[b[0] for b in BAD_REGIONS])
def test_region_rejected(said: str, code: str, change: Change) -> None:
    value = copy.deepcopy(SMALL)
    replay.replay(value)
    change(value)
    assert code_of(value) == code


def test_a_misfit_names_the_forms_of_the_premises() -> None:
    value = copy.deepcopy(SMALL)
    for premises, forms in ((value["steps"][-1]["premises"][:1], "'upper'"), ([], "'none'")):
        value["steps"][-1]["premises"] = premises
        with pytest.raises(Rejected, match=f"impossible gives a statement like this, got {forms}"):
            replay.replay(value)


def test_every_code_has_a_bad_example() -> None:
    codes = set()
    for file in Path(replay.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise):
                pytest.fail(f"{file.name}:{node.lineno} raises without `reject`")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reject":
                assert isinstance(node.args[0], ast.Constant), f"{file.name}:{node.lineno}"
                codes.add(node.args[0].value)
    shown = {code for _, code, _ in BAD + BAD_REGIONS}
    assert codes <= shown
    # What remains are the codes of the readers shared with the checkers of certificates.
    helpers = Path(replay.__file__).parent.parent / "checkers"
    text = (helpers / "rejection.py").read_text("utf-8") + (helpers / "automaton.py").read_text(
        "utf-8")
    assert all(f'"{code}"' in text for code in shown - codes)


@pytest.mark.parametrize("rule", [*rules.RULES, "split"])
def test_every_rule_minds_its_premises(rule: str) -> None:
    """Without one premise, with one too many, in another order or with another one: rejected."""
    place = next(k for k, s in enumerate(GOOD["steps"]) if s["rule"] == rule)
    premises = GOOD["steps"][place]["premises"]
    variants = [premises[:k] + premises[k + 1:] for k in range(len(premises))]
    if rule != "split":  # cases may come in any order, and twice
        variants += [[*premises, premises[0]], [*premises, premises[-1]], [*premises, place - 1]]
        variants += [premises[::-1]] if len(premises) > 1 else []
    others = [k for k in range(place) if GOOD["steps"][k]["rule"] in ("axiom", "regular", "assume")
              and GOOD["steps"][k]["statement"] not in
              [GOOD["steps"][p]["statement"] for p in premises]]
    variants += [[*premises[:k], other, *premises[k + 1:]] for k in range(len(premises))
                 for other in others]
    for changed in variants:
        value = copy.deepcopy(GOOD)
        value["steps"][place]["premises"] = changed
        code = code_of(value)
        assert code in ("premises-do-not-fit", "does-not-follow")


def test_scopes_may_not_differ() -> None:
    """A inside B within W, B inside C within X says nothing about A and C."""
    value: Json = {
        "format": replay.FORMAT, "version": 1, "languages": {}, "regions": {}, "steps": [
            {"rule": "axiom", "axiom": "mine", "index": 0, "premises": [],
             "statement": {"is": "sub", "lower": "A", "upper": "B", "within": "W"}},
            {"rule": "axiom", "axiom": "mine", "index": 1, "premises": [],
             "statement": {"is": "sub", "lower": "B", "upper": "C", "within": "X"}},
            {"rule": "chain", "premises": [0, 1],
             "statement": {"is": "sub", "lower": "A", "upper": "C", "within": "W"}},
        ], "conclusions": [{"step": 2, "hypotheses": []}],
    }
    assert code_of(value, assume_axioms=["mine"]) == "premises-do-not-fit"
    value["steps"][1]["statement"]["within"] = "W"
    assert replay.replay(value, assume_axioms=["mine"]).assumed.keys() == {"mine"}


# ---- random values --------------------------------------------------------------------------

_json = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=3)),
                     lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                         st.sampled_from(["is", "rule", "statement", "step", "axiom", "task"]),
                         inner, max_size=3), max_leaves=8)


@given(st.data())
def test_random_values_never_crash_it(data: st.DataObject) -> None:
    value = copy.deepcopy(SMALL)
    paths = list(derivations.places(value))
    path = data.draw(st.sampled_from(paths))
    parent = value
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = data.draw(_json)
    for candidate in (value, parent[path[-1]]):
        try:
            replay.replay(candidate)
        except Rejected as error:
            assert error.code
        else:
            derivations.rebuild(candidate)
