"""From languages to weights: one module per construction.

A construction module has NAME and CITATION (texts for people), `applies(dfa)` (does it cover the
language?), `program(dfa)` (the B-RASP program on the way), and `build(dfa, contract)` (the model
as plain data). Its resources are those of its program. Adding a construction is adding a module.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, cast

from expressivity.programs.brasp import Program
from expressivity.programs.brasp_to_model import RATIONAL
from languages.dfa import DFA


class Construction(Protocol):
    """What a construction module offers. DFAs need not be minimal."""

    NAME: str
    CITATION: str

    def applies(self, dfa: DFA) -> bool:
        """Does the construction cover the language of the DFA?"""

    def program(self, dfa: DFA) -> Program:
        """A program for the language; `InputError` where the construction does not apply."""

    def build(self, dfa: DFA, contract: Mapping[str, Any] = RATIONAL) -> dict[str, Any]:
        """The model as plain data, under a number contract that has -1, 0 and 1."""


@cache
def constructions() -> dict[str, Construction]:
    """All construction modules of this package, by NAME."""
    found: dict[str, Construction] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = cast(Construction, module)
    return found
