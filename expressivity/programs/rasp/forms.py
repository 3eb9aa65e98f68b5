"""Linear forms over what the sublayers of a model compute.

A variable is a number that a model has at each position of its input: given by the embedding, a
hidden unit of a network, or a component of the result of a head. A form is a linear combination of
variables without a constant. What a program computes is a form; weights are made of forms only in
the end (`assembly`), when it is known which of them are read: each becomes one dimension of the
residual stream, to which every sublayer adds its part.

A variable has a time: 0 for the embedding, odd numbers for attention and even ones for networks,
in the order of the sublayers. It also has a known value at the begin marker. The forms that stand
for values of a program are 0 there (`settled`), which is why forms need no constants: the
variable LETTER, 1 at letters and 0 at the marker, takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, TypeAlias

from expressivity.programs.rasp.values import Number

Mask = Literal["none", "future", "strict-future"]
Key: TypeAlias = frozenset[tuple["Variable", Number]]


class Variable:
    """A number at each position; compared by identity. `time` is that of its sublayer."""

    time: int = 0
    begin: Number = 0


@dataclass(frozen=True, eq=False)
class Symbol(Variable):
    """1 at the letter with this number, else 0; -1 stands for every letter, -2 for the marker."""

    number: int

    # The number decides it; for other variables it is a field.
    @property
    def begin(self) -> Number:  # type: ignore[override]
        """The value at the begin marker."""
        return int(self.number == -2)

    def symbols(self, letters: int) -> Sequence[int]:
        """Where it is 1: numbers of symbols, the begin marker coming after the letters."""
        return range(letters) if self.number == -1 else (self.number % (letters + 2),)


@dataclass(frozen=True, eq=False)
class Power(Variable):
    """i^exponent at position i of the marked input (the begin marker is at 0), exponent >= 1."""

    exponent: int


@dataclass(frozen=True, eq=False)
class Reciprocal(Variable):
    """1 / (i + 1) at position i of the marked input."""

    begin = 1


class Form:
    """A linear combination of variables. `terms` has no zero coefficients."""

    def __init__(self, terms: Mapping[Variable, Number]) -> None:
        self.terms = terms

    def __add__(self, other: Form) -> Form:
        return combined([(1, self), (1, other)])

    def __sub__(self, other: Form) -> Form:
        return combined([(1, self), (-1, other)])

    def __neg__(self) -> Form:
        return self * -1

    def __mul__(self, factor: Number) -> Form:
        return Form({x: c * factor for x, c in self.terms.items()} if factor else {})

    __rmul__ = __mul__

    @cached_property
    def key(self) -> Key:
        """Equal forms have equal keys."""
        return frozenset(self.terms.items())

    @cached_property
    def time(self) -> int:
        """The sublayer after which the form is known."""
        return max((x.time for x in self.terms), default=0)

    @cached_property
    def begin(self) -> Number:
        """The value at the begin marker."""
        return sum(c * x.begin for x, c in self.terms.items())


def combined(parts: Iterable[tuple[Number, Form]]) -> Form:
    """The sum of the forms with these factors."""
    terms: dict[Variable, Number] = {}
    for factor, form in parts:
        if factor:
            for x, c in form.terms.items():
                total = terms.get(x, 0) + factor * c
                if total:
                    terms[x] = total
                else:
                    del terms[x]
    return Form(terms)


LETTER: Final = Form({Symbol(-1): 1})
BEGIN: Final = Form({Symbol(-2): 1})
ZERO: Final = Form({})


def settled(form: Form) -> Form:
    """The form, made 0 at the begin marker."""
    return form - form.begin * BEGIN if form.begin else form


@dataclass(frozen=True, eq=False)
class Unit(Variable):
    """A hidden unit: ReLU(gate) * factor, or ReLU(gate) alone."""

    gate: Form
    factor: Form | None
    time: int
    begin: Number


@dataclass(frozen=True, eq=False)
class Head:
    """A head: the score is the sum over the rows of query(i) * key(j)."""

    mask: Mask
    rows: tuple[tuple[Form, Form], ...]
    time: int


@dataclass(frozen=True, eq=False)
class Column(Variable):
    """The average of a value over the positions that a head selects."""

    head: Head
    value: Form
    time: int
    begin: Number


def exactly(value: Number) -> int | str:
    """The number as a weight in a file."""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return int(value)
