"""Languages as files, and languages made of others, on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from expressivity.automaton_files import EXTENSIONS, WRITERS, language_text
from expressivity.cli.main import main
from languages.dfa import DFA
from languages.errors import InputError
from languages.formats import dfa_from_text
from languages.language import Language
from languages.parse import parse_language
from languages.regex import regex_to_dfa
from languages.strategies import dfas


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def from_dot(text: str, alphabet: tuple[str, ...]) -> DFA:
    """What the picture says."""
    start = int(re.findall(r"start -> (\d+);", text)[0])
    accept = [int(q) for q in re.findall(r"(\d+) \[shape=doublecircle\]", text)]
    arrows = [(int(p), int(r), label.split(", "))
              for p, r, label in re.findall(r'(\d+) -> (\d+) \[label="(.*)"\];', text)]
    states = 1 + max(max(p, r) for p, r, _ in arrows)
    delta: list[list[int | None]] = [[None] * len(alphabet) for _ in range(states)]
    for p, r, letters in arrows:
        for letter in letters:
            assert delta[p][alphabet.index(letter)] is None
            delta[p][alphabet.index(letter)] = r
    return DFA.from_lists(alphabet, delta, start, accept)


@given(dfas(max_states=6, alphabet=("a", "b", "c")))
@settings(deadline=None)
def test_what_is_written_is_the_language(dfa: DFA) -> None:
    language = Language.regular("x", dfa, "x")
    for name in ("json", "att", "regex"):
        text = language_text(language, name)
        again = (regex_to_dfa(text.strip(), dfa.alphabet) if name == "regex"
                 else dfa_from_text(text, dfa.alphabet))
        assert again.same_language(dfa)
    assert from_dot(language_text(language, "dot"), dfa.alphabet).same_language(dfa)
    drawn = ElementTree.fromstring(language_text(language, "svg"))
    minimal = dfa.minimal()
    circles = drawn.iter("{http://www.w3.org/2000/svg}circle")
    assert len(list(circles)) == minimal.states + int(minimal.accept.sum())


def test_letters_in_pictures_are_escaped() -> None:
    dfa = DFA.from_lists(['"', "\\", "<&>"], [[0, 0, 0]], 0, [0])
    language = Language.regular("x", dfa, "x")
    assert r'0 -> 0 [label="\", \\, <&>"];' in language_text(language, "dot")
    assert "&lt;&amp;&gt;" in language_text(language, "svg")


@pytest.mark.parametrize("extension", list(EXTENSIONS))
def test_files_by_extension(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"x{extension}"
    for command in ("language", "convert"):
        path.unlink(missing_ok=True)
        done = run(command, "regex:(ab)*", "-o", str(path))
        assert done.exit_code == 0
        assert done.output.startswith(f"wrote {path}\n")
        assert ("star_free" in done.output) == (command == "language")
        text = path.read_text()
        assert text == language_text(parse_language("regex:(ab)*"), EXTENSIONS[extension])
        if EXTENSIONS[extension] in ("json", "att"):
            assert dfa_from_text(text).identical(regex_to_dfa("(ab)*"))


@pytest.mark.parametrize("name", list(WRITERS))
def test_standard_output_has_the_text_only(name: str) -> None:
    want = language_text(parse_language("regex:(ab)*"), name)
    assert run("language", "regex:(ab)*", "--format", name).output == want
    assert run("convert", "regex:(ab)*", "-o", "-", "--format", name).output == want


@pytest.mark.parametrize(("options", "regex"), [
    (["--and", "regex:a*", "--not"], "~a*"),
    (["--not", "--and", "regex:a*"], "~(a|ab)&a*"),
    (["--or", "regex:b", "--and", "regex:ab|b", "--or", "regex:aa"], "ab|b|aa"),
    (["--and", "regex:ab|b", "--or", "regex:b", "--or", "regex:aa"], "ab|b|aa"),
    (["--reverse"], "a|ba"),
    (["--not", "--not"], "a|ab"),
    (["--not", "--reverse", "--not"], "a|ba"),
    (["--reverse", "--or", "regex:ab", "--reverse"], "a|ab|ba"),
])
def test_options_are_applied_from_left_to_right(options: list[str], regex: str) -> None:
    source = "regex:a|ab"
    if options[:2] == ["--and", "regex:a*"]:
        source = "regex:a*"
    done = run("language", source, *options, "--alphabet", "ab", "--format", "json")
    assert done.exit_code == 0
    found = json.loads(done.output)
    want = parse_language(f"regex:{regex}", alphabet=("a", "b")).dfa
    dfa = DFA.from_lists(found["alphabet"], found["delta"], found["start"], found["accept"])
    assert want is not None and dfa.identical(want)


def test_the_name_says_what_was_done() -> None:
    done = run("language", "parity", "mod:2", "--and", "mod:2", "--not", "--json")
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert [row["language"] for row in rows] == [
        "not(and(parity; mod:2))", "not(and(mod:2; mod:2))"]
    asked = run("ask", rows[0]["language"], "uhat", "--json")
    assert json.loads(asked.output)["answer"] == "no"


@pytest.mark.parametrize(("arguments", "message"), [
    (["language", "parity", "mod:3", "-o", "x.dot"], "--output and --format take one LANGUAGE"),
    (["language", "parity", "-o", "x.foo"], "x.foo: the name ends in '.foo', expected .regex"),
    (["language", "parity", "-o", "-"], "expected --format with it"),
    (["language", "parity", "-o", "/does/not/exist.dot"], "cannot write '/does/not/exist.dot'"),
    (["language", "majority", "--format", "dot"], "majority is not regular, so there is no "
     "automaton"),
    (["language", "word-problem:S5", "--format", "svg"], "expected at most 24 states: write DOT"),
    (["language", "parity", "--and", "majority"], "majority is not regular"),
    (["language", "parity", "--and"], "requires an argument"),
    (["language", "parity", "--and", "regex:a"], "expected the same letters"),
    (["convert", "parity", "-o", "x", "--format", "torch"], "torch is a format of models"),
    (["convert", "paritty", "-o", "x.dot"], "paritty: no such file"),
    (["convert", "parity", "-o", "x"], "x: the name ends in ''"),
])
def test_errors_are_one_line_and_status_two(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.output
    assert "Traceback" not in done.output


def test_a_format_of_languages_for_a_model(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text("{}")
    done = run("convert", str(path), "-o", str(tmp_path / "x.dot"), "--format", "dot")
    assert done.exit_code == 2 and "dot is a format of languages" in done.output


def test_too_many_transitions() -> None:
    states = 2_100_000
    large = Language("x", ("a",), DFA(("a",), np.zeros((states, 1), dtype=np.int32), 0,
                                      np.zeros(states, dtype=np.bool_)), "x")
    with pytest.raises(InputError, match="2100000 transitions, expected at most 2000000"):
        language_text(large, "dot")
