"""The reference evaluator on models whose values can be worked out by hand."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from proofs.models.architecture import Model, parse_model
from proofs.models.numbers import NotANumber, Value
from proofs.models.reference import NoReadout, accepts, run

RATIONAL = {"format": "rational"}


def rounded(**changes: Any) -> dict[str, Any]:
    """A contract: 4 exponent bits and 3 significant ones, unless changed."""
    contract: dict[str, Any] = {
        "format": "float", "exponent": 4, "significand": 3, "rounding": "nearest",
        "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "max-subtracted",
        "division": "weights"}
    if changes.get("format") == "fixed":
        del contract["exponent"], contract["significand"]
    return contract | changes


def one_head(contract: dict[str, Any], selection: str, *, values: tuple[Any, Any],
             keys: tuple[Any, Any] = (0, 0), mask: str = "strict-future", query: Any = 1,
             markers: str = "eos", readout: str = "eos", **changes: Any) -> Model:
    """One head over the letters a and b: their keys and values; the output is what it returns.

    The stream holds key and value of the symbol, then the result; markers hold zeros.
    """
    nothing = [[0, 0, 0]]
    head = {"selection": selection, "mask": mask, "query": [[0, 0, 0, query]],
            "key": [[1, 0, 0, 0]], "value": [[0, 1, 0, 0]], "output": [[0], [0], [1]]}
    return parse_model({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"],
        "markers": markers, "readout": readout, "contract": contract,
        "residual": ["key", "value", "result"], "period": 1,
        "embedding": [[[keys[0], values[0], 0]], [[keys[1], values[1], 0]], nothing, nothing],
        "layers": [{"kind": "attention", "heads": [head]}],
        "output": {"weights": [0, 0, 1], "bias": 0}} | changes)


def value(model: Model, word: str) -> Value:
    return run(model, ["ab".index(letter) for letter in word]).value


@pytest.mark.parametrize(("selection", "word", "expected"), [
    # Letter a has key 0 and b has key 1; the head returns the value 3 of a or 5 of b.
    ("uhat-left", "aabba", 5), ("uhat-right", "aaa", 3), ("uhat-right", "", 0),
    ("average-hard", "abab", 5), ("average-hard", "aa", 3)])
def test_hard_heads_select_the_largest_score(selection: str, word: str, expected: int) -> None:
    assert value(one_head(RATIONAL, selection, keys=(0, 1), values=(3, 5)), word) == expected


def test_ties() -> None:
    """All scores are 0."""
    results = {selection: value(one_head(RATIONAL, selection, values=(3, 6)), "abb")
               for selection in ("uhat-left", "uhat-right", "average-hard")}
    assert results == {"uhat-left": 3, "uhat-right": 6, "average-hard": 5}


@pytest.mark.parametrize(("mask", "expected"), [
    ("none", [5, 5, 5]), ("future", [3, 4, 5]), ("strict-future", [0, 3, 4]),
    ("past", [5, 6, 7]), ("strict-past", [6, 7, 0])])
def test_masks(mask: str, expected: list[int]) -> None:
    """The average of what each position of "abc" sees; a, b, c have the values 3, 5, 7."""
    model = one_head(RATIONAL, "average-hard", values=(3, 5), mask=mask, markers="none",
                     readout="last", alphabet=["a", "b", "c"],
                     embedding=[[[0, 3, 0]], [[0, 5, 0]], [[0, 7, 0]], [[0, 0, 0]], [[0, 0, 0]]])
    trace = run(model, [0, 1, 2])
    assert [state[2] for state in trace.residual[1]] == expected


def test_trace_shows_scores_and_weights() -> None:
    trace = run(one_head(RATIONAL, "average-hard", keys=(1, 2), values=(3, 5)), [0, 1, 1])
    assert trace.symbols == (0, 1, 1, 3)
    assert trace.readout == 3
    ((head,),) = trace.heads
    assert head.scores == ((None,) * 4, (1, None, None, None), (1, 2, None, None), (1, 2, 2, None))
    assert head.weights == ((None,) * 4, (1, None, None, None), (None, 1, None, None),
                            (None, 1, 1, None))
    assert head.outputs == (None, (3,), (5,), (5,))
    assert len(trace.residual) == 2


@pytest.mark.parametrize(("markers", "readout", "expected"), [
    ("none", "last", [None, 0, 1]), ("none", "first", [None, 0, 0]),
    ("bos", "last", [0, 1, 2]), ("bos", "first", [0, 0, 0]),
    ("eos", "last", [None, 0, 1]), ("eos", "eos", [0, 1, 2]), ("eos", "first", [0, 0, 0]),
    ("both", "last", [0, 1, 2]), ("both", "eos", [1, 2, 3]), ("both", "first", [0, 0, 0])])
def test_readout_positions(markers: str, readout: str, expected: list[int | None]) -> None:
    model = one_head(RATIONAL, "uhat-left", values=(1, 1), markers=markers, readout=readout)
    for length, position in enumerate(expected):
        if position is None:
            with pytest.raises(NoReadout, match="says nothing about the empty word"):
                run(model, [0] * length)
        else:
            assert run(model, [0] * length).readout == position


def test_letters_are_checked() -> None:
    model = one_head(RATIONAL, "uhat-left", values=(1, 1))
    for letter in (-1, 2):
        with pytest.raises(ValueError, match=f"letter {letter}"):
            run(model, [0, letter])


def test_positions_enter_modulo_the_period() -> None:
    """Accept iff the last of the marked positions is 2 modulo 3."""
    zero = [[0], [0], [1]]
    model = parse_model({
        "format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": "none",
        "readout": "last", "contract": RATIONAL, "residual": ["x"], "period": 3,
        "embedding": [zero, zero, zero], "layers": [],
        "output": {"weights": [2], "bias": -1}})
    assert [accepts(model, [0] * n) for n in range(1, 8)] == [n % 3 == 0 for n in range(1, 8)]


def test_networks_are_relu_between_affine_maps() -> None:
    layer = {"kind": "ffn", "in": [[2, -5], [-1, 0]], "out": [[3, 7, 1]]}
    model = parse_model({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "contract": RATIONAL, "residual": ["x"], "period": 1,
        "embedding": [[[4]], [[-2]], [[0]], [[0]]], "layers": [layer],
        "output": {"weights": ["1/2"], "bias": 0}})
    assert run(model, [0]).value == Fraction(4 + 3 * 3 + 1, 2)
    assert run(model, [1]).value == Fraction(-2 + 7 * 2 + 1, 2)


def test_majority_with_exact_averages() -> None:
    model = one_head(RATIONAL, "average-hard", values=(1, -1))
    for word in ("", "a", "ab", "aab", "abbab", "bbaaa"):
        assert (value(model, word) > 0) == (word.count("a") > word.count("b"))


# Number contracts, on the examples that tell them apart.

def test_stagnating_floats_count_for_ever() -> None:
    """1 + 1 + ... stops at 8; the weights stay at 1/8."""
    model = one_head(rounded(), "softmax", values=(8, -8))
    for k in range(4, 12):
        assert value(model, "ab" * k) == 0
        assert value(model, "ab" * k + "a") == 1


def test_exact_sums_of_floats_do_not_stagnate() -> None:
    model = one_head(rounded(arithmetic="exact-sums"), "softmax", values=(8, -8))
    assert value(model, "ab" * 200) == value(model, "ab" * 200 + "a") == 0
    assert value(model, "ab" * 3 + "a") > 0


def test_a_saturating_grid_counts_for_ever() -> None:
    contract = rounded(format="fixed", bits=5, fraction=2, overflow="saturate")
    model = one_head(contract, "softmax", values=(1, -1))
    for k in range(2, 12):
        assert value(model, "ab" * k) == 0
        assert value(model, "ab" * k + "a") == Fraction(1, 4)


def test_overflow_to_infinity_forgets() -> None:
    """The largest number is 31/8: from the fourth position on, all weights are 1/infinity = 0."""
    contract = rounded(format="fixed", bits=6, fraction=3)
    model = one_head(contract, "softmax", values=(1, 1))
    assert [value(model, "a" * n) > 0 for n in range(6)] == [False, True, True, True, False, False]
    weights = run(model, [0] * 5).heads[0][0].weights[5]
    assert weights == (1, 1, 1, 1, 1, None)


def test_a_quotient_of_infinities_has_no_value() -> None:
    contract = rounded(format="fixed", bits=6, fraction=3, division="quotient")
    model = one_head(contract, "softmax", values=(1, 1))
    assert value(model, "aaa") == 1
    with pytest.raises(NotANumber) as error:
        value(model, "aaaa")
    assert error.value.what == "infinity / infinity"
    assert error.value.place == "layers[0].heads[0], position 4, average"


def test_quotients_are_exact_where_shares_are_not() -> None:
    """Three times a third: 3/3, or 3 * round(1/3) with three significant bits."""
    results = {division: value(one_head(rounded(division=division), "softmax", values=(1, 1)),
                               "aaa") for division in ("quotient", "weights")}
    # 1/3 becomes 5/16, and 5/16 + 5/16 + 5/16 = 15/16 becomes 1 (a tie, to even).
    assert results["quotient"] == 1
    third = value(one_head(rounded(), "softmax", values=(1, 0)), "abb")
    assert third == Fraction(5, 16)


def test_mixed_precision_keeps_the_sign_when_it_rounds_down() -> None:
    """Averages of exact sums, floor: -1/101 becomes the step below 0, and +1/101 becomes 0."""
    contract = rounded(format="fixed", bits=8, fraction=4, rounding="floor",
                       arithmetic="exact-attention", overflow="saturate")
    model = one_head(contract, "softmax", values=(1, -1))
    assert value(model, "ab" * 50 + "b") == Fraction(-1, 16)
    assert value(model, "ab" * 50 + "a") == 0
    nearest = one_head(contract | {"rounding": "nearest"}, "softmax", values=(1, -1))
    assert value(nearest, "ab" * 50 + "b") == 0


@pytest.mark.parametrize(("softmax", "expected"), [
    ("max-subtracted", 1), ("plain", None), ("uniform-if-zero", 2)])
def test_softmax_when_all_exponentials_vanish(softmax: str, expected: int | None) -> None:
    """Scores -7 and -6 on a grid of integers: e^-7 and e^-6 are 0, e^-1 as well."""
    contract = rounded(format="fixed", bits=8, fraction=0, softmax=softmax, division="quotient")
    model = one_head(contract, "softmax", keys=(-6, -7), values=(1, 3))
    if expected is None:
        with pytest.raises(NotANumber, match=r"0 / 0, at layers.0..heads.0., position 1, "):
            value(model, "ab")
    else:
        assert value(model, "ab") == expected


@pytest.mark.parametrize("softmax", ["plain", "uniform-if-zero"])
def test_softmax_weights_are_rounded_exponentials(softmax: str) -> None:
    contract = rounded(format="fixed", bits=16, fraction=8, softmax=softmax)
    trace = run(one_head(contract, "softmax", keys=(1, -2), values=(1, 1)), [0, 1])
    expected = [Fraction(round(math.exp(x) * 256), 256) for x in (1, -2)]
    assert list(trace.heads[0][0].weights[2])[:2] == expected


def test_an_undefined_quantity_is_an_error_wherever_it_is() -> None:
    """A network at position 0 overflows; position 1, where the answer is read, does not."""
    layer = {"kind": "ffn", "in": [[3, 0]], "out": [[3, 0]]}
    model = parse_model({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "contract": rounded(format="fixed", bits=4, fraction=0),
        "residual": ["x"], "period": 1, "embedding": [[[3]], [[0]], [[0]], [[0]]],
        "layers": [layer, {"kind": "ffn", "in": [[0, 0]], "out": [[0, 0]]}],
        "output": {"weights": [1], "bias": 1}})
    assert accepts(model, [1, 1])
    with pytest.raises(NotANumber) as error:
        run(model, [0, 1])
    assert str(error.value) == "not a number: 0 * infinity, at layers[1], position 0"


def test_heads_are_added_in_order_before_the_stream() -> None:
    """7 on the stream, heads 1 and -1, in a saturating format with largest number 7."""
    contract = rounded(format="fixed", bits=4, fraction=0, overflow="saturate")

    def head(bias: int) -> dict[str, Any]:
        return {"selection": "uhat-left", "mask": "none", "query": [[0, 0]], "key": [[0, 0]],
                "value": [[0, bias]], "output": [[1]]}

    def result(*biases: int) -> Value:
        return run(parse_model({
            "format": "expressivity model", "version": 1, "alphabet": ["a"], "markers": "none",
            "readout": "last", "contract": contract, "residual": ["x"], "period": 1,
            "embedding": [[[7]], [[0]], [[0]]],
            "layers": [{"kind": "attention", "heads": [head(bias) for bias in biases]}],
            "output": {"weights": [1], "bias": 0}}), [0]).value

    assert result(1, -1) == 7
    assert result(6, 6, -7) == 7  # 6 + 6 saturates at 7 first
    assert result(-7, -7, 6) == 6  # -7 - 7 saturates at -7, then + 6, then + 7
