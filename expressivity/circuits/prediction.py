"""What the theorem base says about circuits of a language or of a model, and what is measured.

A family comes with a class that its shape proves at all lengths. If the base proves the language
outside that class, one of the two is wrong: a contradiction. All else is a remark, since rows of
some lengths prove nothing about others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from expressivity.circuits.families import Family
from expressivity.circuits.table import LEAST, Row
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.queries.bounds import bounds
from expressivity.queries.explain import shown_class
from expressivity.queries.facts import Facts
from expressivity.queries.place import place
from languages.classes.analysis import Budget
from languages.errors import InputError
from languages.language import Language
from proofs import search
from proofs.search import Knowledge
from proofs.statements import Upper

CIRCUIT_CLASSES: Final = ("NC0", "AC0", "ACC0", "TC0", "NC1", "P/poly")
CONSTANT_DEPTH: Final = ("NC0", "AC0", "ACC0", "TC0")


@dataclass(frozen=True)
class Prediction:
    """Classes by the base: `within` holds for what was asked about, `outside` are proved not to.

    Both are ids of classes; `text` says it in words.
    """

    text: str
    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judgement:
    """Contradictions are defects of the program or of its base; remarks are about these rows."""

    contradictions: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def of_language(language: Language, budget: Budget | None = None) -> Prediction:
    """Where the language falls, by algebra and cited facts."""
    budget = budget or Budget()
    facts = Facts(language, budget)
    knowledge = Knowledge(facts.term, facts.theorems(facts.classes()))
    outside = tuple(c for c in CIRCUIT_CLASSES if c in knowledge.excluded)
    within = tuple(c for c in CIRCUIT_CLASSES if c in knowledge.member)
    text = f"{language.name} is in {place(language, budget).circuit_class}"
    if text.endswith("undetermined"):
        text = f"the circuit class of {language.name} is undetermined"
    if outside:
        text += "; not in " + ", ".join(map(shown_class, outside))
    return Prediction(text, within, outside)


def of_model(model: Model) -> Prediction:
    """Upper bounds on models of the exact profile of this one."""
    try:
        found = bounds(model_profile(model))
    except InputError as error:
        return Prediction(f"nothing: {error}")
    upper = [s.cls for t in found.upper if isinstance(s := t.statement, Upper)]
    if not upper:
        return Prediction("no upper bound for models of this profile")
    within = tuple(c for c in CIRCUIT_CLASSES if any(search.contains(u, c) for u in upper))
    return Prediction("models of this profile are in " + ", ".join(map(shown_class, upper)),
                      within)


def judge(rows: Sequence[Row], prediction: Prediction, family: Family | None = None) -> Judgement:
    """Compare rows, and the family that they are of, with the prediction."""
    found = Judgement()
    if family is not None and family.CLASS is not None:
        found.contradictions.extend(
            f"circuits of the family {family.NAME} ({family.SHAPE}) put the language in "
            f"{shown_class(family.CLASS)} at all lengths; the base proves that it is not in "
            f"{shown_class(cls)}"
            for cls in prediction.outside if search.contains(family.CLASS, cls))
    kinds = {kind for row in rows for kind in row.counts}
    growth = _growth(rows)
    rising = growth is not None and growth[0] < growth[1]
    level = growth is not None and growth[0] == growth[1]
    claimed = family.CLASS if family is not None else None
    if rising and claimed in CONSTANT_DEPTH:
        found.remarks.append("depth still rises in the second half of these lengths"
                             f"{_shown(growth)}, though the family bounds it for all n")
    elif rising and "TC0" in prediction.within:
        least = next(c for c in CIRCUIT_CLASSES if c in prediction.within)
        found.remarks.append(f"depth rises in the second half of these lengths{_shown(growth)}, "
                             f"while the base says {shown_class(least)}: other circuits have "
                             "constant depth")
    if family is None and rows and prediction.within:
        if "AC0" in prediction.within and kinds - {"AND", "OR"}:
            found.remarks.append(f"the base says AC0, while these circuits use "
                                 f"{', '.join(sorted(kinds - {'AND', 'OR'}))}")
        elif "AC0" not in prediction.within and not kinds - {"AND", "OR"} and level:
            found.remarks.append("these circuits have AND and OR only, and their depth does not "
                                 f"rise{_shown(growth)}; the base does not bound such models by "
                                 "AC0")
    return found


def _growth(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The largest depth up to half of the longest length, and beyond; None for too few rows."""
    if len(rows) < LEAST:
        return None
    middle = rows[-1].length / 2
    early = [row.depth for row in rows if row.length <= middle]
    late = [row.depth for row in rows if row.length > middle]
    return (max(early), max(late)) if early and late else None


def _shown(growth: tuple[int, int] | None) -> str:
    return f" ({growth[0]}, then {growth[1]})" if growth is not None else ""
