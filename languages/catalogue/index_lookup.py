"""Index lookup: the letter at a position that the word names.

A word w#i holds bits w and a number i in binary without leading zeros. Members: the words for
which bit i of w, counted from 0 and from the left, is 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary
from languages.language import Language
from languages.limits import Limits

NAME = "index-lookup"
SYNTAX = "index-lookup"
SUMMARY = "the bit at position i, from 0, is 1 (w#i such as 0010#10)"
EXAMPLES = ("index-lookup",)


def member(word: Sequence[str]) -> bool:
    """Read the number and look."""
    bits, _, index = "".join(word).partition("#")
    place = binary(index)
    return place is not None and place < len(bits) and bits[place] == "1"


def build(argument: str | None, limits: Limits) -> Language:
    """The lookups that find a 1, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, ("0", "1", "#"), None, SUMMARY, NAME, member)
