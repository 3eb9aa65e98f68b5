"""`expressivity language`: where languages fall, and languages as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from expressivity.cli.combining import Change, OrderedCommand, changed, combining_options
from expressivity.cli.options import (
    BadInput,
    Settings,
    echo_json,
    json_option,
    language_options,
    progress_line,
    read_lines,
    reports_input_errors,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from expressivity.queries.place import Placement
    from languages.explanation.explain import Explanation
    from languages.language import Language
    from languages.limits import Limits


@click.command("language", cls=OrderedCommand)
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
@click.option("--from", "source", metavar="FILE", help="One LANGUAGE, or an automaton as a JSON "
              "object, a line (- for standard input).")
@click.option("--certificate", metavar="DIR", help="Write a certificate for each class that is "
              "decided.")
@click.option("--explain", is_flag=True, help="Say why: forbidden patterns with words in and out "
              "of the language, groups, and letters that change an answer.")
@combining_options
@click.option("-o", "--output", metavar="FILE", help="Write the language to a file (- for standard "
              "output): .regex .json .att .dot .svg, or as --format says.")
@click.option("--format", "file_format", type=click.Choice(["regex", "json", "att", "dot", "svg"]),
              help="A regular expression, an automaton as JSON or AT&T text, or a picture. Without "
              "-o only this is printed, no classes.")
@language_options
@json_option
@reports_input_errors
def command(languages: tuple[str, ...], source: str | None, certificate: str | None,
            explain: bool, changes: list[Change], output: str | None, file_format: str | None,
            settings: Settings, as_json: bool) -> None:
    """Show where languages fall, by algebra on their automata.

    Each class is yes, no, or undetermined when a budget ran out. LANGUAGE: a catalogue name
    (parity, word-problem:S5, word-problem:(1 2 3),(1 2)), regex:(ab)*, ltl:FORMULA, fo:SENTENCE,
    dfa:FILE, or and(..; ..), or(..; ..), not(..), reverse(..) of these.
    """
    if not languages and source is None:
        raise click.UsageError("expected LANGUAGE..., or --from FILE")
    if languages and source is not None:
        raise click.UsageError("give LANGUAGE..., or --from FILE, not both")
    written = output is not None or file_format is not None
    if written and len(languages) != 1:
        raise click.UsageError("--output and --format take one LANGUAGE")
    from expressivity.queries.place import place
    from languages.errors import InputError

    lines = read_lines(source) if source is not None else enumerate(languages, start=1)
    failed = False
    with progress_line() as show:
        for number, line in lines:
            try:
                language = changed(_language(line, settings, source is not None), changes,
                                   settings)
                if written:
                    name = write_language(language, output or "-", file_format, settings.limits)
                    if not name:
                        continue
                    if not as_json:
                        click.echo(f"wrote {name}")
                show(f"{number}: {language.name}", 0)
                found = place(language, settings.budget, progress=show)
            except InputError as error:
                failed = True
                where = f"line {number}: " if source is not None else ""
                click.echo(f"{where}{error}", err=True)
                if as_json:
                    echo_json({"line": number, "error": str(error)})
                continue
            _emit(found, as_json, _explained(language, settings, show) if explain else None,
                  explain)
            if certificate is not None:
                _certify(language, settings, certificate, f"{number}-", as_json)
    if failed:
        raise click.exceptions.Exit(2)


def write_language(language: Language, output: str, file_format: str | None,
                   limits: Limits) -> str:
    """Write the language to a file; its name, empty for standard output. Raises BadInput."""
    from expressivity.automaton_files import format_of, language_text

    if file_format is None:
        if output == "-":
            raise click.UsageError("-o - is standard output, expected --format with it")
        file_format = format_of(output)
    text = language_text(language, file_format, limits)
    if output == "-":
        click.echo(text, nl=False)
        return ""
    try:
        with open(output, "w", encoding="utf-8") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot write {output!r}: {reason}") from None
    return output


def _language(line: str, settings: Settings, from_file: bool) -> Language:
    if not (from_file and line.lstrip().startswith("{")):
        return settings.language(line)
    from languages.formats import dfa_from_text
    from languages.language import Language

    dfa = dfa_from_text(line, None, settings.limits)
    name = json.loads(line).get("id")
    return Language.regular(name if isinstance(name, str) else "dfa", dfa, "a given automaton")


def _certify(language: Language, settings: Settings, directory: str, prefix: str,
             quiet: bool) -> None:
    from expressivity.queries.export import write_class_certificates

    try:
        written = write_class_certificates(language, settings.budget, directory, prefix)
    except OSError as error:
        raise BadInput(f"cannot write to {directory}: {error.strerror}") from None
    if not quiet:
        click.echo(f"wrote {len(written)} certificates to {directory}")


def _explained(language: Language, settings: Settings,
               show: Callable[[str, int], None]) -> Explanation | None:
    """Why; None for a language without an automaton."""
    if language.dfa is None:
        return None
    from languages.explanation.explain import explain

    return explain(language.dfa, settings.budget, show)


def _emit(found: Placement, as_json: bool, why: Explanation | None, explain: bool) -> None:
    if as_json:
        result = found.to_json()
        if explain:
            from languages.explanation.plain import to_plain

            result["explanation"] = None if why is None else to_plain(why)
        echo_json(result)
        return
    from expressivity.cli.display import show_placement

    show_placement(found)
    if why is not None:
        from languages.explanation.text import lines, wrapped

        click.echo("\n".join(wrapped(lines(why))) + "\n")
    elif explain:
        click.echo("nothing to explain: the language has no automaton, and what is shown is what "
                   "the theorem base says\n")
