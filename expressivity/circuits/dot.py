"""Circuits as text for Graphviz: inputs below, outputs on top, negated wires end in a circle."""

from __future__ import annotations

from typing import Final

from expressivity.circuits.aiger import printable
from expressivity.circuits.circuit import Circuit
from languages.errors import LimitError

MAX_WIRES: Final = 20_000
_LABELS: Final = {"AND": "∧", "OR": "∨"}


def dot_text(circuit: Circuit, max_wires: int = MAX_WIRES) -> str:
    """A directed graph in the DOT language.

    Raises:
        LimitError: nobody can look at so many wires.
    """
    if len(circuit.wires) > max_wires:
        raise LimitError("wires of a picture", len(circuit.wires), max_wires, "a smaller length")
    lines = ["digraph circuit {", "  rankdir=BT;", "  node [shape=circle];"]
    used = {x >> 1 for x in (*circuit.wires.tolist(), *circuit.outputs)}
    if 0 in used:
        lines.append('  n0 [shape=box, label="0"];')
    lines += [f"  n{1 + i} [shape=box, label={_quoted(name)}];"
              for i, name in enumerate(circuit.inputs)]
    for g in range(circuit.size):
        kind, operands, parameter, residue = circuit.gate(g)
        label = _LABELS.get(kind) or (f"≥ {parameter}" if kind == "THRESHOLD"
                                      else f"≡ {residue} mod {parameter}")
        node = circuit.first + g
        lines.append(f"  n{node} [label={_quoted(label)}];")
        lines += [_edge(x, f"n{node}") for x in operands]
    for k, (name, literal) in enumerate(zip(circuit.names, circuit.outputs, strict=True)):
        lines.append(f"  y{k} [shape=plaintext, label={_quoted(name)}];")
        lines.append(_edge(literal, f"y{k}"))
    return "\n".join([*lines, "}", ""])


def _edge(literal: int, target: str) -> str:
    negated = " [arrowhead=odot]" if literal & 1 else ""
    return f"  n{literal >> 1} -> {target}{negated};"


def _quoted(text: str) -> str:
    """A quoted string of the DOT language, without escape sequences of labels."""
    return '"' + printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
