"""Do two circuits compute the same? See `proofs.bounds.equal_circuits`."""

from __future__ import annotations

from typing import Any

import numpy as np

from expressivity.circuits.circuit import Circuit, Gate
from expressivity.circuits.evaluate import evaluate, pack, unpack
from expressivity.equivalence.outcome import Clock, Outcome, TimeUp, Undecided, settled
from languages.errors import InputError
from proofs.bounds import equal_circuits as checker
from proofs.checkers.rejection import Rejected


def equal_circuits(left: Circuit, right: Circuit, one_hot: int | None = None,
                   clock: Clock | None = None) -> Outcome:
    """Compare two circuits on all inputs, or where exactly one of each `one_hot` in a row is true.

    Inputs and outputs are matched by their order. A difference holds the values of the inputs; the
    circuits were evaluated on it again.

    Raises:
        InputError: they have not as many inputs, or outputs.
        RuntimeError: solver, clauses and evaluation do not fit together (a defect).
    """
    for what, first, second in (("inputs", left.inputs, right.inputs),
                                ("outputs", left.outputs, right.outputs)):
        if len(first) != len(second):
            raise InputError(f"{what}: one circuit has {len(first)}, the other {len(second)}; "
                             "expected as many")
    inputs = len(left.inputs)
    clock = Clock() if clock is None else clock
    claim = {"inputs": inputs, "one-hot": one_hot, "left": plain_circuit(left),
             "right": plain_circuit(right)}
    try:
        parts = [checker.parse_circuit(claim[side], side, inputs) for side in ("left", "right")]
        cnf = checker.encode(inputs, one_hot, parts[0], parts[1], clock.tick)
    except TimeUp:
        return clock.over()
    except Rejected as error:
        return Undecided(f"{error.code.replace('-', ' ')}: {error.message}")

    def decode(true: frozenset[int]) -> tuple[bool, ...]:
        if one_hot is None:
            values = [cnf.names["input", i] in true for i in range(inputs)]
        else:
            values = [one_hot == 1 or cnf.names["input", i // one_hot, i % one_hot] in true
                      for i in range(inputs)]
        packed = pack(np.array(values, dtype=bool).reshape(inputs, 1))
        answers = [unpack(evaluate(circuit, packed), 1) for circuit in (left, right)]
        if (answers[0] == answers[1]).all():
            raise RuntimeError(f"a difference that is none, on {values}")
        return tuple(values)

    return settled(cnf, clock, decode, checker.KIND, claim, checker.check)


def plain_circuit(circuit: Circuit) -> dict[str, Any]:
    """The circuit in the format of certificates."""
    return {"gates": [_plain_gate(circuit.gate(g)) for g in range(circuit.size)],
            "outputs": list(circuit.outputs)}


def _plain_gate(gate: Gate) -> list[Any]:
    parameters = {"THRESHOLD": [gate.parameter], "MOD": [gate.parameter, gate.residue]}
    return [gate.kind, *parameters.get(gate.kind, []), *gate.operands]
