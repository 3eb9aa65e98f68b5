"""Random models of every kind that extraction covers: certified, and no other language is."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from expressivity.extraction import Budget, Refused, extract
from expressivity.extraction.certificate import NoCertificate, certificate
from expressivity.extraction.samples import RECIPES, sample
from expressivity.models.model import Model
from proofs.checkers.rejection import Rejected
from proofs.witnesses import check_witness
from tests.witnesses.truth import is_true

BUDGET = Budget(max_states=150, max_summary=300)


def certified(model: Model) -> Any:
    """A certificate for what extraction finds, as JSON gives it; None where it finds nothing."""
    try:
        found = extract(model, BUDGET)
        if found.dfa is None:
            return None
        return json.loads(json.dumps(certificate(model.definition, found.dfa, found)))
    except (Refused, NoCertificate):
        return None


def refuse_other_languages(value: Any, rng: random.Random) -> None:
    """One state's acceptance, or the target of one transition, changed."""
    language = value["claim"]["language"]
    start = language["start"]
    # What a state accepts matters unless only the empty word leads there and is not answered.
    reentered = any(start in row for row in language["delta"])
    for q in range(language["states"]):
        other = copy.deepcopy(value)
        other["claim"]["language"]["accept"] = sorted(set(language["accept"]) ^ {q})
        if q != start or reentered or value["claim"]["empty-word"]:
            with pytest.raises(Rejected):
                check_witness(other)
        if q > 5:
            break
    if language["states"] > 1:
        other = copy.deepcopy(value)
        q, a = rng.randrange(language["states"]), rng.randrange(len(language["alphabet"]))
        row = other["claim"]["language"]["delta"][q]
        row[a] = (row[a] + 1) % language["states"]
        try:
            claim = check_witness(other)
        except Rejected:
            return
        # Minimal automata have no other transitions, but for those that only the empty word needs.
        assert not claim.empty_word and is_true(claim)


@pytest.mark.parametrize("name", [name for name in RECIPES if "forward" not in name])
def test_random_models_are_certified(name: str) -> None:
    made = 0
    for seed in range(40):
        rng = random.Random(f"witness {name} {seed}")
        value = certified(sample(rng, RECIPES[name]))
        if value is None:
            continue
        made += 1
        claim = check_witness(value)
        assert is_true(claim, 4)
        refuse_other_languages(value, rng)
        if made == 3:
            return
    assert made > 0


def test_models_that_look_forward_get_no_certificate() -> None:
    rng = random.Random(3)
    models = [sample(rng, RECIPES["unique hard, looking forward"]) for _ in range(10)]
    assert all(certified(model) is None for model in models)


def test_evidence_of_random_models_is_their_own() -> None:
    rng = random.Random(11)
    values: list[Any] = []
    while len(values) < 12:
        value = certified(sample(rng, RECIPES["unique hard, mixed masks"]))
        if value is not None and value["claim"]["language"]["states"] > 1:
            values.append(value)
    accepted = 0
    for value in values:
        for other in values:
            mixed = value | {"claim": other["claim"]}
            try:
                claim = check_witness(mixed)
            except Rejected:
                continue
            accepted += 1
            assert is_true(claim)
    assert len(values) <= accepted < 2 * len(values)
