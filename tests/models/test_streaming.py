"""Summaries against `attend` itself, on all contracts and random sequences of keys."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest

from proofs.models.architecture import parse_contract
from proofs.models.attention import attend
from proofs.models.layers import Head
from proofs.models.linear import State
from proofs.models.numbers import Contract, NotANumber, Value
from proofs.models.running_sums import NotStreaming
from proofs.models.streaming import Score, summary
from tests.models.random_models import RATIONAL, SELECTIONS, all_contracts, random_contract

MASKS = ("future", "strict-future", "window:1", "window:3")


def a_head(selection: str, mask: str) -> Head:
    return Head(selection, mask, (), (), (), ())  # type: ignore[arg-type]


def random_value(rng: random.Random, contract: Contract) -> Value:
    if contract.grid is not None and contract.overflow == "infinity" and rng.random() < 0.08:
        return rng.choice((math.inf, -math.inf))
    return contract.round(Fraction(rng.randint(-9, 9), rng.choice((1, 2, 4))))


def reference(contract: Contract, head: Head, scores: list[Score],
              values: list[State]) -> State | str | None:
    """What the head returns by definition, "NaN" for NaN."""
    if head.mask.startswith("window:"):
        size = int(head.mask.partition(":")[2])
        scores, values = scores[-size:], values[-size:]
    if not scores:
        return None
    known = [s for s in scores if s is not None]
    if len(known) < len(scores):
        return "NaN"
    try:
        return attend(contract, head, known, values)[1]
    except NotANumber:
        return "NaN"


def compare(rng: random.Random, contract: Contract, head: Head) -> tuple[int, int]:
    """Follow random keys; returns how many readings there were, and how many were NaN."""
    keys = rng.randint(1, 4)
    size = rng.randint(1, 2)
    scores: list[Score] = [None if rng.random() < 0.02 else random_value(rng, contract)
                           for _ in range(keys)]
    values = [tuple(random_value(rng, contract) for _ in range(size)) for _ in range(keys)]
    followed = summary(contract, head, scores, values)
    readings = nan = 0
    for _ in range(2):
        state = followed.start()
        seen: list[int] = []
        for _ in range(rng.choice((3, 8, 20))):
            try:
                read: State | str | None = followed.read(state)
            except NotANumber:
                read = "NaN"
            expected = reference(contract, head, [scores[k] for k in seen],
                                 [values[k] for k in seen])
            assert read == expected, (contract, head.selection, scores, values, seen)
            readings += 1
            nan += read == "NaN"
            seen.append(rng.randrange(keys))
            state = followed.step(state, seen[-1])
    return readings, nan


def covered(contract: Contract, head: Head) -> bool:
    if head.mask.startswith("window") or head.selection.startswith("uhat"):
        return contract.grid is not None or head.selection != "softmax"
    return contract.grid is not None and contract.arithmetic == "left-to-right"


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("mask", MASKS)
def test_summaries_are_the_reference_on_every_contract(selection: str, mask: str) -> None:
    rng = random.Random(f"{selection} {mask}")
    head = a_head(selection, mask)
    plains = [p for p in all_contracts() if p.get("significand", 0) <= 4 and p.get("bits", 0) <= 6]
    plains = plains if mask == "future" else rng.sample(plains, 40)
    plains += [RATIONAL]
    counted = [compare(rng, contract, head) for contract in map(parse_contract, plains)
               if covered(contract, head)]
    assert 0 < sum(nan for _, nan in counted) < sum(n for n, _ in counted) / 2


def test_wide_formats_too() -> None:
    rng = random.Random(5)
    for _ in range(60):
        contract = parse_contract({**random_contract(rng), "arithmetic": "left-to-right",
                                   "division": "quotient"})
        compare(rng, contract, a_head(rng.choice(SELECTIONS), "future"))


@pytest.mark.parametrize("mask", ["none", "past", "strict-past"])
def test_masks_that_look_ahead_have_no_summary(mask: str) -> None:
    with pytest.raises(NotStreaming):
        summary(Contract(), a_head("uhat-left", mask), [Fraction(0)], [(Fraction(0),)])


def test_sums_without_bound_have_no_summary() -> None:
    score, value = [Fraction(0)], [(Fraction(1),)]
    with pytest.raises(NotStreaming):
        summary(Contract(), a_head("average-hard", "future"), score, value)
    exact = parse_contract({"format": "fixed", "bits": 5, "fraction": 1, "rounding": "nearest",
                            "overflow": "saturate", "arithmetic": "exact-sums",
                            "softmax": "plain", "division": "quotient"})
    with pytest.raises(NotStreaming):
        summary(exact, a_head("softmax", "future"), score, value)
    wide = parse_contract({"format": "float", "exponent": 5, "significand": 24,
                           "rounding": "nearest", "overflow": "saturate",
                           "arithmetic": "left-to-right", "softmax": "plain",
                           "division": "weights"})
    with pytest.raises(NotStreaming, match="denominators"):
        summary(wide, a_head("softmax", "future"), score, value)
