"""`expressivity check`: re-check derivations and certificates."""

from __future__ import annotations

import click

from expressivity.cli.options import json_option


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--assume-axiom", "assumed", multiple=True, metavar="ID",
              help="Accept this axiom although the shipped base does not know it.")
@json_option
def command(files: tuple[str, ...], assumed: tuple[str, ...], as_json: bool) -> None:
    """Re-check certificates and derivations.

    Accepted (0), rejected with a code (1), malformed with a position (2). The same check runs
    with Python alone: `python -S -m proofs check FILE...` from a checkout.
    """
    from proofs.__main__ import main

    arguments = ["check", *(["--json"] if as_json else []),
                 *(part for name in assumed for part in ("--assume-axiom", name)), "--", *files]
    raise click.exceptions.Exit(main(arguments))
