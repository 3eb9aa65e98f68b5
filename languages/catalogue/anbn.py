"""a^n b^n, n >= 0: the simplest language of two equal blocks. Not regular."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "anbn"
SYNTAX = "anbn"
SUMMARY = "a^n b^n for n >= 0, over {a, b}"
EXAMPLES = ("anbn",)


def member(word: Sequence[str]) -> bool:
    """Half a's, then half b's; the empty word is a member (n = 0)."""
    n = len(word) // 2
    return list(word) == ["a"] * n + ["b"] * n


def build(argument: str | None, limits: Limits) -> Language:
    """The words a^n b^n with n >= 0."""
    no_argument(NAME, argument)
    return Language(NAME, ("a", "b"), None, SUMMARY, "anbn", member)
