"""Depth and size against length, as a picture (extra `plot`)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import Final

from expressivity.circuits.aiger import printable
from expressivity.circuits.table import Row
from expressivity.models.extras import extra
from languages.errors import InputError

_STYLE: Final = {"svg.hashsalt": "expressivity", "svg.fonttype": "none", "font.size": 9.0,
                 "font.family": "DejaVu Sans", "axes.titlesize": 9.0}


def growth_svg(rows: Sequence[Row], title: str) -> bytes:
    """An SVG: depth, and size on a logarithmic scale; the same rows give the same bytes.

    Raises:
        InputError: there is nothing to draw, or matplotlib is missing.
    """
    if not rows:
        raise InputError("picture: no circuit was finished")
    matplotlib = extra("matplotlib", "plot", "--svg")
    figures = extra("matplotlib.figure", "plot", "--svg")
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        figure = figures.Figure(figsize=(7.5, 3.2), layout="constrained")
        lengths = [row.length for row in rows]
        for axis, name in zip(figure.subplots(1, 2), ("depth", "size"), strict=True):
            axis.plot(lengths, [getattr(row, name) for row in rows], "o-", markersize=3.5,
                      linewidth=1)
            axis.set_xlabel("length n")
            axis.set_title(name)
            axis.set_ylim(bottom=0)
            if name == "size" and all(row.size for row in rows):
                axis.set_ylim(auto=True)
                axis.set_yscale("log")
            axis.xaxis.get_major_locator().set_params(integer=True)
            axis.grid(alpha=0.3)
        figure.suptitle(printable(title), parse_math=False, fontsize=9.0)
        page = io.BytesIO()
        figure.savefig(page, format="svg", metadata={"Date": None})
    return page.getvalue()
