"""The flip-flop language Σ*be* over {a, b, e}: the last write was a b.

Its syntactic monoid is U2 (two resets and an identity). The second write letter matters:
over {b, e} alone the same expression is piecewise testable.
"""

from __future__ import annotations

from languages.catalogue._arguments import no_argument
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "flip-flop"
SYNTAX = "flip-flop"
SUMMARY = "the last letter that is not e is b, over {a, b, e}"
EXAMPLES = ("flip-flop",)


def build(argument: str | None, limits: Limits) -> Language:
    """The words over a, b, e whose last letter other than e is b."""
    no_argument(NAME, argument)
    dfa = DFA.from_lists(("a", "b", "e"), [[0, 1, 0], [0, 1, 1]], 0, [1])
    return Language.regular(NAME, dfa, SUMMARY)
