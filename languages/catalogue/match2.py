"""Match2 (Sanford, Hsu, Telgarsky 2023): has the last number a partner with sum 0 modulo m?

A word lists numbers in binary without leading zeros, each ended by a semicolon: first the modulus
m, then one number below m at least. Members: the words in which some number of the list (the last
one itself, possibly) and the last one add up to a multiple of m.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "match2"
SYNTAX = "match2"
SUMMARY = "some number and the last one sum to 0 modulo the first (such as 101;10;1;11;)"
EXAMPLES = ("match2",)


def residues(word: Sequence[str]) -> tuple[int, list[int]] | None:
    """The modulus, and numbers below it, one at least; None if the word does not list them."""
    found = [binary(item) for item in items(word) or []]
    known = [number for number in found if number is not None]
    if len(known) < len(found) or len(known) < 2 or max(known[1:]) >= known[0]:
        return None
    return known[0], known[1:]


def member(word: Sequence[str]) -> bool:
    """Try all partners."""
    read = residues(word)
    return read is not None and any((x + read[1][-1]) % read[0] == 0 for x in read[1])


def build(argument: str | None, limits: Limits) -> Language:
    """The words with a partner, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01;"), None, SUMMARY, NAME, member)
