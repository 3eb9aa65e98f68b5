"""Reading what stands behind the colon of a catalogue name."""

from __future__ import annotations

from languages.errors import InputError
from languages.tables import shown

MAX_DIGITS = 9


def no_argument(name: str, argument: str | None) -> None:
    """`InputError` if there is an argument."""
    if argument is not None:
        raise InputError(f"{name}: got the argument {shown(argument)}, expected none")


def needed(syntax: str, argument: str | None) -> str:
    """The argument; `InputError` if there is none."""
    if not argument:
        raise InputError(f"{syntax.partition(':')[0]}: no argument, expected {syntax}")
    return argument


def number(what: str, text: str, low: int, high: int | None = None) -> int:
    """A decimal number in a range; `InputError` naming `what` otherwise."""
    bounds = f"of at least {low}" if high is None else f"from {low} to {high}"
    expected = f"expected a number {bounds}"
    if not (text.isascii() and text.isdigit()):
        raise InputError(f"{what}: got {shown(text)}, {expected}")
    if len(text) > MAX_DIGITS:
        raise InputError(f"{what}: got {len(text)} digits, expected at most {MAX_DIGITS}")
    value = int(text)
    if value < low or (high is not None and value > high):
        raise InputError(f"{what}: got {value}, {expected}")
    return value
