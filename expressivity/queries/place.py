"""Where a language falls: algebra for regular languages, cited facts for the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from expressivity.queries.explain import shown_class
from expressivity.queries.facts import term
from languages.classes.analysis import Budget
from languages.classify import ORDER, classify
from languages.language import Language
from proofs import search
from proofs.search import Knowledge

# What the base must know of a language that is not given by an automaton, for each key.
_BY_BASE = {"nc0": "NC0", "ac0": "AC0"}
# The first that is known to contain a task is its circuit class.
_CIRCUIT_CLASSES = ("NC0", "D-AC0", "AC0", "D-ACC0", "ACC0", "D-TC0", "L-TC0", "TC0", "NC1", "L",
                    "NL", "D-AC1", "D-TC1", "NC2", "NC", "P", "P/poly", "NP", "PSPACE")


@dataclass(frozen=True)
class Placement:
    """Where a language falls.

    `classes` has a value for every key: yes, no or undetermined; `reasons` says why it is not
    determined; `conditions` names the conjecture that a value depends on. `circuit_class` is one
    word; `member_of` and `not_in` list least and largest classes by cited facts, for languages
    without an automaton.
    """

    language: Language
    dfa_states: int | None
    classes: dict[str, str]
    circuit_class: str
    reasons: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)
    member_of: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The placement as plain data (see `language --json`)."""
        result: dict[str, Any] = {
            "language": self.language.name, "alphabet": list(self.language.alphabet),
            "dfa_states": self.dfa_states, "classes": self.classes,
            "circuit_class": self.circuit_class}
        for key in ("reasons", "conditions", "member_of", "not_in"):
            if value := getattr(self, key):
                result[key] = list(value) if isinstance(value, tuple) else value
        return result


def place(language: Language, budget: Budget | None = None, *,
          progress: Callable[[str, int], None] | None = None) -> Placement:
    """Decide every class that `language.classes` knows, within the budget."""
    if language.dfa is None:
        return _by_base(language)
    found = classify(language.dfa, budget, progress)
    values = {key: answer.value for key, answer in found.answers.items()}
    reasons = {key: answer.reason for key, answer in found.answers.items()
               if answer.value == "undetermined"}
    return Placement(language, found.dfa_states, dict(values), found.circuit_class, reasons,
                     dict(found.conditions))


def _by_base(language: Language) -> Placement:
    """What the theorem base says about a task that has no automaton."""
    knowledge = Knowledge(term(language), ())
    member, excluded = set(knowledge.member), set(knowledge.excluded)
    values, reasons = {}, {}
    for key in ORDER:
        cls = _BY_BASE.get(key, "REG")  # every other class holds regular languages only
        if cls in excluded:
            values[key] = "no"
        elif key in _BY_BASE and cls in member:
            values[key] = "yes"
        else:
            values[key] = "undetermined"
            reasons[key] = "the theorem base does not say"
    if values.get("nc1_complete") == "no":
        # A language that is not regular may well be NC1-complete; the key is about groups.
        values["nc1_complete"] = "undetermined"
        reasons["nc1_complete"] = "decided for regular languages only"
    least = [c for c in member if not any(
        o != c and search.contains(o, c) for o in member)]
    largest = [c for c in excluded if not any(
        o != c and search.contains(c, o) for o in excluded)]
    circuit = next((c for c in _CIRCUIT_CLASSES if c in member), None)
    return Placement(language, None, values,
                     shown_class(circuit) if circuit else "undetermined", reasons, {},
                     tuple(map(shown_class, least)), tuple(map(shown_class, largest)))


