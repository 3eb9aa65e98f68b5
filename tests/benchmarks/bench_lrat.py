"""LRAT steps a second, next to checkers that search for the reasons themselves.

Run with `pytest tests/benchmarks/bench_lrat.py -s`; the figures are printed at the end. One peer
is the checker by definition that the tests use, on a small proof; the other is dratify, if it is
installed, which checks the solver's DRAT proof forwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from expressivity.solvers.elaborate import elaborate
from proofs.lrat import check_refutation
from tests.solvers.instances import drat, pigeon_proof, pigeons
from tests.solvers.slow_rup import is_proof

RATES: dict[str, float] = {}


def timed(benchmark: BenchmarkFixture, name: str, steps: int, task: Callable[[], object]) -> object:
    """Run the task under the benchmark; note the steps a second."""
    runs: Any = benchmark  # pytest-benchmark has no types for what follows
    result: object = runs.pedantic(task, rounds=3, iterations=1)
    RATES[name] = steps / runs.stats.stats.median
    return result


@pytest.fixture(scope="module", autouse=True)
def rates() -> Iterator[None]:
    """Print the steps a second once everything has run."""
    yield
    for name, rate in RATES.items():
        print(f"\n{name}: {rate:.0f} steps/s")


@pytest.mark.parametrize("holes", [5, 6, 7])
def test_ours(benchmark: BenchmarkFixture, holes: int) -> None:
    """Checking an LRAT proof."""
    clauses, variables, proof = pigeon_proof(holes)
    steps = check_refutation(clauses, variables, proof, "proof").steps
    timed(benchmark, f"ours, {holes} holes", steps,
          lambda: check_refutation(clauses, variables, proof, "proof"))


def test_by_definition(benchmark: BenchmarkFixture) -> None:
    """The same proof, without a look at the reasons."""
    clauses, variables, proof = pigeon_proof(5)
    steps = check_refutation(clauses, variables, proof, "proof").steps
    assert timed(benchmark, "by definition, 5 holes", steps,
                 lambda: is_proof(clauses, variables, proof))


@pytest.mark.parametrize("holes", [6, 7])
def test_elaboration(benchmark: BenchmarkFixture, holes: int) -> None:
    """From DRAT to LRAT, in lines of the DRAT proof."""
    clauses = pigeons(holes)
    found = drat(clauses)
    assert found is not None
    timed(benchmark, f"elaboration, {holes} holes", len(found), lambda: elaborate(clauses, found))


def test_dratify(benchmark: BenchmarkFixture) -> None:
    """The solver's own DRAT proof, in its lines."""
    peer = pytest.importorskip("dratify")
    clauses = pigeons(6)
    found = drat(clauses)
    assert found is not None
    text = f"p cnf 42 {len(clauses)}\n" + "".join(
        " ".join(map(str, (*clause, 0))) + "\n" for clause in clauses)
    formula = peer.parse_dimacs(text)
    timed(benchmark, "dratify in Python, 6 holes", len(found),
          lambda: peer.check_proof(formula, "\n".join(found), engine="python"))
