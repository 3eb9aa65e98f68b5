"""The rules of inference, over statements as tuples.

Each rule is a function of the premises and of the statement that the step claims. It returns the
statement that follows, or None when the premises do not fit the rule. The claimed statement only
tells it which region is meant, for rules that may conclude for many; the replayer compares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from proofs.replay.regions import Region, contained, divided, offered
from proofs.replay.terms import Statement

Premises: TypeAlias = list[Statement]
Rule: TypeAlias = Callable[[Premises, Statement], Statement | None]


def _scope_met(within: str | None, language: object, rest: Premises) -> bool:
    """Is there a premise that puts the language in the scope, exactly when there is a scope?"""
    return rest == ([] if within is None else [("in", language, within)])


# ---- classes --------------------------------------------------------------------------------


def chain(premises: Premises, _stated: Statement) -> Statement | None:
    """A <= B, B <= C: A <= C, inside the scope if one premise has one or both have the same."""
    match premises:
        case [("sub", a, b, v), ("sub", b2, c, w)] if b == b2 and (None in (v, w) or v == w):
            return ("sub", a, c, w if v is None else v)
    return None


def raise_membership(premises: Premises, _stated: Statement) -> Statement | None:
    """L in A, A <= B (and L in its scope): L in B."""
    match premises:
        case [("in", l, a), ("sub", a2, b, w), *rest] if a == a2 and _scope_met(w, l, rest):
            return ("in", l, b)
    return None


def lower_exclusion(premises: Premises, _stated: Statement) -> Statement | None:
    """L not in B, A <= B (and L in its scope): L not in A."""
    match premises:
        case [("not-in", l, b), ("sub", a, b2, w), *rest] if b == b2 and _scope_met(w, l, rest):
            return ("not-in", l, a)
    return None


def separate(premises: Premises, _stated: Statement) -> Statement | None:
    """L in A, L not in B: A is not inside B."""
    match premises:
        case [("in", l, a), ("not-in", l2, b)] if l == l2:
            return ("not-sub", a, b)
    return None


def widen_separation(premises: Premises, _stated: Statement) -> Statement | None:
    """A not inside B: with A <= A', A' not inside B; with B' <= B, A not inside B'."""
    match premises:
        case [("not-sub", a, b), ("sub", a2, wider, None)] if a == a2:
            return ("not-sub", wider, b)
        case [("not-sub", a, b), ("sub", narrower, b2, None)] if b == b2:
            return ("not-sub", a, narrower)
    return None


def hard_outside(premises: Premises, _stated: Statement) -> Statement | None:
    """What is in W but not in S is hard; L in W, L not in S: L is hard."""
    match premises:
        case [("hard-outside", w, s, c, r), ("in", l, w2), ("not-in", l2, s2)] if (
                w == w2 and s == s2 and l == l2):
            return ("hard", l, c, r)
    return None


def hard_excludes(premises: Premises, _stated: Statement) -> Statement | None:
    """L is D-hard, D is not inside C, C is closed under the reduction: L not in C."""
    match premises:
        case [("hard", l, d, r), ("not-sub", d2, c), ("closed", c2, under)] if (
                d == d2 and c == c2 and r in under):
            return ("not-in", l, c)
    return None


# ---- kinds of models ------------------------------------------------------------------------


def restrict(premises: Premises, stated: Statement) -> Statement | None:
    """An upper bound or an impossibility for V holds for every V' inside V."""
    match premises, stated:
        case [("upper", v, c, w)], ("upper", inner, _, _) if contained(inner, v):
            return ("upper", inner, c, w)
        case [("cannot", l, v)], ("cannot", _, inner) if contained(inner, v):
            return ("cannot", l, inner)
    return None


def extend(premises: Premises, stated: Statement) -> Statement | None:
    """A lower bound or a possibility for V holds for every V' that offers V."""
    match premises, stated:
        case [("lower", c, v)], ("lower", _, outer) if offered(outer, v):
            return ("lower", c, outer)
        case [("can", l, v)], ("can", _, outer) if offered(outer, v):
            return ("can", l, outer)
    return None


def _about(statement: Statement, region: Region) -> Statement:
    """The same bound or impossibility, about another region."""
    place = 1 if statement[0] == "upper" else 2
    return (*statement[:place], region, *statement[place + 1:])


def unite(premises: Premises, stated: Statement) -> Statement | None:
    """One premise for each box, in order: so for the union."""
    match stated:
        case ("upper", region, _, _) | ("cannot", _, region) if premises == [
                _about(stated, (box,)) for box in region]:
            return stated
    return None


def split(premises: Premises, stated: Statement, axis: str) -> Statement | None:
    """Premises for boxes that cover all alternatives of one axis: so for the whole box."""
    pieces = []
    for premise in premises:
        match premise:
            case ("upper", (box,), _, _) | ("cannot", _, (box,)):
                pieces.append(box)
            case _:
                return None
    match stated:
        case ("upper", (whole,), _, _) | ("cannot", _, (whole,)) if (
                all(_about(premise, (whole,)) == stated for premise in premises)
                and divided(whole, pieces, axis)):
            return stated
    return None


def raise_upper(premises: Premises, _stated: Statement) -> Statement | None:
    """V <= A, A <= B: V <= B, inside the scope if one premise has one or both have the same."""
    match premises:
        case [("upper", v, a, w), ("sub", a2, b, x)] if a == a2 and (None in (w, x) or w == x):
            return ("upper", v, b, x if w is None else w)
    return None


def lower_lower(premises: Premises, _stated: Statement) -> Statement | None:
    """B <= V, A <= B: A <= V."""
    match premises:
        case [("lower", b, v), ("sub", a, b2, None)] if b == b2:
            return ("lower", a, v)
    return None


def possible(premises: Premises, _stated: Statement) -> Statement | None:
    """C <= V, L in C: L in V."""
    match premises:
        case [("lower", c, v), ("in", l, c2)] if c == c2:
            return ("can", l, v)
    return None


def impossible(premises: Premises, _stated: Statement) -> Statement | None:
    """V <= C, L not in C (and L in the scope of the bound): L not in V."""
    match premises:
        case [("upper", v, c, w), ("not-in", l, c2), *rest] if c == c2 and _scope_met(w, l, rest):
            return ("cannot", l, v)
    return None


RULES: dict[str, Rule] = {
    "chain": chain,
    "raise-membership": raise_membership,
    "lower-exclusion": lower_exclusion,
    "separate": separate,
    "widen-separation": widen_separation,
    "hard-outside": hard_outside,
    "hard-excludes": hard_excludes,
    "restrict": restrict,
    "extend": extend,
    "unite": unite,
    "raise-upper": raise_upper,
    "lower-lower": lower_lower,
    "possible": possible,
    "impossible": impossible,
}
"""Every rule with premises but `split`, which is also told the axis, by the name in the files."""
