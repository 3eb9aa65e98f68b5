"""From languages with periodic positions to languages without: letters that know their phase.

Over letters (a, t) with t = i mod m, and end letters ($, t), only words whose phases are right
matter. An automaton that remembers the phases acts on its states by words of one length modulo m
only, so counting that is due to lengths alone disappears: a regular language is in AC0 exactly if
for some m the automaton with phases is aperiodic (Barrington, Compton, Straubing, Therien 1992).

In a component that is a ring, one state for each phase, nothing moves but the phase, which the
letter shows: what must be remembered is how much the two differ. So if all components are rings or
single states the automaton is partially ordered (LTL[P, MOD]: Jerad, Svete, Li, Cotterell 2026).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import LimitError
from languages.evidence import Answer

MAX_PERIOD = 120


class _State(NamedTuple):
    """Where a run is: in state `of`; in component `of`, `number` steps ahead of the phase; or in
    state `of` before a letter of phase `number`."""

    kind: Literal["single", "ring", "counted", "end"]
    of: int
    number: int = 0


class _Phased:
    """Runs of a minimal DFA over letters with phases."""

    def __init__(self, dfa: DFA, period: int) -> None:
        self.dfa = dfa.minimal()
        self.period = period
        self.parts = Analysis(self.dfa).states

    def at(self, q: int, phase: int) -> _State:
        """The state for being in q when a letter of this phase comes next."""
        c = self.parts.component[q]
        turn = self.parts.period[c]
        if turn == 0:
            return _State("single", q)
        if self.period % turn == 0 and len(self.parts.members[c]) == turn:
            return _State("ring", c, (self.parts.phase[q] - phase) % turn)
        return _State("counted", q, phase)

    def state_of_dfa(self, state: _State, phase: int) -> int | None:
        """The state of the DFA before a letter of this phase; None if the phase is wrong."""
        if state.kind == "ring":
            turn = self.parts.period[state.of]
            return next(q for q in self.parts.members[state.of]
                        if (self.parts.phase[q] - phase) % turn == state.number)
        if (state.kind == "counted" and state.number != phase) or state.kind == "end":
            return None
        return state.of

    def step(self, state: _State, letter: int, phase: int) -> _State:
        """After a letter with its phase; an end letter accepts or rejects."""
        q = self.state_of_dfa(state, phase)
        if q is None:
            return _State("end", 0)
        if letter == self.dfa.letters:
            return _State("end", int(self.dfa.accept[q]))
        return self.at(self.dfa.table[q][letter], (phase + 1) % self.period)


def with_phases(dfa: DFA, period: int, begin: bool = False) -> DFA:
    """The words w $ whose phases are right with w in the language; wrong phases do not matter.

    Letter a in phase t has index a * period + t, and $ is the letter after the last one. With
    `begin` there is one more letter at the end of the alphabet, which changes nothing.
    """
    phased = _Phased(dfa, period)
    order = [phased.at(phased.dfa.start, 0)]
    number = {order[0]: 0}
    rows: list[list[int]] = []
    for state in order:  # grows while it is walked
        row = []
        for letter in range(dfa.letters + 1):
            for phase in range(period):
                to = phased.step(state, letter, phase)
                if to not in number:
                    number[to] = len(order)
                    order.append(to)
                row.append(number[to])
        rows.append([*row, *([number[state]] if begin else [])])
    alphabet = [f"{letter}@{t}" for letter in (*dfa.alphabet, "$") for t in range(period)]
    accept = [number[state] for state in order if state == ("end", 1, 0)]
    return DFA.from_lists([*alphabet, *(["^"] if begin else [])], rows, 0, accept).minimal()


def least_period(dfa: DFA, decide: Callable[[Analysis], Answer], least: int = 1) -> int:
    """The least m >= `least` such that the automaton with phases modulo m passes the test.

    Raises:
        LimitError: none up to MAX_PERIOD.
    """
    for period in range(least, MAX_PERIOD + 1):
        if decide(Analysis(with_phases(dfa, period))).value == "yes":
            return period
    raise LimitError("period of the position encodings", MAX_PERIOD + 1, MAX_PERIOD, "MAX_PERIOD")


def read_phases(plain: dict[str, Any], alphabet: tuple[str, ...], period: int,
                begin: bool = False) -> dict[str, Any]:
    """A model over letters with phases, read at its last letter, as one with positions i mod m.

    The end marker takes the place of the end letters, the begin marker that of the begin letter.
    """
    rows = [row for (row,) in plain["embedding"]]
    nothing = [0] * len(plain["residual"])
    first = rows[(len(alphabet) + 1) * period] if begin else nothing
    tables = [rows[a * period:(a + 1) * period] for a in range(len(alphabet) + 1)]
    if begin:  # the first letter stands at position 1
        tables = [table[-1:] + table[:-1] for table in tables]
    return {**plain, "alphabet": list(alphabet), "period": period,
            "markers": "both" if begin else "eos", "readout": "eos",
            "embedding": [*tables[:-1], [first] * period, tables[-1]]}
