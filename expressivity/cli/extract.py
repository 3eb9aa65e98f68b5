"""`expressivity extract`: the automaton that a model computes, at all lengths."""

from __future__ import annotations

import click

from expressivity.cli.options import (
    echo_json,
    extraction_options,
    json_option,
    progress_line,
    reports_input_errors,
)


@click.command("extract")
@click.argument("model")
@extraction_options
@json_option
@reports_input_errors
def command(model: str, max_states: int, seconds: float | None, as_json: bool) -> None:
    """Extract the minimal automaton of a MODEL's language, for all lengths.

    Covered are models whose attention looks back only, with positions i mod m or none: unique hard
    attention, and softmax or average-hard attention with sums rounded after each addition from
    left to right. Others are refused by name. With --json the automaton is in the DFA format.
    """
    from expressivity.extraction import Budget, extract
    from expressivity.models.files import load_model
    from languages.formats import dfa_to_mapping

    loaded = load_model(model)
    with progress_line() as show:
        found = extract(loaded, Budget(max_states=max_states, seconds=seconds), show)
    if found.dfa is None:
        click.echo(found.reason, err=True)
        if as_json and found.partial is not None:
            echo_json(dfa_to_mapping(found.partial) | {"covers": f"length <= {found.covered}"})
        raise click.exceptions.Exit(1)
    if as_json:
        echo_json(dfa_to_mapping(found.dfa) | {"covers": "all lengths",
                                               "notes": list(found.notes)})
        return
    from expressivity.cli.model_display import show_automaton

    click.echo(f"minimal automaton, {found.dfa.states} states, all lengths")
    show_automaton(found.dfa)
    for note in found.notes:
        click.echo(f"note: {note}")
