"""True quantified Boolean formulas, complete for PSPACE (Stockmeyer, Meyer 1973).

A word lists quantifiers, each ended by a semicolon, then a colon, then clauses as in `sat`: `?x`
says that there is a value of the variable x, `!x` that both do. Every variable of the clauses is
quantified, none twice. Members: the words whose formula is true.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import no_argument
from languages.catalogue._encodings import binary, items
from languages.catalogue.sat import Clause, assume, parse
from languages.language import Language
from languages.limits import Limits

NAME = "tqbf"
SYNTAX = "tqbf"
SUMMARY = "true quantified formulas (such as !0;?1;:0,~1;~0,1; with ! for all, ? there is)"
EXAMPLES = ("tqbf",)
Quantifier = tuple[str, int]


def member(word: Sequence[str]) -> bool:
    """Try values in the order of the quantifiers: exponential time."""
    prefix, colon, matrix = "".join(word).partition(":")
    quantifiers, clauses = _prefix(prefix), parse(matrix)
    if not colon or quantifiers is None or clauses is None:
        return False
    bound = [variable for _, variable in quantifiers]
    used = {variable for clause in clauses for variable, _ in clause}
    if len(set(bound)) < len(bound) or not used <= set(bound):
        return False
    return _true(quantifiers, clauses)


def _prefix(text: str) -> list[Quantifier] | None:
    parts = items(text)
    if parts is None:
        return None
    found = []
    for part in parts:
        variable = binary(part[1:])
        if part[:1] not in ("?", "!") or variable is None:
            return None
        found.append((part[0], variable))
    return found


def _true(quantifiers: list[Quantifier], clauses: list[Clause]) -> bool:
    """Depth first, without recursion: per variable its value, and the clauses before it."""
    path: list[tuple[bool, list[Clause]]] = []
    while True:
        if clauses and all(clauses):
            value = False
        else:
            result = not clauses
            while path:
                value, clauses = path.pop()
                # The second value decides; the first one does if it settles the quantifier.
                if not value and result == (quantifiers[len(path)][0] == "!"):
                    value = True
                    break
            else:
                return result
        path.append((value, clauses))
        clauses = assume(clauses, (quantifiers[len(path) - 1][1], value))


def build(argument: str | None, limits: Limits) -> Language:
    """The true formulas, in the encoding of this file."""
    no_argument(NAME, argument)
    return Language(NAME, tuple("01~,;?!:"), None, SUMMARY, NAME, member)
