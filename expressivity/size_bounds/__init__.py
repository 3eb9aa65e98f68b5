"""How large must a model be? Lower bounds with all constants, one module for each in `tasks/`.

These are claims about sizes, not about classes of languages: none enters the theorem base or the
kernel. Each names its hypotheses, its source, and whether its constants were derived here.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from expressivity.size_bounds import tasks
from expressivity.size_bounds.bound import Bound


@cache
def bounds() -> dict[str, tuple[Bound, ...]]:
    """Task -> its bounds, those on attention first."""
    found: dict[str, list[Bound]] = {}
    for info in sorted(pkgutil.iter_modules(tasks.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{tasks.__name__}.{info.name}")
        found.setdefault(module.BOUND.task, []).append(module.BOUND)
    order = ["one layer of attention", "decoded tokens", "fixed state", "asymptotic"]
    return {task: tuple(sorted(found[task], key=lambda b: order.index(b.kind)))
            for task in sorted(found)}
