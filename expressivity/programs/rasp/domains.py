"""What is known of the values of an s-operator before it runs.

`Listed`: the values are among these. `Grid`: the values are numbers of the form m * step /
(w_1 ... w_k), m an integer, where the w are the widths of the selectors that averages were taken
over, each from 1 to the number of tokens; within bounds, if any are known, and perhaps None. A
step that is None says that no grid is known: averages of averages have one only up to a given
length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from expressivity.programs.rasp.values import Number, Value, is_number, ordered
from languages.errors import InputError, LimitError

MAX_VALUES = 20_000
"""The most values that are listed one by one."""


@dataclass(frozen=True)
class Listed:
    """These values, in the order of `ordered`."""

    values: tuple[Value, ...]

    @property
    def none(self) -> bool:
        """Can it be None?"""
        return None in self.values

    @property
    def numeric(self) -> bool:
        """Are all values but None numbers?"""
        return all(is_number(v) or v is None for v in self.values)

    @property
    def truth_values(self) -> bool:
        """Are all values but None 0 or 1?"""
        return all(v in (0, 1, None) for v in self.values)


@dataclass(frozen=True)
class Grid:
    """Numbers on a grid. `widths` identifies selectors; `by_length`: the bounds depend on the
    longest input.
    """

    step: Number | None
    low: Number | None
    high: Number | None
    widths: frozenset[object] = frozenset()
    none: bool = False
    by_length: bool = False

    @property
    def numeric(self) -> bool:
        """Are all values but None numbers?"""
        return True

    @property
    def truth_values(self) -> bool:
        """Are all values but None 0 or 1?"""
        return (self.step is not None and self.step % 1 == 0 and not self.widths
                and self.low is not None and self.high is not None
                and self.low >= 0 and self.high <= 1)


Domain: TypeAlias = Listed | Grid


def listed(domain: Domain, length: int | None) -> tuple[Value, ...] | None:
    """All values, or None if they are not known to be finitely many."""
    if isinstance(domain, Listed):
        return domain.values
    if domain.low is None or domain.high is None or domain.step is None:
        return None
    if len(domain.widths) > 1 or (domain.widths and length is None):
        return None
    found: set[Value] = {None} if domain.none else set()
    for width in range(1, (length or 1) + 1 if domain.widths else 2):
        step = Fraction(domain.step) / width
        first, last = math.ceil(domain.low / step), math.floor(domain.high / step)
        if len(found) + last - first > MAX_VALUES:
            raise LimitError("values of an s-operator", len(found) + last - first, MAX_VALUES,
                             "MAX_VALUES, or do with a smaller length")
        found |= {m * step for m in range(first, last + 1)}
    return ordered(v.numerator if isinstance(v, Fraction) and v.denominator == 1 else v
                   for v in found)


def gap(domain: Grid, offset: Number, length: int | None) -> tuple[Number | None, bool]:
    """How close to the offset a value can come without being equal; was the length needed?"""
    if domain.step is None or (domain.widths and length is None):
        return None, False
    step = common_step([domain.step, offset])
    return (step / Fraction(length or 1)**len(domain.widths), True) if domain.widths else (
        step, False)


def common_step(numbers: Sequence[Number]) -> Number:
    """The largest number of which all are multiples; 1 if all are 0."""
    denominator = math.lcm(*(Fraction(x).denominator for x in numbers))
    numerator = math.gcd(*(int(x * denominator) for x in numbers))
    return Fraction(numerator, denominator) if numerator else 1


def grid_of(domain: Domain, where: str) -> Grid:
    """The domain as a grid; InputError if it has values that are no numbers."""
    if isinstance(domain, Grid):
        return domain
    if not domain.numeric:
        wrong = next(v for v in domain.values if not is_number(v) and v is not None)
        raise InputError(f"{where}: an operand can be {wrong!r}, expected numbers")
    numbers = [v for v in domain.values if isinstance(v, int | Fraction)] or [0]
    return Grid(common_step(numbers), min(numbers), max(numbers), none=domain.none)


def linear(terms: Sequence[tuple[Number, Grid]], constant: Number) -> Grid:
    """The sum of multiples of these, at one position, plus a constant."""
    none, terms = any(d.none for _, d in terms), [(c, d) for c, d in terms if c]
    step: Number | None = common_step(
        [constant, *(c * d.step for c, d in terms if d.step is not None)])
    if any(d.step is None for _, d in terms):
        step = None
    low = high = constant
    lows: list[Number | None] = [d.low if c > 0 else d.high for c, d in terms]
    highs: list[Number | None] = [d.high if c > 0 else d.low for c, d in terms]
    return Grid(step, _total(low, terms, lows), _total(high, terms, highs),
                frozenset[object]().union(*(d.widths for _, d in terms)),
                none, any(d.by_length for _, d in terms))


def _total(constant: Number, terms: Sequence[tuple[Number, Grid]],
           ends: Sequence[Number | None]) -> Number | None:
    total: Number = constant
    for (c, _), end in zip(terms, ends, strict=True):
        if end is None:
            return None
        total += c * end
    return total


def product(x: Grid, y: Grid, length: int | None) -> Grid:
    """The products, at one position."""
    if x.widths & y.widths:
        y = without_widths(y, length)
    low: Number | None = None
    high: Number | None = None
    ends = (x.low, x.high, y.low, y.high)
    if None not in ends:
        corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)
                   if a is not None and b is not None]
        low, high = min(corners), max(corners)
    elif x.low is not None and y.low is not None and x.low >= 0 and y.low >= 0:
        low = x.low * y.low
    step = None if x.step is None or y.step is None else x.step * y.step
    return Grid(step, low, high, x.widths | y.widths, x.none or y.none,
                x.by_length or y.by_length)


def without_widths(domain: Grid, length: int | None) -> Grid:
    """A grid that does not depend on widths: every width divides the lcm of 1, ..., length."""
    if not domain.widths:
        return domain
    if domain.step is None or length is None:
        return replace(domain, step=None, widths=frozenset())
    multiple = math.lcm(*range(1, length + 1))
    return replace(domain, step=domain.step / Fraction(multiple)**len(domain.widths),
                   widths=frozenset(), by_length=True)


def average(domain: Grid, selector: object, default: Value, where: str,
            length: int | None) -> Grid:
    """Averages over a selector, or the default."""
    domain = without_widths(domain, length)
    ends = [default] if default is not None else []
    for end in ends:
        if not isinstance(end, int | Fraction):
            raise InputError(f"{where}: the default is {end!r}, expected a number or None beside "
                             "averages of numbers")
    numbers = [x for x in ends if isinstance(x, int | Fraction)]
    step = None if domain.step is None else common_step([domain.step, *numbers])
    low = None if domain.low is None else min([domain.low, *numbers])
    high = None if domain.high is None else max([domain.high, *numbers])
    return Grid(step, low, high, frozenset({selector}), domain.none or default is None,
                domain.by_length)
