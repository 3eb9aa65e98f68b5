"""Automata of recurrent models written by hand, at all lengths."""

from __future__ import annotations

from typing import Any

import pytest

from expressivity.extraction import Budget, Refused, extract
from expressivity.extraction.gate import Deciders
from expressivity.models.model import Model
from proofs.models.reference import accepts
from tests.extraction.by_hand import (
    FLOATS,
    RATIONAL,
    SATURATING,
    extracted,
    plain_model,
    recurrence,
    words,
)

CONTRACTS = [RATIONAL, SATURATING, FLOATS]


def signed_parity(contract: dict[str, Any], reads: str = "after") -> dict[str, Any]:
    """h -> -h on a, from h = 1; the answer is h < 0."""
    gate = recurrence({"kind": "signed-diagonal", "gates": [[-2, 0, 1]]}, [1], [[0, 0, 0]],
                      [[0], [1]], reads)
    return plain_model({"a": [1, 0], "b": [0, 0]}, [gate], [0, -1], contract=contract)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_parity_by_a_gate_of_minus_one(contract: dict[str, Any]) -> None:
    found = extracted(signed_parity(contract), lambda word: word.count("a") % 2 == 1)
    assert found.states == 2


def test_reading_before_the_step_is_the_prefix() -> None:
    found = extracted(signed_parity(RATIONAL, "before"), lambda w: w[:-1].count("a") % 2 == 1)
    assert found.states == 4


def test_a_complex_gate_counts_modulo_four() -> None:
    turn = recurrence({"kind": "complex-diagonal", "gates": [[[-1, 0, 0, 1], [1, 0, 0, 0]]]},
                      [1, 0], [[0] * 4] * 2, [[0, 0], [1, 0], [0, 0]])
    plain = plain_model({"a": [1, 0, 0], "b": [0, 0, 0]}, [turn], [0, -1, 0], contract=SATURATING)
    found = extracted(plain, lambda word: word.count("a") % 4 == 2)
    assert found.states == 4
    assert Deciders().outside(found, frozenset({"2-groups", "star-free"})) == ["star-free"]


def permutations(contract: dict[str, Any]) -> dict[str, Any]:
    """(1, 2, 3) permuted: s swaps the first two, r the first two and then the last two.

    Coordinates 0 and 1 say which letter it is, 2 and 3 hold the first two of the three. Accepted
    iff these are back: 1/2 minus their distances, which take the place of coordinate 0.
    """
    factors = [{"scale": [0, 0, 0, 0, 2], "direction": [
        [1, 1, 0, 0, 0], [-1, -1, 0, 0, 0], [0] * 5]},
               {"scale": [0, 0, 0, 0, 2], "direction": [
                   [0] * 5, [0, 1, 0, 0, 0], [0, -1, 0, 0, 0]]}]
    track = recurrence({"kind": "householder", "factors": factors}, [1, 2, 3], [[0] * 5] * 3,
                       [[0] * 3, [0] * 3, [1, 0, 0], [0, 1, 0]])
    home = {"kind": "ffn", "in": [[0, 0, 1, 0, -1], [0, 0, -1, 0, 1], [0, 0, 0, 1, -2],
                                  [0, 0, 0, -1, 2], [1, 0, 0, 0, 0]],
            "out": [[-1, -1, -1, -1, -1, 0], *([[0] * 6] * 3)]}
    return plain_model({"s": [1, 0, 0, 0], "r": [0, 1, 0, 0]}, [track, home], [1, 0, 0, 0], "1/2",
                       contract)


def s3(word: str) -> bool:
    order = [1, 2, 3]
    for letter in word:
        order[0], order[1] = order[1], order[0]
        if letter == "r":
            order[1], order[2] = order[2], order[1]
    return order == [1, 2, 3]


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_word_problem_of_s3_by_reflections(contract: dict[str, Any]) -> None:
    found = extracted(permutations(contract), s3)
    # The model says nothing about the empty word: one state more than the group has elements.
    assert found.states == 7
    assert Deciders().outside(found, frozenset({"solvable", "2-groups", "quasi-aperiodic"})) \
        == ["2-groups", "quasi-aperiodic"]


def test_a_flip_flop_by_gates_of_zero_and_one() -> None:
    # Accepted: the last letter other than c is a. On a and b the gate closes.
    latch = recurrence({"kind": "nonnegative-diagonal", "gates": [[-1, -1, 0, 1]]}, [0],
                       [[1, 0, 0, 0]], [[0], [0], [1]])
    plain = plain_model({"a": [1, 0, 0], "b": [0, 1, 0], "c": [0, 0, 0]}, [latch], [0, 0, 1],
                        contract=SATURATING)
    found = extracted(plain, lambda word: word.replace("c", "").endswith("a"), 5)
    assert found.states == 2
    assert not Deciders().outside(found, frozenset({"star-free", "2-groups"}))


