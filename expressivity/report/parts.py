"""Parts that reports of several kinds have in common."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

from expressivity.queries.explain import shown_class
from expressivity.queries.facts import Facts
from expressivity.queries.place import Placement
from expressivity.report.data import AutomatonTable, ClassRow, Command, Fact, Group
from expressivity.report.derivations import named_certificate
from expressivity.variants import Variant
from languages.classes import deciders
from languages.dfa import DFA
from proofs.axes import AXES, Axis
from proofs.profile import Profile

MAX_STATES: Final = 64
MAX_CELLS: Final = 1_000
"""Sizes of an automaton up to which its table is shown."""
EVIDENCE: Final = "evidence"
"""The directory that the commands of a report write to."""


def automaton(dfa: DFA) -> AutomatonTable:
    """The automaton, without its transitions if it is large."""
    accepting = tuple(int(q) for q in dfa.accept.nonzero()[0])
    if dfa.states > MAX_STATES or dfa.states * dfa.letters > MAX_CELLS:
        return AutomatonTable(
            dfa.states, dfa.alphabet, dfa.start, (), (), f"Not shown: {dfa.states} states and "
            f"{dfa.letters} letters; automata are shown up to {MAX_STATES} states and "
            f"{MAX_CELLS} transitions.")
    return AutomatonTable(dfa.states, dfa.alphabet, dfa.start, accepting,
                          tuple(tuple(int(r) for r in row) for row in dfa.delta))


def class_rows(placement: Placement, facts: Facts) -> tuple[ClassRow, ...]:
    """Every class of the placement; with its certificate, where it was certified."""
    found = deciders()
    rows = []
    for key, value in placement.classes.items():
        module = found[key]
        cls = getattr(module, "ALGEBRAIC_CLASS", None)
        certificate, reason = "", placement.reasons.get(key, "")
        if facts.classes():
            theorems = facts.theorems([cls]) if cls is not None else []
            if theorems and theorems[0].certificate is not None:
                certificate = named_certificate(theorems[0].certificate)
            if cls is not None and not reason:
                reason = facts.answer(cls).reason
        name = key if cls is None else f"{key}: {shown_class(cls)}"
        rows.append(ClassRow(name, value, reason, placement.conditions.get(key, ""), certificate))
    return tuple(rows)


def language_facts(placement: Placement) -> tuple[Fact, ...]:
    """What a language is."""
    language = placement.language
    return (
        Fact("language", language.description),
        Fact("alphabet", " ".join(language.alphabet)),
        Fact("minimal automaton", "none: not given by an automaton"
             if placement.dfa_states is None else f"{placement.dfa_states} states"),
        Fact("circuit class", placement.circuit_class))


def profile_groups(variant: Variant) -> tuple[Group, ...]:
    """Every axis of every box of the profile."""
    return boxes(variant.profile, f"The kind of models {variant.name}")


def boxes(profile: Profile, title: str) -> tuple[Group, ...]:
    """A group for each box."""
    many = len(profile) > 1
    return tuple(
        Group(f"{title}: box {k} of {len(profile)}" if many else title, tuple(
            Fact(axis.name, _shown(axis, plain[axis.name]), axis.meaning)
            for axis in AXES))
        for k, plain in enumerate((box.to_plain() for box in profile), start=1))


def _shown(axis: Axis, text: str) -> str:
    if axis.values and text == " ".join(sorted(axis.values)):
        return "any"
    return text or "(none)"


def points(plain: Mapping[str, str], number: int) -> Group:
    """The box of a construction: the axes on which it needs something."""
    return Group(f"What the construction uses ({number})" if number else
                 "What the construction uses", tuple(
        Fact(axis, text.removeprefix("each ")) for axis, text in plain.items()
        if not text.startswith("each ") and text not in ("", "none")))


def check_command(*files: str) -> Command:
    """Checking derivations and certificates with the standard library alone."""
    line = "python3 -S -m proofs check " + " ".join(f"{EVIDENCE}/{name}" for name in files)
    return Command("Check it with Python alone, from a checkout of the project, without any "
                   "package", (line,))


def shell(*words: str) -> str:
    """A command line that a shell splits into these words."""
    return shlex.join(("expressivity", *words))
