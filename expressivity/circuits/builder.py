"""Making circuits: every gate once, constants and trivial gates simplified away.

Simplification is local (constants, repeated and complementary operands), so it keeps the shape of
a construction: it never raises depth or size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from expressivity.circuits.circuit import AND, FALSE, MOD, OR, THRESHOLD, TRUE, Circuit
from languages.errors import LimitError

WIRES_OPTION: Final = "--max-wires"


@dataclass(frozen=True)
class CircuitLimits:
    """What a circuit may grow to: wires, and gates as many (each has at least two)."""

    max_wires: int = 5_000_000


class CircuitBuilder:
    """Gates over named inputs; methods take and return literals.

    Raises `LimitError` when the gates made have too many wires in all.
    """

    def __init__(self, inputs: Iterable[str] = (), limits: CircuitLimits | None = None) -> None:
        self.inputs = list(inputs)
        self.limits = limits or CircuitLimits()
        self._first = 1 + len(self.inputs)
        self._numbers: dict[tuple[int, ...], int] = {}
        self._gates: list[tuple[int, ...]] = []  # kind, parameter, residue, operands ...
        self._wires = 0

    def input(self, number: int) -> int:
        """The literal of an input."""
        return 2 * (1 + number)

    def conj(self, operands: Iterable[int]) -> int:
        """All of the operands; true if there are none."""
        return self._lattice(AND, operands, TRUE, FALSE)

    def disj(self, operands: Iterable[int]) -> int:
        """At least one of the operands; false if there are none."""
        return self._lattice(OR, operands, FALSE, TRUE)

    def threshold(self, k: int, operands: Iterable[int]) -> int:
        """At least k of the operands, which count as often as they are given."""
        count = Counter(operands)
        k -= count.pop(TRUE, 0)
        count.pop(FALSE, 0)
        k -= _cancel(count)
        total = count.total()
        if k <= 0:
            return TRUE
        if k > total:
            return FALSE
        if k == 1:
            return self.disj(count)
        if k == total:
            return self.conj(count)
        return self._gate((THRESHOLD, k, 0, *sorted(count.elements())))

    def mod(self, modulus: int, residue: int, operands: Iterable[int]) -> int:
        """Is the number of true operands `residue` modulo `modulus` (at least 1)?"""
        count = Counter(operands)
        residue -= count.pop(TRUE, 0)
        count.pop(FALSE, 0)
        residue -= _cancel(count)
        count = Counter({x: c % modulus for x, c in count.items() if c % modulus})
        residue %= modulus
        if modulus == 1:
            return TRUE
        if not count:
            return TRUE if residue == 0 else FALSE
        if modulus == 2 and len(count) == 1:
            (x,) = count
            return x if residue == 1 else x ^ 1
        if count.total() < modulus and residue > count.total():
            return FALSE
        return self._gate((MOD, modulus, residue, *sorted(count.elements())))

    def pairwise(self, join: Callable[[Iterable[int]], int], operands: Sequence[int]) -> int:
        """A balanced tree of gates of fan-in two; `join` is `conj` or `disj`."""
        row = list(operands)
        while len(row) > 2:
            row = [join(row[i:i + 2]) for i in range(0, len(row), 2)]
        return join(row)

    def circuit(self, outputs: Mapping[str, int]) -> Circuit:
        """The circuit with these outputs, without the gates that they do not need."""
        first, gates = self._first, self._gates
        needed = bytearray(first + len(gates))
        todo = [x >> 1 for x in outputs.values()]
        while todo:
            node = todo.pop()
            if not needed[node]:
                needed[node] = 1
                if node >= first:
                    todo += [x >> 1 for x in gates[node - first][3:]]
        kept = [g for g in range(len(gates)) if needed[first + g]]
        number = np.arange(first + len(gates), dtype=np.int32)
        number[[first + g for g in kept]] = first + np.arange(len(kept), dtype=np.int32)
        offsets = np.zeros(len(kept) + 1, dtype=np.int64)
        np.cumsum([len(gates[g]) - 3 for g in kept], out=offsets[1:])
        wires = np.fromiter((x for g in kept for x in gates[g][3:]), dtype=np.int32,
                            count=int(offsets[-1]))
        fields = np.array([gates[g][:3] for g in kept], dtype=np.int64).reshape(len(kept), 3)
        return Circuit(
            tuple(self.inputs), fields[:, 0], fields[:, 1], fields[:, 2], offsets,
            2 * number[wires >> 1] + (wires & 1),
            tuple(2 * int(number[x >> 1]) + (x & 1) for x in outputs.values()), tuple(outputs))

    def _lattice(self, kind: int, operands: Iterable[int], neutral: int, absorbing: int) -> int:
        distinct = set(operands)
        distinct.discard(neutral)
        if absorbing in distinct or any(x ^ 1 in distinct for x in distinct):
            return absorbing
        if len(distinct) <= 1:
            return distinct.pop() if distinct else neutral
        return self._gate((kind, 0, 0, *sorted(distinct)))

    def _gate(self, key: tuple[int, ...]) -> int:
        number = self._numbers.get(key)
        if number is None:
            self._wires += len(key) - 3
            if self._wires > self.limits.max_wires:
                raise LimitError("wires of the circuit", f"more than {self.limits.max_wires}",
                                 self.limits.max_wires, WIRES_OPTION)
            number = self._numbers[key] = 2 * (self._first + len(self._gates))
            self._gates.append(key)
        return number


def _cancel(count: Counter[int]) -> int:
    """Takes out pairs of a node and its negation, of which exactly one is true; their number."""
    pairs = 0
    for x in [x for x in count if x & 1 == 0 and x ^ 1 in count]:
        both = min(count[x], count[x ^ 1])
        pairs += both
        for literal in (x, x ^ 1):
            count[literal] -= both
            if not count[literal]:
                del count[literal]
    return pairs
