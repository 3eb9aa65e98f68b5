"""Linear systems Ax = b: is there a solution over the rationals, or modulo a prime? In NC2.

Not to be confused with `nonnegative-linear-system`, which is complete for P. For the encoding see
`_systems`; coefficients may be of any size modulo p too. The empty word has no equation, so it is
a member.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import needed
from languages.catalogue._systems import ALPHABET, parse, reduced, solvable_modulo
from languages.catalogue.arithmetic import prime
from languages.language import Language, Member
from languages.limits import Limits

NAME = "linear-system"
SYNTAX = "linear-system or linear-system:p"
SUMMARY = "solvable linear systems (1,-10=1;0,1=1;) over the rationals, or modulo 2, 3, 5 or 7"
EXAMPLES = ("linear-system", "linear-system:2", "linear-system:3", "linear-system:5",
            "linear-system:7")


def member(word: Sequence[str]) -> bool:
    """Eliminate over the rationals."""
    rows = parse(word)
    return rows is not None and reduced(rows) is not None


def member_modulo(p: int) -> Member:
    """The membership test modulo a prime."""
    def member_there(word: Sequence[str]) -> bool:
        rows = parse(word)
        return rows is not None and solvable_modulo(rows, p)

    return member_there


def build(argument: str | None, limits: Limits) -> Language:
    """The solvable systems, in the encoding of this file."""
    if argument is None:
        return Language(NAME, ALPHABET, None, "linear systems such as 1,-10=1;0,1=1; that have a "
                        "rational solution", NAME, member)
    p = prime("linear-system:p", needed(SYNTAX, argument))
    name = f"linear-system:{p}"
    return Language(name, ALPHABET, None, "linear systems such as 1,-10=1;0,1=1; that have a "
                    f"solution modulo {p}", name, member_modulo(p))
