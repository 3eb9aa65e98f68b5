"""Random RASP programs, numbers and texts kept apart, with functions that are total."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from expressivity.programs.rasp import (
    Aggregate,
    And,
    Compare,
    Comparison,
    Full,
    Linear,
    Map,
    Not,
    Or,
    Product,
    Select,
    Selector,
    SelectorAnd,
    SelectorNot,
    SelectorOr,
    SelectorWidth,
    SequenceMap,
    SOp,
    indices,
    tokens,
)

ALPHABET = "ab"
ORDERS = ("==", "!=", "<", "<=", ">", ">=")


def code(x: Any) -> int:
    """Some integer for every value."""
    if isinstance(x, str):
        return sum(map(ord, x))
    if isinstance(x, tuple):
        return sum(map(code, x))
    return x.numerator * 3 + x.denominator


def to_number(a: int, b: int) -> Callable[..., object]:
    """A function of values whose results are numbers, or None."""
    results: list[object] = [0, 1, Fraction(1, 2), -2, None]
    return lambda *xs: results[(a * sum((k + 1) * code(x) for k, x in enumerate(xs)) + b) % 5]


def to_text(a: int, b: int) -> Callable[..., object]:
    """A function of values whose results are texts, tuples or None."""
    results: list[object] = ["a", "b", "cc", ("a", 1), None]
    return lambda *xs: results[(a * sum((k + 1) * code(x) for k, x in enumerate(xs)) + b) % 5]


def predicate(a: int, b: int) -> Callable[[Any, Any], bool]:
    """A predicate on any two values."""
    return lambda k, q: (a * code(k) + (b - 1) * code(q) + a * b) % 3 == 0


small = st.integers(0, 4)
constants = st.sampled_from([0, 1, 2, -1, Fraction(1, 2), Fraction(-2, 3)])
defaults = st.one_of(constants, st.none())


def _children(depth: int) -> st.SearchStrategy[SOp]:
    return st.one_of(numbers(depth - 1), texts(depth - 1))


def numbers(depth: int) -> st.SearchStrategy[SOp]:
    """S-operators whose values are numbers or None."""
    leaves = st.one_of(st.just(indices), st.builds(Full, constants))
    if not depth:
        return leaves
    inner, of_any = numbers(depth - 1), _children(depth)
    one_kind = st.one_of(st.tuples(inner, inner), st.tuples(texts(depth - 1), texts(depth - 1)))
    attending = [st.builds(Aggregate, selectors(depth - 1), inner, defaults, st.booleans()),
                 st.builds(SelectorWidth, selectors(depth - 1))]
    if depth == 1:
        return st.one_of(leaves, *attending, st.builds(Not, of_any))
    return st.one_of(
        *attending, *attending,
        st.builds(lambda a, b, x: Map(to_number(a, b), x), small, small, of_any),
        st.builds(lambda a, b, x, y: SequenceMap(to_number(a, b), x, y), small, small, of_any,
                  of_any),
        st.builds(lambda terms, c: Linear(tuple(terms), c),
                  st.lists(st.tuples(constants, inner), min_size=1, max_size=2), constants),
        st.builds(Product, inner, inner),
        st.builds(Compare, inner, st.sampled_from(ORDERS), inner),
        st.builds(lambda xy, order: Compare(xy[0], order, xy[1]), one_kind,
                  st.sampled_from(("==", "!="))),
        st.builds(lambda x, y: And((x, y)), of_any, of_any),
        st.builds(lambda x, y: Or((x, y)), of_any, of_any),
        st.builds(Not, of_any),
    )


def texts(depth: int) -> st.SearchStrategy[SOp]:
    """S-operators whose values are texts, tuples or None."""
    leaves = st.one_of(st.just(tokens), st.builds(Full, st.sampled_from(["a", "z"])))
    if not depth:
        return leaves
    inner, of_any = texts(depth - 1), _children(depth)
    return st.one_of(
        st.builds(lambda a, b, x: Map(to_text(a, b), x), small, small, of_any),
        st.builds(lambda a, b, x, y: SequenceMap(to_text(a, b), x, y), small, small, of_any,
                  of_any),
        st.builds(Aggregate, selectors(depth - 1), inner, st.sampled_from(["d", None, 0])),
    )


def selectors(depth: int) -> st.SearchStrategy[Selector]:
    """Selectors over s-operators of this depth."""
    of_any, number = st.one_of(numbers(depth), texts(depth)), numbers(depth)
    simple = st.one_of(
        st.builds(Select, number, number, st.sampled_from(list(Comparison))),
        st.builds(Select, st.just(indices), st.just(indices), st.sampled_from(list(Comparison))),
        st.builds(Select, of_any, of_any, st.sampled_from(
            [Comparison.EQ, Comparison.NEQ, Comparison.TRUE])),
        st.builds(lambda x, y, a, b: Select(x, y, predicate(a, b)), of_any, of_any, small, small),
    )
    return st.one_of(
        simple,
        st.builds(SelectorAnd, simple, simple),
        st.builds(SelectorOr, simple, simple),
        st.builds(SelectorNot, simple),
    )
