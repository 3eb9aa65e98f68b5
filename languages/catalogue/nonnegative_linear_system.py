"""Linear systems Ax = b with x >= 0 over the rationals: feasibility of linear programs.

Complete for P (Greenlaw, Hoover, Ruzzo 1995), unlike `linear-system`. For the encoding see
`_systems`. The empty word has no equation, so it is a member.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from languages.catalogue._arguments import no_argument
from languages.catalogue._systems import ALPHABET, parse, reduced
from languages.language import Language
from languages.limits import Limits

NAME = "nonnegative-linear-system"
SYNTAX = "nonnegative-linear-system"
SUMMARY = "linear systems (such as 1,-10=1;0,1=1;) with a rational solution, no entry negative"
EXAMPLES = ("nonnegative-linear-system",)


def member(word: Sequence[str]) -> bool:
    """Eliminate, then the first phase of the simplex method; Bland's rule, so it ends."""
    rows = parse(word)
    solved = None if rows is None else reduced(rows)
    return solved is not None and _feasible(solved)


def _feasible(rows: list[list[Fraction]]) -> bool:
    """Drive the sum of one slack per row to 0; entering and leaving by the least number."""
    table = [row if row[-1] >= 0 else [-x for x in row] for row in rows]
    width = len(table[0]) - 1 if table else 0
    basis = [width + i for i in range(len(table))]  # slacks never come back
    while True:
        cost = [sum((row[k] for row, b in zip(table, basis, strict=True) if b >= width),
                    Fraction(0)) for k in range(width + 1)]
        enters = next((k for k in range(width) if cost[k] > 0 and k not in basis), None)
        if enters is None:
            return cost[-1] == 0 if table else True
        _, _, leaves = min((row[-1] / row[enters], basis[i], i) for i, row in enumerate(table)
                           if row[enters] > 0)
        pivot = [x / table[leaves][enters] for x in table[leaves]]
        table = [pivot if i == leaves else
                 [x - row[enters] * y for x, y in zip(row, pivot, strict=True)]
                 for i, row in enumerate(table)]
        basis[leaves] = enters


def build(argument: str | None, limits: Limits) -> Language:
    """The feasible systems, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, ALPHABET, None, SUMMARY, NAME, member)
