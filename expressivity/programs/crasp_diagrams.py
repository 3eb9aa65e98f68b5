"""Formulas of C-RASP as decision diagrams: tests of counts, and at the leaves sets of symbols.

A test is `F >= t` for a linear form F of counts and an integer t. Tests are ordered by the number
of their form, then by t; where F >= t fails, no test of a greater bound on F is made any more.
Diagrams are shared, so equal ones have equal numbers. A leaf is a set of symbols: those at which
the formula is true. The symbols are the letters and, as the last one, "no letter".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import gcd
from typing import NamedTuple, TypeAlias

from expressivity.programs.crasp import (
    And,
    Compare,
    Formula,
    Letter,
    Named,
    Not,
    Program,
    compared,
)
from languages.errors import LimitError

MAX_NODES = 200_000

Form: TypeAlias = tuple[tuple[int, int], ...]
"""Pairs (diagram, coefficient): the counts of the diagrams, each times its coefficient."""


class Test(NamedTuple):
    """The form of this number is at least the bound."""

    form: int
    bound: int


class Node(NamedTuple):
    """A diagram: `high` where the test holds, `low` where it fails."""

    test: Test
    high: int
    low: int


@dataclass(frozen=True)
class Leaf:
    """A diagram without tests: bit a for the letter a, one more bit for no letter."""

    symbols: int


class Literal(NamedTuple):
    """A test, or its negation."""

    test: Test
    positive: bool


class Diagrams:
    """The diagrams of a program; `of` has those of its definitions.

    `forms[k]` is the k-th linear form, `depths[k]` how deep counts are nested in it. Raises
    `LimitError` past MAX_NODES diagrams.
    """

    def __init__(self, program: Program) -> None:
        program.checked()
        self.nodes: list[Node | Leaf] = []
        self.numbers: dict[Node | Leaf, int] = {}
        self.forms: list[Form] = []
        self.depths: list[int] = []
        self._known_forms: dict[Form, int] = {}
        self._joined: dict[tuple[str, int, int], int] = {}
        self._letters = {letter: a for a, letter in enumerate(program.alphabet)}
        self.every = (2 << len(program.alphabet)) - 1
        self.false, self.true = self._new(Leaf(0)), self._new(Leaf(self.every))
        self.of: dict[str, int] = {}
        for name, formula in program.definitions:
            self.of[name] = self._diagram(formula)

    # -- making -------------------------------------------------------------------------------

    def _new(self, node: Node | Leaf) -> int:
        if node not in self.numbers:
            if len(self.nodes) >= MAX_NODES:
                raise LimitError("nodes of decision diagrams", f"more than {MAX_NODES}", MAX_NODES,
                                 "MAX_NODES")
            self.numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self.numbers[node]

    def test(self, test: Test, high: int, low: int) -> int:
        """The diagram that makes this test first; `high` and `low` make later ones only."""
        low = self._none_of(test.form, low)
        top = self.nodes[high]
        if high == low or (isinstance(top, Node) and top.test.form == test.form
                           and top.low == low):
            return high  # the test changes nothing, or a stronger one decides the same
        return self._new(Node(test, high, low))

    def _none_of(self, form: int, diagram: int) -> int:
        """The diagram where all tests of the form fail that it begins with."""
        node = self.nodes[diagram]
        while isinstance(node, Node) and node.test.form == form:
            diagram = node.low
            node = self.nodes[diagram]
        return diagram

    def negated(self, diagram: int) -> int:
        """The complement."""
        return self._join("not", diagram, diagram, lambda x, _: self.every & ~x)

    def _join(self, name: str, left: int, right: int, leaf: Callable[[int, int], int]) -> int:
        """Leaf by leaf."""
        key = (name, left, right)
        if key not in self._joined:
            f, g = self.nodes[left], self.nodes[right]
            if isinstance(f, Leaf) and isinstance(g, Leaf):
                found = self._new(Leaf(leaf(f.symbols, g.symbols)))
            else:
                test = min(node.test for node in (f, g) if isinstance(node, Node))
                branches = [(node.high, node.low) if isinstance(node, Node) and node.test == test
                            else (number, self._none_of(test.form, number))
                            for node, number in ((f, left), (g, right))]
                high, low = (self._join(name, x, y, leaf) for x, y in zip(*branches, strict=True))
                found = self.test(test, high, low)
            self._joined[key] = found
        return self._joined[key]

    def _diagram(self, formula: Formula) -> int:
        if isinstance(formula, Letter):
            return self._new(Leaf(1 << self._letters[formula.letter]))
        if isinstance(formula, Named):
            return self.of[formula.name]
        if isinstance(formula, Not):
            return self.negated(self._diagram(formula.operand))
        if isinstance(formula, Compare):
            return self._comparison(formula)
        both = isinstance(formula, And)
        found = self.true if both else self.false
        for operand in formula.operands:
            part = self._diagram(operand)
            found = (self._join("and", found, part, lambda x, y: x & y) if both
                     else self._join("or", found, part, lambda x, y: x | y))
        return found

    def _comparison(self, formula: Compare) -> int:
        """A comparison by tests of a form without common divisor whose first coefficient is > 0."""
        added: dict[int, int] = {}
        for factor, body in formula.counts:
            diagram = self._diagram(body)
            added[diagram] = added.get(diagram, 0) + factor
        form = tuple(sorted((d, c) for d, c in added.items() if c and d != self.false))
        if not form:
            return self.true if compared(0, formula.relation, formula.bound) else self.false
        divisor = gcd(*(c for _, c in form)) * (1 if form[0][1] > 0 else -1)
        form = tuple((d, c // divisor) for d, c in form)
        if form not in self._known_forms:
            self._known_forms[form] = len(self.forms)
            self.forms.append(form)
            self.depths.append(1 + max(self.depth(d) for d, _ in form))
        number = self._known_forms[form]
        # divisor * F >= b, and divisor * F >= b + 1
        at_least, more = (self._at_least(number, divisor, b)
                          for b in (formula.bound, formula.bound + 1))
        if formula.relation in (">=", "<"):
            return at_least if formula.relation == ">=" else self.negated(at_least)
        if formula.relation in (">", "<="):
            return more if formula.relation == ">" else self.negated(more)
        equal = self._join("and", at_least, self.negated(more), lambda x, y: x & y)
        return equal if formula.relation == "=" else self.negated(equal)

    def _at_least(self, form: int, divisor: int, bound: int) -> int:
        """divisor * F >= bound"""
        if divisor > 0:
            test = Test(form, -(-bound // divisor))
            high, low = self.true, self.false
        else:  # F <= floor(bound / divisor), so not F >= that + 1
            test = Test(form, bound // divisor + 1)
            high, low = self.false, self.true
        if test.bound <= 0 and all(factor > 0 for _, factor in self.forms[form]):
            return high  # no count is negative
        return self.test(test, high, low)

    # -- reading ------------------------------------------------------------------------------

    def depth(self, diagram: int) -> int:
        """How deep counts are nested."""
        return max((self.depths[test.form] for test in self.tests(diagram)), default=0)

    def tests(self, diagram: int) -> list[Test]:
        """All tests in the diagram, sorted."""
        found: set[Test] = set()
        seen: set[int] = set()
        todo = [diagram]
        while todo:
            number = todo.pop()
            node = self.nodes[number]
            if number not in seen and isinstance(node, Node):
                found.add(node.test)
                todo += [node.high, node.low]
            seen.add(number)
        return sorted(found)

    def cubes(self, diagram: int) -> Iterator[tuple[int, tuple[Literal, ...]]]:
        """Disjoint cases whose union is the formula: a set of symbols, and literals.

        Of the literals of one form, only the strongest of either sign are listed.
        """
        node = self.nodes[diagram]
        if isinstance(node, Leaf):
            if node.symbols:
                yield node.symbols, ()
            return
        form = node.test.form
        for symbols, literals in self.cubes(node.high):
            implied = any(x.positive and x.test.form == form for x in literals)
            yield symbols, literals if implied else (Literal(node.test, True), *literals)
        for symbols, literals in self.cubes(node.low):
            yield symbols, (Literal(node.test, False), *literals)
