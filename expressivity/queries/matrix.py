"""Many languages against many kinds of models: a verdict for each pair."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from expressivity.queries.ask import Verdict, ask
from expressivity.queries.facts import Facts
from expressivity.variants import PRESETS, Variant, parse_variant
from languages.catalogue import entries
from languages.classes.analysis import Budget
from languages.language import Language


@dataclass(frozen=True)
class Cell:
    """The verdict of one pair, and the places of its row and its column."""

    row: int
    column: int
    verdict: Verdict


def usual_languages() -> list[str]:
    """The first example of each entry of the catalogue."""
    return [entry.examples[0] for entry in entries().values()]


def usual_variants() -> list[Variant]:
    """All presets."""
    return [parse_variant(name) for name in PRESETS]


def matrix(languages: Sequence[Language], variants: Sequence[Variant],
           given: frozenset[str] = frozenset(), budget: Budget | None = None,
           progress: Callable[[str, int], None] | None = None) -> Iterator[Cell]:
    """Row by row; each language is analysed once."""
    for row, language in enumerate(languages):
        if progress is not None:
            progress(language.name, row)
        facts = Facts(language, budget or Budget())
        for column, variant in enumerate(variants):
            yield Cell(row, column, ask(language, variant, given=given, facts=facts))


def csv_text(languages: Sequence[Language], variants: Sequence[Variant],
             cells: Sequence[Cell]) -> str:
    """Answers as CSV, a line for each language; pairs without a cell are empty."""
    answers = {(cell.row, cell.column): cell.verdict.answer for cell in cells}
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(["language", *(variant.name for variant in variants)])
    for row, language in enumerate(languages):
        writer.writerow([language.name, *(answers.get((row, column), "")
                                          for column in range(len(variants)))])
    return page.getvalue()
