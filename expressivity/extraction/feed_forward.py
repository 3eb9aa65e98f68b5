"""Position-wise sublayers: a new name for every output, the same states."""

from __future__ import annotations

from expressivity.extraction.numbers import Numbers, Vector, known
from expressivity.extraction.transducer import Transducer
from proofs.models.layers import FeedForward
from proofs.models.numbers import ZERO


def apply(below: Transducer[Vector], layer: FeedForward,
          numbers: Numbers) -> Transducer[Vector | None]:
    """The residual stream after a feed-forward sublayer; outputs are None for NaN."""
    def changed(symbol: Vector) -> Vector | None:
        inner = numbers.affine(layer.inner, symbol)
        if inner is None:
            return None
        outer = numbers.affine(layer.outer, tuple(max(x, ZERO) for x in inner))
        if outer is None:
            return None
        return known(map(numbers.add, symbol, outer))

    return below.map(changed)
