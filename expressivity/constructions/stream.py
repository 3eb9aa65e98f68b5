"""A model in the making: named dimensions, and sublayers whose rows are sparse until the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from languages.errors import InputError, LimitError
from proofs.models.architecture import FORMAT, MAX_ENTRIES, VERSION

Number: TypeAlias = int | str
Row: TypeAlias = Mapping[int, Number]
"""The entries of a row that are not 0, by column; the bias has the column BIAS."""
BIAS: Final = -1


@dataclass(frozen=True)
class Head:
    """A head; `output` maps dimensions to rows over the coordinates of the value."""

    selection: str
    mask: str
    query: Sequence[Row]
    key: Sequence[Row]
    value: Sequence[Row]
    output: Mapping[int, Row]


@dataclass(frozen=True)
class Attention:
    """A sublayer of heads."""

    heads: Sequence[Head]


@dataclass(frozen=True)
class Recurrence:
    """A recurrence: initial states, and the rows over the stream that are added at each step.

    `transition` is plain data but for its rows over the stream, which are sparse. `output` maps
    dimensions to rows over the states.
    """

    initial: Sequence[Number]
    transition: Mapping[str, Any]
    source: Sequence[Row]
    output: Mapping[int, Row]


@dataclass(frozen=True)
class Threshold:
    """A Heaviside recurrence: per unit a row over the units and a row over the stream."""

    initial: Sequence[Number]
    units: Sequence[tuple[Row, Row]]
    output: Mapping[int, Row]


@dataclass(frozen=True)
class Network:
    """A ReLU network; `output` maps dimensions to rows over the units, biases included."""

    units: Sequence[Row]
    output: Mapping[int, Row]


Sublayer: TypeAlias = Attention | Recurrence | Threshold | Network


class Stream:
    """Dimensions of the residual stream with their embedding, sublayers, and the output.

    Symbols are letters by index, then the begin and the end marker. Every dimension starts as 0.
    """

    def __init__(self, alphabet: Sequence[str], markers: Literal["none", "bos", "eos", "both"],
                 period: int = 1) -> None:
        self.alphabet = tuple(alphabet)
        self.markers = markers
        self.period = period
        self.begin = len(alphabet)
        self.end = len(alphabet) + 1
        self.names: list[str] = []
        self.formulas: list[dict[str, Any]] = []
        self.layers: list[Sublayer] = []
        self._embedding: dict[tuple[int, int], dict[int, Number]] = {}

    def dimension(self, name: str) -> int:
        """A new dimension."""
        if name in self.names:
            raise InputError(f"dimension {name!r} is there already")
        self.names.append(name)
        return len(self.names) - 1

    def embed(self, dimension: int, symbol: int, value: Number, phase: int | None = None) -> None:
        """The initial value of a dimension at a symbol, in one phase or in all."""
        for row in range(self.period) if phase is None else (phase,):
            self._embedding.setdefault((symbol, row), {})[dimension] = value

    def formula(self, dimension: int, numerator: list[list[Number]],
                denominator: list[list[Number]]) -> None:
        """Add a function of the position to a dimension."""
        self.formulas.append({"dimension": self.names[dimension], "numerator": numerator,
                              "denominator": denominator})

    def model(self, contract: Mapping[str, Any], readout: str, output: Row) -> dict[str, Any]:
        """Plain data of the model. Raises `LimitError` when its tensors are too large."""
        weights = len(self.names) * (self.period * (self.end + 1) + 1) + sum(
            self._entries(layer) for layer in self.layers)
        check_weights(weights)
        width = len(self.names)
        *linear, bias = dense(output, width)
        made: dict[str, Any] = {
            "format": FORMAT, "version": VERSION, "alphabet": list(self.alphabet),
            "markers": self.markers, "readout": readout, "contract": dict(contract),
            "residual": list(self.names), "period": self.period,
            "embedding": [[dense(self._embedding.get((symbol, phase), {}), width)[:-1]
                           for phase in range(self.period)] for symbol in range(self.end + 1)],
            "layers": [self._plain(layer) for layer in self.layers],
            "output": {"weights": linear, "bias": bias}}
        if self.formulas:
            made["formulas"] = self.formulas
        return made

    def _entries(self, layer: Sublayer) -> int:
        """The number of weights of a sublayer."""
        width = len(self.names)
        if isinstance(layer, Network):
            return len(layer.units) * (2 * width + 1) + width
        if isinstance(layer, Threshold):
            size = len(layer.units)
            return size * (size + 2 * width + 2)
        if isinstance(layer, Recurrence):
            return len(layer.initial) * (2 * width + 2) + _rows(layer.transition) * (width + 1)
        return sum((2 * len(head.query) + len(head.value)) * (width + 1) + len(head.value) * width
                   for head in layer.heads)

    def _plain(self, layer: Sublayer) -> dict[str, Any]:
        width = len(self.names)

        def over(columns: int, rows: Mapping[int, Row]) -> list[list[Number]]:
            return [dense(rows.get(k, {}), columns) for k in range(width)]

        def linear(columns: int, rows: Mapping[int, Row]) -> list[list[Number]]:
            return [row[:-1] for row in over(columns, rows)]

        if isinstance(layer, Network):
            return {"kind": "ffn", "in": [dense(row, width) for row in layer.units],
                    "out": over(len(layer.units), layer.output)}
        if isinstance(layer, Threshold):
            size = len(layer.units)
            return {"kind": "rnn", "initial": list(layer.initial),
                    "state": [dense(state, size)[:-1] + dense(read, width)
                              for state, read in layer.units],
                    "activation": "heaviside", "reads": "after",
                    "output": linear(size, layer.output)}
        if isinstance(layer, Recurrence):
            return {"kind": "recurrence", "initial": list(layer.initial),
                    "transition": _made_dense(layer.transition, width),
                    "input": [dense(row, width) for row in layer.source], "reads": "after",
                    "output": linear(len(layer.initial), layer.output)}
        return {"kind": "attention", "heads": [
            {"selection": head.selection, "mask": head.mask,
             "query": [dense(row, width) for row in head.query],
             "key": [dense(row, width) for row in head.key],
             "value": [dense(row, width) for row in head.value],
             "output": linear(len(head.value), head.output)} for head in layer.heads]}


def check_weights(weights: int) -> None:
    """`LimitError` for more weights than a model may have."""
    if weights > MAX_ENTRIES:
        raise LimitError("weights of the model", weights, MAX_ENTRIES, "MAX_ENTRIES")


def dense(row: Row, columns: int) -> list[Number]:
    """The row as a list with its bias last."""
    made: list[Number] = [0] * (columns + 1)
    for k, x in row.items():
        made[k] = x  # the bias, -1, is the last column
    return made


def _made_dense(data: Any, width: int) -> Any:
    """Plain data with its sparse rows made dense."""
    if _is_row(data):
        return dense(data, width)
    if isinstance(data, Mapping):
        return {key: _made_dense(value, width) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_made_dense(value, width) for value in data]
    return data


def _is_row(data: Any) -> bool:
    return isinstance(data, Mapping) and not any(isinstance(key, str) for key in data)


def _rows(data: Any) -> int:
    """How many sparse rows are in plain data."""
    if _is_row(data):
        return 1
    if isinstance(data, Mapping):
        return sum(map(_rows, data.values()))
    return sum(map(_rows, data)) if isinstance(data, list | tuple) else 0
