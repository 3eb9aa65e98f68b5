"""`expressivity verify --precision` and `--find-precision`: a model with fewer bits."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from click.core import ParameterSource

from expressivity.cli.options import BadInput, echo_json, progress_line, reports_input_errors
from expressivity.defaults import SECONDS

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from expressivity.precision import Horizon, PrecisionSearch, Row
    from languages.language import Language

F = TypeVar("F", bound=Callable[..., Any])
TABLE_SECONDS = 60.0


def precision_options(command: F) -> F:
    """`--precision`, `--find-precision` and `--max-length`, for `verify`.

    Without them the command runs as it is; with one of them, it does not run.
    """

    @functools.wraps(command)
    @reports_input_errors
    def wrapped(*args: Any, precision: str | None, find_precision: str | None,
                max_length: int | None, **kwargs: Any) -> Any:
        if precision is None and find_precision is None:
            if max_length is not None:
                raise BadInput("--max-length goes with --find-precision")
            return command(*args, **kwargs)
        if kwargs.pop("limit") is not None:
            raise BadInput("--limit is for machines, tm:FILE, not for rounded weights")
        if precision is not None and find_precision is not None:
            raise BadInput("--precision and --find-precision: expected one of them")
        if precision is not None:
            if max_length is not None:
                raise BadInput("--max-length goes with --find-precision")
            return _precision(precision, **kwargs)
        return _find_precision(str(find_precision), max_length, **kwargs)

    for option in (
        click.option("--max-length", type=click.IntRange(1), metavar="N",
                     help="Where the table of --find-precision ends."),
        click.option("--find-precision", metavar="FAMILY", help="fixed, float or float:EXPONENT, "
                     "with fields as in CONTRACT: for each length, the least number of bits with "
                     "which the model agrees on all words up to it."),
        click.option("--precision", metavar="CONTRACT", help="bf16, fixed:8.2 ...: first round "
                     "the weights of the model to this number contract."),
    ):
        wrapped = option(wrapped)
    return cast(F, wrapped)  # it takes what the command does, and three options


def _arguments(model: str, language: str, alphabet: str | None) -> tuple[Model, Language]:
    from expressivity.models.files import load_model
    from languages.parse import parse_language
    from languages.words import parse_alphabet

    letters = parse_alphabet(alphabet) if alphabet is not None else None
    return load_model(model), parse_language(language, alphabet=letters)


def _precision(text: str, *, model: str, language: str, max_states: int, seconds: float | None,
               alphabet: str | None, as_json: bool, **others: Any) -> None:
    from expressivity.extraction import Budget
    from expressivity.models.contracts import parse_contract_text
    from expressivity.precision import horizon

    _refuse(others)
    loaded, wanted = _arguments(model, language, alphabet)
    contract = parse_contract_text(text)
    with progress_line() as show:
        found = horizon(loaded, wanted, contract, Budget(max_states=max_states, seconds=seconds),
                        seconds=SECONDS if seconds is None else seconds, progress=show)
    if as_json:
        echo_json(_horizon_json(found))
    else:
        _show_horizon(found, language)
    if found.first_failure is not None:
        raise click.exceptions.Exit(1)


def _horizon_json(found: Horizon) -> dict[str, Any]:
    from expressivity.models.contracts import contract_text

    result = found.verification
    word = result.counterexample
    return {"precision": contract_text(found.contract), **found.change.summary(),
            "agrees": result.agrees, "first_failure": found.first_failure,
            "scope": result.scope, "how": result.how,
            "counterexample": None if word is None else list(word), "notes": list(result.notes)}


def _show_horizon(found: Horizon, language: str) -> None:
    from expressivity.models.contracts import contract_text
    from languages.words import show_word

    result = found.verification
    click.echo(f"{contract_text(found.contract)}: {found.change}")
    if result.counterexample is not None:
        click.echo(f"differs from {language}, first at length {found.first_failure}: "
                   f"{show_word(result.counterexample)} ({result.how})")
    elif result.scope.startswith("length"):
        click.echo(f"no failure up to {result.scope.removeprefix('length <= ')} ({result.how})")
    else:
        click.echo(f"no failure at any length ({result.how})")
    for note in result.notes:
        click.echo(f"note: {note}")


def _find_precision(text: str, max_length: int | None, *, model: str, language: str,
                    max_states: int, seconds: float | None, alphabet: str | None, as_json: bool,
                    **others: Any) -> None:
    from expressivity.extraction import Budget
    from expressivity.precision import PrecisionSearch, parse_family
    from expressivity.precision_fit import fits, stated_precision

    _refuse(others)
    loaded, wanted = _arguments(model, language, alphabet)
    family = parse_family(text, loaded.contract)
    interrupted = False
    with progress_line() as show:
        search = PrecisionSearch(loaded, wanted, family, Budget(max_states=max_states),
                                 seconds=TABLE_SECONDS if seconds is None else seconds,
                                 longest=max_length, progress=show)
        try:
            search.run()
        except KeyboardInterrupt:
            interrupted = True
    said = stated_precision(model)
    if as_json:
        echo_json({"family": str(family), "rows": [row.to_plain() for row in search.rows],
                   "end": search.end, "fits": [fit.to_plain() for fit in fits(search.rows)],
                   "theory": said, "notes": list(search.notes)})
    else:
        _show_table(search, str(family))
        for fit in fits(search.rows):
            click.echo(f"fit: {fit}")
        if fits(search.rows):
            click.echo("A fit is a picture of these rows, not a verdict.")
        if said is not None:
            click.echo(f"theory: {said}")
    if interrupted:
        raise click.exceptions.Exit(130)


def _show_table(search: PrecisionSearch, family: str) -> None:
    click.echo(f"least number of bits, {family}")
    lines = [("length", "bits", "contract")] + [_cells(row) for row in search.rows]
    widths = [max(len(line[k]) for line in lines) for k in (0, 1)]
    for length, bits, contract in lines:
        click.echo(f"{length:>{widths[0]}}  {bits:>{widths[1]}}  {contract}")
    click.echo(f"the table ends: {search.end}")
    for note in search.notes:
        click.echo(f"note: {note}")


def _cells(row: Row) -> tuple[str, str, str]:
    from expressivity.models.contracts import contract_text
    from proofs.models.numbers import Fixed

    grid = row.contract.grid
    split = ""
    if isinstance(grid, Fixed):
        split = (f" (sign, {grid.bits - 1 - grid.fraction} before the point, {grid.fraction} "
                 "behind it)")
    length = (f"{row.first}-" if row.last is None else str(row.first) if row.last == row.first
              else f"{row.first}-{row.last}")
    return length, str(row.bits), contract_text(row.contract) + split


def _refuse(others: dict[str, Any]) -> None:
    """Options of the command that say nothing here; refused rather than ignored."""
    context = click.get_current_context()
    for name in others:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise BadInput(f"--{name.replace('_', '-')} does not go with a number of bits")
