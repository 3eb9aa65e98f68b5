"""Decoding, one position at a time, for many words of one length side by side.

Bit for bit what `proofs.models.decoder` computes by running the model on each prefix anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from expressivity.models import dense
from expressivity.models.engine import Array, Bools
from expressivity.models.weights import Weights
from expressivity.thought.cache import Caches, after
from expressivity.thought.thinker import Thinker
from proofs.models.decoder import Decoded, decode, start
from proofs.models.numbers import NotANumber
from proofs.models.positions import Bounded, OutOfRange

BLOCK_CELLS: Final = 1_000_000
"""The marked input is computed in blocks with about this many pairs of positions."""
UNLIMITED: Final = 1_000_000
"""Tokens that are written at the most where neither decoder nor caller sets a limit."""


class OutOfTime(Exception):
    """The time was over before every word was answered."""


@dataclass(frozen=True, eq=False)
class Finished:
    """Per word: the tokens, by number, and the answer; None without an answer."""

    tokens: tuple[tuple[int, ...], ...]
    accepted: tuple[bool | None, ...]


class Session:
    """Words of one length, as letter indices, that a decoder works on; at most `most` tokens.

    Raises:
        ValueError, OutOfRange, NoReadout: as `proofs.models.decoder.decode`.
    """

    def __init__(self, thinker: Thinker, words: Sequence[Sequence[int]] | Array,
                 most: int | None = None) -> None:
        self.thinker = thinker
        self.words = [tuple(int(letter) for letter in word) for word in words]
        prompts = [start(thinker.definition, word) for word in self.words]
        if len({len(prompt) for prompt in prompts}) > 1:
            raise ValueError("words of several lengths: expected words of one length")
        self._prompt = np.array(prompts, dtype=np.int64)
        length = len(self.words[0]) if self.words else 0
        bounds = [b for b in (thinker.definition.most(length), most) if b is not None]
        self.most = min(bounds, default=UNLIMITED)
        self._engine = dense.engine_for(thinker.model, len(self.words),
                                        self._prompt.shape[1] + min(self.most, UNLIMITED))
        self.caches = Caches()
        self.done = 0
        self._places, self._offsets = _formulas(thinker)
        definition = thinker.definition.model
        rows = [[*row] for symbol in definition.embedding for row in symbol]
        self._table = self._engine.lift(np.array(rows, dtype=object)[:, None])

    def steps(self) -> Iterator[NDArray[np.int64]]:
        """The next token of every word, until all have answered or the limit is reached.

        Tokens of words that have answered already mean nothing. Raises NotANumber, OutOfRange.
        """
        answers = (self.thinker.definition.accept, self.thinker.definition.reject)
        waiting = np.ones(len(self.words), dtype=bool)
        symbols = self._prompt
        for _ in range(self.most if waiting.any() else 0):
            tokens = self._next(symbols, waiting)
            yield tokens
            waiting &= ~np.isin(tokens, answers)
            if not waiting.any():
                return
            symbols = self.thinker.definition.first + tokens[:, None]

    def run(self, until: float | None = None) -> Finished:
        """All steps; raises OutOfTime if the monotonic clock says that it is later than `until`."""
        columns = []
        for column in self.steps():
            if until is not None and time.monotonic() > until:
                raise OutOfTime
            columns.append(column)
        answers = (self.thinker.definition.accept, self.thinker.definition.reject)
        tokens, accepted = [], []
        for b in range(len(self.words)):
            row = [int(column[b]) for column in columns]
            end = next((k for k, token in enumerate(row) if token in answers), None)
            tokens.append(tuple(row if end is None else row[:end + 1]))
            accepted.append(None if end is None else row[end] == answers[0])
        return Finished(tuple(tokens), tuple(accepted))

    def _next(self, symbols: NDArray[np.int64], waiting: Bools) -> NDArray[np.int64]:
        """Append the symbols; the tokens that follow. Raises what the definition raises."""
        try:
            with np.errstate(invalid="ignore"):  # NaN has its own account: `Engine.undefined`
                tokens = self._emit(self._extend(symbols))
            undefined = waiting & self._engine.undefined()
        except NotANumber:  # a formula has no value: for all words
            undefined = waiting
            tokens = np.zeros(len(waiting), dtype=np.int64)
        if undefined.any():
            decode(self.thinker.definition, self.words[int(undefined.argmax())], self.most)
            raise RuntimeError("decoding found no value where the definition has one")
        return tokens

    def _emit(self, stream: Any) -> NDArray[np.int64]:
        """The token of each word, from the stream at its last position."""
        engine = self._engine
        values = engine.values(engine.affine(self.thinker.emit, stream))
        # The first of the largest values.
        return np.asarray(values[:, 0].argmax(axis=1), dtype=np.int64)

    def _extend(self, symbols: NDArray[np.int64]) -> Any:
        """Compute the positions of these symbols; the stream at the last of them."""
        words, new = symbols.shape
        stream = None
        first = 0
        while first < new:
            rows = max(1, min(new - first, BLOCK_CELLS // (words * (self.done + new) + 1)))
            block = symbols[:, first:first + rows]
            stream = self.embedded(block)
            for place in range(len(self.thinker.model.layers)):
                stream = after(self._engine, self.thinker.model, place, stream, block.shape,
                               self.done, self.caches)
            self.done += block.shape[1]
            first += rows
        return self._engine.take(stream, (slice(None), slice(-1, None)))

    def embedded(self, symbols: NDArray[np.int64]) -> Any:
        """The stream before the first sublayer at the next positions."""
        definition = self.thinker.definition.model
        at = np.arange(self.done, self.done + symbols.shape[1])
        if isinstance(definition.positions, Bounded) and at[-1] >= definition.period:
            raise OutOfRange(f"{at[-1] + 1} positions, markers and tokens included: the position "
                             f"encodings of the model reach {definition.period}")
        numbers = symbols * definition.period + at % definition.period
        state = self._engine.take(self._table, (numbers, 0))
        for weights, formulas in zip(self._places, self._offsets, strict=True):
            values = np.array([[definition.contract.round(definition.formulas[k].value(int(i), 1))
                                for k in formulas] for i in at], dtype=object)
            added = self._engine.linear(weights, self._engine.lift(values[None]))
            state = self._engine.add(state, added)
        return state if not self._places else self._engine.checked(state)


def think(thinker: Thinker, word: Sequence[int], most: int | None = None) -> Decoded:
    """`proofs.models.decoder.decode`, fast; raises as it does."""
    found = Session(thinker, [word], most).run()
    return Decoded(found.tokens[0], found.accepted[0])


def _formulas(thinker: Thinker) -> tuple[list[Weights], list[list[int]]]:
    """Rounds of formulas, each with distinct dimensions, and maps that put values in their places.

    One after the other they are added, as sums are rounded each time.
    """
    rounds: list[list[int]] = []
    formulas = thinker.definition.model.formulas
    for k, formula in enumerate(formulas):
        before = [r for r, part in enumerate(rounds)
                  if any(formulas[m].dimension == formula.dimension for m in part)]
        place = before[-1] + 1 if before else 0
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(k)
    maps = []
    for part in rounds:
        rows = [[Fraction(0)] * len(part) for _ in range(thinker.model.width)]
        for column, k in enumerate(part):
            rows[formulas[k].dimension][column] = Fraction(1)
        maps.append(Weights(tuple(map(tuple, rows))))
    return maps, rounds
