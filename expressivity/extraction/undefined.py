"""Models that compute NaN on some word: which word, and what to say."""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.budget import Refused
from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import PLACES, Transducer

_SHOWN = {"begin": ", at the begin symbol", "end": ", at the end symbol", "letter": ""}
_MIRRORED = {"begin": "end", "end": "begin", "letter": "letter"}


class Undefined(Exception):
    """At positions with this residual vector (by number) some quantity is NaN."""

    def __init__(self, symbol: int) -> None:
        self.symbol = symbol
        super().__init__(symbol)


class ComputesNaN(Refused):
    """The model computes NaN on a word, given by letters; `place` is one of `PLACES`."""

    def __init__(self, where: str, word: Sequence[str], place: str) -> None:
        self.where = where
        self.word = tuple(word)
        self.place = place
        super().__init__(f"the model computes NaN (not a number) in {where} on: "
                         + (" ".join(word) or "the empty word") + _SHOWN[place])

    def mirrored(self) -> ComputesNaN:
        """What the model does that reads words from right to left."""
        return ComputesNaN(self.where, self.word[::-1], _MIRRORED[self.place])


def refusal(stream: Transducer[Vector | None] | Transducer[Vector], symbol: int,
            alphabet: Sequence[str], where: str, places: Sequence[str] = PLACES) -> Refused:
    """The refusal of a model that computes NaN where `stream` emits `symbol` at `places`."""
    found = stream.word_to(symbol, places)
    if found is None:
        return Refused(f"the model computes NaN (not a number) in {where}")
    word, place = found
    return ComputesNaN(where, [alphabet[a] for a in word], place)
