"""From RASP to forms: the representation of every s-operator of a program.

Equal expressions are built once, wherever they occur.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast

from expressivity.programs.rasp import domains
from expressivity.programs.rasp.attention import Attention, aggregated, causally, selected
from expressivity.programs.rasp.circuit import Circuit
from expressivity.programs.rasp.domains import Grid, Listed
from expressivity.programs.rasp.forms import LETTER, ZERO, combined
from expressivity.programs.rasp.interpreter import apply, selects
from expressivity.programs.rasp.language import (
    ORDERS,
    Aggregate,
    And,
    Compare,
    Full,
    Indices,
    Linear,
    Map,
    Node,
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
    Tokens,
)
from expressivity.programs.rasp.representation import (
    Context,
    Indicators,
    Mapped,
    Numeric,
    Paired,
    Representation,
    any_none,
    compared,
    pairs,
    truth_value,
)
from expressivity.programs.rasp.selectors import (
    Polynomial,
    conjunction,
    disjunction,
    negation,
)
from expressivity.programs.rasp.values import Number, Value, number
from languages.errors import InputError

Name = TypeVar("Name", bound=Hashable)


class Builder:
    """Builds the s-operators of programs over an alphabet.

    `length` is the longest input, None for inputs of all lengths.
    """

    def __init__(self, alphabet: Sequence[Value], length: int | None, causal: bool) -> None:
        self.circuit = Circuit(len(alphabet), "future" if causal else "none")
        self.context = Context(self.circuit, length)
        self._attention = Attention(self.context)
        self._alphabet = tuple(alphabet)
        self._causal = causal
        self._by_expression: dict[Hashable, Representation | Polynomial] = {}
        self._by_node: dict[int, tuple[Node, Hashable]] = {}
        self._names: dict[tuple[Hashable, ...], int] = {}

    def representation(self, node: SOp) -> Representation:
        """How the values of the s-operator are held; raises InputError and LimitError."""
        expression = self._expression(node)
        if expression not in self._by_expression:
            self._by_expression[expression] = self._built(node)
        found = self._by_expression[expression]
        if not isinstance(found, Representation):
            raise InputError(f"{node!r}: expected an s-operator")
        return found

    def polynomial(self, node: Selector) -> Polynomial:
        """The polynomial of the selector; raises as `representation`."""
        expression = self._expression(node)
        if expression not in self._by_expression:
            found = self._selected(node)
            self._by_expression[expression] = causally(found) if self._causal else found
        polynomial = self._by_expression[expression]
        if isinstance(polynomial, Representation):
            raise InputError(f"{node!r}: expected a selector")
        return polynomial

    def _expression(self, node: Node) -> Hashable:
        """A name that equal expressions share."""
        if id(node) not in self._by_node:
            parts: list[Hashable] = [type(node).__name__]
            for field in fields(cast(Any, node)):  # every node is a dataclass
                parts.append(self._part(getattr(node, field.name)))
            # A number in place of the nested name keeps names short.
            name = self._names.setdefault(tuple(parts), len(self._names))
            self._by_node[id(node)] = (node, name)
        return self._by_node[id(node)][1]

    def _part(self, value: object) -> Hashable:
        if isinstance(value, Node):
            return ("node", self._expression(value))
        if isinstance(value, tuple):
            return tuple(self._part(part) for part in value)
        return (type(value), value) if isinstance(value, Hashable) else id(value)

    def _built(self, node: SOp) -> Representation:
        where = repr(node)
        if isinstance(node, Tokens):
            return Indicators(self.context, dict(zip(self._alphabet, self.circuit.letters,
                                                     strict=True)), where)
        if isinstance(node, Indices):
            length = self.context.length
            grid = Grid(1, 0, None if length is None else length - 1, by_length=True)
            return Numeric(self.context, grid, self.circuit.position - LETTER, ZERO, where)
        if isinstance(node, Full):
            return Indicators(self.context, {node.value: LETTER}, where)
        if isinstance(node, Map):
            return self._tabulated(node, self.representation(node.operand))
        if isinstance(node, SequenceMap):
            return self._paired(node, self.representation(node.left),
                                self.representation(node.right))
        if isinstance(node, Linear):
            return self._linear(node)
        if isinstance(node, Product):
            return self._product(node)
        if isinstance(node, Compare):
            return self._compared(node)
        if isinstance(node, And | Or | Not):
            return self._connective(node)
        if isinstance(node, SelectorWidth):
            form = self._attention.width(self.polynomial(node.selector))
            grid = Grid(1, 0, self.context.length, by_length=True)
            return Numeric(self.context, grid, form, ZERO, where)
        if isinstance(node, Aggregate):
            return aggregated(self._attention, self.polynomial(node.selector),
                              self.representation(node.operand), node.default, node.unique)
        raise InputError(f"{node!r} is not an s-operator of RASP")

    def _selected(self, node: Selector) -> Polynomial:
        if isinstance(node, Select):
            def holds(key: Value, query: Value) -> bool:
                return selects(node, key, query)

            return selected(self.representation(node.keys), self.representation(node.queries),
                            node.predicate, holds)
        if isinstance(node, SelectorNot):
            return negation(self.polynomial(node.operand))
        if not isinstance(node, SelectorAnd | SelectorOr):
            raise InputError(f"{node!r} is not a selector of RASP")
        join = conjunction if isinstance(node, SelectorAnd) else disjunction
        return join(self.polynomial(node.left), self.polynomial(node.right))

    def _tabulated(self, node: SOp, inner: Representation) -> Representation:
        return Mapped(inner, tabulated(node, [inner], {v: (v,) for v in inner.values}), repr(node))

    def _paired(self, node: SOp, left: Representation, right: Representation) -> Representation:
        if left is right:
            return Mapped(left, tabulated(node, [left], {v: (v, v) for v in left.values}),
                          repr(node))
        for one, other, first in ((left, right, True), (right, left, False)):
            if isinstance(one.domain, Listed) and len(one.values) == 1:
                fixed = one.values[0]
                points = {v: (fixed, v) if first else (v, fixed) for v in other.values}
                return Mapped(other, tabulated(node, [other], points), repr(node))
        both = {(u, v): (u, v) for u, v in pairs(left, right, repr(node))}
        return Paired(left, right, tabulated(node, [left, right], both), repr(node))

    def _linear(self, node: Linear) -> Representation:
        parts = [self.representation(x) for _, x in node.terms]
        if len({id(x) for x in parts}) == 1 and isinstance(parts[0].domain, Listed):
            domains.grid_of(parts[0].domain, repr(node))  # numbers, or the user is told
            return Mapped(parts[0], tabulated(node, parts[:1], {
                v: (v,) * len(parts) for v in parts[0].values}), repr(node))
        grids = [domains.grid_of(x.domain, repr(node)) for x in parts]
        coefficients = [c for c, _ in node.terms]
        grid = domains.linear(list(zip(coefficients, grids, strict=True)), node.constant)
        none = any_none(parts)
        form = combined([(node.constant, LETTER), *(
            (c, x.number()) for c, x in zip(coefficients, parts, strict=True))])
        if none.terms:
            form = self.circuit.unit(LETTER - none, form)
        return Numeric(self.context, grid, form, none, repr(node))

    def _product(self, node: Product) -> Representation:
        left, right = self.representation(node.left), self.representation(node.right)
        if isinstance(left.domain, Listed) and isinstance(right.domain, Listed):
            return self._paired(node, left, right)
        x, y = (domains.grid_of(r.domain, repr(node)) for r in (left, right))
        first, second = left.number(), right.number()
        positive = [d.low is not None and d.low >= 0 for d in (x, y)]
        if positive == [False, True]:
            first, second = second, first
        form = self.circuit.product(first, second, nonnegative=any(positive))
        return Numeric(self.context, domains.product(x, y, self.context.length), form,
                       any_none([left, right]), repr(node))

    def _compared(self, node: Compare) -> Representation:
        left, right = self.representation(node.left), self.representation(node.right)
        if all(isinstance(x.domain, Listed) for x in (left, right)):
            return self._paired(node, left, right)
        if not (left.domain.numeric and right.domain.numeric):
            return self._paired(node, left, right)
        bound: Number = 0
        only = right.values[0] if isinstance(right.domain, Listed) else None
        if only is not None and len(right.values) == 1:
            x, bound = left, number(only, repr(node))
        else:
            x = self._linear(Linear(((1, node.left), (-1, node.right))))
        compare: Callable[[Number, Number], bool] = ORDERS[node.order]
        return compared(x, node.order, bound, lambda v: compare(v, bound), repr(node))

    def _connective(self, node: And | Or | Not) -> Representation:
        if isinstance(node, Not):
            inner = self.representation(node.operand)
            return truth_value(inner.present() - inner.truth(), inner.none(), [inner], repr(node))
        parts = [self.representation(x) for x in node.operands]
        if not parts:
            return Indicators(self.context, {int(isinstance(node, And)): LETTER}, repr(node))
        truths, none = [x.truth() for x in parts], any_none(parts)
        if isinstance(node, And):
            form = self.circuit.unit(combined([(1, x) for x in truths])
                                     - (len(truths) - 1) * LETTER)
        else:
            form = LETTER - self.circuit.unit(LETTER - combined([(1, x) for x in truths]))
            if none.terms:
                form = self.circuit.unit(form - none)
        return truth_value(form, none, parts, repr(node))


def tabulated(node: SOp, operands: Sequence[Representation],
              points: Mapping[Name, tuple[Value, ...]]) -> dict[Name, Value]:
    """The values of a position-wise operator at these points.

    It must not fail on values that are listed, except for numbers on a grid: not all of these need
    occur, so where it fails the interpreter would, and the model may have any value.
    """
    table: dict[Name, Value] = {}
    failed: dict[Name, InputError] = {}
    for name, point in points.items():
        try:
            table[name] = None if None in point else apply(node, point)
        except InputError as error:
            failed[name] = error
    if failed and (not table or all(isinstance(x.domain, Listed) for x in operands)):
        raise next(iter(failed.values()))
    for name in failed:
        table[name] = next(iter(table.values()))
    return table
