"""The search for derivations. Untrusted: everything it finds was made by the kernel's rules.

Derivations are ranked by the number of conjectures they assume beside those that are given, then
by their length.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from proofs import base, kernel
from proofs.axes import AXIS
from proofs.kernel import Theorem
from proofs.profile import Box, Profile, inside, offers, outside_on
from proofs.statements import (
    Can,
    Cannot,
    Closed,
    Hard,
    HardOutside,
    In,
    Language,
    Lower,
    NotIn,
    NotSub,
    Open,
    Sub,
    Upper,
)

MAX_SPLITS = 2
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Assumptions:
    """What may be assumed, as tags "ID:holds" and "ID:fails" of conjectures.

    Those `given` are free. Of the `possible` ones a derivation uses at most one.
    """

    given: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()

    def cost(self, theorem: Theorem) -> int:
        """The number of conjectures that a theorem assumes beside the given ones."""
        return len(theorem.hypotheses - self.given)


NOTHING = Assumptions()


class Found(dict[_Key, Theorem]):
    """The best theorem known for each key, grown by a best-first closure."""

    def close(self, start: Iterable[tuple[_Key, Theorem]],
              step: Callable[[_Key, Theorem], Iterator[tuple[_Key, Theorem]]],
              assumptions: Assumptions = NOTHING) -> None:
        """Add everything reachable from `start`; the cheapest derivation of a key stays."""
        queue: list[tuple[int, int, int, _Key, Theorem]] = []
        count = 0

        def push(key: _Key, theorem: Theorem, steps: int) -> None:
            nonlocal count
            cost = assumptions.cost(theorem)
            if key not in self and cost <= 1:
                count += 1
                heapq.heappush(queue, (cost, steps, count, key, theorem))

        for key, theorem in start:
            push(key, theorem, 0)
        while queue:
            _, steps, _, key, theorem = heapq.heappop(queue)
            if key in self:
                continue
            self[key] = theorem
            for next_key, next_theorem in step(key, theorem):
                push(next_key, next_theorem, steps + 1)


@cache
def base_theorems() -> tuple[Theorem, ...]:
    """Every statement of the base as a theorem."""
    return tuple(kernel.axiom(entry.id, k) for entry in base.axioms().values()
                 for k in range(len(entry.statements)))


@cache
def _assumed(tags: frozenset[str]) -> tuple[Theorem, ...]:
    parts = [tag.rpartition(":") for tag in sorted(tags)]
    return tuple(kernel.assume(identifier, side == "holds") for identifier, _, side in parts)


@cache
def every_conjecture() -> frozenset[str]:
    """The tags of conjectures of the base and of their negations.

    Without those that say no more here than a weaker one, as the exponential time hypothesis.
    """
    return frozenset(f"{name}:{side}" for name, entry in base.conjectures().items()
                     if entry.fails is not None for side in ("holds", "fails"))


@cache
def inclusions(tags: frozenset[str] = frozenset()) -> tuple[Theorem, ...]:
    """All inclusions between classes that the base states, and those of the tags."""
    pool = base_theorems() + _assumed(tags)
    return tuple(t for t in pool if isinstance(t.statement, Sub))


@cache
def separations(assumptions: Assumptions = NOTHING) -> Found[tuple[str, str]]:
    """All derivable `A not<= B`, by the pair (A, B)."""
    found: Found[tuple[str, str]] = Found()
    pool = base_theorems() + _assumed(assumptions.given | assumptions.possible)
    # A collapse that is merely possible, and believed by nobody, separates nothing.
    widen = [t for t in inclusions(assumptions.given)
             if isinstance(t.statement, Sub) and not t.statement.within]

    def step(key: tuple[str, str], theorem: Theorem) -> Iterator[tuple[tuple[str, str], Theorem]]:
        for edge in widen:
            s = edge.statement
            if isinstance(s, Sub) and (s.lower == key[0] or s.upper == key[1]):
                wider = kernel.widen_separation(theorem, edge)
                t = wider.statement
                if isinstance(t, NotSub):
                    yield (t.left, t.right), wider

    found.close((((t.statement.left, t.statement.right), t) for t in pool
                 if isinstance(t.statement, NotSub)), step, assumptions)
    return found


@cache
def class_inclusions(lower: str, within: str | None = None,
                     given: frozenset[str] = frozenset()) -> Found[str]:
    """Every class that contains `lower` (or `lower` within a scope), by name."""
    found: Found[str] = Found()
    edges = inclusions(given)

    def step(cls: str, theorem: Theorem) -> Iterator[tuple[str, Theorem]]:
        for edge in edges:
            s = edge.statement
            if isinstance(s, Sub) and s.lower == cls and s.within in (None, within):
                yield s.upper, kernel.chain(theorem, edge)

    start = [(s.upper, t) for t in edges if isinstance(s := t.statement, Sub)
             and s.lower == lower and s.within in (None, within)]
    found.close(start, step, Assumptions(given))
    return found


def contains(lower: str, upper: str, within: str | None = None,
             given: frozenset[str] = frozenset()) -> bool:
    """Does the base derive that `lower` (within a scope) is inside `upper`?"""
    return lower == upper or upper in class_inclusions(lower, within, given)


def contradiction(given: frozenset[str]) -> tuple[Theorem, Theorem] | None:
    """An inclusion and its contrary that both follow from the tags, if any do."""
    for (left, right), apart in separations(Assumptions(given)).items():
        inside = class_inclusions(left, None, given).get(right)
        if inside is not None:
            return inside, apart
    return None


class Knowledge:
    """All that follows about one language: classes it is in, and classes it is not in."""

    def __init__(self, language: Language, facts: Iterable[Theorem], *,
                 assumptions: Assumptions = NOTHING) -> None:
        self.language = language
        self.assumptions = assumptions
        known = [*facts, *about(language)]
        if language.automaton is not None:
            known.append(kernel.regular(language))
        self.member: Found[str] = Found()
        self.member.close(((t.statement.cls, t) for t in known if isinstance(t.statement, In)),
                          self._upwards, assumptions)
        # Scoped inclusions need facts that may have been found later: one more round.
        self.member.close(list(self._scoped_upwards()), self._upwards, assumptions)
        self.excluded: Found[str] = Found()
        self.excluded.close(
            [*((t.statement.cls, t) for t in known if isinstance(t.statement, NotIn)),
             *self._by_hardness(known)], self._downwards, assumptions)

    def _upwards(self, cls: str, theorem: Theorem) -> Iterator[tuple[str, Theorem]]:
        for edge in inclusions(self.assumptions.given | self.assumptions.possible):
            s = edge.statement
            if isinstance(s, Sub) and s.lower == cls and s.within is None:
                yield s.upper, kernel.raise_membership(theorem, edge)

    def _scoped_upwards(self) -> Iterator[tuple[str, Theorem]]:
        for edge in inclusions():
            s = edge.statement
            if isinstance(s, Sub) and s.within is not None and s.within in self.member \
                    and s.lower in self.member:
                yield s.upper, kernel.raise_membership(self.member[s.lower], edge,
                                                       self.member[s.within])

    def _downwards(self, cls: str, theorem: Theorem) -> Iterator[tuple[str, Theorem]]:
        # A collapse that is merely possible, and believed by nobody, excludes nothing.
        for edge in inclusions(self.assumptions.given):
            s = edge.statement
            if not isinstance(s, Sub) or s.upper != cls:
                continue
            if s.within is None:
                yield s.lower, kernel.lower_exclusion(theorem, edge)
            elif s.within in self.member:
                yield s.lower, kernel.lower_exclusion(theorem, edge, self.member[s.within])

    def _by_hardness(self, known: list[Theorem]) -> Iterator[tuple[str, Theorem]]:
        hard = [t for t in known if isinstance(t.statement, Hard)]
        for rule in base_theorems():
            h = rule.statement
            if isinstance(h, HardOutside):
                hard += [kernel.hard_outside(rule, self.member[h.within], t) for t in known
                         if h.within in self.member and isinstance(t.statement, NotIn)
                         and t.statement.cls == h.outside]
        if not hard:
            return
        apart = separations(self.assumptions)
        for closure in base_theorems():
            c = closure.statement
            if not isinstance(c, Closed):
                continue
            for t in hard:
                h = t.statement
                if isinstance(h, Hard) and h.under in c.under and (h.cls, c.cls) in apart:
                    yield c.cls, kernel.hard_excludes(t, apart[h.cls, c.cls], closure)


def about(language: Language) -> list[Theorem]:
    """The base's own statements about the language."""
    return [t for t in base_theorems() if isinstance(t.statement, In | NotIn | Hard)
            and t.statement.language == language]


