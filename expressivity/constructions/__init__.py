"""From languages to weights: one module per construction.

A construction module has NAME and CITATION (texts for people), `applies(language)`, and
`witnesses(language, length)`. Adding a construction is adding a module. What it claims of its
models (language, resources) is verified where they are built.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, cast

from languages.language import Language


@dataclass(frozen=True)
class Witness:
    """A model that a construction made, and what the construction claims of it.

    `resources` are some of the counts of `models.sizes`, from the construction's own formula;
    `program` is the text of the program on the way, if any; `longest` is the longest word that the
    model is made for, None for all lengths. `lemmas` say where heads look that use unbounded
    positions: head lemmas as plain data (see `proofs.head_lemma`), without format and model.
    """

    model: dict[str, Any]
    resources: Mapping[str, int]
    program: str = ""
    longest: int | None = None
    lemmas: tuple[dict[str, Any], ...] = ()


class Construction(Protocol):
    """What a construction module offers."""

    NAME: str
    CITATION: str

    def applies(self, language: Language) -> bool:
        """Does the construction cover the language?"""

    def witnesses(self, language: Language, length: int) -> Iterator[Witness]:
        """Candidates, the best first, for instance one for each number contract.

        `length` is the longest word that must be covered where the weights depend on the length;
        constructions for all lengths ignore it. Raises `InputError` where the construction does
        not apply, `LimitError` where it would need too much.
        """


@cache
def constructions() -> dict[str, Construction]:
    """All construction modules of this package, by NAME."""
    found: dict[str, Construction] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = cast(Construction, module)
    return found
