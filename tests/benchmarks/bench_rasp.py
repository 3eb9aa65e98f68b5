"""RASP programs to weights, next to Tracr on the same programs, vocabulary and longest input.

Run with `pytest tests/benchmarks/bench_rasp.py -s`; the ratios are printed at the end: for
compiling when everything is warm, for the first compilation in a fresh process once everything is
imported ("first"), and for the whole of that process ("process"). Tracr is not on PyPI: put a
checkout of github.com/google-deepmind/tracr on PYTHONPATH and install jax, dm-haiku, einops,
networkx and chex. Without it our own times are printed.

Tracr's weights are for one longest length. Ours are right at all lengths, except those of
sort_freq and shuffle_dyck2, which make use of the longest length that is given here.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from expressivity.programs.rasp import compile_rasp, interpret, library, tokens

LONGEST = 10
LETTERS: list[Any] = list("abcde")
NUMBERS: list[Any] = [1, 2, 3, 4, 5]
BRACKETS: list[Any] = list("(){}")
OURS: dict[str, tuple[Callable[[], Any], list[Any]]] = {
    "length": (library.length, LETTERS),
    "hist": (library.hist, LETTERS),
    "reverse": (library.reverse, LETTERS),
    "sort": (library.sort, NUMBERS),
    "sort_freq": (library.sort_freq, NUMBERS),
    "pair_balance": (lambda: library.pair_balance(tokens, "(", ")"), BRACKETS),
    "shuffle_dyck2": (library.shuffle_dyck2, BRACKETS),
}
HEADLINE = ("length", "hist", "reverse", "sort")
SECONDS: dict[str, float] = {}

COLD_OURS = """
import time
from expressivity.programs.rasp import compile_rasp, library
start = time.perf_counter()
compile_rasp(library.NAME(), ALPHABET, LONGEST)
print(time.perf_counter() - start)
"""
COLD_TRACR = """
import time
from tracr.compiler import compiling, lib
from tracr.rasp import rasp
programs = {"length": lib.make_length, "hist": lib.make_hist,
            "reverse": lambda: lib.make_reverse(rasp.tokens),
            "sort": lambda: lib.make_sort(rasp.tokens, rasp.tokens, max_seq_len=LONGEST, min_key=1)}
start = time.perf_counter()
compiling.compile_rasp_to_model(programs["NAME"](), set(ALPHABET), LONGEST, compiler_bos="BOS")
print(time.perf_counter() - start)
"""


def tracr_programs() -> dict[str, Callable[[], Any]]:
    """Tracr's versions, for the same longest input; skips when Tracr cannot be imported."""
    pytest.importorskip("tracr.compiler.compiling", exc_type=ImportError,
                        reason="tracr is not importable: it is not on PyPI, see the head of the "
                               "file")
    from tracr.compiler import lib
    from tracr.rasp import rasp
    return {
        "length": lib.make_length,
        "hist": lib.make_hist,
        "reverse": lambda: lib.make_reverse(rasp.tokens),
        "sort": lambda: lib.make_sort(rasp.tokens, rasp.tokens, max_seq_len=LONGEST, min_key=1),
        "sort_freq": lambda: lib.make_sort_freq(LONGEST),
        "pair_balance": lambda: lib.make_pair_balance(rasp.tokens, "(", ")"),
        "shuffle_dyck2": lib.make_shuffle_dyck2,
    }


def timed(benchmark: BenchmarkFixture, name: str, task: Callable[[], object]) -> object:
    """Run the task under the benchmark, after one run that does not count."""
    runs: Any = benchmark  # pytest-benchmark has no types for what follows
    result: object = runs.pedantic(task, rounds=7, iterations=1, warmup_rounds=1)
    SECONDS[name] = runs.stats.stats.median
    return result


@pytest.fixture(scope="module", autouse=True)
def ratios() -> Iterator[None]:
    """Print our times, and Tracr's as multiples of them."""
    yield
    for name, ours in SECONDS.items():
        if name.startswith("ours"):
            peer = SECONDS.get("tracr" + name[len("ours"):])
            ratio = f", tracr {1000 * peer:.1f} ms = {peer / ours:.1f} x" if peer else ""
            print(f"\n{name}: {1000 * ours:.2f} ms{ratio}", end="")
    for name in HEADLINE:
        if f"tracr first {name}" in SECONDS and f"ours {name}" in SECONDS:
            ratio = SECONDS[f"tracr first {name}"] / SECONDS[f"ours {name}"]
            print(f"\nfirst compilation by tracr of {name} = {ratio:.0f} x ours when warm", end="")
    print()


@pytest.mark.parametrize("name", OURS)
def test_ours(benchmark: BenchmarkFixture, name: str) -> None:
    make, alphabet = OURS[name]
    compiled: Any = timed(benchmark, f"ours {name}",
                          lambda: compile_rasp(make(), alphabet, LONGEST))
    lengths = (1, 10, 20, 40) if compiled.longest is None else (1, LONGEST)
    for length in lengths:
        word = [alphabet[k * k % len(alphabet)] for k in range(length)]
        assert compiled.run(word) == interpret(make(), word)


@pytest.mark.parametrize("name", OURS)
def test_tracr(benchmark: BenchmarkFixture, name: str) -> None:
    make = tracr_programs()[name]
    from tracr.compiler import compiling
    alphabet = set(OURS[name][1])
    timed(benchmark, f"tracr {name}", lambda: compiling.compile_rasp_to_model(
        make(), alphabet, LONGEST, compiler_bos="BOS"))


@pytest.mark.parametrize("name", HEADLINE)
def test_ours_in_a_fresh_process(name: str) -> None:
    fresh("ours", COLD_OURS, name)


@pytest.mark.parametrize("name", HEADLINE)
def test_tracr_in_a_fresh_process(name: str) -> None:
    tracr_programs()
    fresh("tracr", COLD_TRACR, name)


def fresh(who: str, code: str, name: str) -> None:
    """Time the first compilation in a new process, and the whole process."""
    for old, new in (("NAME", name), ("ALPHABET", repr(OURS[name][1])), ("LONGEST", str(LONGEST))):
        code = code.replace(old, new)
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    SECONDS[f"{who} process {name}"] = time.perf_counter() - start
    SECONDS[f"{who} first {name}"] = float(done.stdout)


@pytest.mark.parametrize("longest", [50, 100, None])
def test_large_shuffle_dyck(benchmark: BenchmarkFixture, longest: int | None) -> None:
    """At 50, Tracr does not finish in four minutes."""
    compiled: Any = timed(benchmark, f"ours shuffle_dyck2 up to {longest or 'any length'}",
                          lambda: compile_rasp(library.shuffle_dyck2(), BRACKETS, longest))
    word = list("({)}" * (longest or 120))[:longest or 120]
    word = word[:len(word) // 4 * 4]
    assert compiled.run(word) == [1] * len(word)
    assert compiled.run(word[:-1]) == [0] * (len(word) - 1)


def test_lengths_that_tracr_returns() -> None:
    """With its defaults and one position to spare, next to ours."""
    tracr_programs()
    from tracr.compiler import compiling, lib
    ours = compile_rasp(library.length(), LETTERS)
    for length in (9, 10, 20, 40):
        model = compiling.compile_rasp_to_model(lib.make_length(), set(LETTERS), length + 1,
                                                compiler_bos="BOS")
        found = model.apply(["BOS", *"a" * length]).decoded[-1]
        assert ours.run("a" * length) == [length] * length
        print(f"\nlength of {length} tokens: tracr {found}, ours {ours.run('a' * length)[0]}",
              end="")
