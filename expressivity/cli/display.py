"""Verdicts, bounds and tables for a human: rich, plain when piped."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from expressivity.ask import REMARK, SCOPE, Verdict, rests_on
from expressivity.assumptions import claims
from expressivity.audit.judge import Judgement, meaning, says
from expressivity.bounds import Bounds
from expressivity.compare import Comparison, wording
from expressivity.explain import DERIVED, Wording, shown_class
from expressivity.export import bibliography
from expressivity.place import Placement
from expressivity.repair import Repair
from expressivity.variants import Variant
from expressivity.vary import LADDER, Row, classes
from languages.words import show_word
from proofs.axes import AXES, Axis
from proofs.kernel import Theorem
from proofs.profile import Box
from proofs.statements import Lower, Upper

if TYPE_CHECKING:
    from expressivity.thought.demonstration import Demonstration

COLOURS = {"yes": "bold green", "no": "bold red", "conditional": "bold yellow",
           "open": "bold magenta", "unknown": "bold blue", "undetermined": "blue"}
VERDICTS = {"entailed": COLOURS["yes"], "refuted": COLOURS["no"],
            "needs-hypotheses": COLOURS["conditional"], "outdated": COLOURS["conditional"],
            "open": COLOURS["open"], "undetermined": COLOURS["unknown"], "not-expressivity": "bold"}
SHORT = {"D-AC0": "uAC0", "D-TC0": "uTC0"}
_MARKS = {"yes": "", "textbook": "", "derived": "derived here", "part": "partly verified",
          "no": "unverified"}


def console() -> Console:
    """Standard output; as wide as needed when it is not a terminal."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=100, file=_Stripped())


class _Stripped(io.StringIO):
    """Standard output without the spaces that pad lines to the console's width."""

    def write(self, text: str) -> int:
        sys.stdout.write(re.sub(r" +(?=\n)", "", text))
        return len(text)

    def flush(self) -> None:
        sys.stdout.flush()


def verdict_text(verdict: Verdict) -> str:
    """What `show_verdict` prints, as plain text."""
    page = io.StringIO()
    show_verdict(verdict, Console(highlight=False, width=100, file=page))
    return re.sub(r" +(?=\n)", "", page.getvalue())


def show_verdict(verdict: Verdict, out: Console | None = None) -> None:
    """The answer, the derivation as a tree, what it rests on, and the notes."""
    out = out or console()
    headline = Text.assemble((verdict.answer, COLOURS[verdict.answer]),
                             f"  {verdict.language.name} by {verdict.variant.name}")
    out.print(headline)
    _show_assumed(out, verdict.assumed)
    for condition in verdict.conditions:
        out.print(Text.assemble("  ", (condition, COLOURS[verdict.answer])))
    out.print(Text(f"  scope: {SCOPE}; alphabet: {' '.join(verdict.language.alphabet)}"))
    out.print(Text(f"  language: {verdict.language.description}"))
    wording = Wording(verdict.variant.name, verdict.variant.profile)
    for theorem in verdict.theorems:
        out.print()
        out.print(_tree(wording.tree(theorem)))
    _show_sources(out, verdict.theorems)
    if verdict.answer == "yes":
        _show_points(out, verdict)
    if verdict.run is not None:
        _show_run(out, verdict.run)
    out.print()
    for note in (*verdict.notes, REMARK):
        out.print(Text(f"note: {note}"))


def _show_assumed(out: Console, assumed: frozenset[str]) -> None:
    if assumed:
        out.print(Text("  assuming " + ", ".join(claims(assumed)), style=COLOURS["conditional"]))


def show_theorems(theorems: tuple[Theorem, ...]) -> None:
    """Derivations of statements about classes."""
    out = console()
    for theorem in theorems:
        out.print(_tree(Wording("", ()).tree(theorem)))


