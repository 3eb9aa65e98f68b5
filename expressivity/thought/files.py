"""Files of models and of decoders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from expressivity.models.files import load_plain, save_plain
from expressivity.models.model import Model
from expressivity.thought.thinker import Thinker
from languages.errors import InputError
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import parse_model
from proofs.models.decoder import parse_decoder
from proofs.thought_trace import check_trace


def load_either(path: str | Path) -> Model | Thinker:
    """The model or the decoder in a file or a directory.

    Raises:
        InputError: as `expressivity.models.files.load_model`.
    """
    file, data = load_plain(path)
    try:
        if isinstance(data, dict) and "decoder" in data:
            return Thinker(parse_decoder(data))
        return Model(parse_model(data))
    except Rejected as error:
        hint = ("; `expressivity quantise` rounds weights" if error.code == "not-representable"
                else "")
        raise InputError(f"{file}: {error.path}: {error.message}{hint}") from None


def save_decoder(thinker: Thinker, directory: str | Path) -> Path:
    """Write model.json into the directory; returns its path. Raises InputError."""
    return save_plain(thinker.to_plain(), directory)


def save_trace(trace: dict[str, Any], directory: str | Path) -> str:
    """Check a trace and write it as trace.json; returns its path.

    Raises:
        Rejected: it is wrong.
        InputError: it cannot be written.
    """
    check_trace(trace)
    path = Path(directory) / "trace.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(trace, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    return str(path)
