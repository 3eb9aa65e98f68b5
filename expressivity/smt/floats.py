"""Floating-point contracts as terms of SMT-LIB's theory of floating-point numbers.

`Floats` has the operations of `proofs.models.numbers.Contract`, on terms instead of numbers, so
that the loops of `proofs.models.linear` run on both. Where the contract is not IEEE 754, the term
says what the contract says:

- One zero: terms may be -0, but only comparisons look at them, which do not tell zeros apart, and
  division by either is reported.
- NaN: the condition under which an operation has no value is collected in `undefined`, with x / 0
  among them; what is computed from such a result does not matter then.
- Overflow: IEEE 754 rounds beyond the largest number as to nearest, which is the contract's
  "infinity", but downwards it never gives infinity from below. There the operation is done again
  with more exponent bits to see whether the contract's result is infinite. With "saturate" an
  infinite result, which only overflow can give, becomes the largest number.

Each term comes with bounds on its value, by the contract's own operations, which are monotone:
they decide many comparisons, and show where there is neither overflow nor NaN.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from languages.errors import InputError
from proofs.models.exponential import binary_exponent
from proofs.models.numbers import (
    ONE,
    ZERO,
    Contract,
    Float,
    NotANumber,
    Value,
    exact_add,
    exact_divide,
    exact_multiply,
)

MAX_EXP_BITS = 12  # e^x is a table over all numbers of the format
MAX_EXACT_BITS = 200  # of exact sums
MAX_TERMS = 500_000  # of the script, which is made here, outside the limits of z3's process


class NotTranslated(InputError):
    """The model has something that has no translation; one line says what."""


@dataclass(frozen=True)
class Term:
    """A name or literal of the script, and bounds on its value wherever it has one."""

    text: str
    low: Value
    high: Value

    def __neg__(self) -> Term:
        return Term(f"(fp.neg {self.text})", -self.high, -self.low)


Number: TypeAlias = Value | Term


class Floats:
    """A float contract, and the script that grows as terms are made of it."""

    def __init__(self, contract: Contract) -> None:
        if not isinstance(contract.grid, Float):
            raise NotTranslated("z3's theory of floating-point numbers needs a float contract; the "
                                "model's is " + ("rational" if contract.grid is None else
                                                 "fixed point"))
        self.contract = contract
        self.grid: Float = contract.grid
        self.lines: list[str] = []
        self.undefined: list[str] = []
        """Conditions under which some operation has no value."""
        self._guard: list[str] = []
        self._names: dict[str, str] = {}
        self._mode = "RNE" if contract.rounding == "nearest" else "RTN"
        e, s = self.grid.exponent, self.grid.significand
        self.sort = f"(_ FloatingPoint {e} {s})"
        # Enough exponents for each sum, product and quotient of two numbers, and so many bits that
        # to round to them first makes no difference (Figueroa 1995: 2 s + 2 of them).
        bits = (2**e + 2 * s + 4).bit_length() + 1
        self._wide = Float(bits, max(bits, 2 * s + 2))

    # ---- names, literals, conditions -----------------------------------------------------------

    def name(self, text: str, sort: str | None = None) -> str:
        """A name for this expression, always the same."""
        if text not in self._names:
            if len(self._names) >= MAX_TERMS:
                raise NotTranslated(f"the run of the model has more than {MAX_TERMS} operations; "
                                    "shorter words have fewer")
            self._names[text] = f"t{len(self._names)}"
            self.lines.append(f"(define-fun {self._names[text]} () {sort or self.sort} {text})")
        return self._names[text]

    def text(self, x: Number, grid: Float | None = None) -> str:
        """A number as a term of the script; constants must be numbers of the format."""
        if isinstance(x, Term):
            return x.text
        grid = grid or self.grid
        if isinstance(x, float):
            sign = "+" if x > 0 else "-"
            return f"(_ {sign}oo {grid.exponent} {grid.significand})"
        return _literal(x, grid)

    @contextmanager
    def guarded(self, condition: str) -> Iterator[None]:
        """Operations without a value count only where the condition holds."""
        self._guard.append(condition)
        yield
        self._guard.pop()

    def _report(self, condition: str) -> None:
        parts = [*self._guard, condition]
        self.undefined.append(f"(and {' '.join(parts)})" if len(parts) > 1 else condition)

    # ---- comparisons and choices ---------------------------------------------------------------

    def less(self, x: Number, y: Number) -> str:
        """x < y."""
        (a, b), (c, d) = _bounds(x), _bounds(y)
        if b < c:
            return "true"
        return "false" if a >= d else self.name(f"(fp.lt {self.text(x)} {self.text(y)})", "Bool")

    def at_most(self, x: Number, y: Number) -> str:
        """x <= y."""
        (a, b), (c, d) = _bounds(x), _bounds(y)
        if b <= c:
            return "true"
        return "false" if a > d else self.name(f"(fp.leq {self.text(x)} {self.text(y)})", "Bool")

    def equal(self, x: Number, y: Number) -> str:
        """x = y."""
        (a, b), (c, d) = _bounds(x), _bounds(y)
        if a == b == c == d:
            return "true"
        return "false" if b < c or d < a else self.name(
            f"(fp.eq {self.text(x)} {self.text(y)})", "Bool")

    def choose(self, condition: str, x: Number, y: Number) -> Number:
        """x where the condition holds, else y."""
        if condition == "true" or x == y:
            return x
        if condition == "false":
            return y
        (a, b), (c, d) = _bounds(x), _bounds(y)
        return Term(self.name(f"(ite {condition} {self.text(x)} {self.text(y)})"),
                    min(a, c), max(b, d))

    def maximum(self, x: Number, y: Number) -> Number:
        """The larger of two."""
        return self.choose(self.less(x, y), y, x)

    # ---- operations ----------------------------------------------------------------------------

    def round(self, x: Value) -> Value:
        """Constants only."""
        return self.contract.round(x)

    def add(self, x: Number, y: Number) -> Number:
        """x + y, rounded."""
        if not isinstance(x, Term) and not isinstance(y, Term):
            return self._constant(self.contract.add, x, y)
        for zero, other in ((x, y), (y, x)):
            if zero == 0:
                return other
        (a, b), (c, d) = _bounds(x), _bounds(y)
        lost = (a == -math.inf and d == math.inf) or (b == math.inf and c == -math.inf)
        return self._operation("fp.add", exact_add, x, y, [(a, c), (b, d)],
                               "fp.isNaN {r}" if lost else None)

    def multiply(self, x: Number, y: Number) -> Number:
        """x * y, rounded."""
        if not isinstance(x, Term) and not isinstance(y, Term):
            return self._constant(self.contract.multiply, x, y)
        (a, b), (c, d) = _bounds(x), _bounds(y)
        lost = (a <= 0 <= b and _reaches_infinity(y)) or (c <= 0 <= d and _reaches_infinity(x))
        for one, other in ((x, y), (y, x)):
            if one == ONE:
                return other
            if one == 0 and not lost:
                return ZERO
        return self._operation("fp.mul", exact_multiply, x, y,
                               list(itertools.product((a, b), (c, d))),
                               "fp.isNaN {r}" if lost else None)

    def divide(self, x: Number, y: Number) -> Number:
        """x / y, rounded."""
        if not isinstance(x, Term) and not isinstance(y, Term):
            return self._constant(self.contract.divide, x, y)
        if y == ONE:
            return x
        (a, b), (c, d) = _bounds(x), _bounds(y)
        lost = _reaches_infinity(x) and _reaches_infinity(y)
        if c <= 0 <= d:
            corners: list[tuple[Value, Value]] = [(-math.inf, ONE), (math.inf, ONE)]
            return self._operation("fp.div", exact_divide, x, y, corners,
                                   "or (fp.isNaN {r}) (fp.isZero {y})")
        return self._operation("fp.div", exact_divide, x, y,
                               list(itertools.product((a, b), (c, d))),
                               "fp.isNaN {r}" if lost else None)

    def sqrt(self, x: Number) -> Number:
        """The square root, correctly rounded."""
        if not isinstance(x, Term):
            return self._constant(self.contract.sqrt, x)
        r = self.name(f"(fp.sqrt {self._mode} {x.text})")
        if x.low < 0:
            self._report(f"(fp.isNaN {r})")
        return Term(r, self.contract.sqrt(max(x.low, ZERO)), self.contract.sqrt(max(x.high, ZERO)))

    def exp(self, x: Number) -> Number:
        """e^x, correctly rounded: a table, halved again and again."""
        if not isinstance(x, Term):
            return self.contract.exp(x)
        return self._steps(x, _exponentials(self.contract))

    def _steps(self, x: Term, steps: Sequence[tuple[Value, Value]]) -> Number:
        """The result of the last step whose argument is at most x."""
        if len(steps) == 1 or x.high < steps[1][0]:
            return steps[0][1]
        if x.low >= steps[-1][0]:
            return steps[-1][1]
        half = len(steps) // 2
        return self.choose(self.less(x, steps[half][0]), self._steps(x, steps[:half]),
                           self._steps(x, steps[half:]))

    def exact_sum(self, terms: Sequence[Number], taken: Sequence[str]) -> Number:
        """The sum of the terms that are taken, exact and then rounded once."""
        e, s = self.grid.exponent, self.grid.significand
        bits = 2**e + s + len(terms).bit_length()
        if bits > MAX_EXACT_BITS:
            raise NotTranslated(f"exact sums of {e} exponent and {s} significand bits need "
                                f"numbers of {bits} bits, more than {MAX_EXACT_BITS}")
        exponents = self._wide.exponent + len(terms).bit_length()
        grid = Float(exponents, max(exponents, bits))
        sort = f"(_ FloatingPoint {grid.exponent} {grid.significand})"
        total = self.text(ZERO, grid)
        low: Value = ZERO
        high: Value = ZERO
        for x, condition in zip(terms, taken, strict=True):
            wide = self._widened(x, grid)
            more = self.name(f"(fp.add RNE {total} {wide})", sort)
            total = more if condition == "true" else self.name(f"(ite {condition} {more} {total})",
                                                               sort)
            a, b = _bounds(x)
            low, high = exact_add(low, min(a, ZERO)), exact_add(high, max(b, ZERO))
        if low == -math.inf and high == math.inf:
            self._report(f"(fp.isNaN {total})")
        r = self.name(f"((_ to_fp {e} {s}) {self._mode} {total})")
        return self._within(r, low, high, lambda: self._beyond(total, grid))

    def _constant(self, operation: Callable[..., Value], *arguments: Value) -> Value:
        """Of constants the value; where it has none, that is reported, and any will do."""
        try:
            return operation(*arguments)
        except NotANumber:
            self._report("true")
            return ZERO

    def _operation(self, symbol: str, exact: Callable[[Value, Value], Value], x: Number, y: Number,
                   corners: Sequence[tuple[Value, Value]], lost: str | None) -> Number:
        """The rounded result, bounded by the exact results at the corners."""
        for value in (x, y):
            if isinstance(value, Fraction) and not self.contract.represents(value):
                raise NotTranslated(f"{value} is not a number of the format, but is computed with")
        sort = f"(_ FloatingPoint {self._wide.exponent} {self._wide.significand})"

        def widened(mode: str) -> str:
            return self.name(f"({symbol} {mode} {self._widened(x, self._wide)} "
                             f"{self._widened(y, self._wide)})", sort)

        if symbol == "fp.add" and self.grid.exponent > self.grid.significand:
            # z3 does not add numbers with more exponent than significand bits.
            r = self.name(f"((_ to_fp {self.grid.exponent} {self.grid.significand}) {self._mode} "
                          f"{widened(self._mode)})")
        else:
            r = self.name(f"({symbol} {self._mode} {self.text(x)} {self.text(y)})")
        if lost is not None:
            self._report("(" + lost.format(r=r, y=self.text(y)) + ")")
        ends = [_or_zero(exact, a, b) for a, b in corners]
        low, high = min(ends), max(ends)
        if symbol == "fp.add" and lost is not None:
            low, high = -math.inf, math.inf

        return self._within(r, low, high, lambda: self._beyond(widened("RTN"), self._wide))

    def _beyond(self, wide: str, grid: Float) -> str:
        """Is this number, rounded downwards to the format's steps, above its largest number?"""
        # One more step of the largest exponent; rounding down stays below anything smaller.
        step = Fraction(2) ** self.grid.spacing(self.grid.largest)
        return f"(fp.geq {wide} {self.text(self.grid.largest + step, grid)})"

    def _within(self, r: str, low: Value, high: Value, overflows: Callable[[], str]) -> Term:
        """IEEE's result r with the contract's overflow; low and high bound the exact result."""
        largest = self.grid.largest
        if (low < -largest or high > largest) and self.contract.overflow == "saturate":
            r = self.name(f"(ite (fp.isInfinite {r}) (ite (fp.isPositive {r}) "
                          f"{self.text(largest)} {self.text(-largest)}) {r})")
        elif high > largest and self.contract.rounding == "floor":
            r = self.name(f"(ite {overflows()} {self.text(math.inf)} {r})")
        return Term(r, self.contract.round(low), self.contract.round(high))

    def _widened(self, x: Number, grid: Float) -> str:
        if not isinstance(x, Term):
            return self.text(x, grid)
        sort = f"(_ FloatingPoint {grid.exponent} {grid.significand})"
        # Exact, whatever the mode: every number of the format is one of the wide format.
        return self.name(f"((_ to_fp {grid.exponent} {grid.significand}) RNE {x.text})", sort)


