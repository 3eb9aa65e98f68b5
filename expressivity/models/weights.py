"""Weights as arrays, converted once for each kind of arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")

Rationals: TypeAlias = NDArray[np.object_]
"""An array of `Fraction`s."""


class Weights:
    """The rows of a map: nested tuples of Fractions; only the last level counts as columns."""

    def __init__(self, nested: Any) -> None:
        self.nested = nested
        array = np.array(nested, dtype=object)
        self.rationals: Rationals = array.reshape(-1, array.shape[-1])
        self.rationals.flags.writeable = False
        self._converted: dict[Any, Any] = {}

    def converted(self, convert: Callable[[Rationals], T]) -> T:
        """convert(rationals), computed once for each function."""
        if convert not in self._converted:
            self._converted[convert] = convert(self.rationals)
        made: T = self._converted[convert]
        return made
