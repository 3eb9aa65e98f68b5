"""The catalogue: languages and tasks by name, one file each.

A file of this folder is an entry if its name does not start with an underscore. It gives

- `NAME`, what users write, and `SYNTAX`, the same with its arguments (`mod:k`),
- `SUMMARY`, one line,
- `EXAMPLES`, texts that have to work,
- `build(argument, limits)`, the `Language` for what stands behind the colon (None without a
  colon); `InputError` for an argument that is not understood.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from languages.language import Language
from languages.limits import Limits

Build = Callable[[str | None, Limits], Language]


@dataclass(frozen=True)
class Entry:
    """One language, task, or family of them."""

    name: str
    syntax: str
    summary: str
    examples: tuple[str, ...]
    build: Build


@cache
def entries() -> dict[str, Entry]:
    """All entries by name, sorted."""
    found = {}
    for info in pkgutil.iter_modules(__path__):
        if info.name.startswith("_"):
            continue
        module = import_module(f"{__name__}.{info.name}")
        found[module.NAME] = Entry(
            module.NAME, module.SYNTAX, module.SUMMARY, module.EXAMPLES, module.build
        )
    return dict(sorted(found.items()))
