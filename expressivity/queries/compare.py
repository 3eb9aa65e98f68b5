"""Two kinds of models: does one recognise all that the other does, and which language tells?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from expressivity.queries.ask import InconsistentBase, rests_on
from expressivity.queries.assumptions import claims, contrary, possible
from expressivity.queries.explain import Wording, shown_class
from expressivity.queries.facts import Facts
from expressivity.queries.telling import apart, usual
from expressivity.variants import Variant
from languages.classes.analysis import Budget
from languages.language import Language
from proofs import search
from proofs.kernel import Theorem
from proofs.profile import inside
from proofs.search import NOTHING, Assumptions
from proofs.statements import Lower, Upper

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Side:
    """Is L(V) inside L(W)? `answer` is yes, no, conditional or unknown.

    `why` says it in a line. `theorems` are the kernel's: a bound on V and one on W, an inclusion or
    separation of classes between them if needed, or a possibility and an impossibility for
    `language`. Containment of profiles needs none. `conditions` are as those of verdicts.
    """

    answer: str
    why: str
    theorems: tuple[Theorem, ...] = ()
    language: Language | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Both directions, and the word for them together."""

    left: Variant
    right: Variant
    forward: Side
    backward: Side
    assumed: frozenset[str] = frozenset()

    @property
    def relation(self) -> str:
        """equal, strictly contained, strictly contains, incomparable, contained, contains, ..."""
        one, other = self.forward.answer, self.backward.answer
        return {("yes", "yes"): "equal", ("yes", "no"): "strictly contained",
                ("no", "yes"): "strictly contains", ("no", "no"): "incomparable",
                ("yes", "unknown"): "contained", ("yes", "conditional"): "contained",
                ("unknown", "yes"): "contains", ("conditional", "yes"): "contains",
                ("no", "unknown"): "not contained", ("no", "conditional"): "not contained",
                ("unknown", "no"): "does not contain", ("conditional", "no"): "does not contain",
                }.get((one, other), "conditional" if "conditional" in (one, other) else "unknown")

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain data (see `compare --json`)."""

        def plain(side: Side, inner: Variant, outer: Variant) -> dict[str, Any]:
            return {"inner": inner.name, "outer": outer.name, "answer": side.answer,
                    "why": side.why, "conditions": list(side.conditions),
                    "language": None if side.language is None else side.language.name,
                    "because": [wording(inner, outer, t).tree(t) for t in side.theorems]}

        theorems = (*self.forward.theorems, *self.backward.theorems)
        return {"left": self.left.name, "right": self.right.name, "relation": self.relation,
                **({"assumed": claims(self.assumed)} if self.assumed else {}),
                "sides": [plain(self.forward, self.left, self.right),
                          plain(self.backward, self.right, self.left)],
                "rests_on": rests_on(theorems)}


def wording(left: Variant, right: Variant, theorem: Theorem) -> Wording:
    """Words for a theorem about one of the two."""
    region = getattr(theorem.statement, "region", None)
    chosen = right if region == right.profile != left.profile else left
    return Wording(chosen.name, chosen.profile)


def compare(left: Variant, right: Variant, languages: Iterable[Language] | None = None,
            given: frozenset[str] = frozenset(), budget: Budget | None = None,
            progress: Progress | None = None) -> Comparison:
    """Compare two kinds of models; `languages` are those that may tell them apart."""
    facts = usual() if languages is None else [
        Facts(language, budget or Budget()) for language in languages]
    sides = [_side(one, other, facts, given, progress)
             for one, other in ((left, right), (right, left))]
    return Comparison(left, right, sides[0], sides[1], given)


def _side(inner: Variant, outer: Variant, facts: Sequence[Facts],
          given: frozenset[str], progress: Progress | None) -> Side:
    assumptions = Assumptions(given)
    contained = _contained(inner, outer, given)
    beyond = _by_language(inner, outer, facts, assumptions, progress) \
        or _by_classes(inner, outer, assumptions)
    if contained is not None and beyond is not None:
        raise InconsistentBase(f"L({inner.name}) is inside L({outer.name}), and is not")
    if contained is not None or beyond is not None:
        return contained or beyond or Side("unknown", "")
    perhaps = Assumptions(given, possible(given))
    found = [side for side in (
        _by_language(inner, outer, facts, perhaps, progress),
        _by_classes(inner, outer, perhaps)) if side is not None]
    return found[0] if found else Side("unknown", "nothing in the theorem base says so or the "
                                       "contrary")


def _contained(inner: Variant, outer: Variant, given: frozenset[str]) -> Side | None:
    if all(any(inside(small, big) for big in outer.profile) for small in inner.profile):
        return Side("yes", "every model of the first is one of the second")
    lower = {s.cls: t for t in search.lower_bounds(outer.profile)
             if isinstance(s := t.statement, Lower)}
    for upper in search.profile_upper_bounds(inner.profile, None, given):
        if isinstance(s := upper.statement, Upper) and s.cls in lower:
            return Side("yes", f"the first is inside {shown_class(s.cls)}, the second contains it",
                        (upper, lower[s.cls]))
    return None


def _by_classes(inner: Variant, outer: Variant, assumptions: Assumptions) -> Side | None:
    """A class inside the first, an upper bound of the second, and their separation."""
    found = [(assumptions.cost(separation), lower, upper, separation)
             for lower in search.lower_bounds(inner.profile)
             for upper in search.profile_upper_bounds(outer.profile, None, assumptions.given)
             if isinstance(low := lower.statement, Lower)
             and isinstance(up := upper.statement, Upper)
             and (separation := apart(low.cls, up.cls, assumptions)) is not None]
    if not found:
        return None
    cost, lower, upper, separation = min(found, key=lambda entry: entry[0])
    low, up = lower.statement, upper.statement
    why = ""
    if isinstance(low, Lower) and isinstance(up, Upper):
        why = f"the first contains {shown_class(low.cls)}, the second is inside " \
              f"{shown_class(up.cls)}"
    return _negative(why, (lower, upper, separation), None, assumptions, cost)


def _by_language(inner: Variant, outer: Variant, facts: Sequence[Facts],
                 assumptions: Assumptions, progress: Progress | None) -> Side | None:
    """A language that the first recognises and the second does not."""
    for can, cannot, fact in _separated(inner, outer, facts, assumptions, progress):
        cost = len((can.hypotheses | cannot.hypotheses) - assumptions.given)
        return _negative(f"{fact.language.name} tells them apart", (can, cannot), fact.language,
                         assumptions, cost)
    return None


def _separated(inner: Variant, outer: Variant, facts: Sequence[Facts], assumptions: Assumptions,
               progress: Progress | None) -> Iterator[tuple[Theorem, Theorem, Facts]]:
    for k, fact in enumerate(facts):
        if progress is not None:
            progress(f"trying {fact.term.name}", k)
        knowledge = fact.knowledge(fact.classes(), assumptions)
        cannot = search.impossibility(knowledge, outer.profile)
        if cannot is None:
            continue
        # That it is possible shall not need a collapse.
        plain = fact.knowledge(fact.classes(), Assumptions(assumptions.given)
                               if assumptions.given else NOTHING)
        can = search.possibility(plain, inner.profile)
        if can is not None:
            yield can, cannot, fact


def _negative(why: str, theorems: tuple[Theorem, ...], language: Language | None,
              assumptions: Assumptions, cost: int) -> Side:
    if cost == 0:
        return Side("no", why, theorems, language)
    tags = sorted(frozenset().union(*(t.hypotheses for t in theorems)) - assumptions.given)
    words = "not contained unless " + " or ".join(map(contrary, tags))
    return Side("conditional", why, theorems, language, (words,))
