"""`expressivity audit`: claims from the literature against the theorem base."""

from __future__ import annotations

import click

from expressivity.cli.options import (
    Settings,
    echo_json,
    json_option,
    language_options,
    progress_line,
    reports_input_errors,
    write_derivation,
)


@click.command("audit")
@click.argument("file")
@click.option("--only", multiple=True, metavar="ID", help="Judge this claim; may be repeated.")
@click.option("--certificate", metavar="DIR", help="Write the derivations behind each verdict into "
              "DIR/ID, to be checked again.")
@language_options
@json_option
@reports_input_errors
def command(file: str, only: tuple[str, ...], certificate: str | None, settings: Settings,
            as_json: bool) -> None:
    """Judge the claims of a TOML FILE: entailed, refuted, needs-hypotheses, outdated, open,
    undetermined or not-expressivity, each with what it rests on.

    --json prints a line for each claim. The format is in examples/claims.toml.
    """
    from pathlib import Path

    from expressivity.audit.claims import parse_claims
    from expressivity.audit.judge import audit
    from languages.errors import InputError
    from languages.formats import read_text

    text = read_text(file, settings.limits, "claims")
    try:
        claims = parse_claims(text)
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    for name in only:
        if all(claim.id != name for claim in claims):
            raise InputError(f"--only {name[:80]!r}: no claim of {file} has this id")
    chosen = [claim for claim in claims if not only or claim.id in only]
    counts: dict[str, int] = {}
    with progress_line() as show:
        for judgement in audit(chosen, settings.budget, show):
            counts[judgement.verdict] = counts.get(judgement.verdict, 0) + 1
            if certificate is not None and judgement.theorems:
                names = {o.about.profile: o.about.name for o in judgement.opinions
                         if o.about is not None}
                write_derivation(judgement.theorems, names,
                                 str(Path(certificate) / judgement.claim.id))
            if as_json:
                echo_json(judgement.to_json())
            else:
                from expressivity.cli.display_kinds import show_judgement

                show_judgement(judgement)
    if not as_json:
        click.echo(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
