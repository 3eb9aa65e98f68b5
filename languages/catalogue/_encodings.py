"""Pieces of the string encodings of the non-regular tasks."""

from __future__ import annotations

from collections.abc import Sequence

Table = dict[int, int]


def items(word: Sequence[str]) -> list[str] | None:
    """The items of a word in which every item is ended by a semicolon; None otherwise."""
    text = "".join(word)
    if text and not text.endswith(";"):
        return None
    return text.split(";")[:-1]


def binary(digits: str) -> int | None:
    """A number in binary without leading zeros; None otherwise."""
    if not digits or set(digits) - {"0", "1"} or (digits[0] == "0" and digits != "0"):
        return None
    return int(digits, 2)


def numbers(text: str, separator: str) -> list[int] | None:
    """At least one number in binary, separated; None otherwise."""
    found = [binary(part) for part in text.split(separator)]
    known = [number for number in found if number is not None]
    return known if len(known) == len(found) else None


def table(text: str) -> Table | None:
    """Entries `i>j`, each ended by a semicolon, no i twice; None otherwise."""
    entries = items(text)
    if entries is None:
        return None
    found: Table = {}
    for entry in entries:
        pair = numbers(entry, ">")
        if pair is None or len(pair) != 2 or pair[0] in found:
            return None
        found[pair[0]] = pair[1]
    return found


def bit(value: int, place: int) -> bool:
    """Bit `place` of a number that is not negative; bit 0 is the lowest."""
    return place < value.bit_length() and bool(value >> place & 1)
