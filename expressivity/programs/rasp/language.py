"""RASP embedded in Python: s-operators and selectors.

An s-operator maps a sequence of tokens to a sequence of values of the same length; a selector maps
it to a relation between positions. Both are built from `tokens` and `indices` (0, 1, 2, ...):

    Map, SequenceMap            a function, position by position
    Linear, Product, Compare    x + 2*y - 1, x * y, x < y ...: what the operators of Python make
    And, Or, Not                truth values, as & | ~
    Select                      j is selected at i if predicate(keys[j], queries[i])
    Aggregate                   the average of the selected values, or the value they share
    SelectorWidth               the number of selected positions

None (no value) makes the result of a position-wise operator None, and is never selected by a
Select. `interpreter` says exactly what everything means.

Weiss, Goldberg, Yahav, "Thinking like transformers" (ICML 2021).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias

from expressivity.programs.rasp.values import Number, Value, exact, is_number, number
from languages.errors import InputError

Order = Literal["==", "!=", "<", "<=", ">", ">="]
ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge}


class Node:
    """An s-operator or a selector. Nodes are compared by identity."""

    def __repr__(self) -> str:
        return type(self).__name__

    def __bool__(self) -> bool:
        raise InputError(f"{self!r} has no truth value before it runs: write & | ~ for and, or, "
                         "not, and a < b separately from b < c")


def _check(node: Node, kind: type[Node], *parts: object) -> None:
    for part in parts:
        if not isinstance(part, kind):
            expected = "an s-operator" if kind is SOp else "a selector"
            raise InputError(f"{node!r}: got {part!r}, expected {expected}")


def _check_function(node: Node, function: object) -> None:
    if not callable(function) or isinstance(function, Node):
        raise InputError(f"{node!r}: got {function!r}, expected a function")


class SOp(Node):
    """An s-operator: one value per position."""

    # As in RASP, == and != compare the values at each position and give an s-operator, where
    # Python expects a truth value.
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> SOp:  # type: ignore[override]
        return Compare(self, "==", lifted(other))

    def __ne__(self, other: object) -> SOp:  # type: ignore[override]
        return Compare(self, "!=", lifted(other))

    def __lt__(self, other: object) -> SOp:
        return Compare(self, "<", lifted(other))

    def __le__(self, other: object) -> SOp:
        return Compare(self, "<=", lifted(other))

    def __gt__(self, other: object) -> SOp:
        return Compare(self, ">", lifted(other))

    def __ge__(self, other: object) -> SOp:
        return Compare(self, ">=", lifted(other))

    def __add__(self, other: object) -> SOp:
        return _sum(1, self, 1, other)

    def __radd__(self, other: object) -> SOp:
        return _sum(1, self, 1, other)

    def __sub__(self, other: object) -> SOp:
        return _sum(1, self, -1, other)

    def __rsub__(self, other: object) -> SOp:
        return _sum(-1, self, 1, other)

    def __neg__(self) -> SOp:
        return Linear(((-1, self),), 0)

    def __mul__(self, other: object) -> SOp:
        if isinstance(other, SOp):
            return Product(self, other)
        return Linear(((number(other, "factor"), self),), 0)

    def __rmul__(self, other: object) -> SOp:
        return self * other

    def __truediv__(self, other: object) -> SOp:
        if isinstance(other, SOp):
            return SequenceMap(divided, self, other)
        divisor = number(other, "divisor")
        if not divisor:
            raise InputError("divisor: got 0, expected another number")
        return Linear(((1 / Fraction(divisor), self),), 0)

    def __rtruediv__(self, other: object) -> SOp:
        return SequenceMap(divided, lifted(other), self)

    def __and__(self, other: object) -> SOp:
        return And((*_operands(And, self), *_operands(And, lifted(other))))

    def __rand__(self, other: object) -> SOp:
        return And((lifted(other), *_operands(And, self)))

    def __or__(self, other: object) -> SOp:
        return Or((*_operands(Or, self), *_operands(Or, lifted(other))))

    def __ror__(self, other: object) -> SOp:
        return Or((lifted(other), *_operands(Or, self)))

    def __invert__(self) -> SOp:
        return Not(self)


class Selector(Node):
    """A relation: which positions j are selected at position i."""

    def __and__(self, other: Selector) -> Selector:
        return SelectorAnd(self, other)

    def __or__(self, other: Selector) -> Selector:
        return SelectorOr(self, other)

    def __invert__(self) -> Selector:
        return SelectorNot(self)


class Comparison(Enum):
    """Predicates between a key and a query whose meaning the compiler knows."""

    EQ = "=="
    NEQ = "!="
    LT = "<"
    LEQ = "<="
    GT = ">"
    GEQ = ">="
    TRUE = "true"
    FALSE = "false"

    def __call__(self, key: Value, query: Value) -> bool:
        if self is Comparison.TRUE or self is Comparison.FALSE:
            return self is Comparison.TRUE
        return ORDERS[self.value](key, query)


Predicate: TypeAlias = Comparison | Callable[[Any, Any], object]


@dataclass(frozen=True, eq=False, repr=False)
class Tokens(SOp):
    """The input."""


@dataclass(frozen=True, eq=False, repr=False)
class Indices(SOp):
    """The position, from 0."""


@dataclass(frozen=True, eq=False, repr=False)
class Full(SOp):
    """The same value everywhere."""

    value: Value

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", exact(self.value, "Full"))


@dataclass(frozen=True, eq=False, repr=False)
class Map(SOp):
    """function(x) where x is not None."""

    function: Callable[[Any], object]
    operand: SOp

    def __post_init__(self) -> None:
        _check(self, SOp, self.operand)
        _check_function(self, self.function)


@dataclass(frozen=True, eq=False, repr=False)
class SequenceMap(SOp):
    """function(x, y) where neither is None."""

    function: Callable[[Any, Any], object]
    left: SOp
    right: SOp

    def __post_init__(self) -> None:
        _check(self, SOp, self.left, self.right)
        _check_function(self, self.function)


@dataclass(frozen=True, eq=False, repr=False)
class Linear(SOp):
    """The sum of coefficient * x over the terms, plus a constant."""

    terms: tuple[tuple[Number, SOp], ...]
    constant: Number = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "constant", number(self.constant, "Linear"))
        terms = tuple((number(c, "Linear"), x) for c, x in self.terms)
        object.__setattr__(self, "terms", terms)
        _check(self, SOp, *(x for _, x in terms))


@dataclass(frozen=True, eq=False, repr=False)
class Product(SOp):
    """x * y, of numbers."""

    left: SOp
    right: SOp

    def __post_init__(self) -> None:
        _check(self, SOp, self.left, self.right)


@dataclass(frozen=True, eq=False, repr=False)
class Compare(SOp):
    """1 where the comparison holds, else 0."""

    left: SOp
    order: Order
    right: SOp

    def __post_init__(self) -> None:
        _check(self, SOp, self.left, self.right)
        if self.order not in ORDERS:
            raise InputError(f"Compare: order is {self.order!r}, expected one of "
                             + " ".join(ORDERS))


@dataclass(frozen=True, eq=False, repr=False)
class And(SOp):
    """1 where all operands are true (not 0 and not empty), else 0."""

    operands: tuple[SOp, ...]

    def __post_init__(self) -> None:
        _check(self, SOp, *self.operands)


@dataclass(frozen=True, eq=False, repr=False)
class Or(SOp):
    """1 where some operand is true, else 0."""

    operands: tuple[SOp, ...]

    def __post_init__(self) -> None:
        _check(self, SOp, *self.operands)


@dataclass(frozen=True, eq=False, repr=False)
class Not(SOp):
    """1 where the operand is not true, else 0."""

    operand: SOp

    def __post_init__(self) -> None:
        _check(self, SOp, self.operand)


@dataclass(frozen=True, eq=False, repr=False)
class Select(Selector):
    """j is selected at i if predicate(keys[j], queries[i]) and neither is None."""

    keys: SOp
    queries: SOp
    predicate: Predicate = Comparison.TRUE

    def __post_init__(self) -> None:
        _check(self, SOp, self.keys, self.queries)
        _check_function(self, self.predicate)


@dataclass(frozen=True, eq=False, repr=False)
class SelectorAnd(Selector):
    """Both."""

    left: Selector
    right: Selector

    def __post_init__(self) -> None:
        _check(self, Selector, self.left, self.right)


@dataclass(frozen=True, eq=False, repr=False)
class SelectorOr(Selector):
    """At least one."""

    left: Selector
    right: Selector

    def __post_init__(self) -> None:
        _check(self, Selector, self.left, self.right)


@dataclass(frozen=True, eq=False, repr=False)
class SelectorNot(Selector):
    """The complement; under a causal reading, among the positions that are visible."""

    operand: Selector

    def __post_init__(self) -> None:
        _check(self, Selector, self.operand)


@dataclass(frozen=True, eq=False, repr=False)
class Aggregate(SOp):
    """The average of the selected numbers; of other values, the one value that all of them have.

    Where nothing is selected, the default. With `unique` the values must agree even if they are
    numbers: it tells the compiler that the result is one of the operand's values. It is an error
    if several values are selected that neither agree nor have an average.
    """

    selector: Selector
    operand: SOp
    default: Value = None
    unique: bool = False

    def __post_init__(self) -> None:
        _check(self, Selector, self.selector)
        _check(self, SOp, self.operand)
        object.__setattr__(self, "default", exact(self.default, "Aggregate: default"))


@dataclass(frozen=True, eq=False, repr=False)
class SelectorWidth(SOp):
    """The number of selected positions."""

    selector: Selector

    def __post_init__(self) -> None:
        _check(self, Selector, self.selector)


tokens: Final = Tokens()
indices: Final = Indices()


def lifted(value: object) -> SOp:
    """An s-operator as it is; a value as the s-operator that has it everywhere."""
    return value if isinstance(value, SOp) else Full(exact(value, "operand"))


def divided(x: Any, y: Any) -> Fraction:
    """The exact quotient."""
    return Fraction(x) / Fraction(y)


def _sum(a: Number, left: SOp, b: Number, right: object) -> SOp:
    if isinstance(right, SOp):
        return Linear(((a, left), (b, right)), 0)
    if not is_number(exact(right, "summand")):
        raise InputError(f"summand: got {right!r}, expected a number or an s-operator")
    return Linear(((a, left),), b * number(right, "summand"))


def _operands(kind: type[And] | type[Or], x: SOp) -> tuple[SOp, ...]:
    return x.operands if isinstance(x, kind) else (x,)
