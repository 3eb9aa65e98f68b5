"""Pieces of the string encodings of the non-regular tasks."""

from __future__ import annotations

from collections.abc import Sequence


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
