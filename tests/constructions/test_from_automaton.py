"""Formulas from automata: the same words, at all lengths and by evaluation on short ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.logics.from_automaton import partially_ordered_formula, star_free_formula
from languages.logics.ltl import TEMPORAL, Formula
from languages.logics.to_automaton import formula_to_dfa
from languages.regex import regex_to_dfa
from tests.constructions.languages_to_build import (
    bits,
    members,
    random_r_trivial,
    random_star_free,
    small,
    words,
)


def defines(formula: Formula, dfa: DFA, length: int) -> bool:
    """Do they agree at all lengths, by the formula's automaton, and on all words so long?"""
    assert formula_to_dfa(formula).identical(dfa.minimal())
    return all(
        formula.evaluate(words(dfa, n))[-1][-1] == bits(members(dfa, n)) for n in range(length + 1)
    )


def test_every_small_star_free_language() -> None:
    """The largest formula among them: three temporal operators, nested three deep."""
    formulas = [star_free_formula(dfa) for dfa in small()]
    assert len(formulas) == 174
    assert all(defines(f, dfa, 8) for f, dfa in zip(formulas, small(), strict=True))
    assert max(f.depth() for f in formulas) == 3
    assert max(sum(n.op in TEMPORAL for n in f.nodes) for f in formulas) == 3
    assert max(len(f.nodes) for f in formulas) == 18


def test_every_small_language_at_the_last_letter() -> None:
    for dfa in small():
        formula = star_free_formula(dfa, "last")
        for n in range(1, 9):
            assert formula.evaluate(words(dfa, n))[-1][-2] == bits(members(dfa, n))


def test_every_small_r_trivial_language() -> None:
    for dfa in small(True):
        formula = partially_ordered_formula(dfa)
        assert defines(formula, dfa, 8)
        assert formula.operators() & TEMPORAL <= {"P"}


@pytest.mark.parametrize(("states", "letters", "length"), [(4, 2, 8), (5, 2, 8), (5, 3, 5)])
def test_random_star_free_languages(states: int, letters: int, length: int) -> None:
    for dfa in random_star_free(states, states, letters, 25):
        assert defines(star_free_formula(dfa), dfa, length)


@pytest.mark.parametrize(("states", "letters", "length"), [(5, 2, 8), (7, 3, 5)])
def test_random_r_trivial_languages(states: int, letters: int, length: int) -> None:
    for dfa in random_r_trivial(states, states, letters, 25):
        formula = partially_ordered_formula(dfa)
        assert defines(formula, dfa, length)
        assert formula.operators() & TEMPORAL <= {"P"}
        assert sum(node.op == "P" for node in formula.nodes) <= states * letters + states


@pytest.mark.parametrize(
    ("make", "expression", "message"),
    [
        (star_free_formula, "(aa)*", "not aperiodic"),
        (star_free_formula, "(b*ab*ab*ab*)*", "not aperiodic"),
        (partially_ordered_formula, "(ab)*", "not R-trivial"),
    ],
)
def test_other_languages_are_refused(
    make: Callable[[DFA], Formula], expression: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        make(regex_to_dfa(expression, ("a", "b")))


def test_limits_are_named() -> None:
    dfa = next(random_star_free(5, 5, 3, 1))
    with pytest.raises(LimitError, match="images of the state set"):
        star_free_formula(dfa, max_sets=5)
    with pytest.raises(LimitError, match="subformulas"):
        star_free_formula(dfa, max_nodes=5)
