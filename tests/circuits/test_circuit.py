"""Circuits as values: checked construction, measures, simplification, bit-sliced evaluation."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expressivity.circuits.builder import CircuitBuilder, CircuitLimits
from expressivity.circuits.circuit import FALSE, TRUE, Circuit, Gate
from expressivity.circuits.evaluate import Evaluator, assignments, evaluate, pack, unpack
from languages.errors import InputError, LimitError
from tests.circuits.circuits import circuits, gate_lists, outputs


def truth_table(circuit: Circuit) -> list[list[bool]]:
    """The outputs on all inputs, in order."""
    n = len(circuit.inputs)
    found: list[list[bool]] = unpack(evaluate(circuit, assignments(n)), 2**n).T.tolist()
    return found


@given(circuits())
@settings(max_examples=300, deadline=None)
def test_bit_sliced_evaluation_is_the_recursive_one(circuit: Circuit) -> None:
    values = itertools.product((False, True), repeat=len(circuit.inputs))
    assert truth_table(circuit) == [outputs(circuit, row) for row in values]


@given(gate_lists(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_gates_may_be_given_in_any_order(made: tuple[int, list[Gate], list[int]],
                                         rng: random.Random) -> None:
    inputs, gates, wanted = made
    names = [f"x{i}" for i in range(inputs)]
    straight = Circuit.from_gates(names, gates, {str(k): x for k, x in enumerate(wanted)})
    order = list(range(len(gates)))
    rng.shuffle(order)
    place = {old: new for new, old in enumerate(order)}

    def moved(literal: int) -> int:
        g = (literal >> 1) - 1 - inputs
        return literal if g < 0 else 2 * (1 + inputs + place[g]) + (literal & 1)

    shuffled = Circuit.from_gates(
        names, [gates[old]._replace(operands=tuple(map(moved, gates[old].operands)))
                for old in order], {str(k): moved(x) for k, x in enumerate(wanted)})
    assert truth_table(shuffled) == truth_table(straight)
    assert (shuffled.depth, shuffled.size) == (straight.depth, straight.size)
    assert shuffled.census() == straight.census()


@given(gate_lists())
@settings(max_examples=300, deadline=None)
def test_simplification_keeps_the_function_and_never_grows(
        made: tuple[int, list[Gate], list[int]]) -> None:
    inputs, gates, wanted = made
    plain = Circuit.from_gates([f"x{i}" for i in range(inputs)], gates,
                               {str(k): x for k, x in enumerate(wanted)})
    builder = CircuitBuilder(plain.inputs)
    literal = list(range(2 * plain.first))
    for kind, operands, parameter, residue in gates:
        given_ = [literal[x] for x in operands]
        x = (builder.conj(given_) if kind == "AND" else builder.disj(given_) if kind == "OR"
             else builder.threshold(parameter, given_) if kind == "THRESHOLD"
             else builder.mod(parameter, residue, given_))
        literal += [x, x ^ 1]
    made_circuit = builder.circuit({str(k): literal[x] for k, x in enumerate(wanted)})
    assert truth_table(made_circuit) == truth_table(plain)
    assert made_circuit.depth <= plain.depth
    assert made_circuit.size <= plain.size


@pytest.mark.parametrize("fan_in", [1, 2, 3, 7, 8, 9, 31, 64, 65])
def test_large_counters(fan_in: int) -> None:
    """THRESHOLD and MOD of every parameter, against counting."""
    rng = np.random.default_rng(fan_in)
    rows = rng.random((fan_in, 200)) < rng.random(200)
    total = rows.sum(axis=0)
    names = [f"x{i}" for i in range(fan_in)]
    operands = tuple(2 * (1 + i) for i in range(fan_in))
    gates = [Gate("THRESHOLD", operands, k) for k in range(fan_in + 3)]
    gates += [Gate("MOD", operands, m, r) for m in (1, 2, 3, 4, 5, 6, 7, 8, 12, 31, 63, 64, 100)
              for r in range(min(m, 9))]
    circuit = Circuit.from_gates(names, gates, {str(g): 2 * (1 + fan_in + g)
                                                for g in range(len(gates))})
    found = unpack(evaluate(circuit, pack(rows)), 200)
    for gate, got in zip(gates, found, strict=True):
        wanted = total >= gate.parameter if gate.kind == "THRESHOLD" else \
            total % gate.parameter == gate.residue
        assert (got == wanted).all(), gate


def test_wide_batches_and_many_blocks() -> None:
    """More words than one block, gates that share a batch, wide and narrow ones."""
    n = 18
    builder = CircuitBuilder([f"x{i}" for i in range(n)])
    xs = [builder.input(i) for i in range(n)]
    pairs = [builder.conj([xs[i], xs[j] ^ 1]) for i in range(n) for j in range(i)]
    circuit = builder.circuit({"some": builder.disj(pairs), "all": builder.conj(xs),
                               "three": builder.threshold(3, xs), "not": xs[0] ^ 1})
    words = assignments(n)
    got = unpack(evaluate(circuit, words), 2**n)
    bits = np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1
    falls = bits[:, 1:] > np.minimum.accumulate(bits, axis=1)[:, :-1]
    assert (got[0] == falls.any(axis=1)).all()
    assert (got[1] == bits.all(axis=1)).all()
    assert (got[2] == (bits.sum(axis=1) >= 3)).all()
    assert (got[3] == (bits[:, 0] == 0)).all()


@pytest.mark.parametrize("n", range(9))
def test_assignments_are_in_order(n: int) -> None:
    got = unpack(assignments(n), 2**n).T.tolist()
    assert got == [list(row) for row in itertools.product((False, True), repeat=n)]


def test_assignments_in_parts() -> None:
    whole = assignments(9)
    parts = [assignments(9, first, 3) for first in (0, 3)] + [assignments(9, 6, 2)]
    assert (np.concatenate(parts, axis=1) == whole).all()


@given(st.integers(0, 4), st.integers(0, 200), st.integers(0, 2**32))
def test_packing(rows: int, lanes: int, seed: int) -> None:
    values = np.random.default_rng(seed).random((rows, lanes)) < 0.5
    assert (unpack(pack(values), lanes) == values).all()


def test_measures() -> None:
    builder = CircuitBuilder("abc")
    a, b, c = (builder.input(i) for i in range(3))
    both = builder.conj([a, b ^ 1])
    top = builder.threshold(2, [both, b, c ^ 1])
    circuit = builder.circuit({"y": builder.mod(3, 1, [top, a, top]) ^ 1})
    assert circuit.depth == 3
    assert circuit.size == 3
    assert circuit.fan_in == 3
    assert circuit.negations == 3
    assert circuit.census() == {"AND": {2: 1}, "THRESHOLD": {3: 1}, "MOD": {3: 1}}
    assert circuit.counts() == {"AND": 1, "THRESHOLD": 1, "MOD": 1}
    assert "depth 3, 3 gates" in repr(circuit)


def test_gates_that_no_output_needs_are_left_out() -> None:
    builder = CircuitBuilder("ab")
    builder.conj([builder.input(0), builder.input(1)])
    kept = builder.disj([builder.input(0), builder.input(1)])
    assert builder.conj([builder.input(1), builder.input(0)]) == 6  # made once
    circuit = builder.circuit({"y": kept})
    assert circuit.counts() == {"OR": 1}
    constant = builder.circuit({"y": TRUE, "n": FALSE})
    assert (constant.depth, constant.size) == (0, 0)
    assert truth_table(constant) == [[True, False]] * 4


def test_a_circuit_is_immutable() -> None:
    circuit = Circuit.from_gates(["a", "b"], [Gate("AND", (2, 4))], {"y": 6})
    with pytest.raises(ValueError, match="read-only"):
        circuit.wires[0] = 3


@pytest.mark.parametrize(("gates", "outputs_", "said"), [
    ([Gate("NAND", (2, 4))], {}, "gate 0 is of kind 'NAND', expected one of AND, OR"),
    ([Gate("AND", (2, 8))], {}, "gate 0 reads literal 8, expected 0 to 7"),
    ([Gate("AND", (-1,))], {}, "gate 0 reads literal -1"),
    ([Gate("AND", (2, 4))], {"y": 8}, "output 'y' is literal 8, expected 0 to 7"),
    ([Gate("MOD", (2, 4), 0)], {}, "counts 0 modulo 0"),
    ([Gate("MOD", (2, 4), 3, 3)], {}, "counts 3 modulo 3"),
    ([Gate("THRESHOLD", (2, 4), -1)], {}, "threshold -1"),
    ([Gate("AND", (6,))], {}, "cycle: 0 <- 0"),
    ([Gate("AND", (2, 8)), Gate("OR", (10, 4)), Gate("OR", (6, 2)), Gate("OR", (8,))], {},
     "cycle: 0 <- 1 <- 2 <- 0"),
])
def test_bad_gates_are_named(gates: list[Gate], outputs_: dict[str, int], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Circuit.from_gates(["a", "b"], gates, outputs_)


def test_long_cycles_are_cut_short() -> None:
    gates = [Gate("OR", (2 * (1 + (g + 1) % 50),)) for g in range(50)]
    with pytest.raises(InputError, match=r"0 <- 1 <- .* <- 7 <- \.\.\. <- 0"):
        Circuit.from_gates([], gates, {})


def test_wires_are_bounded() -> None:
    builder = CircuitBuilder([f"x{i}" for i in range(10)], CircuitLimits(max_wires=12))
    builder.conj(builder.input(i) for i in range(10))
    with pytest.raises(LimitError, match="--max-wires"):
        builder.disj(builder.input(i) for i in range(3))


def test_inputs_of_another_shape() -> None:
    circuit = Circuit.from_gates(["a", "b"], [Gate("AND", (2, 4))], {"y": 6})
    with pytest.raises(InputError, match=r"expected \(2, words\)"):
        Evaluator(circuit)(assignments(3))
