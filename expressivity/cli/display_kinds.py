"""Several kinds of models at once, for a human: comparisons, tables, changes, claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from expressivity.audit.judge import Judgement, meaning, says
from expressivity.cli.display import (
    COLOURS,
    console,
    derivation_tree,
    indented,
    show_assumed,
    show_sources,
)
from expressivity.queries.ask import REMARK, rests_on
from expressivity.queries.compare import Comparison, wording
from expressivity.queries.explain import shown_class
from expressivity.queries.repair import Repair
from expressivity.queries.vary import LADDER, Row, classes

VERDICTS: Final = {
    "entailed": COLOURS["yes"], "refuted": COLOURS["no"],
    "needs-hypotheses": COLOURS["conditional"], "outdated": COLOURS["conditional"],
    "open": COLOURS["open"], "undetermined": COLOURS["unknown"], "not-expressivity": "bold"}
SHORT: Final = {"D-AC0": "uAC0", "D-TC0": "uTC0"}


def show_comparison(found: Comparison) -> None:
    """How two kinds of models lie to each other, with the derivations of both directions."""
    out = console()
    left, right = found.left, found.right
    colour = COLOURS["conditional" if found.relation == "conditional" else
                     "unknown" if found.relation == "unknown" else "yes"]
    out.print(Text.assemble((f"{found.relation}: ", colour), f"L({left.name}) and L({right.name})"))
    show_assumed(out, found.assumed)
    for side, inner, outer in ((found.forward, left, right), (found.backward, right, left)):
        sign = {"yes": "⊆", "no": "⊄"}.get(side.answer, "?")
        out.print()
        out.print(Text.assemble((f"L({inner.name}) {sign} L({outer.name})", "bold"),
                                f"  {side.why}" if side.why else ""))
        for condition in side.conditions:
            out.print(Text(f"  {condition}", style=COLOURS["conditional"]))
        for theorem in side.theorems:
            out.print(derivation_tree(wording(inner, outer, theorem).tree(theorem)))
    show_sources(out, (*found.forward.theorems, *found.backward.theorems))
    out.print()
    out.print(Text(f"note: {REMARK}"))


def show_judgement(found: Judgement) -> None:
    """The verdict on a claim, what it was understood to say, and why."""
    out = console()
    claim = found.claim
    out.print(Text.assemble((f"{claim.id} ", "bold"), (found.verdict, VERDICTS[found.verdict])))
    out.print(indented(claim.text + (f" ({claim.source})" if claim.source else ""), 2))
    out.print(indented(f"read as: {meaning(claim)}", 2, "dim"))
    for opinion in found.opinions:
        if len(found.opinions) > 1:
            out.print(indented(f"{says(opinion.part)}: {opinion.verdict}", 2))
        out.print(indented(opinion.why, 4))
        for hypothesis in opinion.hypotheses:
            out.print(indented(hypothesis, 4, COLOURS["conditional"]))
    for name, text in found.texts:
        out.print(indented(f"near it, as text: {name}: {text}", 4))
    rest = rests_on(found.theorems)
    if rest["axioms"]:
        out.print(indented("rests on " + ", ".join(rest["axioms"]), 4, "cyan"))
    out.print()


def show_repairs(found: Sequence[Repair]) -> None:
    """One-axis changes that give a yes, or that there is none."""
    out = console()
    out.print()
    if not found:
        out.print(Text("no change on a single axis gives a yes that the theorem base derives"))
        return
    out.print(Text("yes with one axis changed", style="bold"))
    for repair in found:
        axioms = rests_on(repair.verdict.theorems)["axioms"]
        out.print(indented(f"{repair.verdict.variant.name}  [{', '.join(axioms)}]", 2))


def show_rows(text: str, axes: Sequence[str], rows: Sequence[Row],
              assumed: frozenset[str]) -> None:
    """Bounds along axes; neighbours with the same bounds are one line."""
    out = console()
    out.print(Text.assemble((text, "bold"), f"  {' and '.join(axes)} vary"))
    show_assumed(out, assumed)
    table = Table(box=None, pad_edge=False)
    for axis in axes:
        table.add_column(axis, style="cyan", overflow="fold")
    for cls in LADDER:
        table.add_column(SHORT.get(cls, cls), justify="center")
    table.add_column("exactly, or between", overflow="fold")
    for first, last in _runs([row for row in rows if row.bounds is not None]):
        if first.bounds is not None:
            upper, lower = classes(first.bounds)
            between = (shown_class(first.bounds.exact) if first.bounds.exact is not None else
                       f"{'; '.join(map(shown_class, lower)) or '?'} .. "
                       f"{'; '.join(map(shown_class, upper)) or '?'}")
            table.add_row(*(a if a == b else f"{a} .. {b}"
                            for a, b in zip(first.values, last.values, strict=True)),
                          *(first.relations[cls] for cls in LADDER), between)
    out.print(table)
    out.print(Text("=, ⊊, ⊆: L(V) is the class, is inside it; ⊋, ⊇: contains it; ⊉: does not "
                   "contain it; blank: nothing is derived. uAC0 and uTC0 are DLOGTIME-uniform, "
                   "NC0, AC0, TC0 and P/poly not uniform. Of ranges, only values of a list were "
                   "tried."))
    refused = [row for row in rows if row.bounds is None]
    if refused:
        out.print(Text(f"{len(refused)} combinations denote no models, such as "
                       f"{refused[0].variant}: {refused[0].error}"))


def _runs(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """The first and the last of neighbours whose bounds agree and whose last axis alone moves."""
    found: list[tuple[Row, Row]] = []
    for row in rows:
        if found and not row.jumps and found[-1][1].values[:-1] == row.values[:-1]:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def show_matrix(rows: Sequence[str], columns: Sequence[str],
                answers: Mapping[tuple[int, int], str]) -> None:
    """Answers in colour, a column for each kind of models; numbers stand for long names."""
    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column("")
    for column in range(len(columns)):
        table.add_column(str(column + 1), justify="center")
    for row, name in enumerate(rows):
        table.add_row(name, *(_mark(answers.get((row, column)))
                              for column in range(len(columns))))
    out.print(table)
    for column, name in enumerate(columns, start=1):
        out.print(Text(f"  {column}: {name}"))
    out.print(Text("  y yes, n no, c conditional, o open, ? unknown, blank not asked"))


def _mark(answer: str | None) -> Text:
    if answer is None:
        return Text("")
    return Text("?" if answer == "unknown" else answer[0], style=COLOURS[answer])
