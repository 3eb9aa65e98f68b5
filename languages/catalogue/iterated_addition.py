"""Addition of many binary numbers, as a language: one bit of the sum.

A word x+...+y;i holds numbers in binary, highest bit first, without leading zeros, one summand at
least. Members: the words for which bit i of the sum (bit 0 is the lowest) is 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, bit, numbers
from languages.language import Language
from languages.limits import Limits

NAME = "iterated-addition"
SYNTAX = "iterated-addition"
SUMMARY = "bit i of a sum of binary numbers is 1 (x+...+y;i such as 1+1+1;1)"
EXAMPLES = ("iterated-addition",)


def member(word: Sequence[str]) -> bool:
    """Read the numbers and add."""
    left, _, right = "".join(word).partition(";")
    summands, place = numbers(left, "+"), binary(right)
    return summands is not None and place is not None and bit(sum(summands), place)


def build(argument: str | None, limits: Limits) -> Language:
    """The bit language of the sum, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01+;"), None, SUMMARY, NAME, member)
