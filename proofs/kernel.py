"""The kernel: the only maker of theorems.

A theorem is a statement together with the assumptions it was derived under and the axioms,
certificates and definitions it rests on. Each function below is one rule of inference; it checks
its premises and raises `RuleError` when they do not fit. Python cannot hide a constructor, so
every theorem is also written out as a derivation, which `proofs.replay` checks again without
any code of this file.

What is assumed with `assume` stays visible in `hypotheses` for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from proofs import base, checkers
from proofs.models.profile import NoProfile, exact_profile
from proofs.profile import Box, Profile, box_from_mapping, covers, inside, offers
from proofs.statements import (
    Automaton,
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
    Statement,
    Sub,
    Upper,
)
from proofs.witnesses import check_witness

REGULAR = "REG"


class RuleError(Exception):
    """A rule was applied to premises that do not fit it."""


@dataclass(frozen=True, eq=False)
class Theorem:
    """A derived statement. Make one with the rules below, never directly."""

    statement: Statement
    hypotheses: frozenset[str]  # ids "conjecture:holds" or "conjecture:fails"
    rule: str
    premises: tuple[Theorem, ...] = ()
    axiom: str | None = None  # the axiom's or conjecture's id
    index: int | None = None  # which of the axiom's statements
    certificate: Mapping[str, Any] | None = None
    axis: str | None = None  # for `split`


def _fail(rule: str, why: str, *got: object) -> NoReturn:
    raise RuleError(f"{rule}: {why}" + "".join(f"; got {g}" for g in got))


def _derive(rule: str, statement: Statement, *premises: Theorem) -> Theorem:
    hypotheses: frozenset[str] = frozenset().union(*(p.hypotheses for p in premises))
    return Theorem(statement, hypotheses, rule, premises)


# ---- leaves ---------------------------------------------------------------------------------


def axiom(identifier: str, index: int = 0) -> Theorem:
    """A statement of the base, by the axiom's id and its place in that axiom."""
    entry = base.axioms().get(identifier)
    if entry is None or not 0 <= index < len(entry.statements):
        _fail("axiom", "no such statement in the base", identifier, index)
    return Theorem(entry.statements[index], frozenset(), "axiom", (), identifier, index)


def assume(identifier: str, holds: bool) -> Theorem:
    """A conjecture or its negation, taken as a visible hypothesis."""
    entry = base.conjectures().get(identifier)
    if entry is None:
        _fail("assume", "no such conjecture", identifier)
    statement = entry.holds if holds else entry.fails
    if statement is None:
        _fail("assume", "nothing here follows from its negation", identifier)
    tag = f"{identifier}:{'holds' if holds else 'fails'}"
    return Theorem(statement, frozenset([tag]), "assume", (), identifier)


def regular(language: Language) -> Theorem:
    """A language that is defined by an automaton is regular."""
    a = language.automaton
    if a is None:
        _fail("regular", "the language has no automaton", language.name)
    states = range(len(a.delta))
    if not (a.alphabet and len(set(a.alphabet)) == len(a.alphabet) and a.start in states
            and all(q in states for q in a.accept)
            and all(len(row) == len(a.alphabet) and all(q in states for q in row)
                    for row in a.delta)):
        _fail("regular", "the automaton is malformed", language.name)
    return Theorem(In(language, REGULAR), frozenset(), "regular")


def certified(language: Language, certificate: Mapping[str, Any]) -> Theorem:
    """What a checker accepts about the automaton that defines the language."""
    claim = checkers.check_certificate(certificate)
    if language.automaton is None or claim_automaton(claim) != language.automaton:
        _fail("certificate", "it speaks of another automaton", language.name)
    make = In if claim.member else NotIn
    return Theorem(make(language, claim.algebraic_class), frozenset(), "certificate",
                   certificate=certificate)


def witnessed(language: Language, certificate: Mapping[str, Any]) -> Theorem:
    """A model that a checker accepts for the language is one of its exact profile.

    A model that does not answer the empty word is judged on the others, as in every statement
    about such models.
    """
    found = check_witness(certificate)
    if language.automaton is None or term_automaton(found.automaton) != language.automaton:
        _fail("witness", "it speaks of another automaton", language.name)
    try:
        box = box_from_mapping(exact_profile(found.model))
    except NoProfile as error:
        _fail("witness", str(error))
    return Theorem(Can(language, (box,)), frozenset(), "witness", certificate=certificate)


def claim_automaton(claim: checkers.CheckedClaim) -> Automaton:
    """The automaton of a checked claim as a term."""
    return term_automaton(claim.automaton)


def term_automaton(a: checkers.Automaton) -> Automaton:
    """An automaton that a checker has read, as a term."""
    return Automaton(tuple(a.alphabet), tuple(tuple(row) for row in a.delta), a.start,
                     tuple(sorted(a.accept)))


