"""C-RASP: the evaluation against the definition, text, and the change of readout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expressivity.programs.crasp import (
    FALSE,
    TRUE,
    And,
    Compare,
    Count,
    Definition,
    Formula,
    Letter,
    Named,
    Not,
    Or,
    Program,
    conjunction,
    disjunction,
)
from expressivity.programs.crasp_readout import read_at_last
from expressivity.programs.crasp_text import crasp_text, formula_text, parse_crasp
from languages.errors import InputError, LimitError
from tests.programs.crasp_programs import accepted, formulas, holds, programs, words

DYCK = """
alphabet "(" ")"
readout last
below := #[")"] > #["("]                        // more brackets closed than opened
balanced := #["("] - #[")"] = 0 and #[below] = 0
output balanced
"""


@settings(max_examples=60, deadline=None)
@given(programs())
def test_the_evaluation_is_the_definition(program: Program) -> None:
    for n in range(5):
        batch = words(2, n)
        table = program.run(batch)
        for k, word in enumerate(batch):
            for name, row in table.items():
                assert row[k].tolist() == [holds(program, word, Named(name), i)
                                           for i in range(n + 1 + (program.readout == "eos"))]
        assert program.accepted(batch).tolist() == [accepted(program, word) for word in batch]


@settings(max_examples=60, deadline=None)
@given(programs("abc", 2))
def test_text_is_read_as_written(program: Program) -> None:
    written = crasp_text(program)
    assert parse_crasp(written) == program
    assert crasp_text(parse_crasp(written)) == written


@settings(max_examples=80, deadline=None)
@given(programs())
def test_the_end_position_can_be_foreseen_at_the_last_letter(program: Program) -> None:
    """At all lengths, the empty word included, at no more depth."""
    earlier = read_at_last(program)
    assert earlier.readout == "last"
    assert earlier.depth <= program.depth
    for n in range(7):
        batch = words(2, n)
        assert earlier.accepted(batch).tolist() == program.accepted(batch).tolist()


@settings(max_examples=50, deadline=None)
@given(st.lists(formulas("ab", []), max_size=3))
def test_simplified_combinations_mean_the_same(operands: list[Formula]) -> None:
    for make, plain in ((conjunction, And), (disjunction, Or)):
        pair = (Definition("x", make(operands)), Definition("y", plain(tuple(operands))))
        table = Program(("a", "b"), "eos", pair, "x").checked().run(words(2, 4))
        assert (table["x"] == table["y"]).all()


def test_what_counts() -> None:
    """The position itself is counted, the end position too, and the start is not."""
    text = 'alphabet "a" "b" readout eos p := {} output p'
    for counted, size in (("true", 4), ('"a"', 2), ('not "a"', 2), ('#["a"] >= 1', 3)):
        program = parse_crasp(text.format(f"#[{counted}] = {size}"))
        assert program.accepts("baa"), counted
    program = parse_crasp(text.format("#[true] = 1"))
    assert program.run([[0, 1]])["p"].tolist() == [[False, True, False, False]]
    assert replace(program, readout="last").run([[0, 1]])["p"].tolist() == [[False, True, False]]


def test_an_example() -> None:
    program = parse_crasp(DYCK)
    assert program.depth == 2
    assert program.depths == {"below": 1, "balanced": 2}
    assert program.accepts("(()())") and program.accepts("")
    assert not program.accepts("())(") and not program.accepts("((")


def test_both_sides_of_a_comparison_are_sums() -> None:
    sums = parse_crasp('alphabet "a" "b" readout last p := '
                       '2*#["a"] + 3 - #["b"] <= 4 #["b"] - 1 - 0 output p')
    (definition,) = sums.definitions
    assert definition.formula == Compare(
        (Count(2, Letter("a")), Count(-1, Letter("b")), Count(-4, Letter("b"))), "<=", -4)


def test_numbers_of_any_size_are_exact() -> None:
    huge = 10**40
    equal = Compare((Count(huge, Letter("a")), Count(-huge, Letter("b"))), "=", 0)
    more = Compare((Count(huge, Letter("a")), Count(1, Letter("b"))), ">=", huge + 1)
    program = Program(("a", "b"), "last", (Definition("p", And((equal, more))),), "p").checked()
    assert program.accepts("ab") and not program.accepts("a") and not program.accepts("aab")
    assert parse_crasp(crasp_text(program)) == program


def test_letters_may_be_any_text() -> None:
    letters = ('"', "\\", "and", "#", "a b", "//", "1")
    formula = Or(tuple(Compare((Count(1, Letter(letter)),), ">=", 2) for letter in letters))
    program = Program(letters, "eos", (Definition("p", formula),), "p").checked()
    assert parse_crasp(crasp_text(program)) == program


@pytest.mark.parametrize(
    ("written", "bracketed"),
    [
        ("true or false and false", "true or (false and false)"),
        ("not true and false", "(not true) and false"),
        ('not #["a"] = 0 and "b"', '(not (#["a"] = 0)) and "b"'),
        ('#["a" or "b" and "c"] > 0', '#["a" or ("b" and "c")] > 0'),
        ('- #["a"] < -1 or "b"', '(0 < #["a"] - 1) or "b"'),
    ],
)
def test_precedence(written: str, bracketed: str) -> None:
    head = 'alphabet "a" "b" "c" readout last p := '
    one, other = (parse_crasp(f"{head}{text} output p") for text in (written, bracketed))
    for n in range(4):
        assert (one.accepted(words(3, n)) == other.accepted(words(3, n))).all()
    for program in (one, other):
        text = formula_text(program.definitions[0].formula)
        assert parse_crasp(f"{head}{text} output p") == program


HEAD = 'alphabet "a" "b" readout eos '


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "got the end, expected 'alphabet' (character 1)"),
        ("alphabet readout eos", "got an empty list"),
        ('alphabet "a" readout first', "got 'first', expected 'last' or 'eos' (character 22)"),
        (HEAD + "output p", "the output 'p' is not defined (character 37)"),
        (HEAD + "p := q output p", "'q' is not defined before (character 35)"),
        (HEAD + "p := p output p", "'p' is not defined before (character 35)"),
        (HEAD + "p := #[q] = 0 output p", "'q' is not defined before (character 37)"),
        (HEAD + '\np :=\n "c" output p',
         "letter 'c' is not in the alphabet: expected one of a b (line 3, column 2)"),
        (HEAD + "p := true p := true output p", "'p' is defined twice (character 40)"),
        (HEAD + "p = true output p", "got '=', expected ':='"),
        (HEAD + "and := true output p", "got 'and', expected a name"),
        (HEAD + "1 := true output p", "got '1', expected a name"),
        (HEAD + "p := true output p q", "got 'q', expected the end after the output"),
        (HEAD + 'p := #["a"] output p', "got 'output', expected one of >= <= > < = !="),
        (HEAD + "p := #[true = 1 output p", "got '=', expected ']'"),
        (HEAD + "p := #true = 1 output p", "got 'true', expected '['"),
        (HEAD + "p := 2 * 3 = 1 output p", "got '3', expected '#'"),
        (HEAD + "p := 1 = true output p", "got 'true', expected '#'"),
        (HEAD + "p := (true output p", "got 'output', expected ')' or an operator"),
        (HEAD + "p := true ? output p", "got '?', expected a word, a bracket or a mark"),
        (HEAD + "p := #[true] > 1" + "0" * 100 + " output p", "a number of 101 digits"),
        (HEAD + "p := " + "not " * 101 + "true output p", "nested deeper than 100"),
        (HEAD + "p := " + "#[" * 31 + "true", "counts nested deeper than 30; names avoid it"),
        (HEAD + "p := " + "#[" + "not " * 60 + "#[" + "not " * 60 + "true] > 0] > 0 output p",
         "nested deeper than 100"),
    ],
)
def test_unclear_programs_are_refused(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_crasp(written)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("definitions", "output", "message"),
    [
        ([("p", Letter("c"))], "p", "p uses the letter 'c', expected one of a b"),
        ([("p", Not(Named("q")))], "p", "p uses 'q', which is not defined before"),
        ([("p", Compare((Count(1, Named("p")),), "=", 1))], "p", "p uses 'p', which is not"),
        ([("p", TRUE), ("p", FALSE)], "p", "'p' is defined twice"),
        ([("p", TRUE)], "q", "the output 'q' is not defined"),
    ],
)
def test_ill_formed_programs_are_refused(definitions: list[tuple[str, Formula]], output: str,
                                         message: str) -> None:
    with pytest.raises(InputError, match=message):
        Program(("a", "b"), "last", tuple(Definition(*d) for d in definitions), output).checked()


def test_words_that_are_none_are_refused() -> None:
    program = parse_crasp(DYCK)
    with pytest.raises(InputError, match=r"letter 'a': expected one of \( \)"):
        program.accepts("(a")
    with pytest.raises(InputError, match="letter 2: expected an index from 0 to 1"):
        program.accepted([[0, 2]])
    with pytest.raises(InputError, match="letter -1: expected an index"):
        program.accepted([[-1]])
    with pytest.raises(InputError, match="words of lengths 1 and 2"):
        program.accepted([[0], [0, 1]])


def test_too_many_cases_at_the_end_position() -> None:
    counts = tuple(Count(1, Compare((Count(1, Letter("a")),), ">=", k)) for k in range(1, 14))
    program = Program(("a",), "eos", (Definition("p", Compare(counts, ">=", 3)),), "p").checked()
    with pytest.raises(LimitError, match="may hold at the end position: 13"):
        read_at_last(program)


def test_new_names_do_not_clash() -> None:
    program = parse_crasp('alphabet "a" readout eos p := #["a"] = 1 p_next := not p '
                          'answer := "a" output p_next')
    assert [name for name, _ in read_at_last(program).definitions] == ["p_next_", "p_next_next"]
    assert not read_at_last(replace(program, output="answer")).accepts("a")
    last = replace(program, readout="last")
    assert read_at_last(last) is last
