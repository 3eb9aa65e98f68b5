"""The permanent of a 0-1 matrix, as a language: one bit of it.

Computing it is complete for #P (Valiant 1979). A word lists the rows of a square matrix, each
ended by a semicolon, then a number i in binary without leading zeros. Members: the
well-formed words for which bit i of the permanent (bit 0 is the lowest) is 1. All bits
together are the function, so the function is in a class such as uniform TC0 iff this language
is.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary
from languages.language import Language
from languages.limits import Limits

NAME = "permanent"
SYNTAX = "permanent"
SUMMARY = "bit i of the permanent of a 0-1 matrix is 1 (rows, then i: 11;11;1)"
EXAMPLES = ("permanent",)


def permanent(rows: Sequence[str]) -> int:
    """The number of ways to choose a 1 in each row with no column twice."""
    ways = {0: 1}
    for row in rows:
        after: dict[int, int] = {}
        for used, count in ways.items():
            for j, entry in enumerate(row):
                if entry == "1" and not used >> j & 1:
                    now = used | 1 << j
                    after[now] = after.get(now, 0) + count
        ways = after
    return sum(ways.values())


def member(word: Sequence[str]) -> bool:
    """Expand row by row over the sets of columns in use: exponential time."""
    *rows, last = "".join(word).split(";")
    i = binary(last)
    if i is None or not rows or any(len(row) != len(rows) for row in rows):
        return False
    value = permanent(rows)
    return i < value.bit_length() and bool(value >> i & 1)


def build(argument: str | None, limits: Limits) -> Language:
    """The bit language of the permanent, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01;"), None, SUMMARY, "permanent", member)
