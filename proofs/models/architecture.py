"""The format of models: architecture and weights as plain data, read strictly.

    {"format": "expressivity model", "version": 1,
     "alphabet": ["a", "b"], "markers": "none" | "bos" | "eos" | "both",
     "readout": "last" | "eos" | "first",
     "contract": {"format": "rational"}
               | {"format": "fixed", "bits": p, "fraction": f, ROUNDED}
               | {"format": "float", "exponent": e, "significand": s, ROUNDED},
     "residual": [name of each of the d dimensions],
     "period": m, "embedding": [k + 2][m][d],
     "layers": [LAYER ...], "output": {"weights": [d], "bias": b}}

    ROUNDED: "rounding", "overflow", "arithmetic", "softmax", and "division" (see `numbers`;
             "quotient" where it is left out)
    LAYER: {"kind": "attention", "heads": [{"selection": ..., "mask": ..., "query": [r][d + 1],
                "key": [r][d + 1], "value": [s][d + 1], "output": [d][s]} ...]}
         | {"kind": "ffn", "in": [h][d + 1], "out": [d][h + 1]}

Symbols: letters 0..k-1, the begin marker k, the end marker k + 1; all have rows in the embedding,
whatever the markers. The last column of a matrix with d + 1 or h + 1 columns is the bias. Weights
are integers or strings like "3/4", and must be numbers of the format. What a model computes is
defined in `reference`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, get_args

from proofs.checkers.rejection import (
    Rejected,
    distinct,
    integer,
    items,
    mapping,
    record,
    reject,
    string,
)
from proofs.models.numbers import (
    Arithmetic,
    Contract,
    Division,
    Fixed,
    Float,
    Overflow,
    Rounding,
    Softmax,
    Value,
)

__all__ = ["FORMAT", "VERSION", "Attention", "FeedForward", "Head", "Model", "Rejected",
           "parse_contract", "parse_model", "plain_contract", "plain_model"]

FORMAT: Final = "expressivity model"
VERSION: Final = 1
MAX_DIMENSION: Final = 100_000
MAX_ENTRIES: Final = 2_000_000
MAX_DIGITS: Final = 1000
_LARGE: Final = 10**250  # larger integers are written as strings: JSON readers bound integers

Selection = Literal["uhat-left", "uhat-right", "average-hard", "softmax"]
Mask = Literal["none", "future", "strict-future", "past", "strict-past"]
Markers = Literal["none", "bos", "eos", "both"]
Readout = Literal["last", "eos", "first"]

Vector: TypeAlias = tuple[Fraction, ...]
Matrix: TypeAlias = tuple[Vector, ...]


@dataclass(frozen=True)
class Head:
    """One head. With x the residual stream and a 1 appended: query, key and value are affine.

    Shapes: query and key (r, d + 1), value (s, d + 1), output (d, s).
    """

    selection: Selection
    mask: Mask
    query: Matrix
    key: Matrix
    value: Matrix
    output: Matrix


@dataclass(frozen=True)
class Attention:
    """A sublayer of heads; their outputs are added up in order, then to the residual stream."""

    heads: tuple[Head, ...]


@dataclass(frozen=True)
class FeedForward:
    """A sublayer outer . ReLU . inner; shapes (d, h + 1) and (h, d + 1), biases last."""

    inner: Matrix
    outer: Matrix


Layer: TypeAlias = Attention | FeedForward


@dataclass(frozen=True)
class Model:
    """A model with its weights. `embedding[symbol][i mod period]` starts the residual stream."""

    alphabet: tuple[str, ...]
    markers: Markers
    readout: Readout
    contract: Contract
    residual: tuple[str, ...]
    period: int
    embedding: tuple[Matrix, ...]
    layers: tuple[Layer, ...]
    output_weights: Vector
    output_bias: Fraction

    @property
    def begin(self) -> int:
        """The symbol of the begin marker."""
        return len(self.alphabet)

    @property
    def end(self) -> int:
        """The symbol of the end marker."""
        return len(self.alphabet) + 1


def parse_model(data: object) -> Model:
    """The model that `data`, parsed JSON, describes.

    Raises:
        Rejected: with the path of the field, what was expected and what was found.
    """
    fields = record(data, "model", ("format", "version", "alphabet", "markers", "readout",
                                    "contract", "residual", "period", "embedding", "layers",
                                    "output"))
    _one_of(fields["format"], "model.format", (FORMAT,))
    integer(fields["version"], "model.version", VERSION, VERSION + 1)
    alphabet = _names(fields["alphabet"], "model.alphabet")
    markers: Markers = _one_of(fields["markers"], "model.markers", get_args(Markers))
    readout: Readout = _one_of(fields["readout"], "model.readout", get_args(Readout))
    if readout == "eos" and markers not in ("eos", "both"):
        reject("no-end-marker", markers, "model.markers", '"eos" or "both" for the readout "eos"')
    contract = parse_contract(fields["contract"], "model.contract")
    residual = _names(fields["residual"], "model.residual")
    width = len(residual)
    period = integer(fields["period"], "model.period", 1, MAX_DIMENSION)
    tensors = _Tensors(contract)
    embedding = tuple(
        tensors.matrix(rows, f"model.embedding[{symbol}]", period, width)
        for symbol, rows in enumerate(items(fields["embedding"], "model.embedding",
                                            len(alphabet) + 2)))
    layers = tuple(_layer(layer, f"model.layers[{i}]", tensors, width)
                   for i, layer in enumerate(_bounded(fields["layers"], "model.layers", 0)))
    output = record(fields["output"], "model.output", ("weights", "bias"))
    weights = tensors.vector(output["weights"], "model.output.weights", width)
    bias = tensors.entry(output["bias"], "model.output.bias")
    return Model(alphabet, markers, readout, contract, residual, period, embedding, layers,
                 weights, bias)


def parse_contract(data: object, path: str = "contract") -> Contract:
    """The number contract that `data` describes; raises Rejected."""
    kind = _one_of(mapping(data, path).get("format"), f"{path}.format",
                   ("rational", "fixed", "float"))
    if kind == "rational":
        record(data, path, ("format",))
        return Contract()
    sizes = ("bits", "fraction") if kind == "fixed" else ("exponent", "significand")
    fields = record({"division": "quotient", **mapping(data, path)}, path,
                    ("format", *sizes, "rounding", "overflow", "arithmetic", "softmax",
                     "division"))
    grid: Fixed | Float
    if kind == "fixed":
        grid = Fixed(integer(fields["bits"], f"{path}.bits", 2, 129),
                     integer(fields["fraction"], f"{path}.fraction", 0, 129))
    else:
        grid = Float(integer(fields["exponent"], f"{path}.exponent", 2, 16),
                     integer(fields["significand"], f"{path}.significand", 2, 114))
    return Contract(
        grid,
        _one_of(fields["rounding"], f"{path}.rounding", get_args(Rounding)),
        _one_of(fields["overflow"], f"{path}.overflow", get_args(Overflow)),
        _one_of(fields["arithmetic"], f"{path}.arithmetic", get_args(Arithmetic)),
        _one_of(fields["softmax"], f"{path}.softmax", get_args(Softmax)),
        _one_of(fields["division"], f"{path}.division", get_args(Division)))


def _layer(data: object, path: str, tensors: _Tensors, width: int) -> Layer:
    kind = _one_of(mapping(data, path).get("kind"), f"{path}.kind", ("attention", "ffn"))
    if kind == "ffn":
        fields = record(data, path, ("kind", "in", "out"))
        hidden = len(_bounded(fields["in"], f"{path}.in", 1))
        return FeedForward(tensors.matrix(fields["in"], f"{path}.in", hidden, width + 1),
                           tensors.matrix(fields["out"], f"{path}.out", width, hidden + 1))
    fields = record(data, path, ("kind", "heads"))
    return Attention(tuple(_head(head, f"{path}.heads[{i}]", tensors, width)
                           for i, head in enumerate(_bounded(fields["heads"], f"{path}.heads", 1))))


def _head(data: object, path: str, tensors: _Tensors, width: int) -> Head:
    fields = record(data, path, ("selection", "mask", "query", "key", "value", "output"))
    selection: Selection = _one_of(fields["selection"], f"{path}.selection", get_args(Selection))
    if selection == "softmax" and tensors.contract.grid is None:
        reject("softmax-of-rationals", selection, f"{path}.selection",
               "a hard selection: exponentials of rationals are not rational")
    rank = len(_bounded(fields["query"], f"{path}.query", 1))
    size = len(_bounded(fields["value"], f"{path}.value", 1))
    return Head(selection, _one_of(fields["mask"], f"{path}.mask", get_args(Mask)),
                tensors.matrix(fields["query"], f"{path}.query", rank, width + 1),
                tensors.matrix(fields["key"], f"{path}.key", rank, width + 1),
                tensors.matrix(fields["value"], f"{path}.value", size, width + 1),
                tensors.matrix(fields["output"], f"{path}.output", width, size))


_RATIONAL = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")


class _Tensors:
    """Reads weights, checks that the contract has them, and counts them."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._entries = 0
        self._known: dict[int | str, Fraction] = {}

    def matrix(self, value: object, path: str, rows: int, columns: int) -> Matrix:
        """`rows` lists of `columns` weights."""
        return tuple(self.vector(row, f"{path}[{i}]", columns)
                     for i, row in enumerate(items(value, path, rows)))

    def vector(self, value: object, path: str, length: int) -> Vector:
        """A list of `length` weights."""
        listed = items(value, path, length)
        self._entries += length
        if self._entries > MAX_ENTRIES:
            reject("too-many-weights", value, path, f"at most {MAX_ENTRIES} weights in all")
        return tuple(self.entry(entry, f"{path}[{i}]") for i, entry in enumerate(listed))

    def entry(self, value: object, path: str) -> Fraction:
        """One weight."""
        # An integer and a string never meet in one key; `True == 1` would, but is no int here.
        if (type(value) is int or type(value) is str) and value in self._known:
            return self._known[value]
        weight = self._rational(value, path)
        if not self.contract.represents(weight):
            reject("not-representable", value, path, f"a number of the format "
                   f"{_grid_text(self.contract.grid)}, such as {self._nearest(weight)}")
        if type(value) is int or type(value) is str:
            self._known[value] = weight
        return weight

    def _nearest(self, weight: Fraction) -> Value:
        return Contract(self.contract.grid, overflow="saturate").round(weight)

    @staticmethod
    def _rational(value: object, path: str) -> Fraction:
        expected = 'an integer or a string "p/q"'
        if type(value) is int:
            if abs(value) >= 10**MAX_DIGITS:
                reject("too-many-digits", value, path, f"at most {MAX_DIGITS} digits")
            return Fraction(value)
        match = _RATIONAL.fullmatch(value) if type(value) is str else None
        if match is None:
            reject("not-a-rational", value, path, expected)
        if max(len(match[1]), len(match[2] or "")) > MAX_DIGITS:
            reject("too-many-digits", value, path, f"at most {MAX_DIGITS} digits")
        denominator = int(match[2] or 1)
        if denominator == 0:
            reject("zero-denominator", value, path, expected + " with q > 0")
        return Fraction(int(match[1]), denominator)


