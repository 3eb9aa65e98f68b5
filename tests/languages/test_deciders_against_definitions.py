"""The deciders against brute force over the definitions, and the brute force against itself."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from math import factorial

import pytest

from languages.classes.analysis import Budget
from languages.classify import classify
from languages.dfa import DFA
from tests import oracles, small_automata
from tests.oracles import Automaton, Syntactic

TWO_LETTERS = [a for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2)]
THREE_LETTERS = [a for n in (1, 2) for a in small_automata.all_minimal(n, 3)]
ONE_LETTER = list(small_automata.all_one_letter(6))
EXHAUSTIVE = {"one letter": ONE_LETTER, "two letters": TWO_LETTERS, "three letters": THREE_LETTERS}


def drawn(shape: str, count: int) -> list[Automaton]:
    """`count` automata of this shape, always the same ones."""
    rng = random.Random(shape)
    return [small_automata.SHAPES[shape](rng) for _ in range(count)]


# --- the oracles against each other --------------------------------------------------------


@pytest.mark.parametrize(("letters", "states"), [(1, 4), (2, 3), (3, 2)])
def test_enumeration_finds_each_language_once(letters: int, states: int) -> None:
    """Distinct languages of <= n states differ on a word of length <= 2n - 2 (Moore 1956)."""
    words = [w for n in range(2 * states - 1) for w in oracles.words(letters, n)]

    def member_table(automaton: Automaton) -> tuple[bool, ...]:
        return tuple(oracles.run(automaton, w) in automaton[3] for w in words)

    every = {member_table(a) for a in small_automata.all_automata(states, letters)}
    listed = [
        member_table(a)
        for n in range(1, states + 1)
        for a in small_automata.all_minimal(n, letters)
    ]
    assert len(listed) == len(set(listed))
    assert set(listed) == every


def test_number_of_minimal_automata_over_two_letters() -> None:
    """2, 24, 1028, ... (Domaratzki, Kisman, Shallit 2002)."""
    assert Counter(len(a[1]) for a in TWO_LETTERS) == {1: 2, 2: 24, 3: 1028}


def test_number_of_minimal_automata_over_one_letter() -> None:
    """A minimal tail and cycle: a primitive cycle, and a last tail state unlike its twin."""
    primitive = {1: 2}
    for cycle in range(2, 7):
        primitive[cycle] = 2**cycle - sum(primitive[d] for d in range(1, cycle) if cycle % d == 0)
    expected = {
        n: primitive[n] + sum(primitive[c] * 2 ** (n - c - 1) for c in range(1, n))
        for n in range(1, 7)
    }
    assert Counter(len(a[1]) for a in ONE_LETTER) == expected


def cross_check(automaton: Automaton) -> None:
    """Compare each class that has two definitions."""
    monoid = Syntactic(automaton)
    for language in (automaton, oracles.complement(automaton)):
        assert oracles.finite(language) == oracles.finite_by_pumping(language)
    reverse = oracles.reversal(automaton)
    assert monoid.r_trivial() == oracles.partially_ordered(automaton)
    assert monoid.l_trivial() == oracles.partially_ordered(reverse)
    assert monoid.j_trivial() == (monoid.r_trivial() and monoid.l_trivial())
    assert monoid.nc0() == oracles.bounded_dependence(automaton)
    assert monoid.same_length_primes() == monoid.stable_primes()
    assert monoid.star_free() == all(len(group) == 1 for group in monoid.groups.values())
    assert oracles.minimal(oracles.reversal(reverse)) == monoid.automaton
    states = len(monoid.automaton[1])
    if states <= 4:
        # A J-trivial language whose minimal automaton has no simple path of more than k edges
        # is a union of classes of ~_k (Klima, Polak 2013).
        height = oracles.simon_height(automaton, states - 1)
        assert monoid.j_trivial() == (height is not None)


@pytest.mark.parametrize("name", EXHAUSTIVE)
def test_definitions_agree_on_all_small_automata(name: str) -> None:
    for automaton in EXHAUSTIVE[name]:
        cross_check(automaton)


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_definitions_agree_on_random_automata(shape: str) -> None:
    for automaton in drawn(shape, 60):
        cross_check(automaton)


def test_maximal_subgroups_are_h_classes() -> None:
    """The H-class of an idempotent e is {x : xM = eM, Mx = Me}; it is the group at e (Green)."""
    for automaton in TWO_LETTERS[::7] + drawn("uniform, 4 states, 2 letters", 20):
        monoid = Syntactic(automaton)
        left = monoid.ideals(left=True, right=False)
        right = monoid.ideals(left=False, right=True)
        place = {x: i for i, x in enumerate(monoid.elements)}
        for e, group in monoid.groups.items():
            i = place[e]
            h_class = {x for x, j in place.items() if (left[i], right[i]) == (left[j], right[j])}
            assert h_class == set(group)
        idempotents = {x for x in monoid.elements if oracles.product(x, x) == x}
        assert idempotents == set(monoid.groups)


@pytest.mark.parametrize(
    ("degree", "sign", "derived_lengths"),
    [
        (2, None, [2, 1]),
        (3, None, [6, 3, 1]),
        (4, None, [24, 12, 4, 1]),
        (4, 1, [12, 4, 1]),
        (5, None, [120, 60, 60]),
        (5, 1, [60, 60]),
    ],
)
def test_derived_series(degree: int, sign: int | None, derived_lengths: list[int]) -> None:
    """S_n and A_n are solvable exactly for n <= 4."""

    def parity(x: oracles.Element) -> int:
        return (-1) ** sum(x[i] > x[j] for j in range(degree) for i in range(j))

    group = frozenset(
        x for x in oracles.words(degree, degree)
        if len(set(x)) == degree and sign in (None, parity(x))
    )
    assert len(group) == factorial(degree) // (1 if sign is None else 2)
    orders = [len(group)]
    current = group
    while orders[-1] > 1 and (len(orders) < 2 or orders[-1] != orders[-2]):
        current = oracles.commutator_subgroup(current)
        orders.append(len(current))
    assert orders == derived_lengths
    assert oracles.group_is_solvable(group) == (orders[-1] == 1)


# --- languages with known answers ----------------------------------------------------------

PROPERTIES: dict[str, Callable[[Syntactic], bool]] = {
    "star-free": Syntactic.star_free,
    "R": Syntactic.r_trivial,
    "L": Syntactic.l_trivial,
    "J": Syntactic.j_trivial,
    "DA": Syntactic.da,
    "locally testable": Syntactic.locally_testable,
    "R^omega": Syntactic.one_idempotent_per_r_class,
    "NC0": Syntactic.nc0,
    "AC0": Syntactic.ac0,
    "solvable": Syntactic.solvable,
}

# regular expression, letters, elements of the monoid (None: not stated), what holds, what does not
KNOWN: dict[str, tuple[str, str, int | None, list[str], list[str]]] = {
    "parity": ("(0|10*1)*", "01", 2, ["solvable"], ["star-free", "AC0", "NC0"]),
    "even length": ("(aa)*", "a", 2, ["AC0", "NC0"], ["star-free"]),
    "(ab)*": ("(ab)*", "ab", 6, ["star-free", "R^omega"], ["R", "L", "DA"]),
    "first letter a": ("a.*", "ab", 3, ["R", "NC0"], ["L", "J"]),
    "last letter a": (".*a", "ab", 3, ["L", "NC0"], ["R", "J", "R^omega"]),
    "factor ab, binary": (".*ab.*", "ab", 5, ["J"], ["NC0"]),
    "factor ab, ternary": (
        ".*ab.*", "abc", 6, ["star-free", "locally testable"], ["R", "L", "DA", "R^omega"]
    ),
    "flip-flop": (".*be*", "abe", 3, ["L"], ["R", "R^omega", "NC0"]),
    "flip-flop, one write": (".*be*", "be", 2, ["J"], ["NC0"]),
    "a+b+a+": ("a+b+a+", "ab", None, ["J"], ["NC0"]),
    "(ab+ba)*": ("(ab|ba)*", "ab", None, ["R^omega"], ["R"]),
    "(ab+bbaa)*": ("(ab|bbaa)*", "ab", None, ["R^omega"], ["R"]),
    "(a(ab)*b)*": ("(a(ab)*b)*", "ab", None, ["R^omega"], ["R"]),
    "(ab+bba)*": ("(ab|bba)*", "ab", None, ["R^omega"], ["R"]),
    "(ab+aabb)*": ("(ab|aabb)*", "ab", None, ["star-free"], ["R^omega"]),
}


def from_regex(pattern: str, letters: str, states: int = 7) -> Automaton:
    """The minimal automaton of a language that has at most `states` residuals."""
    compiled = re.compile(pattern)
    return oracles.nerode(
        len(letters),
        lambda word: compiled.fullmatch("".join(letters[a] for a in word)) is not None,
        states,
    )


@pytest.mark.parametrize("name", KNOWN)
def test_known_languages(name: str) -> None:
    pattern, letters, elements, holds, fails = KNOWN[name]
    automaton = from_regex(pattern, letters)
    assert len(automaton[1]) <= 6  # below the bound, so the bound was not the limit
    monoid = Syntactic(automaton)
    assert elements in (None, len(monoid.elements))
    found = {name for name in [*holds, *fails] if PROPERTIES[name](monoid)}
    assert found == set(holds)
    cross_check(automaton)


@pytest.mark.parametrize("blocks", [1, 2])
def test_alternating_blocks_are_piecewise_testable(blocks: int) -> None:
    """(a+b+)^(k/2) is a union of classes of Simon's ~_k."""
    height = oracles.simon_height(from_regex("(a+b+)" * blocks, "ab"), 2 * blocks)
    assert height is not None


