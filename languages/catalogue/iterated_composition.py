"""Composition of many functions given by tables, complete for L.

Words as for `function-composition`, with any number of tables before the question x>y. Members:
the words for which the tables, applied one after the other from left to right, lead from x to y.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue.function_composition import read
from languages.language import Language
from languages.limits import Limits

NAME = "iterated-composition"
SYNTAX = "iterated-composition"
SUMMARY = "tables that lead from x to y, one after the other (such as 0>1;|1>10;|10>0;|0>0;)"
EXAMPLES = ("iterated-composition",)


def member(word: Sequence[str]) -> bool:
    """Look up again and again."""
    question = read(word)
    if question is None:
        return False
    tables, value, goal = question
    for entries in tables:
        if value not in entries:
            return False
        value = entries[value]
    return value == goal


def build(argument: str | None, limits: Limits) -> Language:
    """The correct values, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01>;|"), None, SUMMARY, NAME, member)
