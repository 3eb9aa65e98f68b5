"""A model beside the arrays of its weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from expressivity.models.weights import Weights
from languages.errors import InputError
from proofs.models import architecture, reference
from proofs.models.architecture import Rejected
from proofs.models.layers import Attention, FeedForward, GatedFeedForward, Head, Layer
from proofs.models.numbers import Contract

__all__ = ["Attention", "FeedForward", "GatedFeedForward", "Head", "Layer", "Model"]


@dataclass(frozen=True, eq=False)
class Model:
    """A model; its weights as arrays are made when they are asked for.

    `definition` is what the reference evaluator runs. Two models are compared by their
    definitions.
    """

    definition: architecture.Model

    @classmethod
    def from_plain(cls, data: object) -> Model:
        """The model that plain data (parsed JSON) describes.

        Raises:
            InputError: naming the field, what was expected and what was found.
        """
        try:
            return cls(architecture.parse_model(data))
        except Rejected as error:
            raise InputError(f"{error.path}: {error.message}") from None

    def to_plain(self) -> dict[str, Any]:
        """Plain data, ready for JSON; `from_plain` makes an equal model of it."""
        return architecture.plain_model(self.definition)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters, in the order of their indices."""
        return self.definition.alphabet

    @property
    def contract(self) -> Contract:
        """The number contract."""
        return self.definition.contract

    @property
    def width(self) -> int:
        """The dimension of the residual stream."""
        return len(self.definition.residual)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The sublayers in order, as the file lists them: see `unrolled`."""
        return self.definition.layers

    def unrolled(self, letters: int) -> Model:
        """The model without loop that does the same on words with this many letters."""
        loop = self.definition.loop
        if loop is None:
            return self
        times = loop.count(letters)
        if times not in self._unrolled:
            self._unrolled[times] = Model(architecture.unrolled(self.definition, letters))
        return self._unrolled[times]

    @cached_property
    def _unrolled(self) -> dict[int, Model]:
        return {}

    @cached_property
    def output(self) -> Weights:
        """The output functional with its bias last, shape (1, d + 1)."""
        return Weights((*self.definition.output_weights, self.definition.output_bias))

    def weights(self, nested: Any) -> Weights:
        """Weights of the definition (a vector, a matrix or several) as an array of rows."""
        # Part of the definition, which keeps it alive: its id is its name.
        if id(nested) not in self._weights:
            self._weights[id(nested)] = Weights(nested)
        return self._weights[id(nested)]

    @cached_property
    def _weights(self) -> dict[int, Weights]:
        return {}

    def run(self, word: Sequence[int]) -> reference.Trace:
        """The reference run on a word, given as letter indices; raises as `reference.run`."""
        return reference.run(self.definition, word)

    def indices(self, word: Sequence[str]) -> list[int]:
        """Letter indices of a word; raises InputError for a letter outside the alphabet."""
        number = {letter: i for i, letter in enumerate(self.alphabet)}
        for letter in word:
            if letter not in number:
                raise InputError(f"letter {letter!r}: expected one of {', '.join(self.alphabet)}")
        return [number[letter] for letter in word]
