"""All states that words lead to, breadth first: how a sublayer becomes a transducer.

A sublayer is given as a machine that reads the letters of the transducer below it. It need not be
finite-state. When the budget is exceeded, the levels that are complete are kept: they are right
for all words up to their length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from expressivity.extraction.budget import Clock
from expressivity.extraction.numbers import Vector
from expressivity.extraction.transducer import UNEXPLORED, Interner, Transducer

State: TypeAlias = tuple[int, ...]
"""The state below, then what the sublayer remembers."""


class Outputs(Interner[Vector | None]):
    """The residual vectors that a sublayer emits, None for NaN, with their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.undefined = False

    def __call__(self, value: Vector | None) -> int:
        if value is None:
            self.undefined = True
        return super().__call__(value)


class Machine(Protocol):
    """A sublayer that reads a word letter by letter; outputs are numbers of `outputs`."""

    below: Transducer[Vector]
    outputs: Outputs

    def begin(self) -> tuple[State, int | None]:
        """The state before the first letter, and the output at the begin symbol."""
        ...

    def letter(self, state: State, a: int) -> tuple[int, State]:
        """The output at a letter, and the state after it."""
        ...

    def end(self, state: State) -> int:
        """The output at the end symbol, if there is one."""
        ...

    def too_large(self) -> str:
        """Why the exploration must end, whatever the number of states; "" if it need not."""
        ...


def explore(machine: Machine, clock: Clock, what: str) -> Transducer[Vector | None]:
    """The reachable states; outputs are None for NaN.

    When the budget is exceeded, only the levels that are complete are kept; when an output is NaN,
    the exploration ends there.
    """
    below = machine.below
    letters = len(below.next[0])
    start, begin = machine.begin()
    number: dict[State, int] = {start: 0}
    order = [start]
    nexts: list[list[int]] = []
    outs: list[list[int]] = []
    ends: list[int] = []

    def end(state: State) -> list[int]:
        return [] if below.end is None else [machine.end(state)]

    # States first ..< last of `order` are those whose shortest words have length `depth`.
    depth, first, last = 0, 0, 1
    covered: int | None = None
    while len(nexts) < len(order) and not machine.outputs.undefined:
        if len(nexts) == last:
            depth, first, last = depth + 1, last, len(order)
            clock.report(what, last)
        if depth == below.covered or clock.exceeded(len(order), machine.too_large()):
            covered = depth
            break
        state = order[len(nexts)]
        row, emitted = [], []
        for a in range(letters):
            out, to = machine.letter(state, a)
            emitted.append(out)
            if to not in number:
                number[to] = len(order)
                order.append(to)
            row.append(number[to])
        nexts.append(row)
        outs.append(emitted)
        ends += end(state)
    if covered is not None:
        # The states of the last level stay, but nothing leaves them.
        del nexts[first:], outs[first:], ends[first:], order[last:]
        nexts += [[UNEXPLORED] * letters for _ in order[first:]]
        outs += [[UNEXPLORED] * letters for _ in order[first:]]
        for state in order[first:]:
            ends += end(state)
    if machine.outputs.undefined:
        # What is wrong has been found: only the way there matters from here on.
        rest = len(order) - len(nexts)
        nexts += [[UNEXPLORED] * letters] * rest
        outs += [[UNEXPLORED] * letters] * rest
        ends += [UNEXPLORED] * (len(order) - len(ends)) if below.end is not None else []
        covered = 0
    return _compact(nexts, outs, None if below.end is None else ends, begin,
                    machine.outputs.values, covered)


def _compact(nexts: list[list[int]], outs: list[list[int]], end: list[int] | None,
             begin: int | None, symbols: Sequence[Vector | None],
             covered: int | None) -> Transducer[Vector | None]:
    """Without symbols that only dropped transitions emitted."""
    fresh: Interner[Vector | None] = Interner()

    def renumbered(o: int) -> int:
        return o if o == UNEXPLORED else fresh(symbols[o])

    begins = None if begin is None else renumbered(begin)
    rows = [[renumbered(o) for o in row] for row in outs]
    ends = None if end is None else [renumbered(o) for o in end]
    return Transducer(nexts, rows, ends, begins, fresh.values, covered)