def show_comparison(found: Comparison) -> None:
    """How two kinds of models lie to each other, with the derivations of both directions."""
    out = console()
    left, right = found.left, found.right
    colour = COLOURS["conditional" if found.relation == "conditional" else
                     "unknown" if found.relation == "unknown" else "yes"]
    out.print(Text.assemble((f"{found.relation}: ", colour), f"L({left.name}) and L({right.name})"))
    _show_assumed(out, found.assumed)
    for side, inner, outer in ((found.forward, left, right), (found.backward, right, left)):
        sign = {"yes": "⊆", "no": "⊄"}.get(side.answer, "?")
        out.print()
        out.print(Text.assemble((f"L({inner.name}) {sign} L({outer.name})", "bold"),
                                f"  {side.why}" if side.why else ""))
        for condition in side.conditions:
            out.print(Text(f"  {condition}", style=COLOURS["conditional"]))
        for theorem in side.theorems:
            out.print(_tree(wording(inner, outer, theorem).tree(theorem)))
    _show_sources(out, (*found.forward.theorems, *found.backward.theorems))
    out.print()
    out.print(Text(f"note: {REMARK}"))


def show_judgement(found: Judgement) -> None:
    """The verdict on a claim, what it was understood to say, and why."""
    out = console()
    claim = found.claim
    out.print(Text.assemble((f"{claim.id} ", "bold"), (found.verdict, VERDICTS[found.verdict])))
    out.print(_indented(claim.text + (f" ({claim.source})" if claim.source else ""), 2))
    out.print(_indented(f"read as: {meaning(claim)}", 2, "dim"))
    for opinion in found.opinions:
        if len(found.opinions) > 1:
            out.print(_indented(f"{says(opinion.part)}: {opinion.verdict}", 2))
        out.print(_indented(opinion.why, 4))
        for hypothesis in opinion.hypotheses:
            out.print(_indented(hypothesis, 4, COLOURS["conditional"]))
    for name, text in found.texts:
        out.print(_indented(f"near it, as text: {name}: {text}", 4))
    rest = rests_on(found.theorems)
    if rest["axioms"]:
        out.print(_indented("rests on " + ", ".join(rest["axioms"]), 4, "cyan"))
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
        out.print(_indented(f"{repair.verdict.variant.name}  [{', '.join(axioms)}]", 2))


def show_rows(text: str, axes: Sequence[str], rows: Sequence[Row],
              assumed: frozenset[str]) -> None:
    """Bounds along axes; neighbours with the same bounds are one line."""
    out = console()
    out.print(Text.assemble((text, "bold"), f"  {' and '.join(axes)} vary"))
    _show_assumed(out, assumed)
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
                   "contain it; blank: nothing is derived. uAC0 and uTC0 are DLOGTIME-uniform, NC0, "
                   "AC0, TC0 and P/poly not uniform. Of ranges, only values of a list were tried."))
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


def _tree(node: dict[str, Any], parent: Tree | None = None) -> Tree:
    label = Text(node["says"])
    if "citation" in node:
        label.append(f"  [{node['citation']}", style="cyan")
        mark = _MARKS.get(node["verified"], "")
        if mark and node["citation"] != DERIVED:
            label.append(f"; {mark}", style="yellow")
        if "disputed" in node:
            label.append(f"; disputed: {node['disputed']}", style="red")
        label.append("]", style="cyan")
    elif "conjecture" in node:
        label.append("  [assumed]", style="yellow")
    elif "certificate" in node:
        label.append(f"  [certificate {node['certificate']}, checked]", style="green")
    elif "from" in node:
        label.append(f"  ({node['why']})", style="dim")
    else:
        label.append(f"  [{node['why']}]", style="cyan")
    tree = Tree(label) if parent is None else parent.add(label)
    for child in node.get("from", ()):
        _tree(child, tree)
    return tree


def _show_sources(out: Console, theorems: tuple[Theorem, ...]) -> None:
    entries = bibliography(theorems)
    rest = rests_on(theorems)
    if not entries and "witnesses" not in rest:
        return
    out.print()
    out.print(Text("rests on", style="bold"))
    for entry in entries:
        out.print(_indented(f"{entry['axiom']}: {entry['theorem']}", 2))
        # What has no citation is derived in the base, and says so.
        mark = "" if entry["citation"] == DERIVED else f" verified: {entry['verified']}"
        out.print(_indented(f"{entry['reference']}{mark}", 4, "cyan"))
    for kind in ("witnesses", "certificates", "conjectures", "definitions"):
        if rest.get(kind):
            out.print(_indented(f"{kind}: " + ", ".join(rest[kind]), 2))


