"""`expressivity build`: weights that recognise a language."""

from __future__ import annotations

import json
from pathlib import Path

import click

from expressivity.cli.options import (
    BadInput,
    Settings,
    echo_json,
    json_option,
    language_options,
    progress_line,
    reports_input_errors,
)
from expressivity.defaults import LENGTH


@click.command("build")
@click.argument("language")
@click.argument("variant")
@click.option("--length", type=click.IntRange(1), metavar="N",
              help="Longest word covered, where weights depend on the length.  "
              f"[default: {LENGTH}, for rasp: all lengths]")
@click.option("-o", "--output", required=True, metavar="DIR", help="Where to write model.json.")
@language_options
@json_option
@reports_input_errors
def command(language: str, variant: str, output: str, length: int | None, settings: Settings,
            as_json: bool) -> None:
    """Build a model of a VARIANT that recognises a LANGUAGE, and verify it.

    LANGUAGE may also be a program: brasp:FILE, crasp:FILE, or rasp:NAME, which maps sequences to
    sequences (`expressivity list programs`). Where the VARIANT has a chain of thought (cot=n) the
    model is a decoder; then LANGUAGE may be a circuit of fan-in two, aiger:FILE, or a Turing
    machine, tm:FILE.

    The model is exact, lies in the variant's profile, and is compared with the language at all
    lengths where it can be extracted; then a certificate is written beside it. Where no
    construction applies, the reasons and the answer of `ask` are given, with exit status 1.
    """
    from expressivity.build import NoConstruction, build
    from expressivity.certify import NotCertified, certify
    from expressivity.cli import thought
    from expressivity.models.files import save_model
    from expressivity.programs.source import ProgramLanguage
    from expressivity.queries.ask import ask
    from expressivity.queries.export import write_head_lemmas, write_witness
    from expressivity.thought.build import thinks
    from expressivity.thought.target import CIRCUIT, MACHINE, parse_target
    from expressivity.variants import parse_variant

    wanted = parse_variant(variant)
    if language.startswith("rasp:"):
        _sequence(language.removeprefix("rasp:"), variant, output, length, settings, as_json)
        return
    question = {"language": language, "variant": variant}
    if language.startswith((CIRCUIT, MACHINE)):
        try:
            thought.build(parse_target(language), wanted, question, output, as_json)
        except NoConstruction as error:
            click.echo(str(error), err=True)
            raise click.exceptions.Exit(1) from None
        return
    named = settings.source(language)
    if thinks(wanted):
        try:
            thought.build(named, wanted, question, output, as_json)
            return
        except NoConstruction as error:
            click.echo(str(error), err=True)
    try:
        with progress_line() as show:
            built = build(named, wanted, length or LENGTH, show)
    except NoConstruction as error:
        click.echo(str(error), err=True)
        if isinstance(named, ProgramLanguage):
            raise click.exceptions.Exit(1) from None
        verdict = ask(named, wanted, settings.budget)
        if as_json:
            echo_json(verdict.to_json())
        else:
            from expressivity.cli.display import show_verdict

            show_verdict(verdict)
        raise click.exceptions.Exit(1) from None
    path = save_model(built.model, output)
    summary = question | built.summary()
    try:
        summary["certificate"] = write_witness(
            certify(built.model, named, built.verification).certificate, output)
    except NotCertified as error:
        summary |= {"certificate": None, "not_certified": str(error)}
    except OSError as error:
        raise BadInput(f"cannot write to {output}: {error.strerror}") from None
    try:
        lemmas = write_head_lemmas(built.lemmas, output)
        (Path(output) / "build.json").write_text(
            json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write to {output}: {error.strerror}") from None
    if as_json:
        echo_json(summary)
        return
    click.echo(f"{built.construction}: {built.citation}")
    _echo_sizes(summary["resources"])
    if built.witness.longest is not None:
        click.echo(f"made for words up to length {built.witness.longest}")
    click.echo(f"verified: {built.verification.scope} ({built.verification.how})")
    for note in built.verification.notes:
        click.echo(f"note: {note}")
    click.echo(f"wrote {path}")
    if summary["certificate"] is not None:
        click.echo(f"wrote {summary['certificate']}, checked")
    else:
        click.echo(f"note: not certified: {summary['not_certified']}")
    for lemma in lemmas:
        click.echo(f"wrote {lemma}, checked")


def _sequence(name: str, variant: str, output: str, length: int | None, settings: Settings,
              as_json: bool) -> None:
    """Build a model that computes a RASP program."""
    from expressivity.build import NoConstruction
    from expressivity.build_sequence import build_sequence
    from expressivity.models.files import save_model
    from expressivity.programs.rasp.named import parse_named
    from expressivity.variants import parse_variant

    program = parse_named(name, settings.letters)
    try:
        with progress_line() as show:
            built = build_sequence(program, parse_variant(variant), length, show)
    except NoConstruction as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    path = save_model(built.model, output)
    summary = {"program": program.name, "variant": variant} | built.summary()
    if as_json:
        echo_json(summary)
        return
    click.echo(f"RASP: {summary['citation']}")
    _echo_sizes(summary["resources"])
    click.echo(f"made for {summary['made_for']}")
    click.echo(f"verified: all words up to length {built.tried} and {built.long_words} longer ones"
               + (f", but for {built.undefined} on which the program has no value"
                  if built.undefined else ""))
    if built.note:
        click.echo(f"note: {built.note}")
    click.echo(f"wrote {path}")


def _echo_sizes(counts: dict[str, int]) -> None:
    click.echo(", ".join(f"{name.replace('_', ' ')} {counts[name]}" for name in counts
                         if counts[name]))
