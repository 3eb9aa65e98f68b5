"""Linear systems as words, and elimination.

A word lists equations, each ended by a semicolon: integer coefficients separated by commas, an
equality sign and an integer. Integers are in binary without leading zeros, with `-` in front if
negative. All equations have the same number of coefficients, one at least.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from languages.catalogue._encodings import binary, items

ALPHABET = tuple("01-,=;")
Rows = list[list[int]]  # coefficients, then the right-hand side


def parse(word: Sequence[str]) -> Rows | None:
    """The equations that a word lists; None if it does not."""
    equations = items(word)
    if equations is None:
        return None
    rows: Rows = []
    for equation in equations:
        left, _, right = equation.partition("=")
        found = [_integer(text) for text in (*left.split(","), right)]
        row = [number for number in found if number is not None]
        if len(row) < len(found) or len(row) != len(rows[0] if rows else row):
            return None
        rows.append(row)
    return rows


def _integer(text: str) -> int | None:
    value = binary(text.removeprefix("-"))
    if value is None or (value == 0 and text != "0"):
        return None
    return -value if text.startswith("-") else value


def reduced(rows: Rows) -> list[list[Fraction]] | None:
    """Gauss and Jordan over the rationals: rows led by 1; None if there is no solution."""
    left = [[Fraction(x) for x in row] for row in rows]
    done: list[list[Fraction]] = []
    while left:
        pivot = left.pop()
        lead = next((k for k, x in enumerate(pivot[:-1]) if x), None)
        if lead is None:
            if pivot[-1]:
                return None
            continue
        pivot = [x / pivot[lead] for x in pivot]
        left = [_minus(row, row[lead], pivot) for row in left]
        done = [_minus(row, row[lead], pivot) for row in done]
        done.append(pivot)
    return done


def _minus(row: list[Fraction], factor: Fraction, pivot: list[Fraction]) -> list[Fraction]:
    return [x - factor * y for x, y in zip(row, pivot, strict=True)] if factor else row


def solvable_modulo(rows: Rows, p: int) -> bool:
    """Is there a solution modulo the prime p?"""
    left = [[x % p for x in row] for row in rows]
    while left:
        pivot = left.pop()
        lead = next((k for k, x in enumerate(pivot[:-1]) if x), None)
        if lead is None:
            if pivot[-1]:
                return False
            continue
        inverse = pow(pivot[lead], -1, p)
        left = [[(x - row[lead] * inverse * y) % p for x, y in zip(row, pivot, strict=True)]
                for row in left]
    return True
