"""What RASP programs mean, as plain loops.

n is the number of tokens, i and j are positions from 0. Values are those of `values`, exact.

- Position-wise operators are applied at each i; the result is None where an argument is.
- Select: j is selected at i if the predicate holds of keys[j] and queries[i], neither being None.
- Aggregate: the average of the values at the selected positions; without any, the default. Values
  that are all equal have that value as their average, whatever they are. With `unique` they must
  be equal; values that are neither equal nor all numbers have no average. Both are errors.
- SelectorWidth: how many positions are selected.

Causally read, a position sees itself and what is to its left: nothing else is selected at it, not
even by the complement of a selector.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

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
from expressivity.programs.rasp.values import Number, Value, called, exact, number
from languages.errors import InputError

Relation = list[list[bool]]
"""relation[i][j]: is j selected at i?"""


def interpret(program: SOp, word: Sequence[object], causal: bool = False) -> list[Value]:
    """The values of the program on a sequence of tokens.

    Raises:
        InputError: a function fails, a value is not of the kind that an operator needs, or an
            Aggregate has no result; names the operator.
    """
    return _Run(word, causal).values(program)


def selection(selector: Selector, word: Sequence[object], causal: bool = False) -> Relation:
    """The relation of a selector on a sequence of tokens; raises as `interpret`."""
    return _Run(word, causal).relation(selector)


class _Run:
    """A run on one word; every node is computed once."""

    def __init__(self, word: Sequence[object], causal: bool) -> None:
        self.word = [exact(token, "token") for token in word]
        self.causal = causal
        # The nodes are kept beside their results: an id names a node only as long as it lives.
        self._values: dict[int, tuple[Node, list[Value]]] = {}
        self._relations: dict[int, tuple[Node, Relation]] = {}

    def values(self, node: SOp) -> list[Value]:
        if id(node) not in self._values:
            self._values[id(node)] = (node, self._computed(node))
        return self._values[id(node)][1]

    def relation(self, node: Selector) -> Relation:
        if id(node) not in self._relations:
            self._relations[id(node)] = (node, self._selected(node))
        return self._relations[id(node)][1]

    def _computed(self, node: SOp) -> list[Value]:
        n = len(self.word)
        if isinstance(node, Tokens):
            return list(self.word)
        if isinstance(node, Indices):
            return list(range(n))
        if isinstance(node, Full):
            return [node.value] * n
        if isinstance(node, Aggregate):
            values = self.values(node.operand)
            return [_aggregate(node, [x for x, chosen in zip(values, row, strict=True) if chosen])
                    for row in self.relation(node.selector)]
        if isinstance(node, SelectorWidth):
            return [sum(row) for row in self.relation(node.selector)]
        columns = [self.values(x) for x in arguments(node)]
        return [None if None in point else apply(node, point)
                for point in (tuple(column[i] for column in columns) for i in range(n))]

    def _selected(self, node: Selector) -> Relation:
        if isinstance(node, Select):
            keys, queries = self.values(node.keys), self.values(node.queries)
            return [[self._sees(i, j) and selects(node, k, q) for j, k in enumerate(keys)]
                    for i, q in enumerate(queries)]
        if isinstance(node, SelectorNot):
            inner = self.relation(node.operand)
            return [[self._sees(i, j) and not x for j, x in enumerate(row)]
                    for i, row in enumerate(inner)]
        if not isinstance(node, SelectorAnd | SelectorOr):
            raise InputError(f"{node!r} is not a selector of RASP")
        both = isinstance(node, SelectorAnd)
        left, right = self.relation(node.left), self.relation(node.right)
        return [[(x and y) if both else (x or y) for x, y in zip(a, b, strict=True)]
                for a, b in zip(left, right, strict=True)]

    def _sees(self, i: int, j: int) -> bool:
        return j <= i or not self.causal


def arguments(node: SOp) -> tuple[SOp, ...]:
    """The operands of a position-wise operator."""
    if isinstance(node, Map | Not):
        return (node.operand,)
    if isinstance(node, SequenceMap | Product | Compare):
        return (node.left, node.right)
    if isinstance(node, Linear):
        return tuple(x for _, x in node.terms)
    if isinstance(node, And | Or):
        return node.operands
    raise InputError(f"{node!r} is not an s-operator of RASP")


def apply(node: SOp, point: tuple[Value, ...]) -> Value:
    """The value of a position-wise operator where its operands have these, none of them None."""
    where = repr(node)
    if isinstance(node, Map | SequenceMap):
        return called(node.function, point, where)
    if isinstance(node, Compare):
        return called(ORDERS[node.order], point, where)
    if isinstance(node, Not):
        return int(not point[0])
    if isinstance(node, And | Or):
        return int(all(point) if isinstance(node, And) else any(point))
    if isinstance(node, Product):
        return exact(number(point[0], where) * number(point[1], where), where)
    if isinstance(node, Linear):
        terms = zip(node.terms, point, strict=True)
        return exact(node.constant + sum(c * number(x, where) for (c, _), x in terms), where)
    raise InputError(f"{node!r} is not an s-operator of RASP")


def selects(node: Select, key: Value, query: Value) -> bool:
    """Does the predicate hold of these values, neither being None?"""
    if key is None or query is None:
        return False
    return bool(called(lambda k, q: bool(node.predicate(k, q)), (key, query), repr(node)))


def _aggregate(node: Aggregate, values: list[Value]) -> Value:
    if not values:
        return node.default
    if all(x == values[0] for x in values):
        return values[0]
    numbers: list[Number] = [x for x in values if isinstance(x, int | Fraction)]
    if node.unique or len(numbers) < len(values):
        different = sorted(set(map(repr, values)))
        why = "must agree" if node.unique else "are not all numbers"
        raise InputError(f"Aggregate: {len(values)} positions are selected whose values "
                         f"{', '.join(different)} {why}")
    return exact(Fraction(sum(numbers)) / len(numbers), "Aggregate")
