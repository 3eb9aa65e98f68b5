"""Circuits of fan-in two by chain of thought, a decoder for each circuit: T gates in T tokens.

Nodes of the circuit are positions: the begin marker is position 0 and the constant false, letters
are the inputs 1..n, and the token written k-th, the bit of gate k - 1, has position n + k; the last
gate's token is the answer. The position encoding at p holds the binary code of p in -1 and 1, the
codes of both operands of the gate that comes next (node p + 1), and its truth table.

Two softmax heads fetch the operands. With the maximum subtracted the score of a key is

    -K + K a_1 b_1 - K + K a_2 b_2 ...  (a query, b key, left to right)

no partial sum of which is above 0. It is 0 on the match and at most -2 K elsewhere, also after the
sum has saturated: exp(-2 K) rounds to 0, so the head copies one bit exactly. A network reads the
truth table. Everything is 8-bit fixed point, whatever the circuit: 4 bits behind the point, K = 2.

Li, Liu, Zhou, Ma, Chain of Thought Empowers Transformers to Solve Inherently Serial Problems, ICLR
2024, arXiv 2402.12875, Theorem 3.3 (the codes with interleaved signs are those of their proof).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from expressivity.circuits.circuit import Circuit, Gate
from expressivity.constructions.stream import BIAS, Attention, Head, Network, Row
from expressivity.models.contracts import fixed
from expressivity.thought.assembly import TokenStream
from languages.errors import InputError

CITATION: Final = (
    "Li, Liu, Zhou, Ma, Chain of Thought Empowers Transformers to Solve Inherently Serial "
    "Problems, ICLR 2024, arXiv 2402.12875, Theorem 3.3"
)
CONTRACT: Final = fixed(8, 4, overflow="saturate")
SCALE: Final = 2
ROWS: Final = ((0, 0), (0, 1), (1, 0), (1, 1))


@dataclass(frozen=True)
class TableGate:
    """A gate with two operands, nodes, and its values for operands 00, 01, 10, 11."""

    left: int
    right: int
    table: tuple[int, int, int, int]


@dataclass(frozen=True)
class Straight:
    """A straight-line program: node 0 is false, then come the inputs, then the gates in order.

    The last gate is the output; there is at least one.
    """

    inputs: int
    gates: tuple[TableGate, ...]


def straight(circuit: Circuit) -> Straight:
    """The gates that the one output needs, the output last.

    A circuit without gates gets one, which copies its input or constant.

    Raises:
        InputError: there is not exactly one output, or a gate has more than two operands.
    """
    if len(circuit.outputs) != 1:
        raise InputError(f"circuit: {len(circuit.outputs)} outputs, expected one: the answer")
    (output,) = circuit.outputs
    first = circuit.first
    if output >> 1 < first:
        return Straight(len(circuit.inputs),
                        (TableGate(output >> 1, output >> 1, _table(Gate("AND", (0,)), output & 1)),
                         ))
    needed = {output >> 1}
    for g in reversed(range(circuit.size)):
        if first + g in needed:
            needed |= {x >> 1 for x in circuit.gate(g).operands}
    number = {node: node for node in range(first)}
    gates: list[TableGate] = []
    # Gates are sorted by level, so the output is the last that is needed but for its own level.
    order = [g for g in range(circuit.size) if first + g in needed and first + g != output >> 1]
    for g in [*order, (output >> 1) - first]:
        gate = circuit.gate(g)
        if len(gate.operands) > 2:
            raise InputError(f"circuit: gate {g} ({gate.kind}) has {len(gate.operands)} operands, "
                             "expected at most two")
        nodes = [number[x >> 1] for x in gate.operands] or [0]
        number[first + g] = first + len(gates)
        gates.append(TableGate(nodes[0], nodes[-1],
                               _table(gate, output & 1 if first + g == output >> 1 else 0)))
    return Straight(len(circuit.inputs), tuple(gates))


def _table(gate: Gate, negated: int) -> tuple[int, int, int, int]:
    """The truth table of a gate with at most two operands, in terms of their nodes."""
    found = []
    for row in ROWS:
        count = sum(row[k] ^ (x & 1) for k, x in enumerate(gate.operands))
        holds = {"AND": count == len(gate.operands), "OR": count > 0,
                 "THRESHOLD": count >= gate.parameter,
                 "MOD": gate.kind == "MOD" and count % gate.parameter == gate.residue}[gate.kind]
        found.append(int(holds) ^ negated)
    return found[0], found[1], found[2], found[3]


def values(program: Straight, bits: list[int]) -> list[int]:
    """The values of all nodes."""
    if len(bits) != program.inputs:
        raise InputError(f"{len(bits)} bits, expected {program.inputs}")
    found = [0, *bits]
    for gate in program.gates:
        found.append(gate.table[2 * found[gate.left] + found[gate.right]])
    return found


def circuit_decoder(program: Straight) -> dict[str, Any]:
    """Plain data of the decoder, over the letters 0 and 1.

    Raises:
        LimitError: its tensors would be too large.
    """
    n, size = program.inputs, len(program.gates)
    positions = n + size  # the answer is not read again
    bits = code_bits(program)
    stream = TokenStream(("0", "1"), "bos", ["0", "1"], positions)
    bit = stream.dimension("bit")
    own, left, right = ([stream.dimension(f"{what} {b}") for b in range(bits)]
                        for what in ("position", "left operand", "right operand"))
    table = [stream.dimension(f"gate {x}{y}") for x, y in ROWS]
    last = stream.dimension("last gate")
    operands = [stream.dimension("left"), stream.dimension("right")]
    value = stream.dimension("gate")
    stream.embed(bit, 1, 1)
    stream.embed(bit, stream.token(1), 1)
    for symbol in [*range(stream.begin + 1), stream.token(0), stream.token(1)]:
        for p in range(positions):
            _code(stream, own, symbol, p, p)
            if p >= n:
                gate = program.gates[p - n]
                _code(stream, left, symbol, p, gate.left)
                _code(stream, right, symbol, p, gate.right)
                for row, x in enumerate(gate.table):
                    stream.embed(table[row], symbol, x, p)
        stream.embed(last, symbol, 1, positions - 1)
    ones: Row = {BIAS: -SCALE}
    key: list[Row] = []
    queries: tuple[list[Row], list[Row]] = ([], [])
    for b in range(bits):
        key += [{BIAS: 1}, {own[b]: 1}]
        for query, code in zip(queries, (left, right), strict=True):
            query += [ones, {code[b]: SCALE}]
    stream.layers.append(Attention([
        Head("softmax", "future", query, key, [{bit: 1}], {operand: {0: 1}})
        for query, operand in zip(queries, operands, strict=True)]))
    # A unit is 1 exactly if its row of the table is 1 and the operands are those of the row.
    units: list[Row] = []
    for row, (x, y) in enumerate(ROWS):
        signs = {d: 1 if v else -1 for d, v in zip(operands, (x, y), strict=True)}
        units.append({table[row]: 1, **signs, BIAS: -(x + y)})
    stream.layers.append(Network(units, {value: dict.fromkeys(range(4), 1)}))
    emit: dict[int, Row] = {
        0: {value: -1, last: -2, BIAS: 1}, 1: {value: 1, last: -2},
        stream.accept: {value: 1, last: 2, BIAS: -2},
        stream.reject: {value: -1, last: 2, BIAS: -1}}
    made = stream.decoder(CONTRACT, emit, [[size, 0]], n)
    return made | {"positions": {"kind": "bounded"}}


def code_bits(program: Straight) -> int:
    """The length of the binary codes of positions."""
    return max(1, (program.inputs + len(program.gates) - 1).bit_length())


def claimed(program: Straight) -> dict[str, int]:
    """The size of the decoder of a circuit, and the number of tokens that it writes."""
    m = code_bits(program)
    return {"layers": 1, "attention_layers": 1, "recurrent_layers": 0, "networks": 1, "heads": 2,
            "rank": 2 * m, "hidden": 4, "width": 3 * m + 9, "tokens": len(program.gates)}


def _code(stream: TokenStream, dimensions: list[int], symbol: int, phase: int,
          number: int) -> None:
    """Embed the binary code of a number, in -1 and 1."""
    for b, dimension in enumerate(dimensions):
        stream.embed(dimension, symbol, 1 if number >> b & 1 else -1, phase)
