"""Number contracts: which numbers a model computes with, and where it rounds.

A contract names the format, the rounding of a single result, what happens beyond the largest
number, where sums are rounded, where softmax divides, and how its exponentials are normalised.
Each of these can change the class of languages that models recognise.

Values are exact: a `Fraction`, or one of the two infinities, for which the floats `inf` and
`-inf` stand. No other float occurs. There is a single zero, without a sign. An operation without
a value (infinity - infinity, 0 * infinity, infinity / infinity, x / 0) raises NotANumber.

Fixed point with p bits, f of them fractional: the multiples of 2^-f of absolute value at most
(2^(p-1) - 1) * 2^-f. Floating point with e exponent bits and s significant bits, the hidden one
included, as in IEEE 754: exponents from 2 - 2^(e-1) to 2^(e-1) - 1, and subnormal numbers. To round
is to choose a number of the format as if its range had no end; a result beyond the largest
number then becomes infinite or that largest number, in both directions alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeAlias

from proofs.models.exponential import binary_exponent, exp_bounds

Value: TypeAlias = Fraction | float
"""A rational number, or math.inf or -math.inf."""

Rounding = Literal["nearest", "floor"]
Overflow = Literal["infinity", "saturate"]
Arithmetic = Literal["left-to-right", "exact-sums", "exact-attention"]
Softmax = Literal["max-subtracted", "plain", "uniform-if-zero"]
Division = Literal["quotient", "weights"]

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)
MAX_BITS: Final = 10_000
"""Of a short rational number, numerator and denominator together."""
_LONG: Final = 10**40  # longer numbers are not written out: Python refuses the longest


class NotANumber(ArithmeticError):
    """An operation has no value. `what` names it, `place` says where in the model it happened."""

    def __init__(self, what: str, place: str = "") -> None:
        self.what = what
        self.place = place
        super().__init__(f"not a number: {what}" + (f", at {place}" if place else ""))


@dataclass(frozen=True)
class Fixed:
    """Fixed point: `bits` in all, the sign included, `fraction` of them behind the point."""

    bits: int
    fraction: int

    @cached_property
    def largest(self) -> Fraction:
        """The largest finite number."""
        return Fraction((1 << (self.bits - 1)) - 1, 1 << self.fraction)

    def spacing(self, x: Fraction) -> int:
        """The k such that numbers near x are the multiples of 2^k."""
        del x
        return -self.fraction


@dataclass(frozen=True)
class Float:
    """Floating point: `exponent` bits, and a `significand` that counts its hidden bit."""

    exponent: int
    significand: int

    @cached_property
    def largest(self) -> Fraction:
        """The largest finite number."""
        top = Fraction(1 << ((1 << (self.exponent - 1)) - 1))
        return top * (2 - Fraction(1, 1 << (self.significand - 1)))

    def spacing(self, x: Fraction) -> int:
        """The k such that numbers near x, on the side away from 0, are multiples of 2^k."""
        lowest = 2 - (1 << (self.exponent - 1))
        e = max(binary_exponent(x), lowest) if x else lowest
        return e - self.significand + 1


@dataclass(frozen=True)
class Contract:
    """A number contract. Without a `grid` everything is an exact rational; the rest is ignored.

    `arithmetic` and `division` say how a head averages values v_j with weights e_j:

    - left-to-right, quotient: each product e_j * v_j and each partial sum is rounded, the sums
      run from left to right; the two sums are divided in the end.
    - left-to-right, weights: each weight is divided by the rounded sum of the weights first; then
      products and partial sums as before.
    - exact-sums: as the one or the other, but each sum over positions is exact and rounded once.
    - exact-attention: sums and quotient exact, rounded once (`division` makes no difference).
    """

    grid: Fixed | Float | None = None
    rounding: Rounding = "nearest"
    overflow: Overflow = "infinity"
    arithmetic: Arithmetic = "left-to-right"
    softmax: Softmax = "max-subtracted"
    division: Division = "quotient"

    def round(self, x: Value) -> Value:
        """The number of the format that x becomes."""
        if self.grid is None or isinstance(x, float):
            return x
        k = self.grid.spacing(x)
        numerator, denominator = x.numerator, x.denominator
        if k < 0:
            numerator <<= -k
        else:
            denominator <<= k
        steps, rest = divmod(numerator, denominator)
        if self.rounding == "nearest":
            # An even number of steps is an even significand.
            steps += 2 * rest > denominator or (2 * rest == denominator and steps % 2 == 1)
        rounded = Fraction(steps, 1 << -k) if k < 0 else Fraction(steps << k)
        if abs(rounded) <= self.grid.largest:
            return rounded
        bound = math.inf if self.overflow == "infinity" else self.grid.largest
        return bound if rounded > 0 else -bound

    def represents(self, x: Fraction) -> bool:
        """Is x a finite number of the format?"""
        return self.round(x) == x

    def add(self, x: Value, y: Value) -> Value:
        """x + y, rounded."""
        if isinstance(x, float) or isinstance(y, float):
            return exact_add(x, y)
        return self.round(x + y)

    def multiply(self, x: Value, y: Value) -> Value:
        """x * y, rounded."""
        if isinstance(x, float) or isinstance(y, float):
            return exact_multiply(x, y)
        return self.round(x * y)

    def divide(self, x: Value, y: Value) -> Value:
        """x / y, rounded."""
        return self.round(exact_divide(x, y))

    def exp(self, x: Value) -> Value:
        """e^x, correctly rounded; e^-infinity is 0."""
        if self.grid is None:
            raise ValueError("the exponential of a rational is not rational: softmax needs a "
                             "rounded format")
        if isinstance(x, float):
            return x if x > 0 else ZERO
        return _rounded_exp(self, x)

    def sqrt(self, x: Value) -> Value:
        """The square root, correctly rounded; without a grid it must be rational.

        Raises:
            NotANumber: x is negative, or the root is irrational and nothing is rounded.
        """
        if x < 0:
            raise NotANumber("the square root of a negative number")
        if isinstance(x, float):
            return x
        whole = math.isqrt(x.numerator * x.denominator)
        if whole * whole == x.numerator * x.denominator:
            return self.round(Fraction(whole, x.denominator))
        if self.grid is None:
            long = max(abs(x.numerator), x.denominator) >= _LONG
            raise NotANumber(f"the square root of {'a long fraction' if long else x} is "
                             "irrational, and nothing is rounded")
        return _rounded_sqrt(self, x)


class TooLong(ValueError):
    """A number is longer than is computed with."""


class ShortNumbers(Contract):
    """Rationals as they are, as long as they are short: repeated squares have no end."""

    def round(self, x: Value) -> Value:
        """The number itself; raises TooLong if it is long."""
        if isinstance(x, Fraction) \
                and x.numerator.bit_length() + x.denominator.bit_length() > MAX_BITS:
            raise TooLong(f"a number of more than {MAX_BITS} bits")
        return x


def exact_add(x: Value, y: Value) -> Value:
    """x + y, not rounded."""
    if isinstance(x, float):
        if isinstance(y, float) and x != y:
            raise NotANumber("infinity - infinity")
        return x
    return y if isinstance(y, float) else x + y


def exact_multiply(x: Value, y: Value) -> Value:
    """x * y, not rounded."""
    if isinstance(x, float) or isinstance(y, float):
        if x == 0 or y == 0:
            raise NotANumber("0 * infinity")
        return math.inf if (x > 0) == (y > 0) else -math.inf
    return x * y


def exact_divide(x: Value, y: Value) -> Value:
    """x / y, not rounded; x / infinity is 0 for finite x. Zero has no sign: x / 0 has no value."""
    if y == 0:
        raise NotANumber("0 / 0" if x == 0 else "x / 0")
    if isinstance(y, float):
        if isinstance(x, float):
            raise NotANumber("infinity / infinity")
        return ZERO
    if isinstance(x, float):
        return x if y > 0 else -x
    return x / y


def exact_sum(terms: Iterable[Value]) -> Value:
    """The sum of all terms, not rounded."""
    total: Value = ZERO
    for term in terms:
        total = exact_add(total, term)
    return total


@lru_cache(maxsize=100_000)
def _rounded_exp(contract: Contract, x: Fraction) -> Value:
    """The number of the format that e^x becomes, found from bounds that tighten.

    Rounding is monotone, so bounds that round alike settle the result. They do in the end: for
    rational x other than 0, e^x is irrational (Lambert 1761), so it is neither a number of the
    format nor half-way between two of them.
    """
    grid = contract.grid
    if grid is None or x == 0:
        return contract.round(ONE)
    # Far out, 2^x shares the fate of e^x: beyond the largest number, or next to nothing.
    beyond = max(1, binary_exponent(grid.largest) + 2)
    if x >= beyond:
        return contract.round(Fraction(2) ** beyond)
    tiny = grid.spacing(ZERO) - 2
    if x <= tiny:
        return contract.round(Fraction(2) ** tiny)
    bits = 64
    while True:
        low, high = (contract.round(bound) for bound in exp_bounds(x, bits))
        if low == high:
            return low
        bits *= 2


def _rounded_sqrt(contract: Contract, x: Fraction) -> Value:
    """The number of the format that an irrational square root becomes, from bounds that tighten.

    They settle it in the end: an irrational number is neither a number of the format nor half-way
    between two of them.
    """
    bits = 64
    while True:
        # floor(2^bits * sqrt(x)), without a square root of a fraction
        scaled = math.isqrt((x.numerator << (2 * bits)) // x.denominator)
        low, high = (contract.round(Fraction(scaled + k, 1 << bits)) for k in (0, 1))
        if low == high:
            return low
        bits *= 2
