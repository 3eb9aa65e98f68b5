"""Deterministic Turing machines with a read-only input tape and work tapes, and their runs.

All tapes are infinite in both directions. The word stands on cells 0..n-1 of the input tape, every
other cell is blank, every head starts on cell 0. A step writes a symbol on each work tape and then
moves each head by at most one cell. The machine stops in its accepting or its rejecting state, and
it rejects where it has no transition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

MOVES: Final = {"L": -1, "S": 0, "R": 1}

Polynomial: TypeAlias = tuple[tuple[int, int], ...]
"""Pairs (coefficient, power) of a polynomial in the number n of letters."""


@dataclass(frozen=True)
class Action:
    """What a step does: the next state, a symbol for each work tape, and a move for each head.

    The input head's move comes first; moves are "L", "S" and "R".
    """

    state: str
    written: tuple[str, ...]
    moves: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Machine:
    """A machine. `work` are the symbols of the work tapes but for the blank.

    `rules` maps a state and what the heads read, the input head first, to an action. `time`
    is what the author claims to be a bound on the number of steps; nothing here proves it.
    """

    letters: tuple[str, ...]
    work: tuple[str, ...]
    blank: str
    tapes: int
    states: tuple[str, ...]
    start: str
    accept: str
    reject: str
    rules: Mapping[tuple[str, tuple[str, ...]], Action]
    time: Polynomial | None = None

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The different actions, in the order of the rules."""
        return tuple(dict.fromkeys(self.rules.values()))

    def most(self, length: int) -> int | None:
        """The claimed bound on the steps on words of that length."""
        return None if self.time is None else sum(c * length**a for c, a in self.time)

    def to_plain(self) -> dict[str, Any]:
        """As a JSON value, without the claimed time."""
        return {"letters": list(self.letters), "work": list(self.work), "blank": self.blank,
                "tapes": self.tapes, "states": list(self.states), "start": self.start,
                "accept": self.accept, "reject": self.reject,
                "rules": [[state, list(read), a.state, list(a.written), list(a.moves)]
                          for (state, read), a in self.rules.items()]}


@dataclass
class Configuration:
    """State, head positions and the cells that are not as in the beginning, the input tape first.

    Nothing here knows the rules: any sequence of actions can be applied.
    """

    word: tuple[str, ...]
    blank: str
    state: str
    heads: list[int]
    cells: list[dict[int, str]] = field(default_factory=list)

    @classmethod
    def initial(cls, word: Sequence[str], tapes: int, blank: str, state: str) -> Configuration:
        """The beginning of a run."""
        return cls(tuple(word), blank, state, [0] * (1 + tapes),
                   [dict(enumerate(word)), *({} for _ in range(tapes))])

    def read(self) -> tuple[str, ...]:
        """What the heads read."""
        return tuple(cells.get(head, self.blank)
                     for cells, head in zip(self.cells, self.heads, strict=True))

    def apply(self, action: Action) -> None:
        """Write, move, and change the state."""
        for tape, symbol in enumerate(action.written, start=1):
            self.cells[tape][self.heads[tape]] = symbol
        self.heads = [head + MOVES[move]
                      for head, move in zip(self.heads, action.moves, strict=True)]
        self.state = action.state

    def shown(self) -> list[str]:
        """Each tape as text, the head's cell in brackets; from the first to the last known cell."""
        found = []
        for cells, head in zip(self.cells, self.heads, strict=True):
            low, high = min([head, *cells]), max([head, *cells])
            symbols = [cells.get(cell, self.blank) for cell in range(low, high + 1)]
            apart = "" if all(len(symbol) == 1 for symbol in symbols) else " "
            symbols[head - low] = f"[{symbols[head - low]}]"
            found.append(apart.join(symbols))
        return found


@dataclass(frozen=True)
class Run:
    """The actions in order, and the answer; None if the machine did not stop."""

    actions: tuple[Action, ...]
    accepted: bool | None


def steps(machine: Machine, word: Sequence[str]) -> Iterator[Action]:
    """The actions on a word one by one, until the machine stops, if it does."""
    now = Configuration.initial(word, machine.tapes, machine.blank, machine.start)
    while (action := machine.rules.get((now.state, now.read()))) is not None:
        yield action
        now.apply(action)


def run(machine: Machine, word: Sequence[str], most: int) -> Run:
    """The run on a word, of at most `most` steps."""
    made: list[Action] = []
    for action in steps(machine, word):
        if len(made) == most:
            return Run(tuple(made), None)
        made.append(action)
    # No rules leave the accepting and the rejecting state.
    last = made[-1].state if made else machine.start
    return Run(tuple(made), last == machine.accept)
