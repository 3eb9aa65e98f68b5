"""Unique hard attention: remember the winner so far.

The head returns the value of the key with the greatest score; of equal scores, the leftmost or
the rightmost. Reading one more key, the winner stays unless the new score is greater (leftmost)
or at least as great (rightmost). Only the order of scores matters, so a summary is a pair of a
rank and a value (Jerad, Svete, Li, Cotterell 2025: for leftmost ties the rank never falls and the
value only changes when it rises, a partially ordered automaton).
"""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.numbers import Score, Vector

NOTHING = -1
NAN = -2


class UniqueHard:
    """Per key a score and a value; the state is the number of the key that wins so far."""

    def __init__(self, scores: Sequence[Score], values: Sequence[Vector], nothing: Vector,
                 leftmost: bool) -> None:
        self._scores = scores
        self._values = values
        self._nothing = nothing
        self._leftmost = leftmost

    def start(self) -> int:
        """No key has been seen."""
        return NOTHING

    def step(self, state: int, key: int) -> int:
        """The winner among one more key; a score that is NaN spoils every later reading."""
        new = self._scores[key]
        if state == NAN or new is None:
            return NAN
        if state == NOTHING:
            return key
        old = self._scores[state]
        if old is None:
            return NAN
        return key if new > old or (new == old and not self._leftmost) else state

    def read(self, state: int) -> Vector | None:
        """The value of the winner."""
        if state == NAN:
            return None
        return self._nothing if state == NOTHING else self._values[state]
