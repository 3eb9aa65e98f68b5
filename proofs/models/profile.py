"""The exact profile of one model: the smallest box of variants that contains it.

Bounds of the theorem base on a variant whose profile contains this box hold for the model. What
the model does not have (normalisation, decoded tokens, softmax heads ...) is entered with the
default value of the axis, so that the box lies in as many variants as possible. That holds for the
division of exact numbers and of exact attention, too: where it happens makes no difference there.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofs.axes import AXES, AXIS
from proofs.models.architecture import Model
from proofs.models.layer_format import transition_kind
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
    window_size,
)
from proofs.models.numbers import Contract, Fixed
from proofs.models.profile_error import NoProfile
from proofs.models.profile_norm import norm
from proofs.models.profile_positions import positions

__all__ = ["NoProfile", "depth", "exact_profile"]

_DEFAULT_DIVISION = AXIS["division"].default
_AVERAGING = ("average-hard", "softmax")


def exact_profile(definition: Model) -> dict[str, str]:
    """Axis -> text: the value, or the exact size, that this model has on every axis.

    The text is in the normal form of derivation files: values in alphabetical order.

    Raises:
        NoProfile: no value of some axis describes the model exactly, or the model is none for
            all n; names the part of the model.
    """
    heads = [head for layer in definition.layers if isinstance(layer, Attention)
             for head in layer.heads]
    transitions = {_transition(layer) for layer in definition.layers
                   if isinstance(layer, Recurrence | Nonlinear)}
    gated = any(isinstance(layer, GatedFeedForward) for layer in definition.layers)
    values = {axis.name: axis.default for axis in AXES}
    values |= {
        "family": _family(bool(heads), transitions),
        "attention": " ".join(sorted({head.selection for head in heads})),
        "masking": " ".join(sorted({_masking(head) for head in heads})),
        "transition": " ".join(sorted(transitions)),
        "positions": positions(definition),
        "ffn": "arbitrary" if gated else "relu",
        "parameters": "rational",
        "uniformity": "full",
        "markers": definition.markers,
        "readout": definition.readout,
        "acceptance": "sign",
        "depth": str(depth(definition)),
        "loops": _loops(definition),
        "width": str(_widest(definition)),
        "heads": str(max((len(layer.heads) for layer in definition.layers
                          if isinstance(layer, Attention)), default=0)),
        "cot": "0",
        "padding": "0",
        "vocabulary": str(len(definition.alphabet)
                          + {"none": 0, "bos": 1, "eos": 1, "both": 2}[definition.markers]),
    }
    values |= norm(definition) | _numbers(definition.contract)
    if not any(head.selection in _AVERAGING for head in heads):
        values |= _without_averages(definition)
    return values


def depth(model: Model) -> int:
    """The number of blocks, each an attention or recurrent sublayer followed by a network.

    Either part of a block may be missing, since one with zero weights changes nothing; there is at
    least one. Normalisation belongs to the block that it is in. What a loop repeats counts once,
    and no block goes over its ends.
    """
    loop = model.loop
    parts = [model.layers] if loop is None else [
        model.layers[:loop.first], model.layers[loop.first:loop.last + 1],
        model.layers[loop.last + 1:]]
    return max(1, sum(map(_blocks, parts)))


def _blocks(layers: Sequence[Layer]) -> int:
    blocks = 0
    network_may_join = False
    for layer in layers:
        if isinstance(layer, Normalisation):
            continue
        mixes = not isinstance(layer, FeedForward | GatedFeedForward)
        if mixes or not network_may_join:
            blocks += 1
        network_may_join = mixes
    return blocks


def _loops(model: Model) -> str:
    """How often the block runs, as the axis spells it."""
    if model.loop is None:
        return "1"
    return "log(n)" if model.loop.times is None else str(model.loop.times)


def _family(attends: bool, transitions: set[str]) -> str:
    """The kind of sequence model; without attention and recurrence, a transformer of 0 heads."""
    if not transitions:
        return "transformer"
    if attends:
        raise NoProfile("attention and recurrent sublayers in one model: no value of the axis "
                         "family describes it exactly")
    if transitions == {"nonlinear"}:
        return "rnn"
    if "nonlinear" in transitions:
        raise NoProfile("linear and non-linear recurrent sublayers in one model: no value of the "
                         "axis family describes it exactly")
    return "linear-rnn" if transitions & {"householder", "general"} else "ssm"


def _transition(layer: Recurrence | Nonlinear) -> str:
    """On the axis. Fewer Householder factors than coordinates: the others are the identity."""
    return "nonlinear" if isinstance(layer, Nonlinear) else transition_kind(layer.transition)


def _masking(head: Head) -> str:
    return head.mask if window_size(head.mask) is None else "window"


def _widest(model: Model) -> int:
    """The largest dimension of the residual stream and of what sublayers compute on the way."""
    sizes = [len(model.residual)]
    for layer in model.layers:
        if isinstance(layer, Normalisation):
            continue
        if layer.norm is not None:
            sizes.append(len(layer.norm.matrix))
        if isinstance(layer, Attention):
            sizes += [max(len(head.query), len(head.value)) for head in layer.heads]
        elif isinstance(layer, FeedForward | GatedFeedForward):
            sizes.append(len(layer.inner))
        else:
            sizes.append(len(layer.initial))
    return max(sizes)


def _without_averages(model: Model) -> dict[str, str]:
    """Nothing is divided; without attention, too, each operation is rounded from left to right."""
    attends = any(isinstance(layer, Attention) for layer in model.layers)
    if model.contract.grid is None or attends:
        return {"division": _DEFAULT_DIVISION}
    return {"division": _DEFAULT_DIVISION, "arithmetic": "left-to-right"}


def _numbers(contract: Contract) -> dict[str, str]:
    grid = contract.grid
    if grid is None:
        return {"format": "rational", "rounding": "none", "arithmetic": "exact",
                "overflow": "never", "precision": "unbounded"}
    if isinstance(grid, Fixed):
        name, bits = "fixed", grid.bits
    else:
        # The hidden bit is not stored, the sign is.
        name, bits = "float", grid.exponent + grid.significand
    return {"format": name, "rounding": contract.rounding, "arithmetic": contract.arithmetic,
            "overflow": contract.overflow, "softmax": contract.softmax, "precision": str(bits),
            "division": _DEFAULT_DIVISION if contract.arithmetic == "exact-attention"
            else contract.division}
