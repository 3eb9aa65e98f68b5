"""How a checker says no, and how it reads a field.

`reject` is the only place where a checker raises: a check cannot lose its `raise`. The readers
below take a value out of parsed JSON and refuse whatever is not exactly of the expected type;
Python's own idea of equality is too generous for that (`True == 1`, `1.0 == 1`, `x[-1]` exists).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

HUGE = 10**40
"""Integers in a certificate stay below this: repetition counts and lengths are exact, not wild."""


class Rejected(Exception):
    """A certificate does not prove its claim.

    `code` names the check that failed, `path` the field ("data.moves[3]"), `message` is one
    line with what was expected and what was found.
    """

    def __init__(self, code: str, message: str, path: str) -> None:
        self.code = code
        self.message = message
        self.path = path
        super().__init__(f"{path}: {message} [{code}]")


def reject(code: str, got: object, path: str, expected: str) -> NoReturn:
    """Raise Rejected: at `path` the check named `code` expected something else than `got`."""
    raise Rejected(code, f"expected {expected}, got {shown(got)}", path)


def shown(value: object) -> str:
    """A short form of any value, on one line, whatever its size."""
    if type(value) is int:
        return str(value) if abs(value) < HUGE else "an integer of more than 40 digits"
    if isinstance(value, str):
        return ascii(value if len(value) <= 60 else value[:60] + "...")
    if isinstance(value, (list, tuple)):
        return f"a list of length {len(value)}"
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    return f"a value of type {type(value).__name__}"


def mapping(value: object, path: str) -> dict[str, object]:
    """An object, with any keys."""
    if type(value) is not dict:
        reject("not-an-object", value, path, "an object")
    return value


def record(value: object, path: str, keys: Collection[str]) -> dict[str, object]:
    """An object with exactly these keys."""
    fields = mapping(value, path)
    for key in keys:
        if key not in fields:
            reject("missing-key", list(fields), path, f'the key "{key}"')
    for key in fields:
        if key not in keys:
            reject("unknown-key", key, path, "no key but " + ", ".join(keys))
    return fields


def items(value: object, path: str, length: int | None = None) -> list[object]:
    """A list, of this length when one is given."""
    if type(value) is not list:
        reject("not-a-list", value, path, "a list")
    if length is not None and len(value) != length:
        reject("wrong-length", value, path, f"a list of length {length}")
    return value


def integer(value: object, path: str, low: int, high: int = HUGE) -> int:
    """An integer with low <= value < high. `true` is not 1."""
    if type(value) is not int:
        reject("not-an-integer", value, path, "an integer")
    if not low <= value < high:
        reject("out-of-range", value, path, f"an integer from {low} to {high - 1}")
    return value


def integers(
    value: object, path: str, low: int, high: int = HUGE, length: int | None = None
) -> list[int]:
    """A list of integers with low <= x < high."""
    listed = items(value, path, length)
    return [
        # The path is spelled out only for the element that is going to be rejected.
        x if type(x) is int and low <= x < high else integer(x, f"{path}[{i}]", low, high)
        for i, x in enumerate(listed)
    ]


def distinct(values: list[int], path: str) -> list[int]:
    """The same values, none of which may occur twice."""
    if len(set(values)) != len(values):
        reject("repeated-element", values, path, "distinct elements")
    return values


def string(value: object, path: str) -> str:
    """A string."""
    if type(value) is not str:
        reject("not-a-string", value, path, "a string")
    return value


def boolean(value: object, path: str) -> bool:
    """`true` or `false`; 1 and 0 are neither."""
    if type(value) is not bool:
        reject("not-a-boolean", value, path, "true or false")
    return value
