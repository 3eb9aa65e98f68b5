"""The circuit value problem, complete for P (Ladner 1975).

A word lists gates, each ended by a semicolon and numbered from 0 in order:
`0` and `1` are constants, `~i` negates gate i, `&i,j` and `|i,j` are the conjunction and
disjunction of gates i and j. The numbers are binary without leading zeros and smaller than
the gate's own. Members: the well-formed words with at least one gate whose last gate is true.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "circuit-value"
SYNTAX = "circuit-value"
SUMMARY = "Boolean circuits (gates such as 1;0;&0,1;~10;) whose last gate is true"
EXAMPLES = ("circuit-value",)


def member(word: Sequence[str]) -> bool:
    """Evaluate gate by gate."""
    values: list[bool] = []
    for gate in items(word) or []:
        value = _gate(gate, values)
        if value is None:
            return False
        values.append(value)
    return bool(values) and values[-1]


def _gate(gate: str, values: list[bool]) -> bool | None:
    if gate in ("0", "1"):
        return gate == "1"
    kind, numbers = gate[:1], [binary(part) for part in gate[1:].split(",")]
    inputs = [values[i] for i in numbers if i is not None and i < len(values)]
    arity = {"~": 1, "&": 2, "|": 2}.get(kind)
    if len(numbers) != arity or len(inputs) != arity:
        return None
    if kind == "~":
        return not inputs[0]
    return all(inputs) if kind == "&" else any(inputs)


def build(argument: str | None, limits: Limits) -> Language:
    """The true circuits, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~&|,;"), None, SUMMARY, "circuit-value", member)
