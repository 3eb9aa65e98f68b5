"""Extracted automata agree with the model: on all short words, and on long ones."""

from __future__ import annotations

import random

import numpy as np
import pytest

from expressivity.extraction import Budget, Extraction, Refused, extract
from expressivity.extraction.samples import RECIPES, sample
from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from proofs.models.reference import NoReadout, accepts
from tests.extraction.agreement import all_words, disagreement, long_words
from tests.models.random_models import random_plain_model

BUDGET = Budget(max_states=1_500, max_summary=2_000)
SEEDS = 10


def check(model: Model, budget: Budget, seed: int, shortest: int = 8) -> Extraction | None:
    """Compare the extraction of a model with the evaluator; None if the model is refused."""
    letters = len(model.alphabet)
    try:
        found = extract(model, budget)
    except Refused as error:
        if "NaN" in error.reason:
            assert computes_nan(model, error.reason)
        return None
    if found.dfa is not None:
        assert found.covered is None and found.partial is None and found.reason == ""
        assert found.dfa.identical(found.dfa.minimal())
        batches = [all_words(letters, n) for n in range(shortest + 1)]
        assert disagreement(model, found.dfa,
                            batches + long_words(random.Random(seed), letters)) is None
        return found
    assert found.covered is not None and found.partial is not None
    batches = [all_words(letters, n) for n in range(min(found.covered, shortest) + 1)]
    assert disagreement(model, found.partial, batches) is None
    beyond = all_words(letters, found.covered + 1)[:50] if found.covered < 12 else []
    assert not any(found.partial.accept[found.partial.run(word.tolist())] for word in beyond)
    return found


def computes_nan(model: Model, reason: str) -> bool:
    """Does the model compute NaN on the word that a refusal names?"""
    shown, _, place = reason.split(" on: ")[1].partition(", at the ")
    word = [] if shown == "the empty word" else [
        model.alphabet.index(letter) for letter in shown.split(" ")]
    if place == "begin symbol":
        word = [0]  # every word begins with it, and the empty word may have no answer
    try:
        return not evaluate(model, np.asarray([word], dtype=np.int64)).defined.all()
    except NoReadout:
        return True


@pytest.mark.parametrize("recipe", RECIPES)
def test_agrees_with_the_model(recipe: str) -> None:
    assert agreeing(recipe, range(SEEDS), 8) >= SEEDS // 4


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES)
def test_many_models_agree(recipe: str) -> None:
    assert agreeing(recipe, range(SEEDS, 8 * SEEDS), 8) >= SEEDS


def agreeing(recipe: str, seeds: range, shortest: int) -> int:
    """How many of the models are extracted, all of them without a difference."""
    count = 0
    for seed in seeds:
        model = sample(random.Random(f"{recipe} {seed}"), RECIPES[recipe])
        found = check(model, BUDGET, seed, shortest)
        # Exact numbers need not be finitely many: there the start of the language is what counts.
        count += found is not None and (found.dfa is not None or recipe in UNBOUNDED)
    return count


UNBOUNDED = ("exact recurrences", "attention and recurrences")


@pytest.mark.parametrize("recipe", RECIPES)
def test_agrees_with_the_definition(recipe: str) -> None:
    compared = 0
    for seed in range(6):
        model = sample(random.Random(f"definition {recipe} {seed}"), RECIPES[recipe])
        try:
            found = extract(model, Budget(max_states=300, max_summary=500))
        except Refused:
            continue
        dfa = found.dfa or found.partial
        assert dfa is not None
        for n in range(1, 1 + min(5, 5 if found.covered is None else found.covered)):
            for word in all_words(2, n).tolist():
                assert accepts(model.definition, word) == bool(dfa.accept[dfa.run(word)])
        compared += 1
    assert compared


@pytest.mark.parametrize("block", range(8))
def test_agrees_with_models_of_every_contract(block: int) -> None:
    complete = 0
    for seed in range(15 * block, 15 * (block + 1)):
        rng = random.Random(seed)
        plain = random_plain_model(rng, masks=("future", "strict-future"),
                                   readout=rng.choice(("last", "eos")), markers="both")
        if plain["contract"]["format"] != "rational":
            plain["contract"]["arithmetic"] = "left-to-right"
        found = check(Model.from_plain(plain), BUDGET, seed, 5)
        complete += found is not None and found.dfa is not None
    assert complete


@pytest.mark.parametrize("letters", [1, 3])
def test_agrees_over_other_alphabets(letters: int) -> None:
    for seed in range(12):
        for recipe in ("unique hard, periodic", "softmax, any overflow"):
            model = sample(random.Random(seed), RECIPES[recipe], letters)
            check(model, Budget(max_states=300, max_summary=500), seed, 5)


@pytest.mark.parametrize("recipe", ["unique hard, periodic", "softmax, any overflow",
                                    "average-hard, overflowing"])
def test_minimising_on_the_way_does_not_change_the_language(
        recipe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    models = [sample(random.Random(seed), RECIPES[recipe]) for seed in range(1, 18)]

    def languages(budget: Budget) -> list[Extraction | str]:
        found: list[Extraction | str] = []
        for model in models:
            try:
                found.append(extract(model, budget))
            except Refused as error:
                found.append(error.reason)
        return found

    with_all = languages(Budget(max_states=4_000))
    monkeypatch.setattr("expressivity.extraction.layers.forget", lambda stream, *_: stream)
    monkeypatch.setattr("expressivity.extraction.transducer.Transducer.minimal", lambda self: self)
    plain = languages(Budget(max_states=4_000, max_summary=0))
    compared = 0
    for one, other in zip(with_all, plain, strict=True):
        assert isinstance(one, str) == isinstance(other, str)
        if isinstance(one, Extraction) and isinstance(other, Extraction) \
                and one.dfa is not None and other.dfa is not None:
            assert one.dfa.identical(other.dfa)
            compared += 1
    assert compared >= 8


def test_the_budget_truncates_and_says_so() -> None:
    recipe = RECIPES["unique hard, periodic"]
    for seed in range(1, 30):
        model = sample(random.Random(seed), recipe)
        whole = extract(model)
        assert whole.dfa is not None
        part = extract(model, Budget(max_states=3))
        if part.dfa is None:
            assert part.covered is not None and part.partial is not None
            assert f"up to length {part.covered}" in part.reason
            assert all(bool(part.partial.accept[part.partial.run(word)])
                       == bool(whole.dfa.accept[whole.dfa.run(word)])
                       for n in range(part.covered + 1) for word in all_words(2, n).tolist())
            assert not any(part.partial.accept[part.partial.run(word)]
                           for word in all_words(2, part.covered + 1).tolist())
            return
    pytest.fail("no model with more than three states")


def test_the_empty_word_is_rejected_where_the_model_says_nothing() -> None:
    plain = random_plain_model(random.Random(0), contract={"format": "rational"}, layers=0,
                               width=1, period=1, markers="none", readout="last")
    plain["output"] = {"weights": [0], "bias": 1}
    found = extract(Model.from_plain(plain))
    assert found.dfa is not None
    assert not found.dfa.accepts("") and found.dfa.accepts("a")
    assert len(found.notes) == 1 and "empty word" in found.notes[0]
    plain["markers"] = "bos"
    found = extract(Model.from_plain(plain))
    assert found.dfa is not None and found.dfa.is_universal() and found.notes == ()


def test_progress_is_reported() -> None:
    seen: list[tuple[str, int]] = []
    extract(sample(random.Random(1), RECIPES["unique hard, periodic"]),
            progress=lambda what, states: seen.append((what, states)))
    assert seen and all("sublayer" in what and states >= 1 for what, states in seen)
