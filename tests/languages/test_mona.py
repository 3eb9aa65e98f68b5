"""Sentences and formulas against MONA, at all lengths: its automaton of the same sentence in M2L.

MONA has no empty word, so that one is left out; `test_first_order` and `test_temporal` look at it.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_first_order import random_sentence
from test_first_order import text as first_order_text
from test_temporal import ALL, ONE, SOME, STRICT, random_tree
from test_temporal import text as temporal_text

from languages.dfa import DFA
from languages.logics.fo_automaton import first_order_to_dfa
from languages.logics.fo_text import parse_fo
from languages.logics.from_automaton import star_free_formula
from languages.logics.ltl_text import parse_sentence
from languages.logics.sentence import POINTS
from languages.logics.two_way import sentence_to_dfa
from languages.regex import regex_to_dfa
from tests import oracles, small_automata
from tests.peers import mona

pytestmark = pytest.mark.slow


def same(ours: DFA, theirs: DFA) -> bool:
    """Is there no word of any length, the empty one aside, that one accepts and one rejects?"""
    some = regex_to_dfa(".+", ours.alphabet)
    return ours.intersection(some).difference(theirs) is None


def drawn(seed: int) -> tuple[random.Random, tuple[str, ...]]:
    """A source of random numbers, and an alphabet; the letter c is never written."""
    rng = random.Random(seed)
    return rng, tuple(rng.choice(["ab", "abc"]))


@pytest.mark.parametrize("seed", range(1000))
def test_first_order_sentences(seed: int, tmp_path: Path) -> None:
    rng, alphabet = drawn(seed)
    tree = random_sentence(rng, rng.randint(6, 18))
    theirs = mona.automaton(mona.FirstOrderText(alphabet).text(tree, {}), alphabet, tmp_path)
    assert same(first_order_to_dfa(parse_fo(first_order_text(tree), alphabet)), theirs)


@pytest.mark.parametrize("seed", range(1000))
def test_temporal_formulas(seed: int, tmp_path: Path) -> None:
    rng, alphabet = drawn(seed)
    tree = random_tree(rng, rng.randint(6, 18))
    point = rng.choice(list(POINTS))
    written = mona.TemporalText(alphabet, ONE, SOME, ALL, STRICT)
    if point == "end":
        formula = written.at(tree, None)
    else:
        beyond = "w < x" if point == "first" else "x < w"
        formula = f"ex1 x: ~(ex1 w: {beyond}) & {written.at(tree, 'x')}"
    theirs = mona.automaton(formula, alphabet, tmp_path)
    assert same(sentence_to_dfa(parse_sentence(f"at {point}: {temporal_text(tree)}", alphabet)),
                theirs)


def test_a_difference_is_seen(tmp_path: Path) -> None:
    """Words that begin with a, and all of them but the shortest."""
    first = sentence_to_dfa(parse_sentence("at first: a", "ab"))
    begins = f"ex1 x: ~(ex1 w: w < x) & {mona.letter(0, 2, 'x')}"
    assert same(first, mona.automaton(begins, "ab", tmp_path))
    but_one = f"{begins} & ~(all1 x: all1 w: w = x)"
    assert not same(first, mona.automaton(but_one, "ab", tmp_path))


@pytest.mark.parametrize(("states", "star_free"), [(2, 10), (3, 162)])
def test_formulas_made_from_automata(states: int, star_free: int, tmp_path: Path) -> None:
    """The way round: the formula of each small star-free automaton, back to it by MONA."""
    count = 0
    for letters, delta, start, accept in small_automata.all_minimal(states, 2):
        if not oracles.Syntactic((letters, delta, start, accept)).star_free():
            continue
        dfa = DFA.from_lists(["a", "b"], delta, start, sorted(accept))
        formula = star_free_formula(dfa)
        assert same(dfa, mona.automaton(mona.shared(formula), "ab", tmp_path)), delta
        count += 1
    assert count == star_free
