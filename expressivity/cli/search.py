"""`expressivity search`: the smallest model or formula for a language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from expressivity.cli.options import (
    BadInput,
    echo_json,
    json_option,
    progress_line,
    reports_input_errors,
)
from expressivity.defaults import SEARCH_MEGABYTES, SEARCH_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from expressivity.solvers.solve import Limits
    from languages.language import Language


@click.command("search")
@click.argument("language")
@click.option("--kind", required=True, type=click.Choice(["heads", "ltl"]),
              help="Heads of one layer of hard attention, or a past temporal formula.")
@click.option("--length", type=click.IntRange(1), metavar="N", help="heads: the length of words.")
@click.option("--readout", type=click.Choice(["cls", "last"]), help="heads: read at a position of "
              "its own, or at the last letter.  [default: cls]")
@click.option("--operators", metavar="NAMES", help="ltl: operators besides letters, as in "
              "`not,and,P`.  [default: true,not,and,or,Y,P,S]")
@click.option("--alphabet", metavar="LETTERS", help="The alphabet, as in `ab` or `a,b,cc`.")
@click.option("--seconds", type=click.FloatRange(0), default=SEARCH_SECONDS, show_default=True,
              metavar="S", help="Time for all solving.")
@click.option("--megabytes", type=click.IntRange(100), default=SEARCH_MEGABYTES,
              show_default=True, metavar="M", help="Memory of the solver's process.")
@click.option("--certificate", metavar="DIR", help="Write a certificate for `check`.")
@json_option
@reports_input_errors
def command(language: str, kind: str, length: int | None, readout: str | None,
            operators: str | None, alphabet: str | None, seconds: float, megabytes: int,
            certificate: str | None, as_json: bool) -> None:
    """Find the smallest model or formula for a LANGUAGE, and show that there is no smaller one.

    `--kind heads`: the least number of heads in one layer of unique hard attention, of any width,
    that recognises the words of length --length of a language over two letters.
    `--kind ltl`: the least number of distinct subformulas of a past temporal formula (strict
    operators, read at the end position) that defines a regular language, at all lengths.

    A SAT solver searches; what it finds is checked directly, and what it excludes leaves a
    proof, which is checked as well. Where the time does not suffice, the bounds that were reached
    are given, with the limit that was hit.
    """
    from expressivity.solvers.solve import Limits
    from languages.parse import parse_language
    from languages.words import parse_alphabet

    _check_usage(kind, {"heads": {"--length": length, "--readout": readout},
                        "ltl": {"--operators": operators}})
    letters = parse_alphabet(alphabet) if alphabet is not None else None
    wanted = parse_language(language, alphabet=letters)
    limits = Limits(seconds, megabytes)
    with progress_line() as show:
        if kind == "heads":
            if length is None:
                raise click.UsageError("--kind heads needs --length")
            summary, lines, found = _heads(wanted, length, readout or "cls", limits, show)
        else:
            summary, lines, found = _ltl(wanted, operators, limits, show)
    summary = {"language": language, "search": kind} | summary
    if certificate is not None:
        summary["certificate"] = _write(found, certificate)
        lines.append(f"wrote {summary['certificate']}, checked")
    if as_json:
        echo_json(summary)
    else:
        for line in lines:
            click.echo(line)


def _check_usage(kind: str, options: dict[str, dict[str, Any]]) -> None:
    """Options of another kind of search are refused."""
    for other, values in options.items():
        for name, value in values.items():
            if other != kind and value is not None:
                raise click.UsageError(f"{name} is for --kind {other}")


def _heads(language: Language, length: int, readout: Any, limits: Limits,
           show: Callable[[str, int], None]) -> tuple[dict[str, Any], list[str], dict[str, Any]]:
    """What to print as JSON and as text, and the certificate."""
    from expressivity.search.heads import least_heads, truth_table
    from languages.words import show_word

    table = truth_table(language, length)
    found = least_heads(table, readout, limits, show)
    zero, one = language.alphabet
    orders = found.certificate["data"]["orders"]
    summary = {"length": length, "readout": readout, "least": found.least, "most": found.most,
               "reason": found.reason, "how": found.checked.how, "orders": orders}
    number = str(found.least) if found.least == found.most else f"{found.least} to {found.most}"
    lines = [f"least number of heads for words of length {length}, readout {readout}: {number}"]
    if found.reason:
        lines.append(f"not settled: {found.reason}")
    lines.append(f"fewer than {found.least} do not suffice: {found.checked.how}"
                 if found.least else "no head is needed")
    for k, group in enumerate(orders):
        if len(orders) > 1:
            lines.append(f"where the last letter is {show_word((language.alphabet[k],))}:")
        for h, order in enumerate(group):
            items = [f"{show_word(((zero, one)[e % 2],))}@{e // 2 + 1}" for e in order]
            lines.append(f"  head {h + 1} reads the first present of " + " ".join(items))
    return summary, lines, found.certificate


def _ltl(language: Language, operators: str | None, limits: Limits,
         show: Callable[[str, int], None]) -> tuple[dict[str, Any], list[str], dict[str, Any]]:
    """What to print as JSON and as text, and the certificate."""
    from expressivity.search.formulas import OPERATORS, least_formula
    from languages.logics.ltl_text import ltl_text

    names = OPERATORS if operators is None else tuple(operators.split(",") if operators else ())
    found = least_formula(language, names, limits, show)
    text = None if found.formula is None else ltl_text(found.formula)
    words = found.certificate["data"]["words"]
    summary = {"operators": [name for name in OPERATORS if name in names], "least": found.least,
               "most": None if text is None else found.least, "formula": text,
               "reason": found.reason, "how": found.checked.how,
               "words": [[language.alphabet[a] for a in word] for word in words]}
    if text is None:
        lines = [f"every formula has at least {found.least} distinct subformulas",
                 f"not settled: {found.reason}"]
    else:
        lines = [text, f"{found.least} distinct subformulas; equal to {language.name} at all "
                 "lengths"]
    if found.least > 1:
        lines.append(f"no smaller formula: {found.checked.how}")
    return summary, lines, found.certificate


def _write(certificate: dict[str, Any], directory: str) -> str:
    """Write the certificate; its path."""
    path = Path(directory) / f"certificate-{certificate['kind']}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(certificate, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot write to {directory}: {error.strerror}") from None
    return str(path)
