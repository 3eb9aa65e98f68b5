"""FIRST: the first letter is 1 (Hahn 2020, Chiang and Cholak 2022)."""

from __future__ import annotations

from languages.catalogue._arguments import no_argument
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "first"
SYNTAX = "first"
SUMMARY = "the first letter is 1, over {0, 1}"
EXAMPLES = ("first",)


def build(argument: str | None, limits: Limits) -> Language:
    """The words over 0, 1 that begin with 1."""
    no_argument(NAME, argument)
    dfa = DFA.from_lists(("0", "1"), [[2, 1], [1, 1], [2, 2]], 0, [1])
    return Language.regular(NAME, dfa, SUMMARY)
