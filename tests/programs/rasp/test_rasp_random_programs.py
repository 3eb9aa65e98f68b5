"""Random programs: the model computes what the interpreter says, wherever it says something."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rasp_programs import ALPHABET, numbers, texts

from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from expressivity.programs.rasp import CompiledRasp, SOp, Value, compile_rasp, interpret
from languages.errors import InputError

LONGEST = 4


def meaning(program: SOp, word: tuple[str, ...], causal: bool) -> list[Value] | None:
    """What the program means, None where it means nothing."""
    try:
        return interpret(program, word, causal)
    except InputError:
        return None


def agree(program: SOp, compiled: CompiledRasp, longest: int) -> None:
    """Compare on all words up to this length."""
    for length in range(1, longest + 1):
        expected = {word: meaning(program, word, compiled.causal)
                    for word in itertools.product(ALPHABET, repeat=length)}
        words = [word for word, values in expected.items() if values is not None]
        for word, found in zip(words, compiled.run_many(words), strict=True):
            assert found == expected[word], word


@given(st.one_of(numbers(2), texts(2)), st.booleans())
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_up_to_a_length(program: SOp, causal: bool) -> None:
    try:
        compiled = compile_rasp(program, ALPHABET, LONGEST, causal=causal)
    except InputError as error:
        assume("LimitError" not in type(error).__name__)
        # Values that the compiler cannot rule out may lie outside a function's domain.
        assume(False)
    counted = sizes(Model.from_plain(compiled.model).definition)
    assert {name: counted[name] for name in compiled.resources} == compiled.resources
    agree(program, compiled, LONGEST)


@given(st.one_of(numbers(2), texts(2)), st.booleans())
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_at_all_lengths(program: SOp, causal: bool) -> None:
    try:
        compiled = compile_rasp(program, ALPHABET, causal=causal)
    except InputError:
        assume(False)
    assert compiled.longest is None
    agree(program, compiled, LONGEST + 1)


@pytest.mark.slow
@given(numbers(3), st.booleans())
@settings(deadline=None, max_examples=400, suppress_health_check=list(HealthCheck))
def test_deeper_programs(program: SOp, causal: bool) -> None:
    try:
        compiled = compile_rasp(program, ALPHABET, LONGEST, causal=causal)
    except InputError:
        assume(False)
    agree(program, compiled, LONGEST)
