"""Definite, local, piecewise and two-variable classes against their definitions."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest

from languages.classes import certifiers, deciders
from languages.classes.analysis import Analysis, Budget
from languages.dfa import DFA
from languages.parse import parse_language
from proofs.base import axioms
from proofs.classes import CLASSES
from proofs.statements import Sub
from tests import oracles, small_automata
from tests import subregular_oracles as definitions
from tests.oracles import Automaton, Syntactic

TWO_LETTERS = [a for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2)]
THREE_LETTERS = [a for n in (1, 2) for a in small_automata.all_minimal(n, 3)]
ONE_LETTER = list(small_automata.all_one_letter(5))
SMALL = [*ONE_LETTER, *TWO_LETTERS, *THREE_LETTERS]
LARGEST = 18  # elements of a semigroup over which four variables range

BY_WORDS: dict[str, Callable[[Automaton], int | None]] = {
    "definite": definitions.definite,
    "reverse_definite": definitions.reverse_definite,
    "strictly_local": definitions.strictly_local,
    "tier_strictly_local": definitions.tier_strictly_local,
    "strictly_piecewise": definitions.strictly_piecewise,
}
LEAST = {
    "definite": r"the last (\d+) letters",
    "reverse_definite": r"the first (\d+) letters",
    "strictly_local": r"strictly (\d+)-local",
    "tier_strictly_local": r"strictly (\d+)-local",
    "strictly_piecewise": r"strictly (\d+)-piecewise",
}
BY_MONOID: dict[str, Callable[[Syntactic], bool]] = {
    "generalised_definite": definitions.generalised_definite,
    "commutative": definitions.commutative,
    "group_language": lambda monoid: list(monoid.groups.values()) == [monoid.elements],
    "locally_testable": Syntactic.locally_testable,
    "r_omega": Syntactic.one_idempotent_per_r_class,
    "ac0_p": lambda monoid: len(monoid.same_length_primes()) < 2,
    "fo2": Syntactic.da,
    "fo2_successor": definitions.locally_in_da,
    "fo2_mod": lambda monoid: definitions.in_da(sorted(monoid.stable)),
    "locally_threshold_testable": definitions.locally_threshold,
    "dot_depth_one": definitions.knast,
}
HEAVY = ("fo2", "fo2_successor", "fo2_mod", "dot_depth_one", "locally_threshold_testable")


def as_dfa(automaton: Automaton) -> DFA:
    letters, delta, start, accept = automaton
    return DFA.from_lists(list("abcdefgh"[:letters]), delta, start, sorted(accept))


def compare_by_words(automaton: Automaton) -> None:
    """The answer and the least k."""
    analysis = Analysis(as_dfa(automaton))
    for key, least in BY_WORDS.items():
        answer = deciders()[key].decide(analysis)
        expected = least(automaton)
        assert answer.value == ("no" if expected is None else "yes"), (key, automaton)
        if expected is not None:
            found = re.search(LEAST[key], answer.reason)
            assert found is not None and int(found[1]) == expected, (key, automaton)
    answer = deciders()["commutative"].decide(analysis).value
    assert answer == ("yes" if definitions.neighbours_commute(automaton) else "no"), automaton


def compare_by_monoid(automaton: Automaton, largest: int = LARGEST) -> None:
    """The answers, where the monoid is not too large for brute force."""
    monoid = Syntactic(automaton)
    analysis = Analysis(as_dfa(automaton))
    for key, holds in BY_MONOID.items():
        if key not in HEAVY or len(monoid.elements) <= largest:
            answer = deciders()[key].decide(analysis).value
            assert answer == ("yes" if holds(monoid) else "no"), (key, automaton)


def test_small_automata_by_words() -> None:
    for automaton in SMALL:
        compare_by_words(automaton)


def test_small_automata_by_monoid() -> None:
    for automaton in SMALL:
        compare_by_monoid(automaton)


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_random_automata_by_monoid(shape: str) -> None:
    rng = random.Random(shape)
    for _ in range(25):
        compare_by_monoid(small_automata.SHAPES[shape](rng))


@pytest.mark.slow
@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_many_random_automata(shape: str) -> None:
    rng = random.Random("more " + shape)
    for _ in range(60):
        automaton = small_automata.SHAPES[shape](rng)
        compare_by_monoid(automaton, 20)
        if automaton[0] * len(automaton[1]) <= 8:
            compare_by_words(automaton)


def test_samples_reach_every_answer() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for automaton in SMALL:
        if len(automaton[1]) < 3 or len(Syntactic(automaton).elements) <= LARGEST:
            analysis = Analysis(as_dfa(automaton))
            for key in (*BY_WORDS, *BY_MONOID):
                seen[key, deciders()[key].decide(analysis).value] += 1
    for key in (*BY_WORDS, *BY_MONOID):
        if key != "ac0_p":  # two primes need more states
            assert min(seen[key, "yes"], seen[key, "no"]) >= 8, key


# --- testable languages, by the congruences ------------------------------------------------------


def random_language(rng: random.Random, k: int, threshold: int) -> Automaton:
    """A random function of the first and last k - 1 letters and the counted k-factors."""

    def step(node: tuple[tuple[int, ...], tuple[int, ...], frozenset[tuple[tuple[int, ...], int]]],
             a: int) -> tuple[tuple[int, ...], tuple[int, ...],
                              frozenset[tuple[tuple[int, ...], int]]]:
        head, tail, counts = node
        word = (*tail, a)
        if len(word) == k:
            have = dict(counts)
            have[word] = min(have.get(word, 0) + 1, threshold)
            counts, word = frozenset(have.items()), word[1:]
        return ((*head, a) if len(head) < k - 1 else head), word, counts

    chance = rng.choice((0.1, 0.5))
    return oracles.explored(2, ((), (), frozenset()), step, lambda _: rng.random() < chance)


@pytest.mark.parametrize(("k", "threshold", "key"), [
    (1, 1, "locally_testable"), (2, 1, "locally_testable"),
    (1, 2, "locally_threshold_testable"), (1, 3, "locally_threshold_testable"),
])
def test_testable_languages(k: int, threshold: int, key: str) -> None:
    rng = random.Random(k)
    for _ in range(15):
        automaton = random_language(rng, k, threshold)
        assert definitions.testable(automaton, k, threshold)
        assert deciders()[key].decide(Analysis(as_dfa(automaton))).value == "yes"


def test_languages_found_testable_are_so_by_the_deciders() -> None:
    """And each locally testable language of up to three states is found so for some k <= 4."""
    for automaton in TWO_LETTERS[::3]:
        analysis = Analysis(as_dfa(automaton))
        local = any(definitions.testable(automaton, k, 1) for k in (1, 2, 3, 4))
        assert local == (deciders()["locally_testable"].decide(analysis).value == "yes")
        if not local and any(definitions.testable(automaton, k, 3) for k in (1, 2)):
            found = deciders()["locally_threshold_testable"].decide(analysis)
            assert found.value == "yes"


def random_dot_depth_one(rng: random.Random) -> Automaton:
    """A random function of the pairs of 2-factors that occur one after the other, and both ends."""

    def step(node: tuple[int, int, frozenset[tuple[tuple[int, int], ...]]], a: int) -> tuple[
            int, int, frozenset[tuple[tuple[int, int], ...]]]:
        first, last, seen = node
        if last < 0:
            return a, a, seen
        return first, a, seen | {(*s, (last, a)) for s in seen if len(s) < 2}

    chosen = {(x, y) for x in PAIRS for y in PAIRS if rng.random() < 0.1}
    ends = {(a, b) for a in (0, 1) for b in (0, 1) if rng.random() < 0.5}
    return oracles.minimal(oracles.explored(
        2, (-1, -1, frozenset({()})), step,
        lambda node: bool(chosen & node[2]) != (node[:2] in ends)))


PAIRS = [(a, b) for a in (0, 1) for b in (0, 1)]


def test_combinations_of_sequences_of_factors_have_dot_depth_one() -> None:
    rng = random.Random(1)
    beyond = 0
    for _ in range(60):
        analysis = Analysis(as_dfa(random_dot_depth_one(rng)))
        assert deciders()["dot_depth_one"].decide(analysis).value == "yes"
        assert deciders()["fo2_successor"].decide(analysis).value == "yes"
        beyond += deciders()["locally_threshold_testable"].decide(analysis).value == "no"
    assert beyond > 5


# --- known languages -----------------------------------------------------------------------------

KNOWN: dict[str, tuple[str, str, set[str], set[str]]] = {
    "(ab)*": ("(ab)*", "ab", {"strictly_local", "r_omega", "dot_depth_one"},
              {"fo2", "generalised_definite", "strictly_piecewise"}),
    "begins and ends with a": ("a.*a|a", "ab", {"generalised_definite", "strictly_local", "fo2"},
                               {"definite", "reverse_definite"}),
    "ends alike": ("a.*a|b.*b", "ab", {"generalised_definite", "locally_testable"},
                   {"strictly_local", "tier_strictly_local"}),
    "no a after b": ("a*b*", "ab", {"strictly_piecewise", "strictly_local"}, {"definite"}),
    "no two a's": ("b*a?b*", "ab", {"strictly_piecewise", "locally_threshold_testable"},
                   {"locally_testable"}),
    "a's and b's alternate, c's between": ("c*(ac*bc*)*", "abc",
                                           {"tier_strictly_local"},
                                           {"strictly_local", "locally_threshold_testable"}),
    "factor ab, ternary": (".*ab.*", "abc", {"locally_testable", "fo2_successor"},
                           {"fo2", "r_omega", "strictly_local"}),
    "a then bb": (".*a.*bb.*", "abc", {"dot_depth_one"}, {"locally_threshold_testable", "fo2"}),
    "even length": ("(..)*", "ab", {"commutative", "group_language", "fo2_mod", "ac0_p"},
                    {"fo2", "dot_depth_one"}),
    "(ab+aabb)*": ("(ab|aabb)*", "ab", {"star_free"}, {"r_omega", "fo2"}),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_languages(name: str) -> None:
    pattern, letters, holds, fails = KNOWN[name]
    analysis = Analysis(parse_language("regex:" + pattern, alphabet=tuple(letters)).dfa)
    for keys, value in ((holds, "yes"), (fails, "no")):
        for key in keys & set(deciders()):
            assert deciders()[key].decide(analysis).value == value, key


# --- inclusions ----------------------------------------------------------------------------------

CHAINS = [
    ("definite", "generalised_definite"), ("reverse_definite", "generalised_definite"),
    ("strictly_local", "tier_strictly_local"), ("strictly_local", "locally_testable"),
    ("locally_testable", "locally_threshold_testable"),
    ("locally_threshold_testable", "dot_depth_one"), ("dot_depth_one", "fo2_successor"),
    ("fo2", "fo2_successor"), ("fo2_successor", "star_free"), ("fo2", "fo2_mod"),
    ("ltl_p_mod", "fo2_mod"), ("fo2_mod", "ac0"), ("piecewise_testable", "dot_depth_one"),
    ("strictly_piecewise", "piecewise_testable"), ("ac0", "ac0_p"), ("ac0_p", "solvable"),
    ("commutative", "solvable"), ("tier_strictly_local", "star_free"),
]


def inclusions() -> list[tuple[str, str]]:
    """Pairs of keys: the chains above, and what the base says about classes with certificates."""
    found = certifiers()
    pairs = list(CHAINS)
    for axiom in axioms().values():
        for s in axiom.statements:
            if isinstance(s, Sub) and s.lower in found and s.upper in found:
                pairs.append((found[s.lower].KEY, found[s.upper].KEY))
    return pairs


@pytest.mark.parametrize("shape", small_automata.SHAPES)
def test_inclusions_hold_on_random_automata(shape: str) -> None:
    rng = random.Random(shape)
    pairs = inclusions()
    assert len(pairs) > len(CHAINS) + 20
    for _ in range(60):
        analysis = Analysis(as_dfa(small_automata.SHAPES[shape](rng)))
        answers = {key: module.decide(analysis).value for key, module in deciders().items()}
        for lower, upper in pairs:
            assert (answers[lower], answers[upper]) != ("yes", "no"), (lower, upper)


def test_the_empty_word_makes_no_difference_to_certified_classes() -> None:
    for automaton in TWO_LETTERS[::2]:
        letters, delta, start, accept = automaton
        # A start of its own, which is not entered again, accepts the empty word or does not.
        table = (*delta, delta[start])
        verdicts = []
        for empty in (False, True):
            final = accept | {len(delta)} if empty else accept
            analysis = Analysis(as_dfa((letters, table, len(delta), final)))
            verdicts.append({name: module.decide(analysis).value
                             for name, module in certifiers().items()
                             if name in CLASSES and name != "C-RASP@last"})
        assert verdicts[0] == verdicts[1], automaton


# --- another program -----------------------------------------------------------------------------


def test_against_libsemigroups() -> None:
    """D-classes by Konieczny's algorithm: DA, R^omega and groups can be read off them."""
    peer = pytest.importorskip("libsemigroups_pybind11")
    rng = random.Random(7)
    quiet = peer.ReportGuard(False)
    for _ in range(150):
        automaton = oracles.minimal(
            small_automata.random_automaton(rng, rng.randint(2, 5), rng.randint(1, 3)))
        letters, delta, _, _ = automaton
        analysis = Analysis(as_dfa(automaton))
        n = len(delta)
        points = [[row[a] for row in delta] for a in range(letters)]
        if n == 1:
            continue
        monoid = peer.Konieczny([peer.Transf(list(range(n))), *map(peer.Transf, points)])
        monoid.run()
        classes = [d for d in monoid.D_classes() if d.is_regular_D_class()]
        one = [d.number_of_idempotents() == d.number_of_R_classes() for d in classes]
        aperiodic = all(d.size() == d.number_of_R_classes() * d.number_of_L_classes()
                        for d in classes)
        found = {
            "star_free": aperiodic,
            "fo2": all(d.number_of_idempotents() == d.size() for d in classes),
            "r_omega": aperiodic and all(one),
            "group_language": monoid.number_of_D_classes() == 1 and monoid.number_of_idempotents()
            == 1,
        }
        for key, holds in found.items():
            assert deciders()[key].decide(analysis).value == ("yes" if holds else "no"), key
        semigroup = peer.FroidurePin([peer.Transf(x) for x in points])
        assert analysis.semigroup is not None
        assert analysis.semigroup.size == semigroup.size()
    del quiet


