"""JSON as the standard means it: no repeated keys, no NaN, no endless digits or nesting.

A second reader, stricter and for certificates, derivations and models, is `proofs/strict_json.py`:
neither package may import the other's, since checkers stand alone and `languages` comes first.
"""

from __future__ import annotations

import json
from typing import Any

from languages.errors import InputError

MAX_DIGITS = 18


def loads(text: str) -> Any:
    """The value of a JSON text; `InputError` with line and column for bad syntax."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"not JSON: {error.msg}", place) from None
    except RecursionError:
        raise InputError("not usable JSON: nested too deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise InputError(f"not usable JSON: the key {key!r:.60} is repeated in one object")
        result[key] = value
    return result


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise InputError(f"not usable JSON: an integer of {len(digits)} digits")
    return int(digits)


def _constant(name: str) -> Any:
    raise InputError(f"not JSON: {name} is not a JSON value")