def _grid_text(grid: Fixed | Float | None) -> str:
    if isinstance(grid, Fixed):
        return f"fixed({grid.bits} bits, {grid.fraction} of them fractional)"
    if isinstance(grid, Float):
        return f"float({grid.exponent} exponent bits, {grid.significand} significant bits)"
    return "rational"


def _one_of(value: object, path: str, allowed: Collection[str]) -> Any:
    """One of the strings `allowed`; the caller gives the result its Literal type."""
    if type(value) is not str or value not in allowed:
        reject("unknown-value", value, path, "one of " + ", ".join(f'"{x}"' for x in allowed))
    return value


def _bounded(value: object, path: str, low: int) -> list[object]:
    """A list of `low` to MAX_DIMENSION elements."""
    listed = items(value, path)
    if not low <= len(listed) <= MAX_DIMENSION:
        reject("wrong-length", value, path, f"a list of {low} to {MAX_DIMENSION} elements")
    return listed


def _names(value: object, path: str) -> tuple[str, ...]:
    """A non-empty list of distinct non-empty strings."""
    names = [string(name, f"{path}[{i}]") for i, name in enumerate(_bounded(value, path, 1))]
    if "" in names:
        reject("empty-name", "", f'{path}[{names.index("")}]', "a non-empty string")
    numbers = {name: i for i, name in enumerate(names)}
    distinct([numbers[name] for name in names], path)
    return tuple(names)


