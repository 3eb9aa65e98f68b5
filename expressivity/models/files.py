"""Models in files: one strict JSON file, weights included."""

from __future__ import annotations

import json
from pathlib import Path

from expressivity.models.model import Model
from languages.errors import InputError
from proofs.strict_json import Malformed, loads

FILE_NAME = "model.json"


def save_model(model: Model, directory: str | Path) -> Path:
    """Write `model.json` into the directory, which is made if need be; returns the file's path.

    Raises:
        InputError: the directory or the file cannot be written.
    """
    folder = Path(directory)
    path = folder / FILE_NAME
    text = _layout(model.to_plain())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    return path


def load_model(path: str | Path) -> Model:
    """The model in a file, or in the `model.json` of a directory.

    Raises:
        InputError: the file is missing or unreadable, is not strict JSON, or does not describe a
            model; says which file, where, what was expected and what was found.
    """
    file = Path(path)
    if file.is_dir():
        file /= FILE_NAME
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; expected a model ({FILE_NAME})") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{file}: cannot be read: {reason}") from None
    try:
        data = loads(raw)
    except Malformed as error:
        raise InputError(f"{file}: {error.message}", error.position) from None
    try:
        return Model.from_plain(data)
    except InputError as error:
        raise InputError(f"{file}: {error.message}") from None


def _layout(value: object, indent: str = "") -> str:
    """JSON with one line for each list of scalars, so that matrices read as matrices."""
    deeper = indent + " "
    if isinstance(value, dict) and value:
        lines = [f"{deeper}{json.dumps(key)}: {_layout(item, deeper)}"
                 for key, item in value.items()]
        text = "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    elif isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value):
        text = "[\n" + ",\n".join(deeper + _layout(item, deeper) for item in value) + f"\n{indent}]"
    else:
        text = json.dumps(value)
    return text if indent else text + "\n"
