"""Automata in files: a JSON format, and the text acceptors of OpenFst (AT&T format).

JSON: one object

    {"alphabet": ["a", "b"], "states": 2, "start": 0, "accept": [0],
     "delta": [[1, null], [null, 0]]}

with one row of `delta` per state and one entry per letter; `null` is "no transition", and a
rejecting sink is added if there is one. Other keys are ignored.

AT&T: one transition `source target label` or one accepting state `state` per line; see
`languages.att`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from languages.att import att_to_dfa, to_att
from languages.dfa import DFA
from languages.errors import InputError
from languages.limits import Limits
from languages.strict_json import loads
from languages.tables import shown

__all__ = ["dfa_from_mapping", "dfa_from_text", "dfa_to_mapping", "read_dfa", "to_att"]

KEYS = ("alphabet", "states", "start", "accept", "delta")


def dfa_from_mapping(obj: Any, limits: Limits | None = None) -> DFA:
    """The DFA that a JSON object describes, checked; not minimised.

    Errors name the place in the object, as in `delta[3][1]: got 9, expected a state from 0
    to 2`. `LimitError` comes before any table is built.
    """
    limits = limits or Limits()
    if not isinstance(obj, Mapping):
        raise InputError(f"automaton: got {shown(obj)}, expected an object with {', '.join(KEYS)}")
    missing = [key for key in KEYS if key not in obj]
    if missing:
        raise InputError(
            f"automaton: the key {missing[0]!r} is missing, expected {', '.join(KEYS)}"
        )
    states, delta, alphabet = obj["states"], obj["delta"], obj["alphabet"]
    if type(states) is not int or states < 1:
        raise InputError(f"states: got {shown(states)}, expected a positive integer")
    letters = len(alphabet) if isinstance(alphabet, list | tuple) else 1
    limits.check_states("the automaton", states, letters)
    if isinstance(delta, list | tuple) and len(delta) != states:
        raise InputError(f"delta: got {len(delta)} rows, expected {states}, one per state")
    return DFA.from_lists(alphabet, delta, obj["start"], obj["accept"])


def dfa_to_mapping(dfa: DFA) -> dict[str, Any]:
    """The DFA as a JSON-able object: complete, accepting states sorted."""
    return {
        "alphabet": list(dfa.alphabet),
        "states": dfa.states,
        "start": dfa.start,
        "accept": np.flatnonzero(dfa.accept).tolist(),
        "delta": dfa.delta.tolist(),
    }


def dfa_from_text(
    text: str, alphabet: tuple[str, ...] | None = None, limits: Limits | None = None
) -> DFA:
    """A DFA from the text of a file: JSON if it starts with a bracket, else AT&T.

    `alphabet` is needed for an AT&T text whose alphabet is larger than the labels it uses;
    for JSON it has to have the same letters as the file.
    """
    limits = limits or Limits()
    if text.lstrip()[:1] not in ("{", "["):
        return att_to_dfa(text, alphabet, limits)
    dfa = dfa_from_mapping(loads(text), limits)
    if alphabet is not None and set(alphabet) != set(dfa.alphabet):
        raise InputError(
            f"alphabet {' '.join(alphabet)}: the automaton has the letters "
            f"{' '.join(dfa.alphabet)}, expected the same ones"
        )
    return dfa


def read_dfa(
    path: str | Path, alphabet: tuple[str, ...] | None = None, limits: Limits | None = None
) -> DFA:
    """The DFA in a file (`dfa_from_text`); every failure is an `InputError` naming the file."""
    limits = limits or Limits()
    name = str(path)
    text = read_text(name, limits)
    try:
        return dfa_from_text(text, alphabet, limits)
    except InputError as error:
        error.message = f"{name}: {error.message}"
        error.args = (f"{name}: {error.args[0]}",)
        raise


def read_text(name: str, limits: Limits, expected: str = "an automaton") -> str:
    """The text of a file; `InputError` if it cannot be read, is too large, empty or no text."""
    try:
        with open(name, "rb") as file:
            data = file.read(limits.max_file_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read {name!r}: {reason}") from None
    if len(data) > limits.max_file_bytes:
        raise InputError(f"{name}: got a file of more than {limits.max_file_bytes} bytes")
    if not data.strip():
        raise InputError(f"{name}: the file is empty, expected {expected}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 text", f"byte {error.start + 1}") from None
    if "\0" in text:
        place = f"byte {data.index(0) + 1}"
        raise InputError(f"{name}: a binary file, expected {expected} as text", place)
    return text
