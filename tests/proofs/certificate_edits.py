"""Certificates from `good/`, and edits that spoil them.

An edit is a path of keys and indices and the value to put there; DELETE removes a key or an
element, a last index equal to the length of a list appends.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOOD = Path(__file__).parent / "good"
DELETE = object()

Edit = tuple[tuple[str | int, ...], object]

DATA = "data"
LANGUAGE = ("claim", "language")


def good(name: str) -> Any:
    """A good certificate, parsed."""
    return json.loads((GOOD / f"{name}.json").read_text(encoding="utf-8"))


def edited(value: Any, *edits: Edit) -> Any:
    """A copy with the edits made."""
    result = copy.deepcopy(value)
    for path, new in edits:
        if not path:
            result = new
            continue
        place = result
        for key in path[:-1]:
            place = place[key]
        if new is DELETE:
            del place[path[-1]]
        elif isinstance(place, list) and path[-1] == len(place):
            place.append(new)
        else:
            place[path[-1]] = new
    return result


@dataclass(frozen=True)
class Bad:
    """A good certificate, the edits that spoil it, and the code and path of the rejection."""

    code: str
    sentence: str
    base: str
    edits: tuple[Edit, ...]
    path: str

    def certificate(self) -> Any:
        """The spoilt certificate."""
        return edited(good(self.base), *self.edits)


def bad(code: str, sentence: str, base: str, path: str, *edits: Edit) -> Bad:
    """The same, with the edits in the last place."""
    return Bad(code, sentence, base, edits, path)
