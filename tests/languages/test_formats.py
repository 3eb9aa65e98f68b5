"""Files: what is read, what is written, and one clear line for everything else."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.formats import dfa_from_mapping, dfa_from_text, dfa_to_mapping, read_dfa, to_att
from languages.limits import Limits
from languages.regex import regex_to_dfa
from languages.strategies import dfas

AB_STAR = {
    "alphabet": ["a", "b"],
    "states": 3,
    "start": 0,
    "accept": [0],
    "delta": [[1, 2], [2, 0], [2, 2]],
}


def changed(**parts: object) -> dict[str, object]:
    return {**AB_STAR, **parts}


@given(dfas(max_states=6))
def test_json_round_trip(dfa: DFA) -> None:
    text = json.dumps(dfa_to_mapping(dfa))
    assert dfa_from_text(text).identical(dfa)


@given(dfas(max_states=6))
def test_att_round_trip(dfa: DFA) -> None:
    assert dfa_from_text(to_att(dfa)).same_language(dfa)


def test_null_is_a_missing_transition_and_other_keys_are_ignored() -> None:
    dfa = dfa_from_mapping(changed(states=2, delta=[[1, None], [None, 0]], id="x", origin=[1]))
    assert dfa.minimal().identical(dfa_from_mapping(AB_STAR))


def test_letters_may_be_long() -> None:
    dfa = dfa_from_mapping(changed(alphabet=["push", "pop"]))
    assert dfa.accepts(["push", "pop"])
    assert not dfa.accepts(["pop"])


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        ([], "automaton: got a list of length 0, expected an object"),
        (7, "automaton: got 7, expected an object"),
        ({}, "the key 'alphabet' is missing"),
        ({k: v for k, v in AB_STAR.items() if k != "delta"}, "the key 'delta' is missing"),
        (changed(states=0), "states: got 0, expected a positive integer"),
        (changed(states=True), "states: got true, expected a positive integer"),
        (changed(states=3.0), "states: got 3.0"),
        (changed(states="3"), "states: got '3'"),
        (changed(states=4), "delta: got 3 rows, expected 4"),
        (changed(states=2), "delta: got 3 rows, expected 2"),
        (changed(delta={}), "delta: got an object of length 0, expected a list"),
        (
            changed(delta=[[1, 2], [2, 0], [2, 3]]),
            r"delta[2][1]: got 3, expected a state from 0 to 2",
        ),
        (changed(delta=[[1, 2], [2, True], [2, 2]]), "delta[1][1]: got true"),
        (changed(delta=[[1, 2], [2, 0.0], [2, 2]]), "delta[1][1]: got 0.0"),
        (changed(delta=[[1, 2], [2, [0]], [2, 2]]), "delta[1][1]: got a list of length 1"),
        (changed(delta=[[1, 2], [2], [2, 2]]), "delta[1]: got 1 entries, expected 2"),
        (changed(delta=[[1, 2], None, [2, 2]]), "delta[1]: got null, expected a list"),
        (changed(start=-1), "start: got -1, expected a state from 0 to 2"),
        (changed(start=None), "start: got null"),
        (changed(accept=[0, 3]), "accept[1]: got 3, expected a state from 0 to 2"),
        (changed(accept=[0, 0]), "accept[1]: got 0 again"),
        (changed(accept=None), "accept: got null, expected a list of states"),
        (changed(alphabet=["a", "a"]), "alphabet[1]: got 'a' again"),
        (changed(alphabet="ab"), "alphabet: got 'ab', expected a list"),
        (changed(alphabet=["a", ""]), "alphabet[1]: got ''"),
        (changed(alphabet=["a"]), "delta[0]: got 2 entries, expected 1"),
    ],
)
def test_wrong_values_are_named_with_their_place(obj: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        dfa_from_mapping(obj)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"alphabet": ["a"],\n "states": }', "line 2, column 12"),
        ('{"alphabet"', "line 1, column 12"),
        ('{"alphabet": []} {}', "line 1, column 18"),
        ('{"start": 0, "start": 1}', "the key 'start' is repeated"),
        ('{"start": NaN}', "NaN is not a JSON value"),
        ('{"start": -Infinity}', "-Infinity is not a JSON value"),
        ('{"start": ' + "9" * 5000 + "}", "an integer of 5000 digits"),
        ('{"start": ' + "[" * 100_000, "nested too deeply"),
        ('{"a": "\n"}', "line 1, column 8"),
    ],
)
def test_bad_json_has_a_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        dfa_from_text(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_million_states_are_refused_before_the_table_is_looked_at() -> None:
    with pytest.raises(LimitError, match=r"1000000 is over the limit of 200000; .*--max-states"):
        dfa_from_mapping(changed(states=1_000_000, delta=None))
    with pytest.raises(LimitError, match="transitions of the automaton"):
        dfa_from_mapping(changed(states=1000, alphabet=["a"] * 300_000, delta=None))
    assert dfa_from_mapping(AB_STAR, Limits(max_states=3)).states == 3
    with pytest.raises(LimitError):
        dfa_from_mapping(AB_STAR, Limits(max_states=2))


# -- AT&T ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "regex"),
    [
        ("0 1 a\n1 0 b\n0\n", "(ab)*"),
        ("0 1 a\n0 2 b\n1 1 b\n1\n2\n2\n", "ab*|b"),
        ("5\t9\ta\n9\t5\tb\n5\t0\n", "(ab)*"),
        ("0 1 a 0\n1 0 b 0.0\n0 0\n", "(ab)*"),
        ("0 1 a a\n1 0 b b\n0\n", "(ab)*"),
        ("0 1 a a 0\n1 0 b b\n0\n", "(ab)*"),
        ("\n0 0 a\r\n0 0 b\r\n0 1 a\r\n1 2 b\r\n2\r\n", "(a|b)*ab"),
        ("0 1 <eps>\n1 1 a\n1 2 <eps>\n2 2 b\n2\n", "a*b*"),
        ("0 1 <epsilon>\n1 0 ε\n1 2 a\n2\n0 3 b\n3\n", "a|b"),
        ("1\n1 0 a\n0 1 b\n", "(ab)*"),
        ("0 0 a\n0 0 b\n", "a&b"),
    ],
)
def test_att_texts(text: str, regex: str) -> None:
    assert dfa_from_text(text).minimal().identical(regex_to_dfa(regex, ("a", "b")))


def test_label_zero_is_a_letter_or_epsilon_as_the_alphabet_says() -> None:
    text = "0 1 0\n1 2 1\n2\n"
    with pytest.raises(InputError, match=r"label 0 is epsilon or a letter.*\(line 1\)"):
        dfa_from_text(text)
    assert dfa_from_text(text, ("0", "1")).accepts("01")
    assert dfa_from_text(text, ("1",)).accepts("1")
    parity = DFA.from_lists(["0", "1"], [[0, 1], [1, 0]], 0, [0])
    assert dfa_from_text(to_att(parity), ("0", "1")).same_language(parity)


def test_an_alphabet_larger_than_the_labels() -> None:
    dfa = dfa_from_text("0 0 a\n0\n", ("a", "b"))
    assert dfa.minimal().identical(regex_to_dfa("a*", ("a", "b")))
    with pytest.raises(InputError, match="expected --alphabet"):
        dfa_from_text("0\n")
    assert dfa_from_text("0\n", ("a",)).minimal().identical(regex_to_dfa("()", ("a",)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 1 a\n1 x b\n", "got 'x', expected a state number"),
        ("0 1 a\n-1\n", "got '-1', expected a state number"),
        ("start 1 a\n", "got 'start', expected a state number"),
        ("0 " + "1" * 30 + " a\n", "expected a state number"),
        ("0 1 a 0.5\n1\n", "got '0.5', expected no weight or the weight 0"),
        ("0 1 a\n1 3\n", "got '3', expected no weight or the weight 0"),
        ("0 1 a nan\n1\n", "got 'nan', expected no weight"),
        ("0 1 a a 2\n1\n", "got '2', expected no weight"),
        ("0 1 a b 0\n1\n", "got the output label 'b' for 'a'"),
        ("0 1 a b\n1\n", "got 'b', expected no weight"),
        ("0 1 a a 0 0\n", "got 6 fields"),
    ],
)
def test_bad_att_lines_have_a_line_number(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        dfa_from_text(text)
    assert message in str(caught.value)
    assert "line " in str(caught.value)


def test_a_label_outside_the_alphabet() -> None:
    with pytest.raises(InputError, match=r"label 'c' is not in the alphabet.*line 2"):
        dfa_from_text("0 1 a\n0 1 c\n1\n", ("a", "b"))


def test_att_limits() -> None:
    states = "".join(f"{i} {i + 1} a\n" for i in range(50))
    with pytest.raises(LimitError, match="limit of 20; raise it with --max-states"):
        dfa_from_text(states, limits=Limits(max_states=20))
    subsets = "0 0 a\n0 0 b\n0 1 a\n" + "".join(
        f"{i} {i + 1} {x}\n" for i in range(1, 17) for x in "ab"
    )
    with pytest.raises(LimitError, match="limit of 1000"):
        dfa_from_text(subsets + "17\n", limits=Limits(max_states=1000))


def test_letters_that_att_cannot_write() -> None:
    for letter in ("<eps>", "a b"):
        with pytest.raises(InputError, match="cannot be written as an AT&T label"):
            to_att(DFA.from_lists([letter], [[0]], 0, []))


# -- files ---------------------------------------------------------------------------------


def test_files_of_both_formats(tmp_path: Path) -> None:
    expected = dfa_from_mapping(AB_STAR)
    for name, text in (("x.json", json.dumps(AB_STAR)), ("x.att", to_att(expected))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_dfa(tmp_path / name).same_language(expected)
        assert read_dfa(str(tmp_path / name), ("b", "a")).same_language(expected)
    (tmp_path / "bom.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(AB_STAR).encode())
    assert read_dfa(tmp_path / "bom.json").identical(expected)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"\xff\xfe\x00{", "not UTF-8 text (byte 1)"),
        (b'{"alphabet": ["\xe9"]}', "not UTF-8 text (byte 16)"),
        (b"0 1 a\0\n", "a binary file"),
        (bytes.fromhex("d6fdb27e"), "not UTF-8"),
        (json.dumps(AB_STAR).encode()[:-9], "not JSON"),
        (b"#!/bin/sh\n", "expected a state number"),
        (b"[1, 2]", "expected an object"),
    ],
)
def test_broken_files_are_one_line_naming_the_file(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_dfa(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "missing", "No such file"),
        (tmp_path, "Is a directory"),
        ("bad\0name", "null"),
        ("x" * 5000, "too long"),
    ):
        with pytest.raises(InputError, match=message):
            read_dfa(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(json.dumps(AB_STAR))
    path.chmod(0)
    with pytest.raises(InputError, match="Permission denied"):
        read_dfa(path)


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_text(json.dumps(AB_STAR) + " " * 1000)
    with pytest.raises(InputError, match="more than 500 bytes"):
        read_dfa(path, limits=Limits(max_file_bytes=500))
    assert read_dfa(path, limits=Limits(max_file_bytes=5000)).states == 3


def test_another_alphabet_than_the_file_has(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(AB_STAR))
    with pytest.raises(InputError, match="alphabet a b c: the automaton has the letters a b"):
        read_dfa(path, ("a", "b", "c"))


@given(st.text(alphabet='01 2ab<eps>\n{}[]":,', max_size=30))
def test_any_text_is_an_automaton_or_an_input_error(text: str) -> None:
    try:
        dfa = dfa_from_text(text, limits=Limits(max_states=50))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert dfa_from_mapping(dfa_to_mapping(dfa)).identical(dfa)
