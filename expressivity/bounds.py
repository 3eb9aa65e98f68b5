"""Best upper and lower bounds of a kind of models, each with its derivation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from expressivity.ask import rests_on
from expressivity.explain import Wording, shown_class
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

        return {
            "variant": variant.name, "boxes": [box.to_plain() for box in variant.profile],
            "exact": self.exact, "upper": listed(self.upper), "regular": listed(self.regular),
            "lower": listed(self.lower), "conditional": list(self.conditional),
            "open": [wording.tree(t) for t in self.open],
            "rests_on": rests_on((*self.upper, *self.regular, *self.lower)),
        }


def bounds(region: Profile) -> Bounds:
    """All bounds on a profile that the base derives."""
    upper = _least(search.profile_upper_bounds(region))
    within = _least(search.profile_upper_bounds(region, REGULAR))
    regular = tuple(t for t in within if isinstance(s := t.statement, Upper) and not any(
        isinstance(u := o.statement, Upper) and search.contains(u.cls, s.cls) for o in upper))
    lower = _largest(search.lower_bounds(region))
    classes = {s.cls for t in upper if isinstance(s := t.statement, Upper)}
    exact = next((s.cls for t in lower if isinstance(s := t.statement, Lower)
                  and s.cls in classes), None)
    return Bounds(upper, regular, lower, exact, tuple(_conditional(classes)),
                  tuple(_open(region)))


def _conditional(classes: set[str]) -> Iterator[str]:
    """Classes that the kind does not contain unless some upper bound of it collapses."""
    for entry in base.conjectures().values():
        if isinstance(s := entry.holds, NotSub) and s.right in classes:
            yield f"does not contain {shown_class(s.left)} unless {entry.refuted}"


def _least(theorems: list[Theorem]) -> tuple[Theorem, ...]:
    """Drop bounds by a class that another bound's class is strictly inside of."""
    stated = [(s.cls, t) for t in theorems if isinstance(s := t.statement, Upper)]
    return tuple(t for cls, t in stated if not any(
        other != cls and search.contains(other, cls) for other, _ in stated))


def _largest(theorems: list[Theorem]) -> tuple[Theorem, ...]:
    stated: dict[str, Theorem] = {}
    for t in theorems:
        if isinstance(s := t.statement, Lower):
            stated.setdefault(s.cls, t)
    return tuple(t for cls, t in stated.items() if not any(
        other != cls and search.contains(cls, other) for other in stated))


def _open(region: Profile) -> list[Theorem]:
    """Recorded open questions about models that include all of the region."""
    return [t for t in search.base_theorems() if isinstance(o := t.statement, Open)
            and isinstance(s := o.statement, Lower | Upper)
            and all(any(inside(box, outer) for outer in s.region) for box in region)]
