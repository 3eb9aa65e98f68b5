"""Tensors of exact rationals in a safetensors file (extra `safetensors`).

A tensor NAME is stored as float64 if every weight is a float64 number, else as int64 if every
weight is an integer of 64 bits, else as the two int64 tensors NAME.numerator and
NAME.denominator. Where not even those fit, the tensor stays in the JSON of the architecture. Read
are float16 and float32, too, whose numbers are float64 numbers: trained weights come in them.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from expressivity.models.extras import extra
from expressivity.models.layout import Nested, Shape, entries, nest, place, shape_of
from languages.errors import InputError
from proofs.models.tensors import plain, rational
from proofs.strict_json import Malformed, loads

NUMERATOR: Final = ".numerator"
DENOMINATOR: Final = ".denominator"
MAX_BYTES: Final = 256_000_000
MAX_HEADER: Final = 16_000_000
_READ: Final = {"F64": np.float64, "F32": np.float32, "F16": np.float16, "I64": np.int64}
_EXTRA: Final = ("safetensors", "model.safetensors")


def write_tensors(file: Path, tensors: Mapping[str, Nested], *,
                  rounded: bool = False) -> dict[str, Nested]:
    """Write the tensors; returns those that no integers of 64 bits can hold, which are left out.

    With `rounded`, all are written as the nearest float64 numbers, and nothing is left out.

    Raises:
        InputError: the file cannot be written, a weight is beyond float64, or the package is
            missing.
    """
    numpy_files = extra("safetensors.numpy", *_EXTRA)
    arrays: dict[str, NDArray[Any]] = {}
    left: dict[str, Nested] = {}
    for name, nested in tensors.items():
        exact = [rational(weight, name) for _, weight in entries(nested)]
        shape = shape_of(nested)
        stored = ({name: np.array(nearest_floats(name, exact, shape))} if rounded
                  else _stored(name, exact))
        if not stored:
            left[name] = nested
        arrays |= {key: array.reshape(shape) for key, array in stored.items()}
    try:
        file.write_bytes(numpy_files.save(arrays))
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from None
    return left


def nearest_floats(name: str, exact: list[Fraction], shape: Shape) -> list[float]:
    """The nearest float64 numbers; `name` and `shape` are for the message.

    Raises:
        InputError: a weight is beyond the largest of them.
    """
    made = []
    for k, weight in enumerate(exact):
        try:
            made.append(float(weight))
        except OverflowError:
            index = tuple(int(i) for i in np.unravel_index(k, shape)) if shape else ()
            raise InputError(f"{place(name, index)}: expected a number that float64 reaches, got "
                             "one beyond its largest") from None
    return made


def _stored(name: str, exact: list[Fraction]) -> dict[str, NDArray[Any]]:
    """The arrays that hold the weights exactly; none if there are no such arrays."""
    if all(_is_float(weight) for weight in exact):
        return {name: np.array([float(weight) for weight in exact])}
    numerators, denominators = ([w.numerator for w in exact], [w.denominator for w in exact])
    if any(not -2**63 <= n < 2**63 for n in (*numerators, *denominators)):
        return {}
    if all(d == 1 for d in denominators):
        return {name: np.array(numerators, dtype=np.int64)}
    return {name + NUMERATOR: np.array(numerators, dtype=np.int64),
            name + DENOMINATOR: np.array(denominators, dtype=np.int64)}


def _is_float(weight: Fraction) -> bool:
    try:
        return float(weight) == weight
    except OverflowError:
        return False


def read_tensors(file: Path, wanted: Mapping[str, Shape]) -> dict[str, Nested]:
    """The tensors with these names and shapes, their weights as plain data.

    Raises:
        InputError: the file is missing, too large or malformed; a tensor is missing, unknown, of
            another shape or type, or has an entry that is no number. Says which, what was expected
            and what was found.
    """
    library = extra(*_EXTRA[:1], *_EXTRA)
    _check_header(file)
    try:
        with library.safe_open(str(file), framework="numpy") as opened:
            # An open file is no mapping: it has keys() but cannot be iterated.
            slices = {name: opened.get_slice(name) for name in opened.keys()}  # noqa: SIM118
            kinds = {name: (part.get_dtype(), tuple(part.get_shape()))
                     for name, part in slices.items()}
            parts = _parts(file, wanted, kinds)
            arrays = {name: opened.get_tensor(name) for name in kinds}
    except library.SafetensorError as error:
        raise InputError(f"{file}: not a safetensors file: {error}") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None
    return {name: nest(iter(_weights(file, name, parts[name], arrays)), shape)
            for name, shape in wanted.items()}


def _check_header(file: Path) -> None:
    """Bounds first; and a name given twice, which the library lets pass."""
    try:
        with file.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            if size > MAX_BYTES:
                raise InputError(f"{file}: {size} bytes, expected at most {MAX_BYTES}")
            length = int.from_bytes(opened.read(8), "little")
            if size < 8 or length > min(size - 8, MAX_HEADER):
                raise InputError(f"{file}: not a safetensors file: a header of {length} bytes, "
                                 f"expected at most {max(0, min(size - 8, MAX_HEADER))}")
            header = opened.read(length)
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; expected the tensors of the model") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{file}: cannot be read: {reason}") from None
    try:
        loads(header)
    except Malformed as error:
        raise InputError(f"{file}: header: {error.message}", error.position) from None


def _parts(file: Path, wanted: Mapping[str, Shape],
           kinds: Mapping[str, tuple[str, Shape]]) -> dict[str, tuple[str, ...]]:
    """Which tensors of the file hold each tensor: itself, or numerators and denominators."""
    parts: dict[str, tuple[str, ...]] = {}
    for name, shape in wanted.items():
        fraction = (name + NUMERATOR, name + DENOMINATOR)
        parts[name] = fraction if name not in kinds and fraction[0] in kinds else (name,)
        for part in parts[name]:
            if part not in kinds:
                raise InputError(f"{file}: tensor {part} is missing, expected one of shape "
                                 f"{list(shape)}")
            dtype, found = kinds[part]
            allowed = ("I64",) if parts[name] == fraction else tuple(_READ)
            if dtype not in allowed:
                raise InputError(f"{file}: tensor {part}: expected the type {' or '.join(allowed)},"
                                 f" got {dtype}")
            if found != shape:
                raise InputError(f"{file}: tensor {part}: expected the shape {list(shape)}, got "
                                 f"{list(found)}")
    known = {part for names in parts.values() for part in names}
    for part in sorted(kinds):
        if part not in known:
            raise InputError(f"{file}: tensor {part} is unknown to the architecture, expected "
                             f"{', '.join(wanted) or 'none'}"[:400])
    return parts


def _weights(file: Path, name: str, parts: tuple[str, ...],
             arrays: Mapping[str, NDArray[Any]]) -> list[int | str]:
    """The entries, row by row, as plain data."""
    array = arrays[parts[0]]
    listed = array.ravel().tolist()
    if len(parts) == 2:
        below = arrays[parts[1]].ravel().tolist()
        for k, denominator in enumerate(below):
            if denominator < 1:
                raise InputError(f"{file}: tensor {_entry(parts[1], k, array)}: expected a "
                                 f"denominator of at least 1, got {denominator}")
        return [plain(Fraction(n, d)) for n, d in zip(listed, below, strict=True)]
    for k, weight in enumerate(listed):
        if not math.isfinite(weight):
            raise InputError(f"{file}: tensor {_entry(name, k, array)}: expected a finite number, "
                             f"got {weight}")
    return [plain(Fraction(weight)) for weight in listed]


def _entry(name: str, flat: int, array: NDArray[Any]) -> str:
    return place(name, tuple(int(i) for i in np.unravel_index(flat, array.shape))
                 if array.shape else ())
