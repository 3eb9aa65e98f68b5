"""Many words at once: bit for bit what `proofs.models.reference` computes word by word.

All words of a batch have one length. Sublayers are computed on numbered states as far as these
are few (`interned`), then on arrays (`dense`). A word for which some quantity has no value is
found here and given to the reference evaluator, whose error names the place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

import numpy as np

from expressivity.models import dense
from expressivity.models.engine import Array, Bools, Engine
from expressivity.models.interned import interner
from expressivity.models.model import Model
from languages.errors import InputError
from proofs.models.reference import readout_position

INTERNED_CELLS = 200_000
"""Batches of numbered states are cut to about this many positions of words."""

Finish: TypeAlias = Callable[[Engine, Any], Array]
"""What is wanted of states; one result for each word and position."""

Finished: TypeAlias = dict[int, tuple[Array, Bools]]
"""Results for the numbered states, and which have none; by how many states there were."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Per word: is it accepted, and did every quantity have a value? If not, `accepted` is False.
    """

    accepted: Bools
    defined: Bools


def accepts(model: Model, words: Sequence[Sequence[int]] | Array) -> Bools:
    """Which of these words, all of one length and given as letter indices, are accepted?

    Raises:
        InputError: the words differ in length, or an index is not that of a letter.
        NoReadout: the words are empty and the readout needs a symbol.
        OutOfRange: the words are longer than the position encodings reach.
        NotANumber: some quantity has no value on some word; says where.
    """
    batch = _batch(model, words)
    answers = evaluate(model, batch)
    _must_be_defined(model, batch, answers.defined)
    return answers.accepted


def evaluate(model: Model, words: Sequence[Sequence[int]] | Array) -> Answers:
    """As `accepts`, but words without a value are reported, not raised."""
    batch = _batch(model, words)
    position = readout_position(model.definition, batch.shape[1])
    model = model.unrolled(batch.shape[1])
    found, defined = _run(model, batch, len(model.layers), slice(position, position + 1),
                          partial(_accepted, model))
    return Answers(found.reshape(len(batch)).astype(bool) & defined, defined)


def residual(model: Model, words: Sequence[Sequence[int]] | Array,
             sublayers: int | None = None) -> Array:
    """The residual stream after this many of the sublayers that run (all of them unless given).

    Objects (Fractions and infinities) of shape (words, positions, d), markers included. The output
    functional is not computed, otherwise it raises as `accepts`.
    """
    batch = _batch(model, words)
    model = model.unrolled(batch.shape[1])
    if batch.shape[1] == 0 and model.definition.markers == "none":
        return np.empty((len(batch), 0, model.width), dtype=object)
    levels = len(model.layers) if sublayers is None else sublayers
    found, defined = _run(model, batch, levels, slice(None), _values)
    _must_be_defined(model, batch, defined)
    return exactly(found)


def outputs(model: Model, words: Sequence[Sequence[int]] | Array) -> Array:
    """The position-wise outputs ("sequence") at the letters, objects of shape (words, letters).

    Values, or the texts whose dimension is 1, None where that is not exactly one.

    Raises:
        InputError: the model has no position-wise output; else as `residual`.
    """
    sequence = model.definition.sequence
    if sequence is None:
        raise InputError('the model has no "sequence": it maps words to answers, not to sequences')
    batch = _batch(model, words)
    first = model.definition.markers in ("bos", "both")
    stream = residual(model, batch)[:, first:first + batch.shape[1], list(sequence.dimensions)]
    if sequence.values is None:
        return np.asarray(stream[..., 0])
    ones = np.asarray(stream == 1, dtype=bool)
    single = (ones.sum(axis=2) == 1) & (ones | np.asarray(stream == 0, dtype=bool)).all(axis=2)
    texts = np.array(sequence.values, dtype=object)
    missing: Any = None
    return np.asarray(np.where(single, texts[ones.argmax(axis=2)], missing))


def _accepted(model: Model, engine: Engine, state: Any) -> Array:
    zero = engine.lift(np.full((1, 1, 1), Fraction(0)))
    return engine.greater(engine.affine(model.output, state), zero)


def _values(engine: Engine, state: Any) -> Array:
    return engine.values(state)


def exactly(values: Array) -> Array:
    """The values as Fractions and infinities."""
    convert = np.frompyfunc(lambda x: Fraction(x) if abs(x) < np.inf else x, 1, 1)
    return np.asarray(convert(values.astype(object)), dtype=object)


def _must_be_defined(model: Model, batch: Array, defined: Bools) -> None:
    if not defined.all():
        model.run([int(letter) for letter in batch[int(np.argmin(defined))]])
        raise RuntimeError("the fast evaluator found no value where the definition has one")


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


def _run(model: Model, words: Array, levels: int, positions: slice,
         finish: Finish) -> tuple[Array, Bools]:
    """The results of `finish` at some positions after some sublayers, and which are defined.

    Raises:
        ValueError: the model has a loop.
    """
    if model.definition.loop is not None:
        raise ValueError("a loop runs as often as the number of letters says: unroll it first")
    symbols = _marked(model, words)
    rows = max(1, INTERNED_CELLS // (symbols.shape[1] + 1))
    finished: Finished = {}
    with np.errstate(invalid="ignore"):  # NaN has its own account: `Engine.undefined`
        parts = [_part(model, symbols[i:i + rows], levels, positions, finish, finished)
                 for i in range(0, max(1, len(symbols)), rows)]
    return (np.concatenate([found for found, _ in parts]),
            np.concatenate([defined for _, defined in parts]))


def _marked(model: Model, words: Array) -> Array:
    """The symbols with their markers."""
    definition = model.definition
    columns = [words]
    if definition.markers in ("bos", "both"):
        columns.insert(0, np.full((len(words), 1), definition.begin))
    if definition.markers in ("eos", "both"):
        columns.append(np.full((len(words), 1), definition.end))
    return np.concatenate(columns, axis=1)


def _part(model: Model, symbols: Array, levels: int, positions: slice,
          finish: Finish, finished: Finished) -> tuple[Array, Bools]:
    words, length = symbols.shape
    level, states, ids, undefined = interner(model, length).run(symbols, levels)
    if level == levels:
        if len(states) not in finished:
            engine = dense.engine_for(model, len(states), 1)
            results = finish(engine, engine.lift(states[:, None]))[:, 0]
            finished[len(states)] = results, engine.undefined()
        results, without = finished[len(states)]
        undefined |= without[ids[positions]].any(axis=0)
        return results[ids[positions].T], ~undefined
    # Sums over many positions may need another arithmetic than single states.
    table = dense.engine_for(model, words, length).lift(exactly(states)[:, None])
    rows = max(1, dense.CELLS // (length + 2) ** 2)
    parts = []
    for first in range(0, max(1, words), rows):
        numbers = ids[:, first:first + rows].T
        shape = (len(numbers), length)
        engine = dense.engine_for(model, *shape)
        state = engine.take(table, (numbers, 0))
        for layer in model.layers[level:levels]:
            state = dense.after(engine, model, layer, state, shape)
        parts.append(finish(engine, engine.take(state, (slice(None), positions))))
        undefined[first:first + rows] |= engine.undefined()
    return np.concatenate(parts), ~undefined
