"""The copy language {ww} over {a, b}: not context-free."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "copy"
SYNTAX = "copy"
SUMMARY = "a word twice, over {a, b}"
EXAMPLES = ("copy",)


def member(word: Sequence[str]) -> bool:
    """Two equal halves; the empty word is a member."""
    half = len(word) // 2
    return list(word[:half]) == list(word[half:])


def build(argument: str | None, limits: Limits) -> Language:
    """The words ww."""
    no_argument(NAME, argument)
    return Language(NAME, ("a", "b"), None, SUMMARY, NAME, member)
