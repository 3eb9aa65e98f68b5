"""Regular expressions against Python's `re`, and `~` and `&` against their meaning."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.errors import InputError, LimitError
from languages.limits import Limits
from languages.regex import regex_to_dfa
from languages.regex.parser import parse_regex
from languages.regex.syntax import (
    Complement,
    Concatenation,
    Intersection,
    Letters,
    Node,
    Repeat,
    Union,
)
from languages.strategies import regexes
from languages.words import words_up_to

SAME_IN_PYTHON = """
a b ab ba a|b a* a+ a? (ab)* (ab)+ (a|b)* (a|b)*a (a|b)*a(a|b) (a*)* (a+)* (a?)* (a*)+ (a|())*
() ()* ()a a() (()|a)b a{2} a{2,} a{,2} a{1,3} a{0} a{0,} a{0,0} (ab){2} (a|b){3} (a|ba){1,2}
(a*b){2,} (a{2}){2} (a{2,3}){1,2} . .* .a. [ab] [a] [^a] [^b]* [a-b]* [^a]b|a[^b] a|b|ab
a*b*a* (a*b*)* (aa|bb)* (a(ab)*b)* ((a|b)(a|b))* (b|ab)*a? b*ab*ab* (a|b)*abb (ab|a)(bab|ab)*
a(b|a(b|a(b|a)*)*)* ((a|b)*a|b){2} ((())) (a)(b) a{1}b{1} (a{0})b (ab?)* (a?b?)* (a?){3} ((a?){2})*
[ba] [b-b]a
"""


@pytest.mark.parametrize("text", SAME_IN_PYTHON.split())
def test_same_as_python(text: str) -> None:
    dfa = regex_to_dfa(text, ("a", "b"))
    pattern = re.compile(text.replace("{,", "{0,"))
    for word in words_up_to("ab", 8):
        assert dfa.accepts(word) == bool(pattern.fullmatch("".join(word))), word
    assert dfa.minimal() is dfa


@settings(max_examples=150, deadline=None)
@given(regexes("abc"))
def test_random_expressions_are_the_same_as_python(text: str) -> None:
    dfa = regex_to_dfa(text, tuple("abc"))
    pattern = re.compile(text.replace("{,", "{0,"))
    for word in words_up_to("abc", 5):
        assert dfa.accepts(word) == bool(pattern.fullmatch("".join(word))), word


def words_of(node: Node, alphabet: str, bound: int) -> frozenset[str]:
    """The words of length at most `bound`, straight from the definition of each operator."""
    everything = frozenset("".join(word) for word in words_up_to(alphabet, bound))
    parts = [words_of(child, alphabet, bound) for child in node.children]

    def times(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
        return frozenset(u + v for u in left for v in right if len(u + v) <= bound)

    match node:
        case Letters():
            return frozenset(x for x in alphabet if (x in node.letters) != node.negated)
        case Union():
            return frozenset().union(*parts)
        case Intersection():
            return everything.intersection(*parts)
        case Complement():
            return everything - parts[0]
        case Concatenation():
            result = frozenset({""})
            for part in parts:
                result = times(result, part)
            return result
        case Repeat():
            power = frozenset({""})
            for _ in range(node.low):
                power = times(power, parts[0])
            result = power
            # More than `bound` further factors add nothing new, since only empty ones fit.
            for _ in range(bound if node.high is None else node.high - node.low):
                power = times(power, parts[0])
                result |= power
            return result


@settings(max_examples=150, deadline=None)
@given(regexes("ab", boolean=True))
def test_complement_and_intersection_mean_what_they_say(text: str) -> None:
    bound = 5
    expected = words_of(parse_regex(text), "ab", bound)
    dfa = regex_to_dfa(text, ("a", "b"))
    assert {"".join(w) for w in words_up_to("ab", bound) if dfa.accepts(w)} == expected


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("~a*", "~(a*)"),
        ("~ab", "(~a)b"),
        ("~~a", "a"),
        ("~~~a", "~a"),
        ("a|b&a", "a|(b&a)"),
        ("ab&.b|b", "((ab)&(.b))|b"),
        ("a&~b*", "a&(~(b*))"),
        ("~(~a|~b)", "~(~(a&b))"),
        ("~(.*a.*)", "b*"),
        ("(~())&b*", "b+"),
        ("~(.*)", "a&b"),
        ("(a&b)*", "()"),
        ("a(a&b)", "a&b"),
        ("[ab]{2}", "(a|b)(a|b)"),
        ("[^a]", "b"),
    ],
)
def test_precedence_and_laws(text: str, same: str) -> None:
    alphabet = ("a", "b")
    assert regex_to_dfa(text, alphabet).identical(regex_to_dfa(same, alphabet))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"\*\+\?", "*+?"),
        (r"\(\)\[\]\{\}", "()[]{}"),
        (r"\.\\\^\$\|\&\~", ".\\^$|&~"),
        (r"[*+?(){}.|&~$]{2}", "*$"),
        (r"[\]\[\\]{3}", "][\\"),
        (r"[a-]{2}", "a-"),
        (r"[-a]{2}", "a-"),
        (r"[a\-z]{3}", "a-z"),
        (r"[a^]{2}", "a^"),
        (r"\ a", " a"),
        ("é[à-ü]", "éé"),
        ("<>#@,;:", "<>#@,;:"),
    ],
)
def test_escapes_and_classes(text: str, word: str) -> None:
    dfa = regex_to_dfa(text)
    assert dfa.accepts(word)
    assert not dfa.accepts(word * 2)


def test_a_dash_between_letters_is_a_range() -> None:
    assert regex_to_dfa("[a-d]").alphabet == ("a", "b", "c", "d")
    assert regex_to_dfa(r"[a\-d]").alphabet == ("-", "a", "d")


def test_the_alphabet_is_given_or_written() -> None:
    assert regex_to_dfa("b|a").alphabet == ("a", "b")
    assert regex_to_dfa("[^c]a").alphabet == ("a", "c")
    assert regex_to_dfa("a.", ("a", "b", "c")).accepts("ac")
    assert regex_to_dfa("~a").accepts("aa")
    assert not regex_to_dfa("a", ("b", "a")).accepts("b")
    for text in ("()", ".", "~()", ".*&..", "~(.*)"):
        with pytest.raises(InputError, match="expected --alphabet"):
            regex_to_dfa(text)
        assert regex_to_dfa(text, ("x",)).alphabet == ("x",)


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("", "expected () for the empty word", None),
        ("(ab", "never closed", 1),
        ("ab(a(b)", "never closed", 3),
        ("ab)", "')' without a '('", 3),
        ("a{5,2}", "smaller count first", 2),
        ("a{}", "expected {m}", 2),
        ("a{,}", "expected {m}", 2),
        ("a{x}", "expected {m}", 2),
        ("a{1,2,3}", "expected {m}", 2),
        ("a{-1}", "expected {m}", 2),
        ("a{٣}", "expected {m}", 2),
        ("a{2", "never closed", 2),
        ("{2}", "nothing to repeat", 1),
        ("*a", "nothing to repeat", 1),
        ("a|*", "nothing to repeat", 3),
        ("(+)", "nothing to repeat", 2),
        ("~*", "nothing to repeat", 2),
        ("b~{2}a", "nothing to repeat", 3),
        ("a**", "needs brackets", 3),
        ("a+?", "needs brackets", 3),
        ("a{2}{3}", "needs brackets", 5),
        ("a|", "expected () for the empty word", 3),
        ("|a", "expected () for the empty word", 1),
        ("a&", "expected () for the empty word", 3),
        ("(a|)", "expected () for the empty word", 4),
        ("a~", "'~' without anything", 2),
        ("(~)", "'~' without anything", 2),
        ("[]", "without letters", 1),
        ("a[^]", "without letters", 2),
        ("[ab", "never closed", 1),
        ("a[", "never closed", 2),
        ("[a[b]]", "write \\[", 3),
        ("[b-a]", "range b-a", 4),
        ("[a-\U0001f600]", "at most 1000 letters", 4),
        ("a]", "']' without an opening", 2),
        ("a}", "'}' without an opening", 2),
        ("ab\\", "backslash at the end", 3),
        ("[a\\", "backslash at the end", 3),
        (r"a\d", "expected a punctuation mark", 3),
        (r"a\n", "expected a punctuation mark", 3),
        ("^a", "no anchor", 1),
        ("a$", "no anchor", 2),
        ("a b", "white space", 2),
        ("a\x00", "printable", 2),
        ("a\ud800", "printable", 2),
        ("(" * 201 + "a" + ")" * 201, "nested deeper than 200", 201),
        ("a" * 10_001, "expected at most 10000", None),
        ("a{2}c", "letter 'c' is not in the alphabet: expected one of a b", 5),
        ("a[b-d]", "letter 'c' is not in the alphabet", 2),
        ("a[^ab]", "leaves no letter of the alphabet a b", 2),
    ],
)
def test_errors_point_at_a_character(text: str, message: str, position: int | None) -> None:
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        regex_to_dfa(text, ("a", "b"))
    assert caught.value.position == (None if position is None else f"character {position}")
    assert "\n" not in str(caught.value)


@given(st.text(alphabet="ab()[]{},123|&~*+?.\\^$- ", max_size=20))
def test_any_text_is_a_language_or_an_input_error(text: str) -> None:
    try:
        dfa = regex_to_dfa(text, ("a", "b"), Limits(max_states=300))
    except InputError as error:
        assert str(error)
    else:
        assert dfa.alphabet == ("a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200 + "a" + ")" * 200,
        "(" * 199 + "a" + "|b)*" * 199,
        "~(" * 150 + "a" + "&b)" * 150,
        "~" * 9999 + "a",
        "a" * 3000,
    ],
)
def test_long_and_deep_expressions_need_no_recursion(text: str) -> None:
    assert regex_to_dfa(text, ("a", "b")).states >= 1


@pytest.mark.parametrize(
    "text",
    [
        "a{200001}",
        "a{" + "9" * 5000 + "}",
        "((a{1000}){1000}){1000}",
        "(a|b)*a(a|b){30}",
        "~((a|b)*a(a|b){30})",
        "(a{101}){,150}&(a{103})*",
    ],
)
def test_too_large_is_a_limit_error_naming_the_option(text: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(LimitError, match="raise it with --max-states"):
        regex_to_dfa(text)
    assert time.perf_counter() - begin < 20


def test_a_small_limit_is_kept_and_a_large_one_raises_it() -> None:
    text = "(a|b)*a(a|b){6}"
    with pytest.raises(LimitError, match="limit of 127;"):
        regex_to_dfa(text, limits=Limits(max_states=127))
    assert regex_to_dfa(text, limits=Limits(max_states=128)).states == 128


def test_the_nth_letter_from_the_end_needs_exponentially_many_states() -> None:
    assert regex_to_dfa("(a|b)*a(a|b){12}").states == 2**13
