"""Changes on one axis that turn an answer into a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from expressivity.queries.ask import Verdict, ask
from expressivity.queries.facts import Facts
from expressivity.queries.vary import one_step
from expressivity.variants import parse_variant
from languages.classes.analysis import Budget
from proofs.axes import AXIS


@dataclass(frozen=True)
class Repair:
    """A kind of models that differs on one axis, and the yes for it."""

    axis: str
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        """The change as plain data."""
        return {"axis": self.axis, "variant": self.verdict.variant.name,
                "rests_on": self.verdict.to_json()["rests_on"]}


def repairs(verdict: Verdict, budget: Budget | None = None,
            progress: Callable[[str, int], None] | None = None) -> list[Repair]:
    """All one-axis changes of the variant that give a yes; on growth axes the least value tried.

    Empty if the answer is yes already.
    """
    if verdict.answer == "yes":
        return []
    facts = Facts(verdict.language, budget or Budget())
    found: list[Repair] = []
    done: set[str] = set()
    for k, (axis, name) in enumerate(one_step(verdict.variant, verdict.variant.name)):
        if progress is not None:
            progress(f"trying {name}", k)
        if axis in done:
            continue
        other = ask(verdict.language, parse_variant(name), given=verdict.assumed, facts=facts)
        if other.answer == "yes":
            found.append(Repair(axis, other))
            if AXIS[axis].kind == "growth":
                done.add(axis)
    return found
