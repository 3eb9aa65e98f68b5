"""Coordinates of the residual stream that nothing reads any more may be set to 0.

What a sublayer reads, it reads through the rows of matrices, in dot products. A coefficient 0
reads nothing of a finite number: 0 * x = 0, and adding 0 changes nothing. So let two streams be
equal but for some coordinates that are finite in both, and let all later coefficients of these
coordinates be 0, those of the output functional included. Then every later sublayer adds the same
to both, NaN at the same places; the streams stay equal but for these coordinates, and give the
same answers, provided that the sums in these coordinates are never NaN themselves. They are not
where no later sublayer adds anything but 0 to them, nor where no infinity can occur: NaN of a
sum is infinity - infinity, and without overflow to infinity finite weights give finite numbers.
A normalisation reads the coordinates that it replaces.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from proofs.models.architecture import Model
from proofs.models.layers import (
    Attention,
    ComplexDiagonal,
    Diagonal,
    FeedForward,
    GatedFeedForward,
    General,
    Householder,
    Layer,
    Matrix,
    Nonlinear,
    Normalisation,
    Transition,
    Vector,
)


def unread(model: Model, layer: int) -> set[int]:
    """The coordinates that may be forgotten before sublayer `layer` where they are finite."""
    return unread_anywhere(model)[layer]


def unread_anywhere(model: Model) -> list[set[int]]:
    """The coordinates that may be forgotten before each sublayer, and after the last."""
    everything = range(len(model.residual))
    infinities = model.contract.grid is not None and model.contract.overflow == "infinity"
    # By the identity of a sublayer, as one that a loop repeats is there many times.
    lost: dict[int, set[int]] = {}
    for layer in model.layers:
        if id(layer) not in lost:
            lost[id(layer)] = {d for d in everything
                               if _reads(layer, d) or (infinities and _writes(layer, d))}
    found = [{d for d in everything if model.output_weights[d] == 0}]
    for layer in reversed(model.layers):
        found.append(found[-1] - lost[id(layer)])
    return found[::-1]


def _reads(layer: Layer, d: int) -> bool:
    """Does some coefficient of the coordinate differ from 0?"""
    if isinstance(layer, Normalisation):
        return d in layer.coordinates
    if layer.norm is not None:
        return any(row[d] != 0 for row in layer.norm.matrix)
    if isinstance(layer, Nonlinear):
        return any(row[len(layer.initial) + d] != 0 for row in layer.state)
    return any(row[d] != 0 for row in _rows(layer))


def _rows(layer: Layer) -> Iterator[Vector]:
    """The rows, of length d + 1, that are applied to the residual stream."""
    if isinstance(layer, Attention):
        for head in layer.heads:
            yield from chain(head.query, head.key, head.value)
    elif isinstance(layer, FeedForward):
        yield from layer.inner
    elif isinstance(layer, GatedFeedForward):
        yield from chain(layer.gate, layer.inner)
    elif isinstance(layer, Normalisation | Nonlinear):
        raise TypeError(type(layer).__name__)
    else:
        yield from layer.source
        yield from _transition_rows(layer.transition)


def _transition_rows(transition: Transition) -> Iterator[Vector]:
    if isinstance(transition, Diagonal):
        yield from transition.gates
    elif isinstance(transition, ComplexDiagonal):
        yield from chain(*transition.gates)
    elif isinstance(transition, General):
        yield from chain(*transition.rows)
    elif isinstance(transition, Householder):
        for factor in transition.factors:
            yield factor.scale
            yield from factor.direction


def _writes(layer: Layer, d: int) -> bool:
    """Does the sublayer add to the coordinate, or replace it?"""
    if isinstance(layer, Normalisation):
        return d in layer.coordinates
    outputs: list[Matrix]
    if isinstance(layer, Attention):
        outputs = [head.output for head in layer.heads]
    elif isinstance(layer, FeedForward | GatedFeedForward):
        outputs = [layer.outer]
    else:
        outputs = [layer.output]
    return any(x != 0 for output in outputs for x in output[d])
