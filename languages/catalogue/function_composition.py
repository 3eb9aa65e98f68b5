"""Composition of two functions given by tables: is g(f(x)) = y?

A word f|g|x>y; holds two tables, whose entries are `i>j;` with numbers in binary without leading
zeros and no i twice, and a question of the same form. Members: the words with f(x) = m and
g(m) = y for some m.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import Table, table
from languages.language import Language
from languages.limits import Limits

NAME = "function-composition"
SYNTAX = "function-composition"
SUMMARY = "tables f and g with g(f(x)) = y (f|g|x>y; such as 0>1;|1>10;|0>10;)"
EXAMPLES = ("function-composition",)


def read(word: Sequence[str]) -> tuple[list[Table], int, int] | None:
    """Tables, and the question x, y; None if the word does not list them."""
    found = [table(part) for part in "".join(word).split("|")]
    tables = [entries for entries in found if entries is not None]
    if len(tables) < len(found) or len(tables[-1]) != 1:
        return None
    ((x, y),) = tables.pop().items()
    return tables, x, y


def member(word: Sequence[str]) -> bool:
    """Look up twice."""
    question = read(word)
    if question is None or len(question[0]) != 2:
        return False
    (f, g), x, y = question
    return x in f and f[x] in g and g[f[x]] == y


def build(argument: str | None, limits: Limits) -> Language:
    """The correct values, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01>;|"), None, SUMMARY, NAME, member)
