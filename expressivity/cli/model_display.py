"""Models, runs and automata for a human."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from expressivity.cli.display import console
from expressivity.models.model import Attention, Model
from languages.dfa import DFA
from proofs.models.reference import HeadTrace, Trace


def show_run(model: Model, trace: Trace) -> None:
    """The answer, the residual stream before each sublayer and what each head attended to."""
    out = console()
    names = [*model.alphabet, "^", "$"]
    symbols = [names[s] for s in trace.symbols]
    out.print(Text("accepted" if trace.accepted else "rejected",
                   style="bold green" if trace.accepted else "bold red"))
    out.print(Text(f"output {trace.value} at position {trace.readout} ({symbols[trace.readout]})"))
    for level, stream in enumerate(trace.residual):
        out.print()
        if level:
            layer = model.layers[level - 1]
            kind = "attention" if isinstance(layer, Attention) else "network"
            out.print(Text(f"after sublayer {level} ({kind})", style="bold"))
            for number, head in enumerate(trace.heads[level - 1], start=1):
                out.print(Text(f"head {number} ({layer.heads[number - 1].selection})"
                               if isinstance(layer, Attention) else ""))
                out.print(_attention(head, symbols))
        else:
            out.print(Text("embedding", style="bold"))
        table = Table(box=None, pad_edge=False)
        table.add_column("")
        for i, symbol in enumerate(symbols):
            table.add_column(f"{i}:{symbol}", justify="right")
        for row, name in enumerate(model.definition.residual):
            if any(state[row] != 0 for state in stream):
                table.add_row(name, *(str(state[row]) for state in stream))
        out.print(table)


def _attention(head: HeadTrace, symbols: list[str]) -> Table:
    """Rows are the positions that ask, columns those that are seen; blanks are masked."""
    table = Table(box=None, pad_edge=False, style="cyan")
    table.add_column("")
    for i, symbol in enumerate(symbols):
        table.add_column(f"{i}:{symbol}", justify="right")
    for i, row in enumerate(head.weights):
        table.add_row(f"{i}:{symbols[i]}", *("" if w is None else str(w) for w in row))
    return table


def show_automaton(dfa: DFA) -> None:
    """The transition table, a row for each state."""
    table = Table(box=None, pad_edge=False)
    table.add_column("state")
    for letter in dfa.alphabet:
        table.add_column(letter, justify="right")
    for state, row in enumerate(dfa.table):
        mark = (">" if state == dfa.start else " ") + ("*" if dfa.accept[state] else " ")
        table.add_row(f"{mark}{state}", *map(str, row))
    console().print(table)
