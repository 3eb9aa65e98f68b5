"""The part of a report about circuits: depth and size, length by length."""

from __future__ import annotations

from typing import Final

from expressivity.circuits.families import choose
from expressivity.circuits.plot import growth_svg
from expressivity.circuits.prediction import judge
from expressivity.circuits.subject import Subject
from expressivity.circuits.table import Row
from expressivity.models.model import Model
from expressivity.report.data import CircuitRow, Growth
from languages.errors import InputError
from languages.language import Language

LONGEST: Final = 16
CHECK_WORDS: Final = 512
WIRES: Final = 5_000
"""After a circuit with so many wires no further length is begun."""


def language_growth(language: Language) -> Growth | None:
    """Circuits of the family of least rank; None if no family applies."""
    try:
        return _growth(Subject(language.name, language, choose(language), None))
    except InputError:
        return None


def model_growth(model: Model, name: str) -> Growth:
    """The model unrolled at each length."""
    return _growth(Subject(name, None, None, model))


def _growth(subject: Subject) -> Growth:
    rows: list[Row] = []
    note = ""
    try:
        for length in range(1, LONGEST + 1):
            rows.append(subject.row(subject.circuit(length), length, check_words=CHECK_WORDS))
            if rows[-1].wires > WIRES:
                break
    except InputError as error:
        note = f"No circuit at length {len(rows) + 1}: {error}"
    prediction = subject.prediction()
    judgement = judge(rows, prediction, subject.family)
    wrong = [f"wrong at length {row.length}: a defect of this program"
             for row in rows if row.differs is not None]
    picture = ""
    family = subject.family
    title = subject.name if family is None else f"{subject.name}: {family.NAME}"
    if rows:
        try:
            picture = growth_svg(rows, title).decode()
        except InputError as error:
            note = f"{note} No picture: {error}".strip()
    shown = tuple(CircuitRow(
        str(row.length), str(row.depth), str(row.size), str(row.fan_in),
        ", ".join(f"{kind} {n}" for kind, n in row.counts.items()) or "none",
        "all words" if row.checked else "") for row in rows)
    return Growth(title, "" if family is None else family.SHAPE,
                  "" if family is None else family.CITATION, prediction.text, shown,
                  (*wrong, *judgement.contradictions, *judgement.remarks), picture, note)
