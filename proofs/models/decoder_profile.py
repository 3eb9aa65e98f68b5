"""The exact profile of one decoder; see `profile`."""

from __future__ import annotations

from proofs.models.decoder import Decoder
from proofs.models.profile import NoProfile, exact_profile


def exact_decoder_profile(decoder: Decoder) -> dict[str, str]:
    """Axis -> text, as `profile.exact_profile`; decoded tokens are as many as the limit allows.

    Raises:
        NoProfile: as there, and for a decoder that is made for words of one length.
    """
    if decoder.length is not None:
        raise NoProfile(f"made for words of length {decoder.length}: a model for finitely many "
                        "lengths is no model for all n, so it has no profile")
    values = exact_profile(decoder.model)
    return values | {"readout": "token", "cot": tokens(decoder),
                     "vocabulary": str(int(values["vocabulary"]) + len(decoder.tokens))}


def tokens(decoder: Decoder) -> str:
    """The growth of the number of tokens that may be written, as the axis `cot` spells it."""
    if decoder.limit is None:
        return "unbounded"
    power = max(a for _, a in decoder.limit)
    if power == 0:
        return str(sum(c for c, _ in decoder.limit))
    return "n" if power == 1 else f"n^{power}"
