"""Boolean operations and reversal: against the definitions on words, and as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.limits import Limits
from languages.operations import combined, reverse
from languages.parse import parse_language
from languages.regex import regex_to_dfa
from languages.strategies import dfas
from languages.words import words_up_to


def named(name: str, dfa: DFA) -> Language:
    return Language.regular(name, dfa, name)


@given(dfas(max_states=5))
@settings(deadline=None)
def test_reversal(dfa: DFA) -> None:
    found = reverse(dfa)
    for word in words_up_to(dfa.alphabet, 6):
        assert found.accepts(word) == dfa.accepts(word[::-1])
    assert reverse(found).identical(dfa.minimal())


@given(dfas(max_states=4), dfas(max_states=4, alphabet=("b", "a")))
@settings(deadline=None)
def test_boolean_operations(x: DFA, y: DFA) -> None:
    parts = [named("x", x), named("y", y)]
    both, one = combined("and", parts), combined("or", parts)
    neither = combined("not", [one])
    assert (both.name, one.name, neither.name) == ("and(x; y)", "or(x; y)", "not(or(x; y))")
    assert both.alphabet == ("a", "b")
    for word in words_up_to("ab", 5):
        assert both.contains(word) == (x.accepts(word) and y.accepts(word))
        assert one.contains(word) == (x.accepts(word) or y.accepts(word))
        assert neither.contains(word) == (not one.contains(word))


@pytest.mark.parametrize(("text", "regex"), [
    ("and(regex:a*b*; regex:(ab)*)", "()|ab"),
    ("or(regex:ab; regex:ba ;regex:a*b*)", "a*b*|ba"),
    ("not(regex:(a|b)*)", "a&b"),
    ("reverse(regex:ab*)", "b*a"),
    (" not( reverse ( and(regex:a.*; regex:.*b) ) ) ", "~(b.*a)"),
    ("and((regex:a*b*); (ltl:@f := Y b; @f))", "a*b+"),
    ("reverse((and(regex:a*b; regex:aab)))", "baa"),
    ("and(fo:exists x. (a(x) and forall y. x <= y); not(ltl:Y a))", "a.*b"),
])
def test_texts(text: str, regex: str) -> None:
    found = parse_language(text, alphabet=("a", "b"))
    assert found.dfa is not None
    assert found.dfa.difference(regex_to_dfa(regex, ("a", "b"))) is None
    assert found.name == text.strip()


def test_names_are_read_back() -> None:
    ab = ("a", "b")
    parts = [parse_language(text, alphabet=ab)
             for text in ("ltl:@f := Y b; @f", "regex:(a|b)*a")]
    made = combined("not", [combined("or", parts)])
    assert made.name == "not(or((ltl:@f := Y b; @f); regex:(a|b)*a))"
    again = parse_language(made.name, alphabet=ab)
    assert made.dfa is not None and again.dfa is not None
    assert again.dfa.identical(made.dfa)
    escaped = parse_language(r"or(regex:\(\;; regex:\;\()")
    assert escaped.contains("(;") and escaped.contains(";(") and not escaped.contains("((")


@pytest.mark.parametrize(("text", "message"), [
    ("and(parity; majority)", "and: majority is not regular, expected regular languages"),
    ("not(dyck:2)", "not: dyck:2 is not regular"),
    ("and(parity; regex:a)", "and: parity has the alphabet 0 1 and regex:a has a, expected the "
     "same letters (--alphabet extends that of"),
    ("and(parity; )", "and, part 2: language: got nothing"),
    ("and()", "language: got nothing"),
    ("and(parity; regex:a**)", "and, part 2: regex: a repetition of a repetition needs brackets, "
     "as in (a*)* (character 3)"),
    ("not(parity; parity)", "not: got 2 languages, expected one"),
    ("not(parity", "expected a bracket that closes at the end"),
    ("not(parity) x", "expected a bracket that closes at the end"),
    ("or(regex:[(]; parity)", "expected a bracket that closes at the end"),
    ("xor(parity; parity)", "got 'xor(parity; parity)', "),
    ("not(" * 60 + "parity" + ")" * 60, "operations nested deeper than 50"),
])
def test_unclear_texts_are_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_language(text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_limits_are_named() -> None:
    with pytest.raises(LimitError, match="--max-states"):
        parse_language("reverse(regex:(a|b){10}a(a|b)*)", limits=Limits(max_states=200))
    with pytest.raises(LimitError, match=r"and, part 2: .*--max-states"):
        parse_language("and(regex:a; regex:a{300})", limits=Limits(max_states=200))
    with pytest.raises(LimitError, match="--max-states"):
        parse_language("and(regex:(a{7})*; regex:(a{11})*)", limits=Limits(max_states=50))
