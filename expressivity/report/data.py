"""What a report says, as plain data. Everything here is text, numbers and truth values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from expressivity.models.model import Model
    from languages.words import Word


@dataclass(frozen=True)
class Fact:
    """One labelled value, and what the label means where that is worth saying."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Labelled values under one heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Node:
    """One step of a derivation: what it says, why, and what it is derived from.

    `basis` is axiom, conjecture, certificate, definition or rule; `why` is the citation, the
    kind and digest of the certificate, or the rule in words. `mark` says how far an axiom was
    compared with its source, `disputed` names objections.
    """

    says: str
    basis: str
    why: str
    mark: str = ""
    disputed: str = ""
    premises: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Source:
    """A theorem of the base: what it says, its full reference, and how far it was verified."""

    id: str
    theorem: str
    reference: str
    mark: str
    note: str = ""
    disputed: str = ""


@dataclass(frozen=True)
class Grounds:
    """All that the derivations rest on."""

    sources: tuple[Source, ...] = ()
    certificates: tuple[str, ...] = ()
    conjectures: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClassNode:
    """A class in the diagram, or several that the base proves equal.

    `role` says how it lies to the variant: exact, lower, upper, regular (an upper bound of the
    regular languages only), regular-exact (exactly the regular languages in L(V)), between,
    inside, above, or nothing. `language` is in, out or nothing.
    """

    name: str
    meaning: str
    role: str = ""
    language: str = ""


@dataclass(frozen=True)
class Inclusion:
    """An inclusion between neighbours; lower and upper are places in the list of classes.

    `proper`: the base also derives that they differ. `citations` are what both rest on.
    """

    lower: int
    upper: int
    proper: bool
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Diagram:
    """The classes that matter, ordered by the inclusions that the base derives."""

    classes: tuple[ClassNode, ...]
    inclusions: tuple[Inclusion, ...]
    variant: str = ""
    language: str = ""


@dataclass(frozen=True)
class AutomatonTable:
    """A complete deterministic automaton; without rows where it is too large to be shown."""

    states: int
    alphabet: tuple[str, ...]
    start: int
    accepting: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class ClassRow:
    """One class: yes, no or undetermined, why, under which condition, with which certificate."""

    name: str
    value: str
    reason: str = ""
    condition: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class HeadTable:
    """Where one head looks on the sample word; a row for each position that asks."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Sample:
    """One run of a model: the word, the answer, and the attention of every head.

    `picture` is an SVG file, empty where there is none; `note` then says why.
    """

    word: str
    answer: str
    positions: tuple[str, ...] = ()
    heads: tuple[HeadTable, ...] = ()
    picture: str = ""
    note: str = ""


Run: TypeAlias = "Callable[[Model, Word], Sample]"
"""Shows a model on a word."""


@dataclass(frozen=True)
class CircuitRow:
    """The circuit of one length, in words: gates by kind, and whether all words were tried."""

    length: str
    depth: str
    size: str
    fan_in: str
    gates: str
    checked: str = ""


@dataclass(frozen=True)
class Growth:
    """Circuits length by length, beside what the theorem base says (`base`).

    `findings` are contradictions with the base and remarks; `picture` is an SVG file, empty where
    there is none.
    """

    title: str
    shape: str
    source: str
    base: str
    rows: tuple[CircuitRow, ...]
    findings: tuple[str, ...] = ()
    picture: str = ""
    note: str = ""


@dataclass(frozen=True)
class Command:
    """What to type, and what it does."""

    purpose: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """Everything that a page says, in the order in which it is shown."""

    kind: str
    title: str
    answer: str
    summary: tuple[str, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...] = ()
    derivations: tuple[Node, ...] = ()
    diagram: Diagram | None = None
    automaton: AutomatonTable | None = None
    classes: tuple[ClassRow, ...] = ()
    sample: Sample | None = None
    growth: Growth | None = None
    grounds: Grounds = Grounds()
    commands: tuple[Command, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""
    date: str = ""

    def to_json(self) -> dict[str, Any]:
        """The report as plain data (see `report --json`)."""
        return asdict(self)
