"""Palindromes over {a, b}: words that read the same from both ends. Context-free, not regular."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "palindromes"
SYNTAX = "palindromes"
SUMMARY = "words that read the same from both ends, over {a, b}"
EXAMPLES = ("palindromes",)


def member(word: Sequence[str]) -> bool:
    """The word is its own reversal; the empty word is a member."""
    return list(word) == list(reversed(word))


def build(argument: str | None, limits: Limits) -> Language:
    """The palindromes, of even and of odd length."""
    no_argument(NAME, argument)
    return Language(NAME, ("a", "b"), None, SUMMARY, NAME, member)
