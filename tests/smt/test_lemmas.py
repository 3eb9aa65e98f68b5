"""Lemmas found by z3: accepted by the island, true of the reference evaluator, or none at all."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from expressivity.constructions import solvable
from expressivity.smt import lemmas
from expressivity.smt.lemmas import Found, Given, NoneFound, find_lemma, read_given, supposed
from expressivity.solvers.smt import Limits, Solution
from expressivity.thought.automata import automaton_decoder
from languages.errors import InputError
from languages.parse import parse_language
from proofs.head_lemma import check_head_lemma
from proofs.models.architecture import parse_model
from proofs.models.attention import visible
from proofs.models.positions import evaluate
from proofs.models.reference import run as run_model
from tests.expressivity.command_line import run
from tests.proofs.test_head_lemma import lemma as lemma_by_hand
from tests.proofs.test_head_lemma import model as model_by_hand

Poly = list[list[Any]]  # [[coefficient, power of i, power of N], ...]


def positional(query: list[Poly], key: list[Poly], selection: str = "uhat-left",
               below: Poly | None = None) -> dict[str, Any]:
    """A head of rank len(query) whose query and key are these functions of positions."""
    names = [f"q{k}" for k in range(len(query))] + [f"k{k}" for k in range(len(key))]
    width, one = len(names), [[1, 0, 0]]
    formulas = [{"dimension": name, "numerator": numerator, "denominator": denominator}
                for name, numerator, denominator in zip(
                    names, [*query, *key], [below or one] * len(query) + [one] * len(key),
                    strict=True)]

    def rows(first: int) -> list[list[int]]:
        return [[int(d == first + k) for d in range(width + 1)] for k in range(len(query))]

    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": "none",
        "readout": "last", "contract": {"format": "rational"}, "residual": names, "period": 1,
        "embedding": [[[0] * width]] * 3, "formulas": formulas,
        "layers": [{"kind": "attention", "heads": [{
            "selection": selection, "mask": "none", "query": rows(0), "key": rows(len(query)),
            "value": [[0] * (width + 1)], "output": [[0]] * width}]}],
        "output": {"weights": [0] * width, "bias": 0}}


def times(left: Poly, right: Poly) -> Poly:
    return [[c * d, a + e, b + f] for c, a, b in left for d, e, f in right]


def scaled(factor: int, poly: Poly) -> Poly:
    return times([[factor, 0, 0]], poly)


J, J2, ONE = [[1, 1, 0]], [[1, 2, 0]], [[1, 0, 0]]


def quadratic(a: Poly, t: Poly, below: Poly | None = None) -> dict[str, Any]:
    """The score a (2 t j - j^2) / below, largest at j = t."""
    return positional([scaled(2, times(a, t)), scaled(-1, a)], [J, J2], below=below)


def looks_there(plain: dict[str, Any], target: Poly, least_i: int) -> int:
    """Where the target is a position, the head looks at it; how often it is."""
    model = parse_model(plain)
    seen = 0
    for total in range(1, 9):
        trace = run_model(model, [0] * total)
        for i in range(least_i, total):
            wanted = evaluate(tuple((Fraction(c), a, b) for c, a, b in target), i, total)
            if wanted.denominator == 1 and 0 <= wanted < total:
                seen += 1
                looked = [j for j, w in enumerate(trace.heads[0][0].weights[i]) if w]
                assert looked == [wanted], (i, total)
    return seen


def as_poly(plain: list[Any]) -> Poly:
    return [[Fraction(c), m.get("i", 0), m.get("N", 0)] for c, m in plain]


def test_random_quadratics() -> None:
    rng = random.Random(7)
    seen = 0
    for _ in range(8):
        target = [[rng.randint(0, 1), 1, 0], [rng.randint(0, 1), 0, 1], [rng.randint(-2, 2), 0, 0]]
        factor = [[rng.randint(0, 2), 1, 0], [rng.randint(1, 3), 0, 0], [rng.randint(0, 1), 0, 2]]
        below = rng.choice((None, [[1, 0, 1]], [[1, 1, 0], [2, 0, 0]]))
        plain = quadratic(factor, target, below)
        found = find_lemma(plain, 0, 0)
        assert isinstance(found, Found), (plain, found)
        assert check_head_lemma(found.lemma).hypotheses == ()
        assert sorted(as_poly(found.lemma["target"])) == sorted(t for t in target if t[0])
        seen += looks_there(plain, as_poly(found.lemma["target"]), 0)
    assert seen > 30


@pytest.mark.parametrize(("plain", "degree", "squares"), [
    # -(j - i)^4 - 2 (j - i)^2: a square besides the distance
    (positional([[[-1, 0, 0]], [[4, 1, 0]], [[-6, 2, 0], [-2, 0, 0]], [[4, 3, 0], [4, 1, 0]]],
                [[[1, 4, 0]], [[1, 3, 0]], J2, J]), 1, 1),
    # -(j + 1) (j - 3)^2: a factor that depends on j
    (positional([[[-1, 0, 0]], [[5, 0, 0]], [[-3, 0, 0]]], [[[1, 3, 0]], J2, J]), 1, 0),
    # 2 i^2 j - j^2: a target of degree two
    (positional([[[2, 2, 0]], [[-1, 0, 0]]], [J, J2]), 2, 0),
    # the middle, (N - 1) / 2, where there is one
    (positional([[[1, 0, 1], [-1, 0, 0]], [[-1, 0, 0]]], [J, J2]), 1, 0)])
def test_other_shapes(plain: dict[str, Any], degree: int, squares: int) -> None:
    found = find_lemma(plain, 0, 0, degree=degree, squares=squares)
    assert isinstance(found, Found)
    assert looks_there(plain, as_poly(found.lemma["target"]), 0) > 2
    if degree == 2 or squares:
        assert isinstance(find_lemma(plain, 0, 0, degree=1, squares=0), NoneFound)


@pytest.mark.parametrize("plain", [
    positional([[[1, 0, 0]]], [J]),                                   # j: the last position
    positional([[[1, 0, 0]]], [J2]),                                  # j^2 has no inner maximum
    positional([[[1, 0, 0]]], [ONE]),                                 # the same everywhere
    positional([[[0, 0, 0]]], [J]),
    # -(j - 1)^2 (j - 3)^2: two maxima
    positional([[[-1, 0, 0]], [[8, 0, 0]], [[-22, 0, 0]], [[24, 0, 0]]],
               [[[1, 4, 0]], [[1, 3, 0]], J2, J]),
    # -(j^2 - 2)^2: between positions, at an irrational number
    positional([[[-1, 0, 0]], [[4, 0, 0]]], [[[1, 4, 0]], J2]),
    # -(i - 2) (j - 1)^2: the other way round for small i
    positional([[[-1, 1, 0], [2, 0, 0]], [[2, 1, 0], [-4, 0, 0]]], [J2, J])])
@pytest.mark.parametrize("squares", [0, 1])
def test_none_where_there_is_none(plain: dict[str, Any], squares: int) -> None:
    found = find_lemma(plain, 0, 0, squares=squares, limits=Limits(20))
    assert isinstance(found, NoneFound)
    assert "no lemma with a target" in found.reason or "not accepted" in found.reason \
        or found.reason.startswith("unknown: ")


def given_of(lemma: dict[str, Any]) -> Given:
    return read_given({name: lemma[name] for name in ("parameters", "query", "key", "least_i")})


def test_a_lemma_with_a_hypothesis_is_found_again() -> None:
    by_hand = lemma_by_hand()
    found = find_lemma(model_by_hand(), 0, 0, given_of(by_hand))
    assert isinstance(found, Found) and found.lemma["target"] == by_hand["target"]
    # Without it, share is an unknown integer, and 1 / share no polynomial.
    assert isinstance(find_lemma(model_by_hand(), 0, 0), NoneFound)


def test_the_lemmas_of_a_construction_are_found_again() -> None:
    (witness,) = solvable.witnesses(parse_language("word-problem:S3"), 8)
    assert witness.lemmas
    for lemma in witness.lemmas:
        found = find_lemma(witness.model, lemma["layer"], lemma["head"], given_of(lemma))
        assert isinstance(found, Found)
        assert found.lemma["target"] == lemma["target"]
        # From i = 0 on it would divide by 0.
        early = read_given({**{k: lemma[k] for k in ("parameters", "query", "key")}, "least_i": 0})
        assert isinstance(find_lemma(witness.model, lemma["layer"], lemma["head"], early),
                          NoneFound)


def test_the_lookup_of_a_chain_of_thought() -> None:
    """The weights of an automaton's decoder, as a model: it looks at i - n + 1, given n."""
    plain = automaton_decoder(parse_language("parity").dfa)  # type: ignore[arg-type]
    del plain["decoder"]
    plain |= {"embedding": plain["embedding"][:4], "readout": "last",
              "output": {"weights": [0] * len(plain["residual"]), "bias": 0}}
    found = find_lemma(plain, 1, 0)
    assert isinstance(found, Found)
    assert found.checked.target == "i - c0 + 1"
    assert found.checked.hypotheses == ("n at position i is (c0) / (1)",)
    first = supposed(parse_model(plain), 0, 0)
    assert isinstance(first, NoneFound) and "marker or letter" in first.reason