def plain_model(model: Model) -> dict[str, Any]:
    """The plain data from which `parse_model` makes an equal model."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "alphabet": list(model.alphabet),
        "markers": model.markers,
        "readout": model.readout,
        "contract": plain_contract(model.contract),
        "residual": list(model.residual),
        "period": model.period,
        "embedding": [_plain_matrix(rows) for rows in model.embedding],
        "layers": [_plain_layer(layer) for layer in model.layers],
        "output": {"weights": [_plain(x) for x in model.output_weights],
                   "bias": _plain(model.output_bias)},
    }


def plain_contract(contract: Contract) -> dict[str, Any]:
    """The plain data of a contract, every field spelled out."""
    if contract.grid is None:
        return {"format": "rational"}
    if isinstance(contract.grid, Fixed):
        grid = {"format": "fixed", "bits": contract.grid.bits, "fraction": contract.grid.fraction}
    else:
        grid = {"format": "float", "exponent": contract.grid.exponent,
                "significand": contract.grid.significand}
    return grid | {"rounding": contract.rounding, "overflow": contract.overflow,
                   "arithmetic": contract.arithmetic, "softmax": contract.softmax,
                   "division": contract.division}


def _plain_layer(layer: Layer) -> dict[str, Any]:
    if isinstance(layer, FeedForward):
        return {"kind": "ffn", "in": _plain_matrix(layer.inner), "out": _plain_matrix(layer.outer)}
    return {"kind": "attention", "heads": [
        {"selection": head.selection, "mask": head.mask, "query": _plain_matrix(head.query),
         "key": _plain_matrix(head.key), "value": _plain_matrix(head.value),
         "output": _plain_matrix(head.output)} for head in layer.heads]}


def _plain_matrix(matrix: Matrix) -> list[list[int | str]]:
    return [[_plain(x) for x in row] for row in matrix]


def _plain(x: Fraction) -> int | str:
    if x.denominator > 1:
        return f"{x.numerator}/{x.denominator}"
    return x.numerator if abs(x.numerator) < _LARGE else str(x.numerator)
