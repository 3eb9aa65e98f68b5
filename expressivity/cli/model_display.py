"""Models, runs and automata for a human."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from expressivity.cli.display import console
from expressivity.models.model import Model
from expressivity.models.shares import shares, short_share, short_value
from languages.dfa import DFA
from proofs.models.layer_format import transition_kind
from proofs.models.layers import (
    Attention,
    GatedFeedForward,
    Head,
    Layer,
    Nonlinear,
    Normalisation,
    Recurrence,
)
from proofs.models.numbers import Value
from proofs.models.reference import HeadTrace, Trace
from proofs.models.sequences import outputs

SHOWN: Final = 4
"""Positions that are listed for one position that asks, where a matrix would be too wide."""
GAP: Final = 2


def position_names(model: Model, trace: Trace) -> list[str]:
    """`3:a` for each position; the begin and end markers are ^ and $."""
    names = [*model.alphabet, "^", "$"]
    return [f"{i}:{names[symbol]}" for i, symbol in enumerate(trace.symbols)]


def show_run(model: Model, trace: Trace) -> None:
    """The answer, the residual stream around each sublayer, what each head attended to, states."""
    out = console()
    places = position_names(model, trace)
    out.print(Text("accepted" if trace.accepted else "rejected",
                   style="bold green" if trace.accepted else "bold red"))
    symbol = places[trace.readout].partition(":")[2]
    out.print(Text(f"output {trace.value} at position {trace.readout} ({symbol})"))
    if model.definition.sequence is not None:
        found = outputs(model.definition, trace.residual[-1])
        out.print(Text("outputs " + " ".join("-" if x is None else str(x) for x in found)))
    residual = model.definition.residual
    for level, stream in enumerate(trace.residual):
        out.print()
        if level:
            layer = trace.layers[level - 1]
            out.print(Text(f"after sublayer {level} ({layer_kind(layer)})", style="bold"))
            for number, head in enumerate(trace.heads[level - 1]):
                if isinstance(layer, Attention):
                    _show_head(out, model, layer.heads[number], head, number, places)
            if trace.hidden[level - 1]:
                out.print(Text("states"))
                states = trace.hidden[level - 1]
                _show_columns(out, ["start", *places], {
                    f"h{k}": [state[k] for state in states] for k in range(len(states[0]))})
        else:
            out.print(Text("embedding", style="bold"))
        _show_columns(out, places, {
            name: [state[row] for state in stream] for row, name in enumerate(residual)
            if any(state[row] != 0 for state in stream)})


def layer_kind(layer: Layer) -> str:
    """The kind of a sublayer, for people."""
    if isinstance(layer, Recurrence):
        return f"recurrence, {transition_kind(layer.transition)}"
    if isinstance(layer, Nonlinear):
        return f"recurrence, {layer.activation}"
    if isinstance(layer, Normalisation):
        return "layer norm"
    return ("attention" if isinstance(layer, Attention) else
            "gated network" if isinstance(layer, GatedFeedForward) else "network")


def head_shares(model: Model, head: Head, trace: HeadTrace) -> list[list[Value | None]]:
    """Rows are the positions that ask: shares after division, None where nothing is seen.

    A position that is visible but takes no part has the share 0.
    """
    return [[None if score is None else share or 0 for score, share in
             zip(scores, shares(model.contract, head, row), strict=True)]
            for scores, row in zip(trace.scores, trace.weights, strict=True)]


def _show_head(out: Console, model: Model, head: Head, trace: HeadTrace, number: int,
               places: list[str]) -> None:
    """A matrix if it fits; else, for each position, where most of its attention is."""
    out.print(Text(f"head {number + 1} ({head.selection}, mask {head.mask})"))
    rows = head_shares(model, head, trace)
    cells = [["" if x is None else "·" if x == 0 else short_share(x) for x in row] for row in rows]
    widths = [max(map(cell_len, column)) + GAP for column in zip(places, *cells, strict=True)]
    margin = max(map(cell_len, places))
    if sum(widths) + margin <= out.width:
        table = Table(box=None, pad_edge=False, style="cyan")
        table.add_column("")
        for place in places:
            table.add_column(Text(place), justify="right")
        for place, row in zip(places, cells, strict=True):
            table.add_row(Text(place), *row)
        out.print(table)
        return
    for place, shown in zip(places, rows, strict=True):
        line = f"{place}{' ' * (margin - cell_len(place))}  {_most(shown, places)}"
        out.print(Text(line.rstrip(), style="cyan"), soft_wrap=True)


def _most(row: list[Value | None], places: list[str]) -> str:
    """The positions with the largest shares, and how many others have some."""
    found = sorted(((x, j) for j, x in enumerate(row) if x), key=lambda pair: (-pair[0], pair[1]))
    listed = [f"{places[j]} {short_share(x)}" if x != 1 else places[j] for x, j in found[:SHOWN]]
    if len(found) > SHOWN:
        listed.append(f"and {len(found) - SHOWN} more")
    return ", ".join(listed)


def _show_columns(out: Console, places: Sequence[str], rows: dict[str, list[Value]]) -> None:
    """Named rows over positions, in as many tables as the width asks for."""
    if not rows:
        out.print(Text("all 0"))
        return
    texts = {name: [short_value(x) for x in row] for name, row in rows.items()}
    for columns in _blocks(places, texts, out.width):
        table = Table(box=None, pad_edge=False)
        table.add_column("")
        for j in columns:
            table.add_column(Text(places[j]), justify="right", no_wrap=True)
        for name, row in texts.items():
            table.add_row(Text(name), *(row[j] for j in columns))
        out.print(table)


def _blocks(places: Sequence[str], texts: dict[str, list[str]], width: int) -> Iterator[range]:
    """Ranges of columns that fit side by side, at least one each."""
    margin = max(map(cell_len, texts))
    first, used = 0, margin
    for j, place in enumerate(places):
        wide = max(cell_len(place), *(cell_len(row[j]) for row in texts.values())) + GAP
        if used + wide > width and j > first:
            yield range(first, j)
            first, used = j, margin
        used += wide
    yield range(first, len(places))


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
