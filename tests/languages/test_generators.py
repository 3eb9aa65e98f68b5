"""Word problems of groups given by generators, against sympy and against names."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest
from sympy.combinatorics import Permutation, PermutationGroup

from languages.catalogue._generators import _determinant
from languages.errors import InputError, LimitError
from languages.limits import Limits
from languages.parse import parse_language


@pytest.mark.parametrize(("generators", "name"), [
    ("(1 2),(1 2 3 4 5)", "S5"),
    ("(1 2 3),(1 2 3 4 5)", "A5"),
    ("(1,2,3,4,5,6)", "Z6"),
    ("(1 2 3 4),(2 4),identity", "D4,identity"),
    ("a=(1 2 3), b=(2 3 4), c=(5 6 7 8 9)", "A4xZ5"),
])
def test_the_same_language_as_by_name(generators: str, name: str) -> None:
    found = parse_language(f"word-problem:{generators}")
    want = parse_language(f"word-problem:{name}")
    assert found.dfa is not None and want.dfa is not None
    assert found.dfa.same_language(want.dfa)


@pytest.mark.parametrize("seed", range(25))
def test_permutations_against_sympy(seed: int) -> None:
    rng = random.Random(seed)
    degree = rng.randint(1, 5)
    images = [rng.sample(range(degree), degree) for _ in range(rng.randint(1, 3))]
    perms = [Permutation(image) for image in images]
    written = ",".join("".join("(" + " ".join(str(x + 1) for x in c) + ")"
                               for c in p.cyclic_form) or "()" for p in perms)
    dfa = parse_language(f"word-problem:{written}").dfa
    assert dfa is not None
    assert dfa.states == PermutationGroup(perms).order()
    for length in range(6):
        for word in product(range(len(perms)), repeat=length):
            value = Permutation(list(range(degree)))
            for a in word:
                value = value * perms[a]  # first left, then right
            assert dfa.accept[dfa.run(word)] == value.is_Identity


@pytest.mark.parametrize(("text", "order"), [
    ("[1 1;0 1],[1 0;1 1] mod 5", 120),  # SL(2, 5)
    ("[1 1;0 1],[1 0;1 1] mod 4", 48),
    ("[0 -1;1 0] mod 7", 4),
    ("[2] mod 101", 100),
    ("x=[0 1 0;0 0 1;1 0 0],y=[1 1 0;0 1 0;0 0 1] mod 2", 168),  # GL(3, 2)
    ("i=(1 2 3 4)(5 6 7 8),j=(1 5 3 7)(2 8 4 6)", 8),  # quaternions
    ("(1 2 3 4 5 6 7 8 9 10 11),(3 7 11 8)(4 10 5 6)", 7920),  # Mathieu group M11
    ("()", 1),
])
def test_orders(text: str, order: int) -> None:
    found = parse_language(f"word-problem:{text}")
    assert found.dfa is not None and found.dfa.states == order
    assert f"the group of order {order} " in found.description


def test_matrices_multiply_from_the_left_to_the_right() -> None:
    a, b = np.array([[1, 1], [0, 1]]), np.array([[0, 1], [1, 0]])
    dfa = parse_language("word-problem:[1 1;0 1],[0 1;1 0] mod 3").dfa
    assert dfa is not None
    for length in range(9):
        for word in product((0, 1), repeat=length):
            value = np.eye(2, dtype=int)
            for letter in word:
                value = value @ (a, b)[letter] % 3
            assert dfa.accept[dfa.run(word)] == (value == np.eye(2)).all()


def test_letters() -> None:
    assert parse_language("word-problem:(1 2),(2 3)").alphabet == ("a", "b")
    assert parse_language("word-problem:up=(1 2),down=(2 3),identity").alphabet == (
        "up", "down", "e")
    assert "up = (1 2), down = (2 3), e = identity" in parse_language(
        "word-problem:up=(1 2),down=(2 3),identity").description


@pytest.mark.parametrize("seed", range(30))
def test_determinants(seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint(1, 5)
    rows = [[rng.randint(-3, 3) for _ in range(n)] for _ in range(n)]
    assert _determinant(rows) == round(np.linalg.det(np.array(rows, dtype=float)))


@pytest.mark.parametrize(("text", "message"), [
    ("(1 2", "got '(1 2', expected a permutation such as (1 2 3)(4 5) (character 1)"),
    ("(1 2),(2 x)", "got the point 'x', expected a number from 1 to 10000 (character 10)"),
    ("(1 2)(2 3)", "the point 2 comes twice, expected disjoint cycles (character 7)"),
    ("(0 1)", "got the point '0', expected a number from 1 to 10000 (character 2)"),
    ("(1 99999999999)", "got the point '99999999999'"),
    ("(1 2),", "got '', expected a permutation"),
    ("(1 2),5", "got '5', expected a permutation"),
    ("a=(1 2),(2 3)", "expected names for all or for none"),
    ("a=(1 2),a=(2 3)", "the letter 'a' comes twice"),
    ("e=(1 2),identity", "the letter 'e' comes twice"),
    ("=(1 2)", "got the name '', expected letters and digits"),
    ("(1 2),[1] mod 2", "permutations and matrices, expected generators of one kind (character 7)"),
    ("[1 1;0 1]", "matrices without a modulus, expected `mod 5` after them (character 10)"),
    ("[1 1;0 1] mod 1", "got the modulus '1', expected a number from 2 to 1000000 (character 15)"),
    ("[1 1;0 1] mod", "got the modulus ''"),
    ("[1 1;0] mod 3", "2 rows of 2 1 entries, expected as many entries as rows"),
    ("[1 1;1 1] mod 3", "the determinant is 0 modulo 3, expected a unit (character 1)"),
    ("[2] mod 4", "the determinant is 2 modulo 4, expected a unit"),
    ("[1],[1 0;0 1] mod 4", "a matrix of 2 rows after one of 1, expected one size (character 5)"),
    ("[1 a;0 1] mod 3", "got the entry 'a'"),
    ("[1 0;0 1 mod 3", "matrices without a modulus"),
])
def test_unclear_texts_are_refused_with_the_place(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        parse_language(f"word-problem:{text}")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_limits() -> None:
    with pytest.raises(LimitError, match="more than 100 is over the limit of 100; raise it with "
                       "--max-states"):
        parse_language("word-problem:(1 2),(1 2 3 4 5)", limits=Limits(max_states=100))
    assert parse_language("word-problem:(1 2),(1 2 3 4 5)", limits=Limits(max_states=120))
    turn = " ".join(map(str, range(1, 4001)))
    with pytest.raises(InputError, match="expected at most 10000000 numbers in all"):
        parse_language(f"word-problem:({turn})")


def test_points_that_are_not_named_cost_nothing() -> None:
    found = parse_language("word-problem:(1 10000),(1 2 3)")
    assert found.dfa is not None and found.dfa.states == 24
    assert "a = (1 10000), b = (1 2 3)" in found.description
