"""Why a language falls where it does, as details of a report."""

from __future__ import annotations

from expressivity.report.data import Fact, Group
from languages.classes.analysis import Budget
from languages.explanation.explain import explain
from languages.explanation.shown import Spelling
from languages.explanation.text import answers, by_pattern, lines, reasons_why, sample_line
from languages.language import Language

OTHER = ("What it is, and why", "Groups that words form", "Letters")


def whys(language: Language, budget: Budget) -> tuple[Group, ...]:
    """The forbidden patterns with their words, and the other parts of the explanation.

    Nothing for a language without an automaton.
    """
    if language.dfa is None:
        return ()
    found = explain(language.dfa, budget)
    spelling = Spelling(found.dfa.alphabet)
    facts = []
    for together in by_pattern(found):
        pattern = together[0].pattern
        if pattern is not None:
            samples = "; ".join(sample_line(s, spelling) for s in pattern.samples)
            facts.append(Fact(answers(together), pattern.says,
                              f"{samples}. {' '.join(reasons_why(together))}"))
    groups = [Group("What it is not, and why", tuple(facts))] if facts else []
    parts = "\n".join(lines(found)).split("\n\n")
    for part in parts:
        head, *rest = part.split("\n")
        if head in OTHER:
            groups.append(Group(head, _facts(rest)))
    return tuple(groups)


def _facts(text: list[str]) -> tuple[Fact, ...]:
    """Lines set in by two, each with the lines set in further below it as its note."""
    facts: list[Fact] = []
    for line in text:
        if line.startswith("    ") and facts:
            last = facts[-1]
            note = f"{last.note}; {line.strip()}" if last.note else line.strip()
            facts[-1] = Fact(last.label, last.value, note.rstrip("."))
        else:
            label, _, value = line.strip().removesuffix(":").partition(": ")
            facts.append(Fact(label, value))
    return tuple(facts)
