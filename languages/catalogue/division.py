"""Integer division, as a language: one bit of the quotient.

A word x/y;i holds three numbers in binary, highest bit first, without leading zeros, y not 0.
Members: the words for which bit i (bit 0 is the lowest) of x divided by y, rounded down, is 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, bit, numbers
from languages.language import Language
from languages.limits import Limits

NAME = "division"
SYNTAX = "division"
SUMMARY = "bit i of the quotient of two binary numbers is 1 (x/y;i such as 110/10;1)"
EXAMPLES = ("division",)


def member(word: Sequence[str]) -> bool:
    """Read the numbers and divide."""
    left, _, right = "".join(word).partition(";")
    pair, place = numbers(left, "/"), binary(right)
    return (pair is not None and len(pair) == 2 and pair[1] > 0 and place is not None
            and bit(pair[0] // pair[1], place))


def build(argument: str | None, limits: Limits) -> Language:
    """The bit language of the quotient, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01/;"), None, SUMMARY, NAME, member)
