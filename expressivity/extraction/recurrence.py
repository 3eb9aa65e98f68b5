"""Recurrent sublayers: a transducer times the recurrent states that occur.

The state after a word is the state of the transducer below and the recurrent state, a vector of
numbers. Rounded after every step there are finitely many of them. Exact rationals may take
infinitely many values, and grow: then the budget ends the exploration.
"""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.explore import Outputs, State
from expressivity.extraction.images import read_by
from expressivity.extraction.numbers import Numbers, Score, Vector, attempt
from expressivity.extraction.transducer import UNEXPLORED, Interner, Transducer
from proofs.models.layers import Nonlinear, Recurrence
from proofs.models.linear import add_states, linear
from proofs.models.recurrence import step

UNDEFINED = -1
MAX_BITS = 10_000


class Recurrent:
    """See `explore.Machine`. Recurrent states have numbers, `UNDEFINED` for NaN.

    Raises:
        Undefined: the normalisation of what is read is NaN at some position.
    """

    def __init__(self, below: Transducer[Vector], layer: Recurrence | Nonlinear,
                 numbers: Numbers) -> None:
        self.below = below
        self.outputs = Outputs()
        self._layer = layer
        self._rules = numbers.rules
        fresh: Interner[Vector] = Interner()
        self._input = [fresh(x) for x in read_by(layer, below.symbols, numbers)]
        self._inputs = fresh.values
        self._hidden: Interner[Vector] = Interner()
        self._hidden(layer.initial)
        self._bits = 0
        # By recurrent state: its successors by input, and what it adds to the residual stream.
        self._after: dict[tuple[int, int], int] = {}
        self._change: dict[int, Vector | None] = {}
        self._sums: dict[tuple[int, int], int] = {}

    def begin(self) -> tuple[State, int | None]:
        """The state before the first letter, and the output at the begin symbol."""
        if self.below.begin is None:
            return (0, 0), None
        out, hidden = self._step(0, self.below.begin)
        return (0, hidden), out

    def letter(self, state: State, a: int) -> tuple[int, State]:
        """The output at a letter, and the state after it."""
        p, hidden = state
        out, after = self._step(hidden, self.below.out[p][a])
        return out, (self.below.next[p][a], after)

    def end(self, state: State) -> int:
        """The output at the end symbol, if there is one; the step there must have a value, too."""
        if self.below.end is None:
            return UNEXPLORED
        p, hidden = state
        return self._step(hidden, self.below.end[p])[0]

    def too_large(self) -> str:
        """Numbers that grow without bound end the exploration before they fill the memory."""
        return f"numbers of more than {MAX_BITS} bits" if self._bits > MAX_BITS else ""

    def _step(self, hidden: int, symbol: int) -> tuple[int, int]:
        """The output where the residual vector below is `symbol`, and the recurrent state after."""
        after = self._next(hidden, self._input[symbol])
        if after == UNDEFINED:
            return self.outputs(None), after
        read = after if self._layer.reads == "after" else hidden
        if (symbol, read) not in self._sums:
            change = self._added(read)
            self._sums[symbol, read] = self.outputs(None if change is None else attempt(
                add_states, self._rules, self.below.symbols[symbol], change))
        return self._sums[symbol, read], after

    def _next(self, hidden: int, read: int) -> int:
        key = hidden, read
        if key not in self._after:
            found = attempt(step, self._rules, self._layer, self._hidden.values[hidden],
                            self._inputs[read])
            if found is not None:
                self._bits = max(self._bits, _bits(found))
            self._after[key] = UNDEFINED if found is None else self._hidden(found)
        return self._after[key]

    def _added(self, hidden: int) -> Vector | None:
        if hidden not in self._change:
            self._change[hidden] = attempt(linear, self._rules, self._layer.output,
                                           self._hidden.values[hidden])
        return self._change[hidden]


def _bits(vector: Sequence[Score]) -> int:
    """The most bits of a numerator or denominator."""
    return max((max(abs(x.numerator), x.denominator).bit_length() for x in vector
                if x is not None and not isinstance(x, float)), default=0)
