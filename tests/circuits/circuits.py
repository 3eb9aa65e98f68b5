"""Circuits to test with, and what they mean: a recursive evaluator, one input at a time."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from expressivity.circuits.circuit import KINDS, Circuit, Gate


def value(circuit: Circuit, literal: int, inputs: Sequence[bool]) -> bool:
    """The value of a literal, straight from the definition of the gates."""
    node, negated = divmod(literal, 2)
    if node == 0:
        plain = False
    elif node < circuit.first:
        plain = bool(inputs[node - 1])
    else:
        kind, operands, parameter, residue = circuit.gate(node - circuit.first)
        values = [value(circuit, x, inputs) for x in operands]
        plain = {"AND": all(values), "OR": any(values), "THRESHOLD": sum(values) >= parameter,
                 "MOD": parameter > 0 and sum(values) % max(parameter, 1) == residue}[kind]
    return plain != bool(negated)


def outputs(circuit: Circuit, inputs: Sequence[bool]) -> list[bool]:
    """The values of all outputs."""
    return [value(circuit, x, inputs) for x in circuit.outputs]


@st.composite
def gate_lists(draw: st.DrawFn, max_inputs: int = 5, max_gates: int = 9,
               max_fan_in: int = 9) -> tuple[int, list[Gate], list[int]]:
    """The number of inputs, gates whose operands come before them, and output literals."""
    inputs = draw(st.integers(0, max_inputs))
    gates = []
    for g in range(draw(st.integers(0, max_gates))):
        kind = draw(st.sampled_from(KINDS))
        operands = draw(st.lists(st.integers(0, 2 * (1 + inputs + g) - 1), max_size=max_fan_in))
        parameter = residue = 0
        if kind == "THRESHOLD":
            parameter = draw(st.integers(0, max_fan_in + 1))
        elif kind == "MOD":
            parameter = draw(st.integers(1, 7))
            residue = draw(st.integers(0, parameter - 1))
        gates.append(Gate(kind, tuple(operands), parameter, residue))
    literals = st.integers(0, 2 * (1 + inputs + len(gates)) - 1)
    return inputs, gates, draw(st.lists(literals, min_size=1, max_size=3))


@st.composite
def circuits(draw: st.DrawFn, max_inputs: int = 5, max_gates: int = 9) -> Circuit:
    """Circuits with all kinds of gates."""
    inputs, gates, wanted = draw(gate_lists(max_inputs, max_gates))
    return Circuit.from_gates([f"x{i}" for i in range(inputs)], gates,
                              {f"y{k}": x for k, x in enumerate(wanted)})