# --- budgets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", [Budget(max_elements=3), Budget(max_image_cells=2000),
                                    Budget(max_pairs=1), Budget(max_elements=1, max_pairs=1)],
                         ids=repr)
def test_no_wrong_answer_under_a_small_budget(budget: Budget) -> None:
    undetermined = 0
    for automaton in [*TWO_LETTERS[::25], *THREE_LETTERS[::25]]:
        small, full = Analysis(as_dfa(automaton), budget), Analysis(as_dfa(automaton))
        for key in (*BY_WORDS, *BY_MONOID):
            answer = deciders()[key].decide(small)
            if answer.value == "undetermined":
                undetermined += 1
                assert re.search(r"raise --(max-[a-z-]+|seconds)$", answer.reason), answer.reason
            else:
                assert answer.value == deciders()[key].decide(full).value, key
    assert undetermined > 0


def test_semigroup_elements_are_those_of_their_words() -> None:
    rng = random.Random(2)
    for _ in range(20):
        analysis = Analysis(as_dfa(small_automata.random_automaton(rng, 4, 2)))
        semigroup = analysis.semigroup
        assert semigroup is not None
        expected = {tuple(row) for row in semigroup.maps.tolist()}
        assert len(expected) == semigroup.size
        for x in range(semigroup.size):
            word = semigroup.word(x)
            moved = list(range(analysis.states.n))
            for a in word:
                moved = [analysis.states.table[q][a] for q in moved]
            assert moved == semigroup.maps[x].tolist()
            for a in range(analysis.states.m):
                after = [analysis.states.table[q][a] for q in moved]
                assert after == semigroup.maps[semigroup.right[x, a]].tolist()