# ---- classes --------------------------------------------------------------------------------


def _one_scope(rule: str, a: str | None, b: str | None) -> str | None:
    if a is not None and b is not None and a != b:
        _fail(rule, "two different scopes", a, b)
    return a if a is not None else b


def chain(first: Theorem, second: Theorem) -> Theorem:
    """A <= B and B <= C give A <= C; scopes are kept."""
    s, t = first.statement, second.statement
    if not (isinstance(s, Sub) and isinstance(t, Sub) and s.upper == t.lower):
        _fail("chain", "needs A <= B and B <= C", s, t)
    return _derive("chain", Sub(s.lower, t.upper, _one_scope("chain", s.within, t.within)),
                   first, second)


def _scope_met(rule: str, within: str | None, language: Language,
               scope: Theorem | None) -> tuple[Theorem, ...]:
    """The premise that a scoped inclusion needs about the language, if it is scoped."""
    if within is None:
        if scope is not None:
            _fail(rule, "a scope was proved that nothing asks for")
        return ()
    if scope is None or scope.statement != In(language, within):
        _fail(rule, f"needs {language.name} in {within}")
    return (scope,)


def raise_membership(member: Theorem, inclusion: Theorem,
                     scope: Theorem | None = None) -> Theorem:
    """L in A and A <= B give L in B."""
    rule = "raise-membership"
    s, t = member.statement, inclusion.statement
    if not (isinstance(s, In) and isinstance(t, Sub) and s.cls == t.lower):
        _fail(rule, "needs L in A and A <= B", s, t)
    extra = _scope_met(rule, t.within, s.language, scope)
    return _derive(rule, In(s.language, t.upper), member, inclusion, *extra)


def lower_exclusion(exclusion: Theorem, inclusion: Theorem,
                    scope: Theorem | None = None) -> Theorem:
    """L not in B and A <= B give L not in A."""
    rule = "lower-exclusion"
    s, t = exclusion.statement, inclusion.statement
    if not (isinstance(s, NotIn) and isinstance(t, Sub) and s.cls == t.upper):
        _fail(rule, "needs L not in B and A <= B", s, t)
    extra = _scope_met(rule, t.within, s.language, scope)
    return _derive(rule, NotIn(s.language, t.lower), exclusion, inclusion, *extra)


def separate(member: Theorem, exclusion: Theorem) -> Theorem:
    """L in A and L not in B show that A is not inside B."""
    s, t = member.statement, exclusion.statement
    if not (isinstance(s, In) and isinstance(t, NotIn) and s.language == t.language):
        _fail("separate", "needs L in A and L not in B", s, t)
    return _derive("separate", NotSub(s.cls, t.cls), member, exclusion)


def widen_separation(separation: Theorem, inclusion: Theorem) -> Theorem:
    """A not inside B: then no class around A is inside B, and A is inside no class within B."""
    rule = "widen-separation"
    s, t = separation.statement, inclusion.statement
    if not (isinstance(s, NotSub) and isinstance(t, Sub) and t.within is None):
        _fail(rule, "needs A not<= B and an inclusion without scope", s, t)
    if t.lower == s.left:
        return _derive(rule, NotSub(t.upper, s.right), separation, inclusion)
    if t.upper == s.right:
        return _derive(rule, NotSub(s.left, t.lower), separation, inclusion)
    _fail(rule, "the inclusion is about other classes", s, t)


def hard_outside(theorem: Theorem, member: Theorem, exclusion: Theorem) -> Theorem:
    """L in W and L not in S: hard, if everything in W outside S is."""
    h, s, t = theorem.statement, member.statement, exclusion.statement
    if not (isinstance(h, HardOutside) and isinstance(s, In) and isinstance(t, NotIn)
            and s.language == t.language and s.cls == h.within and t.cls == h.outside):
        _fail("hard-outside", "needs L in W, L not in S and hardness of W outside S", h, s, t)
    return _derive("hard-outside", Hard(s.language, h.cls, h.under), theorem, member, exclusion)


def hard_excludes(hardness: Theorem, separation: Theorem, closure: Theorem) -> Theorem:
    """L is D-hard, D is not inside C and C is closed under the reduction: L not in C."""
    h, n, c = hardness.statement, separation.statement, closure.statement
    if not (isinstance(h, Hard) and isinstance(n, NotSub) and isinstance(c, Closed)
            and n.left == h.cls and n.right == c.cls and h.under in c.under):
        _fail("hard-excludes", "needs L hard for D, D not<= C, C closed", h, n, c)
    return _derive("hard-excludes", NotIn(h.language, c.cls), hardness, separation, closure)


# ---- kinds of models ------------------------------------------------------------------------


