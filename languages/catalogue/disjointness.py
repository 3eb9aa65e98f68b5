"""Disjointness of two sets, x|y: bit strings of equal length that nowhere are both 1."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "disjointness"
SYNTAX = "disjointness"
SUMMARY = "two bit strings of one length with no common 1, such as 0110|1000"
EXAMPLES = ("disjointness",)


def member(word: Sequence[str]) -> bool:
    """One bar between two strings of bits of equal length, which may be empty."""
    left, bar, right = "".join(word).partition("|")
    return (bool(bar) and "|" not in right and len(left) == len(right)
            and ("1", "1") not in zip(left, right, strict=True))


def build(argument: str | None, limits: Limits) -> Language:
    """The disjoint pairs, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, ("0", "1", "|"), None, SUMMARY, NAME, member)
