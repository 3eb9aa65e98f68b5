"""Recurrent sublayers on states; a step is a loop over positions, with words side by side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from expressivity.models.engine import Engine
from expressivity.models.model import Model
from expressivity.models.terms import dot
from proofs.models.layers import (
    ComplexDiagonal,
    Diagonal,
    Householder,
    Nonlinear,
    Recurrence,
    TimeInvariant,
    Transition,
)
from proofs.models.numbers import ONE, ZERO
from proofs.models.recurrence import largest_scale


def hidden_states(engine: Engine, model: Model, layer: Recurrence | Nonlinear, read: Any,
                  shape: tuple[int, int]) -> list[Any]:
    """The states (words, 1, s) before the first position and after each; checked."""
    words, length = shape
    initial = np.empty((words, 1, len(layer.initial)), dtype=object)
    initial[:] = layer.initial
    states = [engine.lift(initial)]
    prepared = inputs(engine, model, layer, read)
    for t in range(length):
        now = [engine.take(part, (slice(None), slice(t, t + 1))) for part in prepared]
        states.append(step(engine, model, layer, now, states[-1]))
    return states


def inputs(engine: Engine, model: Model, layer: Recurrence | Nonlinear, read: Any) -> list[Any]:
    """What the steps need of what is read, at all positions; checked."""
    if isinstance(layer, Nonlinear):
        return [read]
    return [*_gates(engine, model, layer.transition, read),
            engine.affine(model.weights(layer.source), read)]


def step(engine: Engine, model: Model, layer: Recurrence | Nonlinear, now: Sequence[Any],
         hidden: Any) -> Any:
    """The next states, given the inputs of the step; checked."""
    if isinstance(layer, Recurrence):
        moved = _moved(engine, model, layer.transition, now[:-1], hidden)
        return engine.checked(engine.add(moved, now[-1]))
    total = engine.affine(model.weights(layer.state), engine.join([hidden, now[0]], axis=2))
    if layer.activation == "relu":
        return engine.relu(total)
    zero, one = _number(engine, ZERO), _number(engine, model.contract.round(ONE))
    return engine.where(engine.greater(total, zero), one, zero)


def _gates(engine: Engine, model: Model, transition: Transition, read: Any) -> list[Any]:
    if isinstance(transition, TimeInvariant):
        return []
    if isinstance(transition, Diagonal):
        gates = engine.affine(model.weights(transition.gates), read)
        return [engine.relu(gates) if transition.nonnegative else gates]
    if isinstance(transition, ComplexDiagonal):
        parts = engine.affine(model.weights(transition.gates), read)
        return [engine.take(parts, (..., slice(k, None, 2))) for k in (0, 1)]
    if isinstance(transition, Householder):
        made = []
        two = _number(engine, largest_scale(model.contract))
        for factor in transition.factors:
            scale = engine.relu(engine.affine(model.weights(factor.scale), read))
            scale = engine.where(engine.greater(scale, two), two, scale)
            made += [scale, engine.affine(model.weights(factor.direction), read)]
        return made
    return [engine.affine(model.weights(transition.rows), read)]


def _moved(engine: Engine, model: Model, transition: Transition, gates: Sequence[Any],
           hidden: Any) -> Any:
    """A(x) . hidden; not checked."""
    if isinstance(transition, TimeInvariant):
        return engine.linear(model.weights(transition.matrix), hidden)
    if isinstance(transition, Diagonal):
        return engine.multiply(gates[0], hidden)
    if isinstance(transition, ComplexDiagonal):
        return _turned(engine, gates[0], gates[1], hidden, len(transition.gates))
    if isinstance(transition, Householder):
        for k, factor in enumerate(transition.factors):
            hidden = _reflected(engine, gates[2 * k], gates[2 * k + 1], hidden,
                                len(factor.direction))
        return hidden
    return dot(engine, gates[0], hidden, len(transition.rows))


def _turned(engine: Engine, real: Any, imaginary: Any, hidden: Any, pairs: int) -> Any:
    x, y = (engine.take(hidden, (..., slice(k, None, 2))) for k in (0, 1))
    made = [
        engine.add(engine.multiply(real, x), engine.negate(engine.multiply(imaginary, y))),
        engine.add(engine.multiply(real, y), engine.multiply(imaginary, x))]
    order = np.arange(2 * pairs).reshape(2, pairs).T.ravel()
    return engine.take(engine.join(made, axis=2), (..., order))


def _reflected(engine: Engine, scale: Any, direction: Any, hidden: Any, size: int) -> Any:
    """hidden - (b (v . hidden) / (v . v)) v, and hidden where v = 0; checked."""
    share = engine.divide(
        engine.multiply(scale, dot(engine, direction, hidden, size)),
        dot(engine, direction, direction, size))
    moved = engine.add(hidden, engine.negate(engine.multiply(share, direction)))
    zero = _number(engine, ZERO)
    nonzero = engine.greater(direction, zero) | engine.greater(zero, direction)
    anywhere = np.logical_or.reduce(nonzero, axis=2, keepdims=True)
    return engine.checked(engine.where(anywhere, moved, hidden))


def _number(engine: Engine, value: Any) -> Any:
    """A state of one number, which goes with states of all shapes."""
    found = np.empty((1, 1, 1), dtype=object)
    found[:] = Fraction(value) if abs(value) < np.inf else value
    return engine.lift(found)