def _bounds(x: Number) -> tuple[Value, Value]:
    return (x.low, x.high) if isinstance(x, Term) else (x, x)


def _reaches_infinity(x: Number) -> bool:
    low, high = _bounds(x)
    return low == -math.inf or high == math.inf


def _or_zero(exact: Callable[[Value, Value], Value], x: Value, y: Value) -> Value:
    """The exact result; where there is none, as 0 * infinity, results near it are around 0."""
    try:
        return exact(x, y)
    except NotANumber:
        return ZERO


def _literal(x: Fraction, grid: Float) -> str:
    """A number of the format as sign, exponent and significand without its hidden bit."""
    lowest = 2 - (1 << (grid.exponent - 1))
    sign = "1" if x < 0 else "0"
    e = max(binary_exponent(abs(x)), lowest) if x else lowest
    significand = abs(x) / Fraction(2) ** (e - grid.significand + 1)
    if significand.denominator != 1 or significand >= 1 << grid.significand:
        raise ValueError(f"{x} is not a number of the format")
    hidden = 1 << (grid.significand - 1)
    biased = e - lowest + 1 if significand >= hidden else 0
    return (f"(fp #b{sign} #b{biased:0{grid.exponent}b} "
            f"#b{int(significand) % hidden:0{grid.significand - 1}b})")


