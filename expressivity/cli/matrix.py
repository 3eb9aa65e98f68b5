"""`expressivity matrix`: many languages against many kinds of models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
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
    reports_input_errors,
    write_derivation,
)

if TYPE_CHECKING:
    from expressivity.queries.matrix import Cell


@click.command("matrix")
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE",
              help="A row; may be repeated.  [default: an example of each entry of the catalogue]")
@click.option("--variant", "variants", multiple=True, metavar="VARIANT",
              help="A column; may be repeated.  [default: all named variants]")
@click.option("--csv", "csv_file", metavar="FILE", help="Write the answers as CSV.")
@click.option("--certificate", metavar="DIR", help="Write the derivation of every cell that has "
              "one into DIR/ROW-COLUMN, to be checked again.")
@assume_option
@language_options
@json_option
@reports_input_errors
def command(languages: tuple[str, ...], variants: tuple[str, ...], csv_file: str | None,
            certificate: str | None, assume: tuple[str, ...], settings: Settings,
            as_json: bool) -> None:
    """Ask every LANGUAGE of every VARIANT; --json holds every cell with its derivation.

    Ctrl-C ends the table after the last finished cell.
    """
    from expressivity.queries.matrix import csv_text, matrix, usual_languages, usual_variants
    from expressivity.variants import parse_variant

    given = assumptions_of(assume)
    rows = [settings.language(text) for text in languages or usual_languages()]
    columns = [parse_variant(text) for text in variants] or usual_variants()
    cells: list[Cell] = []
    interrupted = False
    try:
        with progress_line() as show:
            for cell in matrix(rows, columns, given, settings.budget, show):
                cells.append(cell)
                if certificate is not None and cell.verdict.theorems:
                    variant = cell.verdict.variant
                    write_derivation(cell.verdict.theorems, {variant.profile: variant.name},
                                     str(Path(certificate) / f"{cell.row}-{cell.column}"))
    except KeyboardInterrupt:
        interrupted = True
    if csv_file is not None:
        _write(csv_file, csv_text(rows, columns, cells))
    if as_json:
        echo_json({"languages": [row.name for row in rows],
                   "variants": [column.name for column in columns], "interrupted": interrupted,
                   "cells": [{"row": cell.row, "column": cell.column} | cell.verdict.to_json()
                             for cell in cells]})
    else:
        _show([row.name for row in rows], [column.name for column in columns], cells)
    if interrupted:
        raise click.exceptions.Exit(130)


def _show(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Cell]) -> None:
    from expressivity.cli.display_kinds import show_matrix

    show_matrix(rows, columns, {(cell.row, cell.column): cell.verdict.answer for cell in cells})


def _write(file: str, text: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"{file}: cannot be written: {reason}") from None
