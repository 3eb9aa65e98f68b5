"""Each rule of the replayer against the kernel's, on all premises over a small vocabulary.

The premises are no theorems, and many contradict each other: what matters is that the two sets of
rules fit the same premises and give the same statement.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import product
from typing import Any

import pytest

from proofs import kernel
from proofs.encode import Tables
from proofs.kernel import RuleError, Theorem
from proofs.profile import Box, Profile, box_from_mapping
from proofs.replay import rules
from proofs.replay.terms import Statement as Read
from proofs.replay.terms import read_definitions
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
    Statement,
    Sub,
    Upper,
)
from proofs.theorems.named_languages import FIRST, PARITY
from tests.proofs.derivations import narrowed

K, L = FIRST, PARITY
ABC = ("A", "B", "C")
SCOPES = (None, "V", "W")
BOUND = kernel.axiom("uhat-in-ac0")
BIG = narrowed(BOUND, readout="eos first last")
EOS, LAST = narrowed(BOUND, readout="eos"), narrowed(BOUND, readout="last")
BOTH = narrowed(BOUND, readout="eos last")
DEEP = narrowed(BOUND, depth="1..n")
REGIONS: list[Profile] = [(BIG,), (EOS,), (LAST,), (BOTH,), (DEEP,), (EOS, LAST), (LAST, EOS),
                          (EOS, DEEP)]
EACH = box_from_mapping(BIG.to_plain() | {"readout": "each eos last", "depth": "each 2..O(1)"})
LANGUAGES: tuple[Language, ...] = (K, L)

POOL: dict[str, list[Statement]] = {
    "sub": [Sub(a, b, w) for a, b, w in product(ABC, ABC, SCOPES)],
    "not-sub": [NotSub(a, b) for a, b in product(ABC, ABC)],
    "in": [In(x, c) for x, c in product(LANGUAGES, (*ABC, "V", "W"))],
    "not-in": [NotIn(x, c) for x, c in product(LANGUAGES, ABC)],
    "hard": [Hard(x, c, r) for x, c, r in product(LANGUAGES, "AB", ("L", "AC0"))],
    "hard-outside": [HardOutside(w, o, c, r) for w, o, c, r in product(
        "AV", "AB", "AC", ("L", "AC0"))],
    "closed": [Closed(c, under) for c, under in product(ABC, (("L",), ("AC0", "L"), ("AC0",)))],
    "upper": [Upper(r, c, w) for r, c, w in product(REGIONS[:3], "AB", SCOPES)],
    "lower": [Lower(c, r) for r, c in product(REGIONS[:2], "AB")],
    "can": [Can(x, r) for x, r in product(LANGUAGES, REGIONS[:2])],
    "cannot": [Cannot(x, r) for x, r in product(LANGUAGES, REGIONS[:2])],
}


def theorem(statement: Statement) -> Theorem:
    """A premise for the kernel that was never proved."""
    return Theorem(statement, frozenset(), "axiom")


@cache
def read(statement: Statement) -> Read:
    """The statement as the replayer reads it."""
    tables = Tables()
    plain = tables.statement(statement)
    return read_definitions(tables.languages, tables.regions).statement(plain, "statement")


def agree(rule: str, premises: Sequence[Statement], stated: Read, theirs: Callable[[], Theorem],
          ours: Callable[[], Read | None] | None = None) -> bool:
    """Do both give the same, or both nothing? Returns whether there is something."""
    try:
        wanted = read(theirs().statement)
    except RuleError:
        wanted = None
    got = ours() if ours else rules.RULES[rule]([read(p) for p in premises], stated)
    assert got == wanted, (rule, premises)
    return got is not None


KERNEL: dict[str, Callable[..., Theorem]] = {
    rule: getattr(kernel, rule.replace("-", "_")) for rule in rules.RULES}


def infer(rule: str, premises: Sequence[Statement]) -> Theorem:
    """What the kernel's rule gives."""
    return KERNEL[rule](*map(theorem, premises))


FIXED = sorted(set(rules.RULES) - {"restrict", "extend", "unite"})
SHAPES: dict[str, list[tuple[str, ...]]] = {
    "chain": [("sub", "sub")],
    "raise-membership": [("in", "sub"), ("in", "sub", "in")],
    "lower-exclusion": [("not-in", "sub"), ("not-in", "sub", "in")],
    "separate": [("in", "not-in")],
    "widen-separation": [("not-sub", "sub")],
    "hard-outside": [("hard-outside", "in", "not-in")],
    "hard-excludes": [("hard", "not-sub", "closed")],
    "raise-upper": [("upper", "sub")],
    "lower-lower": [("lower", "sub")],
    "possible": [("lower", "in")],
    "impossible": [("upper", "not-in"), ("upper", "not-in", "in")],
}


