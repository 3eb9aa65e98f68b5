"""Which models the summaries cover, and why others are refused."""

from __future__ import annotations

from expressivity.extraction.budget import Refused
from proofs.models.architecture import Model
from proofs.models.layers import Attention, FeedForward, Head
from proofs.models.positions import Periodic

OFFER = "; `up_to` gives what it recognises up to a chosen length"


def check_supported(model: Model) -> None:
    """Raises Refused, naming the part, for a model that need not be finite-state this way."""
    if model.readout == "first":
        raise Refused("readout first: the answer is read at a position that sees nothing of the "
                      "rest of the word under future masks, and other masks are not "
                      "finite-state from left to right" + OFFER)
    if not isinstance(model.positions, Periodic) or model.formulas:
        raise Refused("positions that are not periodic: the model is not finite-state" + OFFER)
    for k, layer in enumerate(model.layers):
        if not isinstance(layer, Attention | FeedForward) or layer.norm is not None:
            raise Refused(f"sublayer {k + 1}: of a kind that is not covered{OFFER}")
        if isinstance(layer, Attention):
            for h, head in enumerate(layer.heads):
                why = _refused(model, head)
                if why is not None:
                    raise Refused(f"sublayer {k + 1}, head {h + 1}: {why}{OFFER}")


def _refused(model: Model, head: Head) -> str | None:
    if head.mask not in ("future", "strict-future"):
        return (f"mask {head.mask}: a head that sees later positions is not a function of what "
                "was read so far")
    if head.selection in ("uhat-left", "uhat-right"):
        return None
    if model.contract.grid is None:
        return (f"{head.selection} attention over exact rationals: averages take infinitely many "
                "values, the language need not be regular")
    if model.contract.arithmetic != "left-to-right":
        return (f"{head.selection} attention with arithmetic {model.contract.arithmetic}: exact "
                "sums count without bound, the language need not be regular")
    return None
