"""Certificates of kind "equal-circuits": two circuits compute the same.

    {"format": "expressivity certificate", "version": 1, "kind": "equal-circuits",
     "claim": {"inputs": n, "one-hot": g | null, "left": CIRCUIT, "right": CIRCUIT},
     "data": {"proof": TEXT}}

    CIRCUIT: {"gates": [GATE ...], "outputs": [literal ...]}
    GATE: ["AND", literal ...] | ["OR", literal ...] | ["THRESHOLD", k, literal ...]
        | ["MOD", m, r, literal ...]

Nodes are numbered: 0 is the constant false, then come the n inputs, then the gates, each after its
operands; the literal 2 v is node v, 2 v + 1 its negation. A THRESHOLD gate is true if at least k
operands are, a MOD gate if the number of true operands is r modulo m; operands count as often as
they are listed.

The claim: for all values of the inputs, the outputs of the circuits are equal one by one. With
"one-hot" only for those values where of each g inputs in a row, from the first on, exactly one is
true.

The proof, in the format of `proofs.lrat`, shows that the clauses of `encode` cannot all be true:
those that say what gates are, and one that says that some output differs. Gates with the same
operands are one, whichever circuit they are in. Values of the inputs for which the claim fails,
with the values of the gates, make all clauses true; so where they cannot be, there are none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from proofs.bounds.bound import CheckedBound, outer
from proofs.bounds.choices import Choices, Table
from proofs.checkers.rejection import integer, integers, items, record, reject, string
from proofs.cnf import Cnf
from proofs.lrat import check_refutation

KIND: Final = "equal-circuits"
MAX_NODES: Final = 1_000_000
MAX_PARAMETER: Final = 1_000
"""The largest threshold and modulus."""


@dataclass(frozen=True)
class Gate:
    """A gate; `parameters` are those of its kind."""

    kind: str
    parameters: tuple[int, ...]
    operands: tuple[int, ...]


@dataclass(frozen=True)
class Circuit:
    """Gates, numbered on from the inputs, and the literals of the outputs."""

    gates: tuple[Gate, ...]
    outputs: tuple[int, ...]


@dataclass(frozen=True)
class CheckedCircuits(CheckedBound):
    """What was proved: the circuits agree, on all inputs or on one-hot codes."""

    kind = KIND
    inputs: int
    one_hot: int | None
    left: Circuit
    right: Circuit
    steps: int

    def describe(self) -> list[str]:
        """The claim, in words."""
        which = "all values of their" if self.one_hot is None else \
            f"values, exactly one true of each {self.one_hot} in a row, of their"
        return [f"Claim: two circuits have the same outputs ({len(self.left.outputs)}) for {which} "
                f"{self.inputs} inputs.",
                *(f"  {name}: {_census(circuit)}; sha256:{circuit_digest(circuit)}"
                  for name, circuit in (("left", self.left), ("right", self.right))),
                f"  a proof of {self.steps} steps"]

    def plain(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {"inputs": self.inputs, "one-hot": self.one_hot, "steps": self.steps,
                "left_gates": len(self.left.gates), "right_gates": len(self.right.gates),
                "left_sha256": circuit_digest(self.left),
                "right_sha256": circuit_digest(self.right),
                "outputs": len(self.left.outputs), "kind": self.kind}


def circuit_digest(circuit: Circuit) -> str:
    """SHA-256 of the circuit as in a certificate, as JSON text: sorted keys, no spaces."""
    plain = {"gates": [[gate.kind, *gate.parameters, *gate.operands] for gate in circuit.gates],
             "outputs": list(circuit.outputs)}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _census(circuit: Circuit) -> str:
    count: dict[str, int] = {}
    for gate in circuit.gates:
        count[gate.kind] = count.get(gate.kind, 0) + 1
    return ", ".join(f"{kind} {number}" for kind, number in sorted(count.items())) or "no gates"


def check(value: object) -> CheckedCircuits:
    """What a certificate of this kind proves; `value` is parsed JSON.

    Raises:
        Rejected: it does not prove its claim; says where.
    """
    claimed, found = outer(value, KIND)
    claim = record(claimed, "claim", ("inputs", "one-hot", "left", "right"))
    inputs = integer(claim["inputs"], "claim.inputs", 0, MAX_NODES)
    group = claim["one-hot"]
    one_hot = None if group is None else integer(group, "claim.one-hot", 1, MAX_NODES)
    if one_hot is not None and inputs % one_hot:
        reject("not-a-multiple", inputs, "claim.inputs", f"a multiple of {one_hot}")
    left, right = (parse_circuit(claim[side], f"claim.{side}", inputs)
                   for side in ("left", "right"))
    if len(left.outputs) != len(right.outputs):
        reject("other-outputs", len(right.outputs), "claim.right.outputs",
               f"{len(left.outputs)} outputs")
    proof = string(record(found, "data", ("proof",))["proof"], "data.proof")
    cnf = encode(inputs, one_hot, left, right)
    checked = check_refutation(cnf.clauses, cnf.variables, proof, "data.proof")
    return CheckedCircuits(inputs, one_hot, left, right, checked.steps)


def parse_circuit(value: object, path: str, inputs: int) -> Circuit:
    """The circuit that plain data describes, or rejected."""
    fields = record(value, path, ("gates", "outputs"))
    listed = items(fields["gates"], f"{path}.gates")
    if inputs + len(listed) >= MAX_NODES:
        reject("too-many-nodes", inputs + len(listed), f"{path}.gates", f"fewer than {MAX_NODES}")
    gates = tuple(_gate(gate, f"{path}.gates[{g}]", 2 * (1 + inputs + g))
                  for g, gate in enumerate(listed))
    outputs = integers(fields["outputs"], f"{path}.outputs", 0, 2 * (1 + inputs + len(gates)))
    return Circuit(gates, tuple(outputs))


def _gate(value: object, path: str, top: int) -> Gate:
    kind, *rest = items(value, path) or [None]
    if kind in ("AND", "OR"):
        parameters: tuple[int, ...] = ()
    elif kind == "THRESHOLD" and rest:
        parameters = (integer(rest[0], f"{path}[1]", 0, MAX_PARAMETER + 1),)
    elif kind == "MOD" and len(rest) > 1:
        modulus = integer(rest[0], f"{path}[1]", 1, MAX_PARAMETER + 1)
        parameters = (modulus, integer(rest[1], f"{path}[2]", 0, modulus))
    else:
        reject("not-a-gate", value, path, "AND, OR, THRESHOLD or MOD with its parameters")
    return Gate(string(kind, path), parameters,
                tuple(integers(rest[len(parameters):], path, 0, top)))


def encode(inputs: int, one_hot: int | None, left: Circuit, right: Circuit,
           tick: Callable[[], None] | None = None) -> Cnf:
    """Clauses that can all be true iff the circuits differ.

    Input i, from 0, is the variable ("input", i); with one-hot codes of g > 1 inputs,
    ("input", i // g, i % g).

    Raises:
        Rejected: there are too many clauses.
    """
    table = Table(tick)
    if one_hot is None:
        named = [table.cnf.variable("input", i) for i in range(inputs)]
    else:
        named = [x for group in range(inputs // one_hot)
                 for x in table.free(range(one_hot), "input", group).values()]
    gates = _Gates(table)
    sides = [gates.circuit([-table.true, *named], circuit) for circuit in (left, right)]
    differences = []
    for k, (x, y) in enumerate(zip(*sides, strict=True)):
        if x != y:
            differences.append(table.cnf.variable("differs", k))
            table.add(-differences[-1], x, y)
            table.add(-differences[-1], -x, -y)
    table.add(*differences)
    return table.cnf


class _Gates:
    """Literals of gates; the same gate is made once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._made: dict[Gate, int] = {}
        self._counts: dict[tuple[int, int], dict[tuple[int, int], tuple[int, Choices[int]]]] = {}

    def circuit(self, nodes: list[int], circuit: Circuit) -> list[int]:
        """The outputs; `nodes` are the literals of the constant and of the inputs."""
        nodes = list(nodes)

        def literal(x: int) -> int:
            return -nodes[x >> 1] if x & 1 else nodes[x >> 1]

        for gate in circuit.gates:
            # The order of operands does not matter.
            operands = tuple(sorted(map(literal, gate.operands)))
            nodes.append(self._gate(Gate(gate.kind, gate.parameters, operands)))
        return [literal(x) for x in circuit.outputs]

    def _gate(self, gate: Gate) -> int:
        if gate not in self._made:
            self.table.spend(1 + len(gate.operands))
            if gate.kind == "AND":
                self._made[gate] = self._all(gate.operands)
            elif gate.kind == "OR":
                self._made[gate] = -self._all(tuple(-x for x in gate.operands))
            else:
                self._made[gate] = self._counted(gate)
        return self._made[gate]

    def _all(self, operands: tuple[int, ...]) -> int:
        distinct = tuple(dict.fromkeys(operands))
        known = set(distinct)
        if any(-x in known for x in distinct):
            return -self.table.true
        made = self.table.cnf.variable("all", distinct)
        for x in distinct:
            self.table.add(-made, x)
        self.table.add(made, *(-x for x in distinct))
        return made

    def _counted(self, gate: Gate) -> int:
        """How many operands are true: up to the threshold, or modulo the modulus."""
        parameter = gate.parameters[0]
        threshold = gate.kind == "THRESHOLD"
        cap, modulus = (parameter, parameter + 1) if threshold else (parameter, parameter)
        # Counts are shared by gates whose first operands are the same.
        known = self._counts.setdefault((cap, modulus), {})
        place, count = 0, {0: self.table.true}
        for x in gate.operands:
            if (place, x) not in known:
                known[place, x] = len(known) + 1, self.table.joined(
                    case for number, y in count.items()
                    for case in (((y, x), min(number + 1, cap) % modulus), ((y, -x), number)))
            place, count = known[place, x]
        return count.get(parameter if threshold else gate.parameters[1], -self.table.true)