@pytest.mark.parametrize("activation", ["relu", "heaviside"])
def test_modulo_three_by_a_network_with_feedback(activation: str) -> None:
    # One-hot states; on a they rotate: the unit k fires iff state and letter say so.
    shift = [[(1 if j == (k - 1) % 3 else 0) for j in range(3)] for k in range(3)]
    keep = [[int(j == k) for j in range(3)] for k in range(3)]
    # The units a_k = [h_(k-1) and a] and b_k = [h_k and b], each from the sums over both kinds.
    rows = [[*shift[k], *shift[k], 1, 0, -1] for k in range(3)]
    rows += [[*keep[k], *keep[k], -1, 0, 0] for k in range(3)]
    net = {"kind": "rnn", "initial": [1, 0, 0, 0, 0, 0], "state": rows, "activation": activation,
           "reads": "after", "output": [[0] * 6, [1, 0, 0, 1, 0, 0]]}
    plain = plain_model({"a": [1, 0], "b": [0, 0]}, [net], [0, 1], contract=SATURATING)
    found = extracted(plain, lambda word: word.count("a") % 3 == 0)
    assert found.states == 4
    assert Deciders().outside(found, frozenset({"2-groups", "solvable"})) == ["2-groups"]


def counter() -> dict[str, Any]:
    """More a than b: an exact counter that never stops."""
    count = recurrence({"kind": "time-invariant", "matrix": [[1]]}, [0], [[1, 0, 0]],
                       [[0], [1]])
    return plain_model({"a": [1, 0], "b": [-1, 0]}, [count], [0, 1])


def test_an_exact_counter_is_covered_up_to_a_length() -> None:
    model = Model.from_plain(counter())
    found = extract(model, Budget(max_states=25))
    assert found.dfa is None and found.partial is not None and found.covered == 12
    assert "more than 25 states" in found.reason and "up to length 12" in found.reason
    for word in words(model.alphabet, 8):
        assert found.partial.accepts(word) == (word.count("a") > word.count("b"))
    assert found.partial.accepts("a" * 12) and not found.partial.accepts("a" * 13)


def test_a_rounded_counter_saturates() -> None:
    found = extracted(counter() | {"contract": SATURATING})
    assert found.accepts("a" * 99 + "b" * 15) and found.accepts("a" * 15 + "b" * 14)
    assert not found.accepts("a" * 99 + "b" * 16)  # the largest number is 15.5


def test_numbers_that_grow_end_the_exploration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expressivity.extraction.recurrence.MAX_BITS", 20)
    double = recurrence({"kind": "general", "rows": [[[0, 0, 2]]]}, [1], [[0, 0, 0]], [[0], [1]])
    found = extract(Model.from_plain(plain_model({"a": [1, 0]}, [double], [0, 1])))
    assert found.dfa is None and found.covered is not None and 15 <= found.covered <= 25
    assert "numbers of more than 20 bits" in found.reason


def test_attention_above_a_truncated_recurrence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expressivity.extraction.attention.MAX_TRUNCATED", 9)
    plain = counter()
    # The greatest value of the counter so far, minus the present one, minus 2.
    plain["layers"].append({"kind": "attention", "heads": [{
        "selection": "uhat-left", "mask": "future", "query": [[0, 0, 1]], "key": [[0, 1, 0]],
        "value": [[0, 1, 0]], "output": [[0], [-1]]}]})
    plain["output"] = {"weights": [0, -1], "bias": -2}
    model = Model.from_plain(plain)
    found = extract(model, Budget(max_states=500))
    assert found.partial is not None and found.covered == 4
    for word in words(model.alphabet, 4):
        assert found.partial.accepts(word) == (
            bool(word) and accepts(model.definition, model.indices(word)))
    assert found.partial.accepts("abbb") and not found.partial.accepts("abba")


def test_nan_in_a_step_that_nothing_reads() -> None:
    # h -> -2 h + h: infinity - infinity when h has overflowed, also where h_(t-1) is read.
    matrix = {"kind": "time-invariant", "matrix": [[2, 0], [1, -1]]}
    grow = recurrence(matrix, [1, 1], [[0, 0, 0], [0, 0, 0]], [[0, 0], [0, 0]], "before")
    contract = SATURATING | {"overflow": "infinity", "bits": 4}
    plain = plain_model({"a": [1, 0]}, [grow], [0, 1], contract=contract)
    with pytest.raises(Refused, match=r"NaN .* \(linear recurrence\) on: a a a"):
        extract(Model.from_plain(plain))
