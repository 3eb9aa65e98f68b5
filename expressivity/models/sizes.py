"""How large a model is, counted from its tensors."""

from __future__ import annotations

from collections import Counter

from proofs.models.architecture import Model
from proofs.models.layers import Attention, FeedForward, GatedFeedForward, Normalisation


def sizes(model: Model) -> dict[str, int]:
    """Named counts; constructions claim some of them.

    `layers`: blocks, each an attention or recurrent sublayer followed by a network (either may be
    missing), at least 1. `heads`, `rank` (of queries), `hidden` (of networks) and `state` (of
    recurrences) are the largest of a sublayer; `width` is that of the residual stream.
    """
    counts: Counter[str] = Counter(blocks(model))
    largest = {"heads": 0, "rank": 0, "hidden": 0, "state": 0}

    def at_least(name: str, size: int) -> None:
        largest[name] = max(largest[name], size)

    for layer in model.layers:
        if isinstance(layer, Attention):
            at_least("heads", len(layer.heads))
            at_least("rank", max(len(head.query) for head in layer.heads))
        elif isinstance(layer, FeedForward | GatedFeedForward):
            at_least("hidden", len(layer.inner))
        elif not isinstance(layer, Normalisation):
            at_least("state", len(layer.initial))
    return {"layers": max(1, counts["first"]), "attention_layers": counts["attention"],
            "recurrent_layers": counts["recurrence"], "networks": counts["network"],
            **largest, "width": len(model.residual)}


def blocks(model: Model) -> list[str]:
    """The kind of each sublayer, with "first" before it where a new block begins."""
    found: list[str] = []
    network_may_join = False
    for layer in model.layers:
        if isinstance(layer, Normalisation):
            continue
        network = isinstance(layer, FeedForward | GatedFeedForward)
        if not network or not network_may_join:
            found.append("first")
        found.append("network" if network else
                     "attention" if isinstance(layer, Attention) else "recurrence")
        network_may_join = not network
    return found
