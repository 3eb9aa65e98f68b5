"""Verdicts, bounds and tables for a human: rich, plain when piped."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from expressivity.queries.ask import REMARK, SCOPE, Verdict, rests_on
from expressivity.queries.assumptions import claims
from expressivity.queries.bounds import Bounds
from expressivity.queries.explain import DERIVED, Wording, shown_class
from expressivity.queries.export import bibliography
from expressivity.queries.place import Placement
from expressivity.variants import Variant
from languages.words import show_word
from proofs.axes import AXES, Axis
from proofs.kernel import Theorem
from proofs.profile import Box
from proofs.statements import Lower, Upper

if TYPE_CHECKING:
    from expressivity.thought.demonstration import Demonstration

COLOURS = {"yes": "bold green", "no": "bold red", "conditional": "bold yellow",
           "open": "bold magenta", "unknown": "bold blue", "undetermined": "blue"}
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
    show_assumed(out, verdict.assumed)
    for condition in verdict.conditions:
        out.print(Text.assemble("  ", (condition, COLOURS[verdict.answer])))
    out.print(Text(f"  scope: {SCOPE}; alphabet: {' '.join(verdict.language.alphabet)}"))
    out.print(Text(f"  language: {verdict.language.description}"))
    wording = Wording(verdict.variant.name, verdict.variant.profile)
    for theorem in verdict.theorems:
        out.print()
        out.print(derivation_tree(wording.tree(theorem)))
    show_sources(out, verdict.theorems)
    if verdict.answer == "yes":
        _show_points(out, verdict)
    if verdict.run is not None:
        _show_run(out, verdict.run)
    out.print()
    for note in (*verdict.notes, REMARK):
        out.print(Text(f"note: {note}"))


def show_assumed(out: Console, assumed: frozenset[str]) -> None:
    """What is taken for granted, if anything is."""
    if assumed:
        out.print(Text("  assuming " + ", ".join(claims(assumed)), style=COLOURS["conditional"]))


def show_theorems(theorems: tuple[Theorem, ...]) -> None:
    """Derivations of statements about classes."""
    out = console()
    for theorem in theorems:
        out.print(derivation_tree(Wording("", ()).tree(theorem)))


def derivation_tree(node: dict[str, Any], parent: Tree | None = None) -> Tree:
    """A derivation, as `Wording.tree` gives it."""
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
        derivation_tree(child, tree)
    return tree


def show_sources(out: Console, theorems: tuple[Theorem, ...]) -> None:
    """What theorems rest on: references, certificates, definitions."""
    entries = bibliography(theorems)
    rest = rests_on(theorems)
    if not entries and "witnesses" not in rest:
        return
    out.print()
    out.print(Text("rests on", style="bold"))
    for entry in entries:
        out.print(indented(f"{entry['axiom']}: {entry['theorem']}", 2))
        # What has no citation is derived in the base, and says so.
        mark = "" if entry["citation"] == DERIVED else f" verified: {entry['verified']}"
        out.print(indented(f"{entry['reference']}{mark}", 4, "cyan"))
    for kind in ("witnesses", "certificates", "conjectures", "definitions"):
        if rest.get(kind):
            out.print(indented(f"{kind}: " + ", ".join(rest[kind]), 2))


def indented(text: str, spaces: int, style: str = "") -> Padding:
    """A paragraph that begins so many spaces to the right."""
    return Padding(Text(text, style=style), (0, 0, 0, spaces), expand=False)


def _show_points(out: Console, verdict: Verdict) -> None:
    from expressivity.queries.ask import construction_points

    for point in construction_points(verdict.theorems):
        chosen = [f"{name}={text.removeprefix('each ').replace(' ', '+')}"
                  for name, text in point.items()
                  if not text.startswith("each ") and text not in ("", "none")]
        out.print()
        out.print(Text("the construction uses", style="bold"))
        out.print(indented(", ".join(chosen), 2))


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
        out.print(indented(line, 2))


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
    show_assumed(out, assumed)
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
        out.print(derivation_tree(words.tree(theorem)))
    for text in found.conditional:
        out.print(Text.assemble(("conditional: ", COLOURS["conditional"]), text))
    show_sources(out, (*found.upper, *found.regular, *found.lower, *found.open))


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
