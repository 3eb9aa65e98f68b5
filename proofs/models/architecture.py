"""The format of models: architecture and weights as plain data, read strictly.

    {"format": "expressivity model", "version": 1,
     "alphabet": ["a", "b"], "markers": "none" | "bos" | "eos" | "both",
     "readout": "last" | "eos" | "first",
     "contract": {"format": "rational"}
               | {"format": "fixed", "bits": p, "fraction": f, ROUNDED}
               | {"format": "float", "exponent": e, "significand": s, ROUNDED},
     "residual": [name of each of the d dimensions],
     "period": m, "embedding": [k + 2][m][d],
     "positions": POSITIONS, "formulas": [FORMULA ...], (see `positions`; may be left out)
     "layers": [LAYER ...],                             (see `layer_format`)
     "loop": LOOP,                                      (see `loops`; may be left out)
     "output": {"weights": [d], "bias": b},
     "sequence": {"dimensions": [name ...], "values": [text ...] | null}}   (may be left out)

    ROUNDED: "rounding", "overflow", "arithmetic", "softmax", and "division" (see `numbers`;
             "quotient" where it is left out)

Symbols: letters 0..k-1, the begin marker k, the end marker k + 1; all have rows in the embedding,
whatever the markers. The last column of a matrix with d + 1 or h + 1 columns is the bias. Weights
are integers or strings like "3/4", and must be numbers of the format. What a model computes is
defined in `reference`.

"sequence" names a position-wise output, for models that map sequences to sequences: the value of
its one dimension where the values are null, else the text whose dimension is 1 while the others
are 0. Whether a word is accepted does not depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, Literal, get_args

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
from proofs.models.layer_format import parse_layer, plain_layer
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Layer,
    Mask,
    Matrix,
    Selection,
    Vector,
)
from proofs.models.loops import Loop, order, parse_loop, plain_loop
from proofs.models.numbers import (
    Arithmetic,
    Contract,
    Division,
    Fixed,
    Float,
    Overflow,
    Rounding,
    Softmax,
)
from proofs.models.positions import (
    Formula,
    Positions,
    parse_formulas,
    parse_positions,
    plain_formula,
    plain_positions,
)
from proofs.models.tensors import (
    MAX_DIMENSION,
    MAX_ENTRIES,
    Tensors,
    bounded,
    index_of,
    names,
    one_of,
    plain,
    plain_matrix,
    plain_vector,
)

__all__ = ["FORMAT", "MAX_ENTRIES", "VERSION", "Attention", "FeedForward", "GatedFeedForward",
           "Head", "Layer", "Loop", "Mask", "Matrix", "Model", "Rejected", "Selection", "Sequence",
           "parse_contract", "parse_model", "plain_contract", "plain_model", "unrolled"]

FORMAT: Final = "expressivity model"
VERSION: Final = 1

Markers = Literal["none", "bos", "eos", "both"]
Readout = Literal["last", "eos", "first"]


@dataclass(frozen=True)
class Sequence:
    """A position-wise output: one dimension's value, or the text whose dimension is 1."""

    dimensions: tuple[int, ...]
    values: tuple[str, ...] | None


@dataclass(frozen=True)
class Model:
    """A model with its weights. `embedding[symbol][row]` starts the residual stream.

    Which row, see `positions`; formulas add to it. With a `loop`, `layers` are not what runs on a
    word: `unrolled` gives that.
    """

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
    positions: Positions
    formulas: tuple[Formula, ...]
    sequence: Sequence | None
    loop: Loop | None = None

    @property
    def begin(self) -> int:
        """The symbol of the begin marker."""
        return len(self.alphabet)

    @property
    def end(self) -> int:
        """The symbol of the end marker."""
        return len(self.alphabet) + 1


_OPTIONAL: Final[dict[str, Any]] = {"positions": {"kind": "periodic"}, "formulas": []}