# ---- kinds of models ------------------------------------------------------------------------


@cache
def upper_bounds(box: Box) -> tuple[Theorem, ...]:
    """All upper bounds of the base that hold for a box."""
    return tuple(kernel.restrict(t, (box,)) for t in base_theorems()
                 if isinstance(t.statement, Upper) and not box.each
                 and any(inside(box, outer) for outer in t.statement.region))


def profile_upper_bounds(region: Profile, within: str | None = None,
                         given: frozenset[str] = frozenset()) -> list[Theorem]:
    """Every derivable `V <= C`, of all languages or within a scope."""
    parts = [_upper_bounds_of_box(box, within, given) for box in region]
    if len(parts) == 1:
        return list(parts[0].values())
    result = []
    for cls in sorted(set.intersection(*(set(part) for part in parts))):
        theorems = [part[cls] for part in parts]
        if len({t.statement.within for t in theorems if isinstance(t.statement, Upper)}) == 1:
            result.append(kernel.unite(region, theorems))
    return result


def _upper_bounds_of_box(box: Box, within: str | None, given: frozenset[str]) -> Found[str]:
    found: Found[str] = Found()

    def step(cls: str, theorem: Theorem) -> Iterator[tuple[str, Theorem]]:
        for edge in inclusions(given):
            s = edge.statement
            if isinstance(s, Sub) and s.lower == cls and s.within in (None, within):
                yield s.upper, kernel.raise_upper(theorem, edge)

    found.close(((s.cls, t) for t in smallest_first(upper_bounds(box))
                 if isinstance(s := t.statement, Upper) and s.within in (None, within)), step,
                Assumptions(given))
    return found


