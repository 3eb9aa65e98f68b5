"""First-order sentences over words: order, successor, positions modulo m, letters as predicates.

Variables stand for the positions 0..n-1 of a word of length n. Atoms are

    letter      the letter at x is a
    less        x < y + k, for an integer k
    equal       x = y + k
    mod         x is r modulo m

so that x <= y is x < y + 1, and the successor is equal with k = 1. Sums are integers, whether or
not there is such a position. In the empty word nothing exists, and everything holds for all.
FO[<] defines the star-free languages (McNaughton, Papert 1971), FO[<,MOD] the regular ones in AC0
(Barrington, Compton, Straubing, Therien 1992).

A sentence is a list of nodes that refer to earlier nodes. A variable is the number of quantifiers
around the one that binds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Op: TypeAlias = Literal["letter", "less", "equal", "mod", "true", "not", "and", "or", "exists"]
ATOMS = frozenset({"letter", "less", "equal", "mod", "true"})


class Node(NamedTuple):
    """An operator and its arguments.

    ("letter", (a, x)), ("less" or "equal", (x, y, k)), ("mod", (x, m, r)), ("exists", (x, node)),
    and nodes only for the others.
    """

    op: Op
    args: tuple[int, ...]

    @property
    def operands(self) -> tuple[int, ...]:
        """The nodes among the arguments."""
        return () if self.op in ATOMS else self.args[-1:] if self.op == "exists" else self.args


@dataclass(frozen=True)
class FirstOrder:
    """A sentence over an alphabet; the last node is the sentence itself."""

    alphabet: tuple[str, ...]
    nodes: tuple[Node, ...]

    def free(self) -> list[frozenset[int]]:
        """The free variables of each node."""
        found: list[frozenset[int]] = []
        for op, args in self.nodes:
            if op in ("less", "equal"):
                found.append(frozenset(args[:2]))
            elif op == "letter":
                found.append(frozenset(args[1:]))
            elif op == "mod":
                found.append(frozenset(args[:1]))
            elif op == "exists":
                found.append(found[args[1]] - {args[0]})
            else:
                found.append(frozenset().union(*(found[x] for x in args)))
        return found


class FirstOrderBuilder:
    """Makes nodes once each; every method returns the number of a node.

    Constants, double negations and operands that are repeated are simplified.
    """

    def __init__(self, alphabet: Sequence[str]) -> None:
        self.alphabet = tuple(alphabet)
        self._numbers: dict[Node, int] = {}
        self._nodes: list[Node] = []
        self.true = self._node("true", ())
        self.false = self._node("not", (self.true,))

    def _node(self, op: Op, args: tuple[int, ...]) -> int:
        node = Node(op, args)
        if node not in self._numbers:
            self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
        return self._numbers[node]

    def letter(self, index: int, x: int) -> int:
        """The letter at x is the one with this index."""
        return self._node("letter", (index, x))

    def less(self, x: int, y: int, k: int = 0) -> int:
        """x < y + k"""
        if x == y:
            return self.true if k > 0 else self.false
        return self._node("less", (x, y, k))

    def equal(self, x: int, y: int, k: int = 0) -> int:
        """x = y + k"""
        if x == y:
            return self.true if k == 0 else self.false
        return self._node("equal", (x, y, k))

    def mod(self, x: int, m: int, r: int) -> int:
        """x is r modulo m, for m >= 1 and 0 <= r < m."""
        return self.true if m == 1 else self._node("mod", (x, m, r))

    def neg(self, x: int) -> int:
        """not x"""
        op, args = self._nodes[x]
        return args[0] if op == "not" else self._node("not", (x,))

    def conj(self, operands: Iterable[int]) -> int:
        """All of the operands."""
        return self._associative("and", operands, self.true, self.false)

    def disj(self, operands: Iterable[int]) -> int:
        """At least one of the operands."""
        return self._associative("or", operands, self.false, self.true)

    def _associative(self, op: Literal["and", "or"], operands: Iterable[int], neutral: int,
                     absorbing: int) -> int:
        flat: set[int] = set()
        for x in operands:
            node = self._nodes[x]
            flat.update(node.args if node.op == op else (x,))
        flat.discard(neutral)
        if absorbing in flat or any(self.neg(x) in flat for x in list(flat)):
            return absorbing
        if len(flat) <= 1:
            return flat.pop() if flat else neutral
        return self._node(op, tuple(sorted(flat)))

    def exists(self, x: int, body: int) -> int:
        """There is a position x for which the body holds."""
        return self.false if body == self.false else self._node("exists", (x, body))

    def forall(self, x: int, body: int) -> int:
        """The body holds for all positions x."""
        return self.neg(self.exists(x, self.neg(body)))

    def sentence(self, root: int) -> FirstOrder:
        """The sentence of a node, without the nodes that it does not need."""
        needed = {root}
        for number in range(root, -1, -1):
            if number in needed:
                needed.update(self._nodes[number].operands)
        order = sorted(needed)
        place = {number: i for i, number in enumerate(order)}
        nodes = []
        for number in order:
            op, args = self._nodes[number]
            if op == "exists":
                args = args[0], place[args[1]]
            elif op not in ATOMS:
                args = tuple(place[x] for x in args)
            nodes.append(Node(op, args))
        return FirstOrder(self.alphabet, tuple(nodes))
