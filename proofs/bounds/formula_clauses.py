"""Clauses that say: some past temporal formula of this size is right about these words.

After Neider and Gavran (2018), for strict past operators; the meaning of the formulas is in
`proofs.bounds.formula_size`.

Nodes 0..size-1; the last is the formula. A node has a kind, a letter or an operator, and a left and
a right operand among the nodes before; operands that its kind does not have are node 0. The points
are the non-empty prefixes of the words, which stand for their last position, and the end position
of each word: the value of a formula at a point depends on nothing else. At each point a node, its
left and its right operand have a value.

If a formula with at most `size` distinct subformulas is right about the words, all clauses can
be true. Take a smallest formula that is right, and number its subformulas: first the leaves, that
is letters in the order of the alphabet and then `true`; then the others so that operands come
first, and, among all such numberings, so that the sequence of largest operands is
lexicographically least. If there are fewer than `size`, copies of the first letter come before
all. The restrictions that make the search smaller then hold:

- a node follows the nodes that are leaves, and leaves are sorted;
- the operands of `and` and `or` are distinct, since the formula is smallest; the left one is
  before the right one;
- the operand of `not` is no `not`;
- every node that is no leaf, but for the last, is an operand of a later one;
- among nodes that are no leaves, largest operands do not decrease: otherwise take the first node
  with a smaller one than its predecessor; it does not use its predecessor, they can change places,
  and the sequence becomes smaller.

Variables: ("kind", i, k); ("left", i, j), ("right", i, j); ("value", i, p), ("left value", i, p),
("right value", i, p) at point p.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from proofs.cnf import Cnf

ARITY: Final = {"true": 0, "not": 1, "and": 2, "or": 2, "Y": 1, "P": 1, "S": 2}
"""The operators and how many operands they have."""

Kind = int | str
"""The index of a letter, or an operator."""

MAX_LITERALS: Final = 5_000_000
"""Of a set of clauses, by `most_literals`: seconds, and some hundred megabytes."""


class Point(NamedTuple):
    """A position: its letter (None at the end), and the point before (None for the first)."""

    letter: int | None
    before: int | None


def points(words: Sequence[tuple[int, ...]]) -> tuple[list[Point], list[int]]:
    """All points, and for each word the index of its end position."""
    found: list[Point] = []
    prefixes: dict[tuple[int, ...], int] = {}
    ends = []
    for word in words:
        before = None
        for k, letter in enumerate(word, start=1):
            place = prefixes.setdefault(word[:k], len(found))
            if place == len(found):
                found.append(Point(letter, before))
            before = place
        ends.append(len(found))
        found.append(Point(None, before))
    return found, ends


def most_literals(letters: int, places: int, size: int) -> int:
    """An upper bound on the literals of `encode`, with so many points, known before it is run."""
    kinds = letters + len(ARITY)
    structure = 2 * kinds * kinds + kinds * (size + 8) + 6 * size * size
    values = 2 * kinds + 12 * size + 12 * len(ARITY)
    return size * (structure + places * values + places) + places


def encode(letters: int, operators: Sequence[str], words: Sequence[tuple[int, ...]],
           member: Sequence[bool], size: int) -> Cnf:
    """The clauses for formulas of at most `size` subformulas over letters 0..letters-1.

    The formula must hold for the words where `member` is true, and for no other of them.
    """
    return _Encoding(letters, operators, words, member, size).cnf


class _Encoding:
    def __init__(self, letters: int, operators: Sequence[str], words: Sequence[tuple[int, ...]],
                 member: Sequence[bool], size: int) -> None:
        self.cnf = Cnf()
        self.letters = letters
        self.leaves: list[Kind] = [*range(letters), *(o for o in operators if ARITY[o] == 0)]
        self.inner = [o for o in operators if ARITY[o] > 0]
        self.points, ends = points(words)
        for i in range(size):
            self._structure(i, size)
            for p in range(len(self.points)):
                self._value(i, p)
        for end, holds in zip(ends, member, strict=True):
            root = self.cnf.variable("value", size - 1, end)
            self.cnf.add(root if holds else -root)

    def _kind(self, i: int, kind: Kind) -> int:
        return self.cnf.variable("kind", i, kind)

    def _left(self, i: int, j: int) -> int:
        return self.cnf.variable("left", i, j)

    def _right(self, i: int, j: int) -> int:
        return self.cnf.variable("right", i, j)

    def _structure(self, i: int, size: int) -> None:
        """Node i has one kind, and operands before it."""
        cnf = self.cnf
        if i == 0:
            cnf.exactly_one(self._kind(0, leaf) for leaf in self.leaves)
            return
        cnf.exactly_one(self._kind(i, kind) for kind in [*self.leaves, *self.inner])
        cnf.exactly_one(self._left(i, j) for j in range(i))
        cnf.exactly_one(self._right(i, j) for j in range(i))
        for place, leaf in enumerate(self.leaves):
            cnf.add(-self._kind(i, leaf), self._left(i, 0))
            cnf.add(-self._kind(i, leaf), *(self._kind(i - 1, k) for k in self.leaves[:place + 1]))
        for operator in self.inner:
            if ARITY[operator] == 1:
                cnf.add(-self._kind(i, operator), self._right(i, 0))
        for leaf in self.leaves:
            cnf.add(-self._kind(i, leaf), self._right(i, 0))
        for operator in ("and", "or"):
            if operator in self.inner:
                for j in range(i):
                    cnf.add(-self._kind(i, operator), -self._left(i, j),
                            *(self._right(i, k) for k in range(j + 1, i)))
        if "not" in self.inner:
            for j in range(1, i):
                cnf.add(-self._kind(i, "not"), -self._left(i, j), -self._kind(j, "not"))
        self._order(i, size)

    def _order(self, i: int, size: int) -> None:
        """Node i is needed, and its largest operand is none that the next node could not have."""
        if i == size - 1:
            return
        self.cnf.add(*(self._kind(i, leaf) for leaf in self.leaves),
                     *(operand(k, i) for k in range(i + 1, size)
                       for operand in (self._left, self._right)))
        for j in range(1, i):
            later = [operand(i + 1, k) for k in range(j, i + 1)
                     for operand in (self._left, self._right)]
            self.cnf.add(-self._left(i, j), *later)
            self.cnf.add(-self._right(i, j), *later)

    def _value(self, i: int, p: int) -> None:
        """The value of node i at point p is what its kind and operands say."""
        cnf = self.cnf
        letter, before = self.points[p]
        own = cnf.variable("value", i, p)
        for leaf in self.leaves:
            holds = leaf in ("true", letter)
            cnf.add(-self._kind(i, leaf), own if holds else -own)
        if i == 0:
            return
        left = cnf.variable("left value", i, p)
        right = cnf.variable("right value", i, p)
        for j in range(i):
            below = cnf.variable("value", j, p)
            for chosen, value in ((self._left(i, j), left), (self._right(i, j), right)):
                cnf.add(-chosen, -value, below)
                cnf.add(-chosen, value, -below)
        for operator in self.inner:
            here = -self._kind(i, operator)
            if operator == "not":
                cnf.add(here, own, left)
                cnf.add(here, -own, -left)
            elif operator == "and":
                cnf.add(here, -own, left)
                cnf.add(here, -own, right)
                cnf.add(here, own, -left, -right)
            elif operator == "or":
                cnf.add(here, own, -left)
                cnf.add(here, own, -right)
                cnf.add(here, -own, left, right)
            elif before is None:
                cnf.add(here, -own)
            else:
                self._past(i, here, own, before, operator)

    def _past(self, i: int, here: int, own: int, before: int, operator: str) -> None:
        """The value of Y, P or S from values at the point before."""
        cnf = self.cnf
        left = cnf.variable("left value", i, before)
        right = cnf.variable("right value", i, before)
        again = cnf.variable("value", i, before)
        if operator == "Y":
            cnf.add(here, -own, left)
            cnf.add(here, own, -left)
        elif operator == "P":
            cnf.add(here, own, -left)
            cnf.add(here, own, -again)
            cnf.add(here, -own, left, again)
        else:
            cnf.add(here, own, -right)
            cnf.add(here, own, -left, -again)
            cnf.add(here, -own, right, left)
            cnf.add(here, -own, right, again)
