"""Automata as pictures for Graphviz."""

from __future__ import annotations

from languages.dfa import DFA


def to_dot(dfa: DFA) -> str:
    """The DFA in the DOT language: one arrow between two states, accepting ones doubly circled."""
    lines = ["digraph automaton {", "  rankdir=LR;", "  node [shape=circle];",
             '  start [shape=point, label=""];', f"  start -> {dfa.start};"]
    lines += [f"  {q} [shape=doublecircle];" for q in dfa.accept.nonzero()[0].tolist()]
    for q, row in enumerate(dfa.table):
        for r in dict.fromkeys(row):
            label = ", ".join(letter for letter, to in zip(dfa.alphabet, row, strict=True)
                              if to == r)
            lines.append(f"  {q} -> {r} [label={_quoted(label)}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """A quoted string; Graphviz reads backslashes in labels, so they come twice."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
