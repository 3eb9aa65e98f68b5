"""From automata to C-RASP: counts that show the state, component by component.

Inside a strongly connected component there are potentials V: integers such that reading a letter a
in a state of class c changes V by an amount X(a, c). The classes of one round are those that the
potentials of the rounds before tell apart. So V is where it was when the component was entered,
plus a sum of counts; and as the letter is known, so is V before the letter, and with it the class.
The first position where the known state and the letter lead out of the component is an event; it
says which component is entered, and in which state. What the counts of a component say after it
has been left is of no account.

Yang, Veseli, Barloy et al., "Algebraic Decomposition Theory for Transformer Length Generalization"
(2026), appendix J, has the potentials; the program is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import gcd
from typing import TypeAlias

from expressivity.programs.crasp import (
    TRUE,
    Compare,
    Count,
    Definition,
    Formula,
    Letter,
    Named,
    Not,
    Program,
    Readout,
    conjunction,
    disjunction,
)
from languages.algebra.graphs import tarjan
from languages.classes import c_rasp_eos, c_rasp_last
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError

Key: TypeAlias = tuple[int, ...]
"""The potentials of the first rounds: a class of states."""


def crasp_from_dfa(dfa: DFA, readout: Readout) -> Program:
    """A program for the language of the DFA, with this readout; the empty word is decided too.

    Raises `InputError` if the language is not in C-RASP with this readout, as far as known.
    """
    analysis = Analysis(dfa)
    decider = c_rasp_eos if readout == "eos" else c_rasp_last
    answer = decider.decide(analysis)
    if answer.value != "yes":
        raise InputError(f"the language is not known to be in C-RASP@{readout}: {answer.reason}")
    evidence = decider.evidence(analysis)
    if evidence is None:
        raise InputError("the potentials of the language are numbers that are too large")
    return _Builder(analysis.dfa, evidence.data["values"]).program(readout)


@dataclass
class _Component:
    """Its states, and what is known about a run in it.

    `before` says that it has been entered at an earlier position, `now` that it has been entered;
    `entries` has the event of entering it for each state. `potentials[k][q]` is the k-th potential.
    `sums[k]` are the counts that add up to it. `left` is the event of leaving, which is right for
    the first time only.
    """

    number: int
    states: list[int]
    before: Formula
    now: Formula
    entries: dict[int, Formula]
    potentials: list[dict[int, int]] = field(default_factory=list)
    sums: list[tuple[Count, ...]] = field(default_factory=list)
    left: Formula | None = None

    def key(self, q: int, rounds: int) -> Key:
        """The class of a state after so many rounds."""
        return tuple(potential[q] for potential in self.potentials[:rounds])

    def members(self, key: Key) -> list[int]:
        """The states of a class."""
        return [q for q in self.states if self.key(q, len(key)) == key]

    def split(self, key: Key) -> list[Key]:
        """The classes into which the next potential splits a class."""
        if len(key) == len(self.potentials):
            raise ArithmeticError("the potentials do not tell what the answer depends on")
        return list(dict.fromkeys(self.key(q, len(key) + 1) for q in self.members(key)))


class _Builder:
    def __init__(self, dfa: DFA, values: list[list[int]]) -> None:
        self.dfa = dfa
        self.table = dfa.table
        self.values = values
        self.component = tarjan(self.table)
        self.definitions: list[Definition] = []
        # Of each component, the ways in which it has been entered earlier, and by now.
        self.before: dict[int, list[Formula]] = {c: [] for c in self.component}
        self.now: dict[int, list[Formula]] = {c: [] for c in self.component}
        self.steps: dict[tuple[int, int, Key], Formula] = {}

    def program(self, readout: Readout) -> Program:
        """All components, from that of the start state on, and where they accept."""
        # Components are numbered after all that they reach.
        events: dict[int, list[Formula]] = {q: [] for q in range(self.dfa.states)}
        accepting: list[Formula] = []
        for c in sorted(set(self.component), reverse=True):
            states = [q for q in range(self.dfa.states) if self.component[q] == c]
            component = self._component(c, states, events)
            if readout == "eos":
                accepting += self._accepting_now(component)
            else:
                accepting += self._accepting_after(component)
        if readout == "last":
            accepting += [event for q in range(self.dfa.states) if self.dfa.accept[q]
                          for event in events[q]]
            if self.dfa.accept[self.dfa.start]:
                accepting.append(Compare((Count(1, TRUE),), "=", 0))
        accepted = disjunction(accepting)
        self.definitions.append(Definition("accepted", accepted))
        program = Program(self.dfa.alphabet, readout, tuple(self.definitions), "accepted")
        return program.checked().pruned()

    def _named(self, name: str, formula: Formula) -> Formula:
        """The formula under a name, unless it is short."""
        if isinstance(formula, Letter | Named) or formula == TRUE:
            return formula
        self.definitions.append(Definition(name, formula))
        return Named(name)

    # -- one component ------------------------------------------------------------------------

    def _component(self, c: int, states: list[int],
                   events: dict[int, list[Formula]]) -> _Component:
        """Potentials and events of a component; adds the events of entering others."""
        entries = {q: self._named(f"enter_{q}", disjunction(events[q]))
                   for q in states if events[q]}
        begins = self.dfa.start in states
        before, now = (TRUE if begins else self._named(f"{name}_{c}", disjunction(ways[c]))
                       for name, ways in (("inside", self.before), ("entered", self.now)))
        component = _Component(c, states, before, now, entries)
        base = self.dfa.start if begins else min(entries)
        for row in self.values:
            gains = {q: row[q] - row[base] for q in states}
            divisor = gcd(*gains.values())
            if divisor:
                component.potentials.append({q: x // divisor for q, x in gains.items()})
                component.sums.append(self._sum(component))
        self._leave(component, events)
        return component

    def _step(self, component: _Component, a: int, key: Key) -> Formula:
        """The letter a is read in a state of the class, unless the component has been left."""
        where = (component.number, a, key)
        if where not in self.steps:
            letter = Letter(self.dfa.alphabet[a])
            if not key:
                formula = conjunction([letter, component.before])
            else:
                k = len(key) - 1
                gain = self._gain(component, k, a, key[:-1])
                formula = conjunction([
                    self._step(component, a, key[:-1]),
                    Compare(component.sums[k], "=", key[-1] + gain)])
            name = "_".join(["read", str(component.number), str(a), *map(_spelled, key)])
            self.steps[where] = self._named(name, formula)
        return self.steps[where]

    def _gain(self, component: _Component, k: int, a: int, key: Key) -> int:
        """X(a, key) of the k-th potential; 0 if the letter always leads out."""
        potential = component.potentials[k]
        for p in component.members(key):
            q = self.table[p][a]
            if q in potential:
                return potential[q] - potential[p]
        return 0

    def _sum(self, component: _Component) -> tuple[Count, ...]:
        """The counts that add up to the last potential."""
        k = len(component.potentials) - 1
        potential = component.potentials[k]
        counts = [Count(potential[q], event) for q, event in component.entries.items()
                  if potential[q]]
        keys = dict.fromkeys(component.key(q, k) for q in component.states)
        for a in range(self.dfa.letters):
            gains = {key: self._gain(component, k, a, key) for key in keys}
            if len(set(gains.values())) == 1:  # whatever the class
                gains = {(): gains[next(iter(keys))]}
            counts += [Count(gain, self._step(component, a, key))
                       for key, gain in gains.items() if gain]
        return tuple(counts)

    # -- events and answers -------------------------------------------------------------------

    def _cases(self, component: _Component, a: int, result: Callable[[int], int | None],
               key: Key = ()) -> Iterator[tuple[int, Formula]]:
        """The results of reading a, a function of the state it leads to, and when they occur.

        With None as result, nothing needs to be said about a state.
        """
        found = {result(self.table[p][a]) for p in component.members(key)} - {None}
        if len(found) <= 1:
            for x in found:
                if x is not None:
                    yield x, self._step(component, a, key)
            return
        for next_ in component.split(key):
            yield from self._cases(component, a, result, next_)

    def _leave(self, component: _Component, events: dict[int, list[Formula]]) -> None:
        """The first step to a state of another component enters that state."""
        number = component.number
        there: dict[int, list[Formula]] = {}
        for a in range(self.dfa.letters):
            for q, formula in self._cases(
                    component, a, lambda q: -1 if self.component[q] == number else q):
                there.setdefault(q, []).append(formula)
        there.pop(-1, None)
        if not there:
            return
        component.left = self._named(
            f"leave_{number}", disjunction(f for formulas in there.values() for f in formulas))
        first = Compare((Count(1, component.left),), "=", 1)
        entering: dict[int, list[Formula]] = {}
        for q, formulas in there.items():
            event = self._named(f"from_{number}_to_{q}",
                                conjunction([disjunction(formulas), first]))
            events[q].append(event)
            entering.setdefault(self.component[q], []).append(event)
        for c, formulas in entering.items():
            if len(entering) == 1:  # then any leaving will do, and fewer counts are nested
                event = component.left
                again = disjunction([Not(event), Compare((Count(1, event),), ">=", 2)])
            else:
                event = self._named(f"from_{number}_into_{c}", disjunction(formulas))
                again = Not(event)
            entered = Compare((Count(1, event),), ">=", 1)
            self.now[c].append(entered)
            self.before[c].append(conjunction([entered, again]))

    def _stayed(self, component: _Component) -> Formula:
        """The component has not been left."""
        if component.left is None:
            return TRUE
        return Compare((Count(1, component.left),), "=", 0)

    def _accepting_after(self, component: _Component) -> Iterator[Formula]:
        """The letter here leads to an accepting state of the component, from a state of it."""
        def result(q: int) -> int | None:
            return int(self.dfa.accept[q]) if self.component[q] == component.number else None

        found = [formula for a in range(self.dfa.letters)
                 for accept, formula in self._cases(component, a, result) if accept]
        if found:
            yield conjunction([self._stayed(component), disjunction(found)])

    def _accepting_now(self, component: _Component, key: Key = ()) -> Iterator[Formula]:
        """The run is in an accepting state of the component."""
        answers = {bool(self.dfa.accept[q]) for q in component.members(key)}
        if answers == {False}:
            return
        if answers == {True}:
            here = [self._stayed(component), component.now]
            yield conjunction([*here, *(Compare(counts, "=", value) for counts, value
                                        in zip(component.sums, key, strict=False))])
            return
        for next_ in component.split(key):
            yield from self._accepting_now(component, next_)


def _spelled(value: int) -> str:
    return str(value) if value >= 0 else f"m{-value}"
