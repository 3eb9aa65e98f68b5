"""Tasks that need the order of letters: a member, and a permutation of it that is none."""

from __future__ import annotations

import pytest

from expressivity.queries.ask import ask
from expressivity.variants import parse_variant
from languages.parse import parse_language
from proofs import base
from proofs.statements import In, NotIn

PAIRS = {
    "anbn": ("ab", "ba"), "anbncn": ("abc", "acb"), "dyck:1": ("()", ")("), "dyck:2": ("[]", "]["),
    "dyck:3": ("{}", "}{"), "dyck:4": ("<>", "><"), "shuffle-dyck:2": ("([)]", "(])["),
    "shuffle-dyck:3": ("{}", "}{"), "palindromes": ("aba", "aab"), "copy": ("abab", "aabb"),
    "equality": ("0=0", "00="), "disjointness": ("0|1", "|01"), "index-lookup": ("1#0", "0#1"),
    "sparse-average": ("1#0;", ";1#0"), "match2": ("1;0;", ";10;"), "match3": ("1;0;", ";10;"),
    "addition": ("1+0=1", "1+1=0"), "multiplication": ("1*1;0", "1*0;1"),
    "iterated-addition": ("1;0", "0;1"), "division": ("1/1;0", "1/0;1"),
    "sorting": ("0,1;0;0", "0,0;0;1"), "formula-value": ("(1|0)", "(|10)"),
    "arithmetic:2": ("1=1", "11="), "arithmetic:3": ("(2+0)=2", "2+(0)=2"),
    "arithmetic:5": ("(2-0)=2", "(0-2)=2"), "arithmetic:7": ("(6-0)=6", "(0-6)=6"),
    "function-composition": ("0>1;|1>0;|0>0;", "0>1;|0>0;|1>0;"),
    "iterated-composition": ("0>1;|0>1;", "0>1;|1>0;"),
    "permutation-inversion": ("0>0;|0>0;", "|0>0;0>0;"), "reachability": ("0>1;", "1>0;"),
    "deterministic-reachability": ("0>1;", "1>0;"), "undirected-reachability": ("0-1;", "-01;"),
    "circuit-value": ("0;1;", "1;0;"), "sat": ("0;", ";0"), "2-sat": ("0;", ";0"),
    "horn-sat": ("0;", ";0"), "tqbf": ("?0;:0;", ":?0;0;"), "cfg-membership": ("0>a;:a", "0>:aa;"),
    "permanent": ("1;0", "0;1"), "linear-system": ("1=0;", ";1=0"),
    "linear-system:2": ("1=0;", "0=1;"), "linear-system:3": ("1=0;", "0=1;"),
    "linear-system:5": ("1=0;", "0=1;"), "linear-system:7": ("1=0;", "0=1;"),
    "nonnegative-linear-system": ("1=0;", "0=1;"),
}
FACTS = list(base.axioms()["order-matters"].statements)
UNORDERED = ("attention=softmax,masking=none,arithmetic=exact-sums,depth=any,precision=any,"
             "uniformity=any,width=any,heads=any")


def test_every_fact_has_its_pair() -> None:
    stated = [s.language.name for s in FACTS if isinstance(s, NotIn)]
    assert sorted(stated) == sorted(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_permuting_letters_leaves_the_language(name: str) -> None:
    inside, outside = PAIRS[name]
    language = parse_language(name)
    assert sorted(inside) == sorted(outside)
    assert language.contains(inside) and not language.contains(outside)


def test_what_is_closed_is_said_to_be() -> None:
    assert [s.language.name for s in FACTS if isinstance(s, In)] == ["majority"]


@pytest.mark.parametrize(("name", "value"), [
    ("anbn", "no"), ("first", "no"), ("regex:(ab)*", "no"), ("dyck:1", "no"), ("mod:3", "unknown"),
    ("parity", "unknown"), ("majority", "unknown")])
def test_unmasked_averages(name: str, value: str) -> None:
    assert ask(parse_language(name), parse_variant(UNORDERED)).answer == value
