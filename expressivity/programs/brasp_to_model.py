"""From B-RASP programs to weights: unique hard attention and ReLU networks on 0 and 1.

Each vector that something reads has a dimension of the residual stream, its negation another one
where a gate needs it; each is written once, as 0 or 1, onto 0. An attention
`side mask where S : V else D` is a head whose score is S: S(i, j) is split into alternatives
alpha(i) and beta(j), of which at most one alpha is true; the query is the vector of the alphas,
the key that of the betas, so the score is 0 or 1. The value carries V together with the betas: a
network then sees whether the attended position really matches, and takes D otherwise. Gates are
NORs, ReLU(1 - x_1 - ... - x_k). All partial sums that exceed 1 in absolute value are negative and
end below ReLU, so that every number format with 0, 1 and -1 computes exactly the same, whether it
saturates or overflows to infinity.

Yang, Chiang, Angluin, "Masked hard-attention transformers recognize exactly the star-free
languages" (2024), Theorem 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expressivity.models.contracts import RATIONAL
from expressivity.programs.brasp import Program
from expressivity.programs.circuit import (
    FALSE,
    TRUE,
    Bit,
    Gate,
    LetterNode,
    brasp_to_circuit,
)
from languages.errors import LimitError
from languages.logics.ltl_text import quoted
from proofs.models.architecture import FORMAT, MAX_ENTRIES, VERSION

Row = dict[int, int]
"""A sparse row of a matrix: its non-zero entries."""


@dataclass(frozen=True)
class Resources:
    """What a model uses. `heads`, `rank` (of queries) and `hidden` are the largest of a layer."""

    attention_layers: int
    ffn_layers: int
    heads: int
    rank: int
    hidden: int
    width: int
    weights: int


def resources(program: Program) -> Resources:
    """The resources of the program's model, without building it."""
    return _Plan(program).resources()


def brasp_to_model(program: Program, contract: Mapping[str, Any] = RATIONAL) -> dict[str, Any]:
    """Plain data of a model that accepts the words that the program accepts.

    Positions carry no encoding; masks are strict. `contract` may be any number contract with the
    numbers -1, 0, 1. Raises `LimitError` when the tensors would have too many weights.
    """
    plan = _Plan(program)
    weights = plan.resources().weights
    if weights > MAX_ENTRIES:
        raise LimitError("weights of the model", weights, MAX_ENTRIES, "MAX_ENTRIES")
    output, bias = plan.affine(plan.output)
    return {
        "format": FORMAT,
        "version": VERSION,
        "alphabet": list(program.alphabet),
        "markers": "eos" if program.readout == "eos" else "none",
        "readout": program.readout,
        "contract": dict(contract),
        "residual": plan.names(),
        "period": 1,
        "embedding": plan.embedding(),
        "layers": plan.layers(),
        "output": {"weights": plan.dense(output), "bias": bias},
    }


