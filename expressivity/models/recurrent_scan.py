"""Recurrent sublayers on numbered states: a step is a table of pairs."""

from __future__ import annotations

import numpy as np

from expressivity.models.dense import engine_for, reads
from expressivity.models.dense_recurrence import inputs, step
from expressivity.models.engine import Array, Bools
from expressivity.models.model import Model
from expressivity.models.numbering import Ids, Numbering, Pairs
from proofs.models.layers import Nonlinear, Recurrence


class RecurrentScan:
    """Maps the stream before the sublayer to the stream after it, both numbered."""

    def __init__(self, model: Model, layer: Recurrence | Nonlinear, source: Numbering,
                 target: Numbering) -> None:
        self._model = model
        self._layer = layer
        self._source = source
        self._target = target
        self._hidden = Numbering(len(layer.initial))
        (self._initial,) = self._hidden.ids(np.array([layer.initial], dtype=object))
        self._step = Pairs(self._steps)
        self._finish = Pairs(self._finishes)

    def __call__(self, ids: Ids) -> tuple[Ids, Bools]:
        """For numbers of shape (positions, words): those after the sublayer; undefined words."""
        path = [np.full(ids.shape[1], self._initial)]
        for now in ids:
            path.append(self._step(path[-1], now))
        states = np.array(path)
        seen = states[1:] if self._layer.reads == "after" else states[:-1]
        return self._finish(seen, ids), (states == 0).any(axis=0)

    def _steps(self, hidden: Ids, now: Ids) -> Ids:
        engine = engine_for(self._model, len(now), 1)
        read = reads(engine, self._model, self._layer, engine.lift(_rows(self._source, now)))
        made = step(engine, self._model, self._layer,
                    inputs(engine, self._model, self._layer, read),
                    engine.lift(_rows(self._hidden, hidden)))
        return self._hidden.ids(engine.values(made)[:, 0], engine.undefined())

    def _finishes(self, hidden: Ids, now: Ids) -> Ids:
        engine = engine_for(self._model, len(now), 1)
        change = engine.linear(self._model.weights(self._layer.output),
                               engine.lift(_rows(self._hidden, hidden)))
        made = engine.checked(engine.add(engine.lift(_rows(self._source, now)), change))
        return self._target.ids(engine.values(made)[:, 0], engine.undefined())


def _rows(numbering: Numbering, ids: Ids) -> Array:
    """States with one position each."""
    return numbering.array()[ids][:, None]
