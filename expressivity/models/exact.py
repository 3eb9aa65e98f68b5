"""Batches of exact rationals: integer arrays over one common denominator.

Integers are int64 as long as a bound on every result shows that they fit, else Python's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.models.choice import chosen, maximal
from expressivity.models.model import Head

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]

FITS = 2**62


@dataclass(frozen=True, eq=False)
class Scaled:
    """The rationals numerators / denominator; int64 or object, denominator > 0."""

    numerators: Array
    denominator: int

    @property
    def size(self) -> int:
        """The largest absolute value of a numerator."""
        if not self.numerators.size:
            return 0
        return max(int(self.numerators.max()), -int(self.numerators.min()))


def scaled(rationals: Array) -> Scaled:
    """Fractions as integers over their least common denominator."""
    denominator = math.lcm(*(x.denominator for x in rationals.flat))
    integers = np.array([x.numerator * (denominator // x.denominator) for x in rationals.flat],
                        dtype=object).reshape(rationals.shape)
    return _narrowed(Scaled(integers, denominator))


def _narrowed(x: Scaled) -> Scaled:
    """In lowest terms, as int64 if it fits."""
    numerators, denominator = x.numerators, x.denominator
    if denominator > 1 and numerators.size:
        shared = int(np.gcd.reduce(numerators, axis=None))
        common = math.gcd(shared, denominator)
        denominator //= common
        if shared:
            numerators = numerators // common
    made = Scaled(numerators, denominator)
    if numerators.dtype == object and made.size < FITS:
        made = Scaled(numerators.astype(np.int64), denominator)
    return made


def _wide(array: Array, bound: int) -> Array:
    """The integers in a dtype in which results up to `bound` are exact."""
    return array if bound < FITS else array.astype(object)


class ExactEngine:
    """See `fast.Engine`. States are Scaled."""

    def __init__(self, words: int) -> None:
        self._undefined = np.zeros(words, dtype=bool)

    def embed(self, table: Array, symbols: Array, phases: Array) -> Scaled:
        entries = scaled(table)
        return Scaled(entries.numerators[symbols, phases], entries.denominator)

    def affine(self, rows: Array, state: Scaled) -> Scaled:
        weights = scaled(rows)
        bound = max(weights.size, 1) * (state.size * (rows.shape[1] - 1) + state.denominator)
        matrix, x = _wide(weights.numerators, bound), _wide(state.numerators, bound)
        bias = matrix[:, -1] * state.denominator
        return _narrowed(Scaled(x @ matrix[:, :-1].T + bias,
                                weights.denominator * state.denominator))

    def linear(self, rows: Array, state: Scaled) -> Scaled:
        weights = scaled(rows)
        bound = weights.size * state.size * rows.shape[1]
        matrix, x = _wide(weights.numerators, bound), _wide(state.numerators, bound)
        return _narrowed(Scaled(x @ matrix.T, weights.denominator * state.denominator))

    def relu(self, state: Scaled) -> Scaled:
        return Scaled(np.where(state.numerators < 0, 0, state.numerators), state.denominator)

    def add(self, left: Scaled, right: Scaled) -> Scaled:
        denominator = math.lcm(left.denominator, right.denominator)
        a, b = denominator // left.denominator, denominator // right.denominator
        bound = max(left.size, 1) * a + max(right.size, 1) * b
        return _narrowed(Scaled(_wide(left.numerators, bound) * a
                                + _wide(right.numerators, bound) * b, denominator))

    def zero_unless(self, keep: Bools, state: Scaled) -> Scaled:
        return Scaled(np.where(keep[:, None], state.numerators, 0), state.denominator)

    def at(self, state: Scaled, position: int) -> Scaled:
        return Scaled(state.numerators[:, position:position + 1], state.denominator)

    def positive(self, state: Scaled) -> Bools:
        return np.asarray(state.numerators[:, 0, 0] > 0, dtype=bool)

    def undefined(self) -> Bools:
        return self._undefined

    def attend(self, head: Head, query: Scaled, key: Scaled, value: Scaled,
               visible: Bools) -> Scaled:
        bound = query.size * key.size * query.numerators.shape[2]
        scores = (_wide(query.numerators, bound)
                  @ _wide(key.numerators, bound).transpose(0, 2, 1))
        if head.selection != "average-hard":
            j = chosen(scores, visible, head.selection)
            return Scaled(np.take_along_axis(value.numerators, j[..., None], axis=1),
                          value.denominator)
        taking_part = maximal(scores, visible)
        counts = np.maximum(taking_part.sum(axis=2), 1)
        common = math.lcm(*(int(count) for count in np.unique(counts)))
        shares = np.array([common // int(count) for count in counts.flat], dtype=object)
        bound = max(value.size, 1) * common * visible.shape[0]
        numerators = _wide(value.numerators, bound)
        sums = taking_part.astype(numerators.dtype) @ numerators
        factors = shares.reshape(*counts.shape, 1).astype(numerators.dtype)
        return _narrowed(Scaled(sums * factors, value.denominator * common))