@cache
def lower_bounds(region: Profile) -> tuple[Theorem, ...]:
    """All lower bounds of the base that a region offers."""
    return tuple(kernel.extend(t, region) for t in base_theorems()
                 if isinstance(t.statement, Lower) and offered(region, t.statement.region))


def offered(region: Profile, construction: Profile) -> bool:
    """Does the region contain every box of a construction?"""
    return all(any(offers(have, need) for have in region) for need in construction)


def rank(theorem: Theorem, assumptions: Assumptions = NOTHING) -> tuple[int, int, int]:
    """Fewer conjectures first, above all those that are not given; then shorter derivations."""
    seen: set[int] = set()
    stack = [theorem]
    while stack:
        t = stack.pop()
        if id(t) not in seen:
            seen.add(id(t))
            stack += t.premises
    return assumptions.cost(theorem), len(theorem.hypotheses), len(seen)


def best(theorems: Iterable[Theorem], assumptions: Assumptions = NOTHING) -> Theorem | None:
    """The theorem of lowest rank; of equals the first."""
    return min(theorems, key=lambda t: rank(t, assumptions), default=None)


def possibility(knowledge: Knowledge, region: Profile) -> Theorem | None:
    """`L in V`, if it can be derived."""
    language = knowledge.language
    found = [kernel.possible(bound, knowledge.member[s.cls]) for bound in lower_bounds(region)
             if isinstance(s := bound.statement, Lower) and s.cls in knowledge.member]
    found += [kernel.extend(t, region) for t in base_theorems()
              if isinstance(s := t.statement, Can) and s.language == language
              and offered(region, s.region)]
    return best(found, knowledge.assumptions)


