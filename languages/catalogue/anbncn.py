"""a^n b^n c^n, n >= 0: three equal blocks. Not context-free."""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.language import Language
from languages.limits import Limits

NAME = "anbncn"
SYNTAX = "anbncn"
SUMMARY = "a^n b^n c^n for n >= 0, over {a, b, c}"
EXAMPLES = ("anbncn",)


def member(word: Sequence[str]) -> bool:
    """A third a's, then b's, then c's; the empty word is a member (n = 0)."""
    n = len(word) // 3
    return list(word) == ["a"] * n + ["b"] * n + ["c"] * n


def build(argument: str | None, limits: Limits) -> Language:
    """The words a^n b^n c^n with n >= 0."""
    no_argument(NAME, argument)
    return Language(NAME, ("a", "b", "c"), None, SUMMARY, "anbncn", member)
