"""Sublayers on states: every number at every position of every word.

The operations and their order are those of `proofs.models`; the engine does them on arrays.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from expressivity.models.dense_recurrence import hidden_states
from expressivity.models.engine import Array, Bools, Engine
from expressivity.models.exact import ExactEngine
from expressivity.models.model import Model
from expressivity.models.rounded import RoundedEngine
from expressivity.models.terms import dot
from expressivity.models.weights import Weights
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Householder,
    Layer,
    Mask,
    Normalisation,
    Recurrence,
    window_size,
)

CELLS = 4_000_000
"""About the largest size of an array over words and pairs of positions."""


def engine_for(model: Model, words: int, positions: int) -> Engine:
    """The fastest arithmetic that is exact for the model on inputs with this many positions."""
    divides = any(
        isinstance(layer, Normalisation) or layer.norm is not None
        or (isinstance(layer, Recurrence) and isinstance(layer.transition, Householder))
        for layer in model.layers)
    if model.contract.grid is None and not divides:
        return ExactEngine(words)
    return RoundedEngine(model.contract, words, positions)


def after(engine: Engine, model: Model, layer: Layer, stream: Any, shape: tuple[int, int]) -> Any:
    """The residual stream after a sublayer; `shape` counts words and positions."""
    if isinstance(layer, Normalisation):
        return _replaced(engine, model, layer, stream)
    read = reads(engine, model, layer, stream)
    if isinstance(layer, Attention):
        change = _attention(engine, model, layer, read, shape)
    elif isinstance(layer, FeedForward):
        change = engine.affine(model.weights(layer.outer),
                               engine.relu(engine.affine(model.weights(layer.inner), read)))
    elif isinstance(layer, GatedFeedForward):
        gate = engine.relu(engine.affine(model.weights(layer.gate), read))
        change = engine.affine(model.weights(layer.outer), engine.multiply(
            gate, engine.affine(model.weights(layer.inner), read)))
    else:
        states = hidden_states(engine, model, layer, read, shape)
        seen = states[1:] if layer.reads == "after" else states[:-1]
        change = engine.linear(model.weights(layer.output), engine.join(seen, axis=1))
    return engine.checked(engine.add(stream, change))


def reads(engine: Engine, model: Model, layer: Layer, stream: Any) -> Any:
    """What the sublayer reads of the stream: all of it, or normalised coordinates."""
    if isinstance(layer, Normalisation) or layer.norm is None:
        return stream
    matrix = layer.norm.matrix
    return normalised(engine, layer.norm.epsilon, engine.affine(model.weights(matrix), stream),
                      len(matrix))


def normalised(engine: Engine, epsilon: Fraction, state: Any, size: int) -> Any:
    """Layer normalisation of states with `size` dimensions."""
    count, addend = (engine.lift(np.array([x])) for x in (Fraction(size), epsilon))
    # Products with 1 are the numbers themselves: these are sums.
    mean = engine.divide(engine.linear(Weights([Fraction(1)] * size), state), count)
    centred = engine.add(state, engine.negate(mean))
    variance = engine.divide(dot(engine, centred, centred, size), count)
    deviation = engine.sqrt(engine.add(variance, addend))
    return engine.checked(engine.divide(centred, deviation))


def _replaced(engine: Engine, model: Model, layer: Normalisation, stream: Any) -> Any:
    chosen = list(layer.coordinates)
    made = normalised(engine, layer.epsilon, engine.take(stream, (..., chosen)), len(chosen))
    places = list(range(model.width))
    for new, k in enumerate(chosen):
        places[k] = model.width + new
    return engine.take(engine.join([stream, made], axis=2), (..., places))


def _attention(engine: Engine, model: Model, layer: Attention, read: Any,
               shape: tuple[int, int]) -> Any:
    """The sum of the heads' outputs."""
    change = None
    for head in layer.heads:
        made = engine.linear(model.weights(head.output), _head(engine, model, head, read, shape))
        change = made if change is None else engine.checked(engine.add(change, made))
    return change


def _head(engine: Engine, model: Model, head: Head, read: Any, shape: tuple[int, int]) -> Any:
    query, key, value = (engine.affine(model.weights(rows), read)
                         for rows in (head.query, head.key, head.value))
    words, length = shape
    rows = max(1, CELLS // max(1, words * length))
    parts = []
    for first in range(0, length, rows):
        asking = np.arange(first, min(first + rows, length))
        parts.append(engine.attend(
            head.selection, engine.take(query, (slice(None), asking)), key, value,
            visible(head.mask, asking, length)))
    return parts[0] if len(parts) == 1 else engine.join(parts, axis=1)


def visible(mask: Mask, asking: Array, length: int) -> Bools:
    """Shape (queries, length): do the positions `asking` see position j?"""
    i, j = asking[:, None], np.arange(length)
    size = window_size(mask)
    if size is not None:
        return np.asarray((i - size < j) & (j <= i))
    seen: dict[str, Bools] = {
        "none": np.full((len(asking), length), True), "future": j <= i, "strict-future": j < i,
        "past": j >= i, "strict-past": j > i}
    return seen[mask]
