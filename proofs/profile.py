"""Boxes and profiles: sets of models, given by the values that they may have on every axis.

A box names every axis. A *profile* is a finite union of boxes. The one rule of monotonicity is
containment: if a box lies inside another, each of its models is a model of the other.

A *construction box* bounds languages from below. Its plain values are what the construction
uses, so a variant must offer all of them. An axis marked `each` is one that the construction
does not care about: it works for every single value listed, so a variant must offer one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from proofs.axes import AXES, AXIS
from proofs.growth import GrowthError, Interval, parse_interval

Value = frozenset[str] | Interval


class ProfileError(ValueError):
    """A box is incomplete, or an axis or value is unknown or contradictory."""


@dataclass(frozen=True)
class Box:
    """A value set for every axis, in the order of `AXES`; `each` as explained above."""

    values: tuple[Value, ...]
    each: frozenset[str] = frozenset()

    def __getitem__(self, axis: str) -> Value:
        return self.values[_INDEX[axis]]

    def replace(self, axis: str, value: Value) -> Box:
        """The same box with another value set on one axis."""
        values = list(self.values)
        values[_INDEX[axis]] = value
        return Box(tuple(values), self.each)

    def to_plain(self) -> dict[str, str]:
        """Axis -> text, as `box` reads it."""
        return {axis.name: ("each " if axis.name in self.each else "") + _text(value)
                for axis, value in zip(AXES, self.values, strict=True)}


Profile = tuple[Box, ...]

_INDEX = {axis.name: k for k, axis in enumerate(AXES)}


def _text(value: Value) -> str:
    return str(value) if isinstance(value, Interval) else " ".join(sorted(value))


def box(**values: str) -> Box:
    """The box with these values; Python names write `_` for `-`. Every axis must be given.

    A value is `any`, values separated by spaces, or for growth axes an interval `LOW..HIGH`;
    `each` in front marks an axis that a construction does not care about.

    Raises:
        ProfileError: unknown, missing or empty axes; unknown values.
    """
    return box_from_mapping({name.replace("_", "-"): text for name, text in values.items()})


def box_from_mapping(values: Mapping[str, str]) -> Box:
    """As `box`, from a mapping with the axes' own names."""
    if unknown := sorted(set(values) - set(AXIS)):
        raise ProfileError(f"unknown axis {unknown[0]!r}")
    if missing := [axis.name for axis in AXES if axis.name not in values]:
        raise ProfileError(f"axis {missing[0]!r} is not given; no axis may be silent")
    read = []
    each = set()
    for axis in AXES:
        text = values[axis.name]
        if text.startswith("each "):
            each.add(axis.name)
            text = text[5:]
        read.append(read_value(axis.name, text))
    return Box(tuple(read), frozenset(each))


def read_value(name: str, text: str) -> Value:
    """The value set that `text` denotes on the axis `name`."""
    axis = AXIS[name]
    if axis.kind == "growth":
        if text == "any":
            text = f"{axis.at_most}..unbounded"
        try:
            return parse_interval(text)
        except GrowthError as error:
            raise ProfileError(f"{name}: {error}") from None
    chosen = frozenset(axis.values) if text == "any" else frozenset(text.split())
    if unknown := sorted(chosen - set(axis.values)):
        raise ProfileError(f"{name}: unknown value {unknown[0]!r}, expected some of "
                           + ", ".join(axis.values))
    if not chosen and axis.kind == "alternatives":
        raise ProfileError(f"{name}: no value given, expected some of " + ", ".join(axis.values))
    return chosen


def inside(inner: Box, outer: Box) -> bool:
    """Is every model of `inner` a model of `outer`? Neither may carry `each`."""
    if inner.each or outer.each:
        return False
    return all(_includes(big, small)
               for small, big in zip(inner.values, outer.values, strict=True))


def offers(variant: Box, construction: Box) -> bool:
    """Does `variant` contain `construction` for some choice on each of its `each` axes?"""
    if variant.each:
        return False
    return all(_meets(have, need) if axis.name in construction.each else _includes(have, need)
               for axis, have, need in zip(AXES, variant.values, construction.values, strict=True))


def outside_on(inner: Box, outer: Box) -> list[str]:
    """The axes on which `inner` leaves `outer` (for explanations)."""
    return [axis.name for axis, small, big in zip(AXES, inner.values, outer.values, strict=True)
            if not _includes(big, small)]


def covers(pieces: Iterable[Box], whole: Box, axis: str) -> bool:
    """Do `pieces`, which differ from `whole` on one axis only, cover it?

    Only alternatives can be split: a model has one of them, but may mix a menu.
    """
    if AXIS[axis].kind != "alternatives":
        return False
    found: set[str] = set()
    for piece in pieces:
        part = piece[axis]
        if piece.each or isinstance(part, Interval) or piece.replace(axis, whole[axis]) != whole:
            return False
        found |= part
    target = whole[axis]
    return not isinstance(target, Interval) and target <= found


def _includes(big: Value, small: Value) -> bool:
    if isinstance(big, Interval) and isinstance(small, Interval):
        return big.includes(small)
    if isinstance(big, Interval) or isinstance(small, Interval):
        return False
    return small <= big


def _meets(left: Value, right: Value) -> bool:
    if isinstance(left, Interval) and isinstance(right, Interval):
        return left.meets(right)
    if isinstance(left, Interval) or isinstance(right, Interval):
        return False
    return bool(left & right)
