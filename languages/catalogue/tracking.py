"""State tracking: does a product of permutations bring the point 1 back to its place?

As many states as points, where the word problem has one state per element of the group: it
follows a single object through a sequence of shuffles.
"""

from __future__ import annotations

from math import prod

import numpy as np

from languages.catalogue._arguments import needed
from languages.catalogue._groups import parse_group
from languages.catalogue.word_problem import product_table
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "tracking"
SYNTAX = "tracking:G"
SUMMARY = "the point 1 comes back to its place; G as for word-problem"
EXAMPLES = ("tracking:S5", "tracking:S20", "tracking:A4xZ5", "tracking:D4,identity")


def build(argument: str | None, limits: Limits) -> Language:
    """The words of generators whose product fixes the point 1.

    A product of groups acts on the tuples of points, one of each factor, and (1, ..., 1) is
    followed.
    """
    text = needed(SYNTAX, argument)
    group = parse_group(NAME, text, limits)
    letters = group.alphabet()
    points = prod(factor.degree for factor in group.factors)
    limits.check_states(f"tracking:{text}", points, len(letters))
    tables = [
        [list(images) for images in zip(*factor.generators(), strict=True)]
        for factor in group.factors
    ]
    delta = product_table(group, tables)
    accept = np.zeros(points, dtype=np.bool_)
    accept[0] = True
    dfa = DFA(letters, delta.astype(np.int32), 0, accept)
    return Language.regular(
        f"tracking:{text}", dfa, f"the point 1 of {group.name} returns, where {group.legend()}"
    )
