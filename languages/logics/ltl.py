"""Temporal logic over finite words, with strict operators (Kamp 1968; Maler, Pnueli 1990).

A word of length n has the positions 0..n-1 with one letter each, and the appended end position n
without a letter. A formula is true or false at each of them:

    a           the letter at this position is a
    Y f         there is a previous position and f holds there
    P f         f holds at some strictly earlier position
    f S g       g holds at some strictly earlier position j, and f at all positions strictly
                between j and this one
    X f         there is a next position with a letter and f holds there
    F f         f holds at some strictly later position with a letter
    f U g       g holds at some strictly later position j with a letter, and f at all positions
                strictly between this one and j

and `true`, `not`, `and`, `or` as usual. The end position can be asked at, but no operator looks at
it. A word satisfies a past formula (Y, P, S) when the formula holds at the end position; formulas
with X, F, U come with the point at which they are read, see `languages.logics.sentence`. LTL, with
S alone or U alone too, defines exactly the star-free languages, LTL with P alone the R-trivial
ones.

Formulas from automata share most of their subformulas, so a formula is a list of nodes that
refer to earlier nodes; written out as a tree it can be exponentially longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from languages.errors import InputError, LimitError

Op = Literal["letter", "true", "not", "and", "or", "Y", "P", "S", "X", "F", "U"]
TEMPORAL = frozenset({"Y", "P", "S"})
"""The past operators."""
FUTURE = frozenset({"X", "F", "U"})
DEFAULT_MAX_NODES = 200_000


class Node(NamedTuple):
    """An operator and the numbers of its operands; for "letter" the index of the letter."""

    op: Op
    args: tuple[int, ...]


@dataclass(frozen=True)
class Formula:
    """A formula over an alphabet; the last node is the formula itself.

    Operands stand before the nodes that use them. Make formulas with `FormulaBuilder`.
    """

    alphabet: tuple[str, ...]
    nodes: tuple[Node, ...]

    def holds(self, word: Sequence[str]) -> bool:
        """Does it hold at the end position? `InputError` for a letter outside the alphabet."""
        return self.positions(word)[-1]

    def positions(self, word: Sequence[str]) -> list[bool]:
        """The truth at each of the len(word) + 1 positions, the end position last."""
        index = {letter: i for i, letter in enumerate(self.alphabet)}
        wrong = [letter for letter in word if letter not in index]
        if wrong:
            known = " ".join(self.alphabet)
            raise InputError(f"letter {wrong[0]!r} is not in the alphabet: expected one of {known}")
        return [bool(mask) for mask in self.evaluate([[index[a] for a in word]])[-1]]

    def evaluate(self, words: Sequence[Sequence[int]]) -> list[list[int]]:
        """The truth of every node at every position, for many words of one length at once.

        Words are given by letter indices. Bit k of `result[node][position]` belongs to the
        k-th word.
        """
        length = len(words[0]) if words else 0
        letters = [[0] * (length + 1) for _ in self.alphabet]
        for k, word in enumerate(words):
            for i, a in enumerate(word):
                letters[a][i] |= 1 << k
        every = (1 << len(words)) - 1
        values: list[list[int]] = []
        for op, args in self.nodes:
            if op == "letter":
                row = letters[args[0]]
            elif op == "true":
                row = [every] * (length + 1)
            else:
                row = _apply(op, [values[a] for a in args], every)
            values.append(row)
        return values

    def operators(self) -> frozenset[str]:
        """The operators that occur; Y, P, S, X, F and U tell the fragment."""
        return frozenset(node.op for node in self.nodes)

    def depth(self) -> int:
        """How deep the temporal operators are nested."""
        depths: list[int] = []
        for op, args in self.nodes:
            below = 0 if op == "letter" else max((depths[a] for a in args), default=0)
            depths.append(below + (op in TEMPORAL or op in FUTURE))
        return depths[-1]


def _apply(op: Op, rows: Sequence[list[int]], every: int) -> list[int]:
    """The row of a node from the rows of its operands."""
    first = rows[0]
    if op == "not":
        return [every & ~x for x in first]
    if op == "and":
        for row in rows[1:]:
            first = [x & y for x, y in zip(first, row, strict=True)]
        return first
    if op == "or":
        for row in rows[1:]:
            first = [x | y for x, y in zip(first, row, strict=True)]
        return first
    if op in FUTURE:
        return _later(op, rows)
    result = [0]
    for i in range(len(first) - 1):
        if op == "Y":
            result.append(first[i])
        elif op == "P":
            result.append(first[i] | result[-1])
        else:
            result.append(rows[1][i] | (first[i] & result[-1]))
    return result


def _later(op: Op, rows: Sequence[list[int]]) -> list[int]:
    """The row of X, F or U; false at the end position and at the last letter."""
    result = [0] * len(rows[0])
    for i in range(len(rows[0]) - 3, -1, -1):
        result[i] = rows[-1][i + 1]
        if op == "F":
            result[i] |= result[i + 1]
        elif op == "U":
            result[i] |= rows[0][i + 1] & result[i + 1]
    return result


class FormulaBuilder:
    """Makes nodes once each and simplifies constants, double negations and repeated operands.

    Every method returns the number of a node, to be used as an operand. Raises `LimitError`
    when more than `max_nodes` nodes are needed.
    """

    def __init__(self, alphabet: Sequence[str], *, max_nodes: int = DEFAULT_MAX_NODES) -> None:
        self.alphabet = tuple(alphabet)
        self.max_nodes = max_nodes
        self._numbers: dict[Node, int] = {}
        self._nodes: list[Node] = []
        self.true = self._node("true", ())
        self.false = self._node("not", (self.true,))

    def _node(self, op: Op, args: tuple[int, ...]) -> int:
        node = Node(op, args)
        number = self._numbers.get(node)
        if number is None:
            number = len(self._nodes)
            if number >= self.max_nodes:
                raise LimitError(
                    "subformulas", f"more than {self.max_nodes}", self.max_nodes, "max_nodes"
                )
            self._numbers[node] = number
            self._nodes.append(node)
        return number

    def letter(self, index: int) -> int:
        """The letter at this position is the one with this index."""
        return self._node("letter", (index,))

    def letters(self, indices: Iterable[int]) -> int:
        """The letter at this position is one of these (false at the end position)."""
        return self.disj(self.letter(a) for a in sorted(set(indices)))

    def neg(self, x: int) -> int:
        """not x"""
        op, args = self._nodes[x]
        return args[0] if op == "not" else self._node("not", (x,))

    def conj(self, operands: Iterable[int]) -> int:
        """All of the operands; true if there are none."""
        return self._associative("and", operands, self.true, self.false)

    def disj(self, operands: Iterable[int]) -> int:
        """At least one of the operands; false if there are none."""
        return self._associative("or", operands, self.false, self.true)

    def _associative(
        self, op: Literal["and", "or"], operands: Iterable[int], neutral: int, absorbing: int
    ) -> int:
        flat: set[int] = set()
        for x in operands:
            node = self._nodes[x]
            flat.update(node.args if node.op == op else (x,))
        flat.discard(neutral)
        if absorbing in flat or any(
            self._nodes[x].op == "not" and self._nodes[x].args[0] in flat for x in flat
        ):
            return absorbing
        if len(flat) <= 1:
            return flat.pop() if flat else neutral
        return self._node(op, tuple(sorted(flat)))

    def yesterday(self, x: int) -> int:
        """Y x"""
        return self.false if x == self.false else self._node("Y", (x,))

    def previously(self, x: int) -> int:
        """P x"""
        return self.false if x == self.false else self._node("P", (x,))

    def since(self, x: int, y: int) -> int:
        """x S y; true S y is P y, and false S y is Y y."""
        if x == self.true:
            return self.previously(y)
        if self.false in (x, y):
            return self.yesterday(y)
        return self._node("S", (x, y))

    def tomorrow(self, x: int) -> int:
        """X x"""
        return self.false if x == self.false else self._node("X", (x,))

    def eventually(self, x: int) -> int:
        """F x"""
        return self.false if x == self.false else self._node("F", (x,))

    def until(self, x: int, y: int) -> int:
        """x U y; true U y is F y, and false U y is X y."""
        if x == self.true:
            return self.eventually(y)
        if self.false in (x, y):
            return self.tomorrow(y)
        return self._node("U", (x, y))

    def formula(self, root: int) -> Formula:
        """The formula of a node, without the nodes that it does not need."""
        needed = {root}
        for number in range(root, -1, -1):
            node = self._nodes[number]
            if number in needed and node.op != "letter":
                needed.update(node.args)
        order = sorted(needed)
        place = {number: i for i, number in enumerate(order)}
        nodes = [self._nodes[number] for number in order]
        return Formula(
            self.alphabet,
            tuple(
                n if n.op == "letter" else Node(n.op, tuple(place[a] for a in n.args))
                for n in nodes
            ),
        )
