"""Models in files: one strict JSON file, or an architecture in JSON beside its tensors.

    json:         model.json, weights included
    safetensors:  architecture.json and model.safetensors (see `layout` and `tensor_files`); exact
    torch:        the same two files, every tensor as the nearest float64 numbers: what
                  `load_state_dict` of the PyTorch module reads
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from expressivity.models.layout import ARCHITECTURE, join, shapes, split
from expressivity.models.model import Model
from expressivity.models.quantise import Quantised, quantise_plain
from expressivity.models.tensor_files import read_tensors, write_tensors
from languages.errors import InputError
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import parse_model
from proofs.models.numbers import Contract
from proofs.strict_json import Json, Malformed, loads

FILE_NAME: Final = "model.json"
ARCHITECTURE_FILE: Final = "architecture.json"
TENSOR_FILE: Final = "model.safetensors"

FileFormat = Literal["json", "safetensors", "torch"]


def save_model(model: Model, directory: str | Path, file_format: FileFormat = "json") -> Path:
    """Write the model into the directory, which is made if need be; returns the JSON file's path.

    Raises:
        InputError: the directory or a file cannot be written, the directory holds a model in the
            other format, or the format needs a package that is missing.
    """
    return save_plain(model.to_plain(), directory, file_format)


def save_plain(plain: Mapping[str, Any], directory: str | Path,
               file_format: FileFormat = "json") -> Path:
    """As `save_model`, from the plain data of a model; weights need not be of its contract."""
    folder = Path(directory)
    written, other = ((FILE_NAME, ARCHITECTURE_FILE) if file_format == "json"
                      else (ARCHITECTURE_FILE, FILE_NAME))
    if (folder / other).exists():
        raise InputError(f"{folder}: holds {other} already, so {written} beside it would be a "
                         "second model; expected another directory")
    path = folder / written
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    if file_format != "json":
        architecture, tensors = split(plain)
        left = write_tensors(folder / TENSOR_FILE, tensors, rounded=file_format == "torch")
        plain = join(architecture, {name: left.get(name, {"shape": list(shape)})
                                    for name, shape in shapes(architecture).items()})
        plain = {**plain, "format": ARCHITECTURE}
    try:
        path.write_text(_layout(plain), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def load_model(path: str | Path, contract: Contract | None = None) -> Model:
    """The model in a file or a directory, in any of the formats; with its weights rounded to
    `contract` if one is given.

    Raises:
        InputError: a file is missing or unreadable, is not strict JSON or no safetensors file, or
            they do not describe a model; says which file, where, what was expected and found.
    """
    if contract is not None:
        return load_quantised(path, contract).model
    file, data = load_plain(path)
    _answers_at_once(file, data)
    try:
        return Model(parse_model(data))
    except Rejected as error:
        hint = ("; `expressivity quantise` rounds weights" if error.code == "not-representable"
                else "")
        raise InputError(f"{file}: {error.path}: {error.message}{hint}") from None


def load_quantised(path: str | Path, contract: Contract) -> Quantised:
    """The model in a file or a directory, its weights rounded to the contract, and their changes.

    Raises:
        InputError: as `load_model` and `quantise`.
    """
    file, data = load_plain(path)
    if not isinstance(data, dict):
        raise InputError(f"{file}: model: expected an object")
    _answers_at_once(file, data)
    try:
        return quantise_plain(data, contract)
    except InputError as error:
        raise type(error)(f"{file}: {error.message}") from None


def _answers_at_once(file: Path, data: Json) -> None:
    if isinstance(data, dict) and "decoder" in data:
        raise InputError(f"{file}: a decoder, which writes a chain of thought; expected a model "
                         "that answers at once (`run` and `verify` take decoders)")


def load_plain(path: str | Path) -> tuple[Path, Json]:
    """The JSON file that was read, and the plain data of a model, which are not checked yet.

    Raises:
        InputError: as `load_model`, but for what the data describe.
    """
    file = _json_file(Path(path))
    data = read_json(file)
    if not isinstance(data, dict) or data.get("format") != ARCHITECTURE:
        return file, data
    try:
        wanted = shapes(data)
    except InputError as error:
        raise InputError(f"{file}: {error.message}") from None
    tensors = read_tensors(file.with_name(TENSOR_FILE), wanted)
    return file, join(data, tensors)


def read_json(file: Path) -> Json:
    """The strict JSON in the file; raises InputError."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; expected a model ({FILE_NAME}, or "
                         f"{ARCHITECTURE_FILE} and {TENSOR_FILE})") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{file}: cannot be read: {reason}") from None
    try:
        return loads(raw)
    except Malformed as error:
        raise InputError(f"{file}: {error.message}", error.position) from None


def _json_file(path: Path) -> Path:
    """Which file to read first for what the user named: a directory or any of the files."""
    try:
        if path.is_dir():
            found = [name for name in (FILE_NAME, ARCHITECTURE_FILE) if (path / name).exists()]
            if len(found) == 2:
                raise InputError(f"{path}: holds {FILE_NAME} and {ARCHITECTURE_FILE}, two models; "
                                 "expected the name of one of the files")
            return path / (found[0] if found else FILE_NAME)
    except ValueError as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    return path.with_name(ARCHITECTURE_FILE) if path.suffix == ".safetensors" else path


def _layout(value: object, indent: str = "") -> str:
    """JSON with one line for each list of scalars, so that matrices read as matrices."""
    deeper = indent + " "
    if isinstance(value, dict) and value and set(value) != {"shape"}:
        lines = [f"{deeper}{json.dumps(key)}: {_layout(item, deeper)}"
                 for key, item in value.items()]
        text = "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    elif isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value):
        text = "[\n" + ",\n".join(deeper + _layout(item, deeper) for item in value) + f"\n{indent}]"
    else:
        text = json.dumps(value)
    return text if indent else text + "\n"
