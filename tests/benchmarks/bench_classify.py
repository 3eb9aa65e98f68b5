"""All ten answers about transformation monoids, next to libsemigroups on the same monoid.

Run with `pytest tests/benchmarks/bench_classify.py -s`; the ratios are printed at the end. The
peers compute the D-class structure (Konieczny) or all elements (Froidure-Pin); we do neither, which
is the point of the comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from languages.classify import classify
from languages.dfa import DFA

peer = pytest.importorskip("libsemigroups_pybind11")

Columns = list[tuple[int, ...]]
MEDIANS: dict[str, float] = {}


def transformations(degree: int) -> Columns:
    """A transposition, a cycle and a collapse: generators of the full transformation monoid."""
    transposition = (1, 0, *range(2, degree))
    cycle = (*range(1, degree), 0)
    return [transposition, cycle, (0, 0, *range(2, degree))]


def tracking(columns: Columns) -> DFA:
    """Follow point 0 under these maps of points; accept when it stands at 0."""
    alphabet = [f"x{i}" for i in range(len(columns))]
    return DFA.from_lists(alphabet, [list(row) for row in zip(*columns, strict=True)], 0, [0])


def timed(benchmark: BenchmarkFixture, name: str, task: Callable[[], object]) -> object:
    """Run the task under the benchmark, after one run that does not count."""
    runs: Any = benchmark  # pytest-benchmark has no types for what follows
    result: object = runs.pedantic(task, rounds=5, iterations=1, warmup_rounds=1)
    MEDIANS[name] = runs.stats.stats.median
    return result


@pytest.fixture(scope="module", autouse=True)
def ratios() -> Iterator[None]:
    """Print each peer's time as a multiple of ours once everything has run."""
    yield
    if "ours T7" in MEDIANS:
        for name, seconds in MEDIANS.items():
            print(
                f"\n{name}: {1000 * seconds:.1f} ms, {seconds / MEDIANS['ours T7']:.1f} x ours T7"
            )


@pytest.mark.parametrize("degree", [7, 8, 10])
def test_ours(benchmark: BenchmarkFixture, degree: int) -> None:
    """Minimisation is part of the task: each round builds the automaton anew."""

    def task() -> str:
        return classify(tracking(transformations(degree))).circuit_class

    assert timed(benchmark, f"ours T{degree}", task) == "NC1-complete"


@pytest.mark.parametrize("algorithm", ["Konieczny", "FroidurePin"])
def test_peer(benchmark: BenchmarkFixture, algorithm: str) -> None:
    generators = [peer.Transf(list(image)) for image in transformations(7)]

    def task() -> int:
        size: int = getattr(peer, algorithm)(generators).size()
        return size

    quiet = peer.ReportGuard(False)  # silent while the guard lives
    assert timed(benchmark, f"{algorithm} T7", task) == 7**7
    del quiet
