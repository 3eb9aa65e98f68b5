"""Deciders and groups against GAP: with its package Semigroups, and with its own library."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from languages.algebra.group_names import group_name
from languages.algebra.permutation_group import PermutationGroup
from languages.algebra.work import Work
from languages.classes import deciders
from languages.classes.analysis import Analysis, Budget
from languages.dfa import DFA
from languages.explanation.groups import groups
from languages.explanation.pattern import Board
from languages.formats import dfa_from_mapping
from tests import small_automata
from tests.oracles import Automaton
from tests.peers import gap

pytestmark = pytest.mark.slow
BATCH = 100
ELEMENTS = 1000  # GAP looks at elements one by one
ELEMENTS_OF_A_FILE = 300
CLASSES = ("star_free", "r_trivial", "l_trivial", "piecewise_testable", "commutative",
           "group_language", "fo2", "definite", "reverse_definite", "generalised_definite",
           "locally_testable", "solvable", "ac0", "ac0_p", "nc0")


def random_groups(rng: random.Random) -> list[Automaton]:
    """Permutations of up to six points, with and without a letter that is none."""
    found = []
    for points in (4, 5, 6):
        for _ in range(40):
            generators = [tuple(rng.sample(range(points), points)) for _ in range(2)]
            if rng.random() < 0.5:
                generators[1] = tuple(generators[1][q // 2] for q in range(points))
            found.append(small_automata.tracking(generators, {0, rng.randrange(points)}))
    return found


def of_all_shapes(rng: random.Random) -> list[Automaton]:
    """Thirty of each shape."""
    return [shape(rng) for shape in small_automata.SHAPES.values() for _ in range(30)]


SOURCES: dict[str, Callable[[random.Random], list[Automaton]]] = {
    "all, one letter": lambda _: list(small_automata.all_one_letter(5)),
    "all, two letters": lambda _: [a for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2)],
    "all, three letters": lambda _: [a for n in (1, 2) for a in small_automata.all_minimal(n, 3)],
    "all shapes": of_all_shapes,
    "permutations": random_groups,
}


def as_dfa(automaton: Automaton) -> DFA:
    letters, delta, start, accept = automaton
    return DFA.from_lists(list("abcdefgh"[:letters]), delta, start, sorted(accept))


def small(dfa: DFA, elements: int) -> Analysis | None:
    """The analysis of an automaton with at most so many elements in its semigroup."""
    analysis = Analysis(dfa, Budget(max_elements=elements))
    return None if analysis.semigroup is None else analysis


def compare(analyses: Sequence[Analysis], directory: Path, package: bool) -> int:
    """Every answer about every automaton is GAP's; the number of answers."""
    count = 0
    for first in range(0, len(analyses), BATCH):
        batch = analyses[first:first + BATCH]
        found = gap.answers((gap.facts(x.delta.tolist()) for x in batch), directory,
                            package=package)
        names = []
        for analysis, answer in zip(batch, found, strict=True):
            theirs = dict(answer)
            names.append((analysis, theirs.pop("groups")))
            assert analysis.semigroup is not None
            ours: dict[str, Any] = {"size": analysis.semigroup.size}
            for key in CLASSES:
                value = deciders()[key].decide(analysis).value
                assert value in ("yes", "no"), (key, analysis.dfa.table)
                ours[key] = value == "yes"
            assert ours == theirs, (analysis.dfa.alphabet, analysis.dfa.table)
            count += len(theirs)
        count += compare_groups(names, directory)
    return count


def compare_groups(cases: Sequence[tuple[Analysis, list[Any]]], directory: Path) -> int:
    """The same maximal groups, with their derived series; each name is that of one of them."""
    named: list[tuple[str, list[Any]]] = []
    count = 0
    for analysis, theirs in cases:
        found = groups(Board(analysis))
        assert found.complete
        ours = [g for g in found.found if g.maximal]
        assert (Counter((g.order, g.abelian, g.derived_orders) for g in ours)
                == Counter((n, abelian, tuple(series)) for n, _, abelian, series in theirs))
        for g in ours:
            assert g.solvable == (g.derived_orders is not None and g.derived_orders[-1] == 1)
            if g.name is not None:
                alike = sum(other.order == g.order for other in ours)
                there = [identity for n, identity, *_ in theirs if n == g.order]
                assert alike == len(there)
                named.append((g.name, there))
        count += len(ours)
    different = sorted({name for name, _ in named})
    meant = dict(zip(different, gap.answers(map(gap.identity, different), directory,
                                            package=False), strict=True))
    for name, there in named:
        assert meant[name] in there, name
    return count


@pytest.mark.parametrize("package", [True, False], ids=["Semigroups", "library"])
@pytest.mark.parametrize("source", SOURCES)
def test_deciders_agree(source: str, package: bool, tmp_path: Path) -> None:
    drawn = SOURCES[source](random.Random(source))
    analyses = [x for a in drawn if (x := small(as_dfa(a), ELEMENTS)) is not None]
    assert len(analyses) > len(drawn) * 0.9
    count = compare(analyses, tmp_path, package)
    print(f"\n{source}: {len(analyses)} automata, {count} answers")


@pytest.mark.parametrize("package", [True, False], ids=["Semigroups", "library"])
def test_automata_of_a_file(package: bool, tmp_path: Path) -> None:
    """The file named in the environment, an automaton in JSON on each line."""
    name = os.environ.get("AUTOMATA")
    if name is None:
        pytest.skip("AUTOMATA names no file of automata")
    lines = Path(name).read_text(encoding="utf-8").splitlines()
    every = (small(dfa_from_mapping(json.loads(line)), ELEMENTS_OF_A_FILE) for line in lines)
    analyses = [x for x in every if x is not None]
    assert analyses, f"{name}: no automaton with at most {ELEMENTS_OF_A_FILE} elements"
    count = compare(analyses, tmp_path, package)
    print(f"\n{name}: {len(analyses)} of {len(lines)} automata, {count} answers")


SMALL_GROUPS = """
for n in {orders} do
  for k in [1..NumberSmallGroups(n)] do
    G := SmallGroup(n, k);
    G := Action(G, AsList(G), OnRight);
    PeerAnswer([[n, k], List(GeneratorsOfGroup(G), g -> ListPerm(g, n) - 1)]);
  od;
od;
"""


@pytest.mark.parametrize("orders", ["[2..63]", "[65..95]", "[97..120]", "[64]", "[168, 360]"])
def test_names_of_groups_leave_no_other_group(orders: str, tmp_path: Path) -> None:
    """All groups of these orders: each is named as what it is, or not at all."""
    listed = gap.answers([SMALL_GROUPS.format(orders=orders)], tmp_path, package=False)
    named = []
    for identity, generators in listed:
        name = group_name(PermutationGroup(map(tuple, generators), identity[0], Work(10**9)))
        if name is not None:
            named.append((name, identity))
    different = sorted({name for name, _ in named})
    meant = dict(zip(different, gap.answers(map(gap.identity, different), tmp_path,
                                            package=False), strict=True))
    assert all(meant[name] == identity for name, identity in named)
    assert len(named) == len(different)
    print(f"\norders {orders}: {len(listed)} groups, {len(named)} with a name")
