"""Regions: sets of models, as derivation files write them.

A region is a list of boxes and means their union. A box gives each axis of `proofs.axes` a text:
an interval on a growth axis, else values of the axis in alphabetical order, joined by single
spaces (on a menu possibly none). `each ` in front marks what a construction does not care about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from proofs.axes import AXES, Axis
from proofs.checkers.rejection import items, record, reject, string
from proofs.replay.order import Interval, includes, meet, read_interval

MAX_BOXES = 256


@dataclass(frozen=True)
class Values:
    """What a box says of one axis: an interval on growth axes, else a set of values."""

    chosen: frozenset[str] | Interval
    each: bool = False


Box: TypeAlias = tuple[Values, ...]  # in the order of AXES
Region: TypeAlias = tuple[Box, ...]

_NAMES = tuple(axis.name for axis in AXES)


def read_region(value: object, path: str) -> Region:
    """The region of a list of axis -> text objects, or rejected."""
    boxes = items(value, path)
    if not 1 <= len(boxes) <= MAX_BOXES:
        reject("number-of-boxes", boxes, path, f"1 to {MAX_BOXES} boxes")
    return tuple(_read_box(box, f"{path}[{i}]") for i, box in enumerate(boxes))


def _read_box(value: object, path: str) -> Box:
    fields = record(value, path, _NAMES)
    return tuple(_read_values(axis, string(fields[axis.name], f"{path}.{axis.name}"),
                              f"{path}.{axis.name}") for axis in AXES)


def _read_values(axis: Axis, text: str, path: str) -> Values:
    each = text.startswith("each ")
    text = text.removeprefix("each ")
    if axis.kind == "growth":
        return Values(read_interval(text, path), each)
    words = text.split(" ") if text else []
    if words != sorted(set(words)):
        reject("unordered-values", text, path, "different values in alphabetical order")
    for word in words:
        if word not in axis.values:
            reject("unknown-value", word, path, "some of " + ", ".join(axis.values))
    if not words and (each or axis.kind == "alternatives"):
        reject("no-value", text, path, "at least one value")
    return Values(frozenset(words), each)


def has_each(region: Region) -> bool:
    """Does any box leave an axis to the reader's choice?"""
    return any(values.each for box in region for values in box)


def contained(inner: Region, outer: Region) -> bool:
    """Does every box of `inner` lie in some box of `outer`? Neither may have `each`."""
    if has_each(inner) or has_each(outer):
        return False
    return all(any(all(map(_inside, small, big)) for big in outer) for small in inner)


def offered(region: Region, construction: Region) -> bool:
    """Does some box of `region` contain a choice of each box of `construction`?"""
    if has_each(region):
        return False
    return all(any(all(map(_offers, have, need)) for have in region) for need in construction)


def divided(whole: Box, pieces: list[Box], axis_name: str) -> bool:
    """Do the pieces, which are as `whole` on all other axes, cover it along this one?

    Alternatives only: a model has exactly one of those, but may mix the values of a menu.
    """
    place = _NAMES.index(axis_name) if axis_name in _NAMES else -1
    if place < 0 or AXES[place].kind != "alternatives":
        return False
    left = set(_set(whole[place]))
    for piece in pieces:
        if piece[:place] + piece[place + 1:] != whole[:place] + whole[place + 1:]:
            return False
        left -= _set(piece[place])
    return not left


def _set(values: Values) -> frozenset[str]:
    return values.chosen if isinstance(values.chosen, frozenset) else frozenset()


def _inside(small: Values, big: Values) -> bool:
    inner, outer = small.chosen, big.chosen
    if isinstance(inner, frozenset):
        return isinstance(outer, frozenset) and inner <= outer
    return isinstance(outer, tuple) and includes(outer, inner)


def _offers(have: Values, need: Values) -> bool:
    if not need.each:
        return _inside(need, have)
    wanted, there = need.chosen, have.chosen
    if isinstance(wanted, frozenset):
        return isinstance(there, frozenset) and not wanted.isdisjoint(there)
    return isinstance(there, tuple) and meet(wanted, there)
