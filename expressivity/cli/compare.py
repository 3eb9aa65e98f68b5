"""`expressivity compare`: is one kind of models inside another, and which language tells?"""

from __future__ import annotations

import click

from expressivity.cli.options import (
    Settings,
    assume_option,
    assumptions_of,
    echo_json,
    json_option,
    language_options,
    progress_line,
    reports_input_errors,
    write_derivation,
)


@click.command("compare")
@click.argument("left", metavar="VARIANT")
@click.argument("right", metavar="VARIANT")
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE", help="Try this "
              "language as one that tells them apart; may be repeated.  [default: the examples "
              "of the catalogue]")
@click.option("--certificate", metavar="DIR", help="Write the derivations, to be checked again.")
@assume_option
@language_options
@json_option
@reports_input_errors
def command(left: str, right: str, languages: tuple[str, ...], certificate: str | None,
            assume: tuple[str, ...], settings: Settings, as_json: bool) -> None:
    """Compare what two kinds of models recognise: L(VARIANT) and L(VARIANT).

    equal, strictly contained, incomparable ... with a bound on either side, or a language that one
    recognises and the other does not, and both derivations.
    """
    from expressivity.queries.compare import compare
    from expressivity.variants import parse_variant

    given = assumptions_of(assume)
    one, other = parse_variant(left), parse_variant(right)
    chosen = [settings.language(text) for text in languages] or None
    with progress_line() as show:
        found = compare(one, other, chosen, given, settings.budget, show)
    theorems = (*found.forward.theorems, *found.backward.theorems)
    written = [] if certificate is None or not theorems else [write_derivation(
        theorems, {one.profile: one.name, other.profile: other.name}, certificate)]
    if as_json:
        echo_json(found.to_json())
        return
    from expressivity.cli.display_kinds import show_comparison

    show_comparison(found)
    for path in written:
        click.echo(f"wrote {path}")
