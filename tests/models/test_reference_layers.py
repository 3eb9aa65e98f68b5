"""Every kind of sublayer and position on examples worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from proofs.models.architecture import Model, parse_model
from proofs.models.numbers import NotANumber, Value
from proofs.models.positions import OutOfRange
from proofs.models.reference import run

RATIONAL: dict[str, Any] = {"format": "rational"}
ROUNDED: dict[str, Any] = {
    "rounding": "nearest", "overflow": "infinity", "arithmetic": "left-to-right",
    "softmax": "max-subtracted", "division": "quotient"}
FIXED_8_4 = {"format": "fixed", "bits": 8, "fraction": 4, **ROUNDED}
FIXED_12_4 = FIXED_8_4 | {"bits": 12}
FIXED_8_2 = {"format": "fixed", "bits": 8, "fraction": 2, **ROUNDED}


def model(layers: list[dict[str, Any]], letters: Sequence[Sequence[Any]],
          contract: dict[str, Any] = RATIONAL, **changes: Any) -> Model:
    """Letters a, b, ... with these vectors on a stream x0, x1, ...; no markers."""
    width = len(letters[0])
    return parse_model({
        "format": "expressivity model", "version": 1, "markers": "none", "readout": "last",
        "alphabet": [chr(ord("a") + k) for k in range(len(letters))], "contract": contract,
        "residual": [f"x{k}" for k in range(width)], "period": 1,
        "embedding": [[vector] for vector in [*letters, [0] * width, [0] * width]],
        "layers": layers, "output": {"weights": [1] + [0] * (width - 1), "bias": 0}} | changes)


def stream(made: Model, word: str, dimension: int) -> list[Value]:
    """The values of a dimension in the end, at all positions."""
    trace = run(made, [ord(letter) - ord("a") for letter in word])
    return [state[dimension] for state in trace.residual[-1]]


def recurrence(transition: dict[str, Any], initial: list[int], output: list[int],
               source: list[list[Any]] | None = None, reads: str = "after") -> dict[str, Any]:
    """Reads a stream of two dimensions, and writes to the second, which is 0 before."""
    return {"kind": "recurrence", "initial": initial, "transition": transition, "reads": reads,
            "input": source or [[0, 0, 0]] * len(initial), "output": [[0] * len(output), output]}


@pytest.mark.parametrize(("reads", "expected"), [("after", [1, 1, 2, 3]),
                                                 ("before", [0, 1, 1, 2])])
def test_time_invariant(reads: str, expected: list[int]) -> None:
    """(h0, h1) -> (h1 + x, h0 + h1): Fibonacci numbers while x = 0, then 10 is added to h0."""
    layer = recurrence({"kind": "time-invariant", "matrix": [[0, 1], [1, 1]]}, [1, 0], [0, 1],
                       [[1, 0, 0], [0, 0, 0]], reads)
    made = model([layer], [[0, 0], [10, 0]])
    # h = (1, 0), (0, 1), (1, 1), (1, 2); with x = 10: (12, 3); with x = 0: (3, 15).
    assert stream(made, "aaab", 1) == expected
    assert stream(made, "aaaba", 1)[-1] == {"after": 15, "before": 3}[reads]
    trace = run(made, [0, 0, 1])
    assert trace.hidden == (((1, 0), (0, 1), (1, 1), (11, 2)),)


@pytest.mark.parametrize(("kind", "expected"), [
    ("nonnegative-diagonal", [11, 1, Fraction(3, 2)]), ("signed-diagonal", [11, -32, -15])])
def test_diagonal(kind: str, expected: list[Any]) -> None:
    """h -> gate h + 1 from h = 5 with gates 2, -3 (ReLU: 0), 1/2."""
    layer = recurrence({"kind": kind, "gates": [[1, 0, 0]]}, [5], [1], [[0, 0, 1]])
    assert stream(model([layer], [[2, 0], [-3, 0], ["1/2", 0]]), "abc", 1) == expected


def test_complex_diagonal() -> None:
    """The gate is 1 + x i: (2 + 3i)(1 + i) = -1 + 5i, (-1 + 5i)(1 - 2i) = 9 + 7i."""
    transition = {"kind": "complex-diagonal", "gates": [[[0, 0, 1], [1, 0, 0]]]}
    letters = [[1, 0], [-2, 0]]
    for output, expected in (([1, 0], [-1, 9]), ([0, 1], [5, 7])):
        assert stream(model([recurrence(transition, [2, 3], output)], letters), "ab",
                      1) == expected


def reflection(scale: Any, direction: tuple[int, int]) -> dict[str, Any]:
    return {"scale": [0, 0, scale], "direction": [[0, 0, v] for v in direction]}


@pytest.mark.parametrize(("scale", "direction", "expected"), [
    # v . h = 3, v . v = 25
    (2, (3, 4), ["7/25", "-24/25"]), (1, (3, 4), ["16/25", "-12/25"]),
    ("1/2", (3, 4), ["41/50", "-6/25"]),
    (5, (3, 4), ["7/25", "-24/25"]), (0, (3, 4), [1, 0]), (-1, (3, 4), [1, 0]),
    (2, (0, 0), [1, 0])])
def test_householder(scale: Any, direction: tuple[int, int], expected: list[Any]) -> None:
    """From (1, 0); scales are cut to [0, 2], and nothing happens where v = 0."""
    transition = {"kind": "householder", "factors": [reflection(scale, direction)]}
    for k in (0, 1):
        layer = recurrence(transition, [1, 0], [1 - k, k])
        assert stream(model([layer], [[0, 0]]), "a", 1) == [Fraction(expected[k])]


def test_the_first_factor_is_applied_first() -> None:
    """(1, 0) is reflected to (0, -1), then projected to (0, -1); the other way it vanishes."""
    swap, project = reflection(2, (1, 1)), reflection(1, (1, 0))
    results = [stream(model([recurrence({"kind": "householder", "factors": factors}, [1, 0],
                                        [1, 1])], [[0, 0]]), "a", 1)
               for factors in ([swap, project], [project, swap])]
    assert results == [[-1], [0]]


def test_a_direction_whose_square_vanishes_has_no_reflection() -> None:
    """1/4 is not 0, but its square rounds to 0."""
    layer = recurrence({"kind": "householder", "factors": [
        {"scale": [0, 0, 1], "direction": [[0, 0, "1/4"]]}]}, [1], [1])
    with pytest.raises(NotANumber) as error:
        stream(model([layer], [[0, 0]], FIXED_8_2), "a", 1)
    assert str(error.value) == "not a number: x / 0, at layers[0], position 0"


def test_rounded_householder() -> None:
    """Sixteenths: 1 . 3 = 3, 3/10 -> 5/16 (4.8), times (1, 3): 5/16, 15/16."""
    layer = recurrence({"kind": "householder", "factors": [reflection(1, (1, 3))]}, [0, 1], [1, 0])
    assert stream(model([layer], [[0, 0]], FIXED_12_4), "a", 1) == [Fraction(-5, 16)]
    layer = recurrence({"kind": "householder", "factors": [reflection(1, (1, 3))]}, [0, 1], [0, 1])
    assert stream(model([layer], [[0, 0]], FIXED_12_4), "a", 1) == [Fraction(1, 16)]


def test_general() -> None:
    """A = [[x, 1], [0, x + 1]] on (1, 1): x = 2 gives (3, 3), then x = 0 gives (3, 3)."""
    rows = [[[1, 0, 0], [0, 0, 1]], [[0, 0, 0], [1, 0, 1]]]
    for output, expected in (([1, 0], [3, 3]), ([0, 1], [3, 3]), ([1, -2], [-3, -3])):
        layer = recurrence({"kind": "general", "rows": rows}, [1, 1], output)
        assert stream(model([layer], [[2, 0], [0, 0]]), "ab", 1) == expected


@pytest.mark.parametrize(("activation", "reads", "expected"), [
    # h + 2x with x = 0, 1, -1 from h = 0
    ("heaviside", "after", [0, 1, 1, 0]), ("heaviside", "before", [0, 0, 1, 1]),
    ("relu", "after", [0, 2, 2, 0]), ("relu", "before", [0, 0, 2, 2])])
def test_non_linear(activation: str, reads: str, expected: list[int]) -> None:
    layer = {"kind": "rnn", "initial": [0], "state": [[1, 2, 0, 0]], "activation": activation,
             "reads": reads, "output": [[0], [1]]}
    assert stream(model([layer], [[0, 0], [1, 0], [-1, 0]]), "abac", 1) == expected


def test_the_one_of_a_small_format() -> None:
    """Heaviside gives the rounded 1: with largest number 1/8, that number."""
    contract = {"format": "fixed", "bits": 2, "fraction": 3, **ROUNDED, "overflow": "saturate"}
    layer = {"kind": "rnn", "initial": [0], "state": [[0, 0, 0, "1/8"]],
             "activation": "heaviside", "reads": "after", "output": [[0], ["1/8"]]}
    trace = run(model([layer], [[0, 0]], contract, output={"weights": [0, 0], "bias": 0}), [0])
    assert trace.hidden[0][1] == (Fraction(1, 8),)


def test_gated_network() -> None:
    """7 ReLU(x - 1) (x + 2) + 1/2 for x = 3, 0."""
    layer = {"kind": "gated-ffn", "gate": [[1, 0, -1]], "in": [[1, 0, 2]],
             "out": [[0, 0], [7, "1/2"]]}
    assert stream(model([layer], [[3, 0], [0, 0]]), "ab", 1) == [Fraction(141, 2), Fraction(1, 2)]


def norm(epsilon: Any, *coordinates: int) -> dict[str, Any]:
    return {"kind": "norm", "coordinates": [f"x{k}" for k in coordinates], "epsilon": epsilon}


@pytest.mark.parametrize(("epsilon", "scale"), [(0, 1), (3, 2), ("9/16", Fraction(5, 4))])
def test_norm_with_a_rational_root(epsilon: Any, scale: Any) -> None:
    """(5, 3) has mean 4 and variance 1; the coordinate between them is left alone."""
    made = model([norm(epsilon, 0, 2)], [[5, 9, 3]])
    assert [stream(made, "a", k) for k in range(3)] == [[1 / scale], [9], [-1 / scale]]


def test_norms_without_a_value() -> None:
    for epsilon, letter, what in [
            (1, "a", "the square root of 2 is irrational, and nothing is rounded"),
            (0, "b", "0 / 0")]:
        with pytest.raises(NotANumber) as error:
            stream(model([norm(epsilon, 0, 1)], [[5, 3], [2, 2]]), letter, 0)
        assert (error.value.what, error.value.place) == (what, "layers[0], position 0")
    assert stream(model([norm(1, 0, 1)], [[5, 3], [2, 2]]), "b", 0) == [0]


@pytest.mark.parametrize(("rounding", "low", "high"), [
    # Sixteenths: sqrt(2) is 22.6, and 1 / (23/16) is 11.1; rounded down 22, and 11.6.
    ("nearest", "-11/16", "11/16"), ("floor", "-12/16", "11/16")])
def test_rounded_norm(rounding: str, low: str, high: str) -> None:
    made = model([norm(1, 0, 1)], [[1, 3]], FIXED_8_4 | {"rounding": rounding})
    assert [stream(made, "a", k) for k in (0, 1)] == [[Fraction(low)], [Fraction(high)]]


def test_every_operation_of_a_norm_is_rounded() -> None:
    """Quarters: mean 2/3 -> 3; centred 1, 1, -3; squares 1/4, 1/4, 9/4 -> 0, 0, 2; variance
    2/3 -> 1, that is 1/4 with the root 1/2.
    """
    made = model([norm(0, 0, 1, 2)], [[1, 1, 0]], FIXED_8_2)
    half = Fraction(1, 2)
    assert [stream(made, "a", k) for k in range(3)] == [[half], [half], [-3 * half]]


def test_a_sublayer_with_a_norm_reads_normalised_coordinates() -> None:
    """(2x, x + 2) for x = 5 has deviations 3/2, -3/2: the network sees 1, -1."""
    layer = {"kind": "ffn", "in": [[4, 1, 2]], "out": [[0, 0], [1, 0]],
             "norm": {"matrix": [[2, 0, 0], [1, 0, 2]], "epsilon": 0}}
    assert stream(model([layer], [[5, 0]]), "a", 1) == [4 - 1 + 2]
    scan = recurrence({"kind": "nonnegative-diagonal", "gates": [[1, 0, 1]]}, [1], [1])
    scan["norm"] = layer["norm"]
    assert stream(model([scan | {"input": [[0, 0, 0]]}], [[5, 0], [1, 0]]), "aab", 1) == [2, 4, 0]


@pytest.mark.parametrize(("mask", "expected"), [
    ("window:1", [3, 5, 7, 3]), ("window:2", [3, 4, 6, 5]), ("window:3", [3, 4, 5, 5]),
    ("window:9", [3, 4, 5, Fraction(9, 2)])])
def test_windows(mask: str, expected: list[Any]) -> None:
    """The averages of the last values; a, b, c have 3, 5, 7."""
    head = {"selection": "average-hard", "mask": mask, "query": [[0, 0, 0]], "key": [[0, 0, 0]],
            "value": [[1, 0, 0]], "output": [[0], [1]]}
    made = model([{"kind": "attention", "heads": [head]}], [[3, 0], [5, 0], [7, 0]])
    assert stream(made, "abca", 1) == expected


def test_bounded_positions() -> None:
    """Row i, and an error beyond the last row; the markers count."""
    made = model([], [[0]], period=2, markers="bos", positions={"kind": "bounded"},
                 embedding=[[[10], [20]], [[1], [2]], [[0], [0]]])
    assert stream(made, "a", 0) == [1, 20]
    with pytest.raises(OutOfRange, match=r"^3 positions, markers included: the position encodings "
                                         r"of the model reach 2$"):
        run(made, [0, 0])


def test_tables_of_positions() -> None:
    """Row by length and position; no row for lengths that are not listed."""
    made = model([], [[0]], period=3, embedding=[[[10], [20], [30]], [[0]] * 3, [[0]] * 3],
                 positions={"kind": "table", "phases": {"1": [2], "3": [1, 1, 0]}})
    assert stream(made, "a", 0) == [30]
    assert stream(made, "aaa", 0) == [20, 20, 10]
    with pytest.raises(OutOfRange, match="has position encodings for 1, 3 only"):
        run(made, [0, 0])


def formula(numerator: list[Any], denominator: list[Any]) -> dict[str, Any]:
    return {"dimension": "x0", "numerator": numerator, "denominator": denominator}


def test_formulas_are_added_to_the_embedding() -> None:
    """5 + (2 i^2 - N/3) / N at i = 0, 1, 2 and N = 3."""
    made = model([], [[5]], formulas=[formula([[2, 2, 0], ["-1/3", 0, 1]], [[1, 0, 1]])])
    assert stream(made, "aaa", 0) == [5 - Fraction(1, 3), 5 + Fraction(1, 3), 5 + Fraction(7, 3)]


def test_formulas_are_rounded_once() -> None:
    """Quarters: i/3 becomes 0, 1/4, 3/4; the coefficients are not rounded."""
    made = model([], [[1]], FIXED_8_2, formulas=[formula([["1/3", 1, 0]], [["1/3", 0, 1]])])
    assert stream(made, "aaa", 0) == [1, Fraction(5, 4), Fraction(7, 4)]


def test_formulas_without_a_value() -> None:
    made = model([], [[1]], formulas=[formula([[1, 0, 0]], [[1, 1, 0], [-1, 0, 0]])])
    assert stream(made, "a", 0) == [0]
    with pytest.raises(NotANumber) as error:
        run(made, [0, 0, 0])
    assert error.value.what == "x / 0"
    assert error.value.place == "the position formula of dimension 0, position 1 of 3"


def test_formulas_that_overflow() -> None:
    """100 becomes infinite; infinity - infinity has no value."""
    huge, tiny = formula([[100, 0, 0]], [[1, 0, 0]]), formula([[-100, 0, 0]], [[1, 0, 0]])
    assert stream(model([], [[1]], FIXED_8_2, formulas=[huge]), "a", 0) == [float("inf")]
    with pytest.raises(NotANumber) as error:
        run(model([], [[1]], FIXED_8_2, formulas=[huge, tiny]), [0])
    assert str(error.value) == "not a number: infinity - infinity, at the embedding of position 0"
