"""PARITY: an even number of ones."""

from __future__ import annotations

from languages.catalogue._arguments import no_argument
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "parity"
SYNTAX = "parity"
SUMMARY = "an even number of ones, over {0, 1}"
EXAMPLES = ("parity",)


def build(argument: str | None, limits: Limits) -> Language:
    """The words over 0, 1 with an even number of ones (the empty word is one of them)."""
    no_argument(NAME, argument)
    dfa = DFA.from_lists(("0", "1"), [[0, 1], [1, 0]], 0, [0])
    return Language.regular(NAME, dfa, SUMMARY)
