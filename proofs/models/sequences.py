"""What a model outputs at each letter, for models that map sequences to sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from proofs.models.architecture import Model
from proofs.models.linear import State
from proofs.models.numbers import ONE, ZERO, Value

Output: TypeAlias = Value | str | None
"""A value, or a text; None where the dimensions of the texts are not one 1 and zeros."""


def outputs(model: Model, stream: Sequence[State]) -> tuple[Output, ...]:
    """The outputs at the letters, given the residual stream in the end (markers included).

    Raises:
        ValueError: the model has no position-wise output.
    """
    if model.sequence is None:
        raise ValueError("the model has no position-wise output")
    first = 1 if model.markers in ("bos", "both") else 0
    last = len(stream) - (1 if model.markers in ("eos", "both") else 0)
    found: list[Output] = []
    for state in stream[first:last]:
        seen = [state[k] for k in model.sequence.dimensions]
        if model.sequence.values is None:
            found.append(seen[0])
        elif sorted(seen) == [ZERO] * (len(seen) - 1) + [ONE]:
            found.append(model.sequence.values[seen.index(ONE)])
        else:
            found.append(None)
    return tuple(found)
