"""From the user's text to a language, an alphabet, a word."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.catalogue import entries
from languages.errors import InputError
from languages.formats import dfa_to_mapping
from languages.limits import Limits
from languages.parse import FORMS, parse_language, syntaxes
from languages.regex import regex_to_dfa
from languages.strategies import words
from languages.words import blocks, parse_alphabet, parse_word, show_word, words_up_to


def test_a_regex_keeps_everything_after_the_first_colon() -> None:
    language = parse_language(" regex:a:b ")
    assert language.name == "regex:a:b"
    assert language.alphabet == (":", "a", "b")
    assert language.contains("a:b")


def test_the_alphabet_extends_a_regex() -> None:
    language = parse_language("regex:(ab)*", alphabet=("a", "b", "c"))
    assert language.alphabet == ("a", "b", "c")
    assert language.dfa is not None
    assert language.dfa.identical(regex_to_dfa("(ab)*", ("a", "b", "c")))


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x:y.json"
    path.write_text(json.dumps(dfa_to_mapping(regex_to_dfa("(ab)*"))))
    language = parse_language(f"dfa:{path}")
    assert language.name == f"dfa:{path}"
    assert language.dfa is not None and language.dfa.identical(regex_to_dfa("(ab)*"))
    with pytest.raises(InputError, match="the automaton has the letters a b"):
        parse_language(f"dfa:{path}", alphabet=("a", "b", "c"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "got nothing, expected a name"),
        (":", "got nothing, expected a name"),
        ("paritty", "did you mean parity"),
        ("Parity", "did you mean parity"),
        ("word-problm:S5", "did you mean word-problem"),
        ("regexp:a", "did you mean regex"),
        ("zzz", "anbn, anbncn, "),
        ("regex:", "nothing after the colon, expected regex:EXPRESSION"),
        ("dfa:", "nothing after the colon, expected dfa:FILE"),
        ("regex", "'regex', did you mean regex"),
        ("dfa:/does/not/exist", "cannot read '/does/not/exist'"),
        ("regex:a**", "character 3"),
    ],
)
def test_unknown_and_incomplete_texts(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_language(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_catalogue_language_has_its_own_alphabet() -> None:
    assert parse_language("parity", alphabet=("1", "0")).alphabet == ("0", "1")
    for alphabet in (("0", "1", "2"), ("0",), ("a", "b")):
        with pytest.raises(InputError, match="parity has the alphabet 0 1"):
            parse_language("parity", alphabet=alphabet)
    with pytest.raises(InputError, match="got 'a' again"):
        parse_language("regex:a", alphabet=("a", "a"))


def test_limits_reach_every_form(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(dfa_to_mapping(regex_to_dfa("a{9}"))))
    for text in ("regex:a{9}", f"dfa:{path}", "mod:11"):
        with pytest.raises(InputError, match="--max-states"):
            parse_language(text, limits=Limits(max_states=10))
        parse_language(text, limits=Limits(max_states=11))


def test_syntaxes_name_every_form_and_entry() -> None:
    written = syntaxes()
    for name in (*FORMS, *entries()):
        assert any(line.startswith(name) for line in written)


@given(st.text(max_size=30))
def test_any_text_is_a_language_or_an_input_error(text: str) -> None:
    try:
        parse_language(text, limits=Limits(max_states=100))
    except InputError as error:
        assert str(error)


# -- alphabets and words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letters"),
    [("ab", ("a", "b")), ("ba", ("b", "a")), ("a,b,cc", ("a", "b", "cc")), ("01", ("0", "1"))],
)
def test_alphabets(text: str, letters: tuple[str, ...]) -> None:
    assert parse_alphabet(text) == letters


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected at least one letter"),
        ("aba", "got 'a' again"),
        ("x,y,x", "got 'x' again"),
        ("a,,b", "got ''"),
        ("a b", "expected no white space"),
        ("a, b", "expected no white space"),
        ("a\x07", "expected a non-empty printable string"),
    ],
)
def test_bad_alphabets(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_alphabet(text)


def test_words_with_and_without_separator() -> None:
    assert parse_word("abba", ("a", "b")) == ("a", "b", "b", "a")
    assert parse_word("", ("a", "b")) == parse_word("()", ("a", "b")) == ()
    assert parse_word("()", ("(", ")")) == ("(", ")")
    assert parse_word("(1 )1", ("(1", ")1"), " ") == ("(1", ")1")
    for text, separator, message in (
        ("abc", None, r"letter 'c' is not in the alphabet.*\(letter 3\)"),
        ("a-c", "-", r"letter 'c' is not in the alphabet.*\(letter 2\)"),
        ("ab", "", "empty separator"),
    ):
        with pytest.raises(InputError, match=message):
            parse_word(text, ("a", "b"), separator)
    with pytest.raises(InputError, match="expected --sep"):
        parse_word("up", ("up", "down"))


@given(words("abc"), words(("up", "down")))
def test_shown_words_are_read_back(short: tuple[str, ...], long: tuple[str, ...]) -> None:
    assert parse_word(show_word(short), "abc") == short
    assert parse_word(show_word(long), ("up", "down"), " ") == long


@given(st.lists(st.integers(0, 2), max_size=12))
def test_blocks_spell_the_word(word: list[int]) -> None:
    found = blocks(word)
    assert [a for count, letters in found for _ in range(count) for a in letters] == word
    assert all(x[1] != y[1] for x, y in pairwise(found))


def test_words_come_in_length_lexicographic_order() -> None:
    found = ["".join(word) for word in words_up_to("ab", 3)]
    assert found == sorted(found, key=lambda w: (len(w), w))
    assert len(set(found)) == 1 + 2 + 4 + 8


def test_temporal_formulas_are_languages() -> None:
    """Read at the end of the word, strictly before which P and Y look."""
    earlier = parse_language("ltl:P a and not P b", alphabet=("a", "b"))
    assert earlier.dfa is not None
    assert earlier.dfa.same_language(parse_language("regex:a+", alphabet=("a", "b")).dfa)
    last = parse_language("ltl:Y b", alphabet=("a", "b"))
    assert last.dfa is not None
    assert last.dfa.same_language(parse_language("regex:(a|b)*b").dfa)
    with pytest.raises(InputError):
        parse_language("ltl:P (")


PIECES = ["a", "b", "x", "y", " ", "(", ")", "[", "]", ",", ";", ".", ":", "=", "<", "<=", "->",
          "<->", "+", "-", "1", "2", "0", '"', "\\", "not ", "and", "or(", "exists ", "forall ",
          "mod", " U ", "X ", " S ", "at ", "last", "until ", "true", "identity", "@f", ":=", "#"]


@given(st.sampled_from(["fo:", "ltl:", "word-problem:", "and(", "not(", "reverse(regex:"]),
       st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_formulas_groups_and_operations_are_read_or_refused(head: str, rest: str) -> None:
    for text in (head + rest, head + rest + ")"):
        try:
            language = parse_language(text, limits=Limits(max_states=300))
        except InputError as error:
            assert "\n" not in str(error) and len(str(error)) > 5
        else:
            assert language.name == text.strip()
            again = parse_language(language.name, limits=Limits(max_states=300)).dfa
            assert language.dfa is None or (again is not None and again.identical(language.dfa))
