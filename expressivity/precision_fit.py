"""How the bits that a model needs grow with the length: a picture, and what the theory says."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from expressivity.constructions import constructions
from expressivity.precision import Row

LEAST: Final = 3
"""Points that a line through two of them could not always meet."""
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_ABOUT_BITS = re.compile(r"\bbits?\b|\bprecision\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fit:
    """bits = intercept + slope * x by least squares, x being `against`.

    Points are the contracts of the table, each with the last length that it is right for.
    """

    against: str
    slope: float
    intercept: float
    residuals: tuple[float, ...]

    @property
    def rms(self) -> float:
        """The root of the mean square of the residuals."""
        return math.sqrt(sum(r * r for r in self.residuals) / len(self.residuals))

    def __str__(self) -> str:
        """One line for people."""
        sign = "-" if self.slope < 0 else "+"
        return (f"bits = {self.intercept:.2f} {sign} {abs(self.slope):.3g} {self.against}, "
                f"residuals: root mean square {self.rms:.2f}, largest "
                f"{max(map(abs, self.residuals)):.2f}, {len(self.residuals)} points")

    def to_plain(self) -> dict[str, Any]:
        """The fit as plain data; floats as texts, as all numbers that are not whole."""
        return {"against": self.against, "slope": f"{self.slope:.6g}",
                "intercept": f"{self.intercept:.6g}", "rms": f"{self.rms:.6g}",
                "residuals": [f"{r:.6g}" for r in self.residuals]}


def fits(rows: Sequence[Row]) -> list[Fit]:
    """Bits against log2 n and against n; none for too few points.

    Rows whose end is not a failure say nothing about growth.
    """
    points = [(row.last, row.bits) for row in rows if row.last is not None and not row.bounded]
    if len(points) < LEAST:
        return []
    return [_fit("log2 n", points, math.log2), _fit("n", points, float)]


def _fit(against: str, points: list[tuple[int, int]], scale: Callable[[float], float]) -> Fit:
    x = np.array([[1.0, scale(float(n))] for n, _ in points])
    bits = np.array([float(b) for _, b in points])
    (intercept, slope), *_ = np.linalg.lstsq(x, bits)
    return Fit(against, float(slope), float(intercept),
               tuple(float(r) for r in bits - x @ (intercept, slope)))


def stated_precision(model: str | Path) -> str | None:
    """What the construction that made a model says about bits, from its docstring.

    The construction is named by the `build.json` beside the model; None if there is none, or if
    its docstring has no sentence about bits or precision.
    """
    folder = Path(model) if Path(model).is_dir() else Path(model).parent
    try:
        name = json.loads((folder / "build.json").read_text(encoding="utf-8"))["construction"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    construction = constructions().get(name) if isinstance(name, str) else None
    text = " ".join((construction.__doc__ or "").split()) if construction is not None else ""
    said = [part for part in _SENTENCE.split(text) if _ABOUT_BITS.search(part)]
    return f"{name}: {' '.join(said)}" if said else None
