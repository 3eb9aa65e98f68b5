"""`expressivity variant`: the best bounds on a kind of models."""

from __future__ import annotations

import click

from expressivity.cli.options import echo_json, json_option, reports_input_errors


@click.command("variant")
@click.argument("variant")
@json_option
@reports_input_errors
def command(variant: str, as_json: bool) -> None:
    """Show the best upper and lower bounds on a VARIANT, with derivations."""
    from expressivity.bounds import bounds
    from expressivity.variants import PRESETS, parse_variant

    wanted = parse_variant(variant)
    found = bounds(wanted.profile)
    if as_json:
        echo_json(found.to_json(wanted))
        return
    from expressivity.cli.display import show_bounds

    name = variant.split(",", 1)[0]
    show_bounds(wanted, PRESETS[name].meaning if variant in PRESETS else "", found)
