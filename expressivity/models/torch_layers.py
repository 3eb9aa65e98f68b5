"""Sublayers as PyTorch modules (extra `torch`), in float64.

Parameters are named as in the plain data. Streams have shape (B, N, d): B words of one length, N
positions each. The operations are those of `proofs.models.reference` in real numbers, but floats
round where no contract says so: close to the definition, never the definition.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import torch
from torch import Tensor, nn

from proofs.models.attention import visible

DTYPE: Final = torch.float64
Plain = Mapping[str, Any]


def register(module: nn.Module, plain: Plain, *names: str) -> None:
    """Parameters, all 0, of the shapes that the architecture gives."""
    for name in names:
        module.register_parameter(name, nn.Parameter(
            torch.zeros(tuple(plain[name]["shape"]), dtype=DTYPE)))


def affine(rows: Tensor, state: Tensor) -> Tensor:
    """The affine map whose last column is the bias, along the last axis of `state`."""
    made: Tensor = state @ rows[:, :-1].T + rows[:, -1]
    return made


def normalise(state: Tensor, epsilon: float) -> Tensor:
    """Layer normalisation along the last axis."""
    centred = state - state.mean(dim=-1, keepdim=True)
    variance = (centred * centred).mean(dim=-1, keepdim=True)
    made: Tensor = centred / torch.sqrt(variance + epsilon)
    return made


def sublayer(plain: Plain, residual: Mapping[str, int]) -> nn.Module:
    """The module of a sublayer of an architecture; `residual` numbers the names of the stream."""
    if plain["kind"] == "norm":
        return Normalisation(plain, residual)
    return _CHANGES[plain["kind"]](plain)


class Normalisation(nn.Module):
    """Replaces coordinates by their layer normalisation."""

    def __init__(self, plain: Plain, residual: Mapping[str, int]) -> None:
        super().__init__()
        self.coordinates = [residual[name] for name in plain["coordinates"]]
        self.epsilon = float(Fraction(plain["epsilon"]))

    def forward(self, stream: Tensor) -> Tensor:
        """The stream afterwards."""
        made = stream.clone()
        made[..., self.coordinates] = normalise(stream[..., self.coordinates], self.epsilon)
        return made


class Norm(nn.Module):
    """What a sublayer with a norm of its own reads: layer normalisation of an affine map."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "matrix")
        self.epsilon = float(Fraction(plain["epsilon"]))

    def forward(self, stream: Tensor) -> Tensor:
        """Shape (B, N, k)."""
        return normalise(affine(self.matrix, stream), self.epsilon)


class Change(nn.Module, ABC):
    """A sublayer that adds to the residual stream."""

    def __init__(self, plain: Plain, *names: str) -> None:
        super().__init__()
        register(self, plain, *names)
        if "norm" in plain:
            self.norm = Norm(plain["norm"])

    def forward(self, stream: Tensor) -> Tensor:
        """The stream afterwards."""
        return stream + self.change(self.norm(stream) if hasattr(self, "norm") else stream)

    @abstractmethod
    def change(self, read: Tensor) -> Tensor:
        """What is added, from what the sublayer reads."""


class Head(nn.Module):
    """One head. Through hard selections gradients reach values only, never scores."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "query", "key", "value", "output")
        self.selection = plain["selection"]
        self.mask = plain["mask"]

    def forward(self, read: Tensor) -> Tensor:
        """What the head adds to the stream; 0 where it sees no position."""
        found = self.weights(read) @ affine(self.value, read)
        made: Tensor = found @ self.output.T
        return made

    def weights(self, read: Tensor) -> Tensor:
        """The weights after division, shape (B, N, N); 0 what is not visible."""
        scores = affine(self.query, read) @ affine(self.key, read).transpose(1, 2)
        seen = torch.tensor(_visible(self.mask, read.shape[1]), device=read.device)
        # Rows that see nothing would be 0 / 0; they get scores, and lose their weights again.
        scores = scores.masked_fill(~seen & seen.any(dim=1, keepdim=True), -torch.inf)
        if self.selection == "softmax":
            weights = torch.softmax(scores, dim=2)
        else:
            best = scores == scores.amax(dim=2, keepdim=True)
            weights = best.to(DTYPE)
            if self.selection == "average-hard":
                weights = weights / weights.sum(dim=2, keepdim=True)
            elif self.selection == "uhat-left":
                weights = weights * (weights.cumsum(dim=2) == 1)
            else:
                weights = weights * (weights.flip(2).cumsum(dim=2).flip(2) == 1)
        return weights * seen


@lru_cache(maxsize=64)
def _visible(mask: str, length: int) -> list[list[bool]]:
    return [[visible(mask, i, j) for j in range(length)] for i in range(length)]


class Attention(Change):
    """A sublayer of heads."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain)
        self.heads = nn.ModuleList([Head(head) for head in plain["heads"]])

    def change(self, read: Tensor) -> Tensor:
        total: Tensor = sum(head(read) for head in self.heads)
        return total


