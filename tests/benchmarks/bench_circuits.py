"""Bit-sliced evaluation of circuits next to numpy on Booleans and Python's long integers.

Run with `pytest tests/benchmarks/bench_circuits.py -s`; rates (gates times inputs a second, one
core) and ratios are printed at the end. The peers evaluate gate by gate, on all inputs at once: one
with an array of Booleans for each node, one with an integer that has a bit for each input.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import reduce
from typing import Any

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from expressivity.circuits.builder import CircuitBuilder
from expressivity.circuits.circuit import Circuit
from expressivity.circuits.evaluate import Evaluator, assignments, pack, unpack

INPUTS = 18
FAN_IN = 4
RATES: dict[str, tuple[float, float]] = {}


def random_circuit(kinds: str, gates: int, fan_in: int, seed: int = 1) -> Circuit:
    """Gates over random earlier nodes; all that nothing reads are outputs."""
    rng = random.Random(seed)
    builder = CircuitBuilder([f"x{i}" for i in range(INPUTS)])
    nodes = [builder.input(i) for i in range(INPUTS)]
    read: set[int] = set()
    while len(nodes) < INPUTS + gates:
        some = rng.sample(nodes, min(fan_in, len(nodes)))
        operands = [x ^ rng.getrandbits(1) for x in some]
        kind = rng.choice(kinds)
        made = (builder.conj(operands) if kind == "a" else builder.disj(operands) if kind == "o"
                else builder.threshold(rng.randint(2, len(some) - 1), operands) if kind == "t"
                else builder.mod(rng.choice((2, 3, 5)), 1, operands))
        if made > 1 and made & ~1 not in nodes:
            nodes.append(made)
            read.update(x & ~1 for x in operands)
    return builder.circuit({str(x): x for x in nodes if x not in read})


def by_booleans(circuit: Circuit, inputs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Arrays of Booleans, gate by gate."""
    values = [np.zeros(inputs.shape[1], dtype=bool), *inputs]

    def look(literal: int) -> np.ndarray[Any, Any]:
        return ~values[literal >> 1] if literal & 1 else values[literal >> 1]

    for g in range(circuit.size):
        kind, operands, k, r = circuit.gate(g)
        rows = [look(x) for x in operands]
        if kind in ("AND", "OR"):
            values.append(reduce(np.logical_and if kind == "AND" else np.logical_or, rows))
        else:
            total = np.sum(rows, axis=0, dtype=np.uint8)
            values.append(total >= k if kind == "THRESHOLD" else total % k == r)
    return np.array([look(x) for x in circuit.outputs])


def by_integers(circuit: Circuit, inputs: list[int]) -> list[int]:
    """Long integers, gate by gate; AND and OR only."""
    every = (1 << 2**INPUTS) - 1
    values = [0, *inputs]

    def look(literal: int) -> int:
        return every ^ values[literal >> 1] if literal & 1 else values[literal >> 1]

    for g in range(circuit.size):
        kind, operands, _, _ = circuit.gate(g)
        rows = [look(x) for x in operands]
        values.append(reduce(int.__and__ if kind == "AND" else int.__or__, rows))
    return [look(x) for x in circuit.outputs]


def timed(benchmark: BenchmarkFixture, name: str, circuit: Circuit,
          task: Callable[[], Any]) -> Any:
    """Run the task under the benchmark, after one run that does not count."""
    runs: Any = benchmark  # pytest-benchmark has no types for what follows
    result = runs.pedantic(task, rounds=5, iterations=1, warmup_rounds=1)
    seconds = runs.stats.stats.median
    RATES[name] = (seconds, circuit.size * 2**INPUTS / seconds)
    return result


@pytest.fixture(scope="module", autouse=True)
def rates() -> Iterator[None]:
    """Print rates, and each peer's time as a multiple of ours, once everything has run."""
    yield
    for name, (seconds, rate) in RATES.items():
        ours = RATES.get(f"{name.split(':')[0]}: bit-sliced", (seconds, rate))
        print(f"\n{name}: {1000 * seconds:.1f} ms, {rate:.2e} gates a second, "
              f"{seconds / ours[0]:.1f} x ours")


WORK = {"AND and OR": ("ao", 1000, FAN_IN), "THRESHOLD and MOD": ("tm", 100, 9)}


@pytest.fixture(scope="module", params=WORK)
def work(request: pytest.FixtureRequest) -> tuple[str, Circuit]:
    """A name and a circuit."""
    return request.param, random_circuit(*WORK[request.param])


def test_bit_sliced(benchmark: BenchmarkFixture, work: tuple[str, Circuit]) -> None:
    name, circuit = work
    evaluator, inputs = Evaluator(circuit), assignments(INPUTS)
    found = timed(benchmark, f"{name}: bit-sliced", circuit, lambda: evaluator(inputs))
    wanted = by_booleans(circuit, unpack(inputs, 2**INPUTS))
    assert (unpack(found, 2**INPUTS) == wanted).all()


def test_numpy_booleans(benchmark: BenchmarkFixture, work: tuple[str, Circuit]) -> None:
    name, circuit = work
    inputs = unpack(assignments(INPUTS), 2**INPUTS)
    timed(benchmark, f"{name}: numpy Booleans", circuit, lambda: by_booleans(circuit, inputs))


def test_python_integers(benchmark: BenchmarkFixture, work: tuple[str, Circuit]) -> None:
    name, circuit = work
    if name != "AND and OR":
        pytest.skip("long integers have no bitwise counting: AND and OR alone are compared")
    inputs = [int.from_bytes(row.astype("<u8").tobytes(), "little") for row in assignments(INPUTS)]
    found = timed(benchmark, f"{name}: Python integers", circuit,
                  lambda: by_integers(circuit, inputs))
    bits = [x.to_bytes(2**INPUTS // 8, "little") for x in found]
    rows = pack(unpack(np.array([np.frombuffer(b, "<u8") for b in bits]), 2**INPUTS))
    assert (rows == Evaluator(circuit)(assignments(INPUTS))).all()
