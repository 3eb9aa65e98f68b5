"""Chains of thought for automata: n + 1 tokens, the states in order, then the answer."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest

from expressivity.models.sizes import sizes
from expressivity.thought.automata import automaton_decoder, claimed
from expressivity.thought.session import Session, think
from expressivity.thought.thinker import Thinker
from expressivity.variants import parse_variant
from languages.dfa import DFA
from languages.parse import parse_language
from proofs.models.decoder import Decoded, decode
from proofs.profile import inside


def replayed(dfa: DFA, word: Sequence[int]) -> Decoded:
    """The states after each letter, and the answer, by the automaton alone."""
    states = [dfa.start]
    for letter in word:
        states.append(int(dfa.delta[states[-1]][letter]))
    accepted = bool(dfa.accept[states[-1]])
    return Decoded((*states[1:], dfa.states + (not accepted)), accepted)


def random_dfa(rng: random.Random) -> DFA:
    states, letters = rng.randint(1, 6), rng.randint(1, 3)
    delta = [[rng.randrange(states) for _ in range(letters)] for _ in range(states)]
    return DFA.from_lists([chr(ord("a") + k) for k in range(letters)], delta,
                          rng.randrange(states),
                          [q for q in range(states) if rng.random() < 0.5])


def test_random_automata() -> None:
    """Two hundred, each on random words, side by side."""
    rng = random.Random(5)
    answers = set()
    for _ in range(200):
        dfa = random_dfa(rng)
        thinker = Thinker.from_plain(automaton_decoder(dfa))
        found = sizes(thinker.definition.model) | {"tokens": len(thinker.tokens)}
        assert {name: found[name] for name in claimed(dfa)} == claimed(dfa)
        for n in (0, 1, rng.randint(2, 12)):
            words = [tuple(rng.choices(range(dfa.letters), k=n)) for _ in range(4)]
            got = Session(thinker, words).run()
            wanted = [replayed(dfa, word) for word in words]
            assert got.tokens == tuple(w.tokens for w in wanted)
            assert got.accepted == tuple(w.accepted for w in wanted)
            answers |= set(got.accepted)
    assert answers == {True, False}


@pytest.mark.parametrize("name", ["parity", "regex:(ab)*", "mod:3"])
def test_the_definition_agrees_on_all_short_words(name: str) -> None:
    dfa = parse_language(name).dfa
    assert dfa is not None
    thinker = Thinker.from_plain(automaton_decoder(dfa))
    for n in range(5):
        for word in itertools.product(range(dfa.letters), repeat=n):
            wanted = replayed(dfa, word)
            assert decode(thinker.definition, word) == wanted
            assert think(thinker, word) == wanted
            assert len(wanted.tokens) == n + 1 == thinker.definition.most(n)


@pytest.mark.parametrize(("name", "states"), [("word-problem:S5", 120), ("word-problem:A5", 60)])
def test_groups_that_are_not_solvable(name: str, states: int) -> None:
    dfa = parse_language(name).dfa
    assert dfa is not None and dfa.states == states
    thinker = Thinker.from_plain(automaton_decoder(dfa))
    rng = np.random.default_rng(2)
    word = tuple(rng.integers(0, dfa.letters, 300).tolist())
    assert think(thinker, word) == replayed(dfa, word)
    for n in (13, 14):
        assert think(thinker, (0,) * n).accepted == dfa.accepts([dfa.alphabet[0]] * n)


def test_the_decoder_lies_in_its_variant() -> None:
    dfa = parse_language("parity").dfa
    assert dfa is not None
    box = Thinker.from_plain(automaton_decoder(dfa)).profile()
    for text, member in (("ahat-rational,cot=n", True), ("ahat-rational,cot=n,readout=token", True),
                         ("ahat-rational,cot=n^2", True), ("ahat-rational,cot=log(n)", False),
                         ("ahat-rational", False), ("uhat,cot=n", False)):
        variant = parse_variant(text)
        assert any(inside(box, wanted) for wanted in variant.profile) == member, text


def test_letters_that_look_like_tokens() -> None:
    dfa = DFA.from_lists(["<q0>", "<accept>"], [[0, 1], [1, 0]], 0, [0])
    thinker = Thinker.from_plain(automaton_decoder(dfa))
    assert thinker.tokens == ("<<q0>>", "<<q1>>", "<<accept>>", "<<reject>>")
    assert think(thinker, (1, 0)).accepted is False


@pytest.mark.slow
def test_ten_thousand_letters() -> None:
    """The word problem of S5, exactly, each of the 10,001 tokens."""
    dfa = parse_language("word-problem:S5").dfa
    assert dfa is not None
    thinker = Thinker.from_plain(automaton_decoder(dfa))
    word = tuple(np.random.default_rng(4).integers(0, dfa.letters, 10_000).tolist())
    assert think(thinker, word) == replayed(dfa, word)
