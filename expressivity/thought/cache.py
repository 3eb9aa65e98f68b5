"""What attention and recurrences keep of the positions before, so that each is computed once.

Keys and values of all positions so far stand side by side (windows keep the last W - 1); arithmetic
and order are those of `expressivity.models.dense`, so results agree bit for bit with runs on whole
words. For a single word, hard attention over rationals is incremental (`hard_cache`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from expressivity.models import dense, dense_recurrence
from expressivity.models.engine import Engine
from expressivity.models.exact import ExactEngine
from expressivity.models.model import Model
from expressivity.thought.hard_cache import HardCache
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
    window_size,
)


@dataclass
class HeadCache:
    """Keys (words, positions, r) and values (words, positions, s) from position `first` on."""

    first: int = 0
    hard: HardCache | None = None
    keys: Any = None
    values: Any = None


@dataclass
class Caches:
    """The heads' caches by sublayer and head, and the states of recurrences by sublayer."""

    heads: dict[tuple[int, int], HeadCache] = field(default_factory=dict)
    hidden: dict[int, Any] = field(default_factory=dict)


def after(engine: Engine, model: Model, place: int, stream: Any, shape: tuple[int, int],
          done: int, caches: Caches) -> Any:
    """The residual stream after sublayer `place` at the next positions.

    `shape` counts words and new positions, `done` the positions before; caches are extended.
    """
    layer = model.layers[place]
    if isinstance(layer, FeedForward | GatedFeedForward | Normalisation):
        return dense.after(engine, model, layer, stream, shape)
    read = dense.reads(engine, model, layer, stream)
    if isinstance(layer, Attention):
        change = None
        for number, head in enumerate(layer.heads):
            cache = caches.heads.setdefault((place, number), HeadCache())
            made = engine.linear(model.weights(head.output),
                                 _head(engine, model, head, read, shape[1], done, cache))
            change = made if change is None else engine.checked(engine.add(change, made))
    else:
        change = _recurrence(engine, model, layer, read, shape, caches.hidden, place)
    return engine.checked(engine.add(stream, change))


def _head(engine: Engine, model: Model, head: Head, read: Any, new: int, done: int,
          cache: HeadCache) -> Any:
    query, key, value = (engine.affine(model.weights(rows), read)
                         for rows in (head.query, head.key, head.value))
    if (isinstance(engine, ExactEngine) and len(engine.undefined()) == 1
            and head.selection != "softmax" and window_size(head.mask) is None):
        if cache.hard is None:
            cache.hard = HardCache(head.selection, head.mask == "strict-future",
                                   len(head.query), len(head.value))
        return cache.hard.extend(query, key, value)
    cache.keys = key if cache.keys is None else engine.join([cache.keys, key], axis=1)
    cache.values = value if cache.values is None else engine.join([cache.values, value], axis=1)
    size = window_size(head.mask)
    if size is not None and done + 1 - size > cache.first:
        dropped = done + 1 - size - cache.first
        cache.keys, cache.values = (engine.take(part, (slice(None), slice(dropped, None)))
                                    for part in (cache.keys, cache.values))
        cache.first += dropped
    asking = np.arange(done, done + new)
    visible = dense.visible(head.mask, asking, done + new)[:, cache.first:]
    return engine.attend(head.selection, query, cache.keys, cache.values, visible)


def _recurrence(engine: Engine, model: Model, layer: Layer, read: Any, shape: tuple[int, int],
                hidden: dict[int, Any], place: int) -> Any:
    if not isinstance(layer, Recurrence | Nonlinear):
        raise TypeError(f"unknown sublayer {type(layer).__name__}")
    if place not in hidden:
        initial = np.empty((shape[0], 1, len(layer.initial)), dtype=object)
        initial[:] = layer.initial
        hidden[place] = engine.lift(initial)
    states = [hidden[place]]
    prepared = dense_recurrence.inputs(engine, model, layer, read)
    for t in range(shape[1]):
        now = [engine.take(part, (slice(None), slice(t, t + 1))) for part in prepared]
        states.append(dense_recurrence.step(engine, model, layer, now, states[-1]))
    hidden[place] = states[-1]
    seen = states[1:] if layer.reads == "after" else states[:-1]
    return engine.linear(model.weights(layer.output), engine.join(seen, axis=1))