@pytest.mark.parametrize("rule", FIXED)
def test_premises_of_the_right_form(rule: str) -> None:
    made = tried = 0
    for shape in SHAPES[rule]:
        for premises in product(*(POOL[form] for form in shape)):
            tried += 1
            made += agree(rule, premises, (), partial(infer, rule, premises))
    assert 0 < made < tried


@pytest.mark.parametrize("rule", FIXED)
def test_premises_of_any_form(rule: str) -> None:
    some = [s for statements in POOL.values() for s in statements[:3]]
    for premises in product(some, some):
        if not (rule.startswith("hard-")):  # those take three
            agree(rule, premises, (), partial(infer, rule, premises))
    draw = random.Random(rule)
    for _ in range(2000):
        three = [draw.choice(some) for _ in range(3)]
        if len(SHAPES[rule][-1]) == 3:
            agree(rule, three, (), partial(infer, rule, three))
        else:
            assert rules.RULES[rule]([read(p) for p in three], ()) is None
        assert rules.RULES[rule]([read(three[0])], ()) is None
        assert rules.RULES[rule]([], ()) is None
        four = [read(p) for p in (*three, three[0])]
        assert rules.RULES[rule](four, ()) is None


def _with_region(statement: Any, region: Profile) -> Statement:
    """The same statement about another region."""
    found: Statement = type(statement)(**(
        {k: getattr(statement, k) for k in statement.__dataclass_fields__} | {"region": region}))
    return found


@pytest.mark.parametrize("rule", ["restrict", "extend"])
def test_containment_rules(rule: str) -> None:
    premises = [s for form in ("upper", "lower", "can", "cannot") for s in POOL[form]]
    premises += [Lower("A", (EACH,)), Can(L, (EACH,)), Lower("A", (EACH, DEEP)),
                 Upper((EOS, LAST), "A"), Cannot(K, (DEEP, EOS))]
    made = 0
    # The last two offer nothing of what EACH leaves open: the readout, and the depth.
    for premise, region in product(premises, [
            *REGIONS, (narrowed(BOUND, depth="2"),), (narrowed(BOUND, readout="first"),),
            (narrowed(BOUND, depth="1"),)]):
        stated = read(_with_region(premise, region))
        made += agree(rule, [premise], stated,
                      partial(KERNEL[rule], theorem(premise), region))
        # The conclusion has to be of the premise's form, and there is one premise.
        other = read(Lower("A", region)) if isinstance(premise, Upper) else read(
            Upper(region, "A"))
        assert rules.RULES[rule]([read(premise)], other) is None
        assert rules.RULES[rule]([read(premise)] * 2, stated) is None
        assert rules.RULES[rule]([], stated) is None
    assert made > 5


PARTS: list[Statement] = [
    make(region) for region in ((EOS,), (LAST,), (BOTH,), (DEEP,), (EOS, LAST))
    for make in (lambda r: Upper(r, "A"), lambda r: Upper(r, "A", "W"), lambda r: Upper(r, "B"),
                 lambda r: Cannot(K, r), lambda r: Cannot(L, r), lambda r: Lower("A", r),
                 lambda r: Can(L, r))]


def _stated(premises: Sequence[Statement], region: Profile) -> Read:
    """What one would claim to follow for the region: the first premise, about that."""
    return read(_with_region(premises[0], region)) if premises else read(Upper(region, "A"))


def test_unite() -> None:
    made = 0
    for region in REGIONS:
        for premises in [(), *product(PARTS, repeat=1), *product(PARTS, repeat=2)]:
            made += agree("unite", premises, _stated(premises, region),
                          partial(kernel.unite, region, list(map(theorem, premises))))
    assert made > 20
    assert rules.unite([read(p) for p in (PARTS[0], PARTS[7])], read(Lower("A", (EOS, LAST)))) \
        is None


@pytest.mark.parametrize("axis", ["readout", "markers", "attention", "depth"])
def test_split(axis: str) -> None:
    wholes: list[Box] = [BOTH, EOS, DEEP, BIG]
    made = 0
    for whole in wholes:
        for premises in [(), *product(PARTS, repeat=1), *product(PARTS, repeat=2)]:
            stated = _stated(premises, (whole,))
            made += agree(
                "split", premises, stated,
                partial(kernel.split, whole, axis, list(map(theorem, premises))),
                partial(rules.split, list(map(read, premises)), stated, axis))
    assert (made > 5) == (axis in ("readout", "markers"))
    pair = [read(Upper((EOS,), "A")), read(Upper((LAST,), "A"))]
    assert rules.split(pair, read(Upper((EOS, LAST), "A")), axis) is None
    assert rules.split(pair, read(Upper((BOTH,), "B")), axis) is None
    assert rules.split(pair, read(Lower("A", (BOTH,))), axis) is None
