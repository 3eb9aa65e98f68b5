"""Batches under a rounded contract."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.models.carriers import carrier
from expressivity.models.choice import chosen, maximal
from expressivity.models.model import Head
from proofs.models.numbers import ONE, ZERO, Contract

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]


class RoundedEngine:
    """See `fast.Engine`. States are arrays of a carrier, NaN where there is no value."""

    def __init__(self, contract: Contract, words: int, positions: int) -> None:
        self._contract = contract
        self._numbers = carrier(contract, positions)
        self._undefined = np.zeros(words, dtype=bool)
        self._zero, self._one = (self._numbers.lift(np.array(x, dtype=object))[()]
                                 for x in (ZERO, contract.round(ONE)))

    def embed(self, table: Array, symbols: Array, phases: Array) -> Array:
        return self._numbers.lift(table)[symbols, phases]

    def affine(self, rows: Array, state: Array) -> Array:
        bias = self._numbers.lift(rows[:, -1])
        return self._checked(self._numbers.add(self._dot(rows[:, :-1], state), bias))

    def linear(self, rows: Array, state: Array) -> Array:
        return self._checked(self._dot(rows, state))

    def relu(self, state: Array) -> Array:
        return np.where(state < 0, self._zero, state)

    def add(self, left: Array, right: Array) -> Array:
        return self._checked(self._numbers.add(left, right))

    def zero_unless(self, keep: Bools, state: Array) -> Array:
        return self._checked(np.where(keep[:, None], state, self._zero))

    def at(self, state: Array, position: int) -> Array:
        return state[:, position:position + 1]

    def positive(self, state: Array) -> Bools:
        return np.asarray(state[:, 0, 0] > 0, dtype=bool)

    def undefined(self) -> Bools:
        return self._undefined

    def attend(self, head: Head, query: Array, key: Array, value: Array,
               visible: Bools) -> Array:
        scores = self._scores(query, key, visible)
        if head.selection in ("uhat-left", "uhat-right"):
            j = chosen(scores, visible, head.selection)
            return np.take_along_axis(value, j[..., None], axis=1)
        if head.selection == "average-hard":
            taking_part = maximal(scores, visible)
            weights = np.full(scores.shape, self._one)
        else:
            taking_part = np.broadcast_to(visible, scores.shape)
            weights = self._exponentials(scores, visible)
        if self._contract.arithmetic == "exact-attention":
            return self._numbers.average(weights, value, taking_part)
        return self._average(weights, value, taking_part)

    def _checked(self, state: Array) -> Array:
        """The same state; words with an entry without a value are noted."""
        missing = np.asarray(state != state, dtype=bool)
        self._undefined |= missing.reshape(len(state), -1).any(axis=1)
        return state

    def _dot(self, rows: Array, state: Array) -> Array:
        """Dot products with the rows, columns from left to right."""
        weights = self._numbers.lift(rows)
        total = np.full((*state.shape[:-1], len(rows)), self._zero)
        for c in range(rows.shape[1]):
            column = state[..., c, None]
            # A product with weight 0 is 0 and adds nothing, unless it has no value.
            if not rows[:, c].any() and np.all(np.abs(column) < np.inf):
                continue
            total = self._numbers.add(total, self._numbers.multiply(column, weights[:, c]))
        return total

    def _scores(self, query: Array, key: Array, visible: Bools) -> Array:
        """Shape (B, n, n); 0 where j is not visible from i."""
        total = np.full((len(query), *visible.shape), self._zero)
        for r in range(query.shape[2]):
            product = self._numbers.multiply(query[:, :, None, r], key[:, None, :, r])
            total = self._numbers.add(total, product)
        return self._checked(np.where(visible, total, self._zero))

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
