"""Checks of an automaton's parts as they come from a user: alphabet, table, state numbers.

Each error names the place (`delta[3][1]`), the value and what was expected. `true` is not 1
and 1.0 is not 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from languages.errors import InputError


def shown(value: object, room: int = 40) -> str:
    """The value as it should stand in an error message: `repr`, cut to `room` characters."""
    if isinstance(value, str) and len(value) > room:
        value = value[:room] + "..."
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 100:
        return f"an integer of {value.bit_length()} bits"
    if isinstance(value, list | tuple | dict):
        kind = "an object" if isinstance(value, dict) else "a list"
        return f"{kind} of length {len(value)}"
    names = {"None": "null", "True": "true", "False": "false"}
    return names.get(repr(value), repr(value))


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def checked_alphabet(alphabet: Any) -> tuple[str, ...]:
    """A non-empty list of distinct non-empty strings without white space at the ends."""
    if not _is_list(alphabet):
        raise InputError(f"alphabet: got {shown(alphabet)}, expected a list of letters")
    if not alphabet:
        raise InputError("alphabet: got an empty list, expected at least one letter")
    first: dict[str, int] = {}
    for i, letter in enumerate(alphabet):
        if not isinstance(letter, str) or not letter or not letter.isprintable():
            raise InputError(
                f"alphabet[{i}]: got {shown(letter)}, expected a non-empty printable string"
            )
        if letter in first:
            raise InputError(
                f"alphabet[{i}]: got {shown(letter)} again (as alphabet[{first[letter]}]), "
                "expected distinct letters"
            )
        first[letter] = i
    return tuple(alphabet)


def state_number(place: str, value: Any, states: int, *, null: bool = False) -> int:
    """`value` if it is a state 0..states-1; `null` only changes what the error suggests."""
    if type(value) is not int or not 0 <= value < states:
        or_null = " or null" if null else ""
        raise InputError(
            f"{place}: got {shown(value)}, expected a state from 0 to {states - 1}{or_null}"
        )
    return value


def distinct_states(place: str, values: Any, states: int) -> list[int]:
    """A list of distinct states."""
    if not _is_list(values):
        raise InputError(f"{place}: got {shown(values)}, expected a list of states")
    seen: set[int] = set()
    for i, value in enumerate(values):
        q = state_number(f"{place}[{i}]", value, states)
        if q in seen:
            raise InputError(f"{place}[{i}]: got {q} again, expected distinct states")
        seen.add(q)
    return list(values)


def checked_table(delta: Any, letters: int) -> NDArray[np.int32]:
    """The transition table, completed by a rejecting sink (the last state) if it has `None`s."""
    if not _is_list(delta):
        raise InputError(f"delta: got {shown(delta)}, expected a list with one row per state")
    if not delta:
        raise InputError("delta: got an empty list, expected at least one state")
    n = len(delta)
    partial = False
    for q, row in enumerate(delta):
        if not _is_list(row):
            raise InputError(f"delta[{q}]: got {shown(row)}, expected a list of {letters} states")
        if len(row) != letters:
            raise InputError(
                f"delta[{q}]: got {len(row)} entries, expected {letters}, one per letter"
            )
        for a, r in enumerate(row):
            if r is None:
                partial = True
            elif type(r) is not int or not 0 <= r < n:
                state_number(f"delta[{q}][{a}]", r, n, null=True)
    rows: Sequence[Sequence[int]] = delta
    if partial:
        rows = [[n if r is None else r for r in row] for row in delta]
        rows = [*rows, [n] * letters]
    return np.asarray(rows, dtype=np.int32)
