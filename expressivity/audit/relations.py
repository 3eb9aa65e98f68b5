"""Is a relation between a kind of models and a class, or a language and a class, derived?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from expressivity.queries.ask import InconsistentBase, ask
from expressivity.queries.assumptions import contrary, possible
from expressivity.queries.explain import shown_class
from expressivity.queries.facts import Facts, term
from expressivity.queries.telling import apart, usual
from expressivity.variants import Variant
from languages.classes.analysis import Budget
from languages.language import Language
from proofs import search
from proofs.growth import Interval
from proofs.kernel import Theorem
from proofs.profile import Box, Profile, inside
from proofs.search import Assumptions
from proofs.statements import Can, Cannot, Lower, Open, Upper


@dataclass(frozen=True)
class Finding:
    """`truth` is true, false, conditional, open or unknown; `theorems` are what it rests on."""

    truth: str
    why: str
    theorems: tuple[Theorem, ...] = ()
    conditions: tuple[str, ...] = ()


RECORDED = "the base records that nobody knows"
UNKNOWN = Finding("unknown", "neither this nor the contrary is derived")


def class_finding(relation: str, variant: Variant, cls: str) -> Finding:
    """`inside`, `not-inside`, `contains` or `equals`, of L(V) and a class."""
    if relation == "equals":
        return _both(_inside(variant, cls), _contains(variant, cls))
    if relation == "contains":
        return _contains(variant, cls)
    found = _inside(variant, cls)
    return found if relation == "inside" else _negated(found)


def language_finding(relation: str, language: Language, variant: Variant,
                     budget: Budget) -> Finding:
    """V `recognises` a language, or `cannot`."""
    verdict = ask(language, variant, budget)
    wanted, other = ("yes", "no") if relation == "recognises" else ("no", "yes")
    truth = {wanted: "true", other: "false"}.get(verdict.answer, verdict.answer)
    why = f"can {language.name} be recognised: {verdict.answer}"
    if truth != "unknown":
        return Finding(truth, why, verdict.theorems, verdict.conditions)
    for t in search.base_theorems():
        s = t.statement
        if isinstance(s, Open) and isinstance(inner := s.statement, Can | Cannot) \
                and inner.language == term(language) and _covers(inner.region, variant):
            return Finding("open", RECORDED, (t,))
    return Finding("unknown", why)


def membership_finding(facts: Facts, cls: str, inside: bool) -> Finding:
    """A language is in a class, or not."""
    name = f"{facts.term.name} is"
    for assumptions in (search.NOTHING, Assumptions(possible=possible(frozenset()))):
        knowledge = facts.knowledge(facts.classes(), assumptions)
        for found, truth in ((knowledge.member, inside), (knowledge.excluded, not inside)):
            if cls in found:
                theorem = found[cls]
                says = f"{name} {'' if found is knowledge.member else 'not '}in {shown_class(cls)}"
                return _weighed("true" if truth else "false", says, (theorem,))
    return UNKNOWN


def stronger(relation: str, variant: Variant, cls: str) -> Finding | None:
    """A bound that says strictly more than `inside` or `contains` a class, if one is derived."""
    if relation == "inside":
        for t in search.smallest_first(search.profile_upper_bounds(variant.profile)):
            if isinstance(s := t.statement, Upper) and search.contains(s.cls, cls) \
                    and (separation := apart(cls, s.cls)) is not None:
                return Finding("true", f"inside {shown_class(s.cls)}", (t, separation))
    elif relation == "contains":
        for t in search.lower_bounds(variant.profile):
            if isinstance(s := t.statement, Lower) and search.contains(cls, s.cls) \
                    and (separation := apart(s.cls, cls)) is not None:
                return Finding("true", f"contains {shown_class(s.cls)}", (t, separation))
    return None


def _inside(variant: Variant, cls: str) -> Finding:
    """L(V) is inside the class: by a bound; not, by a language or a class that V recognises."""
    region = variant.profile
    for t in search.smallest_first(search.profile_upper_bounds(region)):
        if isinstance(s := t.statement, Upper) and s.cls == cls:
            return Finding("true", f"inside {shown_class(cls)}", (t,))
    weak: Finding | None = None
    for assumptions in (search.NOTHING, Assumptions(possible=possible(frozenset()))):
        found = _beyond(variant, cls, assumptions)
        if found is not None and found.truth == "false":
            return found
        weak = weak or found
    if weak is not None:
        return weak
    return _recorded(variant, cls, Upper) or UNKNOWN


def _beyond(variant: Variant, cls: str, assumptions: Assumptions) -> Finding | None:
    """Something that V recognises and that is not in the class."""
    for fact in usual():
        outside = fact.knowledge(fact.classes(), assumptions).excluded.get(cls)
        can = None if outside is None else search.possibility(
            fact.knowledge(fact.classes()), variant.profile)
        if outside is not None and can is not None:
            return _weighed("false", f"{fact.term.name} is recognised and not in "
                            f"{shown_class(cls)}", (can, outside))
    for lower in search.lower_bounds(variant.profile):
        if isinstance(s := lower.statement, Lower) \
                and (separation := apart(s.cls, cls, assumptions)) is not None:
            return _weighed("false", f"contains {shown_class(s.cls)}, which is not inside "
                            f"{shown_class(cls)}", (lower, separation))
    return None


def _contains(variant: Variant, cls: str) -> Finding:
    """The class is inside L(V): by a construction; not, by an upper bound or a language."""
    region = variant.profile
    for t in search.lower_bounds(region):
        if isinstance(s := t.statement, Lower) and search.contains(cls, s.cls):
            inclusion = () if s.cls == cls else (search.class_inclusions(cls)[s.cls],)
            return Finding("true", f"contains {shown_class(s.cls)}", (t, *inclusion))
    for assumptions in (search.NOTHING, Assumptions(possible=possible(frozenset()))):
        for upper in search.smallest_first(search.profile_upper_bounds(region)):
            if isinstance(s := upper.statement, Upper) \
                    and (separation := apart(cls, s.cls, assumptions)) is not None:
                return _weighed("false", f"inside {shown_class(s.cls)}, which does not contain "
                                f"{shown_class(cls)}", (upper, separation))
        for fact in usual():
            knowledge = fact.knowledge(fact.classes(), assumptions)
            cannot = search.impossibility(knowledge, region) \
                if cls in fact.knowledge(fact.classes()).member else None
            if cannot is not None:
                member = fact.knowledge(fact.classes()).member[cls]
                return _weighed("false", f"{fact.term.name} is in {shown_class(cls)} and not "
                                "recognised", (member, cannot))
    return _recorded(variant, cls, Lower) or UNKNOWN


def _recorded(variant: Variant, cls: str, kind: type[Upper | Lower]) -> Finding | None:
    """An open question of the base about the kind that would settle it."""
    for t in search.base_theorems():
        s = t.statement
        if isinstance(s, Open) and isinstance(inner := s.statement, kind) and inner.cls == cls \
                and _covers(inner.region, variant):
            return Finding("open", RECORDED, (t,))
    return None


def _covers(region: Profile, variant: Variant) -> bool:
    """Is a question about the region one about the variant, too?

    Of smaller models the answer may well be known: so one of the boxes must grow as the region.
    """
    around = [[outer for outer in region if inside(box, outer)] for box in variant.profile]
    return all(around) and any(_as_large(box, outer) for box, found in zip(
        variant.profile, around, strict=True) for outer in found)


def _as_large(box: Box, outer: Box) -> bool:
    """Does every resource have the same upper end?"""
    return all((small.high, small.high_open) == (big.high, big.high_open)
               for small, big in zip(box.values, outer.values, strict=True)
               if isinstance(small, Interval) and isinstance(big, Interval))


def _both(one: Finding, other: Finding) -> Finding:
    """Two findings that must both be true."""
    for truth in ("false", "open", "unknown", "conditional"):
        for finding in (one, other):
            if finding.truth == truth:
                return finding
    return Finding("true", f"{one.why}, {other.why}", (*one.theorems, *other.theorems))


def _negated(found: Finding) -> Finding:
    if found.truth == "conditional":  # what speaks against it under a conjecture speaks for this
        return replace(found, conditions=tuple(
            text.replace("false unless", "true unless") for text in found.conditions))
    truth = {"true": "false", "false": "true"}.get(found.truth, found.truth)
    return Finding(truth, found.why, found.theorems, found.conditions)


def _weighed(truth: str, why: str, theorems: tuple[Theorem, ...]) -> Finding:
    """A finding, conditional if its theorems assume something."""
    tags = sorted(frozenset().union(*(t.hypotheses for t in theorems)))
    if not tags:
        return Finding(truth, why, theorems)
    if truth == "true":
        raise InconsistentBase("a bound of the base rests on a conjecture")
    return Finding("conditional", why, theorems, tuple(
        f"false unless {contrary(tag)}" for tag in tags))
