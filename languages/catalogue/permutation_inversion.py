"""Inversion of a permutation given by a table.

A word p|q holds two tables as for `function-composition`. Members: the words for which p is a
permutation of its finitely many points and q is its inverse; entries may come in any order.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import table
from languages.language import Language
from languages.limits import Limits

NAME = "permutation-inversion"
SYNTAX = "permutation-inversion"
SUMMARY = "a permutation and its inverse (such as 0>1;1>10;10>0;|0>10;1>0;10>1;)"
EXAMPLES = ("permutation-inversion",)


def member(word: Sequence[str]) -> bool:
    """Invert the first table; the empty tables are a permutation of nothing."""
    left, bar, right = "".join(word).partition("|")
    p, q = table(left), table(right)
    if not bar or p is None or q is None:
        return False
    return set(p) == set(p.values()) and q == {j: i for i, j in p.items()}


def build(argument: str | None, limits: Limits) -> Language:
    """The permutations with their inverses, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01>;|"), None, SUMMARY, NAME, member)
