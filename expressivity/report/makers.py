"""Reports about languages, variants and questions, from the answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from expressivity.models.model import Model
from expressivity.queries.ask import REMARK, SCOPE, Verdict, construction_points
from expressivity.queries.bounds import Bounds, bounds
from expressivity.queries.explain import Wording, shown_class
from expressivity.queries.facts import Facts
from expressivity.queries.place import Placement, place
from expressivity.report.circuits import language_growth
from expressivity.report.data import Command, Fact, Group, Report, Run
from expressivity.report.derivations import grounds, nodes
from expressivity.report.diagram import classes_of, diagram, frontier, interval
from expressivity.report.parts import (
    EVIDENCE,
    automaton,
    check_command,
    class_rows,
    language_facts,
    points,
    profile_groups,
    shell,
)
from expressivity.report.whys import whys
from expressivity.samples import sample_word
from expressivity.thought.demonstration import Demonstration
from expressivity.variants import PRESETS, Variant
from languages.classes.analysis import Budget
from languages.language import Language
from languages.words import show_word
from proofs import derivation
from proofs.kernel import Theorem
from proofs.search import Knowledge
from proofs.statements import Lower, Upper


def about_language(language: Language, budget: Budget, options: Sequence[str] = ()) -> Report:
    """Where a language falls. `options` are those of the command line, for the commands shown."""
    placement = place(language, budget)
    facts = Facts(language, budget)
    knowledge = _knowledge(facts)
    theorems = _placing(knowledge)
    decided = [v for v in placement.classes.values() if v != "undetermined"]
    commands = [Command("Decide the classes again", (shell("language", language.name, *options),))]
    if facts.classes():
        commands = [
            Command("Decide the classes again, and write a certificate for each that has one",
                    (shell("language", language.name, *options, "--certificate", EVIDENCE),)),
            check_command("*.json")]
    return Report(
        "language", language.name, placement.circuit_class,
        (f"Circuit class: {placement.circuit_class}.",
         f"{len(decided)} of {len(placement.classes)} classes are decided."),
        (*language_facts(placement), *_sides(placement)), whys(language, budget),
        derivations=nodes(theorems, Wording("", ())),
        diagram=diagram(frontier(knowledge) | classes_of(theorems), knowledge=knowledge,
                        language=language.name),
        automaton=None if language.dfa is None else automaton(language.dfa),
        classes=class_rows(placement, facts), growth=language_growth(language),
        grounds=grounds(theorems), commands=tuple(commands),
        notes=("Classes of regular languages are decided by algebra on the minimal automaton.",)
        if facts.classes() else ("The language has no automaton: everything here is what the "
                                 "theorem base says of it by name.",))


def about_variant(variant: Variant) -> tuple[Report, tuple[Theorem, ...]]:
    """The best bounds on a kind of models, and the theorems that say so."""
    found = bounds(variant.profile)
    wording = Wording(variant.name, variant.profile)
    theorems = (*found.upper, *found.regular, *found.lower, *found.open)
    name = shell("report", "variant", variant.name, "-o", "report.html", "--certificate", EVIDENCE)
    return Report(
        "variant", variant.name,
        f"exactly {shown_class(found.exact)}" if found.exact is not None else "bounds",
        tuple(f"L(V) {fact.label}: {fact.value}." for fact in bound_facts(found)),
        meaning(variant),
        profile_groups(variant),
        nodes(theorems, wording),
        diagram(interval(found), bounds=found, variant=variant.name), grounds=grounds(theorems),
        commands=(Command("Derive the bounds again, and write the derivations", (name,)),
                  check_command("derivation.json")),
        notes=(*variant.notes,
               "L(V) is the class of languages that some model of the kind V recognises.",
               REMARK)), theorems


def about_question(verdict: Verdict, budget: Budget, options: Sequence[str] = (),
                   run: Run | None = None) -> Report:
    """The verdict on one question, and where the language and the variant lie.

    `run` shows the model of a witness, if there is one, on a word.
    """
    language, variant = verdict.language, verdict.variant
    wording = Wording(variant.name, variant.profile)
    facts = Facts(language, budget)
    placement = place(language, budget)
    found = bounds(variant.profile)
    knowledge = _knowledge(facts)
    line = shell("ask", language.name, variant.name, *options, "--certificate", EVIDENCE)
    commands = [Command("Ask again, and write the derivation and its certificates", (line,))]
    if verdict.theorems:
        commands.append(check_command("derivation.json"))
    boxes = construction_points(verdict.theorems) if verdict.answer == "yes" else []
    model = witness(verdict.theorems)
    sample = None if run is None or model is None else run(
        model, sample_word(language.dfa, model.alphabet))
    return Report(
        "ask", f"{language.name} by {variant.name}", verdict.answer,
        (*verdict.conditions, f"Can some model of {variant.name} recognise {language.name}? "
         f"{ANSWERS[verdict.answer]}"),
        (Fact("scope", SCOPE), *language_facts(placement), *meaning(variant),
         *(replace(fact, label=f"L(V) {fact.label}")
           for fact in bound_facts(found))),
        (*(points(box, k if len(boxes) > 1 else 0) for k, box in enumerate(boxes, start=1)),
         *(() if verdict.run is None else (at_work(verdict.run),)), *profile_groups(variant)),
        nodes(verdict.theorems, wording),
        diagram(interval(found) | classes_of(verdict.theorems), bounds=found,
                variant=variant.name, knowledge=knowledge, language=language.name),
        None if language.dfa is None else automaton(language.dfa),
        class_rows(placement, facts), sample, grounds=grounds(verdict.theorems),
        commands=tuple(commands), notes=(*verdict.notes, REMARK))


def witness(theorems: Sequence[Theorem]) -> Model | None:
    """The model whose certificate the theorems rest on, if any."""
    for step in derivation.steps_of(tuple(theorems)):
        if step.rule == "witness" and step.certificate is not None:
            return Model.from_plain(step.certificate["claim"]["model"])
    return None


def at_work(run: Demonstration) -> Group:
    """A decoder and what it wrote on one word."""
    return Group("A decoder at work", (
        Fact("construction", f"{run.construction}: {run.citation}"),
        Fact("in the variant", "yes" if not run.outside else "no: " + ", ".join(run.outside)),
        Fact("verified token by token", run.checked.scope),
        Fact(f"on {show_word(run.word)}", " ".join(run.tokens),
             "the trace is checked" + (", the decoder's run repeated" if run.repeated else ""))))


ANSWERS: Final = {
    "yes": "Yes, at all lengths.", "no": "No, no model does at all lengths.",
    "conditional": "It depends on a statement that nobody has proved.",
    "open": "The literature records that nobody knows.",
    "unknown": "Nothing in the theorem base derives an answer."}


def meaning(variant: Variant) -> tuple[Fact, ...]:
    """The variant's name, and what it means if it is a named one."""
    base, _, rest = variant.name.partition(",")
    facts = (Fact("kind of models V", variant.name),)
    if base not in PRESETS:
        return facts
    meant = PRESETS[base].meaning
    return (*facts, Fact("meaning of V", f"{meant}; with {rest}" if rest else meant))


