"""Past temporal logic: evaluation against the definitions, text, and the automaton of a formula."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.errors import InputError, LimitError
from languages.logics.ltl import TEMPORAL, Formula, FormulaBuilder
from languages.logics.ltl_text import ltl_text, parse_ltl
from languages.logics.to_automaton import formula_to_dfa

WORDS = [w for n in range(5) for w in product((0, 1), repeat=n)]
Tree = tuple[Any, ...]


def holds(tree: Tree, word: Sequence[int], i: int) -> bool:
    """The definition, on trees ("letter", a), ("true",), ("S", f, g), ..."""
    op, *args = tree
    if op == "letter":
        return i < len(word) and word[i] == args[0]
    if op == "true":
        return True
    if op == "not":
        return not holds(args[0], word, i)
    if op == "and":
        return all(holds(x, word, i) for x in args)
    if op == "or":
        return any(holds(x, word, i) for x in args)
    if op == "Y":
        return i > 0 and holds(args[0], word, i - 1)
    if op == "P":
        return any(holds(args[0], word, j) for j in range(i))
    return any(
        holds(args[1], word, j) and all(holds(args[0], word, k) for k in range(j + 1, i))
        for j in range(i)
    )


def build(f: FormulaBuilder, tree: Tree) -> int:
    """The tree as a node."""
    op, *args = tree
    if op == "letter":
        return f.letter(args[0])
    if op == "true":
        return f.true
    made = [build(f, x) for x in args]
    if op in ("and", "or"):
        return (f.conj if op == "and" else f.disj)(made)
    if op == "S":
        return f.since(*made)
    return {"not": f.neg, "Y": f.yesterday, "P": f.previously}[op](*made)


def text(tree: Tree) -> str:
    """Fully bracketed, so that only brackets are tested against the tree."""
    op, *args = tree
    if op == "letter":
        return "ab"[args[0]]
    if op == "true":
        return "true"
    if op in ("not", "Y", "P"):
        return f"{op} ({text(args[0])})"
    return "(" + f" {op} ".join(map(text, args)) + ")"


TREES = st.recursive(
    st.sampled_from([("letter", 0), ("letter", 1), ("true",)]),
    lambda x: st.one_of(
        st.tuples(st.sampled_from(["not", "Y", "P"]), x),
        st.tuples(st.sampled_from(["and", "or", "S"]), x, x),
        st.tuples(st.sampled_from(["and", "or"]), x, x, x),
    ),
    max_leaves=8,
)


def made(tree: Tree) -> Formula:
    f = FormulaBuilder("ab")
    return f.formula(build(f, tree))


@given(TREES)
def test_evaluation_is_the_definition_at_every_position(tree: Tree) -> None:
    formula = made(tree)
    for word in WORDS:
        letters = ["ab"[a] for a in word]
        want = [holds(tree, word, i) for i in range(len(word) + 1)]
        assert formula.positions(letters) == want
        assert formula.holds(letters) == want[-1]


@given(TREES)
def test_words_of_one_length_are_evaluated_together(tree: Tree) -> None:
    formula = made(tree)
    words = list(product((0, 1), repeat=3))
    rows = formula.evaluate(words)[-1]
    assert rows == [
        sum(holds(tree, word, i) << k for k, word in enumerate(words)) for i in range(4)
    ]


@given(TREES)
def test_text_is_read_as_written(tree: Tree) -> None:
    want = formula_to_dfa(made(tree))
    assert formula_to_dfa(parse_ltl(text(tree), "ab")).identical(want)
    assert formula_to_dfa(parse_ltl(ltl_text(made(tree)), "ab")).identical(want)


@given(TREES)
def test_the_automaton_accepts_what_the_formula_says(tree: Tree) -> None:
    dfa = formula_to_dfa(made(tree))
    for word in WORDS:
        assert bool(dfa.accept[dfa.run(word)]) == holds(tree, word, len(word))


@pytest.mark.parametrize(
    ("written", "bracketed"),
    [
        ("a or b and a", "a or (b and a)"),
        ("not a S b", "(not a) S b"),
        ("a and b S a", "a and (b S a)"),
        ("P not Y a", "P (not (Y a))"),
        ("@f := a S b; not @f", "not (a S b)"),
        ("@f := a; @g := P @f; @g and @f # both", "P a and a"),
        ('"a" S "b"', "a S b"),
        ("a and false or b", "b"),
    ],
)
def test_precedence(written: str, bracketed: str) -> None:
    assert formula_to_dfa(parse_ltl(written, "ab")).identical(
        formula_to_dfa(parse_ltl(bracketed, "ab"))
    )


def test_letters_may_be_any_text() -> None:
    letters = ['"', "\\", "S", "not", "(", "a b", "ab", "1"]
    f = FormulaBuilder(letters)
    formula = f.formula(f.disj(f.previously(f.letter(k)) for k in range(len(letters))))
    written = ltl_text(formula)
    assert formula_to_dfa(parse_ltl(written, letters)).identical(formula_to_dfa(formula))
    assert set(parse_ltl(written).alphabet) == set(letters)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "no letter in the formula"),
        ("a S b S a", "S twice in a row needs brackets (character 1)"),
        ("a and", "got the end, expected a letter"),
        ("(a or b", "got the end, expected ')' or an operator (character 8)"),
        ("a)", "got ')', expected an operator or the end (character 2)"),
        ("a b", "got 'b', expected an operator or the end (character 3)"),
        ("c", "letter 'c' is not in the alphabet: expected one of a b (character 1)"),
        ("@x and a", "got '@x', expected a letter"),
        ("@x := a; @x := b; @x", "'@x' is defined twice (character 10)"),
        ("@x := a\n @x", "got '@x', expected ';' (line 2, column 2)"),
        ('"a', "got '\"', expected a word"),
        ("not " * 1001 + "a", "nested deeper than 1000"),
    ],
)
def test_unclear_texts_are_refused_with_the_place(written: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_ltl(written, "ab" if written else None)
    assert message in str(error.value)


def test_a_word_with_a_foreign_letter_is_refused() -> None:
    with pytest.raises(InputError, match="letter 'c' is not in the alphabet"):
        parse_ltl("P a", "ab").holds("abc")


def test_too_many_subformulas_are_refused() -> None:
    with pytest.raises(LimitError, match="subformulas"):
        parse_ltl("P (a and P (b and P a))", "ab", max_nodes=5)


def test_depth_and_operators() -> None:
    formula = parse_ltl("P (a and P b) or b S (Y a)", "ab")
    assert formula.depth() == 2
    assert formula.operators() & TEMPORAL == TEMPORAL
