"""Runs on numbered states: each distinct state of the residual stream is computed once.

A position of a word is a number; a sublayer is a table of numbers. This covers the sublayers from
the embedding on as long as distinct states are few and attention is unique and hard; what comes
after is left to the dense evaluator.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TypeAlias

import numpy as np

from expressivity.models.attention_scan import AttentionScan
from expressivity.models.dense import after, engine_for
from expressivity.models.engine import Array, Bools
from expressivity.models.model import Model
from expressivity.models.numbering import Ids, NotInterned, Numbering, Singles
from expressivity.models.recurrent_scan import RecurrentScan
from proofs.models.layers import Attention, Layer, Nonlinear, Recurrence, Vector
from proofs.models.linear import State
from proofs.models.numbers import ZERO, Contract, NotANumber, Value
from proofs.models.positions import Periodic, offsets, phases

Sublayer: TypeAlias = Singles | RecurrentScan | AttentionScan


class Interner:
    """The tables of one model, and of one number of positions where embeddings depend on it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._levels = [Numbering(model.width) for _ in range(len(model.layers) + 1)]
        self._sublayers: list[Sublayer] = []
        for k, layer in enumerate(model.layers):
            try:
                self._sublayers.append(self._sublayer(layer, *self._levels[k:k + 2]))
            except NotInterned:
                break
        self._reach = len(self._sublayers)

    def run(self, symbols: Array, levels: int) -> tuple[int, Array, Ids, Bools]:
        """The residual stream after as many of the first `levels` sublayers as are covered.

        `symbols` has shape (words, positions). Returns the number of sublayers, the distinct states
        (k, d), their numbers (positions, words), and the words that have no value.

        Raises:
            OutOfRange: the position encodings do not reach so far.
        """
        states, ids = _embedded(self._model, symbols)
        undefined = (ids == 0).any(axis=0)
        try:
            pending = self._levels[0].ids(states)
        except NotInterned:
            self._reach = -1
        if self._reach < 0:
            return 0, states, ids, undefined
        # Sublayers that work position by position are maps of numbers: composed, then applied once.
        level = 0
        while level < min(levels, self._reach):
            sublayer = self._sublayers[level]
            try:
                if isinstance(sublayer, Singles):
                    pending = sublayer.table()[pending]
                else:
                    ids = pending[ids]
                    undefined |= (ids == 0).any(axis=0)
                    pending = np.arange(len(self._levels[level]))
                    ids, without = sublayer(ids)
                    undefined |= without
                    pending = np.arange(len(self._levels[level + 1]))
            except NotInterned:
                self._reach = level
                break
            level += 1
        ids = pending[ids]
        return level, self._levels[level].array(), ids, undefined | (ids == 0).any(axis=0)

    def _sublayer(self, layer: Layer, source: Numbering, target: Numbering) -> Sublayer:
        if isinstance(layer, Attention):
            return AttentionScan(self._model, layer, source, target)
        if isinstance(layer, Recurrence | Nonlinear):
            return RecurrentScan(self._model, layer, source, target)
        return Singles(source, partial(self._mapped, layer, target))

    def _mapped(self, layer: Layer, target: Numbering, rows: Array) -> Ids:
        engine = engine_for(self._model, len(rows), 1)
        made = after(engine, self._model, layer, engine.lift(rows[:, None]), (len(rows), 1))
        return target.ids(engine.values(made)[:, 0], engine.undefined())


def interner(model: Model, positions: int) -> Interner:
    """The tables for inputs with this many positions, kept for the models used last."""
    definition = model.definition
    uniform = isinstance(definition.positions, Periodic) and not definition.formulas
    return _cached(model, None if uniform else positions)


@lru_cache(maxsize=4)
def _cached(model: Model, positions: int | None) -> Interner:
    del positions
    return Interner(model)


def _embedded(model: Model, symbols: Array) -> tuple[Array, Ids]:
    """Distinct states (k, d), zeros first, and numbers (positions, words); 0 has no value."""
    definition = model.definition
    total = symbols.shape[1]
    zeros: tuple[Value, ...] = (ZERO,) * model.width
    rows = phases(definition.positions, definition.period, total)
    try:
        added = offsets(definition.formulas, model.contract, total)
    except NotANumber:
        return np.array([zeros], dtype=object), np.zeros(symbols.T.shape, dtype=np.int64)
    states = [zeros]
    # Positions with the same row and the same values to add embed all symbols alike.
    kinds: dict[tuple[int, tuple[tuple[int, Value], ...]], list[int]] = {}
    table = []
    for row, changes in zip(rows, map(tuple, added), strict=True):
        if (row, changes) not in kinds:
            made = [_shifted(model.contract, vectors[row], changes)
                    for vectors in definition.embedding]
            first = len(states)
            states += [state or zeros for state in made]
            kinds[row, changes] = [0 if state is None else first + symbol
                                   for symbol, state in enumerate(made)]
        table.append(kinds[row, changes])
    return np.array(states, dtype=object), np.array(table)[np.arange(total)[:, None], symbols.T]


def _shifted(contract: Contract, vector: Vector,
             changes: tuple[tuple[int, Value], ...]) -> State | None:
    """The vector with these values added; None where a sum has no value."""
    state: list[Value] = list(vector)
    try:
        for dimension, value in changes:
            state[dimension] = contract.add(state[dimension], value)
    except NotANumber:
        return None
    return tuple(state)
