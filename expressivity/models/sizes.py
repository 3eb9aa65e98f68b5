"""How large a model is, counted from its tensors."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from proofs.models.architecture import Model
from proofs.models.layers import Attention, FeedForward, GatedFeedForward, Normalisation
from proofs.models.profile import depth


def sizes(model: Model) -> dict[str, int]:
    """Named counts; constructions claim some of them.

    `layers`: blocks, each an attention or recurrent sublayer followed by a network (either may be
    missing), at least 1. `heads`, `rank` (of queries), `hidden` (of networks) and `state` (of
    recurrences) are the largest of a sublayer; `width` is that of the residual stream. What a loop
    repeats is counted once; `looped_layers` are its blocks, 0 without loop.
    """
    counts: Counter[str] = Counter()
    largest = {"heads": 0, "rank": 0, "hidden": 0, "state": 0}

    def at_least(name: str, size: int) -> None:
        largest[name] = max(largest[name], size)

    for layer in model.layers:
        if isinstance(layer, Attention):
            counts["attention"] += 1
            at_least("heads", len(layer.heads))
            at_least("rank", max(len(head.query) for head in layer.heads))
        elif isinstance(layer, FeedForward | GatedFeedForward):
            counts["network"] += 1
            at_least("hidden", len(layer.inner))
        elif not isinstance(layer, Normalisation):
            counts["recurrence"] += 1
            at_least("state", len(layer.initial))
    loop = model.loop
    looped = 0 if loop is None else depth(replace(
        model, loop=None, layers=model.layers[loop.first:loop.last + 1]))
    return {"layers": depth(model), "looped_layers": looped,
            "attention_layers": counts["attention"], "recurrent_layers": counts["recurrence"],
            "networks": counts["network"], **largest, "width": len(model.residual)}
