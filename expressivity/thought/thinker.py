"""A decoder beside the arrays of its weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from expressivity.models.model import Model
from expressivity.models.weights import Weights
from languages.errors import InputError
from proofs.models.architecture import Rejected
from proofs.models.decoder import Decoder, parse_decoder, plain_decoder
from proofs.models.decoder_profile import exact_decoder_profile
from proofs.models.profile import NoProfile
from proofs.profile import Box, box_from_mapping


@dataclass(frozen=True, eq=False)
class Thinker:
    """A decoder; its weights as arrays are made when they are asked for."""

    definition: Decoder

    @classmethod
    def from_plain(cls, data: object) -> Thinker:
        """The decoder that plain data (parsed JSON) describes.

        Raises:
            InputError: naming the field, what was expected and what was found.
        """
        try:
            return cls(parse_decoder(data))
        except Rejected as error:
            raise InputError(f"{error.path}: {error.message}") from None

    def to_plain(self) -> dict[str, Any]:
        """Plain data, ready for JSON; `from_plain` makes an equal decoder of it."""
        return plain_decoder(self.definition)

    @cached_property
    def model(self) -> Model:
        """The sublayers, run on symbols; its readout means nothing."""
        return Model(self.definition.model)

    @cached_property
    def emit(self) -> Weights:
        """The map from the last position to the values of the tokens, bias last."""
        return Weights(self.definition.emit)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters, in the order of their indices."""
        return self.definition.model.alphabet

    @property
    def tokens(self) -> tuple[str, ...]:
        """The names of the tokens, in the order of their numbers."""
        return self.definition.tokens

    def profile(self) -> Box:
        """The exact profile; raises InputError where there is none."""
        try:
            return box_from_mapping(exact_decoder_profile(self.definition))
        except NoProfile as error:
            raise InputError(str(error)) from None
