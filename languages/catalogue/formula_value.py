"""The Boolean formula value problem, complete for NC1 (Buss 1987).

Formulas are F ::= 0 | 1 | ~F | (F&F) | (F|F). Members: the formulas that are true. A word that is
no formula is not a member.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._formulas import evaluate
from languages.language import Language
from languages.limits import Limits

NAME = "formula-value"
SYNTAX = "formula-value"
SUMMARY = "true Boolean formulas, fully bracketed, such as (1&~(0|1))"
EXAMPLES = ("formula-value",)


def member(word: Sequence[str]) -> bool:
    """Evaluate with a stack."""
    return evaluate(word, {"0": 0, "1": 1}, {"&": lambda x, y: x & y, "|": lambda x, y: x | y},
                    {"~": lambda x: 1 - x}) == 1


def build(argument: str | None, limits: Limits) -> Language:
    """The true formulas, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~&|()"), None, SUMMARY, NAME, member)
