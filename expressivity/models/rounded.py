"""Batches of numbers of a carrier: those of a rounded contract, or Fractions that are divided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from expressivity.models.carriers import carrier
from expressivity.models.choice import chosen, maximal
from expressivity.models.engine import Array, Bools
from expressivity.models.weights import Weights
from proofs.models.numbers import ONE, ZERO, Contract


class RoundedEngine:
    """See `engine.Engine`. States are arrays of a carrier, NaN where there is no value."""

    def __init__(self, contract: Contract, words: int, positions: int) -> None:
        self._contract = contract
        self._numbers = carrier(contract, positions)
        self._undefined = np.zeros(words, dtype=bool)
        self._zero, self._one = (self._numbers.lift(np.array(x, dtype=object))[()]
                                 for x in (ZERO, contract.round(ONE)))

    def lift(self, values: Array) -> Array:
        return self._numbers.lift(values)

    def values(self, state: Array) -> Array:
        return state.astype(object)

    def take(self, state: Array, index: Any) -> Array:
        return np.asarray(state[index])

    def join(self, states: Sequence[Array], axis: int) -> Array:
        return np.concatenate(states, axis=axis)

    def where(self, condition: Bools, yes: Array, no: Array) -> Array:
        return np.where(condition, yes, no)

    def greater(self, left: Array, right: Array) -> Bools:
        return np.asarray(left > right, dtype=bool)

    def affine(self, rows: Weights, state: Array) -> Array:
        weights = rows.converted(self._numbers.lift)
        return self.checked(self._numbers.add(self._dot(weights[:, :-1], state), weights[:, -1]))

    def linear(self, rows: Weights, state: Array) -> Array:
        return self.checked(self._dot(rows.converted(self._numbers.lift), state))

    def relu(self, state: Array) -> Array:
        return np.where(state < 0, self._zero, state)

    def negate(self, state: Array) -> Array:
        return np.asarray(-state)

    def add(self, left: Array, right: Array) -> Array:
        return self._numbers.add(left, right)

    def multiply(self, left: Array, right: Array) -> Array:
        return self._numbers.multiply(left, right)

    def divide(self, left: Array, right: Array) -> Array:
        return self._numbers.divide(left, right)

    def sqrt(self, state: Array) -> Array:
        return self._numbers.sqrt(state)

    def checked(self, state: Array) -> Array:
        missing = np.asarray(state != state, dtype=bool)
        self._undefined |= missing.reshape(len(state), -1).any(axis=1)
        return state

    def undefined(self) -> Bools:
        return self._undefined

    def scores(self, query: Array, key: Array) -> Array:
        total = np.full((len(query), query.shape[1], key.shape[1]), self._zero)
        for r in range(query.shape[2]):
            product = self._numbers.multiply(query[:, :, None, r], key[:, None, :, r])
            total = self._numbers.add(total, product)
        return total

    def attend(self, selection: str, query: Array, key: Array, value: Array,
               visible: Bools) -> Array:
        scores = self.checked(np.where(visible, self.scores(query, key), self._zero))
        if selection in ("uhat-left", "uhat-right"):
            j = chosen(scores, visible, selection)
            found = np.take_along_axis(value, j[..., None], axis=1)
        else:
            found = self._averages(selection, scores, value, visible)
        # Where nothing is visible there is no average, and that is no error.
        return self.checked(np.where(visible.any(axis=1, keepdims=True), found, self._zero))

    def _dot(self, weights: Array, state: Array) -> Array:
        """Dot products with the rows, columns from left to right."""
        total = np.full((*state.shape[:-1], len(weights)), self._zero)
        # A product with weight 0 is 0 and adds nothing, unless it has no value.
        finite = bool(np.all(np.abs(state) < np.inf))
        for c in range(weights.shape[1]):
            rows = np.flatnonzero(weights[:, c]) if finite else np.arange(len(weights))
            if len(rows):
                term = self._numbers.multiply(state[..., c, None], weights[rows, c])
                total[..., rows] = self._numbers.add(total[..., rows], term)
        return total

    def _averages(self, selection: str, scores: Array, value: Array, visible: Bools) -> Array:
        if selection == "average-hard":
            taking_part = maximal(scores, visible)
            weights = np.full(scores.shape, self._one)
        else:
            taking_part = np.broadcast_to(visible, scores.shape)
            weights = self._exponentials(scores, visible)
        if self._contract.grid is None or self._contract.arithmetic == "exact-attention":
            return self._numbers.average(weights, value, taking_part)
        return self._average(weights, value, taking_part)

    def _exponentials(self, scores: Array, visible: Bools) -> Array:
        numbers = self._numbers
        if self._contract.softmax == "max-subtracted":
            best = np.where(visible, scores, -np.inf).max(axis=2, keepdims=True)
            scores = np.where(visible, numbers.add(scores, -best), self._zero)
            return numbers.exp(scores)
        found = numbers.exp(scores)
        if self._contract.softmax == "uniform-if-zero":
            vanish = ~(visible & (found != 0)).any(axis=2, keepdims=True)
            found = np.where(vanish, self._one, found)
        return found

    def _average(self, weights: Array, values: Array, taking_part: Bools) -> Array:
        """Each product rounded; the sums as the contract says."""
        numbers = self._numbers
        whole = self._sum(weights, taking_part)
        if self._contract.division == "weights":
            weights = numbers.divide(weights, whole[..., None])
        columns = []
        for k in range(values.shape[2]):
            above = self._products(weights, values[..., k], taking_part)
            columns.append(above if self._contract.division == "weights"
                           else numbers.divide(above, whole))
        return np.stack(columns, axis=2)

    def _products(self, weights: Array, column: Array, taking_part: Bools) -> Array:
        """The sums over j of weights[b, i, j] * column[b, j]."""
        products = self._numbers.multiply(weights, column[:, None, :])
        return self._sum(products, taking_part)

    def _sum(self, terms: Array, taking_part: Bools) -> Array:
        """Sums over j, left to right or exact and rounded once."""
        # Adding 0 to a number of the format changes nothing.
        terms = np.where(taking_part, terms, self._zero)
        if self._contract.arithmetic == "exact-sums":
            return self._numbers.total(terms)
        total = terms[:, :, 0]
        for j in range(1, terms.shape[2]):
            total = self._numbers.add(total, terms[:, :, j])
        return total
