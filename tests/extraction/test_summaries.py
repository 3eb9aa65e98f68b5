"""Each summary against the definition of a head, on random sequences of keys."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import pytest

from expressivity.extraction.average_hard import AverageHard
from expressivity.extraction.averages import MAX_DENOMINATORS, Store
from expressivity.extraction.budget import Budget, Clock, Refused
from expressivity.extraction.codes import Codes
from expressivity.extraction.numbers import Numbers, Vector
from expressivity.extraction.softmax import MaxSubtracted, Plain
from expressivity.extraction.summary import UNDEFINED, Component, Summary
from expressivity.extraction.transducer import Interner
from expressivity.extraction.unique_hard import UniqueHard
from proofs.models.architecture import Head, parse_contract
from proofs.models.attention import attend
from proofs.models.numbers import ZERO, Contract, NotANumber, Value
from tests.models.random_models import random_contract

NOTHING = (ZERO, ZERO)
SELECTIONS = ("uhat-left", "uhat-right", "average-hard", "softmax")


def summary(contract: Contract, selection: str, scores: Sequence[Value],
            values: Sequence[Vector]) -> Summary[Any]:
    store = Store(Codes(Numbers(contract)))
    if selection in ("uhat-left", "uhat-right"):
        return UniqueHard(scores, values, NOTHING, selection == "uhat-left")
    if selection == "average-hard":
        return AverageHard(store, scores, values, NOTHING)
    if contract.softmax == "max-subtracted":
        return MaxSubtracted(store, scores, values, NOTHING)
    return Plain(store, scores, values, NOTHING)


def defined(contract: Contract, head: Head, scores: Sequence[Value],
            values: Sequence[Vector]) -> Vector | None:
    try:
        return attend(contract, head, scores, values)[1]
    except NotANumber:
        return None


def random_contract_for_sums(rng: random.Random) -> Contract:
    while True:
        plain = {**random_contract(rng), "arithmetic": "left-to-right"}
        if plain.get("significand", 0) > 4 or plain.get("bits", 0) > 6:
            continue
        return parse_contract(plain)


def random_value(rng: random.Random, contract: Contract) -> Value:
    if rng.random() < 0.03:
        return contract.round(rng.choice((math.inf, -math.inf)))
    return contract.round(ZERO + rng.randint(-8, 8)) / rng.choice((1, 2, 4))


@pytest.mark.parametrize("selection", SELECTIONS)
def test_a_summary_reads_what_the_head_returns(selection: Any) -> None:
    compared = undefined = 0
    for seed in range(120):
        rng = random.Random(f"{selection} {seed}")
        contract = random_contract_for_sums(rng)
        head = Head(selection, "strict-future", (), (), (), ())
        keys = rng.randint(1, 5)
        scores = [contract.round(random_value(rng, contract)) for _ in range(keys)]
        values = [tuple(contract.round(random_value(rng, contract)) for _ in range(2))
                  for _ in range(keys)]
        try:
            machine = summary(contract, selection, scores, values)
        except Refused:
            continue
        readings: Interner[Vector] = Interner()
        plain = Component(machine, range(keys), readings)
        merged = Component(machine, range(keys), readings)
        merged.collapse(Clock(Budget(max_summary=3_000), None))
        for _ in range(6):
            word = [rng.randrange(keys) for _ in range(rng.choice((3, 8, 40)))]
            state = machine.start()
            assert machine.read(state) == NOTHING
            one = other = 0
            for i, key in enumerate(word, start=1):
                state = machine.step(state, key)
                one, other = plain.step(one, key), merged.step(other, key)
                expected = defined(contract, head, [scores[k] for k in word[:i]],
                                   [values[k] for k in word[:i]])
                assert machine.read(state) == expected
                assert plain.reading[one] == merged.reading[other]
                read = plain.reading[one]
                assert (None if read == UNDEFINED else readings.values[read]) == expected
                compared += 1
                undefined += expected is None
    assert compared > 1_000
    assert undefined < compared
    assert undefined or selection.startswith("uhat")


def test_a_score_that_is_not_a_number_spoils_every_later_reading() -> None:
    rng = random.Random(1)
    values = [(ZERO, ZERO + 1), (ZERO + 1, ZERO)]
    for selection in SELECTIONS:
        for _ in range(10):
            machine = summary(random_contract_for_sums(rng), selection, [None, ZERO], values)
            state = machine.step(machine.start(), 1)
            assert machine.read(state) is not None
            state = machine.step(state, 0)
            assert machine.read(state) is None
            assert machine.read(machine.step(state, 1)) is None


def test_wide_formats_are_refused_where_every_denominator_counts() -> None:
    wide = {"format": "fixed", "bits": 20, "fraction": 4, "rounding": "nearest",
            "overflow": "saturate", "arithmetic": "left-to-right", "softmax": "plain",
            "division": "weights"}
    with pytest.raises(Refused, match=f"more than {MAX_DENOMINATORS} denominators"):
        summary(parse_contract(wide), "softmax", [ZERO], [NOTHING])
    summary(parse_contract(wide | {"division": "quotient"}), "softmax", [ZERO], [NOTHING])


def test_summaries_of_few_states_collapse_to_the_least() -> None:
    # Two scores; the higher key wins for good: three states in all, whatever comes before.
    scores, values = [ZERO, ZERO, ZERO + 1], [(ZERO, ZERO), (ZERO, ZERO), (ZERO + 1, ZERO)]
    component = Component(UniqueHard(scores, values, NOTHING, True), range(3), Interner())
    component.collapse(Clock(Budget(), None))
    assert len(component.table) == 2  # before and after the first key of score 1
    assert component.column[0] == component.column[1] != component.column[2]
