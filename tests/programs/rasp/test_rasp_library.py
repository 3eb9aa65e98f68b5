"""The library against plain definitions in Python, interpreted and compiled."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest

from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from expressivity.programs.rasp import SOp, compile_rasp, indices, interpret, library, tokens
from languages.errors import InputError

Plain = Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True, eq=False)
class Case:
    """A program, what it should compute, and on what."""

    program: SOp
    plain: Plain
    alphabet: Sequence[Any]
    exhaustive: int
    longest: int | None = None
    causal: bool = False


def shares(word: Sequence[Any], letter: Any) -> list[Fraction]:
    return [Fraction(list(word[:i + 1]).count(letter), i + 1) for i in range(len(word))]


def balanced(word: Sequence[str], pairs: Sequence[str]) -> bool:
    for opening, closing in pairs:
        depth = 0
        for x in word:
            depth += (x == opening) - (x == closing)
            if depth < 0:
                return False
        if depth:
            return False
    return True


def shuffled(pairs: Sequence[str]) -> Plain:
    return lambda word: [int(balanced(word, pairs))] * len(word)


def pattern(wanted: str) -> Plain:
    def plain(word: Sequence[str]) -> list[int | None]:
        return [None if i + 1 < len(wanted) else
                int(tuple(word[i + 1 - len(wanted):i + 1]) == tuple(wanted))
                for i in range(len(word))]

    return plain


def by_frequency(word: Sequence[Any]) -> list[Any]:
    return sorted(word, key=lambda x: -list(word).count(x))


CASES = {
    "length": Case(library.length(), lambda w: [len(w)] * len(w), "abcde", 3),
    "length, causal": Case(library.length(), lambda w: [i + 1 for i in range(len(w))], "ab", 4,
                           causal=True),
    "reverse": Case(library.reverse(), lambda w: list(reversed(w)), "abcde", 3),
    "reverse of indices": Case(library.reverse(indices * 2), lambda w: [
        2 * i for i in reversed(range(len(w)))], "ab", 3, longest=20),
    "hist": Case(library.hist(), lambda w: [list(w).count(x) for x in w], "abcde", 3),
    "hist, causal": Case(library.hist(), lambda w: [list(w[:i + 1]).count(x)
                                                    for i, x in enumerate(w)], "ab", 5,
                         causal=True),
    "sort": Case(library.sort(), sorted, [3, 1, 2, Fraction(5, 2)], 4),
    "sort texts": Case(library.sort(), sorted, "bca", 5),
    "sort by another key": Case(
        library.sort(tokens, tokens == "b"), lambda w: sorted(w, key=lambda x: x == "b"), "abc", 5),
    "sort_unique": Case(library.sort_unique(tokens, 1 - indices), lambda w: list(reversed(w)),
                        "abc", 4, longest=12),
    "sort_freq": Case(library.sort_freq(), by_frequency, "abc", 6, longest=20),
    "frac_prevs": Case(library.frac_prevs(tokens == "b"), lambda w: shares(w, "b"), "abc", 5),
    "pair_balance": Case(
        library.pair_balance(tokens, "(", ")"),
        lambda w: [x - y for x, y in zip(shares(w, "("), shares(w, ")"), strict=True)], "(a)", 5),
    "shuffle_dyck2": Case(library.shuffle_dyck2(), shuffled(["()", "{}"]), "(){}", 4),
    "shuffle_dyck2, to 40": Case(library.shuffle_dyck2(), shuffled(["()", "{}"]), "(){}", 4, 40),
    "shuffle_dyck1": Case(library.shuffle_dyck(["()"]), shuffled(["()"]), "()", 7),
    "shuffle_dyck3": Case(library.shuffle_dyck(["()", "{}", "[]"]), shuffled(["()", "{}", "[]"]),
                          "(){}[]", 2, 20),
    "count": Case(library.count(tokens, "a"), lambda w: [w.count("a")] * len(w), "abc", 5),
    "count_less_freq": Case(library.count_less_freq(2), lambda w: [
        sum(w.count(x) <= 2 for x in w)] * len(w), "abc", 5),
    "shift": Case(library.shift(2), lambda w: [None, None, *w][:len(w)], "abc", 4),
    "shift to the left": Case(library.shift(-1, default="-"), lambda w: [*w, "-"][1:], "abc", 4),
    "detect_pattern": Case(library.detect_pattern(tokens, "aba"), pattern("aba"), "ab", 7),
    "detect_pattern of one": Case(library.detect_pattern(tokens, "a"), pattern("a"), "ab", 4),
    "sequence_map": Case(
        library.sequence_map(lambda x, y, z: x + y - z, tokens, tokens, indices),
        lambda w: [2 * x - i for i, x in enumerate(w)], [1, 2, 3], 4, longest=10),
    "sequence_map of one": Case(library.sequence_map(ord, tokens), lambda w: list(map(ord, w)),
                                "ab", 3),
}
BRACKETS = {name: case for name, case in CASES.items() if name.startswith("shuffle")}


def words(case: Case) -> list[tuple[Any, ...]]:
    """All short words, and random ones up to the longest (40 if there is no longest)."""
    chance = random.Random(0)
    longest = case.longest or 40
    found = [word for n in range(1, case.exhaustive + 1)
             for word in itertools.product(case.alphabet, repeat=n)]
    for n in (7, longest // 2, longest - 1, longest):
        found += [tuple(chance.choice(case.alphabet) for _ in range(n)) for _ in range(2)]
        if case in BRACKETS.values():
            pairs = case.alphabet[:4]  # interleaved pairs, or nested ones
            interleaved = [pairs[k] for k in ((0, 2, 1, 3) if len(pairs) == 4 else (0, 0, 1, 1))]
            found.append(tuple(interleaved * (n // 4)))
            found.append((*pairs[:2], *interleaved * ((n - 2) // 4)))
    return [word for word in found if len(word) <= longest]


@pytest.mark.parametrize("name", CASES)
def test_interpreter(name: str) -> None:
    case = CASES[name]
    for word in words(case):
        assert interpret(case.program, word, case.causal) == list(case.plain(word)), word


@pytest.mark.parametrize("name", CASES)
def test_model(name: str) -> None:
    case = CASES[name]
    compiled = compile_rasp(case.program, case.alphabet, case.longest, causal=case.causal)
    by_length: dict[int, list[tuple[Any, ...]]] = {}
    for word in words(case):
        by_length.setdefault(len(word), []).append(word)
    for group in by_length.values():
        for word, found in zip(group, compiled.run_many(group), strict=True):
            assert found == list(case.plain(word)), word


@pytest.mark.parametrize("name", CASES)
def test_reference_evaluator(name: str) -> None:
    """The sequence read off the definition's own residual stream."""
    case = CASES[name]
    compiled = compile_rasp(case.program, case.alphabet, case.longest, causal=case.causal)
    model = Model.from_plain(compiled.model)
    sequence = model.definition.sequence
    assert sequence is not None
    for word in [*words(case)[1:30:5], max(words(case), key=lambda w: (len(w) <= 9, len(w)))]:
        stream = model.run(compiled.indices(word)).residual[-1][1:]
        for state, expected in zip(stream, case.plain(word), strict=True):
            found = [state[k] for k in sequence.dimensions]
            if compiled.values is None:
                assert found == [expected]
            else:
                assert found == [int(value == expected) for value in compiled.values]