def _contained(inner: Profile, outer: Profile) -> bool:
    return bool(inner) and all(any(inside(small, big) for big in outer) for small in inner)


def _offered(region: Profile, construction: Profile) -> bool:
    return all(any(offers(have, need) for have in region) for need in construction)


def restrict(bound: Theorem, region: Profile) -> Theorem:
    """An upper bound, or an impossibility, holds for every smaller set of models."""
    s = bound.statement
    if isinstance(s, Upper) and _contained(region, s.region):
        return _derive("restrict", Upper(region, s.cls, s.within), bound)
    if isinstance(s, Cannot) and _contained(region, s.region):
        return _derive("restrict", Cannot(s.language, region), bound)
    _fail("restrict", "needs a bound on a larger set of models", type(s).__name__)


def extend(bound: Theorem, region: Profile) -> Theorem:
    """A lower bound, or a possibility, holds for every larger set of models."""
    s = bound.statement
    if isinstance(s, Lower) and _offered(region, s.region):
        return _derive("extend", Lower(s.cls, region), bound)
    if isinstance(s, Can) and _offered(region, s.region):
        return _derive("extend", Can(s.language, region), bound)
    _fail("extend", "needs a construction that the region offers", type(s).__name__)


def unite(region: Profile, parts: Sequence[Theorem]) -> Theorem:
    """One conclusion for every box of a profile holds for the profile."""
    rule = "unite"
    if not parts or len(parts) != len(region):
        _fail(rule, "needs one premise for each box", len(parts), len(region))
    for box, part in zip(region, parts, strict=True):
        s = part.statement
        if not isinstance(s, Upper | Cannot) or s.region != (box,):
            _fail(rule, "a premise is not about its box", type(s).__name__)
    return _derive(rule, _same_conclusion(rule, region, parts), *parts)


def split(box: Box, axis: str, parts: Sequence[Theorem]) -> Theorem:
    """One conclusion for boxes that together cover all alternatives of one axis."""
    rule = "split"
    boxes = [p.statement.region[0] for p in parts
             if isinstance(p.statement, Upper | Cannot) and len(p.statement.region) == 1]
    if not parts or len(boxes) != len(parts) or not covers(boxes, box, axis):
        _fail(rule, f"the premises do not cover the box along {axis}")
    whole = _derive(rule, _same_conclusion(rule, (box,), parts), *parts)
    return replace(whole, axis=axis)


def _same_conclusion(rule: str, region: Profile, parts: Sequence[Theorem]) -> Upper | Cannot:
    conclusions: list[Upper | Cannot] = []
    for part in parts:
        s = part.statement
        if isinstance(s, Upper):
            conclusions.append(Upper(region, s.cls, s.within))
        elif isinstance(s, Cannot):
            conclusions.append(Cannot(s.language, region))
    if any(c != conclusions[0] for c in conclusions):
        _fail(rule, "the premises conclude different things")
    return conclusions[0]


def raise_upper(bound: Theorem, inclusion: Theorem) -> Theorem:
    """V <= A and A <= B give V <= B; scopes are kept."""
    s, t = bound.statement, inclusion.statement
    if not (isinstance(s, Upper) and isinstance(t, Sub) and s.cls == t.lower):
        _fail("raise-upper", "needs V <= A and A <= B", s, t)
    within = _one_scope("raise-upper", s.within, t.within)
    return _derive("raise-upper", Upper(s.region, t.upper, within), bound, inclusion)


def lower_lower(bound: Theorem, inclusion: Theorem) -> Theorem:
    """B <= V and A <= B (without scope) give A <= V."""
    s, t = bound.statement, inclusion.statement
    if not (isinstance(s, Lower) and isinstance(t, Sub) and t.within is None
            and s.cls == t.upper):
        _fail("lower-lower", "needs B <= V and A <= B", s, t)
    return _derive("lower-lower", Lower(t.lower, s.region), bound, inclusion)


def possible(bound: Theorem, member: Theorem) -> Theorem:
    """C <= V and L in C give L in V."""
    s, t = bound.statement, member.statement
    if not (isinstance(s, Lower) and isinstance(t, In) and s.cls == t.cls):
        _fail("possible", "needs C <= V and L in C", s, t)
    return _derive("possible", Can(t.language, s.region), bound, member)


def impossible(bound: Theorem, exclusion: Theorem, scope: Theorem | None = None) -> Theorem:
    """V <= C and L not in C give L not in V."""
    s, t = bound.statement, exclusion.statement
    if not (isinstance(s, Upper) and isinstance(t, NotIn) and s.cls == t.cls):
        _fail("impossible", "needs V <= C and L not in C", s, t)
    extra = _scope_met("impossible", s.within, t.language, scope)
    return _derive("impossible", Cannot(t.language, s.region), bound, exclusion, *extra)