# --- the deciders against the oracles ------------------------------------------------------

WORD_PROBLEMS: dict[str, list[oracles.Element]] = {
    "S3": [(1, 0, 2), (1, 2, 0)],
    "S3 by transpositions": [(1, 0, 2), (0, 2, 1)],
    "S4 by odd permutations": [(1, 0, 2, 3), (1, 2, 3, 0)],
    "A4": [(1, 2, 0, 3), (1, 0, 3, 2)],
    "A5": [(1, 2, 3, 4, 0), (1, 2, 0, 3, 4)],
    "S5": [(1, 2, 3, 4, 0), (1, 0, 2, 3, 4)],
    "S5 by odd permutations": [(1, 2, 3, 0, 4), (0, 1, 2, 4, 3), (1, 0, 2, 3, 4)],
    "A5 with a reset": [(1, 2, 3, 4, 0), (1, 2, 0, 3, 4), (0, 0, 0, 0, 0)],
    "A5 on 6 points": [(0, 2, 3, 4, 5, 1), (1, 0, 2, 5, 4, 3)],
    "dihedral of order 12": [(1, 2, 3, 4, 5, 0), (5, 4, 3, 2, 1, 0)],
    "Z6 and a reset": [(1, 2, 3, 4, 5, 0), (0, 0, 0, 0, 0, 0)],
}


