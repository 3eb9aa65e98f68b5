"""MOD_k: the number of ones is divisible by k."""

from __future__ import annotations

from languages.catalogue._arguments import needed, number
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "mod"
SYNTAX = "mod:k"
SUMMARY = "the number of ones is divisible by k, over {0, 1}"
EXAMPLES = ("mod:2", "mod:3", "mod:12")


def build(argument: str | None, limits: Limits) -> Language:
    """The words over 0, 1 whose number of ones is a multiple of k >= 1."""
    k = number(SYNTAX, needed(SYNTAX, argument), 1)
    limits.check_states(f"mod:{k}", k, 2)
    dfa = DFA.from_lists(("0", "1"), [[i, (i + 1) % k] for i in range(k)], 0, [0])
    return Language.regular(f"mod:{k}", dfa, f"the number of ones is divisible by {k}")
