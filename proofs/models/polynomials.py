"""Polynomials in named variables with rational coefficients, and quotients of them.

    POLYNOMIAL: [[coefficient, {variable: power, ...}], ...]
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

from proofs.checkers.rejection import integer, items, mapping, reject
from proofs.models.tensors import bounded, rational

Monomial: TypeAlias = tuple[tuple[str, int], ...]
"""Variables with positive powers, in alphabetical order."""
Polynomial: TypeAlias = Mapping[Monomial, Fraction]
"""Without zero coefficients, so that equal polynomials are equal mappings."""

MAX_POWER: Final = 16
MAX_TERMS: Final = 1000
ONE: Final[Polynomial] = {(): Fraction(1)}


def constant(value: Fraction) -> Polynomial:
    """A constant."""
    return {(): value} if value else {}


def variable(name: str) -> Polynomial:
    """A variable."""
    return {((name, 1),): Fraction(1)}


def add(left: Polynomial, right: Polynomial) -> Polynomial:
    """The sum."""
    total = dict(left)
    for monomial, x in right.items():
        total[monomial] = total.get(monomial, Fraction(0)) + x
    return {monomial: x for monomial, x in total.items() if x}


def subtract(left: Polynomial, right: Polynomial) -> Polynomial:
    """The difference."""
    return add(left, {monomial: -x for monomial, x in right.items()})


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product; rejects one with more than MAX_TERMS terms."""
    total: dict[Monomial, Fraction] = {}
    for a, x in left.items():
        for b, y in right.items():
            powers = dict(a)
            for name, power in b:
                powers[name] = powers.get(name, 0) + power
            monomial = tuple(sorted(powers.items()))
            total[monomial] = total.get(monomial, Fraction(0)) + x * y
        if len(total) > MAX_TERMS:
            reject("too-many-terms", len(total), "polynomial", f"at most {MAX_TERMS} terms")
    return {monomial: x for monomial, x in total.items() if x}


def product(factors: Iterable[Polynomial]) -> Polynomial:
    """The product of all factors."""
    total = ONE
    for factor in factors:
        total = multiply(total, factor)
    return total


def substitute(polynomial: Polynomial, name: str, value: Polynomial) -> Polynomial:
    """The polynomial with the variable replaced."""
    total: Polynomial = {}
    for monomial, x in polynomial.items():
        rest = tuple(part for part in monomial if part[0] != name)
        powers = [value] * dict(monomial).get(name, 0)
        total = add(total, multiply({rest: x}, product(powers)))
    return total


@dataclass(frozen=True)
class Quotient:
    """A polynomial over another, which is not 0."""

    above: Polynomial
    below: Polynomial

    def plus(self, other: Quotient) -> Quotient:
        """The sum."""
        if self.below == other.below:
            return Quotient(add(self.above, other.above), self.below)
        return Quotient(add(multiply(self.above, other.below), multiply(other.above, self.below)),
                        multiply(self.below, other.below))

    def times(self, other: Quotient) -> Quotient:
        """The product."""
        return Quotient(multiply(self.above, other.above), multiply(self.below, other.below))

    def minus(self, other: Quotient) -> Quotient:
        """The difference."""
        return self.plus(other.times(number(Fraction(-1))))

    def with_value(self, name: str, value: Polynomial) -> Quotient:
        """The quotient with the variable replaced."""
        return Quotient(substitute(self.above, name, value), substitute(self.below, name, value))

    def equals(self, other: Quotient) -> bool:
        """Are they the same function?"""
        return multiply(self.above, other.below) == multiply(other.above, self.below)


def number(value: Fraction) -> Quotient:
    """A constant."""
    return Quotient(constant(value), ONE)


def parse_polynomial(data: object, path: str, known: Collection[str]) -> Polynomial:
    """The polynomial that `data` describes; raises Rejected."""
    total: Polynomial = {}
    for k, term in enumerate(bounded(data, path, 0, MAX_TERMS)):
        coefficient, powers = items(term, f"{path}[{k}]", 2)
        where = f"{path}[{k}][1]"
        monomial = []
        for name, power in mapping(powers, where).items():
            if name not in known:
                reject("unknown-variable", name, where, "a variable of " + ", ".join(sorted(known)))
            monomial.append((name, integer(power, f"{where}.{name}", 1, MAX_POWER + 1)))
        total = add(total, {tuple(sorted(monomial)): x}
                    if (x := rational(coefficient, f"{path}[{k}][0]")) else {})
    return total


def text(polynomial: Polynomial) -> str:
    """The polynomial as people write it."""
    parts = []
    for monomial, x in sorted(polynomial.items(), key=lambda item: item[0], reverse=True):
        factors = [name if power == 1 else f"{name}^{power}" for name, power in monomial]
        if abs(x) != 1 or not factors:
            factors.insert(0, str(abs(x)))
        parts.append(("- " if x < 0 else "+ ") + " ".join(factors))
    return " ".join(parts).removeprefix("+ ") or "0"
