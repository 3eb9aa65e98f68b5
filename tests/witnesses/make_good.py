"""Writes the good certificates anew: `python -m tests.witnesses.make_good`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from expressivity.extraction import extract
from expressivity.extraction.certificate import certificate
from expressivity.models.model import Model
from tests.witnesses.small_models import SMALL

GOOD = Path(__file__).parent / "good"


def made(name: str) -> Any:
    """The certificate of a small model, as JSON would give it."""
    model = Model.from_plain(SMALL[name].model)
    found = extract(model)
    assert found.dfa is not None
    return json.loads(json.dumps(certificate(model.definition, found.dfa, found)))


if __name__ == "__main__":
    for key in SMALL:
        (GOOD / f"{key}.json").write_text(json.dumps(made(key), indent=1) + "\n", "utf-8")
