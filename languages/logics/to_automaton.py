"""From past temporal formulas to automata: remember the truth of the temporal subformulas.

The values of Y, P and S at a position follow from the values of all subformulas at the position
before, so they are the state of a deterministic automaton (Lichtenstein, Pnueli, Zuck 1985).
"""

from __future__ import annotations

from languages.dfa import DEFAULT_MAX_STATES, DFA
from languages.errors import LimitError
from languages.logics.ltl import TEMPORAL, Formula


def formula_to_dfa(formula: Formula, *, max_states: int = DEFAULT_MAX_STATES) -> DFA:
    """The minimal DFA of the words that satisfy the formula at the end position.

    Raises `LimitError` when more than `max_states` states are needed on the way.
    """
    temporal = [i for i, node in enumerate(formula.nodes) if node.op in TEMPORAL]
    start = (False,) * len(temporal)
    number = {start: 0}
    queue = [start]
    delta: list[list[int]] = []
    accept: list[int] = []
    for q, state in enumerate(queue):
        remembered = dict(zip(temporal, state, strict=True))
        if _values(formula, remembered, None)[-1]:
            accept.append(q)
        row = []
        for a in range(len(formula.alphabet)):
            values = _values(formula, remembered, a)
            target = tuple(_next(formula, i, values) for i in temporal)
            if target not in number:
                if len(number) == max_states:
                    raise LimitError(
                        "states of the automaton of a formula",
                        f"more than {max_states}",
                        max_states,
                        "--max-states",
                    )
                number[target] = len(number)
                queue.append(target)
            row.append(number[target])
        delta.append(row)
    return DFA.from_lists(formula.alphabet, delta, 0, accept).minimal()


def _values(formula: Formula, remembered: dict[int, bool], letter: int | None) -> list[bool]:
    """The truth of all nodes at a position with this letter, or at the end position."""
    values: list[bool] = []
    for i, (op, args) in enumerate(formula.nodes):
        if op in TEMPORAL:
            value = remembered[i]
        elif op == "letter":
            value = args[0] == letter
        elif op == "not":
            value = not values[args[0]]
        elif op == "or":
            value = any(values[x] for x in args)
        else:  # "true" is the conjunction of no operands
            value = all(values[x] for x in args)
        values.append(value)
    return values


def _next(formula: Formula, node: int, values: list[bool]) -> bool:
    """The truth of a temporal node at the next position."""
    op, args = formula.nodes[node]
    if op == "Y":
        return values[args[0]]
    if op == "P":
        return values[args[0]] or values[node]
    return values[args[1]] or (values[args[0]] and values[node])
