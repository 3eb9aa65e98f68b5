"""A temporal formula together with the point of the word at which it is read.

With letters at the positions 0..n-1 and the appended end position n the points are

    first   position 0
    last    position n - 1
    end     position n: strict past operators there see all letters, and no letter is here

In the empty word there is only the end position, and every point means it: X, F, U, Y, P and S are
false there, and so is every letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from languages.logics.ltl import Formula

Point: TypeAlias = Literal["first", "last", "end"]
POINTS: Final[dict[str, Point]] = {"first": "first", "last": "last", "end": "end"}


@dataclass(frozen=True)
class Sentence:
    """A formula, and where it is read."""

    formula: Formula
    point: Point

    def holds(self, word: Sequence[str]) -> bool:
        """Does the word satisfy the sentence? `InputError` for a letter outside the alphabet."""
        n = len(word)
        place = {"first": 0, "last": max(n - 1, 0), "end": n}[self.point]
        return self.formula.positions(word)[place]