def bound_facts(found: Bounds) -> list[Fact]:
    """The bounds in words; the labels are verbs."""
    if found.exact is not None:
        facts = [Fact("is exactly", shown_class(found.exact))]
    else:
        facts = [Fact(label, "; ".join(
            shown_class(s.cls) for t in theorems if isinstance(s := t.statement, Upper | Lower))
            or "nothing derived") for label, theorems in (
                ("is contained in", found.upper),
                ("has its regular languages in", found.regular), ("contains", found.lower))
            if theorems or label != "has its regular languages in"]
    return facts + [Fact("under a conjecture", text) for text in found.conditional]


def dated(report: Report, date: str, version: str) -> Report:
    """The report with the date that was asked for, and the version of this program."""
    return replace(report, date=date, version=version)


def _knowledge(facts: Facts) -> Knowledge:
    return Knowledge(facts.term, facts.theorems(facts.classes()))


def _placing(knowledge: Knowledge) -> tuple[Theorem, ...]:
    """Theorems that place the language: in least classes, outside largest ones."""
    chosen = frontier(knowledge)
    return (*(t for c, t in knowledge.member.items() if c in chosen),
            *(t for c, t in knowledge.excluded.items() if c in chosen))


def _sides(placement: Placement) -> list[Fact]:
    return [Fact(label, ", ".join(value)) for label, value in
            (("in", placement.member_of), ("not in", placement.not_in)) if value]
