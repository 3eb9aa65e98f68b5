"""The values of the axes `norm` and `norm-epsilon` that describe a model's normalisations.

Two places: before a sublayer reads ("pre" and its kin), and sublayers that replace coordinates of
the stream ("post", "block-wise"). The axis knows models that normalise the one way or the other,
at every sublayer alike; nothing is claimed of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from proofs.axes import AXIS
from proofs.models.architecture import Model
from proofs.models.layers import Layer, Norm, Normalisation
from proofs.models.loops import Loop, order
from proofs.models.profile_error import NoProfile

# From the narrowest to the widest: the stream as it is, coordinates of it, linear maps of it.
_PRE = ("pre", "masked-pre", "projected-pre")


def norm(model: Model) -> dict[str, str]:
    """The values of both axes; without normalisation their defaults.

    A bias counts as part of a linear projection: it reads a coordinate that is always 1. Norms of a
    loop must have the same values however often it runs.

    Raises:
        NoProfile: no value of an axis describes the model exactly.
    """
    if model.loop is not None:
        once, *others = (norm(one) for one in _unrolled(model, model.loop))
        if any(other != once for other in others):
            raise _refused("a loop with norms that do not go with what is around it")
        return once
    before = [None if isinstance(layer, Normalisation) else layer.norm for layer in model.layers]
    pre = [one for one in before if one is not None]
    replacing = [layer for layer in model.layers if isinstance(layer, Normalisation)]
    if pre and replacing:
        raise _refused("norms before sublayers as well as norm sublayers")
    if not pre and not replacing:
        return {"norm": "none", "norm-epsilon": AXIS["norm-epsilon"].default}
    if pre:
        if len(pre) < len(model.layers):
            missing = before.index(None) + 1
            raise _refused(f"norms before some sublayers, but not before sublayer {missing}")
        value = max((_before(one, len(model.residual)) for one in pre), key=_PRE.index)
    else:
        value = _after(model.layers, len(model.residual))
    return {"norm": value,
            "norm-epsilon": _epsilon([*(one.epsilon for one in pre),
                                      *(one.epsilon for one in replacing)])}


def _unrolled(model: Model, loop: Loop) -> Iterator[Model]:
    """The model with its block as often as it may run: up to twice, more is like twice."""
    size = len(model.layers)
    if loop.times is not None:
        numbers = [min(loop.times, 2)]
    else:  # a model that is all block does nothing at all to short words
        numbers = [1, 2] if loop.last - loop.first + 1 == size else [0, 1, 2]
    for times in numbers:
        run = order(size, replace(loop, times=times), 0)
        yield replace(model, loop=None, layers=tuple(model.layers[k] for k in run))


def _before(given: Norm, width: int) -> str:
    """The narrowest description of what is normalised before a sublayer."""
    chosen = [_coordinate(row, width) for row in given.matrix]
    if chosen == list(range(width)):
        return "pre"
    if None not in chosen and len(set(chosen)) == len(chosen):
        return "masked-pre"
    # A mask may also put zeros into the coordinates that it leaves out.
    if len(chosen) == width and all(c == k or (c is None and not any(row)) for k, (c, row) in
                                    enumerate(zip(chosen, given.matrix, strict=True))):
        return "masked-pre"
    return "projected-pre"


def _coordinate(row: Sequence[Fraction], width: int) -> int | None:
    """The k for which the row, whose last entry is the bias, is the k-th coordinate."""
    nonzero = [k for k, x in enumerate(row) if x]
    return nonzero[0] if len(nonzero) == 1 and nonzero[0] < width and row[nonzero[0]] == 1 else None


def _after(layers: Sequence[Layer], width: int) -> str:
    """How norm sublayers follow the others: each by one of the stream, or by disjoint blocks."""
    runs: list[list[Normalisation]] = []
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, Normalisation):
            if runs and not runs[-1]:
                raise _refused(f"norm sublayers after some sublayers, but not after sublayer "
                               f"{number - 1}")
            runs.append([])
        elif runs:
            runs[-1].append(layer)
        else:
            raise _refused("a norm sublayer before all other sublayers")
    if not runs[-1]:
        raise _refused(f"norm sublayers after some sublayers, but not after sublayer {len(layers)}")
    for run in runs:
        listed = [k for layer in run for k in layer.coordinates]
        if len(set(listed)) < len(listed):
            raise _refused("norm sublayers that normalise a coordinate twice")
    whole = all(len(run) == 1 and len(run[0].coordinates) == width for run in runs)
    return "post" if whole else "block-wise"


def _epsilon(constants: Sequence[Fraction]) -> str:
    positive = {epsilon > 0 for epsilon in constants}
    if len(positive) > 1:
        raise NoProfile("norms with epsilon 0 and others with a positive one: no value of the "
                         "axis norm-epsilon describes this model exactly")
    return "positive" if positive.pop() else "zero"


def _refused(what: str) -> NoProfile:
    return NoProfile(f"{what}: no value of the axis norm describes this model exactly")
