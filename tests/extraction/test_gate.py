"""Extracted languages lie inside the bounds that the theorem base derives for their models."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from expressivity.extraction import Refused, extract, gate
from expressivity.extraction.budget import Budget
from expressivity.extraction.gate import Deciders, Tally, run, stutter_invariant, upper_classes
from expressivity.extraction.samples import OVERFLOWING, RECIPES, Recipe, sample
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from languages.dfa import DFA
from proofs.models.numbers import Fixed
from tests.extraction.agreement import all_words, disagreement

UNBOUNDED = ("exact recurrences", "attention and recurrences")
QUICK = Budget(max_states=1_500, max_summary=2_000)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_few_models_of_each_recipe(recipe: str) -> None:
    tallies: dict[str, Tally] = {}
    violations = list(run(25, 7, [recipe], QUICK, tallies))
    assert not violations
    tally = tallies[recipe]
    if recipe in UNBOUNDED:  # infinitely many states, or no family of models
        assert tally.models == 25 == sum(tally.outcomes.values())
        return
    assert tally.outcomes["extracted"] >= 5
    assert len(tally.languages) >= 3
    assert tally.bounds, "the base has no bound for these models"


@pytest.mark.slow
def test_many_models_of_each_recipe() -> None:
    assert not list(run(250, 11, list(RECIPES), QUICK))


@pytest.mark.parametrize("recipe", ["softmax, overflowing", "average-hard, overflowing",
                                    "softmax and average-hard, overflowing"])
def test_quotients_that_overflow(recipe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Most of these compute infinity / infinity, so no recipe is made of them.
    last = {**OVERFLOWING, "division": ("quotient",)}
    monkeypatch.setitem(RECIPES, recipe, replace(RECIPES[recipe], numbers=(last,)))
    monkeypatch.setattr(gate, "sample", checked_sample)
    tallies: dict[str, Tally] = {}
    assert not list(run(100, 5, [recipe], QUICK, tallies))
    tally = tallies[recipe]
    assert tally.outcomes["NaN"] >= 50 and tally.outcomes["extracted"] >= 2
    assert {"J-trivial", "nc0-regular"} <= set(tally.bounds)
    assert tally.largest == 1, "such a model accepts all words or none"


def checked_sample(rng: random.Random, recipe: Recipe) -> Model:
    model = sample(rng, recipe)
    assert model_profile(model)[0]["division"] == frozenset({"quotient"})
    return model


def test_bounds_differ_between_recipes() -> None:
    def bounds(recipe: str) -> frozenset[str]:
        models = [sample(random.Random(i), RECIPES[recipe]) for i in range(12)]
        return frozenset.intersection(*(upper_classes(model_profile(m)) for m in models))

    assert "R-trivial" in bounds("leftmost")
    assert "R-trivial" not in bounds("rightmost") and "star-free" in bounds("rightmost")
    assert "R-trivial" in bounds("softmax, overflowing")
    assert "R-trivial" not in bounds("softmax, any overflow")
    assert "LTL[P,MOD]" in bounds("softmax, overflowing, periodic")
    assert "stutter-invariant star-free" in bounds("unique hard, non-strict")
    assert "star-free" not in bounds("unique hard, periodic")
    assert "star-free" in bounds("nonnegative-diagonal recurrence")
    assert "2-groups" in bounds("signed-diagonal recurrence")
    assert "star-free" not in bounds("signed-diagonal recurrence")
    assert "REG" in bounds("householder recurrence")
    assert "solvable" not in bounds("householder recurrence")
    assert "R-trivial" in bounds("softmax, overflowing, post-norm")


def test_a_false_bound_is_noticed(monkeypatch: pytest.MonkeyPatch,
                                  capsys: pytest.CaptureFixture[str]) -> None:
    # Were hard attention with positions star-free, or rightmost attention R-trivial ...
    monkeypatch.setattr(gate, "upper_classes", lambda region: frozenset({"star-free"}))
    assert {v.cls for v in run(25, 7, ["unique hard, periodic"], QUICK)} == {"star-free"}
    monkeypatch.setattr(gate, "upper_classes", lambda region: frozenset({"R-trivial"}))
    assert list(run(25, 7, ["rightmost"], QUICK))
    # ... were recurrences with negative gates star-free, with complex ones 2-groups, with
    # reflections solvable ...
    for cls, recipe in (("star-free", "signed-diagonal"), ("2-groups", "complex-diagonal"),
                        ("2-groups", "time-invariant"), ("solvable", "householder")):
        monkeypatch.setattr(gate, "upper_classes", lambda region, cls=cls: frozenset({cls}))
        assert next(run(60, 3, [f"{recipe} recurrence"], QUICK), None) is not None
    monkeypatch.setattr(gate, "upper_classes", lambda region: frozenset({"R-trivial"}))
    monkeypatch.setattr(sys, "argv", ["gate", "--models", "25", "--recipe", "rightmost"])
    assert gate.main() == 1
    assert "VIOLATION: rightmost" in capsys.readouterr().out


def test_the_command_ends_well(monkeypatch: pytest.MonkeyPatch,
                               capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["gate", "--models", "5", "--recipe", "leftmost"])
    assert gate.main() == 0
    out = capsys.readouterr().out
    assert "leftmost: 5 models" in out and "0 violations" in out


def test_stutter_invariance() -> None:
    table = np.asarray([[0, 1], [0, 1]], dtype=np.int32)
    assert stutter_invariant(DFA(("a", "b"), table, 0, np.asarray([False, True])))
    swap = np.asarray([[1, 0], [0, 1]], dtype=np.int32)
    assert not stutter_invariant(DFA(("a", "b"), swap, 0, np.asarray([False, True])))


# -- the smallest models that a too generous statement about rounding would get wrong ------------

@dataclass(frozen=True)
class Symmetric(Fixed):
    """Multiples of 2^-fraction of absolute value at most 2."""

    @cached_property
    def largest(self) -> Fraction:
        return Fraction(2)


def counting_head(**contract: Any) -> dict[str, Any]:
    """Uniform attention to earlier letters, a: +1/2, b: -1/2; accepted iff the result is > 0."""
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
        "readout": "eos", "period": 1, "residual": ["letter", "average"],
        "contract": {"format": "fixed", "bits": 5, "fraction": 2, "rounding": "nearest",
                     "overflow": "saturate", "arithmetic": "left-to-right",
                     "softmax": "max-subtracted", "division": "weights", **contract},
        "embedding": [[["1/2", 0]], [["-1/2", 0]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "attention", "heads": [{
            "selection": "softmax", "mask": "strict-future", "query": [[0, 0, 0]],
            "key": [[0, 0, 0]], "value": [[1, 0, 0]], "output": [[0], [1]]}]}],
        "output": {"weights": [0, 1], "bias": 0}}


def outside(dfa: DFA) -> list[str]:
    return Deciders().outside(dfa, frozenset({"R-trivial", "star-free", "LTL[P,MOD]",
                                              "C-RASP@eos"}))


def test_a_saturating_grid_leaves_the_r_trivial_languages() -> None:
    # Multiples of 1/4 in [-2, 2]: the denominator stops at 2, the weight stays 1/2, and the
    # numerator is a counter with steps of 1/4 that saturates at both ends: 17 values.
    plain = Model.from_plain(counting_head())
    contract = replace(plain.contract, grid=Symmetric(5, 2))
    model = Model(replace(plain.definition, contract=contract))
    found = extract(model).dfa
    assert found is not None and found.states == 17
    assert outside(found) == ["C-RASP@eos", "LTL[P,MOD]", "R-trivial"]
    for k in range(1, 30):
        assert not found.accepts("ab" * k) and found.accepts("ab" * k + "a")
    for word in ("", "a", "ab", "abba", "aab" * 5, "b" * 12 + "a" * 13):
        assert model.run(model.indices(word)).accepted == found.accepts(word)


@pytest.mark.parametrize(("contract", "states"),
                         [({"bits": 4}, 15), ({"division": "quotient"}, 16)])
def test_so_do_formats_with_the_usual_bounds(contract: dict[str, Any], states: int) -> None:
    model = Model.from_plain(counting_head(**contract))
    found = extract(model).dfa
    assert found is not None and found.states == states
    assert "R-trivial" in outside(found) and "star-free" not in outside(found)
    assert disagreement(model, found, [all_words(2, n) for n in range(11)]) is None
    bounds = upper_classes(model_profile(model))
    assert "star-free" in bounds and "R-trivial" not in bounds


def test_stagnating_floats_leave_them_too() -> None:
    # Three significant bits: 1 + 1 + ... stops at 8, since 8 + 1 ties to 8.
    plain = counting_head()
    plain["contract"] = {key: value for key, value in plain["contract"].items()
                         if key not in ("bits", "fraction")} | {
        "format": "float", "exponent": 5, "significand": 3, "overflow": "infinity"}
    plain["embedding"][0], plain["embedding"][1] = [[8, 0]], [[-8, 0]]
    model = Model.from_plain(plain)
    found = extract(model).dfa
    assert found is not None
    assert "R-trivial" in outside(found) and "star-free" not in outside(found)
    for k in range(4, 40):
        assert not found.accepts("ab" * k) and found.accepts("ab" * k + "a")


def test_overflow_to_infinity_stays_inside() -> None:
    model = Model.from_plain(counting_head(overflow="infinity"))
    assert "R-trivial" in upper_classes(model_profile(model))
    found = extract(model).dfa
    assert found is not None and outside(found) == []


def exists_in_two_layers(division: str) -> Model:
    """Is there an earlier a? By one head that fails when there are many, and a second one.

    Multiples of 1/2 below 16: the head returns 0 from four a's on, since 1/4 rounds to 0. The
    second head looks for positions with an a at which the first one saw an a: at most three.
    """
    def head(name: int, to: int) -> dict[str, Any]:
        key, value, output = [0] * 4 + [-7], [0] * 5, [[0] for _ in range(4)]
        key[name], value[name], output[to] = 7, 1, [1]
        return {"kind": "attention", "heads": [{
            "selection": "softmax", "mask": "strict-future", "query": [[0, 0, 0, 0, 1]],
            "key": [key], "value": [value], "output": output}]}

    plain = counting_head(bits=6, fraction=1, overflow="infinity", division=division)
    plain["residual"] = ["a", "one", "both", "two"]
    plain["embedding"] = [[[1, 0, 0, 0]], *([[0, 0, 0, 0]] for _ in range(3))]
    both = {"kind": "ffn", "in": [[7, 1, 0, 0, -7], [7, 1, 0, 0, -8]],
            "out": [[0, 0, 0], [0, 0, 0], [1, -1, 0], [0, 0, 0]]}
    plain["layers"] = [head(0, 1), both, head(2, 3)]
    plain["output"] = {"weights": [0, 1, 0, 1], "bias": 0}
    return Model.from_plain(plain)


def test_existence_at_all_lengths_when_weights_are_divided_first() -> None:
    found = extract(exists_in_two_layers("weights")).dfa
    assert found is not None and found.states == 2
    assert found.accepts("a") and found.accepts("ba" + "b" * 9) and not found.accepts("bbb")


def test_existence_is_not_a_number_when_the_quotient_is_last() -> None:
    # Numerator and denominator overflow together.
    with pytest.raises(Refused, match="NaN .* on: " + " ".join("a" * 16) + ", at the end"):
        extract(exists_in_two_layers("quotient"))


def test_models_with_windows_alone_recognise_definite_languages() -> None:
    # Whatever the selection and the arithmetic (Li and Cotterell 2026).
    seen = set()
    for seed in range(40):
        model = sample(random.Random(f"definite {seed}"), RECIPES["windows"])
        try:
            found = extract(model, QUICK).dfa
        except Refused:
            continue
        assert found is not None and definite(found)
        seen.add(gate.key(found))
    assert len(seen) >= 5


def definite(dfa: DFA) -> bool:
    """Do the last letters of a word decide? Then no two states of a minimal automaton stay apart.
    """
    apart = {(p, q) for p in range(dfa.states) for q in range(p)}
    while apart:
        # Pairs that some letter keeps apart; once none is left, every long word merges all.
        kept = {(p, q) for p, q in apart
                if any((max(r, s), min(r, s)) in apart
                       for r, s in zip(dfa.table[p], dfa.table[q], strict=True))}
        if kept == apart:
            return False
        apart = kept
    return True


def test_rounded_complex_gates_leave_the_solvable_languages() -> None:
    """Finite groups of exact complex diagonal matrices are abelian, and stacks of them solvable.

    Rounding after every step breaks this: the rounded rotations of two coordinates are maps of a
    finite set that no order is preserved by. So no theorem about complex diagonal recurrences that
    speaks of exact transitions bounds rounded ones.
    """
    def turning(gates: list[Any], initial: list[int], source: list[Any],
                output: list[Any]) -> dict[str, Any]:
        return {"kind": "recurrence", "initial": initial, "input": source, "reads": "after",
                "output": output, "transition": {"kind": "complex-diagonal", "gates": [gates]}}

    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "residual": ["x0", "x1"], "period": 1,
        "contract": {"format": "float", "exponent": 3, "significand": 2, "rounding": "nearest",
                     "overflow": "saturate", "arithmetic": "left-to-right", "softmax": "plain"},
        "embedding": [[["1/2", 12]], [["1/2", 0]], [[0, 0]], [[0, 0]]],
        "layers": [
            turning([[-1, 2, 1], [2, 0, "-1/2"]], [-2, -12], [[0, 2, "1/2"], [1, 0, 0]],
                    [[-1, -12], ["1/2", "1/2"]]),
            {"kind": "ffn", "in": [[0, -12, 0], [12, -1, 1], ["1/2", 0, 1]],
             "out": [[0, 1, 2, 1], [0, 0, 1, -2]]},
            turning([[0, 1, 0], [0, 1, 0]], [0, 0], [[-2, 1, 2], [1, -12, 1]],
                    [[0, 1], [1, -1]])],
        "output": {"weights": [0, 1], "bias": 0}})
    found = extract(model).dfa
    assert found is not None and found.states == 159
    assert Deciders().outside(found, frozenset({"solvable", "REG"})) == ["solvable"]
    rng = random.Random(1)
    for _ in range(300):
        word = [rng.randrange(2) for _ in range(rng.randrange(1, 50))]
        assert model.run(word).accepted == bool(found.accept[found.run(word)])
