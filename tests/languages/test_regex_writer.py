"""Regular expressions from automata: read back, and matched by Python's own engine."""

from __future__ import annotations

import random
import re
from itertools import product

import pytest
from hypothesis import given, settings

from languages.dfa import DFA
from languages.errors import InputError
from languages.limits import Limits
from languages.parse import parse_language
from languages.regex import regex_to_dfa
from languages.regex.writer import EMPTY, term, to_regex
from languages.strategies import dfas


def check(dfa: DFA) -> str:
    text = to_regex(dfa)
    assert regex_to_dfa(text, dfa.alphabet).identical(dfa.minimal())
    return text


@given(dfas(max_states=7))
@settings(max_examples=150, deadline=None)
def test_small_automata_are_read_back_and_python_agrees(dfa: DFA) -> None:
    text = check(dfa)
    if "&" in text:
        assert dfa.is_empty()
        return
    engine = re.compile(text)
    for length in range(6):
        for word in product(dfa.alphabet, repeat=length):
            assert bool(engine.fullmatch("".join(word))) == dfa.accepts(word)


@given(dfas(max_states=5, alphabet=("]", "-", "^", "\\")))
@settings(deadline=None)
def test_letters_that_need_a_backslash(dfa: DFA) -> None:
    text = check(dfa)
    if "&" not in text:
        engine = re.compile(text)
        for length in range(4):
            for word in product(dfa.alphabet, repeat=length):
                assert bool(engine.fullmatch("".join(word))) == dfa.accepts(word)


@pytest.mark.parametrize(("language", "length"), [
    ("regex:(ab)*", 5),  # (ab)*
    ("parity", 9),  # (0|10*1)*
    ("mod:5", 18),
    ("regex:(a|b)*abb", 9),
    ("regex:~((a|b)*aba(a|b)*)", 18),
    ("tomita:4", 18),
    ("tomita:5", 31),
    ("dyck:1,depth=3", 21),
    ("dyck:2,depth=2", 36),
    ("regex:[a-z]+@[a-z]+\\.(com|org)", 24),
    ("regex:(a|b)*a(a|b){5}", 26),
    ("tracking:S5", 21),
    ("word-problem:S3", 95),
    ("word-problem:A4", 800),
    ("regex:a&b", 5),
    ("regex:(a|b)*", 5),
    ("regex:a?&()", 4),
])
def test_expressions_stay_short(language: str, length: int) -> None:
    dfa = parse_language(language).dfa
    assert dfa is not None
    assert len(check(dfa)) <= length


def test_the_same_automaton_gives_the_same_text() -> None:
    rng = random.Random(5)
    table = [[rng.randrange(9) for _ in "ab"] for _ in range(9)]
    one, two = (DFA.from_lists(["a", "b"], table, 0, [1, 4]) for _ in range(2))
    assert to_regex(one) == to_regex(two)


def test_lengths_are_known_before_the_text_is_written() -> None:
    a, b = term("letters", letters=frozenset("a")), term("letters", letters=frozenset("bc"))
    for x in (a, b, EMPTY, term(".", a, b), term("|", a, term(".", a, b)),
              term("*", term("|", a, term("?", b))), term("+", term("*", term(".", a, a))),
              term(".", term("|", a, b), term("?", term(".", a, b)))):
        assert x.length == len(x.text())
        assert term(x.kind, *x.parts, letters=x.letters) is x
    assert {x.nullable for x in (EMPTY, term("*", a), term("|", a, EMPTY))} == {True}
    assert not term(".", a, term("*", b)).nullable


def test_what_cannot_be_written() -> None:
    long = parse_language("or(ltl:P push; ltl:P push)").dfa
    assert long is not None
    with pytest.raises(InputError, match="the letter 'push' has several characters"):
        to_regex(long)
    for group, limits in (("S4", Limits()), ("S5", Limits()),
                          ("A4", Limits(max_regex_length=100))):
        dfa = parse_language(f"word-problem:{group}").dfa
        assert dfa is not None
        with pytest.raises(InputError, match=f"more than {limits.max_regex_length} characters, "
                           "which is as much as is read"):
            to_regex(dfa, limits)
    large = parse_language("mod:500").dfa
    assert large is not None
    with pytest.raises(InputError, match="500 states, expected at most 400"):
        to_regex(large)
