"""`expressivity think`: what is reached in a graph, by continuous thought."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import click

from expressivity.cli.options import (
    BadInput,
    echo_json,
    json_option,
    progress_line,
    reports_input_errors,
)

if TYPE_CHECKING:
    from expressivity.latent.graphs import Graph
    from expressivity.latent.questions import Explored
    from expressivity.latent.thinker import LatentThinker

GRAPH: Final = "graph:"
SHOWN: Final = 12
"""So many vertices of a thought are shown."""


@click.command("think")
@click.argument("graph")
@click.option("--steps", type=click.IntRange(0, 100_000), metavar="D", help="Latent steps.  "
              "[default: one less than there are vertices, which reaches all that can be reached]")
@click.option("-o", "--output", metavar="DIR", help="Write the model.")
@click.option("--max-positions", type=click.IntRange(1), default=20_000, show_default=True,
              metavar="N", help="Letters and thoughts of a run.")
@click.option("--trace", is_flag=True, help="The thought after each step: vertices and weights.")
@json_option
@reports_input_errors
def command(graph: str, steps: int | None, output: str | None, max_positions: int, trace: bool,
            as_json: bool) -> None:
    """Ask a decoder with continuous thought which vertices of a GRAPH are reached in D edges.

    GRAPH is a file with `vertices: a b c` (or `count: 3`), `start: a`, `candidates: b c` (all
    vertices where it is left out) and then `edges:`, each line like `a -> b c`. A model of two
    layers is built for the vertices (at most 78) and for D; the edges are its input. Each step
    appends a vector, the superposition of all vertices reached so far; a candidate is accepted if
    it has a part in the last one, which is so exactly if a path of at most D edges leads to it.
    Each answer is compared with breadth-first search.
    """
    from expressivity.latent.graphs import read_graph
    from expressivity.latent.questions import build_thinker, explore
    from expressivity.latent.reachability import CITATION, NAME
    from expressivity.latent.thinker import save_latent
    from expressivity.models.sizes import sizes

    given = read_graph(graph)
    thinker = build_thinker(given.names, len(given.names) - 1 if steps is None else steps)
    with progress_line() as show:
        found = explore(thinker, given, max_positions, show)
    counts = sizes(thinker.definition.model)
    path = None if output is None else str(save_latent(thinker, output))
    if as_json:
        echo_json({"construction": NAME, "citation": CITATION, "resources": counts,
                   "profile": thinker.profile().to_plain(), "model": path}
                  | _plain(thinker, given, found, trace))
        return
    click.echo(f"{NAME}: {CITATION}")
    click.echo(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in counts.items()
                         if count))
    _show(thinker, given, found, trace)
    if path is not None:
        click.echo(f"wrote {path}")


def run(thinker: LatentThinker, text: str, sep: str | None, trace: bool, as_json: bool) -> None:
    """A decoder with continuous thought on a word, or on the questions about a graph, graph:FILE.

    Raises:
        BadInput, InputError: the word, or the graph, does not go with the model.
    """
    from expressivity.latent.graphs import read_graph
    from expressivity.latent.questions import explore
    from expressivity.models.shares import short_value
    from languages.words import parse_word
    from proofs.models.numbers import NotANumber
    from proofs.models.positions import OutOfRange
    from proofs.models.reference import NoReadout

    if text.startswith(GRAPH):
        given = read_graph(text.removeprefix(GRAPH))
        with progress_line() as show:
            found = explore(thinker, given, progress=show)
        if as_json:
            echo_json(_plain(thinker, given, found, trace))
        else:
            _show(thinker, given, found, trace)
        return
    word = parse_word(text, thinker.alphabet, sep)
    number = {letter: k for k, letter in enumerate(thinker.alphabet)}
    try:
        (thought,) = thinker.think([[number[letter] for letter in word]])
    except (NoReadout, NotANumber, OutOfRange) as error:
        raise BadInput(f"no answer on this word: {error}") from None
    names = thinker.definition.model.residual
    if as_json:
        echo_json({"word": list(word), "accepted": thought.accepted, "output": str(thought.value),
                   "steps": thinker.definition.steps, "dimensions": list(names)}
                  | ({"thoughts": [[str(x) for x in state] for state in thought.streams]}
                     if trace else {}))
        return
    click.echo("accepted" if thought.accepted else "rejected")
    click.echo(f"output {thought.value} after {thinker.definition.steps} latent steps")
    for step, state in enumerate(thought.streams if trace else ()):
        parts = [f"{name} {short_value(x)}" for name, x in zip(names, state, strict=True) if x]
        click.echo(f"step {step}: {', '.join(parts) or 'all 0'}")


def _plain(thinker: LatentThinker, graph: Graph, found: Explored,
           trace: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "vertices": list(graph.names), "edges": len(graph.edges),
        "start": graph.names[graph.start], "steps": thinker.definition.steps,
        "candidates": [{"vertex": graph.names[a.vertex], "reached": a.accepted,
                        "overlap": str(a.overlap), "distance": a.distance}
                       for a in found.answers]}
    if trace:
        made["thoughts"] = [{name: str(x) for name, x in thought} for thought in found.thoughts]
    return made


def _show(thinker: LatentThinker, graph: Graph, found: Explored, trace: bool) -> None:
    steps = thinker.definition.steps
    click.echo(f"{len(graph.names)} vertices, {len(graph.edges)} edges, from "
               f"{graph.names[graph.start]}: {steps} latent steps, then the answer")
    for step, thought in enumerate(found.thoughts if trace else ()):
        more = f" and {len(thought) - SHOWN} more" if len(thought) > SHOWN else ""
        click.echo(f"step {step}: " + ", ".join(f"{name} {_short(x)}"
                                                for name, x in thought[:SHOWN]) + more)
    width = max(len(graph.names[a.vertex]) for a in found.answers)
    for a in found.answers:
        name = graph.names[a.vertex].ljust(width)
        click.echo(f"{name}  reached, overlap {_short(a.overlap)}" if a.accepted
                   else f"{name}  not reached within {steps} edges")
    click.echo("breadth-first search agrees, step by step")


def _short(x: Fraction) -> str:
    from expressivity.models.shares import short_value

    return short_value(x)
