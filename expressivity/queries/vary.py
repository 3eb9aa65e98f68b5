"""How the bounds on a kind of models move along axes, and where they jump.

On a growth axis the values tried are the ends of intervals that occur in the theorem base, where
alone a bound can begin or end, and usual rates between them. Elsewhere every single value is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Final

from expressivity.queries.bounds import Bounds, bounds
from expressivity.queries.telling import apart
from expressivity.variants import Variant, parse_variant
from languages.errors import InputError, LimitError
from proofs import search
from proofs.axes import AXIS
from proofs.growth import Growth, Interval, parse
from proofs.profile import Box
from proofs.statements import Can, Cannot, Lower, Open, Upper

LADDER: Final = ("NC0", "D-AC0", "AC0", "D-TC0", "TC0", "NC1", "L", "NL", "P", "P/poly")
"""The classes of the map."""
USUAL: Final = ("0", "1", "O(1)", "loglog(n)", "log(n)", "log(n)^2", "polylog(n)", "sqrt(n)", "n",
                "n*log(n)", "n^2", "poly(n)", "exp(n)", "unbounded")
MAX_ROWS: Final = 2000


@dataclass(frozen=True)
class Row:
    """One kind of models. `values` are those of the axes that vary, in their order.

    `relations` says for each class of `LADDER` how L(V) lies to it: "=", "⊊" or "⊆" inside it,
    "⊋" or "⊇" around it, "⊉" if it is known not to contain it, "" if nothing is derived. `jumps`:
    the bounds differ from those of the row before. Without `bounds`, `error` says why.
    """

    values: tuple[str, ...]
    variant: str
    bounds: Bounds | None
    relations: dict[str, str]
    jumps: bool
    error: str = ""

    def to_json(self, axes: Sequence[str]) -> dict[str, Any]:
        """The row as plain data."""
        named = dict(zip(axes, self.values, strict=True))
        if self.bounds is None:
            return {"values": named, "variant": self.variant, "error": self.error}
        upper, lower = classes(self.bounds)
        return {"values": named, "variant": self.variant, "exact": self.bounds.exact,
                "upper": list(upper), "lower": list(lower),
                "regular": [s.cls for t in self.bounds.regular
                            if isinstance(s := t.statement, Upper)],
                "relations": self.relations, "jumps": self.jumps}


def vary(text: str, axes: Sequence[str], given: frozenset[str] = frozenset()) -> Iterator[Row]:
    """The rows of a kind of models with every combination of values on these axes.

    Raises:
        InputError: an axis is unknown, given twice, or fixed in the text.
        LimitError: there are too many rows.
    """
    parse_variant(text)
    grid = list(product(*(values_of(axis) for axis in _checked(text, axes))))
    if len(grid) > MAX_ROWS:
        raise LimitError("rows", len(grid), MAX_ROWS, "fewer axes")
    before: tuple[tuple[str, ...], ...] | None = None
    for values in grid:
        name = ",".join([text, *(f"{a}={v}" for a, v in zip(axes, values, strict=True))])
        try:
            variant = parse_variant(name)
        except InputError as error:
            yield Row(values, name, None, {}, False, str(error))
            continue
        found = bounds(variant.profile, given)
        now = classes(found)
        yield Row(values, name, found, relations(found, given), now != before)
        before = now


def values_of(axis: str) -> tuple[str, ...]:
    """The values that are tried on an axis, as variants write them."""
    if AXIS[axis].kind != "growth":
        return tuple(AXIS[axis].values)
    least = parse(AXIS[axis].at_most)
    points = {*_ends(axis), *map(parse, USUAL)}
    return tuple(str(point) for point in sorted(points) if point >= least)


def one_step(variant: Variant, text: str) -> Iterator[tuple[str, str]]:
    """The kinds that differ from this one on one axis: the axis and the text of the kind."""
    fixed = {part.partition("=")[0].strip(): part for part in text.split(",") if "=" in part}
    for axis in AXIS:
        rest = [part for part in text.split(",") if part != fixed.get(axis)]
        for value in values_of(axis):
            name = ",".join([*rest, f"{axis}={value}"])
            try:
                other = parse_variant(name)
            except InputError:
                continue
            if other.profile != variant.profile:
                yield axis, name


def classes(found: Bounds) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes of upper and of lower bounds, sorted."""
    return (tuple(sorted(s.cls for t in found.upper if isinstance(s := t.statement, Upper))),
            tuple(sorted(s.cls for t in found.lower if isinstance(s := t.statement, Lower))))


def relations(found: Bounds, given: frozenset[str] = frozenset()) -> dict[str, str]:
    """How L(V) lies to the classes of the map."""
    upper, lower = classes(found)
    assumptions = search.Assumptions(given)

    def inside(one: str, other: str) -> bool:
        return search.contains(one, other, None, given)

    result = {}
    for cls in LADDER:
        below = any(inside(u, cls) for u in upper)
        above = any(inside(cls, c) for c in lower)
        without = any(apart(cls, u, assumptions) is not None for u in upper)
        beyond = any(apart(c, cls, assumptions) is not None for c in lower)
        result[cls] = ("=" if below and above else "⊊" if below and without else "⊆" if below
                       else "⊋" if above and beyond else "⊇" if above else "⊉" if without else "")
    return result


def _checked(text: str, axes: Sequence[str]) -> Sequence[str]:
    fixed = {part.partition("=")[0].strip() for part in text.split(",") if "=" in part}
    for k, axis in enumerate(axes):
        if axis not in AXIS:
            raise InputError(f"unknown axis {axis!r}; `expressivity list axes` shows all")
        if axis in fixed:
            raise InputError(f"axis {axis!r} varies and is given in {text!r}: expected one of both")
        if axis in axes[:k]:
            raise InputError(f"axis {axis!r} varies twice")
    return axes


@cache
def _ends(axis: str) -> frozenset[Growth]:
    """Where intervals of the base begin and end on a growth axis."""
    found: set[Growth] = set()
    for theorem in search.base_theorems():
        s = theorem.statement
        s = s.statement if isinstance(s, Open) else s
        for box in s.region if isinstance(s, Upper | Lower | Can | Cannot) else ():
            found |= _points(box, axis)
    return frozenset(found)


def _points(box: Box, axis: str) -> set[Growth]:
    value = box[axis]
    return {value.low, value.high} if isinstance(value, Interval) else set()
