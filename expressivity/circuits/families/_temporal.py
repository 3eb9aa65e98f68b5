"""A past temporal formula at one length: constant depth, a gate or two per operator and position.

f S g at position i is the OR over j < i of g(j) and f(k) for all j < k < i.
"""

from __future__ import annotations

from collections.abc import Callable

from expressivity.circuits.builder import CircuitBuilder
from expressivity.circuits.circuit import FALSE, TRUE
from languages.errors import InputError
from languages.logics.ltl import Formula


def unroll(builder: CircuitBuilder, formula: Formula, length: int,
           letter: Callable[[int, int], int]) -> int:
    """The literal of the formula at the end position of words of the length.

    `letter(i, a)` is the literal of the letter with index a at position i < length. Raises
    `InputError` for X, F and U.
    """
    values: list[dict[int, int]] = []
    for node, positions in zip(formula.nodes, _needed(formula, length), strict=True):
        op, args = node
        row: dict[int, int] = {}
        for i in sorted(positions):
            below = [values[a].get(i, FALSE) for a in args] if op in ("and", "or", "not") else []
            if op == "letter":
                row[i] = letter(i, args[0]) if i < length else FALSE
            elif op == "true":
                row[i] = TRUE
            elif op == "not":
                row[i] = below[0] ^ 1
            elif op == "and":
                row[i] = builder.conj(below)
            elif op == "or":
                row[i] = builder.disj(below)
            elif op == "Y":
                row[i] = values[args[0]][i - 1] if i else FALSE
            elif op == "P":
                row[i] = builder.disj(values[args[0]][j] for j in range(i))
            elif op != "S":
                raise InputError(f"the formula looks forth, with {op}: expected a past formula")
            else:
                held, began = values[args[0]], values[args[1]]
                row[i] = builder.disj(
                    builder.conj([began[j], *(held[k] for k in range(j + 1, i))])
                    for j in range(i) if began[j] != FALSE)
        values.append(row)
    return values[-1][length]


def _needed(formula: Formula, length: int) -> list[set[int]]:
    """Per node the positions at which something depends on it."""
    found: list[set[int]] = [set() for _ in formula.nodes]
    found[-1] = {length}
    for number in range(len(formula.nodes) - 1, -1, -1):
        op, args = formula.nodes[number]
        positions = found[number]
        if op in ("letter", "true") or not positions:
            continue
        if op == "Y":
            positions = {i - 1 for i in positions if i}
        elif op in ("P", "S"):
            positions = set(range(max(positions)))
        for a in args:
            found[a] |= positions
    return found
