"""Selectors as integer polynomials in atoms, and heads that attend to what a monomial selects.

An atom is a mask (j <= i or j < i), a table over the finitely many values of a key and a query, or
the equality of two numbers. A monomial is a conjunction of atoms; its score is a sum with one
maximum on everything that it selects. Of a polynomial with value 0 or 1 the width is the sum of
coefficient * width over the monomials; all Boolean combinations are such polynomials.

Scores: a table of pairs is a sum of [q in A] [k in B], as few as its distinct rows or columns, and
1 where it holds. Equality (of numbers, or of the classes of a table that relates each query to one
class of keys) is -(k - q)^2 = 2kq - k^2 - q^2; the last summand is the same for all j and is left
out, so the maximum is q^2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from expressivity.programs.rasp.forms import BEGIN, LETTER, ZERO, Form, Mask, combined
from expressivity.programs.rasp.representation import Representation
from expressivity.programs.rasp.values import Number, Value

BELOW = Fraction(1, 2)
"""How far sentinels stand below the maximum; all other scores are at least 1 below."""


@dataclass(frozen=True)
class Table:
    """A relation of keys to queries: bit a of `rows[b]` says that the b-th query selects the a-th
    key, in the order of their values.
    """

    key: Representation
    query: Representation
    rows: tuple[int, ...]

    @property
    def full(self) -> bool:
        """Does it hold of all pairs?"""
        return all(row == (1 << len(self.key.values)) - 1 for row in self.rows)

    @property
    def empty(self) -> bool:
        """Does it hold of no pair?"""
        return not any(self.rows)

    def complement(self) -> Table:
        """The pairs that are not related."""
        every = (1 << len(self.key.values)) - 1
        return Table(self.key, self.query, tuple(every & ~row for row in self.rows))


@dataclass(frozen=True)
class Equal:
    """scale * key = scale * query, for numbers; different ones differ by at least 1."""

    key: Representation
    query: Representation
    scale: Number


@dataclass(frozen=True)
class Monomial:
    """A conjunction; one table for each pair of key and query."""

    mask: Mask = "none"
    tables: frozenset[Table] = frozenset()
    equalities: frozenset[Equal] = frozenset()


Polynomial: TypeAlias = dict[Monomial, int]
ALL: Polynomial = {Monomial(): 1}


def conjunction(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product."""
    parts: list[tuple[int, Polynomial]] = []
    for a, c in left.items():
        for b, d in right.items():
            both = _both(a, b)
            if both is not None:
                parts.append((c * d, {both: 1}))
    return total(parts)


def disjunction(left: Polynomial, right: Polynomial) -> Polynomial:
    """1 where one of them is 1."""
    one, other = _single_table(left), _single_table(right)
    if one and other and (one.key, one.query) == (other.key, other.query):
        rows = tuple(a | b for a, b in zip(one.rows, other.rows, strict=True))
        return of_table(Table(one.key, one.query, rows))
    return total([(1, left), (1, right), (-1, conjunction(left, right))])


def negation(selector: Polynomial) -> Polynomial:
    """1 where it is 0."""
    table = _single_table(selector)
    return of_table(table.complement()) if table else total([(1, ALL), (-1, selector)])


def of_table(table: Table) -> Polynomial:
    """The polynomial of a table."""
    if table.empty:
        return {}
    return ALL if table.full else {Monomial(tables=frozenset({table})): 1}


def total(parts: Sequence[tuple[int, Polynomial]]) -> Polynomial:
    """The sum with these factors."""
    found: Polynomial = {}
    for factor, polynomial in parts:
        for monomial, c in polynomial.items():
            found[monomial] = found.get(monomial, 0) + factor * c
    return {monomial: c for monomial, c in found.items() if c}


def _single_table(polynomial: Polynomial) -> Table | None:
    if len(polynomial) != 1:
        return None
    (monomial, c), = polynomial.items()
    if c != 1 or monomial.mask != "none" or monomial.equalities or len(monomial.tables) != 1:
        return None
    return next(iter(monomial.tables))


