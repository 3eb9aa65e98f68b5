"""Arrays of exact rationals: integers over one common denominator.

Integers are int64 as long as a bound on every result shows that they fit, else Python's own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]

FITS = 2**62
FITS_FLOAT = 2**53


@dataclass(frozen=True, eq=False)
class Scaled:
    """The rationals numerators / denominator; int64 or object, denominator > 0."""

    numerators: Array
    denominator: int

    @cached_property
    def size(self) -> int:
        """The largest absolute value of a numerator."""
        if not self.numerators.size:
            return 0
        return max(int(self.numerators.max()), -int(self.numerators.min()))


def scaled(values: Array) -> Scaled:
    """Integers and Fractions as integers over their least common denominator."""
    denominator = math.lcm(*{x.denominator for x in values.flat})
    if denominator == 1:
        integers = [x.numerator for x in values.flat]
    else:
        integers = [x.numerator * (denominator // x.denominator) for x in values.flat]
    return narrowed(np.array(integers, dtype=object).reshape(values.shape), denominator)


def rationals(x: Scaled) -> Array:
    """The values as integers, where all are, or Fractions."""
    if x.denominator == 1:
        return x.numerators.astype(object)
    found = np.empty(x.numerators.size, dtype=object)
    found[:] = [Fraction(int(n), x.denominator) for n in x.numerators.flat]
    return found.reshape(x.numerators.shape)


def narrowed(numerators: Array, denominator: int) -> Scaled:
    """numerators / denominator in lowest terms, as int64 if it fits."""
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


def wide(array: Array, bound: int) -> Array:
    """The integers in a dtype in which results up to `bound` are exact."""
    return array if bound < FITS else array.astype(object)


def common(states: Sequence[Scaled]) -> tuple[list[Array], int]:
    """The numerators over the least common denominator, in dtypes with room for a sum of two."""
    denominator = math.lcm(*(x.denominator for x in states))
    factors = [denominator // x.denominator for x in states]
    bound = 2 * max(max(x.size, 1) * factor for x, factor in zip(states, factors, strict=True))
    return [x.numerators if factor == 1 and bound < FITS else wide(x.numerators, bound) * factor
            for x, factor in zip(states, factors, strict=True)], denominator


def product(left: Array, right: Array, bound: int) -> Array:
    """The matrix product of integers; `bound` is one on the sums of absolute values of terms."""
    if bound < FITS_FLOAT:
        # All partial sums are float64 numbers, in whatever order they are formed.
        made = left.astype(np.float64) @ right.astype(np.float64)
        return made.astype(np.int64)
    return np.asarray(wide(left, bound) @ wide(right, bound))
