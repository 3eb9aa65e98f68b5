"""Which forms become dimensions of the residual stream.

A form is read once it is known; it must then be a combination of dimensions that are known, too.
Few forms are eliminated as by Gauss, so that the dimensions are linearly independent. Elimination
is cubic in their number; of many forms, those that share variables are either all dimensions, or
these variables are, whichever is less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from expressivity.programs.rasp.forms import BEGIN, LETTER, Form, Key, Variable
from expressivity.programs.rasp.values import Number, ratio

Entries: TypeAlias = dict[int, Number]
"""A sparse row: coefficients of dimensions."""

MAX_ELIMINATED = 64


def basis(forms: Sequence[Form]) -> Iterator[tuple[Form, Entries | None]]:
    """Dimensions and forms, sorted by time, in an order in which they can be introduced.

    None beside a form that is the next dimension; else its coefficients over the dimensions so
    far. All given forms occur, and some others as dimensions.
    """
    if len(forms) > MAX_ELIMINATED:
        yield from _shared(forms)
    else:
        yield from _eliminated(forms)


def _eliminated(forms: Sequence[Form]) -> Iterator[tuple[Form, Entries | None]]:
    pivots: list[tuple[Variable, dict[Variable, Number], Entries]] = []
    for form in sorted(forms, key=lambda form: form.time):
        rest, entries = dict(form.terms), dict[int, Number]()
        for pivot, row, expression in pivots:
            if pivot in rest:
                factor = rest[pivot]  # the row has 1 there
                add_multiple(rest, -factor, row)
                add_multiple(entries, factor, expression)
        if not rest:
            yield form, entries
            continue
        yield form, None
        pivot, lead = max(rest.items(), key=lambda item: abs(item[1]) == 1)
        expression = {d: ratio(-c, lead) for d, c in entries.items()}
        expression[len(pivots)] = ratio(1, lead)
        pivots.append((pivot, {x: ratio(c, lead) for x, c in rest.items()}, expression))


def _shared(forms: Sequence[Form]) -> Iterator[tuple[Form, Entries | None]]:
    dimensions: dict[Key, int] = {}
    expressed: list[Form] = []
    for group in _groups(forms, LETTER.terms.keys() | BEGIN.terms.keys()):
        alone = [Form({x: 1}) for x in dict.fromkeys(x for form in group for x in form.terms)]
        if len(alone) < len(group):
            expressed += group
        for form in alone if len(alone) < len(group) else group:
            if form.key not in dimensions:
                dimensions[form.key] = len(dimensions)
                yield form, None
    for form in expressed:
        if form.key not in dimensions:
            yield form, {dimensions[Form({x: 1}).key]: c for x, c in form.terms.items()}


def _groups(forms: Sequence[Form], everywhere: set[Variable]) -> list[list[Form]]:
    """Forms that share variables, directly or through others; some variables do not count."""
    leader: dict[Variable, Variable] = {}

    def find(x: Variable) -> Variable:
        while leader.setdefault(x, x) is not x:
            leader[x] = leader[leader[x]]
            x = leader[x]
        return x

    groups: dict[Variable | None, list[Form]] = {}
    for form in forms:
        counting = [x for x in form.terms if x not in everywhere]
        for x in counting[1:]:
            leader[find(x)] = find(counting[0])
    for form in forms:
        counting = [x for x in form.terms if x not in everywhere]
        groups.setdefault(find(counting[0]) if counting else None, []).append(form)
    return list(groups.values())


def add_multiple(terms: dict[Any, Number], factor: Number, more: Mapping[Any, Number]) -> None:
    """Add a multiple of a sparse vector to another one, leaving no zeros."""
    for x, c in more.items():
        total = terms.get(x, 0) + factor * c
        if total:
            terms[x] = total
        else:
            terms.pop(x, None)
