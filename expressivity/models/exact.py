"""Batches of exact rationals without division: integers over common denominators."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from expressivity.models.choice import chosen, maximal
from expressivity.models.engine import Array, Bools
from expressivity.models.scaled import (
    Scaled,
    common,
    narrowed,
    product,
    rationals,
    scaled,
    wide,
)
from expressivity.models.weights import Weights


class ExactEngine:
    """See `engine.Engine`. States are Scaled; they have no quotients, so everything has a value.

    Averages divide by numbers of positions, of which there are few.
    """

    def __init__(self, words: int) -> None:
        self._undefined = np.zeros(words, dtype=bool)

    def lift(self, values: Array) -> Scaled:
        return scaled(values)

    def values(self, state: Scaled) -> Array:
        return rationals(state)

    def take(self, state: Scaled, index: Any) -> Scaled:
        return Scaled(state.numerators[index], state.denominator)

    def join(self, states: Sequence[Scaled], axis: int) -> Scaled:
        parts, denominator = common(states)
        return Scaled(np.concatenate(parts, axis=axis), denominator)

    def where(self, condition: Bools, yes: Scaled, no: Scaled) -> Scaled:
        (left, right), denominator = common([yes, no])
        return Scaled(np.where(condition, left, right), denominator)

    def greater(self, left: Scaled, right: Scaled) -> Bools:
        (a, b), _ = common([left, right])
        return np.asarray(a > b, dtype=bool)

    def affine(self, rows: Weights, state: Scaled) -> Scaled:
        weights = rows.converted(scaled)
        bound = max(weights.size, 1) * (
            max(state.size, 1) * weights.numerators.shape[1] + state.denominator)
        x = product(state.numerators, weights.numerators[:, :-1].T, bound)
        bias = wide(weights.numerators[:, -1], bound) * state.denominator
        return narrowed(x + bias, weights.denominator * state.denominator)

    def linear(self, rows: Weights, state: Scaled) -> Scaled:
        weights = rows.converted(scaled)
        bound = weights.size * state.size * weights.numerators.shape[1]
        return narrowed(product(state.numerators, weights.numerators.T, bound),
                        weights.denominator * state.denominator)

    def relu(self, state: Scaled) -> Scaled:
        return Scaled(np.where(state.numerators < 0, 0, state.numerators), state.denominator)

    def negate(self, state: Scaled) -> Scaled:
        return Scaled(-state.numerators, state.denominator)

    def add(self, left: Scaled, right: Scaled) -> Scaled:
        (a, b), denominator = common([left, right])
        return narrowed(a + b, denominator)

    def multiply(self, left: Scaled, right: Scaled) -> Scaled:
        bound = left.size * right.size
        return narrowed(wide(left.numerators, bound) * wide(right.numerators, bound),
                        left.denominator * right.denominator)

    def divide(self, left: Scaled, right: Scaled) -> Scaled:
        raise TypeError("quotients of data have no common denominator of a reasonable size")

    def sqrt(self, state: Scaled) -> Scaled:
        raise TypeError("square roots have no common denominator of a reasonable size")

    def checked(self, state: Scaled) -> Scaled:
        return state

    def undefined(self) -> Bools:
        return self._undefined

    def scores(self, query: Scaled, key: Scaled) -> Array:
        bound = query.size * key.size * query.numerators.shape[2]
        return product(query.numerators, key.numerators.transpose(0, 2, 1), bound)

    def attend(self, selection: str, query: Scaled, key: Scaled, value: Scaled,
               visible: Bools) -> Scaled:
        scores = self.scores(query, key)
        if selection != "average-hard":
            j = chosen(scores, visible, selection)
            found = np.take_along_axis(value.numerators, j[..., None], axis=1)
            return Scaled(np.where(visible.any(axis=1, keepdims=True), found, 0), value.denominator)
        taking_part = maximal(scores, visible)
        counts = np.maximum(taking_part.sum(axis=2), 1)
        numbers, places = np.unique(counts, return_inverse=True)
        shared = math.lcm(*(int(count) for count in numbers))
        bound = max(value.size, 1) * shared * visible.shape[1]
        sums = product(taking_part, value.numerators, max(value.size, 1) * visible.shape[1])
        shares = self.lift(np.array([Fraction(shared, int(count)) for count in numbers]))
        factors = wide(shares.numerators, bound)[places.reshape(*counts.shape, 1)]
        return narrowed(wide(sums, bound) * factors, value.denominator * shared)
