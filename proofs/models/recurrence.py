"""One step of a recurrent sublayer, as plain loops. This file is the definition.

Linear: h_t = A(x_t) h_(t-1) + B(x_t), where A is applied first, each operation rounded.
Non-linear: h_t = f(W (h_(t-1), x_t, 1)), a dot product from left to right and then f.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from proofs.models.layers import (
    ComplexDiagonal,
    Diagonal,
    Householder,
    Nonlinear,
    Recurrence,
    Reflection,
    TimeInvariant,
    Transition,
)
from proofs.models.linear import State, add_states, affine, dot, linear, relu
from proofs.models.numbers import ONE, ZERO, Contract

TWO: Final = Fraction(2)


def step(contract: Contract, layer: Recurrence | Nonlinear, hidden: State, read: State) -> State:
    """The next state of the recurrence after reading `read`."""
    if isinstance(layer, Recurrence):
        moved = transit(contract, layer.transition, hidden, read)
        return add_states(contract, moved, affine(contract, layer.source, read))
    total = affine(contract, layer.state, (*hidden, *read))
    if layer.activation == "relu":
        return relu(total)
    return tuple(contract.round(ONE) if x > 0 else ZERO for x in total)


def transit(contract: Contract, transition: Transition, hidden: State, read: State) -> State:
    """A(read) . hidden."""
    if isinstance(transition, TimeInvariant):
        return linear(contract, transition.matrix, hidden)
    if isinstance(transition, Diagonal):
        gates = affine(contract, transition.gates, read)
        if transition.nonnegative:
            gates = relu(gates)
        return tuple(contract.multiply(a, h) for a, h in zip(gates, hidden, strict=True))
    if isinstance(transition, ComplexDiagonal):
        moved: list[State] = []
        for k, gate in enumerate(transition.gates):
            a, b = affine(contract, gate, read)
            x, y = hidden[2 * k], hidden[2 * k + 1]
            moved.append((contract.add(contract.multiply(a, x), -contract.multiply(b, y)),
                          contract.add(contract.multiply(a, y), contract.multiply(b, x))))
        return tuple(value for pair in moved for value in pair)
    if isinstance(transition, Householder):
        for factor in transition.factors:
            hidden = reflect(contract, factor, hidden, read)
        return hidden
    return tuple(dot(contract, affine(contract, row, read), hidden) for row in transition.rows)


def reflect(contract: Contract, factor: Reflection, hidden: State, read: State) -> State:
    """hidden - (b (v . hidden) / (v . v)) v, with b = min(max(scale, 0), 2); unchanged if v = 0.

    Where the format has no 2, its largest number takes the place of 2.
    """
    scale = min(max(affine(contract, (factor.scale,), read)[0], ZERO), largest_scale(contract))
    direction = affine(contract, factor.direction, read)
    if not any(direction):
        return hidden
    share = contract.divide(
        contract.multiply(scale, dot(contract, direction, hidden)),
        dot(contract, direction, direction))
    return tuple(contract.add(h, -contract.multiply(share, v))
                 for h, v in zip(hidden, direction, strict=True))


def largest_scale(contract: Contract) -> Fraction:
    """2, or the largest number of the format if that is less."""
    return TWO if contract.grid is None else min(TWO, contract.grid.largest)
