"""How the values of an s-operator are held in a model: as forms, made when they are asked for.

`function(g)` is the form that at each position is g of the value there, for any g from values to
numbers; everything else is a case of it: the number itself, or whether the value is v. A function
costs nothing on letters (it is an embedding), on a value that a head fetched (it is applied before
it is fetched), and if it is linear on a number; otherwise a network with a hidden unit per bend.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from expressivity.programs.rasp import domains
from expressivity.programs.rasp.circuit import Circuit
from expressivity.programs.rasp.domains import Domain, Grid, Listed
from expressivity.programs.rasp.forms import LETTER, ZERO, Form, combined
from expressivity.programs.rasp.values import Number, Value, ordered
from languages.errors import InputError, LimitError

Function: TypeAlias = Callable[[Value], Number]
MAX_PAIRS = 1_000_000
"""The most pairs of values on which a function of two arguments is tabulated."""


class Context:
    """The circuit under construction, and the longest input if there is one.

    `bounded` becomes True when something is built that is right up to that length only.
    """

    def __init__(self, circuit: Circuit, length: int | None) -> None:
        self.circuit = circuit
        self.length = length
        self.bounded = False
        self.made = 0

    def gap(self, domain: Grid, offset: Number) -> Number | None:
        """How close a value can come to the offset, if that is known."""
        found, by_length = domains.gap(domain, offset, self.length)
        self.bounded |= by_length
        return found


class Representation(ABC):
    """The values of an s-operator; `where` names it in errors."""

    def __init__(self, context: Context, domain: Domain, where: str) -> None:
        self.context = context
        self.domain = domain
        self.where = where
        self.serial = context.made
        context.made += 1

    @abstractmethod
    def function(self, g: Function) -> Form:
        """g of the value."""

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """All values; InputError if they are not known to be finitely many."""
        found = domains.listed(self.domain, self.context.length)
        if found is None:
            hint = ("give the longest length" if self.context.length is None
                    else "use operators and comparisons, not functions of Python")
            raise InputError(f"{self.where} takes values that are not known one by one: {hint}")
        if isinstance(self.domain, Grid) and (self.domain.by_length or self.domain.widths):
            self.context.bounded = True
        return found

    @property
    def unbounded(self) -> bool:
        """Are the values not known one by one, or only up to the longest length?"""
        return isinstance(self.domain, Grid) and (
            self.domain.by_length or bool(self.domain.widths)
            or domains.listed(self.domain, None) is None)

    def table(self, numbers: Mapping[Value, Number]) -> Form:
        """The number that the table has for the value."""
        return self.function(lambda v: numbers[v])

    def among(self, members: Collection[Value]) -> Form:
        """1 where the value is one of these, else 0."""
        return self.function(lambda v: int(v in members))

    def number(self) -> Form:
        """The value, a number; 0 where it is None."""
        return self.function(_number)

    def none(self) -> Form:
        """1 where the value is None, else 0."""
        return self.among([None]) if self.domain.none else ZERO

    def present(self) -> Form:
        """1 where there is a value, else 0."""
        return LETTER - self.none()

    def truth(self) -> Form:
        """1 where the value is true; 0 where it is not, or None."""
        return self.function(lambda v: int(bool(v)))


def _number(value: Value) -> Number:
    if isinstance(value, int | Fraction):
        return value
    if value is None:
        return 0
    raise InputError(f"{value!r} is not a number")


class Indicators(Representation):
    """A form for each value, 1 where it is the value."""

    def __init__(self, context: Context, forms: Mapping[Value, Form], where: str) -> None:
        super().__init__(context, Listed(ordered(forms)), where)
        self._forms = forms

    def function(self, g: Function) -> Form:
        return combined((g(v), form) for v, form in self._forms.items())


class Numeric(Representation):
    """A form that is the number, and 0 where the value is None; there, `none` is 1."""

    def __init__(self, context: Context, domain: Domain, form: Form, none: Form,
                 where: str) -> None:
        super().__init__(context, domain, where)
        self._form = form
        self._none = none

    def number(self) -> Form:
        return self._form

    def none(self) -> Form:
        return self._none

    def truth(self) -> Form:
        if self.domain.truth_values:
            return self._form
        if isinstance(self.domain, Listed):
            return super().truth()
        return compared(self, "!=", 0, bool, self.where).number()

    def function(self, g: Function) -> Form:
        points = [(v, g(v)) for v in self.values if isinstance(v, int | Fraction)]
        if not points:
            return g(None) * LETTER
        found, at_zero = self.context.circuit.piecewise(self._form, points)
        return found + (g(None) - at_zero) * self._none if self.domain.none else found


class Mapped(Representation):
    """A function of another s-operator, given by its table."""

    def __init__(self, inner: Representation, table: Mapping[Value, Value], where: str) -> None:
        super().__init__(inner.context, Listed(ordered(table.values())), where)
        self._inner = inner
        self._table = table

    def function(self, g: Function) -> Form:
        return self._inner.function(lambda v: g(self._table[v]))


class Paired(Representation):
    """A function of two s-operators, given by its table."""

    def __init__(self, left: Representation, right: Representation,
                 table: Mapping[tuple[Value, Value], Value], where: str) -> None:
        super().__init__(left.context, Listed(ordered(table.values())), where)
        self._left, self._right = left, right
        self._table = table

    def function(self, g: Function) -> Form:
        rows = [[g(self._table[u, v]) for v in self._right.values] for u in self._left.values]
        columns = [list(column) for column in zip(*rows, strict=True)]
        by_row, by_column = _Rows(self._left, self._right, rows), _Rows(self._right, self._left,
                                                                       columns)
        return min(by_row, by_column, key=lambda x: x.cost).form(self.context.circuit)


@dataclass
class _Rows:
    """h(u, v) as a sum: a row h(u0, v) that many u have, up to a constant, and for each other kind
    of row a hidden unit ReLU(difference(v) + M [u is of this kind] - M), M being large enough.
    """

    outer: Representation
    inner: Representation
    rows: Sequence[Sequence[Number]]

    @cached_property
    def kinds(self) -> dict[tuple[Number, ...], list[int]]:
        """Rows minus their first entries, and who has them."""
        found: dict[tuple[Number, ...], list[int]] = {}
        for number, row in enumerate(self.rows):
            found.setdefault(tuple(x - row[0] for x in row), []).append(number)
        return found

    @property
    def cost(self) -> int:
        """Hidden units, but for those of the functions of one argument."""
        return len(self.kinds) - 1

    def form(self, circuit: Circuit) -> Form:
        """The function's form."""
        usual = Counter({kind: len(who) for kind, who in self.kinds.items()}).most_common(1)[0][0]
        offset = {u: row[0] for u, row in zip(self.outer.values, self.rows, strict=True)}
        parts = [(1, self._of_inner(usual))]
        for kind, who in self.kinds.items():
            if kind != usual:
                difference = [x - y for x, y in zip(kind, usual, strict=True)]
                low = min(difference)
                members = {self.outer.values[k] for k in who}
                for u in members:
                    offset[u] += low
                inside = self.outer.among(members)
                height = max(difference) - low
                raised = self._of_inner([x - low for x in difference])
                parts.append((1, circuit.unit(raised + height * (inside - LETTER))))
        return combined([*parts, (1, self.outer.table(offset))])

    def _of_inner(self, row: Sequence[Number]) -> Form:
        return self.inner.table(dict(zip(self.inner.values, row, strict=True)))