class FeedForward(Change):
    """ReLU between two affine maps."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain, "in", "out")

    def change(self, read: Tensor) -> Tensor:
        return affine(self.out, torch.relu(affine(self.get_parameter("in"), read)))


class GatedFeedForward(Change):
    """As FeedForward, with ReLU on the gate that multiplies the inner map."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain, "gate", "in", "out")

    def change(self, read: Tensor) -> Tensor:
        gate = torch.relu(affine(self.gate, read))
        return affine(self.out, gate * affine(self.get_parameter("in"), read))


class _Recurrent(Change):
    """A state that goes through the word from left to right."""

    def __init__(self, plain: Plain, *names: str) -> None:
        super().__init__(plain, "initial", "output", *names)
        self.after = plain["reads"] == "after"

    def change(self, read: Tensor) -> Tensor:
        hidden = self.initial.expand(read.shape[0], -1)
        states = []
        for i in range(read.shape[1]):
            before, hidden = hidden, self.step(hidden, read[:, i])
            states.append(hidden if self.after else before)
        made: Tensor = torch.stack(states, dim=1) @ self.output.T
        return made

    @abstractmethod
    def step(self, hidden: Tensor, read: Tensor) -> Tensor:
        """The next state, shape (B, s), from the last one and what is read, shape (B, d)."""


class Recurrence(_Recurrent):
    """h_t = A(x_t) h_(t-1) + input(x_t)."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain, "input")
        self.transition = _TRANSITIONS[plain["transition"]["kind"]](plain["transition"])

    def step(self, hidden: Tensor, read: Tensor) -> Tensor:
        made: Tensor = self.transition(hidden, read) + affine(self.input, read)
        return made


class Nonlinear(_Recurrent):
    """h_t = f(state . (h_(t-1), x_t, 1)); the step function has gradient 0."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(plain, "state")
        self.activation = plain["activation"]

    def step(self, hidden: Tensor, read: Tensor) -> Tensor:
        total = affine(self.state, torch.cat([hidden, read], dim=1))
        made: Tensor = torch.relu(total) if self.activation == "relu" else (total > 0).to(DTYPE)
        return made


class TimeInvariant(nn.Module):
    """matrix . h."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "matrix")

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        del read
        made: Tensor = hidden @ self.matrix.T
        return made


class Diagonal(nn.Module):
    """gates(x) * h; with ReLU before it when nonnegative."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "gates")
        self.nonnegative = plain["kind"] == "nonnegative-diagonal"

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        gates = affine(self.gates, read)
        return (torch.relu(gates) if self.nonnegative else gates) * hidden


class ComplexDiagonal(nn.Module):
    """Pairs of coordinates times the complex numbers gates(x)."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "gates")

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        gates = affine(self.gates.flatten(0, 1), read)
        a, b = gates[:, 0::2], gates[:, 1::2]
        x, y = hidden[:, 0::2], hidden[:, 1::2]
        made: Tensor = torch.stack([a * x - b * y, a * y + b * x], dim=2).flatten(1)
        return made


class Reflection(nn.Module):
    """A generalised Householder factor; the identity where its direction is 0."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "scale", "direction")

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        direction = affine(self.direction, read)
        scale = affine(self.scale[None], read).clamp(0, 2)
        square = (direction * direction).sum(dim=1, keepdim=True)
        # The direction 0 divides by 1 and multiplies by 0.
        share = scale * (direction * hidden).sum(dim=1, keepdim=True) / torch.where(
            square == 0, torch.ones_like(square), square)
        made: Tensor = hidden - share * direction
        return made


class Householder(nn.Module):
    """A product of factors, the first applied first."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        self.factors = nn.ModuleList([Reflection(factor) for factor in plain["factors"]])

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        for factor in self.factors:
            hidden = factor(hidden, read)
        return hidden


class General(nn.Module):
    """A(x) . h, each row of A affine in x."""

    def __init__(self, plain: Plain) -> None:
        super().__init__()
        register(self, plain, "rows")

    def forward(self, hidden: Tensor, read: Tensor) -> Tensor:
        """A(read) . hidden."""
        size = hidden.shape[1]
        matrices = affine(self.rows.flatten(0, 1), read).unflatten(1, (size, size))
        made: Tensor = (matrices @ hidden[:, :, None])[:, :, 0]
        return made


_CHANGES: Final[dict[str, Callable[[Plain], nn.Module]]] = {
    "attention": Attention, "ffn": FeedForward, "gated-ffn": GatedFeedForward,
    "recurrence": Recurrence, "rnn": Nonlinear}
_TRANSITIONS: Final[dict[str, Callable[[Plain], nn.Module]]] = {
    "time-invariant": TimeInvariant, "nonnegative-diagonal": Diagonal,
    "signed-diagonal": Diagonal, "complex-diagonal": ComplexDiagonal,
    "householder": Householder, "general": General}
