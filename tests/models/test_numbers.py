"""Number contracts against numpy's floats, ml_dtypes, their definitions, and mpmath."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from proofs.models.exponential import binary_exponent, exp_bounds
from proofs.models.numbers import (
    Contract,
    Fixed,
    Float,
    NotANumber,
    Value,
    exact_divide,
    exact_sum,
)

HALF = Contract(Float(5, 11))
SINGLE = Contract(Float(8, 24))
DOUBLE = Contract(Float(11, 53))


def exact(x: Any) -> Value:
    """The value of a machine float; NaN is not expected."""
    number = float(x)
    return number if math.isinf(number) else Fraction(number)


def attempt(operation: Any, *values: Value) -> Value | str:
    try:
        result: Value = operation(*values)
    except NotANumber:
        return "not a number"
    return result


def machine_numbers(dtype: Any, bits: int, rng: random.Random, count: int) -> list[Any]:
    """Random bit patterns (all magnitudes), numbers near 1, and the special ones."""
    integer = {16: np.uint16, 32: np.uint32, 64: np.uint64}[bits]
    patterns = np.array([rng.getrandbits(bits) for _ in range(count)], dtype=integer).view(dtype)
    near_one = [dtype(rng.uniform(-4, 4)) for _ in range(count)]
    info = np.finfo(dtype)
    special = [dtype(0), dtype(1), dtype(-1), info.max, -info.max, info.tiny, -info.tiny,
               info.smallest_subnormal, -info.smallest_subnormal, dtype(math.inf),
               dtype(-math.inf), info.eps, dtype(1) + info.eps, dtype(3)]
    return [x for x in [*patterns, *near_one, *special] if x == x]


@pytest.mark.parametrize(("contract", "dtype", "bits"), [
    (HALF, np.float16, 16), (SINGLE, np.float32, 32), (DOUBLE, np.float64, 64)],
    ids=["half", "single", "double"])
def test_ieee_formats_compute_as_numpy_does(contract: Contract, dtype: Any, bits: int) -> None:
    rng = random.Random(bits)
    numbers = machine_numbers(dtype, bits, rng, 40)
    pairs = [(x, y) for x in numbers for y in rng.sample(numbers, 20)]
    special = numbers[-14:]
    pairs += list(itertools.product(special, special))
    with np.errstate(all="ignore"):
        for x, y in pairs:
            for name, ours, theirs in (("+", contract.add, x + y),
                                       ("*", contract.multiply, x * y),
                                       ("/", contract.divide, x / y)):
                # Zero has no sign here, so that nothing can be divided by it.
                undefined = theirs != theirs or (name == "/" and y == 0)
                expected = "not a number" if undefined else exact(theirs)
                assert attempt(ours, exact(x), exact(y)) == expected, (x, name, y)


@pytest.mark.parametrize(("contract", "dtype"), [(HALF, np.float16), (SINGLE, np.float32)],
                         ids=["half", "single"])
def test_rounding_of_double_numbers_as_numpy_does(contract: Contract, dtype: Any) -> None:
    rng = random.Random(1)
    largest = float(np.finfo(dtype).max)
    step = largest - float(np.nextafter(np.finfo(dtype).max, dtype(0)))
    inputs = [rng.uniform(-2, 2) * 2.0 ** rng.randint(-160, 140) for _ in range(3000)]
    inputs += [largest + step * k / 8 for k in range(9)]
    with np.errstate(over="ignore"):
        for x in inputs:
            assert contract.round(Fraction(x)) == exact(dtype(x)), x


@pytest.mark.parametrize(("name", "exponent", "significand"), [
    ("bfloat16", 8, 8), ("float8_e5m2", 5, 3), ("float8_e4m3", 4, 4), ("float8_e3m4", 3, 5)])
def test_small_formats_against_ml_dtypes(name: str, exponent: int, significand: int) -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    dtype = getattr(ml_dtypes, name)
    contract = Contract(Float(exponent, significand))
    bits = exponent + significand
    integer = np.uint8 if bits == 8 else np.uint16
    numbers = {exact(x) for x in np.arange(2**bits, dtype=integer).view(dtype) if x == x}
    assert all(contract.round(x) == x for x in numbers)
    assert max(x for x in numbers if x < math.inf) == contract.grid.largest
    rng = random.Random(2)
    finite = sorted(x for x in numbers if not math.isinf(x))
    for _ in range(2000):
        x, y = rng.choice(finite), rng.choice(finite)
        # Both are float64 numbers, as is their product: one rounding in the other library, too.
        assert contract.multiply(x, y) == exact(dtype(float(x) * float(y)))
    for low, high in itertools.pairwise(finite):
        middle = (low + high) / 2
        assert contract.round(middle) == exact(dtype(float(middle)))
        assert contract.round((low + middle) / 2) == low
        assert contract.round((middle + high) / 2) == high


def every_number(grid: Fixed | Float) -> list[Fraction]:
    """All finite numbers of a small format, from the words of its definition."""
    if isinstance(grid, Fixed):
        top = 2 ** (grid.bits - 1) - 1
        return [Fraction(n, 2**grid.fraction) for n in range(-top, top + 1)]
    bias = 2 ** (grid.exponent - 1) - 1
    digits = 2 ** (grid.significand - 1)
    positive = {Fraction(m, digits) * Fraction(2) ** (1 - bias) for m in range(digits)}
    positive |= {Fraction(m, digits) * Fraction(2) ** (e - bias)
                 for e in range(1, 2**grid.exponent - 1) for m in range(digits, 2 * digits)}
    return sorted(positive | {-x for x in positive})


SMALL = [Fixed(2, 0), Fixed(2, 3), Fixed(4, 0), Fixed(4, 2), Fixed(5, 7), Fixed(6, 3),
         Float(2, 2), Float(2, 4), Float(3, 2), Float(3, 3), Float(4, 4)]


@pytest.mark.parametrize("grid", SMALL, ids=str)
@pytest.mark.parametrize("overflow", ["infinity", "saturate"])
def test_rounding_is_what_its_definition_says(grid: Fixed | Float, overflow: Any) -> None:
    numbers = every_number(grid)
    assert numbers[-1] == grid.largest
    nearest = Contract(grid, "nearest", overflow)
    floor = Contract(grid, "floor", overflow)
    for contract in (nearest, floor):
        assert all(contract.round(x) == x and contract.represents(x) for x in numbers)
    for low, high in itertools.pairwise(numbers):
        middle = (low + high) / 2
        for x in (low + (high - low) / 64, middle, high - (high - low) / 64):
            assert floor.round(x) == low
            assert not floor.represents(x)
        assert nearest.round(middle - (high - low) / 64) == low
        assert nearest.round(middle + (high - low) / 64) == high
    # Of neighbours, exactly one has an even significand; ties alternate between low and high.
    ties = [nearest.round((low + high) / 2) == low for low, high in itertools.pairwise(numbers)]
    assert all(a != b for a, b in itertools.pairwise(ties))
    assert nearest.round((0 + min(x for x in numbers if x > 0)) / 2) == 0
    # Beyond the largest number: the next number of a format without end, minus a bit.
    top = grid.largest
    step = top - numbers[-2]
    bound: Value = math.inf if overflow == "infinity" else top
    assert floor.round(top + step - step / 64) == top
    assert floor.round(top + step) == bound
    assert floor.round(-top - step / 64) == -bound
    assert nearest.round(top + step / 2 - step / 64) == top
    assert nearest.round(top + step / 2) == bound  # the largest significand is odd
    assert nearest.round(-top - step / 2) == -bound
    assert nearest.round(top * 1000) == bound


def test_fixed_arithmetic_is_exact_arithmetic_rounded() -> None:
    rng = random.Random(3)
    for bits, fraction in ((4, 2), (8, 4), (6, 9), (16, 8)):
        unit = Fraction(1, 2**fraction)
        top = 2 ** (bits - 1) - 1
        contract = Contract(Fixed(bits, fraction))
        floor = Contract(Fixed(bits, fraction), "floor", "saturate")
        for _ in range(500):
            x, y = (Fraction(rng.randint(-top, top)) * unit for _ in range(2))
            for result, ours, down in [
                    (x + y, contract.add(x, y), floor.add(x, y)),
                    (x * y, contract.multiply(x, y), floor.multiply(x, y)),
                    *([(x / y, contract.divide(x, y), floor.divide(x, y))] if y else [])]:
                units = result / unit
                # Python rounds a Fraction to the nearest integer, ties to even.
                if abs(round(units)) <= top:
                    assert ours == round(units) * unit
                else:
                    assert ours == math.copysign(math.inf, units)
                assert down == max(-top, min(top, math.floor(units))) * unit


def test_infinities() -> None:
    inf, one, zero = math.inf, Fraction(1), Fraction(0)
    contract = HALF
    assert contract.add(inf, one) == inf
    assert contract.add(-one, -inf) == -inf
    assert contract.add(inf, inf) == inf
    assert contract.multiply(inf, -one) == -inf
    assert contract.multiply(-inf, -inf) == inf
    assert contract.divide(one, inf) == 0
    assert contract.divide(one, -inf) == 0
    assert contract.divide(inf, -one) == -inf
    assert contract.exp(-inf) == 0
    assert contract.exp(inf) == inf
    assert exact_sum([one, inf, -one]) == inf
    for what, operation in [
            ("infinity - infinity", lambda: contract.add(inf, -inf)),
            ("0 * infinity", lambda: contract.multiply(zero, inf)),
            ("0 * infinity", lambda: contract.multiply(-inf, zero)),
            ("infinity / infinity", lambda: contract.divide(inf, -inf)),
            ("0 / 0", lambda: contract.divide(zero, zero)),
            ("x / 0", lambda: contract.divide(one, zero)),
            ("x / 0", lambda: exact_divide(inf, zero)),
            ("infinity - infinity", lambda: exact_sum([inf, one, -inf]))]:
        with pytest.raises(NotANumber, match=what.replace("*", r"\*")):
            operation()


def test_rationals_are_not_rounded() -> None:
    contract = Contract()
    assert contract.divide(Fraction(1), Fraction(3)) == Fraction(1, 3)
    assert contract.represents(Fraction(1, 3))
    with pytest.raises(ValueError, match="not rational"):
        contract.exp(Fraction(1))


def test_binary_exponent() -> None:
    rng = random.Random(4)
    for _ in range(500):
        x = Fraction(rng.randint(1, 2**70), rng.randint(1, 2**70))
        assert 2 ** binary_exponent(x) <= x < 2 ** (binary_exponent(x) + 1)
        assert binary_exponent(-x) == binary_exponent(x)
    assert [binary_exponent(Fraction(x)) for x in (1, 2, 3, 4)] == [0, 1, 1, 2]
    assert binary_exponent(Fraction(1, 2)) == -1


def mp_fraction(x: Any) -> Fraction:
    """The exact value of an mpmath number."""
    sign, mantissa, exponent, _ = x._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent


def mp_exp(x: Fraction) -> Fraction:
    """e^x to 2000 bits, by another implementation."""
    with mpmath.workprec(2000):
        return mp_fraction(mpmath.exp(mpmath.mpf(x.numerator) / x.denominator))


@pytest.mark.parametrize("bits", [8, 64, 200])
def test_bounds_on_exponentials_are_bounds_and_tight(bits: int) -> None:
    rng = random.Random(bits)
    for _ in range(60):
        x = Fraction(rng.randint(-2**20, 2**20), rng.choice((1, 3, 7, 2**10, 2**30)) * 2**14)
        low, high = exp_bounds(x, bits)
        assert low < mp_exp(x) < high or x == 0
        assert high - low <= low / 2 ** (bits - 6)
    assert exp_bounds(Fraction(0), bits)[0] == 1


@pytest.mark.parametrize("grid", [*SMALL, Fixed(5, 9), Fixed(8, 20), Fixed(16, 8), Fixed(24, 20),
                                  Fixed(64, 40), Float(5, 11), Float(8, 8), Float(8, 24),
                                  Float(11, 53), Float(15, 113)], ids=str)
@pytest.mark.parametrize("rounding", ["nearest", "floor"])
@pytest.mark.parametrize("overflow", ["infinity", "saturate"])
def test_exponentials_are_correctly_rounded(grid: Fixed | Float, rounding: Any,
                                            overflow: Any) -> None:
    contract = Contract(grid, rounding, overflow)
    rng = random.Random(5)
    smallest = Fraction(2) ** grid.spacing(Fraction(0))
    # About the logarithms of the smallest and the largest number, where results vanish or overflow.
    edges = [Fraction(binary_exponent(bound) * 693147 + k, 1000000)
             for bound in (smallest, grid.largest) for k in range(-10**6, 10**6, 10**5)]
    inputs = [Fraction(rng.randint(-2**12, 2**12), 2 ** rng.randint(0, 14)) for _ in range(40)]
    inputs += [Fraction(-1), Fraction(1), *edges]
    for x in inputs:
        if abs(x) < 600:
            assert contract.exp(x) == contract.round(mp_exp(x)), x
    assert contract.exp(Fraction(0)) == contract.round(Fraction(1))


def test_exponentials_far_out_and_next_to_one() -> None:
    for contract, huge in ((DOUBLE, 10**9), (Contract(Float(15, 113)), 10**30),
                           (Contract(Fixed(8, 4)), 10**50), (Contract(Fixed(4, 10)), 10**9)):
        assert contract.exp(Fraction(huge)) == math.inf
        assert contract.exp(Fraction(-huge)) == 0
        tiny = Fraction(1, huge * 2**200)
        assert contract.exp(tiny) == contract.exp(-tiny) == contract.round(Fraction(1))
    floor = Contract(Float(8, 24), "floor")
    assert floor.exp(-Fraction(1, 2**149)) == 1 - Fraction(1, 2**24)
    assert floor.exp(Fraction(1, 2**149)) == 1


def test_single_exponentials_against_numpy() -> None:
    """numpy's float64 exponential is good to far more than 24 bits."""
    rng = random.Random(6)
    for _ in range(300):
        x = np.float32(rng.uniform(-80, 80))
        near = float(np.exp(np.float64(x)))
        if np.float32(near * (1 - 1e-14)) == np.float32(near * (1 + 1e-14)):
            assert SINGLE.exp(Fraction(float(x))) == exact(np.float32(near))