class _Plan:
    """Which nodes are needed, and the dimension of every literal that has one.

    `rails` numbers literals: a node and its negation are different dimensions. `steps[(l, t)]`
    lists the nodes that the t-th feed-forward layer behind the l-th attention layer writes, and
    `heads[l]` the heads of the l-th attention layer with the values that are needed.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.circuit, vectors = brasp_to_circuit(program)
        self.output = vectors[program.output]
        self.vector_names = {literal: name for name, literal in reversed(vectors.items())}
        self.heads: dict[int, dict[int, list[int]]] = {}
        self.rails = self._needed()
        self.steps: dict[tuple[int, int], list[int]] = {}
        for literal in self.rails:
            layer, step = self.circuit.ready(literal)
            if step > 0:
                nodes = self.steps.setdefault((layer, step), [])
                if literal // 2 not in nodes:
                    nodes.append(literal // 2)

    def _needed(self) -> dict[int, int]:
        """Number the literals that the output needs, in the order of nodes."""
        circuit = self.circuit
        rails: set[int] = set()
        todo = [self._source(self.output)]
        while todo:
            literal = todo.pop()
            if literal in rails or literal in (TRUE, FALSE):
                continue
            rails.add(literal)
            node = circuit.nodes[literal // 2]
            if isinstance(node, Gate):
                direct = circuit.direct(node.inputs)
                todo += [x ^ 1 if x == direct else x for x in node.inputs]
            elif isinstance(node, Bit):
                todo.append(literal & ~1)  # its negation is made from it
                key = circuit.heads[node.head]
                needed = self.heads.setdefault(key.layer, {}).setdefault(node.head, [])
                if node.value not in needed:
                    needed.append(node.value)
                used = [circuit.values[node.head][node.value]]
                used += [x for term in key.terms for x in term]
                todo += [self._source(x) for x in used]
        return {literal: i for i, literal in enumerate(sorted(rails))}

    def _source(self, literal: int) -> int:
        """The rail from which an affine map reads a literal: a bit itself, never its negation."""
        late = isinstance(self.circuit.nodes[literal // 2], Bit)
        return literal & ~1 if late else literal

    def affine(self, literal: int) -> tuple[Row, int]:
        """The affine form of a literal, as a row and a bias."""
        if literal in (TRUE, FALSE):
            return {}, 1 - literal
        source = self._source(literal)
        return {self.rails[source]: 1 if source == literal else -1}, int(source != literal)

    # -- sizes --------------------------------------------------------------------------------

    def resources(self) -> Resources:
        """Counted from the plan alone."""
        width = max(1, len(self.rails))
        weights = (len(self.program.alphabet) + 2) * width + width + 1
        ranks, hidden = [0], [0]
        for heads in self.heads.values():
            for head, values in heads.items():
                rank = len(self.circuit.heads[head].terms)
                ranks.append(rank)
                weights += (2 * rank + len(values)) * (width + 1) + width * len(values)
        for nodes in self.steps.values():
            hidden.append(len(nodes))
            weights += len(nodes) * (width + 1) + width * (len(nodes) + 1)
        return Resources(
            attention_layers=len(self.heads),
            ffn_layers=len(self.steps),
            heads=max((len(heads) for heads in self.heads.values()), default=0),
            rank=max(ranks),
            hidden=max(hidden),
            width=width,
            weights=weights,
        )

    # -- tensors ------------------------------------------------------------------------------

    def dense(self, row: Row, length: int | None = None, bias: int | None = None) -> list[int]:
        """A row as a list, with its bias last if there is one."""
        values = [0] * (max(1, len(self.rails)) if length is None else length)
        for i, x in row.items():
            values[i] = x
        return values if bias is None else [*values, bias]

    def names(self) -> list[str]:
        """A distinct name for every dimension."""
        return [self._name(literal) for literal in self.rails] or ["unused"]

    def _name(self, literal: int) -> str:
        node = self.circuit.nodes[literal // 2]
        for sign, known in (("", literal), ("not ", literal ^ 1)):
            if known in self.vector_names:
                return sign + self.vector_names[known]
        if isinstance(node, LetterNode):
            name = quoted(self.program.alphabet[node.index])
        elif isinstance(node, Bit):
            name = f"head {node.head} value {node.value}"
        else:
            name = f"gate {literal // 2}"
        return f"not {name}" if literal & 1 else name

    def embedding(self) -> list[list[list[int]]]:
        """Letters as 0 and 1; at the markers, no letter."""
        tables = []
        for symbol in range(len(self.program.alphabet) + 2):
            row: Row = {}
            for literal, dimension in self.rails.items():
                node = self.circuit.nodes[literal // 2]
                if isinstance(node, LetterNode):
                    row[dimension] = (node.index == symbol) ^ (literal & 1)
            tables.append([self.dense(row)])
        return tables

    def layers(self) -> list[dict[str, Any]]:
        """Each attention layer with the feed-forward layers behind it, as plain data."""
        found = []
        for layer in range(len(self.heads) + 1):
            if layer:
                heads = sorted(self.heads[layer].items())
                found.append({"kind": "attention", "heads": [self._head(*h) for h in heads]})
            depth = max((t for at, t in self.steps if at == layer), default=0)
            found += [self._network(self.steps[layer, t]) for t in range(1, depth + 1)]
        return found

    def _head(self, head: int, values: list[int]) -> dict[str, Any]:
        key = self.circuit.heads[head]

        def rows(literals: list[int]) -> list[list[int]]:
            return [self.dense(row, bias=bias) for row, bias in map(self.affine, literals)]

        output = [[0] * len(values) for _ in range(max(1, len(self.rails)))]
        for column, value in enumerate(values):
            bit = 2 * self.circuit.known[Bit(head, value)]
            output[self.rails[bit]][column] = 1
        return {
            "selection": {"leftmost": "uhat-left", "rightmost": "uhat-right"}[key.side],
            "mask": {"j < i": "strict-future", "j > i": "strict-past"}[key.mask],
            "query": rows([alpha for alpha, _ in key.terms]),
            "key": rows([beta for _, beta in key.terms]),
            "value": rows([self.circuit.values[head][value] for value in values]),
            "output": output,
        }

    def _network(self, nodes: list[int]) -> dict[str, Any]:
        """A hidden unit per node: the NOR of a gate's inputs, or the negation of a bit."""
        circuit = self.circuit
        inner = []
        outer = [[0] * (len(nodes) + 1) for _ in range(max(1, len(self.rails)))]
        for unit, number in enumerate(nodes):
            node = circuit.nodes[number]
            inputs = node.inputs if isinstance(node, Gate) else (2 * number,)
            direct = circuit.direct(inputs)
            row = {self.rails[x]: -1 for x in inputs if x != direct}
            if direct is not None:
                row[self.rails[direct ^ 1]] = 1
            inner.append(self.dense(row, bias=int(direct is None)))
            if 2 * number + 1 in self.rails:
                outer[self.rails[2 * number + 1]][unit] = 1
            if isinstance(node, Gate) and 2 * number in self.rails:
                outer[self.rails[2 * number]][unit] = -1
                outer[self.rails[2 * number]][-1] = 1
        return {"kind": "ffn", "in": inner, "out": outer}
