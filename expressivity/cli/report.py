"""`expressivity report`: an answer as a page of its own, in HTML or Markdown."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from expressivity.cli.options import (
    BadInput,
    Settings,
    echo_json,
    extraction_options,
    json_option,
    language_options,
    progress_line,
    reports_input_errors,
    write_derivation,
)

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from expressivity.report.data import Report, Sample
    from languages.words import Word

F = TypeVar("F", bound=Callable[..., Any])
MAX_TABLE = 40
"""Positions up to which attention is shown as tables."""


@click.group("report")
def command() -> None:
    """Write an answer as one page that needs nothing else: HTML or Markdown (extra `report`).

    A page holds the verdict with its scope, the derivation, all that it rests on, the classes that
    matter as a diagram, certificates, and the commands that check it again.
    """


def page_options(function: F) -> F:
    """`-o`, `--format`, `--date`, `--json`; the command returns the report."""

    @functools.wraps(function)
    def wrapped(*args: Any, output: str | None, page: str | None, date: str, as_json: bool,
                **kwargs: Any) -> None:
        if as_json and page is not None:
            raise click.UsageError("give --format or --json, not both")
        _emit(function(*args, **kwargs), output, page, date, as_json)

    for option in (
        json_option,
        click.option("--date", default="", metavar="TEXT", help="A date to print on the page."),
        click.option("--format", "page", type=click.Choice(["html", "markdown"]),
                     help="[default: markdown if FILE ends in .md, else html]"),
        click.option("-o", "--output", metavar="FILE", help="Where to write the page."),
    ):
        wrapped = option(wrapped)
    return cast(F, wrapped)  # click calls it by the names of the options


@reports_input_errors
def _emit(report: Report, output: str | None, page: str | None, date: str,
          as_json: bool) -> None:
    from importlib.metadata import PackageNotFoundError, version

    from expressivity.report.makers import dated

    try:
        number = version("expressivity")
    except PackageNotFoundError:  # run from a checkout that was never installed
        number = ""
    report = dated(report, date, number)
    if as_json and output is None:
        echo_json(report.to_json())
        return
    if as_json:
        import json

        text = json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
    else:
        from expressivity.report.render import render

        markdown = page == "markdown" or (page is None and output is not None
                                          and output.lower().endswith((".md", ".markdown")))
        text = render(report, "markdown" if markdown else "html")
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"cannot write {output}: {reason}") from None
    click.echo(f"wrote {output}")


@command.command("language")
@click.argument("language")
@page_options
@language_options
@reports_input_errors
def language_page(language: str, settings: Settings) -> Report:
    """Where a LANGUAGE falls: class table with certificates, automaton, diagram."""
    from expressivity.report.makers import about_language

    return about_language(settings.language(language), settings.budget, _options(settings))


@command.command("variant")
@click.argument("variant")
@click.option("--certificate", metavar="DIR", help="Write the derivations, to be checked again.")
@page_options
@reports_input_errors
def variant_page(variant: str, certificate: str | None) -> Report:
    """The best bounds on a VARIANT, with derivations and a diagram."""
    from expressivity.report.makers import about_variant
    from expressivity.variants import parse_variant

    wanted = parse_variant(variant)
    report, theorems = about_variant(wanted)
    if certificate is not None:
        write_derivation(theorems, {wanted.profile: wanted.name}, certificate)
    return report


@command.command("ask")
@click.argument("language")
@click.argument("variant")
@click.option("--witness", is_flag=True, help="Build a model and certify it, as `ask --witness`.")
@page_options
@language_options
@reports_input_errors
def ask_page(language: str, variant: str, witness: bool, settings: Settings) -> Report:
    """The verdict on whether a VARIANT can recognise a LANGUAGE, with its derivation."""
    from expressivity.queries.ask import ask
    from expressivity.report.makers import about_question
    from expressivity.variants import parse_variant

    wanted = parse_variant(variant)
    named = settings.language(language)
    options = _options(settings)
    if not witness:
        return about_question(ask(named, wanted, settings.budget), settings.budget, options)
    from expressivity.queries.ask_witness import ask_witness

    with progress_line() as show:
        verdict = ask_witness(named, wanted, settings.budget, progress=show)
    return about_question(verdict, settings.budget, ["--witness", *options], sample)


@command.command("model")
@click.argument("model")
@click.option("--word", metavar="WORD", help="The word of the sample run.  [default: a short word "
              "that the model accepts]")
@click.option("--sep", metavar="TEXT", help="What separates the letters of WORD.")
@page_options
@extraction_options
@reports_input_errors
def model_page(model: str, word: str | None, sep: str | None, max_states: int,
               seconds: float | None) -> Report:
    """What a MODEL is and computes: contract, sizes, profile, attention, automaton, classes.

    MODEL is a file or a directory, as for `run`; of a decoder the tokens of a run are shown.
    --max-states and --seconds bound the extraction.
    """
    from expressivity.extraction import Budget
    from expressivity.report.decoders import about_decoder
    from expressivity.report.models import about_model
    from expressivity.thought.files import load_either
    from expressivity.thought.thinker import Thinker

    loaded = load_either(model)
    if isinstance(loaded, Thinker):
        return about_decoder(loaded, model, word=word, separator=sep)
    with progress_line() as show:
        return about_model(loaded, model, sample, word=word, separator=sep, progress=show,
                           budget=Budget(max_states=max_states, seconds=seconds))


def sample(model: Model, word: Word) -> Sample:
    """One run of a model, with the attention of every head as tables and as a picture."""
    from expressivity.cli.attention_svg import attention_svg
    from expressivity.cli.model_display import head_shares, position_names
    from expressivity.models.extras import extra
    from expressivity.models.shares import short_share, short_value
    from expressivity.report.data import HeadTable, Sample
    from languages.errors import InputError
    from languages.words import show_word
    from proofs.models.layers import Attention
    from proofs.models.numbers import NotANumber
    from proofs.models.positions import OutOfRange
    from proofs.models.reference import NoReadout

    text = show_word(word)
    try:
        trace = model.run(model.indices(word))
    except (NoReadout, NotANumber, OutOfRange) as error:
        return Sample(text, f"no answer: {error}")
    answer = (f"{'accepted' if trace.accepted else 'rejected'}, output {short_value(trace.value)} "
              f"at position {trace.readout}")
    if not any(isinstance(layer, Attention) for layer in model.layers):
        return Sample(text, answer, note="The model has no attention heads.")
    picture, note = "", ""
    try:
        extra("matplotlib", "plot", "the picture of attention")
        picture = attention_svg(model, trace).decode()
    except InputError as error:  # too many positions, or no matplotlib
        note = f"No picture: {error}."
    places = tuple(position_names(model, trace))
    if len(places) > MAX_TABLE:
        note = (f"{note} " if note else "") + (
            f"No tables: {len(places)} positions, shown up to {MAX_TABLE}.")
        return Sample(text, answer, picture=picture, note=note)
    heads = tuple(
        HeadTable(f"sublayer {k}, head {number}: {head.selection}, mask {head.mask}", tuple(
            tuple("" if x is None else short_share(x) for x in row)
            for row in head_shares(model, head, did)))
        for k, (layer, traces) in enumerate(zip(trace.layers, trace.heads, strict=True), start=1)
        if isinstance(layer, Attention)
        for number, (head, did) in enumerate(zip(layer.heads, traces, strict=True), start=1))
    return Sample(text, answer, places, heads, picture, note)


def _options(settings: Settings) -> list[str]:
    """The options of a command that differ from its defaults, for commands that a page shows."""
    context = click.get_current_context()
    found = []
    for parameter in context.command.params:
        name = parameter.name or ""
        value = getattr(settings, name, None)
        if isinstance(parameter, click.Option) and value is not None \
                and value != parameter.get_default(context):
            found += [parameter.opts[0], str(value)]
    return found
