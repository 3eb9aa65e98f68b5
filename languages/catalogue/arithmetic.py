"""Arithmetic expressions modulo a prime, complete for NC1 (Buss, Cook, Gupta, Ramachandran 1992).

Expressions are F ::= digit | (F+F) | (F-F) | (F*F), with digits 0 .. p-1. Members: the words F=d
for which the digit d is the value of F modulo p.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.catalogue._arguments import needed, number
from languages.catalogue._formulas import evaluate
from languages.errors import InputError
from languages.language import Language, Member
from languages.limits import Limits

NAME = "arithmetic"
SYNTAX = "arithmetic:p"
SUMMARY = "expressions with their value modulo p, such as (1+(1*1))=0; p is 2, 3, 5 or 7"
EXAMPLES = ("arithmetic:2", "arithmetic:3", "arithmetic:5", "arithmetic:7")
PRIMES = (2, 3, 5, 7)


def prime(what: str, text: str) -> int:
    """One of the primes of one digit; `InputError` otherwise."""
    p = number(what, text, 2, PRIMES[-1])
    if p not in PRIMES:
        raise InputError(f"{what}: got {p}, expected one of 2, 3, 5, 7")
    return p


def member_of(p: int) -> Member:
    """The membership test: evaluate with a stack."""
    digits = {str(d): d for d in range(p)}
    operations = {"+": lambda x, y: (x + y) % p, "-": lambda x, y: (x - y) % p,
                  "*": lambda x, y: x * y % p}

    def member(word: Sequence[str]) -> bool:
        if len(word) < 2 or word[-2] != "=" or word[-1] not in digits:
            return False
        return evaluate(word[:-2], digits, operations, {}) == digits[word[-1]]

    return member


def build(argument: str | None, limits: Limits) -> Language:
    """The correct equations, in the encoding of this file."""
    p = prime(SYNTAX, needed(SYNTAX, argument))
    letters = (*(str(d) for d in range(p)), *"+-*()=")
    return Language(f"arithmetic:{p}", letters, None,
                    f"bracketed expressions with their value modulo {p}, such as (1+(1*1))=0",
                    f"arithmetic:{p}", member_of(p))
