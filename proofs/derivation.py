"""Theorems written out as derivation files, for anyone to check again with `proofs.replay`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from proofs.encode import Tables
from proofs.kernel import Theorem
from proofs.profile import Profile

FORMAT = "expressivity derivation"
VERSION = 1


def steps_of(conclusions: Sequence[Theorem]) -> list[Theorem]:
    """All theorems that the conclusions are derived from, premises first, each once."""
    order: list[Theorem] = []
    done: set[int] = set()
    stack = [(theorem, False) for theorem in reversed(conclusions)]
    while stack:
        theorem, premises_done = stack.pop()
        if id(theorem) in done:
            continue
        if premises_done:
            done.add(id(theorem))
            order.append(theorem)
        else:
            stack.append((theorem, True))
            stack += [(premise, False) for premise in reversed(theorem.premises)]
    return order


def to_plain(conclusions: Sequence[Theorem],
             names: Mapping[Profile, str] | None = None) -> dict[str, Any]:
    """The derivation of the conclusions as a JSON value.

    `steps` are in an order in which premises come first; a step refers to its premises by their
    place in that list. `names` are keys for some regions, such as a variant's name.
    """
    tables = Tables(names=names or {})
    order = steps_of(conclusions)
    place = {id(theorem): k for k, theorem in enumerate(order)}
    steps = []
    for theorem in order:
        step: dict[str, Any] = {"rule": theorem.rule,
                                "statement": tables.statement(theorem.statement),
                                "premises": [place[id(p)] for p in theorem.premises]}
        if theorem.rule == "axiom":
            step |= {"axiom": theorem.axiom, "index": theorem.index}
        elif theorem.rule == "assume":
            (tag,) = theorem.hypotheses
            step |= {"conjecture": theorem.axiom, "holds": tag.endswith(":holds")}
        elif theorem.rule in ("certificate", "witness"):
            step |= {"certificate": theorem.certificate}
        elif theorem.rule == "split":
            step |= {"axis": theorem.axis}
        steps.append(step)
    return {
        "format": FORMAT, "version": VERSION,
        "languages": tables.languages, "regions": tables.regions, "steps": steps,
        "conclusions": [{"step": place[id(c)], "hypotheses": sorted(c.hypotheses)}
                        for c in conclusions],
    }
