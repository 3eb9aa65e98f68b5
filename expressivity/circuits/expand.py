"""Circuits of AND gates of fan-in two and negations: the same function as and-inverter graphs.

AND and OR become balanced trees. THRESHOLD and MOD count their operands by full adders (carry-save,
Wallace 1964), of 7 gates each, and compare the count, or its remainder, with a constant.
"""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.circuits.builder import CircuitBuilder, CircuitLimits
from expressivity.circuits.circuit import FALSE, TRUE, Circuit


def and_inverter(circuit: Circuit, limits: CircuitLimits | None = None) -> Circuit:
    """An equal circuit of AND gates of fan-in two, inputs and outputs as they were.

    Raises:
        LimitError: it has too many wires.
    """
    graph = _Graph(CircuitBuilder(circuit.inputs, limits))
    literals = list(range(2 * circuit.first))
    for g in range(circuit.size):
        kind, operands, parameter, residue = circuit.gate(g)
        given = [literals[x] for x in operands]
        if kind == "AND":
            found = graph.conj(given)
        elif kind == "OR":
            found = graph.disj(given)
        elif kind == "THRESHOLD":
            found = graph.at_least(graph.count(given), parameter)
        else:
            found = graph.congruent(graph.count(given), parameter, residue)
        literals += [found, found ^ 1]
    return graph.builder.circuit({name: literals[x] for name, x in
                                  zip(circuit.names, circuit.outputs, strict=True)})


class _Graph:
    """Makes AND gates of fan-in two; numbers are lists of literals, the lowest bit first."""

    def __init__(self, builder: CircuitBuilder) -> None:
        self.builder = builder

    def both(self, x: int, y: int) -> int:
        return self.builder.conj((x, y))

    def either(self, x: int, y: int) -> int:
        return self.both(x ^ 1, y ^ 1) ^ 1

    def differ(self, x: int, y: int) -> int:
        return self.both(self.both(x, y ^ 1) ^ 1, self.both(x ^ 1, y) ^ 1) ^ 1

    def conj(self, operands: Sequence[int]) -> int:
        return self.builder.pairwise(self.builder.conj, operands)

    def disj(self, operands: Sequence[int]) -> int:
        return self.conj([x ^ 1 for x in operands]) ^ 1

    def count(self, operands: Sequence[int]) -> list[int]:
        """How many of the operands are true."""
        bits: list[int] = []
        row = list(operands)
        while row:
            carries = []
            while len(row) > 1:
                sums, rest = [], row
                if len(row) == 2:
                    sums, rest = [self.differ(*row)], []
                    carries.append(self.both(*row))
                while len(rest) > 2:
                    (x, y, z), rest = rest[:3], rest[3:]
                    half = self.differ(x, y)
                    sums.append(self.differ(half, z))
                    carries.append(self.either(self.both(x, y), self.both(half, z)))
                row = [*sums, *rest]
            bits.append(row[0])
            row = carries
        return bits

    def at_least(self, bits: list[int], k: int) -> int:
        """Is the number at least k?"""
        if k >> len(bits):
            return FALSE
        found = TRUE
        for b, bit in enumerate(bits):
            found = self.both(bit, found) if k >> b & 1 else self.either(bit, found)
        return found

    def congruent(self, bits: list[int], modulus: int, residue: int) -> int:
        """Is the number `residue` modulo `modulus`? By long division, see `counters`."""
        if modulus & (modulus - 1) == 0:
            return self._equals(bits[:modulus.bit_length() - 1], residue)
        for j in range(max(0, len(bits) - modulus.bit_length() + 1), -1, -1):
            bits = self._subtract(bits, modulus << j, self.at_least(bits, modulus << j))
        return self._equals(bits, residue)

    def _subtract(self, bits: list[int], k: int, where: int) -> list[int]:
        """The number less k if `where`, in which case it is at least k."""
        borrow, found = FALSE, []
        for b, bit in enumerate(bits):
            taken = where if k >> b & 1 else FALSE
            either = self.either(taken, borrow)
            found.append(self.differ(bit, self.differ(taken, borrow)))
            borrow = self.either(self.both(bit ^ 1, either), self.both(taken, borrow))
        return found

    def _equals(self, bits: list[int], value: int) -> int:
        if value >> len(bits):
            return FALSE
        return self.conj([bit if value >> b & 1 else bit ^ 1 for b, bit in enumerate(bits)])
