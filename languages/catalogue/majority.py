"""MAJORITY: strictly more ones than zeros. Not regular."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "majority"
SYNTAX = "majority"
SUMMARY = "strictly more ones than zeros, over {0, 1}"
EXAMPLES = ("majority",)


def member(word: Sequence[str]) -> bool:
    """More than half of the letters are 1; the empty word is no member."""
    return 2 * sum(letter == "1" for letter in word) > len(word)


def build(argument: str | None, limits: Limits) -> Language:
    """The words over 0, 1 with strictly more ones than zeros."""
    no_argument(NAME, argument)
    return Language(NAME, ("0", "1"), None, SUMMARY, "majority", member)
