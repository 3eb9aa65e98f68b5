"""Bounds on averages that see no order, windows and exact sums, against random models."""

from __future__ import annotations

import random
from itertools import permutations, product

import pytest

from expressivity.extraction.budget import Refused
from expressivity.extraction.gate import SMALL, Deciders, upper_classes
from expressivity.extraction.layers import extract
from expressivity.extraction.samples import (
    EXACT,
    NETWORKS,
    NORMS,
    READOUTS,
    RECIPES,
    ROUNDED,
    SOFT,
    Recipe,
    sample,
)
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from languages.errors import InputError
from proofs.models.numbers import NotANumber, Value
from proofs.models.reference import run

ENDS = (("eos", "eos"), ("both", "eos"))
UNORDERED = Recipe(SOFT, ("none",), ENDS, networks=NETWORKS, norms=("none", *NORMS),
                   numbers=({**ROUNDED, "arithmetic": ("exact-sums", "exact-attention")},))
RATIONAL = Recipe(SOFT, ("none",), ENDS, numbers=(EXACT,), networks=NETWORKS)
LEFT_TO_RIGHT = Recipe(SOFT, ("none",), (("eos", "eos"),), numbers=(ROUNDED,))
EXACT_SUMS = Recipe(SOFT, ("future", "strict-future"), READOUTS,
                    numbers=({**ROUNDED, "arithmetic": ("exact-sums",)},), networks=NETWORKS)


def outputs(model: Model, word: tuple[int, ...]) -> set[Value]:
    """The outputs on all orders of a word; the empty set where a model computes NaN."""
    try:
        return {run(model.definition, order).value for order in set(permutations(word))}
    except NotANumber:
        return set()


def order_matters(recipe: Recipe, seed: int) -> tuple[int, int, int]:
    """Models, those that see the order of letters, those whose output depends on the word."""
    seen = mixed = 0
    for i in range(40):
        model = sample(random.Random(f"{seed} {i}"), recipe)
        words = [w for n in range(1, 5) for w in product((0, 1), repeat=n) if w == tuple(sorted(w))]
        found = [outputs(model, word) for word in words]
        seen += any(len(a) > 1 for a in found)
        mixed += len(set().union(*found)) > 1
    return 40, seen, mixed


@pytest.mark.parametrize("recipe", [UNORDERED, RATIONAL])
def test_unmasked_exact_averages_see_no_order(recipe: Recipe) -> None:
    _, seen, mixed = order_matters(recipe, 1)
    assert seen == 0 and mixed > 3


@pytest.mark.parametrize(("recipe", "cls"), [(UNORDERED, "permutation-closed"),
                                             (RATIONAL, "permutation-closed"),
                                             (EXACT_SUMS, "C-RASP@last")])
def test_the_base_bounds_such_models(recipe: Recipe, cls: str) -> None:
    bounded = 0
    for i in range(40):
        model = sample(random.Random(f"3 {i}"), recipe)
        try:
            bounded += cls in upper_classes(model_profile(model))
        except InputError:
            continue
    assert bounded > 30
    masked = sample(random.Random("3 0"), LEFT_TO_RIGHT)
    assert cls not in upper_classes(model_profile(masked))


def test_windows_are_definite() -> None:
    deciders = Deciders()
    bounded = apart = 0
    for i in range(40):
        model = sample(random.Random(f"4 {i}"), RECIPES["windows"])
        try:
            dfa = extract(model, SMALL).dfa
        except Refused:
            continue
        assert dfa is not None
        classes = upper_classes(model_profile(model))
        bounded += "definite" in classes
        assert not deciders.outside(dfa, classes)
        apart += bool(deciders.outside(dfa, frozenset({"R-trivial"})))
    assert bounded > 25 and apart > 2
