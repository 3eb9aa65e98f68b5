"""Satisfiability of clauses of at most two literals, complete for NL.

Clauses as in `sat`, each with at most two different literals. Members: the words that list such
clauses and that a valuation satisfies.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue.sat import Clause, Literal, assume, parse
from languages.language import Language
from languages.limits import Limits

NAME = "2-sat"
SYNTAX = "2-sat"
SUMMARY = "satisfiable formulas with at most two literals a clause (such as 0,~1;1;)"
EXAMPLES = ("2-sat",)


def member(word: Sequence[str]) -> bool:
    """Try a literal and what it forces; what then remains does not mention these variables."""
    clauses = parse(word)
    if clauses is None or any(len(clause) > 2 for clause in clauses):
        return False
    while clauses:
        if not all(clauses):
            return False
        shortest = min(clauses, key=len)
        variable, sign = min(shortest)
        tries = [_forced(clauses, (variable, choice)) for choice in (sign, not sign)]
        left = next((rest for rest in tries if rest is not None), None)
        if left is None:
            return False
        clauses = left
    return True


def _forced(clauses: list[Clause], literal: Literal) -> list[Clause] | None:
    """The clauses left once the literal, and the clauses of one literal, are true; or None."""
    queue = [literal]
    for true in queue:
        clauses = assume(clauses, true)
        if not all(clauses):
            return None
        queue += {next(iter(clause)) for clause in clauses if len(clause) == 1} - set(queue)
    return clauses


def build(argument: str | None, limits: Limits) -> Language:
    """The satisfiable formulas, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~,;"), None, SUMMARY, NAME, member)