def _both(a: Monomial, b: Monomial) -> Monomial | None:
    """The conjunction; None if it never holds."""
    masks: tuple[Mask, ...] = ("none", "future", "strict-future")
    tables = {(t.key, t.query): t for t in a.tables}
    for t in b.tables:
        if (t.key, t.query) in tables:
            rows = zip(tables[t.key, t.query].rows, t.rows, strict=True)
            t = Table(t.key, t.query, tuple(x & y for x, y in rows))
        tables[t.key, t.query] = t
    if any(t.empty for t in tables.values()):
        return None
    return Monomial(max(a.mask, b.mask, key=masks.index), frozenset(tables.values()),
                    a.equalities | b.equalities)


@dataclass
class Score:
    """The rows of a head, and the score of what it selects, as a form of the query."""

    rows: list[tuple[Form, Form]] = field(default_factory=list)
    best: Form = ZERO

    def with_sentinel(self, tie: bool) -> list[tuple[Form, Form]]:
        """The rows with a score for the begin marker: the best one, or just below it.

        At the marker itself all other forms are 0, and it selects itself.
        """
        best = self.best if tie else self.best - BELOW * LETTER
        return [*self.rows, (best + BEGIN, BEGIN)]


def score(monomial: Monomial) -> Score:
    """A score that is maximal exactly at what the monomial selects among visible letters.

    Where that is nothing, all scores are at least 1 below `best`.
    """
    found = Score()
    for table in sorted(monomial.tables, key=lambda t: (t.key.serial, t.query.serial)):
        _add_table(found, table)
    for equal in sorted(monomial.equalities, key=lambda e: (e.key.serial, e.query.serial)):
        key, query = equal.scale * equal.key.number(), equal.scale * equal.query.number()
        circuit = equal.key.context.circuit
        _add_equality(found, query, circuit.square(query), key, circuit.square(key))
    return found


def _add_table(found: Score, table: Table) -> None:
    keys, queries = table.key.values, table.query.values
    by_row: dict[int, set[Value]] = {}
    for query, row in zip(queries, table.rows, strict=True):
        by_row.setdefault(row, set()).add(query)
    by_column: dict[int, set[Value]] = {}
    for a, key in enumerate(keys):
        column = sum(1 << b for b, row in enumerate(table.rows) if row >> a & 1)
        by_column.setdefault(column, set()).add(key)
    by_row.pop(0, None)
    by_column.pop(0, None)
    disjoint = sum(by_row) == _union(by_row)
    if disjoint and len(by_row) > 2:
        codes_of_keys: dict[Value, Number] = dict.fromkeys(keys, -1)
        codes_of_queries: dict[Value, Number] = dict.fromkeys(queries, 0)
        for code, (row, members) in enumerate(by_row.items(), start=1):
            codes_of_queries |= dict.fromkeys(members, code)
            codes_of_keys |= {key: code for a, key in enumerate(keys) if row >> a & 1}
        _add_equality(found, table.query.table(codes_of_queries),
                      table.query.table(_squares(codes_of_queries)),
                      table.key.table(codes_of_keys), table.key.table(_squares(codes_of_keys)))
        return
    if len(by_row) <= len(by_column):
        pairs = [(members, {key for a, key in enumerate(keys) if row >> a & 1})
                 for row, members in by_row.items()]
    else:
        pairs = [({query for b, query in enumerate(queries) if column >> b & 1}, members)
                 for column, members in by_column.items()]
    for members, chosen in pairs:
        found.rows.append((table.query.among(members), table.key.among(chosen)))
    found.best += LETTER


def _squares(codes: dict[Value, Number]) -> dict[Value, Number]:
    return {value: code * code for value, code in codes.items()}


def _union(rows: dict[int, set[Value]]) -> int:
    union = 0
    for row in rows:
        union |= row
    return union


def _add_equality(found: Score, query: Form, query_square: Form, key: Form,
                  key_square: Form) -> None:
    found.rows += [(2 * query, key), (LETTER, -key_square)]
    found.best = combined([(1, found.best), (1, query_square)])
