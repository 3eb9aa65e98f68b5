"""Packages that only some tasks need."""

from __future__ import annotations

import importlib
from typing import Any

from languages.errors import InputError


def extra(module: str, name: str, purpose: str) -> Any:
    """The module, imported now; `name` is the extra of this package that installs it.

    Raises:
        InputError: it is not installed; says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        raise InputError(f"{purpose} needs the package {package}, which is not installed: "
                         f"pip install 'expressivity[{name}]'") from None
