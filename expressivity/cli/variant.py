"""`expressivity variant`: the best bounds on a kind of models."""

from __future__ import annotations

import click

from expressivity.cli.options import (
    assume_option,
    assumptions_of,
    echo_json,
    json_option,
    progress_line,
    reports_input_errors,
)


@click.command("variant")
@click.argument("variant")
@click.option("--vary", "axes", multiple=True, metavar="AXIS", help="Show how the bounds move "
              "along an axis, such as precision, depth, cot, padding; may be repeated.")
@assume_option
@json_option
@reports_input_errors
def command(variant: str, axes: tuple[str, ...], assume: tuple[str, ...], as_json: bool) -> None:
    """Show the best upper and lower bounds on a VARIANT, with derivations.

    With --vary, how L(VARIANT) lies to NC0, AC0, TC0, NC1, L, NL, P and P/poly for each value of an
    axis.
    """
    from expressivity.queries.bounds import bounds
    from expressivity.variants import PRESETS, parse_variant

    given = assumptions_of(assume)
    if axes:
        _vary(variant, axes, given, as_json)
        return
    wanted = parse_variant(variant)
    found = bounds(wanted.profile, given)
    if as_json:
        from expressivity.queries.assumptions import claims

        echo_json(found.to_json(wanted) | ({"assumed": claims(given)} if given else {}))
        return
    from expressivity.cli.display import show_bounds

    name = variant.split(",", 1)[0]
    show_bounds(wanted, PRESETS[name].meaning if variant in PRESETS else "", found, given)


def _vary(variant: str, axes: tuple[str, ...], given: frozenset[str], as_json: bool) -> None:
    from expressivity.queries.assumptions import claims
    from expressivity.queries.vary import vary

    rows = []
    with progress_line() as show:
        for row in vary(variant, axes, given):
            rows.append(row)
            show(row.variant, len(rows))
    if as_json:
        echo_json({"variant": variant, "axes": list(axes), "assumed": claims(given),
                   "rows": [row.to_json(axes) for row in rows]})
        return
    from expressivity.cli.display_kinds import show_rows

    show_rows(variant, axes, rows, given)
