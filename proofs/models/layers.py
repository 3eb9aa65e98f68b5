"""The sublayers of models, as values. What they compute is defined in `reference`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, TypeAlias

Selection = Literal["uhat-left", "uhat-right", "average-hard", "softmax"]
Mask: TypeAlias = str
"""One of MASKS, or "window:W" for the last W positions up to and including i."""
Activation = Literal["relu", "heaviside"]
Reads = Literal["after", "before"]

MASKS: Final = ("none", "future", "strict-future", "past", "strict-past")
WINDOW: Final = "window:"

Vector: TypeAlias = tuple[Fraction, ...]
Matrix: TypeAlias = tuple[Vector, ...]


@dataclass(frozen=True)
class Norm:
    """Layer normalisation of matrix . x, with `epsilon` added to the variance.

    Shape of `matrix`: (k, d + 1), the bias last. A sublayer with a norm reads the k normalised
    coordinates, and its reading matrices have k + 1 columns.
    """

    matrix: Matrix
    epsilon: Fraction


@dataclass(frozen=True)
class Head:
    """One head. With x what the sublayer reads and a 1 appended: query, key, value are affine.

    Shapes: query and key (r, d + 1), value (s, d + 1), output (d, s).
    """

    selection: Selection
    mask: Mask
    query: Matrix
    key: Matrix
    value: Matrix
    output: Matrix


@dataclass(frozen=True)
class Attention:
    """A sublayer of heads; their outputs are added up in order, then to the residual stream."""

    heads: tuple[Head, ...]
    norm: Norm | None = None


@dataclass(frozen=True)
class FeedForward:
    """A sublayer outer . ReLU . inner; shapes (d, h + 1) and (h, d + 1), biases last."""

    inner: Matrix
    outer: Matrix
    norm: Norm | None = None


@dataclass(frozen=True)
class GatedFeedForward:
    """A sublayer outer . (ReLU(gate) * inner); shapes (d, h + 1), (h, d + 1), (h, d + 1)."""

    gate: Matrix
    inner: Matrix
    outer: Matrix
    norm: Norm | None = None


@dataclass(frozen=True)
class Normalisation:
    """Replaces these coordinates of the residual stream by their layer normalisation."""

    coordinates: tuple[int, ...]
    epsilon: Fraction


@dataclass(frozen=True)
class TimeInvariant:
    """h -> matrix . h, whatever the input; shape (s, s)."""

    matrix: Matrix


@dataclass(frozen=True)
class Diagonal:
    """h_k -> a_k h_k with a = gates(x), shape (s, d + 1); with ReLU before it when nonnegative."""

    gates: Matrix
    nonnegative: bool


@dataclass(frozen=True)
class ComplexDiagonal:
    """Coordinates 2k and 2k + 1 are multiplied by the complex number gates[k](x).

    Shape of `gates`: (s / 2, 2, d + 1), real part first.
    """

    gates: tuple[Matrix, ...]


@dataclass(frozen=True)
class Reflection:
    """A generalised Householder factor I - b v v^T / (v^T v); the identity where v = 0.

    b = min(max(scale(x), 0), 2) and v = direction(x); shapes (d + 1,) and (s, d + 1).
    """

    scale: Vector
    direction: Matrix


@dataclass(frozen=True)
class Householder:
    """A product of factors, the first applied first."""

    factors: tuple[Reflection, ...]


@dataclass(frozen=True)
class General:
    """h -> A(x) . h; shape (s, s, d + 1)."""

    rows: tuple[Matrix, ...]


Transition: TypeAlias = TimeInvariant | Diagonal | ComplexDiagonal | Householder | General


@dataclass(frozen=True)
class Recurrence:
    """h_t = A(x_t) h_(t-1) + input(x_t); adds output . h_t, or output . h_(t-1) if read before.

    Shapes: initial (s,), source (s, d + 1), output (d, s).
    """

    initial: Vector
    transition: Transition
    source: Matrix
    reads: Reads
    output: Matrix
    norm: Norm | None = None


@dataclass(frozen=True)
class Nonlinear:
    """h_t = f(state . (h_(t-1), x_t, 1)); adds output . h_t, or output . h_(t-1) if read before.

    Shapes: initial (s,), state (s, s + d + 1), output (d, s).
    """

    initial: Vector
    state: Matrix
    activation: Activation
    reads: Reads
    output: Matrix
    norm: Norm | None = None


Layer: TypeAlias = (Attention | FeedForward | GatedFeedForward | Normalisation | Recurrence
                    | Nonlinear)


def window_size(mask: Mask) -> int | None:
    """The W of "window:W"; None for the other masks."""
    return int(mask.removeprefix(WINDOW)) if mask.startswith(WINDOW) else None
