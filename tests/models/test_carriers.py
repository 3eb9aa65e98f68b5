"""Arrays of numbers against the operations that define them, entry by entry."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, get_args

import numpy as np
import pytest

from expressivity.models.carriers import Carrier, Float64Carrier, FractionCarrier, fits_float64
from proofs.models.numbers import (
    Contract,
    Fixed,
    Float,
    NotANumber,
    Overflow,
    Rounding,
    Value,
    exact_divide,
    exact_multiply,
    exact_sum,
)

GRIDS = [Fixed(3, 1), Fixed(6, 3), Fixed(16, 8), Fixed(25, 12), Fixed(5, 9),
         Float(2, 2), Float(3, 3), Float(4, 4), Float(5, 11), Float(8, 8), Float(8, 24),
         Float(9, 25)]


def contracts(grid: Fixed | Float, **rules: Any) -> list[Contract]:
    choices: Iterable[tuple[Rounding, Overflow]] = itertools.product(
        get_args(Rounding), get_args(Overflow))
    return [Contract(grid, rounding, overflow, **rules) for rounding, overflow in choices]


def numbers_of(contract: Contract, rng: random.Random, count: int) -> list[Value]:
    """Numbers of all magnitudes, small integers, the extremes; infinities where they occur."""
    grid = contract.grid
    assert grid is not None
    saturating = Contract(grid, overflow="saturate")
    top, low = math.log2(grid.largest), grid.spacing(Fraction(0))
    found: list[Value] = [Fraction(0), grid.largest, -grid.largest, Fraction(2) ** low]
    for _ in range(count):
        exponent = rng.randint(low - 1, int(top) + 1)
        found.append(saturating.round(Fraction(rng.uniform(-1, 1)) * Fraction(2) ** exponent))
        found.append(saturating.round(Fraction(rng.randint(-40, 40), rng.choice((1, 2, 4, 8)))))
    return found + ([math.inf, -math.inf] if contract.overflow == "infinity" else [])


def arrays(carrier: Carrier, *columns: list[Value]) -> list[Any]:
    return [carrier.lift(np.array(column, dtype=object)) for column in columns]


def same(got: Any, expected: Value | None) -> bool:
    """Bit for bit; None is the lack of a value."""
    if expected is None:
        return bool(got != got)
    return bool(got == got) and (Fraction(got) if abs(got) < math.inf else got) == expected


def defined(operation: Callable[..., Value], *values: Any) -> Value | None:
    try:
        return operation(*values)
    except NotANumber:
        return None


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_operations(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for contract in contracts(grid):
        assert fits_float64(contract, 1)
        numbers = numbers_of(contract, rng, 60)
        x, y = ([rng.choice(numbers) for _ in range(700)] for _ in range(2))
        # Numbers next to each other: sums and quotients that lie just beside the grid.
        tiny = [Fraction(2) ** grid.spacing(Fraction(0)) * rng.choice((1, -1)) for _ in range(60)]
        x += x[:60]
        y += tiny
        for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
            left, right = arrays(carrier, x, y)
            for name in ("add", "multiply", "divide"):
                got = getattr(carrier, name)(left, right)
                for a, b, c in zip(x, y, got, strict=True):
                    expected = defined(getattr(contract, name), a, b)
                    assert same(c, expected), (contract, name, a, b, c, expected)


@pytest.mark.parametrize("grid", GRIDS, ids=str)
def test_exponentials(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for contract in contracts(grid):
        numbers = numbers_of(contract, rng, 20)
        for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
            got = carrier.exp(arrays(carrier, numbers)[0])
            assert all(same(c, contract.exp(x)) for x, c in zip(numbers, got, strict=True))


@pytest.mark.parametrize("grid", [Fixed(3, 1), Fixed(6, 3), Fixed(16, 8), Float(2, 2), Float(3, 3),
                                  Float(4, 4), Float(5, 11)], ids=str)
def test_exact_sums(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for contract in contracts(grid, arithmetic="exact-sums"):
        assert fits_float64(contract, 7)
        numbers = numbers_of(contract, rng, 40)
        terms = [[rng.choice(numbers[:-2]) for _ in range(7)] for _ in range(200)]
        terms += [[rng.choice(numbers) for _ in range(7)] for _ in range(20)]
        for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
            got = carrier.total(arrays(carrier, terms)[0][:, None])[:, 0]
            for row, c in zip(terms, got, strict=True):
                assert same(c, defined(lambda r, k=contract: k.round(exact_sum(r)), row)), row


@pytest.mark.parametrize("grid", [Fixed(3, 1), Fixed(6, 3), Fixed(16, 8), Fixed(5, 9)], ids=str)
def test_exact_averages(grid: Fixed | Float) -> None:
    rng = random.Random(str(grid))
    for contract in contracts(grid, arithmetic="exact-attention"):
        assert fits_float64(contract, 6)
        numbers = numbers_of(contract, rng, 40)
        small = [x for x in numbers if abs(x) <= 4]
        for pool in (numbers, numbers[:-2], small, small):
            weights = [[abs(rng.choice(pool)) for _ in range(6)] for _ in range(60)]
            values = [[rng.choice(pool) for _ in range(6)] for _ in range(60)]
            part = np.array([[rng.random() < 0.7 for _ in range(6)] for _ in range(60)])
            for carrier in (Float64Carrier(contract), FractionCarrier(contract)):
                e, v = arrays(carrier, weights, values)
                # One word of six positions, all with the weights of the row.
                got = carrier.average(np.repeat(e[:, None], 6, axis=1), v[..., None],
                                      np.repeat(part[:, None], 6, axis=1))[:, 2, 0]
                for i, c in enumerate(got):
                    chosen = [(weights[i][j], values[i][j]) for j in range(6) if part[i, j]]
                    assert same(c, defined(average, contract, chosen)), (contract, chosen, c)


def average(contract: Contract, chosen: list[tuple[Value, Value]]) -> Value:
    return contract.round(exact_divide(exact_sum(exact_multiply(e, v) for e, v in chosen),
                                       exact_sum(e for e, _ in chosen)))


def test_float64_is_refused_where_it_would_round() -> None:
    for grid in (Fixed(26, 0), Float(10, 11), Float(5, 26)):
        assert not fits_float64(Contract(grid), 1)
    assert not fits_float64(Contract(), 1)
    sums = Contract(Float(5, 11), arithmetic="exact-sums")
    assert fits_float64(sums, 2**12) and not fits_float64(sums, 2**14)
    averages = Contract(Fixed(16, 8), arithmetic="exact-attention")
    assert fits_float64(averages, 2**20) and not fits_float64(averages, 2**24)
