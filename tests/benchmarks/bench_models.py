"""Running models on many words and on one long word, next to the reference evaluator.

Run with `pytest tests/benchmarks/bench_models.py -s`; times and ratios are printed at the end. The
model is compiled from an automaton and has six attention sublayers. The peers are our own: plain
loops word by word, and arrays over all positions without numbered states.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_benchmark.fixture import BenchmarkFixture

from expressivity.constructions import star_free
from expressivity.models import interned, numbering
from expressivity.models.contracts import FIXED_8, RATIONAL
from expressivity.models.fast import accepts
from expressivity.models.model import Attention, Model
from expressivity.programs.brasp_to_model import brasp_to_model
from languages.dfa import DFA
from proofs.models.reference import run

CONTRACTS: dict[str, Mapping[str, Any]] = {"rational": RATIONAL, "8 bits": FIXED_8}
LENGTH = 20
MANY = 2**20
SECONDS: dict[str, float] = {}
WORDS: dict[str, int] = {}


def language() -> DFA:
    """Six levels of ((a b)* nested): the automaton of a monotone walk, star-free, seven states."""
    states = 6
    return DFA.from_lists(["a", "b"], [[min(q + 1, states), max(q - 1, 0)]
                                       for q in range(states + 1)], 0, [2, 5])


@cache
def model(contract: str) -> Model:
    made = Model.from_plain(brasp_to_model(star_free.program(language()),
                                           dict(CONTRACTS[contract])))
    assert sum(isinstance(layer, Attention) for layer in made.layers) >= 4
    return made


def words() -> NDArray[np.int64]:
    """All words of the length."""
    return np.arange(MANY)[:, None] >> np.arange(LENGTH) & 1


def timed(benchmark: BenchmarkFixture, name: str, count: int, task: Callable[[], Any],
          rounds: int = 3) -> Any:
    runs: Any = benchmark  # pytest-benchmark has no types for what follows
    result = runs.pedantic(task, rounds=rounds, iterations=1)
    SECONDS[name], WORDS[name] = runs.stats.stats.median, count
    return result


def tables_forgotten() -> None:
    interned._cached.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def ratios() -> Iterator[None]:
    """Print the time of each run and, next to the reference, the time for each letter."""
    yield
    for name, seconds in SECONDS.items():
        print(f"\n{name}: {seconds:.2f} s, {1e6 * seconds / WORDS[name]:.2f} us a word", end="")
        peer = f"reference, {name.split(', ')[-1]}"
        if peer in SECONDS and name.startswith("all words"):
            print(f", {SECONDS[peer] / WORDS[peer] / (seconds / WORDS[name]):.0f} x reference",
                  end="")
    print()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_all_words(benchmark: BenchmarkFixture, contract: str) -> None:
    given = words()
    made = model(contract)

    def task() -> NDArray[np.bool_]:
        tables_forgotten()
        return accepts(made, given)

    got = timed(benchmark, f"all words of length {LENGTH}, {contract}", MANY, task)
    dfa = language()
    states = np.full(MANY, dfa.start)
    for column in given.T:
        states = dfa.delta[states, column]
    assert (got == dfa.accept[states]).all()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_one_long_word(benchmark: BenchmarkFixture, contract: str) -> None:
    word = random.Random(1).choices((0, 1), k=10_000)
    made = model(contract)

    def task() -> NDArray[np.bool_]:
        tables_forgotten()
        return accepts(made, [word])

    got = timed(benchmark, f"one word of length 10000, {contract}", 1, task)
    assert got[0] == language().accepts(["ab"[letter] for letter in word])


@pytest.mark.parametrize("contract", CONTRACTS)
def test_arrays(benchmark: BenchmarkFixture, contract: str,
                monkeypatch: pytest.MonkeyPatch) -> None:
    given = words()[::1024]
    tables_forgotten()
    monkeypatch.setattr(numbering, "MAX_STATES", 1)
    timed(benchmark, f"arrays, {contract}", len(given), lambda: accepts(model(contract), given), 1)
    tables_forgotten()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_reference(benchmark: BenchmarkFixture, contract: str) -> None:
    given = words()[::2**18].tolist()
    definition = model(contract).definition
    timed(benchmark, f"reference, {contract}", len(given),
          lambda: [run(definition, word).accepted for word in given], 1)
