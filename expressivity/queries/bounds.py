"""Best upper and lower bounds of a kind of models, each with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from expressivity.queries.ask import rests_on
from expressivity.queries.assumptions import possible
from expressivity.queries.explain import Wording, shown_class
from expressivity.variants import Variant
from proofs import base, search
from proofs.kernel import REGULAR, Theorem
from proofs.profile import Profile, inside
from proofs.statements import Lower, NotSub, Open, Upper


@dataclass(frozen=True)
class Bounds:
    """What is known about the languages of a kind of models.

    `upper` are the least classes that contain all of them, `regular` the least that contain the
    regular ones (where that says more), `lower` the largest classes that they contain. `exact`
    is a class that is both. `conditional` are conjectures about an upper bound, in words; `open`
    are questions that the literature records about the kind.
    """

    upper: tuple[Theorem, ...]
    regular: tuple[Theorem, ...]
    lower: tuple[Theorem, ...]
    exact: str | None
    conditional: tuple[str, ...]
    open: tuple[Theorem, ...]

    def to_json(self, variant: Variant) -> dict[str, Any]:
        """The bounds as plain data (see `variant --json`)."""
        wording = Wording(variant.name, variant.profile)

        def listed(theorems: tuple[Theorem, ...]) -> list[dict[str, Any]]:
            return [{"class": s.cls, "because": wording.tree(t)} for t in theorems
                    if isinstance(s := t.statement, Upper | Lower)]

        noted = {"notes": list(variant.notes)} if variant.notes else {}
        return noted | {
            "variant": variant.name, "boxes": [box.to_plain() for box in variant.profile],
            "exact": self.exact, "upper": listed(self.upper), "regular": listed(self.regular),
            "lower": listed(self.lower), "conditional": list(self.conditional),
            "open": [wording.tree(t) for t in self.open],
            "rests_on": rests_on((*self.upper, *self.regular, *self.lower)),
        }


def bounds(region: Profile, given: frozenset[str] = frozenset()) -> Bounds:
    """All bounds on a profile that the base derives, with the given conjectures taken for true."""
    upper = _least(search.profile_upper_bounds(region, None, given), given)
    within = _least(search.profile_upper_bounds(region, REGULAR, given), given)
    regular = tuple(t for t in within if isinstance(s := t.statement, Upper) and not any(
        isinstance(u := o.statement, Upper) and search.contains(u.cls, s.cls, None, given)
        for o in upper))
    lower = _largest(search.lower_bounds(region), given)
    stated = [s.cls for t in lower if isinstance(s := t.statement, Lower)]
    exact = next((s.cls for t in upper if isinstance(s := t.statement, Upper)
                  and any(search.contains(s.cls, cls, None, given) for cls in stated)), None)
    classes = {s.cls for t in upper if isinstance(s := t.statement, Upper)}
    return Bounds(upper, regular, lower, exact, tuple(_conditional(classes, given)),
                  tuple(_open(region)))


def _conditional(classes: set[str], given: frozenset[str]) -> Iterator[str]:
    """Classes that the kind does not contain unless some upper bound of it collapses."""
    apart = search.separations(search.Assumptions(given))
    for entry in base.conjectures().values():
        if isinstance(s := entry.holds, NotSub) and s.right in classes:
            if (s.left, s.right) in apart:
                yield f"does not contain {shown_class(s.left)}, as {entry.believed}"
            elif f"{entry.id}:holds" in possible(given):
                yield f"does not contain {shown_class(s.left)} unless {entry.refuted}"


def _least(theorems: list[Theorem], given: frozenset[str]) -> tuple[Theorem, ...]:
    """Bounds by least classes; of classes that are equal the first."""
    stated = [(s.cls, t) for t in theorems if isinstance(s := t.statement, Upper)]

    def inside(one: str, other: str) -> bool:
        return search.contains(one, other, None, given)

    return tuple(t for k, (cls, t) in enumerate(stated) if not any(
        inside(other, cls) and (j < k or not inside(cls, other))
        for j, (other, _) in enumerate(stated) if j != k))


def _largest(theorems: tuple[Theorem, ...], given: frozenset[str]) -> tuple[Theorem, ...]:
    """Bounds by largest classes; of classes that are equal the first."""
    found: dict[str, Theorem] = {}
    for t in theorems:
        if isinstance(s := t.statement, Lower):
            found.setdefault(s.cls, t)
    stated = list(found)

    def inside(one: str, other: str) -> bool:
        return search.contains(one, other, None, given)

    return tuple(t for k, (cls, t) in enumerate(found.items()) if not any(
        inside(cls, other) and (j < k or not inside(other, cls))
        for j, other in enumerate(stated) if j != k))


def _open(region: Profile) -> list[Theorem]:
    """Recorded open questions about models that include all of the region."""
    return [t for t in search.base_theorems() if isinstance(o := t.statement, Open)
            and isinstance(s := o.statement, Lower | Upper)
            and all(any(inside(box, outer) for outer in s.region) for box in region)]
