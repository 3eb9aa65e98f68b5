"""How positions enter the embedding.

    POSITIONS: {"kind": "periodic"}                    row i mod period
             | {"kind": "bounded"}                     row i; none beyond the period
             | {"kind": "table", "phases": {"3": [0, 1, 0], ...}}
                                                       row by the number N of positions, and i
    FORMULA: {"dimension": name, "numerator": POLYNOMIAL, "denominator": POLYNOMIAL}
    POLYNOMIAL: [[coefficient, power of i, power of N], ...]

i is the 0-based position in the marked input, N the number of its positions, markers included.
The value of a formula is computed exactly, rounded once, and added to the entry of its dimension.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, TypeAlias

from proofs.checkers.rejection import integer, integers, items, mapping, record, reject
from proofs.models.numbers import Contract, NotANumber, Value
from proofs.models.tensors import bounded, index_of, one_of, plain, rational

MAX_POWER: Final = 8
MAX_TERMS: Final = 100

Term: TypeAlias = tuple[Fraction, int, int]
Polynomial: TypeAlias = tuple[Term, ...]


class OutOfRange(ValueError):
    """The word is longer than the position encodings reach, or of a length without encodings."""


@dataclass(frozen=True)
class Periodic:
    """Row i mod period."""


@dataclass(frozen=True)
class Bounded:
    """Row i, for i < period only."""


@dataclass(frozen=True)
class Table:
    """Per number N of positions the row for each i."""

    phases: dict[int, tuple[int, ...]]


Positions: TypeAlias = Periodic | Bounded | Table


@dataclass(frozen=True)
class Formula:
    """numerator(i, N) / denominator(i, N), added to one dimension of the embedding."""

    dimension: int
    numerator: Polynomial
    denominator: Polynomial

    def value(self, i: int, total: int) -> Fraction:
        """The exact value; raises NotANumber where the denominator is 0."""
        below = evaluate(self.denominator, i, total)
        if not below:
            raise NotANumber("x / 0", f"the position formula of dimension {self.dimension}, "
                             f"position {i} of {total}")
        return evaluate(self.numerator, i, total) / below


def evaluate(polynomial: Polynomial, i: int, total: int) -> Fraction:
    """The value of a polynomial in i and N."""
    return sum((c * i**a * total**b for c, a, b in polynomial), Fraction(0))


def phases(positions: Positions, period: int, total: int) -> list[int]:
    """The embedding row of every position of a marked input of `total` positions.

    Raises:
        OutOfRange: the encodings do not reach so far.
    """
    if isinstance(positions, Periodic):
        return [i % period for i in range(total)]
    if isinstance(positions, Bounded):
        if total > period:
            raise OutOfRange(f"{total} positions, markers included: the position encodings of the "
                             f"model reach {period}")
        return list(range(total))
    if total not in positions.phases:
        raise OutOfRange(f"{total} positions, markers included: the model has position encodings "
                         f"for {', '.join(map(str, sorted(positions.phases)))} only")
    return list(positions.phases[total])


def offsets(formulas: tuple[Formula, ...], contract: Contract,
            total: int) -> list[list[tuple[int, Value]]]:
    """Per position the dimensions that formulas change, with the rounded value to add.

    Raises:
        NotANumber: some denominator is 0.
    """
    return [[(f.dimension, contract.round(f.value(i, total))) for f in formulas]
            for i in range(total)]


def parse_positions(data: object, path: str, period: int) -> Positions:
    """The positions that `data` describes; raises Rejected."""
    kind = one_of(mapping(data, path).get("kind"), f"{path}.kind", ("periodic", "bounded", "table"))
    if kind != "table":
        record(data, path, ("kind",))
        return Periodic() if kind == "periodic" else Bounded()
    listed = mapping(record(data, path, ("kind", "phases"))["phases"], f"{path}.phases")
    found: dict[int, tuple[int, ...]] = {}
    for key, row in listed.items():
        where = f"{path}.phases[{key!r}]"
        if type(key) is not str or not key.isascii() or not key.isdigit() or len(key) > 6 \
                or str(int(key)) != key:
            reject("not-a-length", key, where, "a number of positions, in decimal digits")
        found[int(key)] = tuple(integers(row, where, 0, period, int(key)))
    return Table(found)


def parse_formulas(data: object, path: str, residual: dict[str, int]) -> tuple[Formula, ...]:
    """The formulas that `data` describes; `residual` numbers the dimensions. Raises Rejected."""
    found = []
    for k, formula in enumerate(bounded(data, path, 0)):
        where = f"{path}[{k}]"
        fields = record(formula, where, ("dimension", "numerator", "denominator"))
        below = _polynomial(fields["denominator"], f"{where}.denominator")
        if _is_zero(below):
            reject("zero-denominator", fields["denominator"], f"{where}.denominator",
                   "a polynomial other than 0")
        found.append(Formula(index_of(fields["dimension"], f"{where}.dimension", residual),
                             _polynomial(fields["numerator"], f"{where}.numerator"), below))
    return tuple(found)


def _polynomial(data: object, path: str) -> Polynomial:
    terms = []
    for k, term in enumerate(bounded(data, path, 0, MAX_TERMS)):
        where = f"{path}[{k}]"
        coefficient, a, b = items(term, where, 3)
        terms.append((rational(coefficient, f"{where}[0]"),
                      integer(a, f"{where}[1]", 0, MAX_POWER + 1),
                      integer(b, f"{where}[2]", 0, MAX_POWER + 1)))
    return tuple(terms)


def _is_zero(polynomial: Polynomial) -> bool:
    """Do the coefficients of each power of i and N add up to 0?"""
    total: dict[tuple[int, int], Fraction] = {}
    for c, a, b in polynomial:
        total[a, b] = total.get((a, b), Fraction(0)) + c
    return not any(total.values())


def plain_positions(positions: Positions) -> dict[str, Any]:
    """The plain data of positions."""
    if isinstance(positions, Table):
        return {"kind": "table",
                "phases": {str(n): list(row) for n, row in positions.phases.items()}}
    return {"kind": "periodic" if isinstance(positions, Periodic) else "bounded"}


def plain_formula(formula: Formula, residual: tuple[str, ...]) -> dict[str, Any]:
    """The plain data of a formula."""
    return {"dimension": residual[formula.dimension],
            "numerator": [[plain(c), a, b] for c, a, b in formula.numerator],
            "denominator": [[plain(c), a, b] for c, a, b in formula.denominator]}
