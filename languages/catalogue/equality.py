"""Equality of two bit strings, x=y: the standard problem of communication complexity."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "equality"
SYNTAX = "equality"
SUMMARY = "two equal bit strings, such as 0110=0110"
EXAMPLES = ("equality",)


def member(word: Sequence[str]) -> bool:
    """One equality sign between two equal strings of bits, which may be empty."""
    left, sign, right = "".join(word).partition("=")
    return bool(sign) and left == right


def build(argument: str | None, limits: Limits) -> Language:
    """The words x=x with x over 0, 1."""
    no_argument(NAME, argument)
    return Language(NAME, ("0", "1", "="), None, SUMMARY, NAME, member)
