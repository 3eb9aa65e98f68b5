"""Sublayers as machines that read the residual stream from left to right.

A machine has a memory. At a position where the stream below emits a vector (a *symbol*, given by
its number) it *emits* a key, from which `vector` computes the residual vector after the sublayer
with the functions of `reference`; then the symbol changes its memory. Keys are small, so that
equal vectors are computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, Protocol

from proofs.checkers.rejection import reject
from proofs.models.layers import (
    FeedForward,
    GatedFeedForward,
    Nonlinear,
    Normalisation,
    Recurrence,
)
from proofs.models.linear import State, add_states, feed_forward, linear, reads
from proofs.models.numbers import Contract
from proofs.models.recurrence import step
from proofs.models.reference import replaced

MAX_BITS: Final = 10_000
Memory = Any
BEFORE = -1
"""Stands for the state of the stream below before the begin marker."""


class Machine(Protocol):
    """A sublayer. All methods may raise NotANumber."""

    def start(self, state: int) -> Memory:
        """The memory before any symbol, at a state of the stream below (or BEFORE)."""
        ...

    def emit(self, memory: Memory, state: int, symbol: int) -> Hashable:
        """The key of the vector that is emitted."""
        ...

    def step(self, memory: Memory, state: int, symbol: int, to: int) -> Memory:
        """The memory after a symbol on the way from `state` to the state `to`."""
        ...

    def vector(self, key: Any) -> State:
        """The residual vector after the sublayer."""
        ...


class PositionWise:
    """Without memory: a function of the vector."""

    def __init__(self, symbols: Sequence[State], function: Callable[[State], State]) -> None:
        self._symbols = symbols
        self._function = function

    def start(self, state: int) -> Memory:
        return None

    def emit(self, memory: Memory, state: int, symbol: int) -> Hashable:
        return symbol

    def step(self, memory: Memory, state: int, symbol: int, to: int) -> Memory:
        return None

    def vector(self, key: int) -> State:
        return self._function(self._symbols[key])


def unchanged(symbols: Sequence[State]) -> PositionWise:
    """The machine that changes nothing."""
    return PositionWise(symbols, lambda state: state)


def network(contract: Contract, layer: FeedForward | GatedFeedForward | Normalisation,
            symbols: Sequence[State]) -> PositionWise:
    """A position-wise sublayer."""
    def after(state: State) -> State:
        if isinstance(layer, Normalisation):
            return replaced(contract, layer, state)
        return add_states(contract, state,
                          feed_forward(contract, layer, reads(contract, layer.norm, state)))

    return PositionWise(symbols, after)


def check_size(hidden: State) -> None:
    """Reject exact numbers that grow without bound, before they fill the memory."""
    for x in hidden:
        largest = 0 if isinstance(x, float) else max(abs(x.numerator), x.denominator)
        if largest.bit_length() > MAX_BITS:
            reject("too-many-bits", f"more than {MAX_BITS}", "claim.model",
                   f"recurrent states whose numbers have at most {MAX_BITS} bits")


class Recurrent:
    """The memory is the number of the hidden vector."""

    def __init__(self, contract: Contract, layer: Recurrence | Nonlinear,
                 symbols: Sequence[State]) -> None:
        self._contract = contract
        self._layer = layer
        self._symbols = symbols
        self._read = [reads(contract, layer.norm, symbol) for symbol in symbols]
        self._hidden: list[State] = [layer.initial]
        self._number: dict[State, int] = {layer.initial: 0}
        self._next: dict[tuple[int, int], int] = {}

    def start(self, state: int) -> int:
        return 0

    def emit(self, memory: int, state: int, symbol: int) -> Hashable:
        # The next hidden vector is computed in either case: it must not be NaN.
        after = self.step(memory, state, symbol, state)
        return symbol, after if self._layer.reads == "after" else memory

    def step(self, memory: int, state: int, symbol: int, to: int) -> int:
        known = self._next.get((memory, symbol))
        if known is None:
            made = step(self._contract, self._layer, self._hidden[memory], self._read[symbol])
            known = self._next[memory, symbol] = self._number.setdefault(made, len(self._hidden))
            if known == len(self._hidden):
                check_size(made)
                self._hidden.append(made)
        return known

    def vector(self, key: tuple[int, int]) -> State:
        symbol, hidden = key
        change = linear(self._contract, self._layer.output, self._hidden[hidden])
        return add_states(self._contract, self._symbols[symbol], change)
