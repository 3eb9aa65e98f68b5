"""A model in two parts: its tensors by name, and everything else.

The *architecture* is the plain data of a model (see `proofs.models.architecture`) with another
"format" and with {"shape": [...]} in the place of each tensor. A tensor is named by the keys that
lead to it: `embedding`, `layers.0.heads.1.query`, `layers.2.transition.factors.0.scale`,
`output.bias`. These are the names in files and of the parameters of the PyTorch module alike.

What is not a tensor: `epsilon` of normalisations and the coefficients of position formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from languages.errors import InputError
from proofs.models.architecture import FORMAT
from proofs.models.tensors import MAX_DIMENSION, MAX_ENTRIES

ARCHITECTURE: Final = "expressivity architecture"
EPSILON: Final = "epsilon"

Nested: TypeAlias = Any
"""A weight, or lists of them nested to the depth of the tensor's rank."""
Shape: TypeAlias = tuple[int, ...]

_WEIGHTS: Final = frozenset({
    "embedding", "query", "key", "value", "output", "in", "out", "gate", "matrix", "initial",
    "gates", "rows", "scale", "direction", "input", "state", "weights", "bias"})
_NO_WEIGHTS_IN: Final = frozenset({"contract", "positions", "formulas", "sequence", "loop"})


def map_tensors(plain: Any, change: Callable[[str, Nested], Any], prefix: str = "") -> Any:
    """A copy of the plain data of a model in which each tensor is changed; it is given its name.

    Of data that are not those of a model, whatever looks like a tensor is changed.
    """
    if isinstance(plain, list):
        return [map_tensors(item, change, f"{prefix}{i}.") if isinstance(item, (dict, list))
                else item for i, item in enumerate(plain)]
    if not isinstance(plain, dict):
        return plain
    made: dict[str, Any] = {}
    for key, value in plain.items():
        name = prefix + key
        if key in _WEIGHTS and not (isinstance(value, dict) and not _is_placeholder(value)):
            made[key] = change(name, value)
        elif prefix == "" and key in _NO_WEIGHTS_IN:
            made[key] = value
        else:
            made[key] = map_tensors(value, change, f"{name}.")
    return made


def map_epsilons(plain: Any, change: Callable[[str, Any], Any], prefix: str = "") -> Any:
    """A copy of the plain data of a model in which each `epsilon` is changed; it is given its name.
    """
    if isinstance(plain, list):
        return [map_epsilons(item, change, f"{prefix}{i}.") for i, item in enumerate(plain)]
    if not isinstance(plain, dict):
        return plain
    return {key: change(prefix + key, value) if key == EPSILON
            else map_epsilons(value, change, f"{prefix}{key}.") for key, value in plain.items()}


def split(plain: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Nested]]:
    """The architecture and the tensors of the plain data of a model."""
    tensors: dict[str, Nested] = {}

    def take(name: str, value: Nested) -> dict[str, list[int]]:
        tensors[name] = value
        return {"shape": list(shape_of(value))}

    return {**map_tensors(plain, take), "format": ARCHITECTURE}, tensors


def join(architecture: Mapping[str, Any], tensors: Mapping[str, Nested]) -> dict[str, Any]:
    """The plain data of the model; tensors that the architecture holds itself stay as they are."""
    def put(name: str, value: Nested) -> Nested:
        return tensors[name] if _is_placeholder(value) else value

    made: dict[str, Any] = map_tensors(architecture, put)
    if made.get("format") == ARCHITECTURE:
        made["format"] = FORMAT
    return made


def shapes(architecture: Mapping[str, Any]) -> dict[str, Shape]:
    """The shapes of the tensors that the architecture does not hold itself, by name.

    Raises:
        InputError: a shape is not a list of sizes, or all are too large together.
    """
    found: dict[str, Shape] = {}

    def note(name: str, value: Nested) -> Nested:
        if _is_placeholder(value):
            found[name] = _shape(name, value["shape"])
        return value

    map_tensors(architecture, note)
    total = sum(math.prod(shape) for shape in found.values())
    if total > MAX_ENTRIES:
        raise InputError(f"architecture: {total} weights, expected at most {MAX_ENTRIES} in all")
    return found


def shape_of(nested: Nested) -> Shape:
    """The shape of nested lists, by their first elements."""
    sizes = []
    while isinstance(nested, list):
        sizes.append(len(nested))
        nested = nested[0] if nested else None
    return tuple(sizes)


def entries(nested: Nested, where: Shape = ()) -> Iterator[tuple[Shape, Any]]:
    """The weights of a tensor with their indices, row by row."""
    if isinstance(nested, list):
        for i, item in enumerate(nested):
            yield from entries(item, (*where, i))
    else:
        yield where, nested


def nest(flat: Iterator[Any], shape: Shape) -> Nested:
    """Nested lists of this shape with the given weights, row by row."""
    if not shape:
        return next(flat)
    return [nest(flat, shape[1:]) for _ in range(shape[0])]


def place(name: str, index: Shape) -> str:
    """One weight of a tensor, for people: `layers.0.in[2][1]`."""
    return name + "".join(f"[{i}]" for i in index)


def _is_placeholder(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"shape"}


def _shape(name: str, value: object) -> Shape:
    sizes = value if isinstance(value, list) else [None]
    if len(sizes) > 3 or any(type(n) is not int or not 1 <= n <= MAX_DIMENSION for n in sizes):
        raise InputError(f"architecture: shape of {name}: expected a list of at most 3 sizes from "
                         f"1 to {MAX_DIMENSION}, got {str(value)[:60]}")
    return tuple(sizes)