def _exponentials(contract: Contract) -> list[tuple[Value, Value]]:
    """The steps of the rounded exponential: the first argument with each result, then that."""
    grid = contract.grid
    if not isinstance(grid, Float):
        raise NotTranslated("the exponential of a number that is not floating point")
    if grid.exponent + grid.significand > MAX_EXP_BITS:
        raise NotTranslated(f"the exponential of numbers of {grid.exponent + grid.significand} "
                            f"bits; it is a table, of at most {MAX_EXP_BITS} bits")
    steps: list[tuple[Value, Value]] = [(-math.inf, contract.exp(-math.inf))]
    arguments: list[Value] = [*numbers(grid), math.inf]
    for x in arguments:
        result = contract.exp(x)
        if result != steps[-1][1]:
            steps.append((x, result))
    return steps


def numbers(grid: Float) -> Iterator[Fraction]:
    """All finite numbers of a small format, ascending."""
    hidden = 1 << (grid.significand - 1)
    lowest = 2 - (1 << (grid.exponent - 1))
    positive = [Fraction(k) * Fraction(2) ** (lowest - grid.significand + 1)
                for k in range(1, hidden)]
    for e in range(lowest, 1 << (grid.exponent - 1)):
        positive += [Fraction(k) * Fraction(2) ** (e - grid.significand + 1)
                     for k in range(hidden, 2 * hidden)]
    yield from (-x for x in reversed(positive))
    yield ZERO
    yield from positive
