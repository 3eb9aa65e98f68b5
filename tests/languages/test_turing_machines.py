"""Turing machines as text: what is read, how it runs, and one positioned line for every mistake."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.errors import InputError, LimitError
from languages.machines.machine import Action, Configuration, Machine, run
from languages.machines.text import MAX_RULES, parse_machine, read_machine

EXAMPLES = Path(__file__).parents[2] / "examples"
GOOD = """# comment
input: a b   # letters
work: x y
blank: _
tapes: 1
states: one two yes no
start: one
accept: yes
reject: no
time: 2 n^2 + n + 3n + 1
transitions:
  one a * -> two * R S
  two * x -> yes y L L
"""


def sums(word: tuple[str, ...]) -> bool:
    found = re.fullmatch(r"([01]+)\+([01]+)=([01]+)", "".join(word))
    return found is not None and int(found[1], 2) + int(found[2], 2) == int(found[3], 2)


@pytest.mark.parametrize(("name", "longest"), [("palindromes", 9), ("addition", 7)])
def test_examples_on_all_short_words(name: str, longest: int) -> None:
    """Against Python, and within the time that the files declare."""
    machine = read_machine(str(EXAMPLES / f"{name}.tm"))
    accepted = 0
    for n in range(longest + 1):
        for word in itertools.product(machine.letters, repeat=n):
            wanted = word == word[::-1] if name == "palindromes" else sums(word)
            found = run(machine, word, 1000)
            assert found.accepted == wanted, word
            most = machine.most(n)
            assert most is not None and len(found.actions) <= most
            accepted += wanted
    assert accepted > 20


def test_sums_of_long_numbers() -> None:
    machine = read_machine(str(EXAMPLES / "addition.tm"))
    for x, y in ((0, 0), (1, 1), (255, 1), (1023, 1023), (170, 85), (5, 4096)):
        for z in (x + y, x + y + 1, max(x + y - 1, 0)):
            for zeros in ("", "00", "0" * 15):
                for word in (f"{zeros}{x:b}+{y:b}={z:b}", f"{x:b}+{zeros}{y:b}={z:b}",
                             f"{x:b}+{y:b}={zeros}{z:b}"):
                    found = run(machine, tuple(word), 200)
                    assert found.accepted == (x + y == z), word
                    assert len(found.actions) <= (machine.most(len(word)) or 0)


def test_what_is_read() -> None:
    machine = parse_machine(GOOD)
    assert (machine.letters, machine.work, machine.tapes) == (("a", "b"), ("x", "y"), 1)
    assert machine.time == ((2, 2), (4, 1), (1, 0))
    assert machine.most(3) == 31
    assert machine.rules[("one", ("a", "y"))] == Action("two", ("y",), ("R", "S"))
    assert len(machine.rules) == 3 + 3
    assert len(machine.actions) == 3 + 1
    without = parse_machine(GOOD.replace("time: 2 n^2 + n + 3n + 1\n", "").replace(
        "tapes: 1\n", ""))
    assert without.time is None and without.most(4) is None and without.tapes == 1


def test_runs() -> None:
    machine = parse_machine(GOOD.replace("two * x -> yes y L L", "two _ * -> two x L R\n"
                                         "two a * -> yes y S S"))
    found = run(machine, ("a",), 10)
    assert found.accepted is True and [a.moves for a in found.actions] == [
        ("R", "S"), ("L", "R"), ("S", "S")]
    now = Configuration.initial(("a",), 1, "_", "one")
    for action in found.actions:
        now.apply(action)
    assert now.shown() == ["[a]", "x[y]"]
    assert run(machine, ("b",), 10).accepted is False  # no transition
    assert run(machine, ("a",), 2).accepted is None
    assert run(machine, ("a",), 3).accepted is True
    forever = parse_machine(GOOD.replace("one a * -> two * R S", "one * * -> one x L R"))
    assert run(forever, (), 50).accepted is None and len(run(forever, (), 50).actions) == 50
    at_once = parse_machine(GOOD.replace("start: one", "start: yes"))
    assert run(at_once, ("a",), 0).accepted is True and not run(at_once, ("a",), 5).actions


BAD = [
    ("input: a b ", "inputs: a b ", "got 'inputs:', did you mean 'input:'? (line 2, column 1)"),
    ("input: a b ", "zzzzzz a b ", "got 'zzzzzz', expected one of input: work: blank:"),
    ("input: a b ", "input a b ", "got 'input', did you mean 'input:'? (line 2, column 1)"),
    ("input: a b ", "input: ", "input: got no letters, expected at least one (line 2, column 1)"),
    ("input: a b ", "input: a a ", "input: got 'a' again, expected distinct names (line 2, col"),
    ("input: a b ", "input: a * ", "got '*', which is no name: it has a meaning in transitions "
     "(line 2, column 10)"),
    ("input: a b ", "input: a _ ", "input: got the blank '_', which is on every tape: expected "
     "the other symbols (line 2, column 10)"),
    ("work: x y", "work: x _", "work: got the blank '_'"),
    ("work: x y", "work: x \x07", "got '\\x07', expected printable characters (line 3, column 9)"),
    ("work: x y", "input: x", "'input:', but 'input:' is in line 2 already (line 3, column 1)"),
    ("work: x y\n", "", "no section 'work:' before the transitions (line 10, column 1)"),
    ("start: one\n", "", "no section 'start:' before the transitions"),
    ("blank: _", "blank:", "blank: got 0 names, expected one (line 4, column 1)"),
    ("blank: _", "blank: _ -", "blank: got 2 names, expected one (line 4, column 10)"),
    ("blank: _", "blank: ->", "got '->', which is no name"),
    ("tapes: 1", "tapes: 9", "tapes: got '9', expected a number from 1 to 8 (line 5, column 8)"),
    ("tapes: 1", "tapes: ²", "tapes: got '²', expected a number from 1 to 8"),
    ("states: one two yes no", "states:", "states: got none, expected at least two"),
    ("start: one", "start: onee", "unknown state 'onee', did you mean 'one'? (line 7, column 8)"),
    ("start: one", "start: zzz", "unknown state 'zzz', expected one that 'states:' lists"),
    ("reject: no", "reject: yes", "reject: got the accepting state 'yes', expected another one "
     "(line 9, column 9)"),
    ("time: 2 n^2", "time: 2 n^9", "time: got '9', expected at most 8 (line 10, column 7)"),
    ("time: 2 n^2", "time: 2 3", "time: got '3' after a number, expected a polynomial"),
    ("time: 2 n^2", "time: 2 n 2", "time: got '2', expected a polynomial such as 2n^2 + 3n + 1 "
     "(line 10, column 11)"),
    ("time: 2 n^2 + n + 3n + 1", "time: n -", "time: got '-', expected a polynomial"),
    ("time: 2 n^2 + n + 3n + 1", "time: n +", "time: expected a polynomial such as 2n^2 + 3n + 1 "
     "(line 10, column 10)"),
    ("time: 2 n^2 + n + 3n + 1", "time: x", "time: expected a polynomial such as 2n^2 + 3n + 1 "
     "(line 10, column 7)"),
    ("time: 2 n^2 + n + 3n + 1", "time:", "time: got nothing, expected a polynomial"),
    ("time: 2 n^2", "time: 99999999999 n", "time: got '99999999999', expected at most 1000000000"),
    ("transitions:", "transitions: one", "got 'one', expected the end of the line (line 11, col"),
    ("one a * -> two", "onee a * -> two", "unknown state 'onee', did you mean 'one'? (line 12, co"),
    ("one a * -> two", "one a * -> too", "unknown state 'too', did you mean 'two'? (line 12, co"),
    ("one a *", "yes a *", "a transition out of the state 'yes', in which the machine stops"),
    ("one a *", "one x *", "unknown symbol 'x' on the input tape, expected one of _ a b * (line "
     "12, column 7)"),
    ("one a *", "one a b", "unknown symbol 'b' on work tape 1, expected one of _ x y *"),
    ("two * R S", "two a R S", "unknown symbol 'a' on work tape 1"),
    ("R S", "R X", "got 'X', expected a move: L, R or S (line 12, column 22)"),
    ("R S", "R", "got 7 parts, expected STATE, 2 symbols read, '->', STATE, 1 written, 2 moves "
     "(line 12, column 20)"),
    ("R S", "R S S", "got 9 parts, expected STATE"),
    ("one a * ->", "one a * * ->", "got '*', expected STATE, 2 symbols read, '->'"),
    ("one a * ->", "one a ->", "got '->', expected STATE"),
    ("two * x", "one * x", "a second transition for the state 'one' reading a x, the first is in "
     "line 12 (line 13, column 3)"),
    ("  one a * -> two * R S\n  two * x -> yes y L L\n", "", "no transition follows, expected at "
     "least one (line 11, column 1)"),
    (GOOD[GOOD.index("accept"):], "", "the text ends without a section 'accept:' (line 8, col"),
]


@pytest.mark.parametrize(("old", "new", "message"), BAD)
def test_mistakes_are_named_with_their_place(old: str, new: str, message: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(InputError) as caught:
        parse_machine(GOOD.replace(old, new, 1))
    text = str(caught.value)
    assert message in text and "\n" not in text
    assert re.search(r"\(line \d+, column \d+\)$", text)


def test_files(tmp_path: Path) -> None:
    (tmp_path / "bad.tm").write_text(GOOD.replace("start: one", "start: onee"))
    with pytest.raises(InputError, match=r"bad\.tm: unknown state 'onee'.*line 7, column 8"):
        read_machine(str(tmp_path / "bad.tm"))
    with pytest.raises(InputError, match="cannot read"):
        read_machine(str(tmp_path / "nowhere.tm"))


def test_too_many_transitions() -> None:
    tapes = 8
    symbols = " ".join(f"s{k}" for k in range(9))
    stars = " ".join(["*"] * tapes)
    text = (GOOD.replace("tapes: 1", f"tapes: {tapes}").replace("work: x y", f"work: {symbols}")
            .split("  one")[0] + f"  one a {stars} -> two {stars} {'S ' * (tapes + 1)}\n")
    with pytest.raises(LimitError, match=f"over the limit of {MAX_RULES}"):
        parse_machine(text)


PIECES = st.sampled_from([*GOOD.split(" "), *GOOD.split("\n"), "input:", "*", "->", "#", "\n", "n",
                          "time:", "n^", "2", "+", "L", "\r", "\x1c", "²", "_", "transitions:"])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map(" ".join),
                 st.tuples(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)),
                           st.text(max_size=5)).map(
                     lambda cut: GOOD[:cut[0]] + cut[2] + GOOD[cut[1]:])))
def test_any_text_is_a_machine_or_a_positioned_error(text: str) -> None:
    try:
        made = parse_machine(text)
    except InputError as error:
        assert error.position is not None and "\n" not in str(error)
        line, column = (int(part) for part in re.findall(r"\d+", error.position))
        assert 1 <= line <= text.count("\n") + 1
        assert 1 <= column <= len(text.split("\n")[line - 1]) + 1
    else:
        assert isinstance(made, Machine)
        assert run(made, made.letters * 2, 30).accepted in (True, False, None)
