"""Shuffles of Dyck languages: brackets of k pairs, each pair well nested if the others are erased.

Not regular; for two pairs or more not context-free. Pairs may cross, as in ([)].
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import needed, number
from languages.catalogue.dyck import MAX_TYPES, letters
from languages.language import Language, Member
from languages.limits import Limits

NAME = "shuffle-dyck"
SYNTAX = "shuffle-dyck:k"
SUMMARY = "brackets of k pairs, each pair well nested on its own"
EXAMPLES = ("shuffle-dyck:2", "shuffle-dyck:3")


def member_of(k: int) -> Member:
    """The membership test: a height for each pair, never negative and 0 in the end."""
    index = {letter: i for i, letter in enumerate(letters(k))}

    def member(word: Sequence[str]) -> bool:
        heights = [0] * k
        for letter in word:
            pair, closing = divmod(index[letter], 2)
            heights[pair] += -1 if closing else 1
            if heights[pair] < 0:
                return False
        return not any(heights)

    return member


def build(argument: str | None, limits: Limits) -> Language:
    """The shuffle of k copies of Dyck-1 over different brackets; k from 2 to 1000."""
    k = number("shuffle-dyck:k", needed(SYNTAX, argument), 2, MAX_TYPES)
    name = f"shuffle-dyck:{k}"
    return Language(name, letters(k), None, f"brackets of {k} pairs, each pair well nested on its "
                    "own", name, member_of(k))
