"""Automata: minimisation, products, distinguishing words, and the checks of `from_lists`."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import minimisation
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.strategies import dfas, minimal_dfas, words
from languages.words import words_up_to


def separations(dfa: DFA) -> dict[tuple[int, int], int]:
    """Length of a shortest separating word per ordered pair of states, by table filling."""
    n, table, accept = dfa.states, dfa.delta.tolist(), dfa.accept.tolist()
    found = {(p, q): 0 for p in range(n) for q in range(n) if accept[p] != accept[q]}
    while True:
        new = {}
        for p, q in product(range(n), repeat=2):
            if (p, q) not in found:
                after = [found.get(pair) for pair in zip(table[p], table[q], strict=True)]
                lengths = [length for length in after if length is not None]
                if lengths:
                    new[p, q] = 1 + min(lengths)
        if not new:
            return found
        found.update(new)


def chain(n: int) -> DFA:
    """The words over {a} of length at least n - 1: n states, and n - 1 rounds of refinement."""
    return DFA.from_lists(["a"], [[min(i + 1, n - 1)] for i in range(n)], 0, [n - 1])


@pytest.mark.parametrize("rounds", [0, 1, 24])
@given(dfa=dfas(max_states=9))
def test_minimal_has_one_state_per_class_of_reachable_states(rounds: int, dfa: DFA) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(minimisation, "MOORE_ROUNDS", rounds)
        small = dfa.minimal()
    apart = separations(dfa)
    representatives: list[int] = []
    for q in dfa.reachable():
        if all((q, r) in apart for r in representatives):
            representatives.append(q)
    assert small.states == len(representatives)
    for word in words_up_to(dfa.alphabet, 6):
        assert small.accepts(word) == dfa.accepts(word)


@given(minimal_dfas(max_states=8), st.randoms())
def test_minimal_is_canonical(dfa: DFA, random) -> None:
    order = list(range(dfa.states))
    random.shuffle(order)
    number = np.argsort(order)
    shuffled = DFA(
        dfa.alphabet, number[dfa.delta[order]], int(number[dfa.start]), dfa.accept[order]
    )
    assert shuffled.minimal().identical(dfa)
    assert dfa.reachable() == list(range(dfa.states))
    assert dfa.minimal() is dfa


@pytest.mark.parametrize("n", [2, 30, 5000])
def test_a_chain_longer_than_the_vector_rounds_is_minimal(n: int) -> None:
    assert chain(n).minimal().identical(chain(n))


def test_equivalent_long_tails_are_merged() -> None:
    n = 3000
    rows = [[2, n + 2]] + [[0, 0]] + [[min(i + 1, n + 1)] * 2 for i in range(2, n + 2)]
    rows += [[min(i + 1, 2 * n + 1)] * 2 for i in range(n + 2, 2 * n + 2)]
    dfa = DFA.from_lists(["a", "b"], rows, 0, [n + 1, 2 * n + 1])
    assert dfa.minimal().states == n + 1


@given(dfas(max_states=8))
def test_distinguish_gives_a_shortest_separating_word(dfa: DFA) -> None:
    apart = separations(dfa)
    for p, q in product(range(dfa.states), repeat=2):
        word = dfa.distinguish(p, q)
        if (p, q) not in apart:
            assert word is None
        else:
            assert word is not None and len(word) == apart[p, q]
            assert dfa.accept[dfa.run(word, p)] != dfa.accept[dfa.run(word, q)]


@given(dfas(max_states=5), dfas(max_states=5))
def test_difference_is_the_first_length_at_which_two_languages_part(left: DFA, right: DFA) -> None:
    bound = left.states + right.states
    word = left.difference(right)
    short = [w for w in words_up_to("ab", min(bound, 7)) if left.accepts(w) != right.accepts(w)]
    if word is None:
        assert not short
        assert left.same_language(right)
        assert left.minimal().identical(right.minimal())
    else:
        assert left.accepts(word) != right.accepts(word)
        assert not left.same_language(right)
        assert not short or len(word) == len(short[0])


@given(dfas(max_states=5), dfas(max_states=5), words(max_length=8))
def test_products_and_complement(left: DFA, right: DFA, word: tuple[str, ...]) -> None:
    p, q = left.accepts(word), right.accepts(word)
    assert left.intersection(right).accepts(word) == (p and q)
    assert left.union(right).accepts(word) == (p or q)
    assert left.symmetric_difference(right).accepts(word) == (p != q)
    assert left.complement().accepts(word) != p
    assert left.symmetric_difference(right).is_empty() == left.same_language(right)


@given(dfas(max_states=7))
def test_access_words_are_the_first_in_length_lexicographic_order(dfa: DFA) -> None:
    first: dict[int, list[int]] = {}
    for word in words_up_to(dfa.alphabet, dfa.states):
        first.setdefault(dfa.run(dfa.encode(word)), dfa.encode(word))
    expected = [first.get(q) for q in range(dfa.states)]
    assert dfa.access_words() == expected
    assert [dfa.access_word(q) for q in range(dfa.states)] == expected


@given(dfas(max_states=6))
def test_emptiness_and_universality(dfa: DFA) -> None:
    answers = {dfa.accepts(word) for word in words_up_to(dfa.alphabet, dfa.states)}
    assert dfa.is_empty() == (answers == {False})
    assert dfa.is_universal() == (answers == {True})


def test_a_reordered_alphabet_is_the_same_language() -> None:
    dfa = DFA.from_lists(["a", "b"], [[1, 0], [1, 1]], 0, [1])
    turned = dfa.with_alphabet(("b", "a"))
    assert turned.delta.tolist() == [[0, 1], [1, 1]]
    assert dfa.same_language(turned)
    assert dfa.intersection(turned).same_language(dfa)
    with pytest.raises(InputError, match="expected the letters a b"):
        dfa.with_alphabet(("a", "c"))


def test_long_letters_and_foreign_letters() -> None:
    dfa = DFA.from_lists(["up", "down"], [[0, 1], [1, 0]], 0, [1])
    assert dfa.accepts(["down", "up"])
    with pytest.raises(InputError, match=r"letter 'left' .* \(letter 2\)"):
        dfa.accepts(["up", "left"])


def test_missing_transitions_lead_to_a_rejecting_sink() -> None:
    dfa = DFA.from_lists(["a", "b"], [[1, None], [None, 0]], 0, [0])
    assert dfa.states == 3
    assert dfa.delta[2].tolist() == [2, 2]
    assert dfa.accepts("abab") and not dfa.accepts("aab")


def test_the_arrays_are_read_only_views() -> None:
    delta = np.zeros((1, 1), dtype=np.int32)
    dfa = DFA(("a",), delta, 0, np.ones(1, dtype=np.bool_))
    with pytest.raises(ValueError, match="read-only"):
        dfa.delta[0, 0] = 1
    delta[0, 0] = 0  # the caller's own array stays writable


def test_a_product_stops_at_its_limit() -> None:
    cycles = [DFA.from_lists(["a"], [[(i + 1) % n] for i in range(n)], 0, [0]) for n in (100, 101)]
    with pytest.raises(LimitError, match="limit of 1000; raise it with --max-states"):
        cycles[0].intersection(cycles[1], max_states=1000)
    assert cycles[0].intersection(cycles[1], max_states=10100).states == 10100


@pytest.mark.parametrize(
    ("alphabet", "delta", "start", "accept", "message"),
    [
        (["a", "a"], [[0, 0]], 0, [], r"alphabet\[1\]: got 'a' again"),
        (["a", ""], [[0, 0]], 0, [], r"alphabet\[1\]: got ''"),
        (["a", "\n"], [[0, 0]], 0, [], r"alphabet\[1\]: got '\\n'"),
        (["a", 1], [[0, 0]], 0, [], r"alphabet\[1\]: got 1, expected a non-empty"),
        ([], [[]], 0, [], "alphabet: got an empty list"),
        ("ab", [[0, 0]], 0, [], "alphabet: got 'ab', expected a list"),
        (["a"], [], 0, [], "delta: got an empty list"),
        (["a"], [[0], [0, 1]], 0, [], r"delta\[1\]: got 2 entries, expected 1"),
        (["a"], [[0], 7], 0, [], r"delta\[1\]: got 7, expected a list"),
        (["a"], [[2], [0]], 0, [], r"delta\[0\]\[0\]: got 2, expected a state from 0 to 1 or null"),
        (["a"], [[-1]], 0, [], r"delta\[0\]\[0\]: got -1"),
        (["a"], [[True]], 0, [], r"delta\[0\]\[0\]: got true"),
        (["a"], [[0.0]], 0, [], r"delta\[0\]\[0\]: got 0.0"),
        (["a"], [["0"]], 0, [], r"delta\[0\]\[0\]: got '0'"),
        (["a"], [[10**400]], 0, [], r"delta\[0\]\[0\]: got an integer of 1329 bits"),
        (["a"], [[0]], 1, [], "start: got 1, expected a state from 0 to 0"),
        (["a"], [[None]], 1, [], "start: got 1, expected a state from 0 to 0"),
        (["a"], [[0]], None, [], "start: got null"),
        (["a"], [[0]], 0, [0, 0], r"accept\[1\]: got 0 again"),
        (["a"], [[0]], 0, [1], r"accept\[0\]: got 1, expected a state from 0 to 0"),
        (["a"], [[0]], 0, 0, "accept: got 0, expected a list"),
        (["a"], [[0]], 0, {"0": 1}, "accept: got an object of length 1"),
    ],
)
def test_from_lists_names_place_value_and_expectation(
    alphabet, delta, start, accept, message
) -> None:
    with pytest.raises(InputError, match=message):
        DFA.from_lists(alphabet, delta, start, accept)
