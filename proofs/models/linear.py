"""Maps of single states: dot products, affine maps, networks, layer normalisation.

Under a rounded contract every sum starts from 0 and runs from left to right, each product and
each partial sum rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from proofs.models.layers import FeedForward, GatedFeedForward, Matrix, Norm
from proofs.models.numbers import ZERO, Contract, Value

State: TypeAlias = tuple[Value, ...]


def dot(contract: Contract, left: Sequence[Value], right: Sequence[Value]) -> Value:
    """The dot product from left to right, starting from 0, each operation rounded."""
    total: Value = ZERO
    for x, y in zip(left, right, strict=True):
        total = contract.add(total, contract.multiply(x, y))
    return total


def linear(contract: Contract, rows: Matrix, state: State) -> State:
    """The linear map with these rows."""
    return tuple(dot(contract, row, state) for row in rows)


def affine(contract: Contract, rows: Matrix, state: State) -> State:
    """The affine map whose last column is the bias: the dot product with (state, 1)."""
    return tuple(contract.add(dot(contract, row[:-1], state), row[-1]) for row in rows)


def relu(state: State) -> State:
    """max(x, 0), coordinate by coordinate."""
    return tuple(max(x, ZERO) for x in state)


def add_states(contract: Contract, left: State, right: State | None) -> State:
    """Coordinate by coordinate, rounded; None adds nothing."""
    if right is None:
        return left
    return tuple(contract.add(x, y) for x, y in zip(left, right, strict=True))


def feed_forward(contract: Contract, layer: FeedForward | GatedFeedForward, state: State) -> State:
    """ReLU between two affine maps; a gated network multiplies the inner map by its gate."""
    if isinstance(layer, FeedForward):
        hidden = relu(affine(contract, layer.inner, state))
    else:
        hidden = tuple(contract.multiply(g, x) for g, x in zip(
            relu(affine(contract, layer.gate, state)), affine(contract, layer.inner, state),
            strict=True))
    return affine(contract, layer.outer, hidden)


def normalise(contract: Contract, epsilon: Fraction, state: State) -> State:
    """Layer normalisation: (x - mean) / sqrt(variance + epsilon), each operation rounded.

    The mean and the variance are rounded sums divided by the number of coordinates. Raises
    NotANumber for 0 / 0, when all coordinates are equal and epsilon is 0.
    """
    size = Fraction(len(state))
    mean = contract.divide(_sum(contract, state), size)
    centred = tuple(contract.add(x, -mean) for x in state)
    variance = contract.divide(
        _sum(contract, [contract.multiply(x, x) for x in centred]), size)
    deviation = contract.sqrt(contract.add(variance, epsilon))
    return tuple(contract.divide(x, deviation) for x in centred)


def _sum(contract: Contract, terms: Sequence[Value]) -> Value:
    total: Value = ZERO
    for term in terms:
        total = contract.add(total, term)
    return total


def reads(contract: Contract, norm: Norm | None, state: State) -> State:
    """What a sublayer reads of the residual stream: all of it, or normalised coordinates."""
    if norm is None:
        return state
    return normalise(contract, norm.epsilon, affine(contract, norm.matrix, state))