def test_a_wrong_solution_is_not_a_lemma(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever z3 says, the island decides."""
    plain = quadratic(ONE, J)
    for values in ({}, {"u0": "1", "u3": "1"}, {f"u{k}": "1" for k in range(9)}):
        monkeypatch.setattr(lemmas, "solve_smt", lambda *_, v=values: Solution(v))
        found = find_lemma(plain, 0, 0)
        assert isinstance(found, NoneFound) and found.reason.startswith("not accepted: ")


def test_limits_and_refusals() -> None:
    plain = quadratic(ONE, J)
    found = find_lemma(plain, 0, 0, limits=Limits(0.001))
    assert found == NoneFound("unknown: time: 0.001 s")
    with pytest.raises(InputError, match="smaller degree"):
        find_lemma(plain, 0, 0, degree=40)
    for layer, head in ((1, 0), (0, 1), (-1, 0)):
        with pytest.raises(InputError, match="no such attention head"):
            find_lemma(plain, layer, head)
    with pytest.raises(InputError, match="nothing is given"):
        find_lemma(plain, 0, 0, Given((), {}, {}))
    bounded = find_lemma(plain | {"positions": {"kind": "bounded"}}, 0, 0)
    assert isinstance(bounded, NoneFound) and "not-periodic" in bounded.reason
    for data in ([], {"parameters": [1]}, {"query": {"x": {}}}, {"other": 1}, {"least_i": -1}):
        with pytest.raises(InputError):
            read_given(data)


def test_the_reference_sees_what_masks_hide() -> None:
    """The lemma is about visible positions only."""
    plain = quadratic(ONE, [[1, 1, 0]])
    plain["layers"][0]["heads"][0]["mask"] = "strict-future"
    assert isinstance(find_lemma(plain, 0, 0), Found)
    assert not visible("strict-future", 3, 3)


def test_the_command(tmp_path: Path) -> None:
    model = tmp_path / "model.json"
    model.write_text(json.dumps(quadratic(ONE, [[1, 0, 1], [-1, 1, 0], [-1, 0, 0]])),
                     encoding="utf-8")
    done = run("smt", "lemmas", str(model), "-o", str(tmp_path / "out"))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == ("layer 0, head 0: position i looks at - i + N - 1, for i >= 0 (found by "
                        "z3, accepted by the checker)")
    assert run("check", lines[1].removeprefix("wrote ").removesuffix(", checked")).returncode == 0
    by_hand = lemma_by_hand()
    model.write_text(json.dumps(model_by_hand()), encoding="utf-8")
    assert "none found: no lemma" in run("smt", "lemmas", str(model)).stdout
    file = tmp_path / "given.json"
    file.write_text(json.dumps({k: by_hand[k] for k in ("parameters", "query", "key")}),
                    encoding="utf-8")
    done = run("smt", "lemmas", str(model), "--given", str(file), "--json")
    assert json.loads(done.stdout)["heads"] == [
        {"layer": 0, "head": 0, "target": "c", "least_i": 0,
         "given": ["share at position i is (1) / (c + 1)"]}]
    done = run("smt", "lemmas", str(model), "--layer", "1")
    assert done.returncode == 2 and "no such head" in done.stderr
    file.write_text('{"parameter": 1}', encoding="utf-8")
    done = run("smt", "lemmas", str(model), "--given", str(file))
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
