"""The exact profile of one model: the smallest box of variants that contains it.

Bounds of the theorem base on a variant whose profile contains this box hold for the model. What
the model does not have (normalisation, decoded tokens, softmax heads ...) is entered with the
default value of the axis, so that the box lies in as many variants as possible. That holds for the
division of exact numbers and of exact attention, too: where it happens makes no difference there.
"""

from __future__ import annotations

from expressivity.models.model import Attention, Model
from proofs.axes import AXES, AXIS
from proofs.models.numbers import Contract, Fixed
from proofs.profile import Profile, box_from_mapping

_DEFAULT_DIVISION = AXIS["division"].default


def model_profile(model: Model) -> Profile:
    """One box: every axis has the value, or the exact size, that this model has."""
    definition = model.definition
    heads = [head for layer in model.layers if isinstance(layer, Attention)
             for head in layer.heads]
    values = {axis.name: axis.default for axis in AXES}
    values |= {
        "family": "transformer",
        "attention": " ".join(sorted({head.selection for head in heads})),
        "masking": " ".join(sorted({head.mask for head in heads})),
        "transition": "",
        "positions": "none" if definition.period == 1 else "periodic",
        "norm": "none",
        "ffn": "relu",
        "parameters": "rational",
        "uniformity": "full",
        "markers": definition.markers,
        "readout": definition.readout,
        "acceptance": "sign",
        "depth": str(depth(model)),
        "loops": "1",
        "width": str(_widest(model)),
        "heads": str(max((len(layer.heads) for layer in model.layers
                          if isinstance(layer, Attention)), default=0)),
        "cot": "0",
        "padding": "0",
        "vocabulary": str(len(definition.alphabet)
                          + {"none": 0, "bos": 1, "eos": 1, "both": 2}[definition.markers]),
    }
    return (box_from_mapping(values | _numbers(definition.contract)),)


def depth(model: Model) -> int:
    """The number of blocks, each an attention sublayer followed by a network, at least 1.

    Either part of a block may be missing, since one with zero weights changes nothing.
    """
    blocks = 0
    network_may_join = False
    for layer in model.layers:
        attention = isinstance(layer, Attention)
        if attention or not network_may_join:
            blocks += 1
        network_may_join = attention
    return max(1, blocks)


def _widest(model: Model) -> int:
    """The largest dimension of the residual stream, of hidden layers and of values of heads."""
    sizes = [model.width]
    for layer in model.layers:
        if isinstance(layer, Attention):
            sizes += [max(len(head.query), len(head.value)) for head in layer.heads]
        else:
            sizes.append(len(layer.inner))
    return max(sizes)


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
