"""What the fast evaluator asks of arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.models.weights import Weights

Array: TypeAlias = NDArray[Any]
Bools: TypeAlias = NDArray[np.bool_]


class Engine(Protocol):
    """Arithmetic on states, bit for bit that of the contract.

    A state holds numbers of shape (words, positions, dimensions); whether it is an array or one
    with a denominator is the engine's own affair. Operations on two states broadcast. A quantity
    without a value is carried along as NaN; it may be dropped only after `checked`.
    """

    def lift(self, values: Array) -> Any:
        """The state with these exact values, an object array of any shape."""

    def values(self, state: Any) -> Array:
        """The values of a state without NaN, as objects that `lift` takes."""

    def take(self, state: Any, index: Any) -> Any:
        """The part of the state at a numpy index."""

    def join(self, states: Sequence[Any], axis: int) -> Any:
        """The states one after the other."""

    def where(self, condition: Bools, yes: Any, no: Any) -> Any:
        """Entry by entry the one or the other."""

    def greater(self, left: Any, right: Any) -> Bools:
        """Entry by entry: is left > right?"""

    def affine(self, rows: Weights, state: Any) -> Any:
        """The affine map whose last column is the bias; checked."""

    def linear(self, rows: Weights, state: Any) -> Any:
        """The linear map with these rows; checked."""

    def relu(self, state: Any) -> Any:
        """max(x, 0)."""

    def negate(self, state: Any) -> Any:
        """-x."""

    def add(self, left: Any, right: Any) -> Any:
        """Sums."""

    def multiply(self, left: Any, right: Any) -> Any:
        """Products."""

    def divide(self, left: Any, right: Any) -> Any:
        """Quotients."""

    def sqrt(self, state: Any) -> Any:
        """Square roots."""

    def scores(self, query: Any, key: Any) -> Array:
        """Dot products of queries (B, n, r) and keys (B, m, r), shape (B, n, m).

        Numbers that can be compared with each other; NaN where there is no value.
        """

    def attend(self, selection: str, query: Any, key: Any, value: Any, visible: Bools) -> Any:
        """A head's result for each query; 0 where no position is visible.

        Shapes: query (B, n, r), key (B, m, r), value (B, m, s), visible (n, m). Checked.
        """

    def checked(self, state: Any) -> Any:
        """The same state; words with an entry without a value are noted."""

    def undefined(self) -> Bools:
        """The words that were noted so far."""