def pairs(left: Representation, right: Representation, where: str) -> list[tuple[Value, Value]]:
    """All pairs of values; LimitError if there are too many."""
    count = len(left.values) * len(right.values)
    if count > MAX_PAIRS:
        raise LimitError(f"{where}: pairs of values", count, MAX_PAIRS,
                         "MAX_PAIRS, or do with a smaller length")
    return [(u, v) for u in left.values for v in right.values]


def compared(x: Representation, order: str, bound: Number, holds: Callable[[Number], bool],
             where: str) -> Representation:
    """Whether x stands in this order to a number; `holds` decides it for one value."""
    domain = domains.grid_of(x.domain, where)
    if isinstance(x.domain, Listed) or (not x.unbounded and len(x.values) <= 3):
        return Mapped(x, {v: None if v is None else int(holds(_number(v))) for v in x.values},
                      where)
    context, offset = x.context, x.number() - bound * LETTER
    gap = context.gap(domain, bound)

    def beyond(form: Form) -> Form:
        return context.circuit.positive(form, gap)

    made = {">": lambda: beyond(offset),
            "<": lambda: beyond(-offset),
            ">=": lambda: LETTER - beyond(-offset),
            "<=": lambda: LETTER - beyond(offset),
            "==": lambda: LETTER - beyond(offset) - beyond(-offset),
            "!=": lambda: beyond(offset) + beyond(-offset)}[order]()
    if domain.none:
        made -= int(holds(0)) * x.none()
    values: tuple[Value, ...] = (0, 1, None) if domain.none else (0, 1)
    return Numeric(context, Listed(values), made, x.none(), where)


def any_none(parts: Sequence[Representation]) -> Form:
    """1 where one of these is None."""
    flags = {x.none().key: x.none() for x in parts if x.domain.none}
    if len(flags) <= 1:
        return next(iter(flags.values()), ZERO)
    circuit = parts[0].context.circuit
    return LETTER - circuit.unit(LETTER - combined((1, flag) for flag in flags.values()))


def truth_value(form: Form, none: Form, parts: Sequence[Representation],
                where: str) -> Representation:
    """A truth value that is None where one of the parts is."""
    maybe = any(x.domain.none for x in parts)
    return Numeric(parts[0].context, Listed((0, 1, None) if maybe else (0, 1)), form, none, where)
