"""Satisfiability of formulas in conjunctive normal form, complete for NP (Cook 1971).

A word lists clauses, each ended by a semicolon; a clause lists literals separated by commas;
a literal is a variable, in binary without leading zeros, or `~` and a variable. The clause
without literals is the semicolon alone. Members: the well-formed words that a valuation
satisfies. The empty word has no clause, so it is a member.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.language import Language
from languages.limits import Limits

NAME = "sat"
SYNTAX = "sat"
SUMMARY = "satisfiable conjunctive normal forms (clauses such as 0,~1;1;)"
EXAMPLES = ("sat",)

Literal = tuple[int, bool]
Clause = frozenset[Literal]


def parse(word: Sequence[str]) -> list[Clause] | None:
    """The clauses that a word lists; None if it does not."""
    parts = items(word)
    if parts is None:
        return None
    clauses = []
    for part in parts:
        literals = [_literal(text) for text in part.split(",")] if part else []
        clause = frozenset(literal for literal in literals if literal is not None)
        if None in literals:
            return None
        clauses.append(clause)
    return clauses


def member(word: Sequence[str]) -> bool:
    """Decide by splitting on a literal of a shortest clause: exponential time."""
    clauses = parse(word)
    stack = [] if clauses is None else [clauses]
    while stack:
        rest = stack.pop()
        if not rest:
            return True
        if all(rest):
            shortest = min(rest, key=len)
            variable, sign = min(shortest)
            stack.append(assume(rest, (variable, not sign)))
            stack.append(assume(rest, (variable, sign)))
    return False


def _literal(text: str) -> Literal | None:
    variable = binary(text.removeprefix("~"))
    return None if variable is None else (variable, not text.startswith("~"))


def assume(clauses: list[Clause], literal: Literal) -> list[Clause]:
    """What is left of the clauses if the literal is true; an empty clause is a contradiction."""
    opposite = (literal[0], not literal[1])
    return [clause - {opposite} for clause in clauses if literal not in clause]


def build(argument: str | None, limits: Limits) -> Language:
    """The satisfiable formulas, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~,;"), None, SUMMARY, "sat", member)
