"""Everything that can be wrong with a program, an alphabet or an input is said in one line."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from expressivity.models.model import Model
from expressivity.programs.rasp import (
    Aggregate,
    Compare,
    Comparison,
    Full,
    Linear,
    Map,
    Select,
    SelectorNot,
    SelectorWidth,
    SequenceMap,
    SOp,
    compile_rasp,
    indices,
    interpret,
    tokens,
)
from expressivity.programs.rasp.library import everything, frac_prevs, hist, length, shift
from languages.errors import InputError, LimitError
from proofs.models.positions import OutOfRange

anything: Any = object()
share = frac_prevs(tokens == "a")


@pytest.mark.parametrize(("make", "message"), [
    (lambda: Map(3, tokens), "expected a function"),  # type: ignore[arg-type]
    (lambda: Map(abs, anything), "expected an s-operator"),
    (lambda: SequenceMap(max, tokens, everything()),  # type: ignore[arg-type]
     "expected an s-operator"),
    (lambda: Aggregate(anything, tokens), "expected a selector"),
    (lambda: SelectorWidth(tokens), "expected a selector"),  # type: ignore[arg-type]
    (lambda: SelectorNot(anything), "expected a selector"),
    (lambda: Select(tokens, anything, Comparison.EQ), "expected an s-operator"),
    (lambda: Select(tokens, tokens, tokens), "expected a function"),  # type: ignore[arg-type]
    (lambda: Compare(tokens, "=<", tokens), "expected one of"),  # type: ignore[arg-type]
    (lambda: Linear(((1, anything),)), "expected an s-operator"),
    (lambda: Linear(((0.5, indices),)), r"Fraction\(p, q\) is exact"),  # type: ignore[arg-type]
    (lambda: Full(0.5), r"Fraction\(p, q\) is exact"),  # type: ignore[arg-type]
    (lambda: Full([1]), "expected an integer"),  # type: ignore[arg-type]
    (lambda: indices + "a", "expected a number"),
    (lambda: indices * "a", "expected a number"),
    (lambda: indices / 0, "divisor"),
    (lambda: Aggregate(everything(), tokens, default=0.0), "default"),  # type: ignore[arg-type]
    (lambda: bool(tokens == "a"), "truth value"),
    (lambda: 0 < indices < 3, "truth value"),
])
def test_malformed_programs(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make()


@pytest.mark.parametrize(("program", "message"), [
    (Map(lambda x: {"a": 1}[x], tokens), "Map: the function fails on 'b': KeyError"),
    (Map(lambda x: 0.5, tokens), "got 0.5"),
    (1 / (indices - 1), "SequenceMap: the function fails on 1, 0: ZeroDivisionError"),
    (tokens < 1, "Compare: the function fails"),
    (tokens + 1, "expected a number"),
    (tokens * indices, "expected a number"),
    (Aggregate(everything(), tokens), "2 positions are selected whose values 'a', 'b'"),
    (Aggregate(everything(), indices, unique=True), "must agree"),
    (Aggregate(everything(), Map(lambda x: 1 if x == "a" else x, tokens)), "not all numbers"),
    (SelectorWidth(Select(tokens, tokens, lambda k, q: k < 1)), "Select: the function fails"),
])
def test_programs_without_a_meaning(program: SOp, message: str) -> None:
    with pytest.raises(InputError, match=message):
        interpret(program, "ab")


@pytest.mark.parametrize(("program", "message"), [
    (Map(lambda x: {"a": 1}[x], tokens), "Map: the function fails on 'b': KeyError"),
    (tokens < 1, "Compare: the function fails"),
    (tokens + 1, "can be 'a', expected numbers"),
    (tokens * indices, "can be 'a', expected numbers"),
    (Aggregate(everything(), Map(lambda x: 1 if x == "a" else x, tokens)), "unique=True"),
    (Aggregate(Select(tokens, tokens, Comparison.EQ), indices, default="z"), "default is 'z'"),
    (Aggregate(everything(), indices == 0, default=0) + Aggregate(
        Select(tokens, tokens, Comparison.FALSE), indices == 1, default="z"), "'z'"),
    (SelectorWidth(Select(tokens, tokens, lambda k, q: k < 1)), "Select: the function fails"),
])
@pytest.mark.parametrize("longest", [None, 4])
def test_programs_that_no_model_computes(program: SOp, message: str, longest: int | None) -> None:
    with pytest.raises(InputError, match=message):
        compile_rasp(program, "ab", longest)


@pytest.mark.parametrize("program", [
    Map(lambda i: i % 2, indices),
    SequenceMap(max, indices, indices + length()),
    Map(abs, share),
    SelectorWidth(Select(indices, length(), lambda k, q: 2 * k < q)),
    SelectorWidth(Select(hist(), hist(), Comparison.LT)),
    SelectorWidth(Select(share, share, Comparison.EQ)),
    shift(1, indices),
])
def test_values_that_are_known_up_to_a_length_only(program: SOp) -> None:
    with pytest.raises(InputError, match="longest length"):
        compile_rasp(program, "ab")
    compiled = compile_rasp(program, "ab", 6)
    assert compiled.longest == 6
    for word in ("a", "ba", "abbab", "bbabba"):
        assert compiled.run(word) == interpret(program, word)
    with pytest.raises(InputError, match="made for inputs of up to 6"):
        compiled.run("abababa")
    with pytest.raises(OutOfRange):
        Model.from_plain(compiled.model).run([0] * 7)


def test_functions_of_two_shares_need_operators() -> None:
    other = Aggregate(Select(tokens, tokens, Comparison.EQ), indices)
    with pytest.raises(InputError, match="use operators and comparisons"):
        compile_rasp(Map(abs, share - other), "ab", 5)


def test_values_that_do_not_agree_are_not_made_up() -> None:
    compiled = compile_rasp(Aggregate(everything(), tokens), "ab")
    assert compiled.run("aaa") == list("aaa")
    with pytest.raises(InputError, match="do not agree"):
        compiled.run("ab")


@pytest.mark.parametrize("alphabet", ["", "aa", [None], [1, True], [0.5]])
def test_alphabets(alphabet: Any) -> None:
    with pytest.raises(InputError, match="alphabet"):
        compile_rasp(tokens, alphabet)


@pytest.mark.parametrize("longest", [0, -1, True, 2.0])
def test_lengths(longest: Any) -> None:
    with pytest.raises(InputError, match="length"):
        compile_rasp(tokens, "ab", longest)


def test_tokens_outside_the_alphabet() -> None:
    compiled = compile_rasp(tokens, "ab")
    assert compiled.run("") == []
    with pytest.raises(InputError, match="token 'c': expected one of 'a', 'b'"):
        compiled.run("abc")
    with pytest.raises(InputError, match="token"):
        interpret(tokens, [0.5])


def test_limits() -> None:
    with pytest.raises(LimitError, match="values of an s-operator"):
        compile_rasp(Map(lambda i: i % 7, indices), "ab", 30_000)
    with pytest.raises(LimitError, match="pairs of values"):
        compile_rasp(SequenceMap(max, indices, length()), "ab", 1_100)
    with pytest.raises(LimitError, match="weights of the model"):
        compile_rasp(shift(1), range(900))


def test_texts_of_values_stay_apart() -> None:
    compiled = compile_rasp(tokens, ["1", 1, "", Fraction(1, 2), ("a", 1)])
    word = [1, "1", ("a", 1), "", Fraction(1, 2)]
    assert compiled.run(word) == word
    assert len(set(compiled.model["alphabet"])) == 5
