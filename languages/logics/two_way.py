"""From temporal formulas with past and future operators to automata, one layer after the other.

A layer is a set of temporal operators of one direction whose operands need earlier layers only.
The words with the truth values of some layers at each position are the runs of an unambiguous
automaton: each word has exactly one accepting run. A layer of past operators is a product with
what a deterministic automaton remembers (`languages.logics.to_automaton`), a layer of future ones
the same on the automaton read backwards. In the end the values are forgotten, and the subset
construction makes the automaton deterministic: double exponential at worst, which formulas with
future operators can force (Vardi, Wolper 1986; Lichtenstein, Pnueli, Zuck 1985).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from languages.dfa import DFA
from languages.errors import LimitError
from languages.limits import STATES_OPTION, Limits
from languages.logics.ltl import FUTURE, TEMPORAL, Formula
from languages.logics.sentence import Sentence
from languages.logics.to_automaton import formula_to_dfa
from languages.nfa import NFA, determinise

MOVES_PER_STATE = 10
Mask: TypeAlias = int
"""A set of nodes of the formula, as bits."""


def sentence_to_dfa(sentence: Sentence, limits: Limits | None = None) -> DFA:
    """The minimal DFA of the words that satisfy the sentence.

    Raises `LimitError` when an automaton on the way gets too large.
    """
    limits = limits or Limits()
    formula = sentence.formula
    if sentence.point == "end" and not formula.operators() & FUTURE:
        return formula_to_dfa(formula, max_states=limits.max_states)
    values = _Values(formula)
    machine = _Machine([0], {0}, {0}, [_Move(0, a, values.known(0, a, 0), 0)
                                       for a in range(len(formula.alphabet))])
    for layer in sorted({k for k in values.layers if values.temporal(k)}):
        machine = _with_layer(machine, values, layer, limits)
    return determinise(_read(machine, values, sentence), formula.alphabet, limits).minimal()


@dataclass(frozen=True)
class _Move:
    """From `source` to `target` at a position with this letter, at which `known` nodes hold."""

    source: int
    letter: int
    known: Mask
    target: int

    def reversed(self) -> _Move:
        return _Move(self.target, self.letter, self.known, self.source)


@dataclass(frozen=True)
class _Machine:
    """States stand between positions; `past[q]`: the past operators that hold behind state q."""

    past: list[Mask]
    initial: set[int]
    final: set[int]
    moves: list[_Move]

    def reversed(self) -> _Machine:
        return _Machine(self.past, self.final, self.initial, [m.reversed() for m in self.moves])


def _layers(formula: Formula) -> list[int]:
    """For each node the layer after which it is known: odd ones look back, even ones forth."""
    layers: list[int] = []
    for op, args in formula.nodes:
        below = 0 if op == "letter" else max((layers[a] for a in args), default=0)
        if op in TEMPORAL:
            below += 1 - below % 2
        elif op in FUTURE:
            below = max(2, below + below % 2)
        layers.append(below)
    return layers


class _Values:
    """Truth values of nodes at one position, from those of temporal nodes."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.layers = _layers(formula)
        self.root = 1 << (len(formula.nodes) - 1)
        self._known: dict[tuple[int, int | None, Mask], Mask] = {}

    def temporal(self, layer: int) -> list[int]:
        """The temporal nodes of a layer."""
        return [i for i, node in enumerate(self.formula.nodes)
                if self.layers[i] == layer and (node.op in TEMPORAL or node.op in FUTURE)]

    def known(self, layer: int, letter: int | None, temporal: Mask) -> Mask:
        """All nodes up to a layer that hold; None is the end position."""
        key = layer, letter, temporal
        if key not in self._known:
            self._known[key] = self._evaluated(layer, letter, temporal)
        return self._known[key]

    def _evaluated(self, layer: int, letter: int | None, temporal: Mask) -> Mask:
        found = 0
        for i, (op, args) in enumerate(self.formula.nodes):
            if self.layers[i] > layer:
                continue
            if op in TEMPORAL or op in FUTURE:
                value = bool(temporal >> i & 1)
            elif op == "letter":
                value = args[0] == letter
            elif op == "not":
                value = not found >> args[0] & 1
            elif op == "or":
                value = any(found >> x & 1 for x in args)
            else:  # "true" is the conjunction of no operands
                value = all(found >> x & 1 for x in args)
            found |= value << i
        return found

    def after(self, nodes: Sequence[int], known: Mask) -> Mask:
        """Which of these temporal nodes hold one position on, in the direction they look from."""
        found = 0
        for i in nodes:
            op, args = self.formula.nodes[i]
            value = known >> args[-1] & 1
            if op in ("P", "F"):
                value |= known >> i & 1
            elif op in ("S", "U"):
                value |= known >> args[0] & known >> i & 1
            found |= value << i
        return found


def _with_layer(machine: _Machine, values: _Values, layer: int, limits: Limits) -> _Machine:
    """The machine whose moves know one more layer."""
    back = layer % 2 == 1
    base = machine if back else machine.reversed()
    nodes = values.temporal(layer)
    before = sum(1 << i for below in range(1, layer) for i in values.temporal(below))
    moves: dict[int, list[_Move]] = defaultdict(list)
    for move in base.moves:
        moves[move.source].append(move)
    number: dict[tuple[int, Mask], int] = {(q, 0): i for i, q in enumerate(sorted(base.initial))}
    made: list[_Move] = []
    for q, memory in (queue := list(number)):  # grows while it is walked
        here = number[q, memory]
        for move in moves[q]:
            known = values.known(layer, move.letter, move.known & before | memory)
            target = move.target, values.after(nodes, known)
            if target not in number:
                number[target] = len(queue)
                queue.append(target)
            made.append(_Move(here, move.letter, known, number[target]))
        limits.check_positions(len(queue))  # the bits of the sets of states
        if len(made) > MOVES_PER_STATE * limits.max_states:
            raise LimitError("transitions of the automaton of a formula", len(made),
                             MOVES_PER_STATE * limits.max_states, STATES_OPTION)
    past = [base.past[q] | (memory if back else 0) for q, memory in queue]
    found = _Machine(past, set(range(len(base.initial))),
                     {i for i, (q, _) in enumerate(queue) if q in base.final}, made)
    return found if back else found.reversed()


def _read(machine: _Machine, values: _Values, sentence: Sentence) -> NFA:
    """The automaton of the words in whose run the formula holds at the point."""
    states = len(machine.past)
    start, stop = states, states + 1  # nothing enters `start`, nothing leaves `stop`
    nfa = NFA(states + 2, start, [stop], [(m.source, m.letter, m.target) for m in machine.moves])
    good = [m for m in machine.moves if m.known & values.root]
    if sentence.point == "first":
        nfa.moves += [(start, m.letter, m.target) for m in good if m.source in machine.initial]
    else:
        nfa.empty += [(start, q) for q in machine.initial]
    if sentence.point == "last":
        nfa.moves += [(m.source, m.letter, stop) for m in good if m.target in machine.final]
    elif sentence.point == "first":
        nfa.empty += [(q, stop) for q in machine.final]
    else:
        layer = max(values.layers)
        nfa.empty += [(q, stop) for q in machine.final
                      if values.known(layer, None, machine.past[q]) & values.root]
    if sentence.point != "end" and sentence.holds(()):
        nfa.empty.append((start, stop))
    return nfa
