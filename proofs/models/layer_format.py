"""Sublayers as plain data: reading them strictly, and writing them.

    ATTENTION: {"kind": "attention", "heads": [{"selection": ..., "mask": ..., "query": [r][d + 1],
                "key": [r][d + 1], "value": [s][d + 1], "output": [d][s]} ...]}
    FFN:       {"kind": "ffn", "in": [h][d + 1], "out": [d][h + 1]}
    GATED:     {"kind": "gated-ffn", "gate": [h][d + 1], "in": [h][d + 1], "out": [d][h + 1]}
    NORM:      {"kind": "norm", "coordinates": [name ...], "epsilon": e}
    LINEAR:    {"kind": "recurrence", "initial": [s], "transition": TRANSITION,
                "input": [s][d + 1], "reads": "after" | "before", "output": [d][s]}
    RNN:       {"kind": "rnn", "initial": [s], "state": [s][s + d + 1],
                "activation": "relu" | "heaviside", "reads": ..., "output": [d][s]}

    TRANSITION: {"kind": "time-invariant", "matrix": [s][s]}
              | {"kind": "nonnegative-diagonal" | "signed-diagonal", "gates": [s][d + 1]}
              | {"kind": "complex-diagonal", "gates": [s / 2][2][d + 1]}
              | {"kind": "householder",
                 "factors": [{"scale": [d + 1], "direction": [s][d + 1]} ...]}
              | {"kind": "general", "rows": [s][s][d + 1]}

Every kind but NORM may have "norm": {"matrix": [k][d + 1], "epsilon": e}: it then reads the k
normalised coordinates of matrix . x, and d + 1 above stands for k + 1 where it reads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

from proofs.checkers.rejection import distinct, mapping, record, reject, string
from proofs.models.layers import (
    MASKS,
    WINDOW,
    Activation,
    Attention,
    ComplexDiagonal,
    Diagonal,
    FeedForward,
    GatedFeedForward,
    General,
    Head,
    Householder,
    Layer,
    Mask,
    Nonlinear,
    Norm,
    Normalisation,
    Reads,
    Recurrence,
    Reflection,
    Selection,
    TimeInvariant,
    Transition,
)
from proofs.models.tensors import (
    Tensors,
    bounded,
    index_of,
    one_of,
    plain,
    plain_matrix,
    plain_vector,
)

MAX_WINDOW: Final = 10_000


def parse_layer(data: object, path: str, tensors: Tensors, residual: dict[str, int]) -> Layer:
    """The sublayer that `data` describes; `residual` numbers the names of the stream.

    Raises:
        Rejected: with the path of the field.
    """
    kind = one_of(mapping(data, path).get("kind"), f"{path}.kind", tuple(_READERS))
    keys, reader = _READERS[kind]
    if kind == "norm":
        fields = record(data, path, ("kind", *keys))
        coordinates = [index_of(name, f"{path}.coordinates[{i}]", residual) for i, name in
                       enumerate(bounded(fields["coordinates"], f"{path}.coordinates", 1))]
        return Normalisation(tuple(distinct(coordinates, f"{path}.coordinates")),
                             _epsilon(fields["epsilon"], f"{path}.epsilon", tensors))
    fields = record({"norm": None, **mapping(data, path)}, path, ("kind", *keys, "norm"))
    width = len(residual)
    norm = None
    if "norm" in mapping(data, path):
        norm = _norm(fields["norm"], f"{path}.norm", tensors, width)
    reads = width if norm is None else len(norm.matrix)
    return reader(fields, path, tensors, width, reads, norm)


def _epsilon(value: object, path: str, tensors: Tensors) -> Any:
    epsilon = tensors.entry(value, path)
    if epsilon < 0:
        reject("negative-epsilon", value, path, "a number of at least 0")
    return epsilon


def _norm(data: object, path: str, tensors: Tensors, width: int) -> Norm:
    fields = record(data, path, ("matrix", "epsilon"))
    size = len(bounded(fields["matrix"], f"{path}.matrix", 1))
    return Norm(tensors.matrix(fields["matrix"], f"{path}.matrix", size, width + 1),
                _epsilon(fields["epsilon"], f"{path}.epsilon", tensors))


def _attention(fields: dict[str, object], path: str, tensors: Tensors, width: int, reads: int,
               norm: Norm | None) -> Layer:
    return Attention(tuple(
        _head(head, f"{path}.heads[{i}]", tensors, width, reads)
        for i, head in enumerate(bounded(fields["heads"], f"{path}.heads", 1))), norm)


def _head(data: object, path: str, tensors: Tensors, width: int, reads: int) -> Head:
    fields = record(data, path, ("selection", "mask", "query", "key", "value", "output"))
    selection: Selection = one_of(fields["selection"], f"{path}.selection", get_args(Selection))
    if selection == "softmax" and tensors.contract.grid is None:
        reject("softmax-of-rationals", selection, f"{path}.selection",
               "a hard selection: exponentials of rationals are not rational")
    rank = len(bounded(fields["query"], f"{path}.query", 1))
    size = len(bounded(fields["value"], f"{path}.value", 1))
    return Head(selection, _mask(fields["mask"], f"{path}.mask"),
                tensors.matrix(fields["query"], f"{path}.query", rank, reads + 1),
                tensors.matrix(fields["key"], f"{path}.key", rank, reads + 1),
                tensors.matrix(fields["value"], f"{path}.value", size, reads + 1),
                tensors.matrix(fields["output"], f"{path}.output", width, size))


def _mask(value: object, path: str) -> Mask:
    text = string(value, path)
    size = text.removeprefix(WINDOW)
    window = text.startswith(WINDOW) and size.isascii() and size.isdigit() and size[0] != "0"
    if not window and text not in MASKS:
        reject("unknown-value", value, path,
               "one of " + ", ".join(f'"{x}"' for x in MASKS) + f', "{WINDOW}W"')
    if window and (len(size) > 9 or int(size) > MAX_WINDOW):
        reject("out-of-range", value, path, f"a window of 1 to {MAX_WINDOW} positions")
    return text


def _ffn(fields: dict[str, object], path: str, tensors: Tensors, width: int, reads: int,
         norm: Norm | None) -> Layer:
    hidden = len(bounded(fields["in"], f"{path}.in", 1))
    return FeedForward(tensors.matrix(fields["in"], f"{path}.in", hidden, reads + 1),
                       tensors.matrix(fields["out"], f"{path}.out", width, hidden + 1), norm)


def _gated(fields: dict[str, object], path: str, tensors: Tensors, width: int, reads: int,
           norm: Norm | None) -> Layer:
    hidden = len(bounded(fields["in"], f"{path}.in", 1))
    return GatedFeedForward(tensors.matrix(fields["gate"], f"{path}.gate", hidden, reads + 1),
                            tensors.matrix(fields["in"], f"{path}.in", hidden, reads + 1),
                            tensors.matrix(fields["out"], f"{path}.out", width, hidden + 1), norm)


def _recurrence(fields: dict[str, object], path: str, tensors: Tensors, width: int, reads: int,
                norm: Norm | None) -> Layer:
    size = len(bounded(fields["initial"], f"{path}.initial", 1))
    when: Reads = one_of(fields["reads"], f"{path}.reads", get_args(Reads))
    return Recurrence(
        tensors.vector(fields["initial"], f"{path}.initial", size),
        _transition(fields["transition"], f"{path}.transition", tensors, size, reads),
        tensors.matrix(fields["input"], f"{path}.input", size, reads + 1), when,
        tensors.matrix(fields["output"], f"{path}.output", width, size), norm)


def _transition(data: object, path: str, tensors: Tensors, size: int, reads: int) -> Transition:
    kind = one_of(mapping(data, path).get("kind"), f"{path}.kind", tuple(_TRANSITIONS))
    field = _TRANSITIONS[kind]
    value = record(data, path, ("kind", field))[field]
    where = f"{path}.{field}"
    if kind == "time-invariant":
        return TimeInvariant(tensors.matrix(value, where, size, size))
    if kind == "general":
        return General(tensors.matrices(value, where, (size, size, reads + 1)))
    if kind == "complex-diagonal":
        if size % 2:
            reject("odd-size", size, where, "an even number of coordinates, which go in pairs")
        return ComplexDiagonal(tensors.matrices(value, where, (size // 2, 2, reads + 1)))
    if kind == "householder":
        factors = []
        for i, factor in enumerate(bounded(value, where, 1, size)):
            parts = record(factor, f"{where}[{i}]", ("scale", "direction"))
            factors.append(Reflection(
                tensors.vector(parts["scale"], f"{where}[{i}].scale", reads + 1),
                tensors.matrix(parts["direction"], f"{where}[{i}].direction", size, reads + 1)))
        return Householder(tuple(factors))
    return Diagonal(tensors.matrix(value, where, size, reads + 1), kind == "nonnegative-diagonal")


def _nonlinear(fields: dict[str, object], path: str, tensors: Tensors, width: int, reads: int,
               norm: Norm | None) -> Layer:
    size = len(bounded(fields["initial"], f"{path}.initial", 1))
    activation: Activation = one_of(fields["activation"], f"{path}.activation",
                                    get_args(Activation))
    when: Reads = one_of(fields["reads"], f"{path}.reads", get_args(Reads))
    return Nonlinear(
        tensors.vector(fields["initial"], f"{path}.initial", size),
        tensors.matrix(fields["state"], f"{path}.state", size, size + reads + 1), activation, when,
        tensors.matrix(fields["output"], f"{path}.output", width, size), norm)


_TRANSITIONS: Final = {"time-invariant": "matrix", "nonnegative-diagonal": "gates",
                       "signed-diagonal": "gates", "complex-diagonal": "gates",
                       "householder": "factors", "general": "rows"}
_READERS: Final[dict[str, tuple[tuple[str, ...], Callable[..., Layer]]]] = {
    "attention": (("heads",), _attention),
    "ffn": (("in", "out"), _ffn),
    "gated-ffn": (("gate", "in", "out"), _gated),
    "norm": (("coordinates", "epsilon"), Normalisation),
    "recurrence": (("initial", "transition", "input", "reads", "output"), _recurrence),
    "rnn": (("initial", "state", "activation", "reads", "output"), _nonlinear),
}


def plain_layer(layer: Layer, residual: tuple[str, ...]) -> dict[str, Any]:
    """The plain data from which `parse_layer` makes an equal sublayer."""
    if isinstance(layer, Normalisation):
        return {"kind": "norm", "coordinates": [residual[k] for k in layer.coordinates],
                "epsilon": plain(layer.epsilon)}
    if isinstance(layer, Attention):
        made: dict[str, Any] = {"kind": "attention", "heads": [
            {"selection": head.selection, "mask": head.mask, "query": plain_matrix(head.query),
             "key": plain_matrix(head.key), "value": plain_matrix(head.value),
             "output": plain_matrix(head.output)} for head in layer.heads]}
    elif isinstance(layer, FeedForward):
        made = {"kind": "ffn", "in": plain_matrix(layer.inner), "out": plain_matrix(layer.outer)}
    elif isinstance(layer, GatedFeedForward):
        made = {"kind": "gated-ffn", "gate": plain_matrix(layer.gate),
                "in": plain_matrix(layer.inner), "out": plain_matrix(layer.outer)}
    elif isinstance(layer, Recurrence):
        made = {"kind": "recurrence", "initial": plain_vector(layer.initial),
                "transition": _plain_transition(layer.transition),
                "input": plain_matrix(layer.source), "reads": layer.reads,
                "output": plain_matrix(layer.output)}
    else:
        made = {"kind": "rnn", "initial": plain_vector(layer.initial),
                "state": plain_matrix(layer.state), "activation": layer.activation,
                "reads": layer.reads, "output": plain_matrix(layer.output)}
    if layer.norm is not None:
        made["norm"] = {"matrix": plain_matrix(layer.norm.matrix),
                        "epsilon": plain(layer.norm.epsilon)}
    return made


def transition_kind(transition: Transition) -> str:
    """The name of the kind of transition."""
    if isinstance(transition, Diagonal):
        return "nonnegative-diagonal" if transition.nonnegative else "signed-diagonal"
    return {TimeInvariant: "time-invariant", ComplexDiagonal: "complex-diagonal",
            Householder: "householder", General: "general"}[type(transition)]


def _plain_transition(transition: Transition) -> dict[str, Any]:
    kind = transition_kind(transition)
    value: list[Any]
    if isinstance(transition, TimeInvariant):
        value = plain_matrix(transition.matrix)
    elif isinstance(transition, Diagonal):
        value = plain_matrix(transition.gates)
    elif isinstance(transition, Householder):
        value = [{"scale": plain_vector(factor.scale), "direction": plain_matrix(factor.direction)}
                 for factor in transition.factors]
    else:
        rows = transition.gates if isinstance(transition, ComplexDiagonal) else transition.rows
        value = [plain_matrix(matrix) for matrix in rows]
    return {"kind": kind, _TRANSITIONS[kind]: value}
