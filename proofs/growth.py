"""Growth of a resource with the input length n: exact integers and Theta classes, totally ordered.

A *point* is an exact non-negative integer, a class Theta(n^a log^b n loglog^c n), or one of the
named suprema `O(1)`, `polylog(n)`, `poly(n)`, `quasipoly(n)`, `exp(n)`, which bound intervals from
above and are attained by no single growth rate, or `unbounded`, the top. Constant factors and
lower-order terms of a Theta class are forgotten; those of constants are not.

The grammar, read by hand and never evaluated:

    growth  := "unbounded" | "const" | sum
    sum     := product ("+" product)*
    product := power ("*" power)*
    power   := atom ("^" number)?           number: 3 or 1/2
    atom    := integer | "n" | "(" sum ")" | name "(" sum ")"
    name    := log | loglog | sqrt | polylog | poly | quasipoly | exp | O

`log` stands for `log(n)`, and likewise for the other names but `O`. `O(e)` is the point of e
itself, except that `O(k)` for an integer k is the supremum of all constants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

MAX_TEXT = 200
MAX_NESTING = 20
MAX_DIGITS = 18
MAX_EXPONENT = 1000

_CONST, _SUP_CONST, _THETA, _POLY, _QUASI, _EXP, _TOP = range(7)


class GrowthError(ValueError):
    """The text is not a growth expression; says what was found and where."""


@dataclass(frozen=True, order=True)
class Growth:
    """A point of the order. `key` starts with its level; comparison is lexicographic."""

    key: tuple[int | Fraction, ...]

    @property
    def is_supremum(self) -> bool:
        """True for the named suprema, which no single growth rate attains."""
        return self.key[0] in (_SUP_CONST, _POLY, _QUASI, _EXP) or (
            self.key[0] == _THETA and self.key[2] == 1
        )

    @property
    def constant(self) -> int | None:
        """The exact value of a constant, else None."""
        return int(self.key[1]) if self.key[0] == _CONST else None

    def __str__(self) -> str:
        level = self.key[0]
        if level == _CONST:
            return str(self.key[1])
        if level != _THETA:
            return {_SUP_CONST: "O(1)", _POLY: "poly(n)", _QUASI: "quasipoly(n)",
                    _EXP: "exp(n)", _TOP: "unbounded"}[int(level)]
        _, a, supremum, b, c = self.key
        factors = [_power("n", a)] if a else []
        if supremum:
            factors.append("polylog(n)")
        factors += [_power("log(n)", b)] if b else []
        factors += [_power("loglog(n)", c)] if c else []
        return "*".join(factors)


def _power(base: str, exponent: int | Fraction) -> str:
    return base if exponent == 1 else f"{base}^{exponent}"


def constant(value: int) -> Growth:
    """The exact constant `value`."""
    return Growth((_CONST, value))


def theta(a: int | Fraction, b: int | Fraction = 0, c: int | Fraction = 0) -> Growth:
    """Theta(n^a log^b n loglog^c n), which must tend to infinity."""
    if (a, b, c) <= (0, 0, 0):
        raise GrowthError(f"n^{a}*log^{b}*loglog^{c} does not grow")
    return Growth((_THETA, Fraction(a), 0, Fraction(b), Fraction(c)))


O_1 = Growth((_SUP_CONST,))
POLYLOG = Growth((_THETA, Fraction(0), 1, Fraction(0), Fraction(0)))
POLY = Growth((_POLY,))
QUASIPOLY = Growth((_QUASI,))
EXP = Growth((_EXP,))
UNBOUNDED = Growth((_TOP,))


@dataclass(frozen=True)
class Interval:
    """All growth rates from `low` to `high`, ends included unless said open.

    A supremum as an end has no growth rate of its own, so its end is always open.
    """

    low: Growth
    high: Growth
    high_open: bool = False

    def __post_init__(self) -> None:
        single = self.low == self.high
        if self.low > self.high or (single and (self.high_open or self.low.is_supremum)):
            raise GrowthError(f"the interval {self} is empty")
        if self.high.is_supremum:
            object.__setattr__(self, "high_open", True)

    def __contains__(self, point: Growth) -> bool:
        return self.low <= point and (point < self.high or (point == self.high
                                                            and not self.high_open))

    def includes(self, other: Interval) -> bool:
        """Is every growth rate of `other` one of this interval?"""
        if other.low < self.low:
            return False
        if other.high < self.high:
            return True
        return other.high == self.high and (other.high_open or not self.high_open)

    def meets(self, other: Interval) -> bool:
        """Do the intervals share a growth rate?"""
        low = max(self.low, other.low)
        if self.high < other.high:
            high, high_open = self.high, self.high_open
        elif other.high < self.high:
            high, high_open = other.high, other.high_open
        else:
            high, high_open = self.high, self.high_open or other.high_open
        # Low ends are included, and where a low end is a supremum, growth rates lie just above it.
        return low < high or (low == high and not high_open)

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        mark = "<" if self.high_open and not self.high.is_supremum else ""
        return f"{self.low}..{mark}{self.high}"


def parse_interval(text: str) -> Interval:
    """`LOW..HIGH`, `LOW..<HIGH` (open above) or a single point."""
    if ".." not in text:
        point = parse(text)
        return Interval(constant(0), point) if point.is_supremum else Interval(point, point)
    low, high = text.split("..", 1)
    high_open = high.startswith("<")
    return Interval(parse(low), parse(high[1:] if high_open else high), high_open)


def parse(text: str) -> Growth:
    """The point that `text` denotes.

    Raises:
        GrowthError: with the place and what was expected.
    """
    if len(text) > MAX_TEXT:
        raise GrowthError(f"growth expression of {len(text)} characters: at most {MAX_TEXT}")
    reader = _Reader(text)
    value = reader.sum(0)
    reader.end()
    return value


_TOKEN = re.compile(r"\s*(?:([0-9]+)|([A-Za-z]+)|(\S))", re.ASCII)
_NAMED = {"polylog": POLYLOG, "poly": POLY, "quasipoly": QUASIPOLY, "exp": EXP}


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(m.group(0).strip(), m.end() - len(m.group(0).strip()) + 1)
                       for m in _TOKEN.finditer(text)]
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def fail(self, expected: str) -> GrowthError:
        if self.at < len(self.tokens):
            got, place = self.tokens[self.at]
            where = f"got {got!r} at character {place}"
        else:
            where = "got the end"
        return GrowthError(f"growth expression {self.text!r}: {where}, expected {expected}")

    def take(self, token: str) -> bool:
        if self.peek() != token:
            return False
        self.at += 1
        return True

    def need(self, token: str) -> None:
        if not self.take(token):
            raise self.fail(repr(token))

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise self.fail("'+', '*', '^' or the end")

    def sum(self, depth: int) -> Growth:
        value = self.product(depth)
        while self.take("+"):
            try:
                value = _add(value, self.product(depth))
            except _NoProduct as error:
                raise self.fail(str(error)) from None
        return value

    def product(self, depth: int) -> Growth:
        value = self.power(depth)
        while self.peek() == "*":
            star = self.at
            self.at += 1
            if self.peek() == "*":
                raise self.fail("a factor (powers are written '^')")
            try:
                value = _multiply(value, self.power(depth))
            except _NoProduct as error:
                self.at = star
                raise self.fail(str(error)) from None
        return value

    def power(self, depth: int) -> Growth:
        value = self.atom(depth)
        if not self.take("^"):
            return value
        exponent = self.number()
        try:
            return _raise(value, exponent)
        except _NoProduct as error:
            raise self.fail(str(error)) from None

    def number(self) -> Fraction:
        numerator = self.integer("a number as the exponent")
        if self.take("/"):
            denominator = self.integer("a denominator")
            if denominator == 0:
                raise self.fail("a denominator that is not 0")
            value = Fraction(numerator, denominator)
        else:
            value = Fraction(numerator)
        if value > MAX_EXPONENT:
            raise self.fail(f"an exponent of at most {MAX_EXPONENT}")
        return value

    def integer(self, expected: str) -> int:
        token = self.peek()
        if not (token.isascii() and token.isdigit()):
            raise self.fail(expected)
        if len(token) > MAX_DIGITS:
            raise self.fail(f"an integer of at most {MAX_DIGITS} digits")
        self.at += 1
        return int(token)

    def atom(self, depth: int) -> Growth:
        if depth > MAX_NESTING:
            raise self.fail(f"at most {MAX_NESTING} nested brackets")
        token = self.peek()
        if token.isascii() and token.isdigit():
            return constant(self.integer("an integer"))
        if self.take("("):
            value = self.sum(depth + 1)
            self.need(")")
            return value
        if token in ("n", "unbounded", "const"):
            self.at += 1
            return {"n": theta(1), "unbounded": UNBOUNDED, "const": O_1}[token]
        if token == "O":
            return self.big_o(depth)
        if token in _NAMED:
            self.at += 1
            self.argument_n()
            return _NAMED[token]
        if token in ("log", "loglog", "sqrt"):
            return self.function(token, depth)
        raise self.fail("a number, n, log(n), loglog(n), sqrt(n), polylog(n), poly(n), "
                        "quasipoly(n), exp(n), O(...), const or unbounded")

    def big_o(self, depth: int) -> Growth:
        self.at += 1
        self.need("(")
        value = self.sum(depth + 1)
        self.need(")")
        return O_1 if value.constant is not None else value

    def argument_n(self) -> None:
        if self.take("("):
            self.need("n")
            self.need(")")

    def function(self, name: str, depth: int) -> Growth:
        start = self.at
        self.at += 1
        exponent = self.number() if self.take("^") else Fraction(1)
        value = theta(1)
        if self.take("("):
            value = self.sum(depth + 1)
            self.need(")")
        try:
            if name == "sqrt":
                return _raise(value, exponent / 2)
            result = _log(value)
            if name == "loglog":
                result = _log(result)
            return _raise(result, exponent)
        except _NoProduct as error:
            self.at = start
            raise self.fail(str(error)) from None


class _NoProduct(Exception):
    """An operation on points that has no point as its result."""


def _add(left: Growth, right: Growth) -> Growth:
    a, b = left.constant, right.constant
    if a is not None and b is not None:
        if len(str(a + b)) > MAX_DIGITS:
            raise _NoProduct(f"a sum of at most {MAX_DIGITS} digits")
        return constant(a + b)
    return max(left, right)


def _multiply(left: Growth, right: Growth) -> Growth:
    if constant(0) in (left, right):
        return constant(0)
    a, b = left.constant, right.constant
    if a is not None and b is not None:
        if len(str(a * b)) > MAX_DIGITS:
            raise _NoProduct(f"a product of at most {MAX_DIGITS} digits")
        return constant(a * b)
    low, high = sorted((left, right))
    if high.key[0] != _THETA or low.key[0] != _THETA:
        return high  # constants drown; a supremum absorbs what lies below it
    exponents = [x + y for x, y in zip(low.key[1:], high.key[1:], strict=True)]
    if exponents[1]:
        return _bounded(Growth((_THETA, Fraction(exponents[0]), 1, Fraction(0), Fraction(0))))
    return _bounded(theta(exponents[0], exponents[2], exponents[3]))


def _bounded(value: Growth) -> Growth:
    """The point, if it can be written down again."""
    exponents = [Fraction(e) for e in value.key[1:]]
    if any(abs(e) > MAX_EXPONENT or len(str(e)) > 2 * MAX_DIGITS for e in exponents):
        raise _NoProduct(f"exponents of at most {MAX_EXPONENT}")
    return value


def _raise(value: Growth, exponent: Fraction) -> Growth:
    if exponent == 0:
        return constant(1)
    if value.key[0] == _THETA:
        _, a, supremum, b, c = value.key
        if supremum:
            return _bounded(Growth((_THETA, a * exponent, 1, Fraction(0), Fraction(0))))
        return _bounded(theta(a * exponent, b * exponent, c * exponent))
    k = value.constant
    if k is None:
        return value  # O(1)^e, poly^e, ... are themselves
    if exponent.denominator != 1:
        raise _NoProduct("an integer exponent on an integer")
    # 2 ** 100 already has more digits than allowed, so no large power is ever computed.
    if k > 1 and (exponent > 100 or len(str(k ** int(exponent))) > MAX_DIGITS):
        raise _NoProduct(f"a power of at most {MAX_DIGITS} digits")
    return constant(k ** int(exponent))


def _log(value: Growth) -> Growth:
    if value.key[0] == _THETA:
        _, a, supremum, b, _c = value.key
        if a:
            return theta(0, 1)
        if b or supremum:
            return theta(0, 0, 1)
    if value.key[0] == _POLY:
        return theta(0, 1)
    raise _NoProduct("an argument of log that grows like a power of n or of log(n)")
