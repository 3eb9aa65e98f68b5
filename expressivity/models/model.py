"""A model as numpy arrays, beside its exact definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from languages.errors import InputError
from proofs.models import architecture, reference
from proofs.models import layers as definitions
from proofs.models.architecture import Rejected
from proofs.models.layers import Mask, Selection
from proofs.models.numbers import Contract

Rationals: TypeAlias = NDArray[np.object_]
"""An array of `Fraction`s."""


@dataclass(frozen=True, eq=False)
class Head:
    """Shapes: query and key (r, d + 1), value (s, d + 1), output (d, s)."""

    selection: Selection
    mask: Mask
    query: Rationals
    key: Rationals
    value: Rationals
    output: Rationals


@dataclass(frozen=True, eq=False)
class Attention:
    """A sublayer of heads."""

    heads: tuple[Head, ...]


@dataclass(frozen=True, eq=False)
class FeedForward:
    """A sublayer with `inner` (h, d + 1), `outer` (d, h + 1), and ReLU between them."""

    inner: Rationals
    outer: Rationals


Layer: TypeAlias = Attention | FeedForward


@dataclass(frozen=True, eq=False)
class Model:
    """A model; its weights as read-only arrays are made when they are asked for.

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

    @cached_property
    def embedding(self) -> Rationals:
        """Shape (letters + 2, period, d); the last two rows are those of the markers."""
        return _array(self.definition.embedding)

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The sublayers in order."""
        return tuple(_layer(layer) for layer in self.definition.layers)

    @cached_property
    def output(self) -> Rationals:
        """The output functional with its bias last, shape (1, d + 1)."""
        return _array(((*self.definition.output_weights, self.definition.output_bias),))

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


def _layer(layer: definitions.Layer) -> Layer:
    if isinstance(layer, definitions.FeedForward):
        return FeedForward(_array(layer.inner), _array(layer.outer))
    if not isinstance(layer, definitions.Attention):
        raise TypeError(f"no arrays for sublayers of type {type(layer).__name__}")
    return Attention(tuple(
        Head(head.selection, head.mask, _array(head.query), _array(head.key), _array(head.value),
             _array(head.output)) for head in layer.heads))


def _array(nested: Any) -> Rationals:
    """A read-only array of the entries of nested tuples, all of one shape."""
    array = np.array(nested, dtype=object)
    array.flags.writeable = False
    return array
