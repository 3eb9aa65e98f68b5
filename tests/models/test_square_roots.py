"""Square roots against their definition, decimal arithmetic and numpy."""

from __future__ import annotations

import decimal
import itertools
import math
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from expressivity.models.carriers import Float64Carrier, FractionCarrier
from proofs.models.numbers import Contract, Fixed, Float, NotANumber, Value
from tests.models.test_numbers import SMALL, every_number

GRIDS = [*SMALL, Fixed(5, 9), Fixed(8, 20), Fixed(25, 12), Fixed(64, 40), Float(5, 11),
         Float(8, 8), Float(8, 24), Float(9, 25), Float(11, 53), Float(15, 113)]


def contracts(grid: Fixed | Float) -> list[Contract]:
    return [Contract(grid, rounding, overflow)  # type: ignore[arg-type]
            for rounding in ("nearest", "floor") for overflow in ("infinity", "saturate")]


def by_decimals(x: Fraction) -> Fraction:
    """The root to 400 digits; exact for squares."""
    # A number near 1 has few decimal digits: few bits before and behind the point.
    shift = (x.numerator.bit_length() - x.denominator.bit_length()) // 2
    near = x / Fraction(4) ** shift
    with decimal.localcontext(decimal.Context(prec=400)):
        root = (decimal.Decimal(near.numerator) / decimal.Decimal(near.denominator)).sqrt()
    return Fraction(root) * Fraction(2) ** shift


def radicands(grid: Fixed | Float, rng: random.Random) -> list[Fraction]:
    """Numbers of the format of all sizes, squares, and neighbours of squares of half-way points."""
    saturating = Contract(grid, overflow="saturate")
    unit = Fraction(2) ** grid.spacing(Fraction(0))
    found = [grid.largest, unit, unit * 2, unit * 3, Fraction(2)]
    for _ in range(150):
        size = Fraction(2) ** rng.randint(grid.spacing(Fraction(0)),
                                          math.frexp(min(grid.largest, 2**1000))[1])
        x = Fraction(saturating.round(abs(Fraction(rng.uniform(0.5, 1))) * size))
        middle = x + Fraction(2) ** (grid.spacing(x) - 1)
        square = Fraction(saturating.round(middle * middle))
        found += [x, Fraction(saturating.round(x * x)), square,
                  square + Fraction(2) ** grid.spacing(square),
                  abs(square - Fraction(2) ** grid.spacing(square))]
    return [x for x in found if 0 < x <= grid.largest]


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_roots_are_correctly_rounded(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for x in radicands(grid, rng):
        root = by_decimals(x)
        for contract in contracts(grid):
            assert contract.sqrt(x) == contract.round(root), (contract, x)


@pytest.mark.parametrize("grid", SMALL, ids=str)
def test_roots_of_all_numbers_of_small_formats(grid: Fixed | Float) -> None:
    """By comparing squares: no root is computed."""
    numbers = every_number(grid)
    floor, nearest = Contract(grid, "floor", "saturate"), Contract(grid, overflow="saturate")
    for x in (x for x in numbers if x >= 0):
        below = max(y for y in numbers if y >= 0 and y * y <= x)
        above = min((y for y in numbers if y >= 0 and y * y >= x), default=grid.largest)
        assert floor.sqrt(x) == below
        middle = (below + above) / 2
        if middle * middle != x:
            assert nearest.sqrt(x) == (below if middle * middle > x else above)


@pytest.mark.parametrize("grid", [g for g in GRIDS if g in SMALL or g in (
    Fixed(5, 9), Fixed(8, 20), Fixed(25, 12), Float(5, 11), Float(8, 8), Float(8, 24),
    Float(9, 25))], ids=str)
def test_carriers(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for contract in contracts(grid):
        inputs: list[Value] = [Fraction(0), *radicands(grid, rng)]
        if contract.overflow == "infinity":
            inputs.append(math.inf)
        for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
            column = carrier.lift(np.array([*inputs, -grid.largest], dtype=object))
            *got, negative = carrier.sqrt(column)
            assert negative != negative
            for x, root in zip(inputs, got, strict=True):
                assert root == contract.sqrt(x), (contract, x)


@pytest.mark.parametrize("grid", [Fixed(25, 12), Fixed(6, 3), Float(8, 24), Float(9, 25),
                                  Float(3, 3)], ids=str)
def test_carriers_divide_by_numbers_of_dimensions(grid: Fixed | Float) -> None:
    """Such a divisor need not be a number of the format."""
    rng = random.Random(str(grid))
    for contract, count in itertools.product(contracts(grid), (1, 3, 7, 10, 99_991, 100_000)):
        inputs = [0 * grid.largest, *radicands(grid, rng)[:200]]
        # Near multiples of half-way points by the divisor, too.
        inputs += [Fraction(contract.round(x * count)) for x in inputs
                   if x * count <= grid.largest]
        inputs = [sign * x for x in inputs for sign in (1, -1)
                  if contract.represents(sign * x)]
        for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
            left = carrier.lift(np.array(inputs, dtype=object))
            right = carrier.lift(np.array([Fraction(count)], dtype=object))
            for x, got in zip(inputs, carrier.divide(left, right), strict=True):
                assert got == contract.divide(x, Fraction(count)), (contract, x, count)


@pytest.mark.parametrize(("contract", "dtype"), [
    (Contract(Float(5, 11)), np.float16), (Contract(Float(8, 24)), np.float32),
    (Contract(Float(11, 53)), np.float64)])
def test_ieee_formats_as_numpy_does(contract: Contract, dtype: Any) -> None:
    rng = random.Random(1)
    info = np.finfo(dtype)
    numbers = [dtype(rng.uniform(0, 4)) for _ in range(300)]
    numbers += [info.max, info.tiny, info.smallest_subnormal, dtype(1) + info.eps]
    for x in numbers:
        # float16 roots are taken in float32: innocuous, since 24 >= 2 * 11 + 2.
        assert contract.sqrt(Fraction(float(x))) == Fraction(float(np.sqrt(x)))


def test_roots_without_a_value() -> None:
    exact, rounded = Contract(), Contract(Fixed(8, 4))
    assert exact.sqrt(Fraction(9, 16)) == Fraction(3, 4)
    assert exact.sqrt(Fraction(0)) == 0
    assert rounded.sqrt(math.inf) == math.inf
    for contract in (exact, rounded):
        for x in (Fraction(-1, 16), -math.inf):
            with pytest.raises(NotANumber, match="the square root of a negative number"):
                contract.sqrt(x)
    with pytest.raises(NotANumber, match="the square root of 8/9 is irrational"):
        exact.sqrt(Fraction(8, 9))
    # Python does not write out integers of more than 4,300 digits: that is no way to fail.
    for x in (Fraction(10**5000 + 1), Fraction(1, 10**5000 + 1)):
        with pytest.raises(NotANumber, match="the square root of a long fraction is irrational"):
            exact.sqrt(x)
