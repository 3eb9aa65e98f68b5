"""Growth rates in derivation files: their order, and intervals of them.

Read from the normal form in which derivations are written, and from nothing else:

    point     := integer | "O(1)" | theta | "poly(n)" | "quasipoly(n)" | "exp(n)" | "unbounded"
    theta     := factors joined by "*": n, polylog(n), log(n), loglog(n), each at most once, with
                 "^3" or "^1/2" behind it if need be (not behind polylog)
    interval  := point | point ".." point | point "..<" point

A point is a tuple; the order of points is the order of tuples. `O(1)`, `poly(n)`, `quasipoly(n)`,
`exp(n)` and whatever holds `polylog(n)` are suprema: above all growth rates below them, and no
growth rate themselves.

An interval is a pair of cuts. The cut `(p, 0)` is just below the point p, `(p, 1)` just above it;
a growth rate belongs to the interval if it lies between the two cuts.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TypeAlias

from proofs.checkers.rejection import reject

Point: TypeAlias = tuple[int | Fraction, ...]
Cut: TypeAlias = tuple[Point, int]
Interval: TypeAlias = tuple[Cut, Cut]

_NAMED: dict[str, Point] = {
    "O(1)": (1,), "poly(n)": (3,), "quasipoly(n)": (4,), "exp(n)": (5,), "unbounded": (6,),
}
_SUPREMA = (_NAMED["O(1)"], _NAMED["poly(n)"], _NAMED["quasipoly(n)"], _NAMED["exp(n)"])

_NUMBER = "[1-9][0-9]{0,39}"
_INTEGER = re.compile(f"0|{_NUMBER}")
_FACTOR = re.compile(rf"(n|polylog\(n\)|log\(n\)|loglog\(n\))(?:\^({_NUMBER})(?:/({_NUMBER}))?)?")


def read_point(text: str, path: str) -> Point:
    """The point that `text` denotes, or rejected."""
    if _INTEGER.fullmatch(text):
        return (0, int(text))
    return _NAMED[text] if text in _NAMED else _theta(text, path)


def _theta(text: str, path: str) -> Point:
    exponents: dict[str, Fraction] = {}
    for factor in text.split("*"):
        match = _FACTOR.fullmatch(factor)
        if match is None:
            reject("bad-growth", text, path, "a growth rate such as 1, O(1), n^2*log(n), poly(n)")
        name, numerator, denominator = match.groups()
        if name in exponents or (name == "polylog(n)" and numerator is not None):
            reject("repeated-factor", text, path, "each factor once, polylog(n) without exponent")
        exponents[name] = Fraction(int(numerator or 1), int(denominator or 1))
    polylog, log, loglog = (exponents.get(f"{x}(n)", Fraction(0))
                            for x in ("polylog", "log", "loglog"))
    if polylog and (log or loglog):
        reject("absorbed-factor", text, path, "no power of log(n) beside polylog(n)")
    return (2, exponents.get("n", Fraction(0)), polylog, log, loglog)


def is_supremum(point: Point) -> bool:
    """Is the point attained by no growth rate?"""
    return point in _SUPREMA or (point[0] == 2 and point[2] == 1)


def read_interval(text: str, path: str) -> Interval:
    """The interval that `text` denotes, or rejected; no interval is empty."""
    if ".." not in text:
        point = read_point(text, path)
        if is_supremum(point):
            # "O(1)" alone could be read as "up to O(1)" or as nothing at all.
            reject("supremum-alone", text, path, "both ends of the interval, as in 1..O(1)")
        return (point, 0), (point, 1)
    left, right = text.split("..", 1)
    is_open = right.startswith("<")
    low = read_point(left, path)
    high = read_point(right[1:] if is_open else right, path)
    interval = (low, 0), (high, 0 if is_open or is_supremum(high) else 1)
    if not interval[0] < interval[1]:
        reject("empty-interval", text, path, "an interval that contains a growth rate")
    return interval


def includes(outer: Interval, inner: Interval) -> bool:
    """Is every growth rate of `inner` one of `outer`?"""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def meet(left: Interval, right: Interval) -> bool:
    """Do the intervals share a growth rate? There is one between any two different cuts.

    That holds for the cuts of intervals only: the lower cut of what two intervals share is the
    lower cut of one of them, so a point that is attained lies just above it, or it is a supremum,
    between which and the next point growth rates lie dense.
    """
    return max(left[0], right[0]) < min(left[1], right[1])