def as_dfa(automaton: Automaton) -> DFA:
    letters, delta, start, accept = automaton
    return DFA.from_lists(list("abcdefgh"[:letters]), delta, start, sorted(accept))


def shuffled(rng: random.Random, automaton: Automaton) -> Automaton:
    """The same language: states renumbered, one unreachable state added."""
    letters, delta, start, accept = automaton
    name = list(range(len(delta) + 1))
    rng.shuffle(name)
    table: list[tuple[int, ...]] = [()] * len(name)
    for q, row in enumerate([*delta, delta[start]]):
        table[name[q]] = tuple(name[r] for r in row)
    return letters, tuple(table), name[start], frozenset(name[q] for q in accept)


def expected(automaton: Automaton) -> tuple[dict[str, bool], str, bool]:
    """The answers by definition, the circuit class, and whether "not NC1-complete" needs a proof
    that TC0 or ACC0 is not NC1 (it does not when the language is in AC0[p] for one prime)."""
    monoid = Syntactic(automaton)
    answers = {
        "finite": oracles.finite(automaton),
        "cofinite": oracles.finite(oracles.complement(automaton)),
        "piecewise_testable": monoid.j_trivial(),
        "r_trivial": monoid.r_trivial(),
        "l_trivial": monoid.l_trivial(),
        "star_free": monoid.star_free(),
        "nc0": monoid.nc0(),
        "ac0": monoid.ac0(),
        "solvable": monoid.solvable(),
    }
    answers["nc1_complete"] = not answers["solvable"]
    circuit_class = "NC1-complete"
    for key, name in (("solvable", "ACC0"), ("ac0", "AC0"), ("nc0", "NC0")):
        if answers[key]:
            circuit_class = name
    conditional = answers["solvable"] and len(monoid.same_length_primes()) > 1
    return answers, circuit_class, conditional


