"""Reading weights: rationals that the number contract has, in matrices of known shapes."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from typing import Any, Final

from proofs.checkers.rejection import distinct, items, reject, string
from proofs.models.layers import Matrix, Vector
from proofs.models.numbers import Contract, Fixed, Float, Value

MAX_DIMENSION: Final = 100_000
MAX_ENTRIES: Final = 2_000_000
MAX_DIGITS: Final = 1000
_LARGE: Final = 10**250  # larger integers are written as strings: JSON readers bound integers
_RATIONAL = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")


class Tensors:
    """Reads weights, checks that the contract has them, and counts them."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._entries = 0
        self._known: dict[int | str, Fraction] = {}

    def matrix(self, value: object, path: str, rows: int, columns: int) -> Matrix:
        """`rows` lists of `columns` weights."""
        return tuple(self.vector(row, f"{path}[{i}]", columns)
                     for i, row in enumerate(items(value, path, rows)))

    def matrices(self, value: object, path: str, shape: tuple[int, int, int]) -> tuple[Matrix, ...]:
        """A list of matrices; `shape` is their number, rows and columns."""
        return tuple(self.matrix(rows, f"{path}[{i}]", *shape[1:])
                     for i, rows in enumerate(items(value, path, shape[0])))

    def vector(self, value: object, path: str, length: int) -> Vector:
        """A list of `length` weights."""
        listed = items(value, path, length)
        self._entries += length
        if self._entries > MAX_ENTRIES:
            reject("too-many-weights", value, path, f"at most {MAX_ENTRIES} weights in all")
        return tuple(self.entry(entry, f"{path}[{i}]") for i, entry in enumerate(listed))

    def entry(self, value: object, path: str) -> Fraction:
        """One weight."""
        # An integer and a string never meet in one key; `True == 1` would, but is no int here.
        if (type(value) is int or type(value) is str) and value in self._known:
            return self._known[value]
        weight = rational(value, path)
        if not self.contract.represents(weight):
            reject("not-representable", value, path, f"a number of the format "
                   f"{_grid_text(self.contract.grid)}, such as {self._nearest(weight)}")
        if type(value) is int or type(value) is str:
            self._known[value] = weight
        return weight

    def _nearest(self, weight: Fraction) -> Value:
        return Contract(self.contract.grid, overflow="saturate").round(weight)


def rational(value: object, path: str) -> Fraction:
    """An integer, or a string "p/q"."""
    expected = 'an integer or a string "p/q"'
    if type(value) is int:
        if abs(value) >= 10**MAX_DIGITS:
            reject("too-many-digits", value, path, f"at most {MAX_DIGITS} digits")
        return Fraction(value)
    match = _RATIONAL.fullmatch(value) if type(value) is str else None
    if match is None:
        reject("not-a-rational", value, path, expected)
    if max(len(match[1]), len(match[2] or "")) > MAX_DIGITS:
        reject("too-many-digits", value, path, f"at most {MAX_DIGITS} digits")
    denominator = int(match[2] or 1)
    if denominator == 0:
        reject("zero-denominator", value, path, expected + " with q > 0")
    return Fraction(int(match[1]), denominator)


def _grid_text(grid: Fixed | Float | None) -> str:
    if isinstance(grid, Fixed):
        return f"fixed({grid.bits} bits, {grid.fraction} of them fractional)"
    if isinstance(grid, Float):
        return f"float({grid.exponent} exponent bits, {grid.significand} significant bits)"
    return "rational"


def one_of(value: object, path: str, allowed: Collection[str]) -> Any:
    """One of the strings `allowed`; the caller gives the result its Literal type."""
    if type(value) is not str or value not in allowed:
        reject("unknown-value", value, path, "one of " + ", ".join(f'"{x}"' for x in allowed))
    return value


def bounded(value: object, path: str, low: int, high: int = MAX_DIMENSION) -> list[object]:
    """A list of `low` to `high` elements."""
    listed = items(value, path)
    if not low <= len(listed) <= high:
        reject("wrong-length", value, path, f"a list of {low} to {high} elements")
    return listed


def names(value: object, path: str) -> tuple[str, ...]:
    """A non-empty list of distinct non-empty strings."""
    found = [string(name, f"{path}[{i}]") for i, name in enumerate(bounded(value, path, 1))]
    if "" in found:
        reject("empty-name", "", f'{path}[{found.index("")}]', "a non-empty string")
    numbers = {name: i for i, name in enumerate(found)}
    distinct([numbers[name] for name in found], path)
    return tuple(found)


def index_of(value: object, path: str, known: dict[str, int]) -> int:
    """The index of a name of the residual stream."""
    name = string(value, path)
    if name not in known:
        reject("unknown-dimension", value, path, "the name of a dimension of the residual stream")
    return known[name]


def plain_matrix(matrix: Matrix) -> list[list[int | str]]:
    """A matrix as plain data."""
    return [plain_vector(row) for row in matrix]


def plain_vector(vector: Vector) -> list[int | str]:
    """A vector as plain data."""
    return [plain(x) for x in vector]


def plain(x: Fraction) -> int | str:
    """A weight as plain data."""
    if x.denominator > 1:
        return f"{x.numerator}/{x.denominator}"
    return x.numerator if abs(x.numerator) < _LARGE else str(x.numerator)
