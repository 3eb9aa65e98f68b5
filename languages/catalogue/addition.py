"""Addition of two binary numbers: the correct sums x+y=z. In AC0.

Numbers are in binary, highest bit first, without leading zeros.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import numbers
from languages.language import Language
from languages.limits import Limits

NAME = "addition"
SYNTAX = "addition"
SUMMARY = "correct sums of two binary numbers, such as 11+1=100"
EXAMPLES = ("addition",)


def member(word: Sequence[str]) -> bool:
    """Read the three numbers and add."""
    left, _, right = "".join(word).partition("=")
    summands, total = numbers(left, "+"), numbers(right, "=")
    return (summands is not None and total is not None and len(summands) == 2
            and total == [sum(summands)])


def build(argument: str | None, limits: Limits) -> Language:
    """The correct sums, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01+="), None, SUMMARY, NAME, member)
