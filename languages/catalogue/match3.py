"""Match3 (Sanford, Hsu, Telgarsky 2023): do two numbers and the last one sum to 0 modulo m?

Words as for `match2`. Members: the words in which two numbers of the list (equal to each other or
to the last one, possibly) and the last one add up to a multiple of m.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue.match2 import residues
from languages.language import Language
from languages.limits import Limits

NAME = "match3"
SYNTAX = "match3"
SUMMARY = "some two numbers and the last one sum to 0 modulo the first (such as 101;1;11;)"
EXAMPLES = ("match3",)


def member(word: Sequence[str]) -> bool:
    """Look the third number up."""
    read = residues(word)
    if read is None:
        return False
    modulus, values = read
    return any((-x - values[-1]) % modulus in values for x in values)


def build(argument: str | None, limits: Limits) -> Language:
    """The words with two partners, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01;"), None, SUMMARY, NAME, member)
