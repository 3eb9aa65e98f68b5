"""The classes that matter for a question, ordered by what the theorem base derives."""

from __future__ import annotations

from collections.abc import Iterable

from expressivity.queries.bounds import Bounds
from expressivity.queries.explain import DERIVED, shown_class, source
from expressivity.report.data import ClassNode, Diagram, Inclusion
from proofs import derivation, search
from proofs.classes import CLASSES
from proofs.kernel import REGULAR, Theorem
from proofs.search import Knowledge
from proofs.statements import In, Lower, NotIn, NotSub, Sub, Upper

LANDMARKS = ("R-trivial", "star-free", "REG", "AC0", "D-TC0", "NC1", "P")
"""Shown in every diagram, so that readers find their way."""


def classes_of(theorems: Iterable[Theorem]) -> set[str]:
    """All classes that the steps of derivations speak of."""
    found: set[str] = set()
    for step in derivation.steps_of(tuple(theorems)):
        s = step.statement
        if isinstance(s, In | NotIn | Upper | Lower):
            found.add(s.cls)
        elif isinstance(s, Sub):
            found.update((s.lower, s.upper))
        elif isinstance(s, NotSub):
            found.update((s.left, s.right))
    return found


def frontier(knowledge: Knowledge) -> set[str]:
    """The least classes that a language is in and the largest that it is not in."""
    member, excluded = set(knowledge.member), set(knowledge.excluded)
    return ({c for c in member if not any(_below(o, c) for o in member)}
            | {c for c in excluded if not any(_below(c, o) for o in excluded)})


def interval(found: Bounds) -> set[str]:
    """The classes of the bounds, and all between a lower and an upper one."""
    lower, upper, regular = (_classes(side) for side in (found.lower, found.upper, found.regular))
    between = {c for c in CLASSES if any(search.contains(a, c) for a in lower)
               and any(search.contains(c, b) for b in upper)}
    return lower | upper | regular | between


def diagram(chosen: Iterable[str], *, bounds: Bounds | None = None, variant: str = "",
            knowledge: Knowledge | None = None, language: str = "") -> Diagram:
    """The chosen classes and landmarks: neighbours only, equal classes joined.

    An inclusion is there if the base derives it, and proper if the base derives the separation;
    nothing here knows any of them.
    """
    wanted = set(chosen) | set(LANDMARKS)
    order = [c for c in CLASSES if c in wanted]  # the order of the list of classes
    joined: list[list[str]] = []
    for cls in order:
        for group in joined:
            if search.contains(cls, group[0]) and search.contains(group[0], cls):
                group.append(cls)
                break
        else:
            joined.append([cls])
    nodes = tuple(ClassNode(" = ".join(map(shown_class, group)),
                            "; ".join(CLASSES[c].meaning for c in group),
                            _role(group, bounds), _status(group, knowledge)) for group in joined)
    first = [group[0] for group in joined]
    edges = tuple(_inclusion(first, i, j) for i, a in enumerate(first)
                  for j, b in enumerate(first) if i != j and search.contains(a, b)
                  and not any(k not in (i, j) and search.contains(a, c) and search.contains(c, b)
                              for k, c in enumerate(first)))
    return Diagram(nodes, edges, variant, language)


def _inclusion(classes: list[str], i: int, j: int) -> Inclusion:
    lower, upper = classes[i], classes[j]
    used = [search.class_inclusions(lower)[upper]]
    apart = search.separations().get((upper, lower))
    if apart is not None:
        used.append(apart)
    citations: dict[str, None] = {}
    for step in derivation.steps_of(tuple(used)):
        if step.rule == "axiom" and step.axiom is not None:
            entry = source(step.axiom)
            cited = entry["citation"]
            citations[f"{cited} ({step.axiom})" if cited == DERIVED else cited] = None
    return Inclusion(i, j, apart is not None, tuple(citations))


def _classes(theorems: Iterable[Theorem]) -> set[str]:
    return {s.cls for t in theorems if isinstance(s := t.statement, Upper | Lower)}


def _below(lower: str, upper: str) -> bool:
    """Strictly below, as far as the base derives."""
    return lower != upper and search.contains(lower, upper) and not search.contains(upper, lower)


def _role(group: list[str], found: Bounds | None) -> str:
    """How a class lies to the variant; the strongest that is known."""
    if found is None:
        return ""
    lower, upper = _classes(found.lower), _classes(found.upper)
    inside = any(search.contains(c, a) for c in group for a in lower)
    above = any(search.contains(b, c) for c in group for b in upper)
    if inside and above:
        return "exact"
    regular = bool(_classes(found.regular) & set(group))
    if regular and inside and any(search.contains(c, REGULAR) for c in group):
        return "regular-exact"
    for role, holds in (("lower", lower & set(group)), ("upper", upper & set(group)),
                        ("regular", regular and not inside)):
        if holds:
            return role
    if inside or above:
        return "inside" if inside else "above"
    between = any(search.contains(a, group[0]) for a in lower) and any(
        search.contains(group[0], b) for b in upper)
    return "between" if between else ""


def _status(group: list[str], knowledge: Knowledge | None) -> str:
    if knowledge is None:
        return ""
    if any(c in knowledge.member for c in group):
        return "in"
    return "out" if any(c in knowledge.excluded for c in group) else ""
