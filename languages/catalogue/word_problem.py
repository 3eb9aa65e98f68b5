"""The word problem of a finite group: does a product of generators give the identity?

For groups that are not solvable, such as S5, it is NC1-complete (Barrington 1989).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from languages.catalogue._arguments import needed
from languages.catalogue._groups import Factor, Group, Perm, parse_group
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.limits import Limits

NAME = "word-problem"
SYNTAX = "word-problem:G"
SUMMARY = "the product is the identity; G is S5, A4, Z3, D4, A4xZ5, ... optionally ,identity"
EXAMPLES = (
    "word-problem:S3",
    "word-problem:S5",
    "word-problem:A5",
    "word-problem:Z6",
    "word-problem:D4",
    "word-problem:A4xZ5",
    "word-problem:Z2xZ3",
    "word-problem:S3,identity",
)


MAX_CELLS = 50_000_000  # elements times points: permutations are written out


def cayley_table(factor: Factor) -> list[list[int]]:
    """Row per element, column per generator: the element times the generator. 0 is 1."""
    if factor.family == "Z":  # the powers of the one generator, in order
        return [[(i + 1) % factor.degree] for i in range(factor.degree)]
    if factor.order * factor.degree > MAX_CELLS:
        raise InputError(f"word-problem: {factor.family}{factor.degree} has {factor.order} "
                         f"permutations of {factor.degree} points, expected at most {MAX_CELLS} "
                         "points in all")
    generators = factor.generators()
    one: Perm = tuple(range(factor.degree))
    number = {one: 0}
    rows = []
    for element in (queue := [one]):  # grows while it is walked
        row = []
        for generator in generators:
            after = tuple([generator[x] for x in element])
            if after not in number:
                number[after] = len(number)
                queue.append(after)
            row.append(number[after])
        rows.append(row)
    return rows


def product_table(group: Group, tables: list[list[list[int]]]) -> NDArray[np.int64]:
    """The direct product: a letter moves the coordinate of its factor and no other."""
    sizes = [len(table) for table in tables]
    index = np.indices(sizes).reshape(len(sizes), -1)
    columns: list[NDArray[np.int64]] = []
    for i, table in enumerate(tables):
        for column in np.asarray(table).T:
            moved = index.copy()
            moved[i] = column[index[i]]
            columns.append(np.asarray(np.ravel_multi_index(tuple(moved), sizes)))
    if group.identity:
        columns.append(np.arange(index.shape[1]))
    return np.stack(columns, axis=1)


def build(argument: str | None, limits: Limits) -> Language:
    """The words whose product is the identity; |G| states. Letters: see the description."""
    text = needed(SYNTAX, argument)
    group = parse_group(NAME, text, limits)
    letters = group.alphabet()
    limits.check_states(f"word-problem:{text}", group.order_text(), len(letters))
    delta = product_table(group, [cayley_table(factor) for factor in group.factors])
    accept = np.zeros(len(delta), dtype=np.bool_)
    accept[0] = True
    dfa = DFA(letters, delta.astype(np.int32), 0, accept)
    return Language.regular(
        f"word-problem:{text}", dfa, f"the product in {group.name} is 1, where {group.legend()}"
    )
