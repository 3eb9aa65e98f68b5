"""Decidable classes of regular languages: one module per class.

A decider module has KEY (its name in a classification), `decide(analysis)` and
`evidence(analysis)`; adding a class is adding a module. ALGEBRAIC_CLASS, where there is one, is
the class that its evidence speaks of; it can then be certified.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def deciders() -> dict[str, ModuleType]:
    """All decider modules of this package, by KEY."""
    found: dict[str, ModuleType] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "KEY"):
            found[module.KEY] = module
    return found


@cache
def certifiers() -> dict[str, ModuleType]:
    """The decider of each class that evidence speaks of, by ALGEBRAIC_CLASS."""
    return {module.ALGEBRAIC_CLASS: module for module in deciders().values()
            if hasattr(module, "ALGEBRAIC_CLASS")}
