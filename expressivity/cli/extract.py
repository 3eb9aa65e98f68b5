"""`expressivity extract`: the automaton that a model computes, at all lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from expressivity.cli.options import (
    echo_json,
    extraction_options,
    json_option,
    progress_line,
    reports_input_errors,
)

if TYPE_CHECKING:
    from languages.dfa import DFA


@click.command("extract")
@click.argument("model")
@click.option("--up-to", "length", type=click.IntRange(0), metavar="N",
              help="Words up to length N only, of any model.")
@extraction_options
@json_option
@reports_input_errors
def command(model: str, length: int | None, max_states: int, seconds: float | None,
            as_json: bool) -> None:
    """Extract the minimal automaton of a MODEL's language, for all lengths.

    Covered are models that look back only (or forward only), with positions i mod m or none:
    unique hard attention, windows, recurrences, and softmax or average-hard attention with sums
    rounded after each addition from left to right. Others are refused by name; --up-to N tries
    all words up to a length instead. With --json the automaton is in the DFA format.
    """
    from expressivity.extraction import Budget, extract, up_to
    from expressivity.models.files import load_model
    from languages.formats import dfa_to_mapping

    loaded = load_model(model)
    with progress_line() as show:
        if length is None:
            found = extract(loaded, Budget(max_states=max_states, seconds=seconds), show)
        else:
            found = up_to(loaded, length)
    if length is not None and found.partial is not None:
        _show_partial(found.partial, length, as_json)
        return
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


def _show_partial(dfa: DFA, length: int, as_json: bool) -> None:
    """An automaton that is right for words up to a length."""
    from expressivity.cli.model_display import show_automaton
    from languages.formats import dfa_to_mapping

    if as_json:
        echo_json(dfa_to_mapping(dfa) | {"covers": f"length <= {length}"})
        return
    click.echo(f"automaton, {dfa.states} states, right for words up to length {length} only")
    show_automaton(dfa)
