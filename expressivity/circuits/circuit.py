"""Boolean circuits: acyclic graphs of AND, OR, THRESHOLD and MOD gates of unbounded fan-in.

Nodes are numbered: 0 is the constant false, then come the inputs, then the gates, each after its
operands. A *literal* 2 v or 2 v + 1 is node v or its negation, as in the AIGER format, so negations
are on wires and cost neither depth nor size; 0 is false and 1 is true. An operand that is
given twice counts twice.

    AND, OR           all, at least one of the operands (none: true, false)
    THRESHOLD k       at least k of the operands
    MOD m r           the number of true operands is r modulo m

Depth is the number of gates on a longest path, size the number of gates (Vollmer, Introduction to
Circuit Complexity, 1999).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.circuits.order import cycle, levels
from languages.errors import InputError
from languages.tables import shown

Ints: TypeAlias = NDArray[Any]

AND, OR, THRESHOLD, MOD = range(4)
KINDS: Final = ("AND", "OR", "THRESHOLD", "MOD")
FALSE: Final = 0
TRUE: Final = 1
MAX_PARAMETER: Final = 2**31 - 1


class Gate(NamedTuple):
    """A gate: its kind, literals, and for THRESHOLD k, for MOD the modulus and the residue."""

    kind: str
    operands: tuple[int, ...]
    parameter: int = 0
    residue: int = 0


@dataclass(frozen=True, eq=False)
class Circuit:
    """A circuit with named inputs and outputs; its arrays are read-only.

    `kinds` (uint8), `parameters` and `residues` (int32) have shape (gates,). The operands of gate
    g, which is node 1 + inputs + g, are the literals `wires[offsets[g]:offsets[g + 1]]` (int32,
    int64). `outputs` are literals. The constructor trusts its arguments; `from_gates` checks.
    """

    inputs: tuple[str, ...]
    kinds: Ints
    parameters: Ints
    residues: Ints
    offsets: Ints
    wires: Ints
    outputs: tuple[int, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name, dtype in (("kinds", np.uint8), ("parameters", np.int32), ("residues", np.int32),
                            ("offsets", np.int64), ("wires", np.int32)):
            view = np.ascontiguousarray(getattr(self, name), dtype=dtype).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    @staticmethod
    def from_gates(inputs: Sequence[str], gates: Sequence[Gate],
                   outputs: Mapping[str, int]) -> Circuit:
        """Check the parts and make the circuit; gates may be given in any order.

        Literals speak of gate g as node 1 + len(inputs) + g. In the circuit gates are sorted by
        level. Raises `InputError` naming the gate and what was expected; a cycle is listed.
        """
        first = 1 + len(inputs)
        top = 2 * (first + len(gates))
        for g, gate in enumerate(gates):
            _check_gate(g, gate, top)
        for name, literal in outputs.items():
            if not 0 <= literal < top:
                raise InputError(f"circuit: output {shown(name)} is literal {literal}, expected 0 "
                                 f"to {top - 1}")
        offsets = np.zeros(len(gates) + 1, dtype=np.int64)
        np.cumsum([len(gate.operands) for gate in gates], out=offsets[1:])
        wires = np.fromiter((x for gate in gates for x in gate.operands), dtype=np.int32,
                            count=int(offsets[-1]))
        level = levels(first, offsets, wires >> 1)
        if (level < 0).any():
            loop = cycle(first, offsets, wires >> 1, level)
            raise InputError("circuit: gates in a cycle: "
                             + " <- ".join(map(str, [*loop[:8], *(["..."] if len(loop) > 8 else []),
                                                     loop[0]])))
        order = np.argsort(level[first:], kind="stable")
        number = np.arange(first + len(gates), dtype=np.int32)
        number[first + order] = first + np.arange(len(gates), dtype=np.int32)
        sorted_gates = [gates[g] for g in order.tolist()]
        sizes = np.diff(offsets)[order]
        new_offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
        flat = np.fromiter((x for gate in sorted_gates for x in gate.operands), dtype=np.int32,
                           count=len(wires))
        return Circuit(
            tuple(inputs), np.array([KINDS.index(g.kind) for g in sorted_gates], dtype=np.uint8),
            np.array([g.parameter for g in sorted_gates], dtype=np.int32),
            np.array([g.residue for g in sorted_gates], dtype=np.int32),
            new_offsets, 2 * number[flat >> 1] + (flat & 1),
            tuple(2 * int(number[x >> 1]) + (x & 1) for x in outputs.values()), tuple(outputs))

    @property
    def first(self) -> int:
        """The node of the first gate."""
        return 1 + len(self.inputs)

    @property
    def size(self) -> int:
        """The number of gates."""
        return len(self.kinds)

    @property
    def nodes(self) -> int:
        """The number of nodes, the constant and the inputs included."""
        return self.first + self.size

    @cached_property
    def level(self) -> Ints:
        """The length of the longest path to each node, int32, shape (nodes,)."""
        return levels(self.first, self.offsets, self.wires >> 1)

    @property
    def depth(self) -> int:
        """The number of gates on a longest path to an output."""
        return max((int(self.level[x >> 1]) for x in self.outputs), default=0)

    @property
    def fan_in(self) -> int:
        """The largest number of operands."""
        return int(np.diff(self.offsets).max(initial=0))

    @property
    def negations(self) -> int:
        """The number of nodes whose negation is used."""
        used = [self.wires[self.wires & 1 == 1] >> 1, [x >> 1 for x in self.outputs if x & 1]]
        return len(np.unique(np.concatenate(used)))

    def gate(self, g: int) -> Gate:
        """Gate g with its operands."""
        operands = self.wires[self.offsets[g]:self.offsets[g + 1]].tolist()
        return Gate(KINDS[self.kinds[g]], tuple(operands), int(self.parameters[g]),
                    int(self.residues[g]))

    def counts(self) -> dict[str, int]:
        """The number of gates of each kind that occurs."""
        found = np.bincount(self.kinds, minlength=len(KINDS))
        return {KINDS[k]: int(found[k]) for k in np.flatnonzero(found)}

    def census(self) -> dict[str, dict[int, int]]:
        """Per kind that occurs: fan-in -> number of gates."""
        pairs = Counter(zip(self.kinds.tolist(), np.diff(self.offsets).tolist(), strict=True))
        found: dict[str, dict[int, int]] = {}
        for (kind, fan_in), number in sorted(pairs.items()):
            found.setdefault(KINDS[kind], {})[fan_in] = number
        return found

    def __repr__(self) -> str:
        return (f"Circuit({len(self.inputs)} inputs, {len(self.outputs)} outputs, depth "
                f"{self.depth}, {self.size} gates)")


def _check_gate(g: int, gate: Gate, top: int) -> None:
    if gate.kind not in KINDS:
        raise InputError(f"circuit: gate {g} is of kind {shown(gate.kind)}, expected one of "
                         f"{', '.join(KINDS)}")
    for literal in gate.operands:
        if not 0 <= literal < top:
            raise InputError(f"circuit: gate {g} reads literal {literal}, expected 0 to {top - 1}")
    if gate.kind == "THRESHOLD" and not 0 <= gate.parameter <= MAX_PARAMETER:
        raise InputError(f"circuit: gate {g} has the threshold {gate.parameter}, expected 0 to "
                         f"{MAX_PARAMETER}")
    if gate.kind == "MOD" and not 0 <= gate.residue < gate.parameter <= MAX_PARAMETER:
        raise InputError(f"circuit: gate {g} counts {gate.residue} modulo {gate.parameter}, "
                         f"expected a modulus from 1 to {MAX_PARAMETER} and a smaller residue")
