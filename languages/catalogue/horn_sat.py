"""Satisfiability of Horn formulas, complete for P.

Clauses as in `sat`, each with at most one literal that is not negated. Members: the words that
list such clauses and that a valuation satisfies.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue.sat import parse
from languages.language import Language
from languages.limits import Limits

NAME = "horn-sat"
SYNTAX = "horn-sat"
SUMMARY = "satisfiable Horn formulas (clauses such as 0;~0,~1,10;)"
EXAMPLES = ("horn-sat",)


def member(word: Sequence[str]) -> bool:
    """Make true what must be; the least valuation satisfies all clauses or none does."""
    clauses = parse(word)
    if clauses is None or any(sum(sign for _, sign in clause) > 1 for clause in clauses):
        return False
    true: set[int] = set()
    while True:
        forced = [clause for clause in clauses
                  if all(sign or variable in true for variable, sign in clause)
                  and not any(sign and variable in true for variable, sign in clause)]
        heads = {variable for clause in forced for variable, sign in clause if sign}
        if any(not any(sign for _, sign in clause) for clause in forced):
            return False
        if not heads:
            return True
        true |= heads


def build(argument: str | None, limits: Limits) -> Language:
    """The satisfiable Horn formulas, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~,;"), None, SUMMARY, NAME, member)