def _indented(text: str, spaces: int, style: str = "") -> Padding:
    return Padding(Text(text, style=style), (0, 0, 0, spaces), expand=False)


def _show_points(out: Console, verdict: Verdict) -> None:
    from expressivity.ask import construction_points

    for point in construction_points(verdict.theorems):
        chosen = [f"{name}={text.removeprefix('each ').replace(' ', '+')}"
                  for name, text in point.items()
                  if not text.startswith("each ") and text not in ("", "none")]
        out.print()
        out.print(Text("the construction uses", style="bold"))
        out.print(_indented(", ".join(chosen), 2))


def _show_run(out: Console, run: Demonstration) -> None:
    word, tokens = show_word(run.word), " ".join(run.tokens)
    where = ("a model of the variant" if not run.outside else
             "not a model of the variant itself: " + ", ".join(run.outside))
    checked = ("checked step by step, the decoder's run repeated exactly" if run.repeated else
               "checked step by step")
    out.print()
    out.print(Text("a decoder at work", style="bold"))
    for line in (f"{run.construction}: {run.citation}", where,
                 f"verified token by token: {run.checked.scope}",
                 f"on {word}: {tokens} ({checked})"):
        out.print(_indented(line, 2))


def box_table(boxes: tuple[Box, ...]) -> Table:
    """The axes of a profile, a column for each box."""
    table = Table(box=None, pad_edge=False, show_header=len(boxes) > 1)
    table.add_column("axis", style="cyan")
    for k in range(len(boxes)):
        table.add_column(f"box {k + 1}", overflow="fold")
    plain = [box.to_plain() for box in boxes]
    for axis in AXES:
        table.add_row(axis.name, *(_axis_text(axis, text[axis.name]) for text in plain))
    return table


def _axis_text(axis: Axis, text: str) -> str:
    if axis.values and text == " ".join(sorted(axis.values)):
        return "any"
    return text or "(none)"


def show_bounds(variant: Variant, meaning: str, found: Bounds,
                assumed: frozenset[str] = frozenset()) -> None:
    """A variant's profile and its best bounds, with derivations."""
    out = console()
    words = Wording(variant.name, variant.profile)
    out.print(Text.assemble((variant.name, "bold"), f"  {meaning}" if meaning else ""))
    _show_assumed(out, assumed)
    out.print(box_table(variant.profile))
    out.print()
    for note in variant.notes:
        out.print(Text(f"note: {note}"))
    if variant.notes:
        out.print()
    if found.exact is not None:
        out.print(Text.assemble(("exactly ", COLOURS["yes"]), shown_class(found.exact)))
    for title, theorems in (("contained in", found.upper),
                            ("regular languages contained in", found.regular),
                            ("contains", found.lower)):
        classes = [s.cls for t in theorems if isinstance(s := t.statement, Upper | Lower)]
        shown = "; ".join(map(shown_class, classes)) if classes else "nothing derived"
        if classes or title != "regular languages contained in":
            out.print(Text.assemble((f"{title}: ", "bold"), shown))
    for theorem in (*found.upper, *found.regular, *found.lower, *found.open):
        out.print()
        out.print(_tree(words.tree(theorem)))
    for text in found.conditional:
        out.print(Text.assemble(("conditional: ", COLOURS["conditional"]), text))
    _show_sources(out, (*found.upper, *found.regular, *found.lower, *found.open))


def show_placement(found: Placement) -> None:
    """Where a language falls, a line for each class."""
    out = console()
    language = found.language
    out.print(Text.assemble((language.name, "bold"), f"  {language.description}"))
    states = "not regular" if found.dfa_states is None else f"{found.dfa_states} states"
    out.print(Text(f"  alphabet: {' '.join(language.alphabet)}; {states}; circuit class: "
                   f"{found.circuit_class}"))
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="cyan")
    table.add_column()
    table.add_column(style="dim", overflow="fold")
    for key, value in found.classes.items():
        why = found.reasons.get(key, "")
        if key in found.conditions:
            why = f"if {found.conditions[key]}"
        table.add_row(f"  {key}", Text(value, style=COLOURS[value]), why)
    out.print(table)
    if found.member_of:
        out.print(Text("  in " + ", ".join(found.member_of)))
    if found.not_in:
        out.print(Text("  not in " + ", ".join(found.not_in)))
    out.print()
