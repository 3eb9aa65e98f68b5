"""What a witness is, in words: for a reader to compare with what they meant."""

from __future__ import annotations

from proofs.checkers.claim import describe_automaton
from proofs.models.architecture import Model, plain_contract
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Layer,
    Normalisation,
    Recurrence,
)
from proofs.models.loops import describe_loop
from proofs.models.profile import NoProfile, exact_profile
from proofs.witnesses.model_language import Witness, model_digest

ENTRIES = 40


def describe(witness: Witness) -> list[str]:
    """Lines of text: the claim, the model and the automaton."""
    return [f"Claim: this model recognises the language of this automaton, {scope(witness)}.",
            *(f"  {line}" for line in describe_model(witness.model)), "  the automaton:",
            *(f"  {line}" for line in describe_automaton(witness.automaton))]


def scope(witness: Witness) -> str:
    """The words that the claim is about."""
    if witness.empty_word:
        return "at all lengths"
    return "at all lengths but 0: it does not answer the empty word"


def describe_model(model: Model) -> list[str]:
    """The model's numbers, sublayers and profile; its weights are behind the digest."""
    contract = ", ".join(f"{key}={value}" for key, value in plain_contract(model.contract).items())
    layers = [_layer(layer) for layer in model.layers]
    more = [f"... {len(layers) - ENTRIES} more"] if len(layers) > ENTRIES else []
    lines = [f"model sha256:{model_digest(model)}",
             f"markers {model.markers}; readout {model.readout}; width {len(model.residual)}; "
             f"period {model.period}",
             f"numbers: {contract}",
             f"sublayers ({len(layers)}): {'; '.join([*layers[:ENTRIES], *more])}",
             *([] if model.loop is None else [f"loop: {describe_loop(model.loop)}"])]
    try:
        axes = exact_profile(model)
    except NoProfile as error:
        return [*lines, f"no profile: {error}"]
    return [*lines, "profile: " + ", ".join(f"{axis}={text.replace(' ', '+') or '(none)'}"
                                            for axis, text in axes.items())]


def _layer(layer: Layer) -> str:
    if isinstance(layer, Attention):
        return "attention (" + ", ".join(f"{h.selection} {h.mask}" for h in layer.heads) + ")"
    if isinstance(layer, FeedForward | GatedFeedForward):
        gated = "gated " if isinstance(layer, GatedFeedForward) else ""
        return f"{gated}network ({len(layer.inner)} units)"
    if isinstance(layer, Normalisation):
        return "norm"
    kind = "linear" if isinstance(layer, Recurrence) else "non-linear"
    return f"{kind} recurrence ({len(layer.initial)} coordinates)"
