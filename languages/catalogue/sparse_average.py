"""Sparse averaging (Sanford, Hsu, Telgarsky 2023), as a language: the average of chosen bits.

A word w#i;...;j; holds bits w and different positions of them, one at least, in binary without
leading zeros, counted from 0 and from the left. Members: the words for which the average of the
bits at these positions is above one half.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "sparse-average"
SYNTAX = "sparse-average"
SUMMARY = "most of the bits at the given positions are 1 (w#i;...;j; such as 0110#1;11;10;)"
EXAMPLES = ("sparse-average",)


def member(word: Sequence[str]) -> bool:
    """Read the positions and count."""
    bits, _, listed = "".join(word).partition("#")
    places = [binary(item) for item in items(listed) or []]
    known = [place for place in places if place is not None and place < len(bits)]
    if ";" in bits or len(known) < len(places) or len(set(known)) < len(known):
        return False
    return 2 * sum(bits[place] == "1" for place in known) > len(known)


def build(argument: str | None, limits: Limits) -> Language:
    """The words with a high average, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01#;"), None, SUMMARY, NAME, member)