@pytest.mark.parametrize("name", CASES)
def test_resources_are_those_of_the_tensors(name: str) -> None:
    case = CASES[name]
    compiled = compile_rasp(case.program, case.alphabet, case.longest, causal=case.causal)
    counted = sizes(Model.from_plain(compiled.model).definition)
    assert {key: counted[key] for key in compiled.resources} == compiled.resources


@pytest.mark.parametrize("name", BRACKETS)
@pytest.mark.parametrize("empty", [True, False])
def test_recognition(name: str, empty: bool) -> None:
    case = BRACKETS[name]
    compiled = compile_rasp(case.program, case.alphabet, case.longest, accept_empty=empty)
    assert compiled.accepts(()) == empty
    found = words(case)
    accepted = [word for word in found if case.plain(word)[-1]]
    assert len(accepted) >= 5 and any(len(word) >= 16 for word in accepted)
    for word in [*accepted, *found[::7]]:
        assert compiled.accepts(word) == bool(case.plain(word)[-1]), word


def test_width_does_not_depend_on_the_length() -> None:
    for program in (library.length(), library.hist(), library.reverse(), library.sort()):
        assert compile_rasp(program, "abc", 10).longest is None
    small, large = (compile_rasp(library.shuffle_dyck2(), "(){}", n) for n in (10, 100))
    assert small.resources == large.resources


def test_lengths_at_which_approximate_compilers_go_astray() -> None:
    compiled = compile_rasp(library.length(), "abcde")
    for n in (1, 2, 10, 20, 40, 100, 300):
        assert compiled.run("a" * n) == [n] * n


@pytest.mark.parametrize(("make", "message"), [
    (lambda: library.shuffle_dyck([]), "pairs"),
    (lambda: library.shuffle_dyck(["(", "{}"]), "pairs"),
    (lambda: library.detect_pattern(tokens, ""), "pattern"),
    (lambda: library.sequence_map(max), "at least one"),
])
def test_arguments_that_are_refused(make: Callable[[], SOp], message: str) -> None:
    with pytest.raises(InputError, match=message):
        make()
