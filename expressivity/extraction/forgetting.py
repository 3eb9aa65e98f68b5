"""Coordinates of the residual stream that nothing reads any more.

Transducers whose outputs differ in such coordinates only do the same, and setting them to 0 lets
states merge. A coefficient 0 does not read a finite number: 0 * x = 0, and adding 0 changes
nothing. It does read an infinite one (0 * infinity is NaN); and where a later sublayer still
writes to the coordinate, finite values matter under a contract with infinities, because the sum
may be infinity - infinity. Such coordinates are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Transducer
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
    Normalisation,
    Recurrence,
    Transition,
)
from proofs.models.numbers import ZERO

Row = Sequence[Fraction]


def forget(stream: Transducer[Vector], model: Model, layer: int) -> Transducer[Vector]:
    """The stream before sublayer `layer`, 0 in coordinates that do not matter from there on."""
    later = model.layers[layer:]
    infinities = model.contract.grid is not None and model.contract.overflow == "infinity"
    dead = []
    for d in range(len(model.residual)):
        read = model.output_weights[d] != 0 or any(reads(part, d) for part in later)
        written = infinities and any(writes(part, d) for part in later)
        finite = all(not isinstance(symbol[d], float) for symbol in stream.symbols)
        dead.append(finite and not read and not written)
    if not any(dead):
        return stream
    return stream.map(lambda symbol: tuple(
        ZERO if gone else x for x, gone in zip(symbol, dead, strict=True)))


def reads(layer: Layer, d: int) -> bool:
    """Does what the sublayer does depend on a finite coordinate d?"""
    if isinstance(layer, Normalisation):
        return d in layer.coordinates
    rows = _reading(layer) if layer.norm is None else iter(layer.norm.matrix)
    return any(row[d] != 0 for row in rows)


def writes(layer: Layer, d: int) -> bool:
    """Does the sublayer change coordinate d, ever?"""
    if isinstance(layer, Normalisation):
        return d in layer.coordinates
    if isinstance(layer, Attention):
        return any(x != 0 for head in layer.heads for x in head.output[d])
    if isinstance(layer, FeedForward | GatedFeedForward):
        return any(x != 0 for x in layer.outer[d])
    return any(x != 0 for x in layer.output[d])


def _reading(layer: Layer) -> Iterator[Row]:
    """The rows that are applied to what the sublayer reads."""
    if isinstance(layer, Attention):
        for head in layer.heads:
            yield from (*head.query, *head.key, *head.value)
    elif isinstance(layer, FeedForward):
        yield from layer.inner
    elif isinstance(layer, GatedFeedForward):
        yield from (*layer.gate, *layer.inner)
    elif isinstance(layer, Recurrence):
        yield from layer.source
        yield from _gates(layer.transition)
    elif not isinstance(layer, Normalisation):
        size = len(layer.initial)
        yield from (row[size:] for row in layer.state)


def _gates(transition: Transition) -> Iterator[Row]:
    """The rows that make the transition out of what is read; a fixed one has none."""
    if isinstance(transition, Diagonal):
        yield from transition.gates
    elif isinstance(transition, ComplexDiagonal):
        for gate in transition.gates:
            yield from gate
    elif isinstance(transition, Householder):
        for factor in transition.factors:
            yield from (factor.scale, *factor.direction)
    elif isinstance(transition, General):
        for matrix in transition.rows:
            yield from matrix
