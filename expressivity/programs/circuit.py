"""B-RASP programs as circuits of OR gates and attention bits, with a time for every node.

A literal is `2 * node` for a node and `2 * node + 1` for its negation, as in and-inverter graphs.
Gates are ORs of literals; an AND is a negated OR of negations. The time (l, t) of a node says
when a model can have it: after the l-th attention layer and t feed-forward layers behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from expressivity.programs.brasp import (
    And,
    Attend,
    Expression,
    Letter,
    Local,
    Mask,
    Not,
    Program,
    Side,
    Vector,
    leaves,
)
from languages.errors import LimitError

TRUE, FALSE = 0, 1
MAX_QUERY_VECTORS = 12

Time = tuple[int, int]
Term = tuple[int, int]


@dataclass(frozen=True)
class LetterNode:
    """The initial vector of the letter with this index; -1 is the constant true."""

    index: int


@dataclass(frozen=True)
class Gate:
    """The OR of at least two literals."""

    inputs: tuple[int, ...]


@dataclass(frozen=True)
class Bit:
    """The `value`-th value of a head, at the attended position; false if none is visible."""

    head: int
    value: int


Node = LetterNode | Gate | Bit


class HeadKey(NamedTuple):
    """What the values of one head share.

    The score of (i, j) is 1 if alpha(i) and beta(j) for one of `terms`; at most one alpha is true
    at a position, so a sum of products is 0 or 1.
    """

    layer: int
    side: Side
    mask: Mask
    terms: tuple[Term, ...]


@dataclass
class Circuit:
    """Nodes, their times, and heads with the literals of their values."""

    letters: int
    nodes: list[Node] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    heads: list[HeadKey] = field(default_factory=list)
    values: list[list[int]] = field(default_factory=list)
    known: dict[Node, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index in range(-1, self.letters):
            self._node(LetterNode(index), (0, 0))

    def letter(self, index: int) -> int:
        """The literal of a letter."""
        return 2 * (index + 1)

    def _node(self, node: Node, time: Time) -> int:
        if node not in self.known:
            self.known[node] = len(self.nodes)
            self.nodes.append(node)
            self.times.append(time)
        return 2 * self.known[node]

    def disj(self, literals: Iterable[int]) -> int:
        """The OR, flattened and simplified by x or not x, and by x or (x and y)."""
        found = {y for x in literals for y in self._disjuncts(x)} - {FALSE}
        if TRUE in found or any(x ^ 1 in found for x in found):
            return TRUE
        found = {x for x in found if not any(self._implies(x, y) for y in found if x != y)}
        if len(found) <= 1:
            return found.pop() if found else FALSE
        inputs = tuple(sorted(found))
        direct = self.direct(inputs)
        layer, step = max(self.times[x // 2] if x == direct else self.ready(x) for x in inputs)
        return self._node(Gate(inputs), (layer, step + 1))

    def conj(self, literals: Iterable[int]) -> int:
        """The AND."""
        return self.disj(x ^ 1 for x in literals) ^ 1

    def _inputs(self, literal: int) -> tuple[int, ...]:
        node = self.nodes[literal // 2]
        return node.inputs if isinstance(node, Gate) else ()

    def _disjuncts(self, literal: int) -> tuple[int, ...]:
        """The inputs of the gate that a literal is; else itself."""
        return (not literal & 1 and self._inputs(literal)) or (literal,)

    def _implies(self, x: int, y: int) -> bool:
        """Does x, as a NOR of literals, contain the conjuncts of y?"""
        if not x & 1 or not (nor := self._inputs(x)):
            return False
        parts = (y & 1 and self._inputs(y)) or (y ^ 1,)
        return set(parts) <= set(nor)

    def direct(self, inputs: tuple[int, ...]) -> int | None:
        """The input not x that a gate reads as x, if any: ReLU(x - others) is the NOR.

        Attention gives x and not its negation, so the latest bit is preferred.
        """
        negated = [x for x in inputs if x & 1]
        bits = [x for x in negated if isinstance(self.nodes[x // 2], Bit)]
        return max(bits or negated, key=lambda x: (self.times[x // 2], x), default=None)

    def ready(self, literal: int) -> Time:
        """When a model can have this literal in a dimension of its own."""
        layer, step = self.times[literal // 2]
        late = literal & 1 and isinstance(self.nodes[literal // 2], Bit)
        return (layer, step + 1) if late else (layer, step)

    def bit(self, side: Side, mask: Mask, terms: tuple[Term, ...], value: int) -> int:
        """The value literal at the position that these terms attend to, false if none is visible.

        If nothing matches, that is some visible position all the same.
        """
        if value == FALSE:
            return FALSE
        used = [value, *(x for term in terms for x in term)]
        key = HeadKey(1 + max(self.times[x // 2][0] for x in used), side, mask, terms)
        if key not in self.heads:
            self.heads.append(key)
            self.values.append([])
        head = self.heads.index(key)
        if value not in self.values[head]:
            self.values[head].append(value)
        return self._node(Bit(head, self.values[head].index(value)), (key.layer, 0))


def brasp_to_circuit(program: Program) -> tuple[Circuit, dict[str, int]]:
    """The circuit of a program, and the literal of each of its vectors.

    Raises `LimitError` for a score with more than MAX_QUERY_VECTORS vectors at i.
    """
    program.checked()
    circuit = Circuit(len(program.alphabet))
    letters = {letter: circuit.letter(k) for k, letter in enumerate(program.alphabet)}
    vectors: dict[str, int] = {}

    def leaf(x: Letter | Vector) -> int:
        return letters[x.letter] if isinstance(x, Letter) else vectors[x.name]

    def literal(expression: Expression, at_i: Mapping[int, int] | None = None) -> int:
        """The literal of an expression; `at_i` fixes the nodes of its vectors at i."""
        if isinstance(expression, Letter | Vector):
            found = leaf(expression)
            if at_i is not None and expression.at == "i":
                return at_i.get(found & ~1, TRUE) ^ (found & 1)
            return found
        if isinstance(expression, Not):
            return literal(expression.operand, at_i) ^ 1
        parts = [literal(operand, at_i) for operand in expression.operands]
        return circuit.conj(parts) if isinstance(expression, And) else circuit.disj(parts)

    def split(score: Expression, at_i: dict[int, int], rest: list[int]) -> dict[int, int]:
        """The score as alternatives: beta(j) to the alpha(i) under which it is what is left."""
        if not rest:
            return {literal(score, at_i): TRUE}
        x, *rest = rest
        high = split(score, at_i | {x: TRUE}, rest)
        low = split(score, at_i | {x: FALSE}, rest)
        if high == low:
            return high
        return {
            beta: circuit.disj(
                [
                    circuit.conj([x, high.get(beta, FALSE)]),
                    circuit.conj([x ^ 1, low.get(beta, FALSE)]),
                ]
            )
            for beta in {**high, **low}
        }

    def attend(d: Attend) -> int:
        fixed = sorted({leaf(x) & ~1 for x in leaves(d.score) if x.at == "i"} - {TRUE})
        if len(fixed) > MAX_QUERY_VECTORS:
            raise LimitError(
                f"vectors at i in the score of {d.name}",
                len(fixed),
                MAX_QUERY_VECTORS,
                "MAX_QUERY_VECTORS",
            )
        alternatives = split(d.score, {}, fixed)
        terms = tuple((a, b) for b, a in alternatives.items() if FALSE not in (a, b))
        value, default = literal(d.value), literal(d.default)
        if terms and terms[0][0] == TRUE:  # then it is the only one: the score speaks of j alone
            beta = terms[0][1]
            return _simple(circuit, d.side, d.mask, (terms[0],), beta, value, default)
        results, matches = [], []
        for alpha, beta in terms:
            matched = circuit.bit(d.side, d.mask, terms, beta)
            returned = circuit.bit(d.side, d.mask, terms, circuit.conj([beta, value]))
            matches.append(circuit.conj([alpha, matched]))
            results.append(circuit.conj([alpha, returned]))
        return circuit.disj([*results, circuit.conj([default, *(m ^ 1 for m in matches)])])

    for d in program.definitions:
        vectors[d.name] = literal(d.value) if isinstance(d, Local) else attend(d)
    return circuit, vectors


def _simple(
    circuit: Circuit,
    side: Side,
    mask: Mask,
    terms: tuple[Term, ...],
    beta: int,
    value: int,
    default: int,
) -> int:
    """The result of an attention whose score is beta(j)."""
    if default == TRUE:
        return circuit.bit(side, mask, terms, circuit.conj([beta, value ^ 1])) ^ 1
    returned = circuit.bit(side, mask, terms, circuit.conj([beta, value]))
    if default == FALSE:
        return returned
    matched = circuit.bit(side, mask, terms, beta)
    return circuit.disj([returned, circuit.conj([matched ^ 1, default])])
