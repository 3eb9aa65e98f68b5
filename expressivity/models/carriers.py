"""Arrays of numbers of a rounded contract, with the operations of `proofs.models.numbers`.

`Float64Carrier` computes in float64, where every number of a small format lies exactly, and then
rounds to the format. It is used only where this gives the same bits as one rounding:

- products of two numbers of at most 25 significant bits are exact in float64;
- for sums and quotients, rounding to nearest at 53 bits and then at s gives the same as at once
  when 53 >= 2s + 2 (Figueroa, "When is double rounding innocuous?", 1995). For quotients this
  holds on coarser grids, too (fixed point, subnormal numbers), and for rounding down: a quotient
  differs from a number of the format, or half-way point, by a relative 2^-(2s+1), if at all. A
  divisor may also be a number of dimensions, of 17 bits: then by 2^-(s+18);
- square roots of numbers of at most 25 significant bits differ from half-way points by more than
  float64 errs (the square of such a point is odd in units in which the radicand is even);
- sums rounded down look at the sign of the error that float64 made, which is found exactly.

`FractionCarrier` calls the definition entry by entry; it is slow, and serves every contract.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from proofs.models.numbers import (
    Contract,
    Fixed,
    Float,
    NotANumber,
    Value,
    exact_add,
    exact_divide,
    exact_multiply,
)

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]


class Carrier(Protocol):
    """Arrays of one dtype; an entry without a value is NaN and stays NaN in all operations."""

    @staticmethod
    def lift(rationals: Array) -> Array:
        """Exact values (objects: numbers of the format) as an array of this carrier."""

    def add(self, x: Array, y: Array) -> Array:
        """Rounded sums."""

    def multiply(self, x: Array, y: Array) -> Array:
        """Rounded products."""

    def divide(self, x: Array, y: Array) -> Array:
        """Rounded quotients."""

    def exp(self, x: Array) -> Array:
        """Rounded exponentials."""

    def sqrt(self, x: Array) -> Array:
        """Rounded square roots."""

    def total(self, terms: Array) -> Array:
        """Exact sums over axis 2, rounded once."""

    def average(self, weights: Array, values: Array, taking_part: Bools) -> Array:
        """Sums over j of weights[b, i, j] * values[b, j] / sums over j of weights[b, i, j].

        Exact, then rounded once; j runs over the positions that take part. Shapes: weights and
        taking_part (B, n, n), values (B, n, s); the result has (B, n, s).
        """


def carrier(contract: Contract, positions: int) -> Carrier:
    """The fastest carrier that is exact for inputs with this many positions."""
    return (Float64Carrier(contract) if fits_float64(contract, positions)
            else FractionCarrier(contract))


def fits_float64(contract: Contract, positions: int) -> bool:
    """Does float64 carry the contract bit for bit, sums over `positions` included?"""
    grid = contract.grid
    if isinstance(grid, Fixed):
        fits = grid.bits <= 25
    elif isinstance(grid, Float):
        # With 9 exponent bits, products neither overflow float64 nor lose bits near 0.
        fits = grid.exponent <= 9 and grid.significand <= 25
    else:
        return False
    if not fits or contract.arithmetic == "left-to-right":
        return fits
    # The largest number, counted in steps of the smallest.
    steps = grid.largest * (1 << -grid.spacing(Fraction(0)))
    if contract.arithmetic == "exact-sums":
        return steps * positions <= 2**53
    return isinstance(grid, Fixed) and steps * steps * positions <= 2**52


class Float64Carrier:
    """Numbers of a small format in float64."""

    def __init__(self, contract: Contract) -> None:
        if contract.grid is None:
            raise ValueError("float64 carries no rationals")
        self._contract = contract
        self._grid = contract.grid
        self._largest = float(contract.grid.largest)
        self._bound = math.inf if contract.overflow == "infinity" else self._largest
        self._floor = contract.rounding == "floor"
        self._lowest = contract.grid.spacing(Fraction(0))
        self._exponentials: dict[float, float] = {}

    @staticmethod
    def lift(rationals: Array) -> Array:
        return rationals.astype(np.float64)

    def add(self, x: Array, y: Array) -> Array:
        with np.errstate(invalid="ignore"):
            near = x + y
            if isinstance(self._grid, Fixed):
                return self._limited(near)
            if not self._floor:
                return self._rounded(near)
            # Knuth's TwoSum: near + error is the exact sum.
            part = near - x
            error = (x - (near - part)) + (y - part)
            return self._rounded(_below(near, error < 0))

    def multiply(self, x: Array, y: Array) -> Array:
        with np.errstate(invalid="ignore"):
            return self._rounded(x * y)

    def divide(self, x: Array, y: Array) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            return self._rounded(np.where(y == 0, np.nan, x / y))

    def exp(self, x: Array) -> Array:
        arguments, places = np.unique(x, return_inverse=True)
        results = np.array([self._exponential(float(a)) for a in arguments], dtype=np.float64)
        return results[places].reshape(x.shape)

    def sqrt(self, x: Array) -> Array:
        with np.errstate(invalid="ignore"):
            return self._rounded(np.sqrt(x))

    def _exponential(self, x: float) -> float:
        if not math.isfinite(x):
            return math.exp(x) if x == x else x
        if x not in self._exponentials:
            self._exponentials[x] = float(self._contract.exp(Fraction(x)))
        return self._exponentials[x]

    def total(self, terms: Array) -> Array:
        with np.errstate(invalid="ignore"):
            # All partial sums are multiples of one step, fewer than 2^53 of them: exact.
            return self._rounded(terms.sum(axis=2))

    def average(self, weights: Array, values: Array, taking_part: Bools) -> Array:
        with np.errstate(invalid="ignore", divide="ignore"):
            weights = np.where(taking_part, weights, 0)
            whole = weights.sum(axis=2)[..., None]
            if np.isfinite(values).all():
                above = weights @ values
            else:
                # 0 * infinity is an error where j takes part, and nothing where it does not.
                above = np.stack([
                    np.where(taking_part, weights * values[:, None, :, k], 0).sum(axis=2)
                    for k in range(values.shape[2])], axis=2)
            limits = np.where(whole == 0, np.nan, above / whole)
            finite = np.isfinite(above) & np.isfinite(whole) & (whole != 0)
            numerators = np.ldexp(np.where(finite, above, 0), -2 * self._lowest).astype(np.int64)
            denominators = np.ldexp(np.where(finite, whole, 1), -self._lowest).astype(np.int64)
            steps = numerators // denominators
            if not self._floor:
                rest = 2 * (numerators - steps * denominators)
                steps += (rest > denominators) | ((rest == denominators) & (steps % 2 == 1))
            exact = np.ldexp(steps.astype(np.float64), self._lowest)
            return np.where(finite, self._limited(exact), limits)

    def _rounded(self, near: Array) -> Array:
        """`near` on the grid of the format, then within its range."""
        if isinstance(self._grid, Fixed):
            k: Any = self._lowest
        else:
            k = np.maximum(np.frexp(near)[1] - self._grid.significand, self._lowest)
        steps = np.ldexp(near, -k)
        steps = np.floor(steps) if self._floor else np.rint(steps)
        return self._limited(np.ldexp(steps, k))

    def _limited(self, rounded: Array) -> Array:
        beyond = np.abs(rounded) > self._largest
        if not beyond.any():
            return rounded
        return np.where(beyond, np.copysign(self._bound, rounded), rounded)


def _below(near: Array, lower: Bools) -> Array:
    """The next smaller float64 where the exact result is lower than `near`.

    Numbers of the format are float64 numbers, so none lies between the exact result and `near`.
    """
    return np.where(lower, np.nextafter(near, -np.inf), near)


class FractionCarrier:
    """Object arrays of Fractions, infinities and NaN."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._add = _ufunc(contract.add, 2)
        self._multiply = _ufunc(contract.multiply, 2)
        self._divide = _ufunc(contract.divide, 2)
        self._exp = _ufunc(contract.exp, 1)
        self._sqrt = _ufunc(contract.sqrt, 1)
        self._round = _ufunc(contract.round, 1)

    @staticmethod
    def lift(rationals: Array) -> Array:
        return rationals

    def add(self, x: Array, y: Array) -> Array:
        return self._add(x, y)

    def multiply(self, x: Array, y: Array) -> Array:
        return self._multiply(x, y)

    def divide(self, x: Array, y: Array) -> Array:
        return self._divide(x, y)

    def exp(self, x: Array) -> Array:
        return self._exp(x)

    def sqrt(self, x: Array) -> Array:
        return self._sqrt(x)

    def total(self, terms: Array) -> Array:
        return self._round(_exact_total(terms))

    def average(self, weights: Array, values: Array, taking_part: Bools) -> Array:
        zero: Any = Fraction(0)
        products = np.where(taking_part[..., None],
                            _exact_multiply(weights[..., None], values[:, None]), zero)
        whole = _exact_total(np.where(taking_part, weights, zero))
        return self._round(_exact_divide(_exact_total(products), whole[..., None]))


def _ufunc(operation: Callable[..., Value], arguments: int) -> Callable[..., Array]:
    """The operation entry by entry, with NaN for what has no value."""
    def guarded(*values: Value) -> Value:
        if any(x != x for x in values):
            return math.nan
        try:
            return operation(*values)
        except NotANumber:
            return math.nan
    made = np.frompyfunc(guarded, arguments, 1)
    return lambda *arrays: np.asarray(made(*arrays), dtype=object)


_exact_add = _ufunc(exact_add, 2)
_exact_multiply = _ufunc(exact_multiply, 2)
_exact_divide = _ufunc(exact_divide, 2)


def _exact_total(terms: Array) -> Array:
    """Exact sums over axis 2."""
    total = terms[:, :, 0]
    for j in range(1, terms.shape[2]):
        total = _exact_add(total, terms[:, :, j])
    return total
