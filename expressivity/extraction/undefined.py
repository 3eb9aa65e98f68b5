"""Models that compute NaN on some word: which word, and what to say."""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.budget import Refused
from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import PLACES, Transducer


class Undefined(Exception):
    """At positions with this residual vector (by number) some quantity is NaN."""

    def __init__(self, symbol: int) -> None:
        self.symbol = symbol
        super().__init__(symbol)


def refusal(stream: Transducer[Vector | None] | Transducer[Vector], symbol: int,
            alphabet: Sequence[str], where: str, places: Sequence[str] = PLACES) -> Refused:
    """The refusal of a model that computes NaN where `stream` emits `symbol` at `places`."""
    found = stream.word_to(symbol, places)
    place = "no word"
    if found is not None:
        word, kind = found
        shown = " ".join(alphabet[a] for a in word) or "the empty word"
        place = shown + {"begin": ", at the begin symbol", "end": ", at the end symbol",
                         "letter": ""}[kind]
    return Refused(f"the model computes NaN (not a number) in {where} on: {place}")
