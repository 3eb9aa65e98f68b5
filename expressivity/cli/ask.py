"""`expressivity ask`: can this kind of model recognise this language?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from expressivity.cli.options import (
    BadInput,
    Settings,
    assume_option,
    assumptions_of,
    echo_json,
    json_option,
    language_options,
    progress_line,
    read_lines,
    reports_input_errors,
)

if TYPE_CHECKING:
    from expressivity.queries.ask import Verdict
    from expressivity.queries.repair import Repair


@click.command("ask")
@click.argument("language", required=False)
@click.argument("variant", required=False)
@click.option("--from", "source", metavar="FILE", help="Many questions: LANGUAGE, tab, VARIANT a "
              "line (- for standard input); answers as JSON Lines.")
@click.option("--certificate", metavar="DIR", help="Write the derivation and its certificates.")
@click.option("--witness", is_flag=True, help="Build a model and certify it: a yes then rests on "
              "its weights and their certificate, not on a theorem.")
@click.option("--repair", is_flag=True, help="Show the changes on one axis that would give a yes.")
@assume_option
@click.option("--expect", type=click.Choice(["yes", "no"]), help="Exit 1 if the answer differs.")
@language_options
@json_option
@reports_input_errors
def command(language: str | None, variant: str | None, source: str | None,
            certificate: str | None, witness: bool, repair: bool, assume: tuple[str, ...],
            expect: str | None, settings: Settings, as_json: bool) -> None:
    """Ask whether a VARIANT can recognise a LANGUAGE, with the derivation.

    LANGUAGE: a catalogue name (parity, word-problem:S5), regex:(ab)*, dfa:FILE.
    VARIANT: a name and axis=value pairs (uhat, log-precision,cot=n), or config:FILE.
    With --witness and --certificate DIR, model.json and the certificate are written, too.
    """
    given = assumptions_of(assume)

    def answer(language: str, variant: str) -> Verdict:
        from expressivity.queries.ask import ask
        from expressivity.variants import parse_variant

        wanted = parse_variant(variant)
        named = settings.language(language)
        if not witness:
            return ask(named, wanted, settings.budget, given=given)
        from expressivity.queries.ask_witness import ask_witness

        with progress_line() as show:
            return ask_witness(named, wanted, settings.budget, progress=show, given=given)

    if source is not None:
        if language is not None:
            raise click.UsageError("give LANGUAGE and VARIANT, or --from FILE, not both")
        if repair:
            raise click.UsageError("--repair goes with one LANGUAGE and VARIANT")
        _ask_many(source, answer, expect)
        return
    if language is None or variant is None:
        raise click.UsageError("expected LANGUAGE and VARIANT, or --from FILE")
    verdict = answer(language, variant)
    # Written first: a reader of the output may close the pipe early.
    written = [] if certificate is None else _write(verdict, certificate)
    changes = _repairs(verdict, settings) if repair else None
    if as_json:
        echo_json(verdict.to_json() | ({} if changes is None else {
            "repairs": [change.to_json() for change in changes]}))
    else:
        from expressivity.cli.display import show_verdict

        show_verdict(verdict)
        if changes is not None and verdict.answer != "yes":
            from expressivity.cli.display_kinds import show_repairs

            show_repairs(changes)
        for path in written:
            click.echo(f"wrote {path}")
    if expect is not None and verdict.answer != expect:
        click.echo(f"expected {expect}, got {verdict.answer}", err=True)
        raise click.exceptions.Exit(1)


def _repairs(verdict: Verdict, settings: Settings) -> list[Repair]:
    from expressivity.queries.repair import repairs

    with progress_line() as show:
        return repairs(verdict, settings.budget, show)


def _write(verdict: Verdict, directory: str) -> list[str]:
    from expressivity.cli.display import verdict_text
    from expressivity.queries.export import write_certificate

    try:
        return write_certificate(verdict, verdict_text(verdict), directory)
    except OSError as error:
        raise BadInput(f"cannot write to {directory}: {error.strerror}") from None


def _ask_many(source: str, answer: Callable[[str, str], Verdict], expect: str | None) -> None:
    from languages.errors import InputError

    failed = unexpected = False
    for number, line in read_lines(source):
        language, tab, variant = line.partition("\t")
        try:
            if not tab:
                raise InputError(f"no tab in {line[:80]!r}: expected LANGUAGE, tab, VARIANT")
            verdict = answer(language.strip(), variant.strip())
        except InputError as error:
            click.echo(f"line {number}: {error}", err=True)
            echo_json({"line": number, "error": str(error)})
            failed = True
            continue
        echo_json(verdict.to_json())
        unexpected |= expect is not None and verdict.answer != expect
    if failed or unexpected:
        raise click.exceptions.Exit(2 if failed else 1)
