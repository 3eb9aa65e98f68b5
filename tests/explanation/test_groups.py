"""Groups: orders and derived series against sympy, names against isomorphisms, maximal groups."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, pairwise, product
from math import gcd, lcm, prod

import pytest
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics import PermutationGroup as SympyGroup
from sympy.combinatorics.named_groups import (
    AbelianGroup,
    AlternatingGroup,
    CyclicGroup,
    DihedralGroup,
    SymmetricGroup,
)

from languages.algebra.group_names import PERFECT, describe, group_name
from languages.algebra.permutation_group import PermutationGroup
from languages.algebra.permutations import Permutation, compose, identity
from languages.algebra.work import Work, WorkLimit
from languages.explanation.explain import explain
from languages.parse import parse_language
from tests import oracles
from tests.explanation.plain_words import explained, run, spelled
from tests.oracles import Syntactic

COUNT = 5
LARGEST = 24  # elements of groups compared by brute force


def random_generators(rng: random.Random, degree: int) -> list[Permutation]:
    """At most three permutations, which move few points now and then."""
    result = []
    for _ in range(rng.randint(0, 3)):
        moved = rng.sample(range(degree), rng.randint(1, degree))
        shuffled = rng.sample(moved, len(moved))
        image = list(range(degree))
        for x, y in zip(moved, shuffled, strict=True):
            image[x] = y
        result.append(tuple(image))
    return result


def by_sympy(generators: list[Permutation], degree: int) -> SympyGroup:
    return SympyGroup([SympyPermutation(list(g)) for g in generators or [identity(degree)]])


def closure(generators: list[Permutation], degree: int) -> set[Permutation]:
    found = {identity(degree)}
    queue = list(found)
    for g in queue:
        for h in generators:
            image = compose(g, h)
            if image not in found:
                found.add(image)
                queue.append(image)
    return found


def test_orders_and_derived_series() -> None:
    rng = random.Random(1)
    for _ in range(150):
        degree = rng.randint(1, 7)
        generators = random_generators(rng, degree)
        group, other = PermutationGroup(generators, degree), by_sympy(generators, degree)
        elements = closure(generators, degree)
        assert group.order == other.order() == len(elements)
        assert set(group.elements()) == elements
        assert group.solvable == other.is_solvable
        assert group.abelian == other.is_abelian
        assert group.derived.order == other.derived_subgroup().order()
        series = [h.order for h in group.derived_series]
        assert all(a > b for a, b in pairwise(series))
        some = random_generators(rng, degree)
        assert all((g in group) == (g in elements) for g in some)


def test_large_groups_and_limits() -> None:
    n = 20
    generators = [(1, 0, *range(2, n)), (*range(1, n), 0)]
    group = PermutationGroup(generators, n)
    assert group.order == prod(range(1, n + 1)) and group_name(group) == "S20"
    assert group_name(group.derived) == "A20" and not group.solvable
    with pytest.raises(WorkLimit):
        PermutationGroup(generators, n, Work(1000))


def regular(generators: list[Permutation]) -> PermutationGroup:
    """The same group on its own elements, by multiplication on the right."""
    elements = sorted(closure(generators, len(generators[0])))
    place = {g: i for i, g in enumerate(elements)}
    return PermutationGroup([tuple(place[compose(x, g)] for x in elements) for g in generators],
                            len(elements))


def pair(f: Permutation, g: Permutation) -> Permutation:
    """f and g side by side."""
    return (*f, *(len(f) + y for y in g))


def of_matrices(p: int) -> list[Permutation]:
    """SL(2,p) on the vectors that are not zero."""
    vectors = [(x, y) for x in range(p) for y in range(p) if x or y]
    place = {v: i for i, v in enumerate(vectors)}
    return [tuple(place[(a * x + c * y) % p, (b * x + d * y) % p] for x, y in vectors)
            for a, b, c, d in ((1, 1, 0, 1), (1, 0, 1, 1))]


def known() -> dict[str, list[Permutation]]:
    """Generators of groups by name, built without the code that names them."""
    def arrays(group: SympyGroup) -> list[Permutation]:
        return [tuple(g.array_form) for g in group.generators]

    found = {"S3": SymmetricGroup(3), "S4": SymmetricGroup(4), "S5": SymmetricGroup(5),
             "A4": AlternatingGroup(4), "A5": AlternatingGroup(5), "A6": AlternatingGroup(6),
             "C2": CyclicGroup(2), "C12": CyclicGroup(12), "C2 x C2": AbelianGroup(2, 2),
             "C12 x C2": AbelianGroup(4, 6), "C12 x C6 x C2": AbelianGroup(2, 6, 12),
             "C9 x C3": AbelianGroup(3, 9), "D4": DihedralGroup(4), "D6": DihedralGroup(6),
             "D9": DihedralGroup(9)}
    result = {name: arrays(group) for name, group in found.items()}
    a4, a5 = result["A4"], result["A5"]
    swap, two = (1, 0), (0, 1)
    result["A4 x C2"] = [*(pair(g, two) for g in a4), pair(identity(4), swap)]
    result["A5 x C2"] = [*(pair(g, two) for g in a5), pair(identity(5), swap)]
    result["SL(2,3)"], result["SL(2,5)"] = of_matrices(3), of_matrices(5)
    result["Q8"] = [(1, 2, 3, 0, 7, 4, 5, 6), (4, 5, 6, 7, 2, 3, 0, 1)]  # 1 i -1 -i j k -j -k
    result["Dic3"] = [pair((1, 2, 0), identity(4)), pair((0, 2, 1), (1, 2, 3, 0))]
    result["PSL(2,7)"] = on_lines(7)
    return result


def on_lines(p: int) -> list[Permutation]:
    """The same matrices on lines: y/x, or p for x = 0."""
    lines = [(1, y) for y in range(p)] + [(0, 1)]

    def line(x: int, y: int) -> int:
        return y * pow(x, -1, p) % p if x % p else p

    return [tuple(line((a * x + c * y) % p, (b * x + d * y) % p) for x, y in lines)
            for a, b, c, d in ((1, 1, 0, 1), (1, 0, 1, 1))]


@pytest.mark.parametrize("name", known())
def test_names(name: str) -> None:
    """In the given action, in the regular one, and beside a copy of itself."""
    generators = known()[name]
    group = PermutationGroup(generators, len(generators[0]))
    assert group_name(group) == name
    if group.order <= 200:
        assert group_name(regular(generators)) == name
    doubled = PermutationGroup([pair(g, g) for g in generators], 2 * len(generators[0]))
    assert group_name(doubled) == name
    assert describe(name, group.order).endswith(f" {name} of order {group.order}")


def test_names_of_lines() -> None:
    assert group_name(PermutationGroup(on_lines(5), 6)) == "A5"
    assert group_name(PermutationGroup([], 3)) == "1"
    assert set(PERFECT.values()) <= set(known())


def isomorphic(one: list[Permutation], two: list[Permutation], degree: int) -> bool:
    """By trying all images of the generators of the first group, of which there are two at most."""
    elements = closure(two, degree)
    n = len(one[0])
    size = len(closure(one, n))
    # (g, image of g) generate the graph of an isomorphism iff it has as many elements as both.
    return size == len(elements) and any(
        len(closure([pair(g, h) for g, h in zip(one, images, strict=True)], n + degree)) == size
        and len(closure(list(images), degree)) == size
        for images in product(elements, repeat=len(one)))


def test_names_belong_to_one_group() -> None:
    """Random groups with one name are isomorphic to the group of that name, and no others."""
    rng = random.Random(2)
    models = {name: gs for name, gs in known().items()
              if len(closure(gs, len(gs[0]))) <= LARGEST}
    seen = Counter[str]()
    for _ in range(400):
        degree = rng.randint(2, 8)
        generators = random_generators(rng, degree)
        group = PermutationGroup(generators, degree)
        if group.order > LARGEST:
            continue
        name = group_name(group)
        if name in models and seen[name] < 3:
            seen[name] += 1
            assert isomorphic(models[name], generators, degree)
        elif name not in models:
            assert not any(isomorphic(gs, generators, degree) for gs in models.values())
    assert len(seen) >= 8


@pytest.mark.parametrize("factors", [(2,), (4, 2), (2, 2, 3), (8, 4, 2, 3), (9, 3, 5), (6, 10, 15)])
def test_invariant_factors(factors: tuple[int, ...]) -> None:
    degree = sum(factors)
    generators, start = [], 0
    for f in factors:
        turn = list(range(degree))
        for i in range(f):
            turn[start + i] = start + (i + 1) % f
        generators.append(tuple(turn))
        start += f
    name = group_name(PermutationGroup(generators, degree))
    assert name is not None
    shown = [int(part[1:]) for part in name.split(" x ")]
    assert prod(shown) == prod(factors)
    assert all(a % b == 0 for a, b in pairwise(shown))
    orders = [Counter(g_order(fs)) for fs in (shown, factors)]
    assert orders[0] == orders[1]


def g_order(factors: tuple[int, ...] | list[int]) -> list[int]:
    """The orders of all elements of a product of cyclic groups."""
    return [lcm(*(f // gcd(f, x) for f, x in zip(factors, xs, strict=True)))
            for xs in product(*map(range, factors))]


# --- groups of languages -------------------------------------------------------------------


def maximal_groups(monoid: Syntactic) -> list[frozenset[Permutation]]:
    """One maximal group that is not trivial for each J-class, as permutations of an image."""
    ideal = dict(zip(monoid.elements, monoid.ideals(left=True, right=True), strict=True))
    chosen = {ideal[e]: (e, group) for e, group in monoid.groups.items()}
    return [oracles.as_permutations(e, group) for e, group in chosen.values() if len(group) > 1]


def test_maximal_groups_of_the_syntactic_monoid() -> None:
    """Each J-class with idempotents has one, up to isomorphism."""
    checked = 0
    for dfa, found, _ in explained(COUNT):
        letters = dfa.letters, tuple(map(tuple, dfa.table)), dfa.start, frozenset(
            q for q in range(dfa.states) if dfa.accept[q])
        try:
            monoid = Syntactic(letters, 400)
        except oracles.TooLarge:
            continue
        assert found.groups.complete
        expected = maximal_groups(monoid)
        ours = [g for g in found.groups.found if g.maximal]
        assert all(g.maximal is not None for g in found.groups.found)
        assert sorted(g.order or 0 for g in ours) == sorted(map(len, expected))
        assert sorted(bool(g.solvable) for g in ours) == sorted(
            map(oracles.group_is_solvable, expected))
        named = [(len(g), group_name(PermutationGroup(g, len(next(iter(g)))))) for g in expected]
        assert Counter(named) == Counter((g.order, g.name) for g in ours)
        checked += len(expected)
    assert checked > 20


def test_generators_permute_the_states_as_shown() -> None:
    checked = 0
    for _, found, plain_ in explained(COUNT):
        for group, shown in zip(found.groups.found, plain_["groups"]["groups"], strict=True):
            for g, generator in zip(group.permutations, shown["generators"], strict=True):
                word = spelled(generator["word"])
                if word is None:
                    continue
                moved = [run(plain_, q, word) for q in shown["states"]]
                assert moved == [shown["states"][x] for x in g]
                assert sorted(moved) == shown["states"]
                checked += 1
            if group.order is not None and group.order <= 3000:
                assert len(closure(list(group.permutations), len(group.states))) == group.order
    assert checked


def test_no_generator_is_left_over() -> None:
    for _, found, _ in explained(COUNT):
        for group in found.groups.found:
            n = len(group.permutations)
            for some in combinations(group.permutations, n - 1):
                assert PermutationGroup(some, len(group.states)).order != group.order


def test_named_languages() -> None:
    for text, names in (("word-problem:S5", ["S5"]), ("tracking:S20", ["S20"]), ("mod:6", ["C6"]),
                        ("regex:(ab)*", []), ("word-problem:A5", ["A5"])):
        dfa = parse_language(text).dfa
        assert dfa is not None
        found = explain(dfa).groups
        assert [g.name for g in found.found] == names and found.complete
