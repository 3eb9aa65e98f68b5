"""The strict reader takes what the standard one takes, but for the traps; each has its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.strict_json import Limits, Malformed, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)

GOOD = [
    ("0", 0),
    ("-0", 0),
    (" [ 1 , -2 ] \r\n\t", [1, -2]),
    ('{"": {}, "a": [], "b": null}', {"": {}, "a": [], "b": None}),
    ('[{"a": 1}, {"a": 2}]', [{"a": 1}, {"a": 2}]),
    ('{"a": {"a": 1}}', {"a": {"a": 1}}),
    (r'"\ud83d\ude00"', "\N{GRINNING FACE}"),
    (r'"\\ud800"', r"\ud800"),
    ('"[[[{{{1.5 NaN"', "[[[{{{1.5 NaN"),
    ('"\N{GRINNING FACE}"'.encode(), "\N{GRINNING FACE}"),
]

BAD: list[tuple[str, str | bytes, str, str]] = [
    ("nothing", "", "too early", "line 1, column 1"),
    ("only space", " \n ", "too early", "line 2, column 2"),
    ("cut off in a list", "[1,\n [2", "too early", "line 2, column 4"),
    ("cut off in a string", '[1, "ab', "too early", "line 1, column 5"),
    ("cut off in an escape", '"\\', "too early", "line 1, column 1"),
    ("a second value", "[1]\n]", "Extra data", "line 2, column 1"),
    ("a comma too many", "[1,]", "Expecting value", "line 1, column 4"),
    ("a missing colon", '{"a" 1}', "':'", "line 1, column 6"),
    ("a leading zero", "[01]", "','", "line 1, column 3"),
    ("a plus sign", "+1", "Expecting value", "line 1, column 1"),
    ("digits of another script", "[\N{ARABIC-INDIC DIGIT ONE}]", "value", "line 1, column 2"),
    ("single quotes", "{'a': 1}", "double quotes", "line 1, column 2"),
    ("a line break in a string", '"a\nb"', "control character", "line 1, column 3"),
    ("a fraction", '{"a": 1,\n "b": [0, 1.0]}', "1.0 is not an integer", "line 2, column 11"),
    ("an exponent", "[1e3]", "1e3 is not an integer", "line 1, column 2"),
    ("a fraction after one in a string", '["1.5", -2.5]', "-2.5", "line 1, column 9"),
    ("not a number", "[NaN]", "NaN", "line 1, column 2"),
    ("infinite", "[1, -Infinity]", "-Infinity", "line 1, column 5"),
    ("infinite, and more", "[Infinitys]", "Infinity", "line 1, column 2"),
    ("many digits", f"[{'9' * 300}, -{'9' * 301}]", "more than 300 digits", "line 1, column 304"),
    ("a key twice", '{"a": 1, "b": 2,\n "a": 1}', 'the key "a" twice', "line 2, column 2"),
    ("a key twice, spelt otherwise", '{"a": 1, "\\u0061": 1}', '"a"', "line 1, column 10"),
    ("a key twice, inside", '[{"a": "a"}, {"b": 1, "b": 1}]', '"b"', "line 1, column 23"),
    ("a long key twice", f'{{"{"k" * 90}": 1, "{"k" * 90}": 1}}', 'k..."', "line 1, column 99"),
    ("half of a pair", r'["a", "\uD83D"]', "surrogate", "line 1, column 7"),
    ("the wrong way round", r'"\ude00\ud83d"', "surrogate", "line 1, column 1"),
    ("half of a pair in a key", r'{"\ud800": 1}', "surrogate", "line 1, column 2"),
    ("half of a pair, not escaped", '["\ud800"]', "surrogate", "line 1, column 3"),
    ("not UTF-8", b'["\xc3\xa9",\n"\xff"]', "not UTF-8", "line 2, column 2"),
    ("Latin 1 in the first place", b"\xe9", "not UTF-8", "line 1, column 1"),
    ("a byte order mark", b"\xef\xbb\xbf{}", "byte order mark", "line 1, column 1"),
    ("UTF-16", "{}".encode("utf-16"), "not UTF-8", "line 1, column 1"),
    ("deep lists", "[" * 65 + "]" * 65, "deeper than 64", "line 1, column 65"),
    ("deeper than any stack", "[" * 10**6, "deeper than 64", "line 1, column 65"),
    ("deep objects", '{"a":' * 10**5, "deeper than 64", "line 1, column 321"),
]


@pytest.mark.parametrize(("text", "value"), GOOD)
def test_good(text: str | bytes, value: object) -> None:
    assert loads(text) == value


@pytest.mark.parametrize(("text", "message", "position"), [b[1:] for b in BAD],
                         ids=[b[0] for b in BAD])
def test_bad(text: str | bytes, message: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        loads(text)
    assert message in caught.value.message
    assert caught.value.position == position
    assert str(caught.value) == f"{caught.value.message} ({position})"
    assert "\n" not in str(caught.value)


def test_limits() -> None:
    assert loads("[[12]]", Limits(size=6, depth=2, digits=2)) == [[12]]
    assert loads('["[[[[", -12]', Limits(depth=1, digits=2)) == ["[[[[", -12]
    for limits in (Limits(size=5), Limits(depth=1), Limits(digits=1)):
        with pytest.raises(Malformed):
            loads("[[12]]", limits)
    with pytest.raises(Malformed, match="4 bytes, more than 3"):
        loads('"\N{LATIN SMALL LETTER E WITH ACUTE}"', Limits(size=3))
    deep, long = Limits(depth=500), Limits(digits=4000)
    assert loads("[" * 500 + "]" * 500, deep)
    assert loads("9" * 4000, long) == 10**4000 - 1
    for wide in ({"depth": 501}, {"digits": 4001}):
        with pytest.raises(ValueError, match="limits too wide"):
            Limits(**wide)


def test_texts_that_could_take_quadratic_time() -> None:
    for text in ('"' + '\\"' * 10**6, '["' + '\\"' * 10**6 + '", 1.5]', "[" + "-" * 10**6):
        with pytest.raises(Malformed):
            loads(text)


@settings(deadline=None)
@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_what_is_written_is_read(value: object, indent: int | None, plain: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    assert loads(text, Limits(depth=200)) == value
    assert loads(text.encode(), Limits(depth=200)) == value


@settings(deadline=None)
@given(st.text() | st.binary() | st.text("[]{},:\"\\ 0123456789-.eEaNu\n"))
def test_any_text_is_read_or_refused(text: str | bytes) -> None:
    try:
        value = loads(text)
    except Malformed:
        return
    assert value == json.loads(text)


@settings(deadline=None)
@given(VALUES, st.data())
def test_a_damaged_text_is_read_or_refused(value: object, draw: st.DataObject) -> None:
    text = json.dumps(value)
    place = draw.draw(st.integers(0, len(text) - 1))
    piece = draw.draw(st.sampled_from(["", "[", "}", '"', "\\", ",", "1", ".5", "e1", "NaN"]))
    damaged = text[:place] + piece + text[place + 1 :]
    try:
        read = loads(damaged)
    except Malformed:
        return
    assert read == json.loads(damaged)