def impossibility(knowledge: Knowledge, region: Profile) -> Theorem | None:
    """`L not in V`, if it can be derived for every box of the region.

    With several boxes one class that holds them all comes first, so that one conjecture serves.
    """
    if len(region) > 1:
        common = [kernel.impossible(bound, knowledge.excluded[s.cls])
                  for bound in smallest_first(profile_upper_bounds(region))
                  if isinstance(s := bound.statement, Upper) and s.cls in knowledge.excluded]
        cost = knowledge.assumptions.cost
        if common:
            return min(common, key=lambda t: (cost(t), len(t.hypotheses)))
    parts = [_impossible_in(knowledge, box, MAX_SPLITS) for box in region]
    derived = [p for p in parts if p is not None]
    if not parts or len(derived) < len(parts):
        return None
    return derived[0] if len(derived) == 1 else kernel.unite(region, derived)


def _impossible_in(knowledge: Knowledge, box: Box, splits: int) -> Theorem | None:
    found = []
    for bound in smallest_first(upper_bounds(box)):
        s = bound.statement
        if not isinstance(s, Upper) or s.cls not in knowledge.excluded:
            continue
        if s.within is None:
            found.append(kernel.impossible(bound, knowledge.excluded[s.cls]))
        elif s.within in knowledge.member:
            found.append(kernel.impossible(bound, knowledge.excluded[s.cls],
                                           knowledge.member[s.within]))
    found += [kernel.restrict(t, (box,)) for t in base_theorems()
              if isinstance(s := t.statement, Cannot) and s.language == knowledge.language
              and any(inside(box, outer) for outer in s.region)]
    if found:
        return best(found, knowledge.assumptions)
    return _by_cases(box, splits, lambda piece: _impossible_in(knowledge, piece, splits - 1))


def _by_cases(box: Box, splits: int, solve: Callable[[Box], Theorem | None]) -> Theorem | None:
    """Split the box along one axis of alternatives, if each case can be solved."""
    if splits == 0:
        return None
    for axis in _worth_splitting(box, splits):
        value = box[axis]
        if not isinstance(value, frozenset) or len(value) < 2:
            continue
        parts = []
        for choice in sorted(value):
            part = solve(box.replace(axis, frozenset([choice])))
            if part is None:
                break
            parts.append(part)
        else:
            return kernel.split(box, axis, parts)
    return None


@cache
def _worth_splitting(box: Box, splits: int) -> tuple[str, ...]:
    """Axes of alternatives on which the box barely leaves the region of some upper bound."""
    axes: set[str] = set()
    for theorem in base_theorems():
        s = theorem.statement
        for outer in s.region if isinstance(s, Upper | Cannot) else ():
            names = outside_on(box, outer)
            if len(names) <= splits and all(AXIS[n].kind == "alternatives" for n in names):
                axes.update(names)
    return tuple(sorted(axes))


def smallest_first(bounds: Iterable[Theorem]) -> list[Theorem]:
    """Upper bounds ordered so that a smaller class comes before a larger one."""
    pool = [t for t in bounds if isinstance(t.statement, Upper)]

    def larger_than(theorem: Theorem) -> int:
        s = theorem.statement
        return sum(1 for t in pool if isinstance(o := t.statement, Upper) and isinstance(s, Upper)
                   and o.cls != s.cls and contains(o.cls, s.cls, o.within))

    return sorted(pool, key=larger_than)


def open_bounds(box: Box) -> list[Theorem]:
    """Upper bounds on the box that the literature records as open."""
    return [t for t in base_theorems() if isinstance(o := t.statement, Open)
            and isinstance(u := o.statement, Upper)
            and any(inside(box, outer) for outer in u.region)]