def compare(automaton: Automaton) -> None:
    """Ask the deciders and the definitions."""
    found = classify(as_dfa(automaton))
    answers, circuit_class, conditional = expected(automaton)
    given = {key: found.answers[key].value for key in answers}
    assert given == {key: "yes" if holds else "no" for key, holds in answers.items()}, automaton
    assert found.circuit_class == circuit_class, automaton
    assert found.conditions.keys() == ({"nc1_complete"} if conditional else set()), automaton


@pytest.mark.parametrize("name", EXHAUSTIVE)
def test_deciders_on_all_small_automata(name: str) -> None:
    for automaton in EXHAUSTIVE[name]:
        compare(automaton)


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_deciders_on_random_automata(shape: str) -> None:
    rng = random.Random(shape)
    for automaton in drawn(shape, 40):
        compare(shuffled(rng, automaton))


@pytest.mark.parametrize("name", KNOWN)
def test_deciders_on_known_languages(name: str) -> None:
    pattern, letters, *_ = KNOWN[name]
    compare(from_regex(pattern, letters))


@pytest.mark.parametrize("name", WORD_PROBLEMS)
def test_deciders_on_groups(name: str) -> None:
    generators = WORD_PROBLEMS[name]
    compare(small_automata.tracking(generators, {0}))
    identity = tuple(range(len(generators[0])))
    compare(small_automata.tracking([*generators, identity], {0, 1}))


def test_quick_samples_reach_every_answer() -> None:
    """Each answer and each circuit class occurs, so that no comparison above is empty."""
    samples = [*TWO_LETTERS, *(a for shape in small_automata.SHAPES for a in drawn(shape, 40))]
    seen: Counter[tuple[str, object]] = Counter()
    for automaton in samples:
        answers, circuit_class, conditional = expected(automaton)
        seen.update(answers.items())
        seen.update([("circuit class", circuit_class), ("conditional", conditional)])
    for key in expected(TWO_LETTERS[0])[0]:
        assert min(seen[key, True], seen[key, False]) >= 8, key
    for circuit_class in ("NC0", "AC0", "ACC0", "NC1-complete"):
        assert seen["circuit class", circuit_class] >= 8
    assert seen["conditional", True] >= 8


SMALL_BUDGETS = [
    *(Budget(max_image_sets=n) for n in (1, 2, 5)),
    *(Budget(max_pairs=n) for n in (1, 20)),
    Budget(max_image_sets=1, max_pairs=1),
    Budget(seconds=0.0),
]


@pytest.mark.parametrize("budget", SMALL_BUDGETS, ids=repr)
def test_no_wrong_answer_under_a_small_budget(budget: Budget) -> None:
    """Undetermined is allowed, a wrong answer or a condition left out is not."""
    undetermined = 0
    samples = [*TWO_LETTERS[::20], *(a for s in small_automata.SHAPES for a in drawn(s, 5))]
    for automaton in samples:
        found = classify(as_dfa(automaton), budget)
        answers, circuit_class, conditional = expected(automaton)
        for key, holds in answers.items():
            undetermined += found.answers[key].value == "undetermined"
            assert found.answers[key].value in ("undetermined", "yes" if holds else "no"), key
        assert found.circuit_class in ("undetermined", circuit_class)
        if found.answers["nc1_complete"].value == "no" and conditional:
            assert "nc1_complete" in found.conditions
    assert undetermined > 0


@pytest.mark.slow
def test_deciders_on_a_quarter_of_the_automata_with_four_states() -> None:
    """Every fourth of the 56,014 minimal automata with four states over two letters."""
    count = 0
    for count, automaton in enumerate(small_automata.all_minimal(4, 2), start=1):
        if count % 4 == 0:
            compare(automaton)
    assert count == 56_014


@pytest.mark.slow
@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_deciders_on_many_random_automata(shape: str) -> None:
    for automaton in drawn(shape, 1000)[40:]:
        compare(automaton)
