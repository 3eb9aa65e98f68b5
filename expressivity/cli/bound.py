"""`expressivity bound`: from which size of the task on a model cannot solve it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from expressivity.cli.options import BadInput, F, echo_json, json_option, reports_input_errors

if TYPE_CHECKING:
    from expressivity.configs import Configuration
    from expressivity.size_bounds.answer import Conclusion
    from expressivity.size_bounds.bound import Size

MAX_SIZE = 10**12
MAX_ROWS = 50
LENGTHS = "16,64,256,1024,4096,16384"
_WORDS = {"heads": "H", "dim": "d", "precision": "p", "vocabulary": "V", "state": "b", "cot": "T"}


def _number(name: str, least: int, text: str) -> Callable[[F], F]:
    return click.option(name, type=click.IntRange(least, MAX_SIZE), metavar="N", help=text)


@click.command("bound")
@click.argument("task")
@_number("--heads", 1, "H: attention heads.")
@_number("--dim", 1, "d: numbers in a query, key or value of one head.")
@_number("--precision", 1, "p: bits of each number that a head computes, running sums included.")
@_number("--layers", 1, "Layers.  [default: 1]")
@_number("--vocabulary", 2, "V: tokens.")
@_number("--state", 1, "b: bits that pass from one position to the next (recurrent models).")
@_number("--cot", 0, "T: decoded tokens, the answer included; 0 answers at once.  [default: 0]")
@click.option("--config", metavar="FILE", help="Take what is not given from a config.json.")
@click.option("--lengths", metavar="N,N,...", default=LENGTHS, show_default=True,
              help="The n of the table of what is needed.")
@json_option
@reports_input_errors
def command(task: str, heads: int | None, dim: int | None, precision: int | None,
            layers: int | None, vocabulary: int | None, state: int | None, cot: int | None,
            config: str | None, lengths: str, as_json: bool) -> None:
    """Show from which n on models of a size cannot solve a TASK, with all constants.

    TASK: composition, copying, equality, induction, iterated-composition, match3,
    sequential-composition, sparse-averaging. Each bound shows its exact hypotheses, its formula,
    and whether its constants were derived here. Nothing follows beyond the hypotheses; a bound
    that excludes nothing does not say that a model can.
    """
    from expressivity.configs import read_config
    from expressivity.size_bounds import bounds
    from expressivity.size_bounds.answer import conclude
    from languages.errors import InputError

    if task not in bounds():
        raise InputError(f"unknown task {task!r}, expected one of " + ", ".join(bounds()))
    table = _lengths(lengths)
    given = {"heads": heads, "dim": dim, "precision": precision, "layers": layers,
             "vocabulary": vocabulary, "state": state, "cot": cot}
    found = None if config is None else read_config(config)
    size = _size({k: v for k, v in given.items() if v is not None}, found)
    absent = {} if found is None else _absent(found)
    notes = () if found is None else (found.sizes.describe(), *found.notes)
    results = [conclude(bound, size, table, absent) for bound in bounds()[task]]
    if as_json:
        echo_json({"task": task, "config": config, "bounds": [r.to_json() for r in results],
                   "notes": list(notes)})
        return
    for k, result in enumerate(results):
        if k:
            click.echo()
        _show(result)
    if notes:
        click.echo()
    for note in notes:
        _line(f"note: {note}", "")


def _lengths(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if len(parts) > MAX_ROWS:
        raise BadInput(f"--lengths: {len(parts)} lengths, at most {MAX_ROWS}")
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) <= 12 and int(part) > 0):
            raise BadInput(f"--lengths: got {part[:40]!r}, expected positive integers of at most "
                           "12 digits, separated by commas")
    return tuple(int(part) for part in parts)


def _size(given: dict[str, int], config: Configuration | None) -> Size:
    from expressivity.size_bounds.bound import Size

    if config is None:
        return Size(**given)
    s = config.sizes
    bits = given.get("precision", s.precision)
    read = {"layers": s.layers, "heads": s.heads, "dim": s.dim, "precision": bits,
            "vocabulary": s.vocabulary,
            "state": None if s.state is None or bits is None else s.state * bits}
    return Size(**{k: v for k, v in (read | given).items() if v is not None})


def _absent(config: Configuration) -> dict[str, str]:
    """Why a size is missing, where giving it would make no sense."""
    s = config.sizes
    absent: dict[str, str] = {}
    if s.heads is None:
        absent |= dict.fromkeys(("heads", "dim"), "the model has no attention")
    if s.state is None:
        absent["state"] = ("the model keeps keys and values of all positions: its state grows "
                           "with n")
    return absent


def _line(text: str, indent: str = "  ") -> None:
    click.echo(textwrap.fill(text, 100, initial_indent=indent, break_long_words=False,
                             subsequent_indent=indent + "  ", break_on_hyphens=False))


def _show(r: Conclusion) -> None:
    b = r.bound
    click.secho(f"{b.task}, {b.kind}", bold=True)
    _line(_headline(r))
    _line(f"task: {b.problem}")
    _line(f"needed: {b.formula}")
    given = ", ".join(f"{_WORDS[name]} = {value}" for name in _WORDS
                      if (value := getattr(r.size, name)) is not None
                      and name in (*b.needs, *b.varies))
    if given and r.spent is not None:
        _line(f"here: {given}; {_amount(r, r.spent)}")
    for text in b.hypotheses:
        _line(f"if: {text}")
    _line(f"source: {b.cite.full() if b.cite else 'none'} {b.verified}."
          + (f" {b.note}" if b.note else ""))
    if r.rows:
        _table(r)


def _amount(r: Conclusion, number: int) -> str:
    unit = "token" if r.bound.kind == "decoded tokens" else "bit"
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _headline(r: Conclusion) -> str:
    if r.cannot_from is not None:
        upto = "" if r.largest is None else f" (up to {r.largest}, the largest that V allows)"
        return f"cannot for n >= {r.cannot_from}{upto}"
    text = f"no conclusion: {r.why}"
    if r.part is not None:
        bits, first = r.part
        text += f"; one such layer alone ({_amount(r, bits)}) " + (
            "is not excluded" if first is None else f"cannot for n >= {first}")
    return text


def _table(r: Conclusion) -> None:
    names = [name for name in r.bound.varies if any(name in row.least for row in r.rows)]
    unit = "tokens" if r.bound.kind == "decoded tokens" else "bits"
    columns = ["n", unit] + [f"least {_WORDS[name]}" for name in names]
    rows = [[str(row.n), str(row.bits)] + [str(row.least.get(name, "")) for name in names]
            for row in r.rows]
    widths = [max(len(line[k]) for line in [columns, *rows]) for k in range(len(columns))]
    for line in [columns, *rows]:
        click.echo("  " + "  ".join(cell.rjust(w) for cell, w in zip(line, widths, strict=True)))