def parse_model(data: object, extra: int = 0) -> Model:
    """The model that `data`, parsed JSON, describes.

    `extra` counts further symbols, whose rows of the embedding stand after those of the markers
    (see `decoder`).

    Raises:
        Rejected: with the path of the field, what was expected and what was found.
    """
    given = mapping(data, "model")
    fields = record({**_OPTIONAL, "sequence": None, "loop": None, **given}, "model",
                    ("format", "version", "alphabet", "markers", "readout", "contract",
                     "residual", "period", "embedding", "positions", "formulas", "layers",
                     "loop", "output", "sequence"))
    one_of(fields["format"], "model.format", (FORMAT,))
    integer(fields["version"], "model.version", VERSION, VERSION + 1)
    alphabet = names(fields["alphabet"], "model.alphabet")
    markers: Markers = one_of(fields["markers"], "model.markers", get_args(Markers))
    readout: Readout = one_of(fields["readout"], "model.readout", get_args(Readout))
    if readout == "eos" and markers not in ("eos", "both"):
        reject("no-end-marker", markers, "model.markers", '"eos" or "both" for the readout "eos"')
    contract = parse_contract(fields["contract"], "model.contract")
    residual = names(fields["residual"], "model.residual")
    number = {name: k for k, name in enumerate(residual)}
    width = len(residual)
    period = integer(fields["period"], "model.period", 1, MAX_DIMENSION)
    tensors = Tensors(contract)
    embedding = tensors.matrices(fields["embedding"], "model.embedding",
                                 (len(alphabet) + 2 + extra, period, width))
    layers = tuple(parse_layer(layer, f"model.layers[{i}]", tensors, number)
                   for i, layer in enumerate(bounded(fields["layers"], "model.layers", 0)))
    output = record(fields["output"], "model.output", ("weights", "bias"))
    weights = tensors.vector(output["weights"], "model.output.weights", width)
    bias = tensors.entry(output["bias"], "model.output.bias")
    return Model(alphabet, markers, readout, contract, residual, period, embedding, layers,
                 weights, bias, parse_positions(fields["positions"], "model.positions", period),
                 parse_formulas(fields["formulas"], "model.formulas", number),
                 _sequence(fields["sequence"], number) if "sequence" in given else None,
                 parse_loop(fields["loop"], "model.loop", len(layers)) if "loop" in given else None)


def unrolled(model: Model, letters: int) -> Model:
    """The model without loop that does the same on words with this many letters."""
    if model.loop is None:
        return model
    return replace(model, loop=None, layers=tuple(
        model.layers[k] for k in order(len(model.layers), model.loop, letters)))


def _sequence(data: object, number: dict[str, int]) -> Sequence:
    path = "model.sequence"
    fields = record(data, path, ("dimensions", "values"))
    listed = bounded(fields["dimensions"], f"{path}.dimensions", 1)
    dimensions = distinct([index_of(name, f"{path}.dimensions[{i}]", number)
                           for i, name in enumerate(listed)], f"{path}.dimensions")
    if fields["values"] is None:
        items(fields["dimensions"], f"{path}.dimensions", 1)
        return Sequence(tuple(dimensions), None)
    values = tuple(string(value, f"{path}.values[{i}]") for i, value in
                   enumerate(items(fields["values"], f"{path}.values", len(dimensions))))
    return Sequence(tuple(dimensions), values)


def parse_contract(data: object, path: str = "contract") -> Contract:
    """The number contract that `data` describes; raises Rejected."""
    kind = one_of(mapping(data, path).get("format"), f"{path}.format",
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
        one_of(fields["rounding"], f"{path}.rounding", get_args(Rounding)),
        one_of(fields["overflow"], f"{path}.overflow", get_args(Overflow)),
        one_of(fields["arithmetic"], f"{path}.arithmetic", get_args(Arithmetic)),
        one_of(fields["softmax"], f"{path}.softmax", get_args(Softmax)),
        one_of(fields["division"], f"{path}.division", get_args(Division)))


def plain_model(model: Model) -> dict[str, Any]:
    """The plain data from which `parse_model` makes an equal model."""
    made = {
        "format": FORMAT,
        "version": VERSION,
        "alphabet": list(model.alphabet),
        "markers": model.markers,
        "readout": model.readout,
        "contract": plain_contract(model.contract),
        "residual": list(model.residual),
        "period": model.period,
        "embedding": [plain_matrix(rows) for rows in model.embedding],
        "positions": plain_positions(model.positions),
        "formulas": [plain_formula(formula, model.residual) for formula in model.formulas],
        "layers": [plain_layer(layer, model.residual) for layer in model.layers],
        "output": {"weights": plain_vector(model.output_weights),
                   "bias": plain(model.output_bias)},
    }
    for name, default in _OPTIONAL.items():
        if made[name] == default:
            del made[name]
    if model.loop is not None:
        made["loop"] = plain_loop(model.loop)
    if model.sequence is not None:
        values = model.sequence.values
        made["sequence"] = {"dimensions": [model.residual[k] for k in model.sequence.dimensions],
                            "values": None if values is None else list(values)}
    return made


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
