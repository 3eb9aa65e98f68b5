"""Many words at once: bit for bit what `proofs.models.reference` computes word by word.

All words of a batch have one length. A word for which some quantity has no value is found here
and given to the reference evaluator, whose error names the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.models.exact import ExactEngine
from expressivity.models.model import Attention, Head, Model
from expressivity.models.rounded import RoundedEngine
from languages.errors import InputError
from proofs.models import layers
from proofs.models.architecture import Model as Definition
from proofs.models.numbers import NotANumber
from proofs.models.positions import Periodic
from proofs.models.reference import readout_position

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]

CELLS = 4_000_000
"""Batches are cut so that an array over pairs of positions has about this many entries."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Per word: is it accepted, and did every quantity have a value? If not, `accepted` is False.
    """

    accepted: Bools
    defined: Bools


class Engine(Protocol):
    """Arithmetic on batches. What a state is (an array, or one with a denominator) is its own.

    States over positions have shape (B, n, dimensions).
    """

    def embed(self, table: Array, symbols: Array, phases: Array) -> Any:
        """table[symbols, phases] for symbols of shape (B, n)."""

    def affine(self, rows: Array, state: Any) -> Any:
        """The affine map whose last column is the bias."""

    def linear(self, rows: Array, state: Any) -> Any:
        """The linear map with these rows."""

    def relu(self, state: Any) -> Any:
        """max(x, 0)."""

    def add(self, left: Any, right: Any) -> Any:
        """The sum."""

    def zero_unless(self, keep: Bools, state: Any) -> Any:
        """The state at the positions (of shape (n,)) to keep, 0 elsewhere."""

    def attend(self, head: Head, query: Any, key: Any, value: Any, visible: Bools) -> Any:
        """The head's result at every position; anything where no position is visible."""

    def at(self, state: Any, position: int) -> Any:
        """The state at one position; that axis stays, with length 1."""

    def positive(self, state: Any) -> Bools:
        """Of a state with one position and one dimension: is it > 0?"""

    def undefined(self) -> Bools:
        """The words for which some quantity so far has no value."""


def accepts(model: Model, words: Sequence[Sequence[int]] | Array) -> Bools:
    """Which of these words, all of one length and given as letter indices, are accepted?

    Raises:
        InputError: the words differ in length, or an index is not that of a letter.
        NoReadout: the words are empty and the readout needs a symbol.
        NotANumber: some quantity has no value on some word; says where.
    """
    batch = _batch(model, words)
    answers = evaluate(model, batch)
    if not answers.defined.all():
        first = batch[int(np.argmin(answers.defined))]
        model.run([int(letter) for letter in first])
        raise RuntimeError("the fast evaluator found no value where the definition has one")
    return answers.accepted


def evaluate(model: Model, words: Sequence[Sequence[int]] | Array) -> Answers:
    """As `accepts`, but words without a value are reported, not raised."""
    batch = _batch(model, words)
    position = readout_position(model.definition, batch.shape[1])
    if not _vectorised(model.definition):
        return _one_by_one(model, batch)
    rows = max(1, CELLS // (batch.shape[1] + 2) ** 2)
    with np.errstate(invalid="ignore"):  # NaN has its own account: `Engine.undefined`
        parts = [_evaluate(model, batch[i:i + rows], position)
                 for i in range(0, len(batch), rows)]
    if not parts:
        return Answers(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
    return Answers(np.concatenate([part.accepted for part in parts]),
                   np.concatenate([part.defined for part in parts]))


def _vectorised(definition: Definition) -> bool:
    """Are all parts of the model among those that are computed for many words at once?"""
    return (isinstance(definition.positions, Periodic) and not definition.formulas
            and all(isinstance(layer, layers.Attention | layers.FeedForward) and layer.norm is None
                    for layer in definition.layers)
            and all(head.mask in layers.MASKS for layer in definition.layers
                    if isinstance(layer, layers.Attention) for head in layer.heads))


def _one_by_one(model: Model, batch: Array) -> Answers:
    """The reference evaluator, word by word."""
    accepted, defined = np.zeros((2, len(batch)), dtype=bool)
    for k, word in enumerate(batch.tolist()):
        try:
            accepted[k] = model.run(word).accepted
            defined[k] = True
        except NotANumber:
            pass
    return Answers(accepted, defined)


def _batch(model: Model, words: Sequence[Sequence[int]] | Array) -> Array:
    """The words as an array (B, n) of letter indices."""
    if not isinstance(words, np.ndarray):
        lengths = {len(word) for word in words}
        if len(lengths) > 1:
            raise InputError(f"words of lengths {min(lengths)} and {max(lengths)}: expected words "
                             "of one length")
        words = np.array(words, dtype=np.int64).reshape(len(words), min(lengths, default=0))
    if words.size and not (words.min() >= 0 and words.max() < len(model.alphabet)):
        wrong = words.min() if words.min() < 0 else words.max()
        raise InputError(f"letter {wrong}: expected an index from 0 to {len(model.alphabet) - 1}")
    return words


def _evaluate(model: Model, words: Array, position: int) -> Answers:
    definition = model.definition
    columns = [words]
    if definition.markers in ("bos", "both"):
        columns.insert(0, np.full((len(words), 1), definition.begin))
    if definition.markers in ("eos", "both"):
        columns.append(np.full((len(words), 1), definition.end))
    symbols = np.concatenate(columns, axis=1)
    length = symbols.shape[1]
    engine: Engine = (ExactEngine(len(words)) if model.contract.grid is None
                      else RoundedEngine(model.contract, len(words), length))
    state = engine.embed(model.embedding, symbols, np.arange(length) % definition.period)
    for layer in model.layers:
        if isinstance(layer, Attention):
            change = None
            for head in layer.heads:
                made = _head(engine, head, state, length)
                change = made if change is None else engine.add(change, made)
        else:
            change = engine.affine(layer.outer, engine.relu(engine.affine(layer.inner, state)))
        state = engine.add(state, change)
    value = engine.affine(model.output, engine.at(state, position))
    defined = ~engine.undefined()
    return Answers(engine.positive(value) & defined, defined)


def _head(engine: Engine, head: Head, state: Any, length: int) -> Any:
    visible = _visible(head.mask, length)
    found = engine.attend(head, engine.affine(head.query, state), engine.affine(head.key, state),
                          engine.affine(head.value, state), visible)
    # Where nothing is visible, `found` is arbitrary but must not spoil the word.
    found = engine.zero_unless(np.logical_or.reduce(visible, axis=1), found)
    return engine.linear(head.output, found)


def _visible(mask: str, length: int) -> Bools:
    """visible[i, j]: does position i see position j?"""
    i, j = np.indices((length, length))
    seen: dict[str, Bools] = {"none": j == j, "future": j <= i, "strict-future": j < i,
                              "past": j >= i, "strict-past": j > i}
    return seen[mask]
