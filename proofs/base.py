"""The shipped theorem base, collected from the modules of `proofs.theorems`.

Every `Axiom`, `Conjecture` and `Remark` that is a module-level value there belongs to the base,
alone or inside a tuple. Ids are unique; what is defined twice is an error at loading.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TypeVar

from proofs import theorems
from proofs.citation import Axiom, Conjecture, Remark

_T = TypeVar("_T", Axiom, Conjecture, Remark)


@cache
def axioms() -> dict[str, Axiom]:
    """All axioms by id."""
    return _collect(Axiom)


@cache
def conjectures() -> dict[str, Conjecture]:
    """All conjectures by id."""
    return _collect(Conjecture)


@cache
def remarks() -> dict[str, Remark]:
    """All results that are kept as text only."""
    return _collect(Remark)


def _collect(kind: type[_T]) -> dict[str, _T]:
    found: dict[str, _T] = {}
    for info in sorted(pkgutil.iter_modules(theorems.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{theorems.__name__}.{info.name}")
        for value in vars(module).values():
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, kind) and found.setdefault(item.id, item) is not item:
                    raise ValueError(f"two entries of the base are called {item.id!r}")
    return found
