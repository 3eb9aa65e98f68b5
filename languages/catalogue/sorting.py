"""Sorting, as a language: which number comes k-th?

A word x,...,y;k;v holds numbers in binary without leading zeros, one item at least. Members: the
words for which v is the item in place k, counted from 0, of the list in ascending order.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, numbers
from languages.language import Language
from languages.limits import Limits

NAME = "sorting"
SYNTAX = "sorting"
SUMMARY = "v is the k-th smallest of binary numbers, k from 0 (x,...,y;k;v such as 11,0,1;1;1)"
EXAMPLES = ("sorting",)


def member(word: Sequence[str]) -> bool:
    """Read the numbers and sort."""
    listed, *query = "".join(word).split(";")
    values = numbers(listed, ",")
    if values is None or len(query) != 2:
        return False
    place, value = binary(query[0]), binary(query[1])
    return place is not None and place < len(values) and sorted(values)[place] == value


def build(argument: str | None, limits: Limits) -> Language:
    """The correct places, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01,;"), None, SUMMARY, NAME, member)
