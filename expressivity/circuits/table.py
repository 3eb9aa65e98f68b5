"""Circuits of several lengths, measured: rows, and lines drawn through them.

A fit is a picture of some lengths. It says nothing about others, and no verdict depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from expressivity.circuits.circuit import Circuit
from languages.errors import InputError, LimitError
from languages.tables import shown

LEAST: Final = 4
"""Points from which a fit is shown: more than its curves always meet."""
NOTHING: Final = 1e-9
"""Coefficients below this are what rounding leaves of 0."""
MAX_LENGTH: Final = 100_000
MAX_LENGTHS: Final = 1000


@dataclass(frozen=True)
class Row:
    """The circuit of one length. `checked`: compared on all words; then `differs` is the first
    word on which it is wrong, if any.
    """

    length: int
    inputs: int
    depth: int
    size: int
    wires: int
    fan_in: int
    negations: int
    counts: dict[str, int]
    census: dict[str, dict[int, int]]
    checked: bool = False
    differs: tuple[str, ...] | None = None

    def to_plain(self) -> dict[str, Any]:
        """The row as plain data."""
        return {"length": self.length, "inputs": self.inputs, "depth": self.depth,
                "size": self.size, "wires": self.wires, "fan_in": self.fan_in,
                "negations": self.negations, "gates": self.counts,
                "census": {kind: {str(f): number for f, number in by.items()}
                           for kind, by in self.census.items()},
                "checked": "all words" if self.checked else None,
                "differs": None if self.differs is None else list(self.differs)}


def measured(circuit: Circuit, length: int, *, checked: bool = False,
             differs: tuple[str, ...] | None = None) -> Row:
    """The row of a circuit."""
    return Row(length, len(circuit.inputs), circuit.depth, circuit.size, len(circuit.wires),
               circuit.fan_in, circuit.negations, circuit.counts(), circuit.census(), checked,
               differs)


def parse_lengths(text: str) -> list[int]:
    """Lengths in ascending order: `8`, `4..12`, `4,8,16..18`.

    Raises:
        InputError: the text is none of these, or a range is empty.
        LimitError: a length, or their number, is too large.
    """
    found: set[int] = set()
    for part in text.split(","):
        first, dots, last = part.strip().partition("..")
        ends = (first, last if dots else first)
        if not all(end.isascii() and end.isdigit() for end in ends):
            raise InputError(f"lengths: got {shown(part)}, expected N or FIRST..LAST")
        if max(map(len, ends)) > 9 or int(ends[1]) > MAX_LENGTH or int(ends[0]) > MAX_LENGTH:
            raise LimitError("length", max(ends, key=len), MAX_LENGTH, "shorter words")
        low, high = map(int, ends)
        if low > high:
            raise InputError(f"lengths: got {shown(part)}, expected FIRST to be at most LAST")
        if high - low + 1 + len(found) > MAX_LENGTHS:
            raise LimitError("lengths", high - low + 1 + len(found), MAX_LENGTHS, "fewer lengths")
        found.update(range(low, high + 1))
    return sorted(found)


@dataclass(frozen=True)
class Fit:
    """A curve through measures of all rows, by least squares; `rms` is its error.

    For sizes the error is that of log2.
    """

    of: str
    curve: str
    rms: float

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.of} ~ {self.curve}, error {self.rms:.2g}" + (
            " in log2" if self.of == "size" else "")

    def to_plain(self) -> dict[str, str]:
        """The fit as plain data; floats as texts."""
        return {"of": self.of, "curve": self.curve, "rms": f"{self.rms:.6g}"}


def fits(rows: Sequence[Row]) -> list[Fit]:
    """The best of a few curves for depth and for size; none for too few rows."""
    rows = [row for row in rows if row.length >= 1]
    if len(rows) < LEAST:
        return []
    n = np.array([float(row.length) for row in rows])
    depth = np.array([float(row.depth) for row in rows])
    found = [_best("depth", depth, [
        (np.zeros_like(n), lambda a, b: f"{a:.3g}"),
        (np.log2(n), lambda a, b: f"{a:.3g} {b:+.3g} log2 n"),
        (n, lambda a, b: f"{a:.3g} {b:+.3g} n")])]
    if all(row.size for row in rows):
        size = np.array([math.log2(row.size) for row in rows])
        found.append(_best("size", size, [
            (np.zeros_like(n), lambda a, b: f"{2**a:.3g}"),
            (np.log2(n), lambda a, b: f"{2**a:.3g} n^{b:.3g}"),
            (np.sqrt(n), lambda a, b: f"{2**a:.3g} 2^({b:.3g} sqrt n)"),
            (n, lambda a, b: f"{2**a:.3g} 2^({b:.3g} n)")]))
    return found


def _best(of: str, values: Any, curves: list[tuple[Any, Callable[[float, float], str]]]) -> Fit:
    """The curve with the least error; of curves that err alike the first."""
    found: list[Fit] = []
    for x, text in curves:
        if x.any():
            (a, b), *_ = np.linalg.lstsq(np.column_stack([np.ones_like(x), x]), values)
        else:
            a, b = values.mean(), 0.0
        a, b = (0.0 if abs(c) < NOTHING else float(c) for c in (a, b))
        error = values - a - b * x
        found.append(Fit(of, text(a, b), float(np.sqrt((error * error).mean()))))
    return min(found, key=lambda fit: round(fit.rms, 9))
