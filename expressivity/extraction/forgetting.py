"""Coordinates of the residual stream that nothing reads any more.

Transducers whose outputs differ in such coordinates only do the same, and setting them to 0 lets
states merge. A coefficient 0 does not read a finite number: 0 * x = 0, and adding 0 changes
nothing. It does read an infinite one (0 * infinity is NaN); and where a later sublayer still
writes to the coordinate, finite values matter under a contract with infinities, because the sum
may be infinity - infinity. Such coordinates are kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Transducer
from proofs.models.architecture import Model
from proofs.models.layers import Attention, FeedForward, Layer
from proofs.models.numbers import ZERO


def forget(stream: Transducer[Vector], model: Model, layer: int) -> Transducer[Vector]:
    """The stream before sublayer `layer`, 0 in coordinates that do not matter from there on."""
    later = model.layers[layer:]
    infinities = model.contract.grid is not None and model.contract.overflow == "infinity"
    dead = []
    for d in range(len(model.residual)):
        read = model.output_weights[d] != 0 or any(_reads(part, d) for part in later)
        written = infinities and any(_writes(part, d) for part in later)
        finite = all(not isinstance(symbol[d], float) for symbol in stream.symbols)
        dead.append(finite and not read and not written)
    if not any(dead):
        return stream
    return stream.map(lambda symbol: tuple(
        ZERO if gone else x for x, gone in zip(symbol, dead, strict=True)))


def _reads(layer: Layer, d: int) -> bool:
    if isinstance(layer, FeedForward):
        return _column(layer.inner, d)
    if isinstance(layer, Attention):
        return any(_column(rows, d) for head in layer.heads
                   for rows in (head.query, head.key, head.value))
    return True


def _writes(layer: Layer, d: int) -> bool:
    if isinstance(layer, FeedForward):
        return any(x != 0 for x in layer.outer[d])
    if isinstance(layer, Attention):
        return any(x != 0 for head in layer.heads for x in head.output[d])
    return True


def _column(rows: Sequence[Sequence[object]], d: int) -> bool:
    return any(row[d] != 0 for row in rows)
