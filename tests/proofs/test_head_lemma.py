"""Head lemmas: a good one, each reason to reject, and what the reference evaluator says."""

from __future__ import annotations

import ast
import copy
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import head_lemma
from proofs.check import check_file
from proofs.check_report import plain, report
from proofs.checkers.rejection import Rejected
from proofs.head_lemma import check_head_lemma
from proofs.models import polynomials
from proofs.models.architecture import parse_model
from proofs.models.polynomials import parse_polynomial
from proofs.models.reference import run

AT_I, AT_J, C, ONE = {"i": 1}, {"j": 1}, {"c": 1}, {}


def model(selection: str = "uhat-left") -> dict[str, Any]:
    """A head that finds position c from share = 1/(c + 1), by the score -share (j+1)^2 + 2 (j+1).

    The embedding gives share = 1/3 at letter b and 1/2 at letter a.
    """
    names = ["share", "next", "next squared", "found", "noise"]
    symbols = [["1/2", 0, 0, 0, 1], ["1/3", 0, 0, 0, 2], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]]
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "contract": {"format": "rational"}, "residual": names, "period": 1,
        "embedding": [[row] for row in symbols],
        "formulas": [
            {"dimension": "next", "numerator": [[1, 1, 0], [1, 0, 0]], "denominator": [[1, 0, 0]]},
            {"dimension": "next squared", "numerator": [[1, 2, 0], [2, 1, 0], [1, 0, 0]],
             "denominator": [[1, 0, 0]]}],
        "layers": [
            {"kind": "attention", "heads": [{
                "selection": selection, "mask": "none",
                "query": [[-1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 2]],
                "key": [[0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
                "value": [[0, 1, 0, 0, 0, -1]],
                "output": [[0], [0], [0], [1], [0]]}]},
            {"kind": "ffn", "in": [[0, 0, 0, 1, 0, 0]], "out": [[0, 0]] * 5}],
        "output": {"weights": [0, 0, 0, 1, 0], "bias": 0}}


def lemma(selection: str = "uhat-left") -> dict[str, Any]:
    return {
        "format": "expressivity head lemma", "version": 1, "model": model(selection), "layer": 0,
        "head": 0, "parameters": ["c"], "least_i": 0,
        "query": {"share": {"above": [[1, ONE]], "below": [[1, C], [1, ONE]],
                            "from": "hypothesis"}},
        "key": {"next": {"above": [[1, AT_J], [1, ONE]], "below": [[1, ONE]], "from": "positions"},
                "next squared": {"above": [[1, {"j": 2}], [2, AT_J], [1, ONE]], "below": [[1, ONE]],
                                 "from": "positions"}},
        "target": [[1, C]],
        "gap": [{"coefficient": 1, "times": [], "over": [[[1, C], [1, ONE]]],
                 "square": [[1, AT_J], [-1, C]]}]}


@pytest.mark.parametrize("selection", ["uhat-left", "uhat-right", "average-hard"])
def test_a_good_lemma(selection: str) -> None:
    found = check_head_lemma(lemma(selection))
    assert found.target == "c"
    assert found.hypotheses == ("share at position i is (1) / (c + 1)",)


@pytest.mark.parametrize("selection", ["uhat-left", "uhat-right", "average-hard"])
def test_the_head_looks_where_the_lemma_says(selection: str) -> None:
    """Letter a asks with c = 1, letter b with c = 2."""
    made = parse_model(model(selection))
    rng = random.Random(5)
    for _ in range(30):
        word = [rng.randrange(2) for _ in range(rng.randrange(3, 12))]
        trace = run(made, word)
        for i, letter in enumerate(word):
            looked = [j for j, w in enumerate(trace.heads[0][0].weights[i]) if w]
            assert looked == [letter + 1]


def broken(**changes: Any) -> dict[str, Any]:
    """The good lemma with the values at dotted paths replaced."""
    made = copy.deepcopy(lemma())
    for path, value in changes.items():
        *parents, last = path.split("__")
        at: Any = made
        for part in parents:
            at = at[int(part) if part.isdigit() else part.replace("_", " ")]
        at[int(last) if last.isdigit() else last] = value
    return made


BAD: list[tuple[str, dict[str, Any]]] = [
    ("wrong-format", {"format": "expressivity certificate"}),
    ("not-a-plain-attention", {"layer": 1}),
    ("not-a-parameter", {"parameters": ["j"]}),
    ("not-a-parameter", {"parameters": ["c", "c"]}),
    ("not-a-parameter", {"parameters": ["1"]}),
    ("not-a-parameter", {"parameters": ["\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}"]}),
    ("not-positive", {"query__share__below": [[1, C]]}),
    ("not-positive", {"query__share__below": [[-1, C], [1, ONE]]}),
    ("not-positive", {"gap__0__coefficient": 0}),
    ("not-positive", {"gap__0__times": [[[1, AT_J]]]}),
    ("not-positive", {"gap__0__over": [[[1, AT_I]]]}),
    ("out-of-range", {"least_i": -1}),
    ("depends-on-symbols", {"query__share__from": "positions"}),
    ("value-not-equal", {"key__next__above": [[1, AT_J], [2, ONE]]}),
    ("unknown-value", {"query": {}}),
    ("unknown-value", {"key__next__from": "elsewhere"}),
    ("not-the-distance", {"gap__0__square": [[1, AT_J], [-2, C]]}),
    ("not-the-distance", {"gap__0__square": []}),
    ("not-the-distance", {"gap__0__square": [[1, AT_J], [-2, C], [1, AT_I]]}),
    ("gap-not-equal", {"gap__0__coefficient": 2}),
    ("gap-not-equal", {"target": [[1, C], [1, ONE]],
                       "gap__0__square": [[1, AT_J], [-1, C], [-1, ONE]]}),
    ("unknown-variable", {"target": [[1, AT_J]]}),
    ("unknown-variable", {"key__next__above": [[1, C]]}),
    ("wrong-length", {"gap": []}),
]


@pytest.mark.parametrize(("code", "changes"), BAD)
def test_bad_lemmas(code: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as error:
        check_head_lemma(broken(**changes))
    assert error.value.code == code


def changed_model(code: str) -> dict[str, Any]:
    made = lemma()
    plain = made["model"]
    head = plain["layers"][0]["heads"][0]
    if code == "not-hard":
        head["selection"] = "softmax"
        plain["contract"] = {"format": "fixed", "bits": 8, "fraction": 2, "rounding": "nearest",
                             "overflow": "infinity", "arithmetic": "left-to-right",
                             "softmax": "plain"}
        plain["embedding"] = [[[0] * 5]] * 4
    elif code == "rounded":
        plain["contract"] = {"format": "fixed", "bits": 8, "fraction": 2, "rounding": "nearest",
                             "overflow": "infinity", "arithmetic": "left-to-right",
                             "softmax": "plain"}
        plain["embedding"] = [[[0] * 5]] * 4
    elif code == "looped":
        plain["loop"] = {"first": 0, "last": 0, "times": 2}
    elif code == "not-periodic":
        plain["positions"] = {"kind": "bounded"}
    elif code == "not-a-plain-attention":
        plain["layers"][0]["norm"] = {"matrix": [[1 if d == k else 0 for d in range(6)]
                                                 for k in range(5)], "epsilon": 0}
    else:
        plain["layers"].insert(0, {"kind": "ffn", "in": [[0] * 6],
                                   "out": [[0, 0], [0, 1], [0, 0], [0, 0], [0, 0]]})
        made["layer"] = 1
    return made


@pytest.mark.parametrize("code", ["not-hard", "rounded", "looped", "not-periodic",
                                  "written-before", "not-a-plain-attention"])
def test_models_that_the_lemma_is_not_about(code: str) -> None:
    with pytest.raises(Rejected) as error:
        check_head_lemma(changed_model(code))
    assert error.value.code == code


@pytest.mark.parametrize("denominator", [[], [[0, 0, 0]], [[1, 1, 0], [-1, 1, 0]]])
def test_a_formula_over_zero_has_no_value(denominator: list[list[int]]) -> None:
    """0 / 0 equals every quotient crosswise: any value would be one "from positions"."""
    made = broken(query__share__from="positions")
    for rows in made["model"]["embedding"]:
        rows[0][0] = 0
    made["model"]["formulas"].append(
        {"dimension": "share", "numerator": [], "denominator": denominator})
    with pytest.raises(Rejected) as error:
        check_head_lemma(made)
    assert error.value.code == "zero-denominator"


@pytest.mark.parametrize("layer", [
    {"kind": "attention", "heads": [{"selection": "uhat-left", "mask": "none", "query": [[0] * 6],
                                     "key": [[0] * 6], "value": [[0] * 6],
                                     "output": [[0], [0], [1], [0], [0]]}]},
    {"kind": "gated-ffn", "gate": [[0] * 6], "in": [[0] * 6],
     "out": [[0, 0], [0, 0], [0, 1], [0, 0], [0, 0]]},
    {"kind": "norm", "coordinates": ["noise", "next squared"], "epsilon": 1},
    {"kind": "recurrence", "initial": [0], "transition": {"kind": "time-invariant",
                                                          "matrix": [[1]]},
     "input": [[0] * 6], "reads": "after", "output": [[0], [0], [1], [0], [0]]},
])
def test_every_kind_of_sublayer_can_write(layer: dict[str, Any]) -> None:
    made = lemma()
    made["model"]["layers"].insert(0, layer)
    made["layer"] = 1
    with pytest.raises(Rejected, match="written-before"):
        check_head_lemma(made)
    made["model"]["layers"][0] = copy.deepcopy(layer)
    if layer["kind"] == "norm":
        made["model"]["layers"][0]["coordinates"] = ["noise", "found"]
    else:
        field = "out" if "out" in layer else "output"
        target = (made["model"]["layers"][0]["heads"][0] if layer["kind"] == "attention"
                  else made["model"]["layers"][0])
        target[field] = target[field][2:] + target[field][:2]
        if target[field][1:3] != [[0] * len(target[field][0])] * 2:
            target[field] = target[field][::-1]
    check_head_lemma(made)


def test_too_many_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polynomials, "MAX_TERMS", 2)
    with pytest.raises(Rejected) as error:
        check_head_lemma(broken(**{"key__next squared__above": [[1, AT_J], [1, ONE]]}))
    assert error.value.code in ("too-many-terms", "wrong-length")
    x = {(("i", 1),): Fraction(1), (("j", 1),): Fraction(1)}
    with pytest.raises(Rejected) as error:
        polynomials.multiply(x, x)
    assert error.value.code == "too-many-terms"


def test_every_code_has_a_bad_example() -> None:
    codes = set()
    for module in (head_lemma, polynomials):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        codes |= {node.args[0].value for node in ast.walk(tree) if isinstance(node, ast.Call)
                  and isinstance(node.func, ast.Name) and node.func.id == "reject"
                  and isinstance(node.args[0], ast.Constant)}
    assert codes
    assert codes <= {code for code, _ in BAD} | {"not-hard", "rounded", "looped", "not-periodic",
                                                 "written-before", "too-many-terms"}


PLAIN = st.lists(st.tuples(st.fractions(-3, 3, max_denominator=4),
                           st.dictionaries(st.sampled_from("ijN"), st.integers(1, 3))),
                 max_size=4)


def value(plain: list[tuple[Fraction, dict[str, int]]], at: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for coefficient, powers in plain:
        for name, power in powers.items():
            coefficient *= at[name] ** power
        total += coefficient
    return total


@given(PLAIN, PLAIN, st.tuples(*[st.fractions(-2, 2, max_denominator=3)] * 3))
def test_polynomials_are_what_their_values_say(left: Any, right: Any, point: Any) -> None:
    at = dict(zip("ijN", point, strict=True))
    p, q = (parse_polynomial([[str(c), dict(powers)] for c, powers in plain], "p", "ijN")
            for plain in (left, right))
    a, b = value(left, at), value(right, at)

    def at_point(polynomial: polynomials.Polynomial) -> Fraction:
        return value([(c, dict(m)) for m, c in polynomial.items()], at)

    assert at_point(p) == a
    assert at_point(polynomials.add(p, q)) == a + b
    assert at_point(polynomials.subtract(p, q)) == a - b
    assert at_point(polynomials.multiply(p, q)) == a * b
    assert at_point(polynomials.substitute(p, "j", q)) == value(left, at | {"j": b})
    assert all(polynomials.multiply(p, q).values())


def test_divisors_that_are_positive_from_some_position_on() -> None:
    """share = c / i and 1 / i, as averages over the positions before i, with the same keys."""
    made = lemma()
    made["model"]["layers"][0]["heads"][0]["query"][1] = [0, 0, 0, 0, 2, 0]
    made["model"]["layers"][0]["heads"][0]["query"][0] = [-1, 0, 0, 0, 0, 0]
    one_over_i = {"above": [[1, ONE]], "below": [[1, AT_I]], "from": "hypothesis"}
    made["query"] = {"share": one_over_i,
                     "noise": {"above": [[1, C]], "below": [[1, AT_I]], "from": "hypothesis"}}
    # -(j + 1)^2 / i + 2 (j + 1) c / i is largest at j = c - 1
    made["target"] = [[1, C], [-1, ONE]]
    made["gap"] = [{"coefficient": 1, "times": [], "over": [[[1, AT_I]]],
                    "square": [[1, AT_J], [1, ONE], [-1, C]]}]
    with pytest.raises(Rejected, match="not-positive"):
        check_head_lemma(made)
    made["least_i"] = 1
    assert check_head_lemma(made).least_i == 1


def test_check_reads_lemmas(tmp_path: Path) -> None:
    file = tmp_path / "lemma.json"
    file.write_text(json.dumps(lemma()), encoding="utf-8")
    outcome = check_file(file)
    assert outcome.status == "accepted"
    assert outcome.kind == "head lemma"
    assert "position i at position c and at no other" in report(outcome)
    assert plain(outcome)["claim"]["target"] == "c"
    file.write_text(json.dumps(broken(gap__0__coefficient=2)), encoding="utf-8")
    outcome = check_file(file)
    assert (outcome.status, outcome.code) == ("rejected", "gap-not-equal")
    assert "gap" in report(outcome)
