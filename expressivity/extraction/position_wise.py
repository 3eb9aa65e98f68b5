"""Position-wise sublayers: a new name for every output, the same states."""

from __future__ import annotations

from expressivity.extraction.numbers import Numbers, Vector, attempt
from expressivity.extraction.transducer import Transducer
from proofs.models.layers import FeedForward, GatedFeedForward, Normalisation
from proofs.models.linear import add_states, feed_forward, reads
from proofs.models.reference import replaced


def apply(below: Transducer[Vector], layer: FeedForward | GatedFeedForward | Normalisation,
          numbers: Numbers) -> Transducer[Vector | None]:
    """The residual stream after a network or a normalisation; outputs are None for NaN."""
    rules = numbers.rules

    def changed(symbol: Vector) -> Vector:
        if isinstance(layer, Normalisation):
            return replaced(rules, layer, symbol)
        change = feed_forward(rules, layer, reads(rules, layer.norm, symbol))
        return add_states(rules, symbol, change)

    return below.map(lambda symbol: attempt(changed, symbol))
