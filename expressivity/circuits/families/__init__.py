"""From languages to families of circuits n -> circuit: one module for each.

A family module has

- NAME, CITATION and SHAPE, texts for people: SHAPE says depth, gates and size for all n;
- CLASS, the circuit class (an id of `proofs.classes`) in which a family of this shape puts a
  language, or None where its size is not polynomial;
- RANK: of the families that apply, the one of least rank is the default;
- `applies(language)`, and `circuit(language, length, options)`, which has one output, "accepted".

Adding a family is adding a module; a file that begins with an underscore is none.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.letters import Options
from languages.errors import InputError
from languages.language import Language
from languages.tables import shown


class Family(Protocol):
    """What a family module offers."""

    NAME: str
    CITATION: str
    SHAPE: str
    CLASS: str | None
    RANK: int

    def applies(self, language: Language) -> bool:
        """Is there a family of this kind for the language?"""
        ...

    def circuit(self, language: Language, length: int,
                options: Options | None = None) -> Circuit:
        """The circuit for words of this length.

        Raises:
            LimitError: it would be too large.
        """
        ...


@cache
def families() -> dict[str, Family]:
    """All families by name, in order of rank."""
    modules = [cast(Family, importlib.import_module(f"{__name__}.{info.name}"))
               for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")]
    return {family.NAME: family for family in sorted(modules, key=lambda f: (f.RANK, f.NAME))}


def choose(language: Language, name: str | None = None) -> Family:
    """The family of this name, or the first by rank that applies.

    Raises:
        InputError: there is no such family, or it does not apply; says which do.
    """
    if name is None:
        found = next((f for f in families().values() if f.applies(language)), None)
        if found is None:
            raise InputError(f"{language.name}: no family of circuits applies")
        return found
    if name not in families():
        raise InputError(f"family {shown(name)}: expected one of {', '.join(families())}")
    family = families()[name]
    if not family.applies(language):
        fitting = [f.NAME for f in families().values() if f.applies(language)]
        raise InputError(f"family {name} does not apply to {language.name}; those that do: "
                         f"{', '.join(fitting) or 'none'}")
    return family
