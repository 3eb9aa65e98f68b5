"""Evaluation of circuits on many inputs at once: bit-sliced, 64 inputs a machine word.

Gates of one level, kind and fan-in are computed together. The table holds every node and, where
it is used, its negation, so that an operand is one row whatever its sign.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from expressivity.circuits.circuit import AND, MOD, OR, THRESHOLD, Circuit
from expressivity.circuits.counters import at_least, congruent, count
from languages.errors import InputError

Words: TypeAlias = NDArray[Any]
"""uint64; bit b of word w belongs to lane 64 w + b."""
Bools: TypeAlias = NDArray[np.bool_]

BLOCK_BYTES: Final = 1 << 25
"""The table of a block of lanes: rows long enough to hide the cost of a call, few cache misses."""
LEAST_BLOCK: Final = 8
MOST_BLOCK: Final = 2048
_SMALL_FAN_IN: Final = 8
_LONG_ROW: Final = 1024
"""Words from which on it does not pay to copy rows together to save calls."""


class _Batch(NamedTuple):
    """Gates that are computed together: rows `start` to `stop`, operands (gates, fan-in)."""

    kind: int
    parameter: int
    residue: int
    start: int
    stop: int
    operands: NDArray[np.int64]
    negated: bool


class Evaluator:
    """A circuit with the order in which its gates are computed."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        nodes, first = circuit.nodes, circuit.first
        fan_in = np.diff(circuit.offsets)
        keys = (fan_in, circuit.residues, circuit.parameters, circuit.kinds,
                circuit.level[first:])
        order = np.lexsort(keys)
        rank = np.arange(nodes, dtype=np.int64)
        rank[first + order] = first + np.arange(circuit.size)
        rows = rank[circuit.wires >> 1] + nodes * (circuit.wires & 1)
        negated = np.zeros(nodes, dtype=bool)
        negated[rank[circuit.wires[circuit.wires & 1 == 1] >> 1]] = True
        self._negated_inputs = np.flatnonzero(negated[:first])
        sorted_keys = np.array([key[order] for key in keys], dtype=np.int64)
        changes = np.flatnonzero((np.diff(sorted_keys, axis=1) != 0).any(axis=0)) + 1
        starts = [0, *changes.tolist()] if circuit.size else []
        self._batches: list[_Batch] = []
        self._widest = 1  # rows of operands of a batch
        for start, stop in zip(starts, [*starts, circuit.size][1:], strict=True):
            size, residue, parameter, kind, _ = sorted_keys[:, start].tolist()
            gates = order[start:stop]
            operands = rows[circuit.offsets[gates][:, None] + np.arange(size)]
            self._widest = max(self._widest, operands.size)
            self._batches.append(_Batch(kind, parameter, residue, first + start, first + stop,
                                        operands, bool(negated[first + start:first + stop].any())))
        self._outputs = [(int(rank[x >> 1]), x & 1) for x in circuit.outputs]

    def __call__(self, inputs: Words) -> Words:
        """The outputs, uint64 of shape (outputs, words), on inputs of shape (inputs, words).

        Raises:
            InputError: `inputs` has another shape.
        """
        names = self.circuit.inputs
        if inputs.ndim != 2 or len(inputs) != len(names):
            raise InputError(f"inputs of shape {inputs.shape}: expected ({len(names)}, words)")
        words = inputs.shape[1]
        found = np.empty((len(self._outputs), words), dtype=np.uint64)
        block = BLOCK_BYTES // (8 * (2 * self.circuit.nodes + self._widest))
        block = min(max(block, LEAST_BLOCK), MOST_BLOCK)
        for start in range(0, words, block):
            part = inputs[:, start:start + block]
            found[:, start:start + block] = self._block(part)
        return found

    def _block(self, inputs: Words) -> Words:
        nodes = self.circuit.nodes
        table = np.empty((2 * nodes, inputs.shape[1]), dtype=np.uint64)
        table[0] = 0
        table[1:1 + len(inputs)] = inputs
        table[nodes + self._negated_inputs] = ~table[self._negated_inputs]
        for batch in self._batches:
            out = table[batch.start:batch.stop]
            _compute(table, batch, out)
            if batch.negated:
                np.invert(out, out=table[nodes + batch.start:nodes + batch.stop])
        return np.array([~table[row] if negated else table[row] for row, negated in self._outputs],
                        dtype=np.uint64).reshape(len(self._outputs), inputs.shape[1])


def _compute(table: Words, batch: _Batch, out: Words) -> None:
    """Write the values of the batch's gates."""
    gates, fan_in = batch.operands.shape
    if batch.kind in (AND, OR):
        operation = np.bitwise_and if batch.kind == AND else np.bitwise_or
        if fan_in == 0:
            out[:] = 0 if batch.kind == OR else ~np.uint64(0)
        elif out.shape[1] >= _LONG_ROW:
            for g, operands in enumerate(batch.operands.tolist()):
                _fold(operation, table, operands, out[g])
        elif fan_in <= _SMALL_FAN_IN:
            np.take(table, batch.operands[:, 0], axis=0, out=out)
            for k in range(1, fan_in):
                operation(out, table[batch.operands[:, k]], out=out)
        else:
            for g, operands in enumerate(batch.operands):
                operation.reduce(table[operands], axis=0, out=out[g])
        return
    rows = table[batch.operands.reshape(-1)].reshape(gates, fan_in, out.shape[1])
    bits = count(rows)
    if batch.kind == THRESHOLD:
        out[:] = at_least(bits, batch.parameter, out.shape)
    elif batch.kind == MOD:
        out[:] = congruent(bits, batch.parameter, batch.residue, out.shape)
    else:
        raise ValueError(f"unknown kind of gate {batch.kind}")


def _fold(operation: np.ufunc, table: Words, operands: list[int], out: Words) -> None:
    """One gate, without copies of its operands."""
    if len(operands) == 1:
        out[:] = table[operands[0]]
        return
    operation(table[operands[0]], table[operands[1]], out=out)
    for operand in operands[2:]:
        operation(out, table[operand], out=out)


def evaluate(circuit: Circuit, inputs: Words) -> Words:
    """As `Evaluator`, for a single use."""
    return Evaluator(circuit)(inputs)


def pack(values: Bools) -> Words:
    """Truth values of shape (rows, lanes) as words of shape (rows, ceil(lanes / 64))."""
    rows, lanes = values.shape
    packed = np.zeros((rows, -(-lanes // 64) * 8), dtype=np.uint8)
    packed[:, :-(-lanes // 8)] = np.packbits(values, axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64)


def unpack(words: Words, lanes: int) -> Bools:
    """The inverse of `pack`."""
    bits = np.unpackbits(words.astype("<u8").view(np.uint8), axis=1, count=lanes,
                         bitorder="little")
    return bits.astype(bool)


_LOW: Final = tuple(
    np.uint64(sum(1 << lane for lane in range(64) if lane >> b & 1)) for b in range(6))


def assignments(inputs: int, first: int = 0, words: int | None = None) -> Words:
    """All values of the inputs, in order: lane l gives input k the bit inputs - 1 - k of l.

    `words` words from word `first` on; all of them unless given. For fewer than six inputs lanes
    repeat.
    """
    total = max(1, 2**inputs // 64)
    number = np.arange(first, total if words is None else first + words, dtype=np.uint64)
    found = np.empty((inputs, len(number)), dtype=np.uint64)
    for k in range(inputs):
        b = inputs - 1 - k
        found[k] = _LOW[b] if b < 6 else -(number >> np.uint64(b - 6) & np.uint64(1))
    return found
