"""Automata over words with marked positions: one track for each variable (Büchi 1960, Elgot 1961).

A `Marked` automaton reads letters (a, b_1 .. b_k), where b_i says whether the i-th variable is
here, and accepts only words on which every track has exactly one mark. So complements are taken
among these, and "there is a position" forgets a track.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from languages.dfa import DFA, BoolOp, Bools
from languages.errors import InputError
from languages.limits import Limits
from languages.nfa import NFA, determinise

MAX_TRACKS = 10
State = TypeVar("State")


@dataclass(frozen=True)
class Marked:
    """A minimal automaton and its variables in increasing order.

    Letter a with the marks b_i has the index a * 2^k + sum of b_i * 2^i.
    """

    variables: tuple[int, ...]
    dfa: DFA


class Tracks:
    """Makes automata over one alphabet; `LimitError` when one gets too large."""

    def __init__(self, letters: int, limits: Limits) -> None:
        self.letters = letters
        self.limits = limits

    def atom(self, variables: tuple[int, ...], start: State,
             step: Callable[[State, int, tuple[bool, ...]], State | None],
             accept: Callable[[State], bool]) -> Marked:
        """An automaton given by its steps on a letter and marks; None rejects."""
        k = self._tracks(variables)
        marks = [tuple(bool(bits >> i & 1) for i in range(k)) for bits in range(1 << k)]
        number = {start: 0}
        rows: list[list[int | None]] = []
        for state in (queue := [start]):  # grows while it is walked
            row: list[int | None] = []
            for a in range(self.letters):
                for here in marks:
                    target = step(state, a, here)
                    if target is not None and target not in number:
                        number[target] = len(queue)
                        queue.append(target)
                    row.append(None if target is None else number[target])
            rows.append(row)
            self._check(len(queue), k)
        final = [i for i, state in enumerate(queue) if accept(state)]
        return Marked(variables, DFA.from_lists(self._alphabet(k), rows, 0, final).minimal())

    def valid(self, variables: tuple[int, ...]) -> Marked:
        """The words on which every track has exactly one mark."""
        def step(seen: int, letter: int, here: tuple[bool, ...]) -> int | None:
            del letter
            bits = sum(1 << i for i, mark in enumerate(here) if mark)
            return None if seen & bits else seen | bits

        every = (1 << len(variables)) - 1
        return self.atom(variables, 0, step, lambda seen: seen == every)

    def complement(self, x: Marked) -> Marked:
        """The marked words that are not accepted."""
        return self._join(x.variables, [Marked(x.variables, x.dfa.complement()),
                                        self.valid(x.variables)], np.logical_and)

    def conjunction(self, parts: Iterable[Marked]) -> Marked:
        """Each track is a track of some part, which takes care that it has one mark."""
        found = list(parts)
        return self._join(_variables(found), found, np.logical_and)

    def disjunction(self, parts: Iterable[Marked]) -> Marked:
        """At least one part accepts, and all tracks have one mark."""
        found = list(parts)
        variables = _variables(found)
        union = self._join(variables, found, np.logical_or)
        if all(part.variables == variables for part in found):
            return union
        return self._join(variables, [union, self.valid(variables)], np.logical_and)

    def exists(self, x: Marked, variable: int) -> Marked:
        """Forget a track; for a variable without one, only say that there is a position."""
        if variable not in x.variables:
            def step(state: bool, letter: int, here: tuple[bool, ...]) -> bool:
                del state, letter, here
                return True

            return self.conjunction([x, self.atom((), False, step, bool)])
        self.limits.check_positions(x.dfa.states)  # the bits of the sets of states
        rest = tuple(y for y in x.variables if y != variable)
        i, k = x.variables.index(variable), len(rest)
        low = (1 << i) - 1
        forgotten = [a << k | (bits >> (i + 1) << i) | (bits & low)
                     for a in range(self.letters) for bits in range(2 << k)]
        live = _live(x.dfa)
        nfa = NFA(x.dfa.states, x.dfa.start, np.flatnonzero(x.dfa.accept).tolist())
        nfa.moves = list({(p, b, q) for p, row in enumerate(x.dfa.table) if live[p]
                          for b, q in zip(forgotten, row, strict=True) if live[q]})
        return Marked(rest, determinise(nfa, self._alphabet(k), self.limits).minimal())

    def _join(self, variables: tuple[int, ...], parts: list[Marked], op: BoolOp) -> Marked:
        self._tracks(variables)
        smallest_first = sorted((self._widened(part, variables) for part in parts),
                                key=lambda dfa: dfa.states)
        dfa = smallest_first[0]
        for other in smallest_first[1:]:
            dfa = self._product(dfa, other, op).minimal()
        return Marked(variables, dfa)

    def _widened(self, x: Marked, variables: tuple[int, ...]) -> DFA:
        """With more tracks, on which anything may stand."""
        if x.variables == variables:
            return x.dfa
        self._check(x.dfa.states, len(variables))
        places = [variables.index(v) for v in x.variables]
        k = len(x.variables)
        columns = [a << k | sum((bits >> place & 1) << i for i, place in enumerate(places))
                   for a in range(self.letters) for bits in range(1 << len(variables))]
        return DFA(self._alphabet(len(variables)), x.dfa.delta[:, columns], x.dfa.start,
                   x.dfa.accept)

    def _product(self, x: DFA, y: DFA, op: BoolOp) -> DFA:
        """The reachable product; rows of many states at once, since there are many letters."""
        tracks = (x.letters // self.letters).bit_length() - 1
        left, right = x.delta.astype(np.int64) * y.states, y.delta.astype(np.int64)
        frontier = np.array([x.start * y.states + y.start], dtype=np.int64)
        number = {int(frontier[0]): 0}
        rows: list[NDArray[np.int32]] = []
        while len(frontier):
            after = left[frontier // y.states] + right[frontier % y.states]
            pairs, place = np.unique(after, return_inverse=True)
            new = [pair for pair in pairs.tolist() if pair not in number]
            for pair in new:
                number[pair] = len(number)
            self._check(len(number), tracks)
            numbers = np.array([number[pair] for pair in pairs.tolist()], dtype=np.int32)
            rows.append(numbers[place].reshape(after.shape))
            frontier = np.array(new, dtype=np.int64)
        every = np.fromiter(number, dtype=np.int64, count=len(number))
        accept: Bools = op(x.accept[every // y.states], y.accept[every % y.states])
        return DFA(x.alphabet, np.concatenate(rows), 0, accept)

    def _tracks(self, variables: tuple[int, ...]) -> int:
        if len(variables) > MAX_TRACKS:
            raise InputError(f"fo: {len(variables)} variables are free in one subformula, expected "
                             f"at most {MAX_TRACKS}")
        return len(variables)

    def _check(self, states: int, tracks: int) -> None:
        self.limits.check_states("the automaton of a subformula", states, self.letters << tracks)

    def _alphabet(self, tracks: int) -> tuple[str, ...]:
        return tuple(map(str, range(self.letters << tracks)))


def _variables(parts: list[Marked]) -> tuple[int, ...]:
    return tuple(sorted({v for part in parts for v in part.variables}))


def _live(dfa: DFA) -> list[bool]:
    """In a minimal automaton at most one state accepts nothing: it rejects and has loops only."""
    loops = (dfa.delta == np.arange(dfa.states)[:, None]).all(axis=1)
    return [not (loop and not accept) for loop, accept in
            zip(loops.tolist(), dfa.accept.tolist(), strict=True)]
