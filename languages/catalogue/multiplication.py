"""Multiplication of two binary numbers, as a language: one bit of the product.

A word x*y;i holds three numbers in binary, highest bit first, without leading zeros. Members: the
words for which bit i of the product (bit 0 is the lowest) is 1. All bits together are the product,
so multiplication is in a class such as AC0 iff this language is.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, bit, numbers
from languages.language import Language
from languages.limits import Limits

NAME = "multiplication"
SYNTAX = "multiplication"
SUMMARY = "bit i of the product of two binary numbers is 1 (x*y;i such as 11*11;11)"
EXAMPLES = ("multiplication",)


def member(word: Sequence[str]) -> bool:
    """Read the numbers and multiply."""
    left, _, right = "".join(word).partition(";")
    factors, place = numbers(left, "*"), binary(right)
    return (factors is not None and len(factors) == 2 and place is not None
            and bit(factors[0] * factors[1], place))


def build(argument: str | None, limits: Limits) -> Language:
    """The bit language of the product, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01*;"), None, SUMMARY, NAME, member)
