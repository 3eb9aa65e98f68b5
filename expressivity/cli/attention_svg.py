"""Attention of every head as a picture (extra `plot`)."""

from __future__ import annotations

import io
import math
import warnings
from pathlib import Path
from typing import Any, Final

from expressivity.cli.model_display import head_shares, position_names
from expressivity.models.extras import extra
from expressivity.models.model import Model
from languages.errors import InputError, LimitError
from proofs.models.layers import Attention
from proofs.models.reference import Trace

MAX_CELLS: Final = 200_000
_STYLE: Final = {"svg.hashsalt": "expressivity", "svg.fonttype": "none", "font.size": 8.0,
                 "font.family": "DejaVu Sans", "axes.titlesize": 8.0}
_NAMED: Final = 40  # positions beyond which not every one is named


def write_attention(model: Model, trace: Trace, file: str) -> None:
    """Write an SVG: a row for each attention sublayer, a matrix for each head; grey is masked.

    The same run gives the same bytes with the same matplotlib.

    Raises:
        InputError: the model has no heads, matplotlib is missing, or the file cannot be written.
    """
    picture = attention_svg(model, trace)
    try:
        Path(file).write_bytes(picture)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{file}: cannot be written: {reason}") from None


def attention_svg(model: Model, trace: Trace) -> bytes:
    """The picture that `write_attention` writes; raises as that."""
    layers = [(k, layer) for k, layer in enumerate(trace.layers)
              if isinstance(layer, Attention)]
    if not layers:
        raise InputError("attention picture: the model has no heads")
    places = position_names(model, trace)
    cells = len(places) ** 2 * sum(len(layer.heads) for _, layer in layers)
    if cells > MAX_CELLS:
        raise LimitError("attention picture: cells", cells, MAX_CELLS, "a shorter word")
    matplotlib = extra("matplotlib", "plot", "--svg")
    figures = extra("matplotlib.figure", "plot", "--svg")
    columns = max(len(layer.heads) for _, layer in layers)
    side = min(8.0, max(2.2, 0.28 * len(places)))
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        # Letters stay text, so it is the reader's font that must have their glyphs.
        warnings.filterwarnings("ignore", message="Glyph")
        figure = figures.Figure(figsize=(columns * (side + 0.7), len(layers) * (side + 0.8)),
                                layout="constrained")
        axes = figure.subplots(len(layers), columns, squeeze=False)
        for row, (k, layer) in zip(axes, layers, strict=True):
            for number, axis in enumerate(row):
                if number >= len(layer.heads):
                    axis.axis("off")
                    continue
                head = layer.heads[number]
                _draw(axis, head_shares(model, head, trace.heads[k][number]), places)
                axis.set_title(f"sublayer {k + 1}, head {number + 1}: {head.selection}, "
                               f"{head.mask}")
        page = io.BytesIO()
        figure.savefig(page, format="svg", metadata={"Date": None})
    return page.getvalue()


def _draw(axis: Any, rows: list[list[Any]], places: list[str]) -> None:
    """Rows are positions that ask, from the top; columns are those that are seen."""
    size = len(places)
    axis.set_facecolor("0.85")
    # Cells are drawn one by one, as vectors: no raster image, and masked cells stay bare.
    table = [[math.nan if x is None else float(x) for x in row] for row in rows]
    axis.pcolormesh(table, cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=0.5)
    axis.set_xlim(0, size)
    axis.set_ylim(size, 0)
    axis.set_aspect("equal")
    step = -(-size // _NAMED)
    ticks = list(range(0, size, step))
    for which, rotation in ((axis.xaxis, 90), (axis.yaxis, 0)):
        which.set_ticks([i + 0.5 for i in ticks], labels=[_plain(places[i]) for i in ticks],
                        rotation=rotation)
        for label in which.get_ticklabels():
            label.set_parse_math(False)  # the end marker is a dollar sign
        which.set_tick_params(length=0)


def _plain(text: str) -> str:
    """The text without characters that XML does not have."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
