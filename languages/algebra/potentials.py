"""Balanced counts on a strongly connected component, refined until nothing changes.

A count that gains X(a, c) whenever letter a is read in a state of class c is balanced if every
closed walk gains 0; it then has one value V(q) for each state q. States that some balanced count
tells apart go to different classes, and counts may look at these in the next round (Yang, Veseli,
Barloy et al. 2026, appendix J). All arithmetic is exact.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from languages.algebra.work import Work

Number = int | Fraction
Vector = dict[int, Number]
Edge = tuple[int, int, int]


def add(vector: Vector, factor: Number, other: Mapping[int, Number]) -> None:
    """vector += factor * other, in place, without zeros."""
    for i, x in other.items():
        y = vector.get(i, 0) + factor * x
        if y:
            vector[i] = y
        else:
            del vector[i]


@dataclass
class Echelon:
    """A basis of the span of the vectors added, in reduced echelon form; with its origin.

    `rows[c]` is 1 in column c and 0 in the other pivot columns; `origin[c]` says which
    combination of the added vectors, by their names, it is.
    """

    work: Work
    rows: dict[int, Vector] = field(default_factory=dict)
    origin: dict[int, Vector] = field(default_factory=dict)

    def reduced(
        self, vector: Mapping[int, Number], work: Work | None = None
    ) -> tuple[Vector, Vector]:
        """The vector modulo the span, without pivot columns, and the combination subtracted.

        The work is counted in `work`, if that is given, and not with the rest.
        """
        work = self.work if work is None else work
        rest, combination = dict(vector), Vector()
        for c in [c for c in vector if c in self.rows]:
            factor = rest[c]
            work.spend((len(self.rows[c]) + len(self.origin[c])) * weight(factor))
            add(rest, -factor, self.rows[c])
            add(combination, factor, self.origin[c])
        return rest, combination

    def insert(self, vector: Mapping[int, Number], name: int) -> None:
        """Extend the span."""
        row, combination = self.reduced(vector)
        if not row:
            return
        # A pivot +-1 keeps integers integers.
        c, head = min(row.items(), key=lambda item: (abs(item[1]) != 1, item[0]))
        origin = {i: -x for i, x in combination.items()}
        add(origin, 1, {name: 1})
        if head != 1:
            row = {i: _quotient(x, head) for i, x in row.items()}
            origin = {i: _quotient(x, head) for i, x in origin.items()}
        self.work.spend(len(self.rows) // 8)
        for other, above in self.rows.items():
            factor = above.get(c)
            if factor:
                self.work.spend((len(row) + len(origin)) * weight(factor))
                add(above, -factor, row)
                add(self.origin[other], -factor, origin)
        self.rows[c], self.origin[c] = row, origin


def weight(factor: Number) -> int:
    """How many steps of work a multiplication counts for."""
    if isinstance(factor, int):
        return 1 + factor.bit_length() // 64
    return 4 + (factor.numerator.bit_length() + factor.denominator.bit_length()) // 32


def _quotient(x: Number, y: Number) -> Number:
    z = Fraction(x) / y
    return z.numerator if z.denominator == 1 else z


class Balanced:
    """The balanced counts on a component whose states are sorted into classes.

    `edges` are the internal edges (p, a, q) of a strongly connected graph on 0..states-1. The
    gains X are unknown, and V(q) = X(path from 0 to q). Modulo the span of what closed walks read
    `forms[q]` stands for V(q): two states have the same value in all counts iff the forms agree.
    """

    def __init__(
        self, states: int, edges: Sequence[Edge], classes: Sequence[int], work: Work
    ) -> None:
        self.states, self.edges, self.classes, self.work = states, edges, classes, work
        column: dict[tuple[int, int], int] = {}
        labels = [column.setdefault((classes[p], a), len(column)) for p, a, _ in edges]
        out: list[list[int]] = [[] for _ in range(states)]
        for i, (p, _, _) in enumerate(edges):
            out[p].append(i)
        self.parent: dict[int, int] = {}  # the tree edge that leads to a state
        paths: dict[int, Vector] = {0: {}}
        order = [0]
        for p in order:
            for i in out[p]:
                q = edges[i][2]
                if q not in paths:
                    paths[q] = dict(paths[p])
                    work.spend(len(paths[p]) + 1)
                    add(paths[q], 1, {labels[i]: 1})
                    self.parent[q] = i
                    order.append(q)
        self.closed = Echelon(work)
        tree = set(self.parent.values())
        known: set[frozenset[tuple[int, Number]]] = set()
        for i, (p, _, q) in enumerate(edges):
            if len(self.closed.rows) == len(column):
                break  # the span is everything
            if i not in tree:
                loop = dict(paths[p])
                work.spend(len(paths[p]) + len(paths[q]))
                add(loop, 1, {labels[i]: 1})
                add(loop, -1, paths[q])
                key = frozenset(loop.items())
                if key not in known:
                    known.add(key)
                    self.closed.insert(loop, i)
        self.paths = paths
        self.forms = [self.closed.reduced(paths[q])[0] for q in range(states)]

    @cached_property
    def refined(self) -> list[int]:
        """The classes, split by all balanced counts."""
        names: dict[tuple[int, frozenset[tuple[int, Number]]], int] = {}
        return [
            names.setdefault((c, frozenset(form.items())), len(names))
            for c, form in zip(self.classes, self.forms, strict=True)
        ]

    @property
    def splits(self) -> bool:
        """Are there more classes now?"""
        return max(self.refined) > max(self.classes)

    def values(self) -> list[int]:
        """The integer values V of one balanced count that splits the classes like `refined`."""
        goal = max(self.refined) + 1
        columns = sorted({i for form in self.forms for i in form})
        rng = random.Random(0)
        size = 2
        while True:
            gain = {i: rng.randrange(1, size) for i in columns}
            sums = [sum(x * gain[i] for i, x in form.items()) for form in self.forms]
            exact = [Fraction(x) for x in sums]
            scale = lcm(*(x.denominator for x in exact))
            values = [int(x * scale) for x in exact]
            if len(set(zip(self.classes, values, strict=True))) == goal:
                return values
            size *= 2

    def difference(self, p: int, r: int, work: Work) -> tuple[int, dict[int, int]]:
        """(d, c): d (V(p) - V(r)) is the sum of c[i] (V(q) - V(p) - X) over edges i, for all V, X.

        The states must have the same form. May raise `WorkLimit`.
        """
        wanted = dict(self.paths[p])
        add(wanted, -1, self.paths[r])
        rest, combination = self.closed.reduced(wanted, work)
        if rest:
            raise ArithmeticError(f"states {p} and {r} have different values")
        terms: Vector = {}
        self._climb(terms, p, 1, work)
        self._climb(terms, r, -1, work)
        for i, x in combination.items():
            start, _, end = self.edges[i]
            self._climb(terms, start, -x, work)
            add(terms, -x, {i: 1})
            self._climb(terms, end, x, work)
        d = lcm(*(Fraction(x).denominator for x in terms.values()))
        return d, {i: int(x * d) for i, x in sorted(terms.items())}

    def _climb(self, terms: Vector, q: int, factor: Number, work: Work) -> None:
        """Add a multiple of the equations along the tree from 0 to q."""
        while q:
            i = self.parent[q]
            work.spend(1)
            add(terms, factor, {i: 1})
            q = self.edges[i][0]


def refinement(states: int, edges: Sequence[Edge], work: Work) -> list[Balanced]:
    """All rounds from one class on, until one splits nothing or all states are apart."""
    rounds = [Balanced(states, edges, [0] * states, work)]
    while rounds[-1].splits and max(rounds[-1].refined) < states - 1:
        rounds.append(Balanced(states, edges, rounds[-1].refined, work))
    return rounds
