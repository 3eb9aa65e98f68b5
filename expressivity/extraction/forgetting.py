"""Coordinates of the residual stream that nothing reads any more.

Transducers whose outputs differ in such coordinates only do the same, and setting them to 0 lets
states merge. Which ones may be forgotten is what the checker of certificates says.
"""

from __future__ import annotations

from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import Transducer
from proofs.models.architecture import Model
from proofs.models.numbers import ZERO
from proofs.witnesses.forgetting import unread


def forget(stream: Transducer[Vector], model: Model, layer: int) -> Transducer[Vector]:
    """The stream before sublayer `layer`, 0 in coordinates that do not matter from there on."""
    dead = {d for d in unread(model, layer)
            if all(not isinstance(symbol[d], float) for symbol in stream.symbols)}
    if not dead:
        return stream
    return stream.map(lambda symbol: tuple(
        ZERO if d in dead else x for d, x in enumerate(symbol)))
