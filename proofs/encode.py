"""Statements as plain JSON values, the form in which derivation files hold them.

Languages and regions are written once, in tables, and referred to by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from proofs.profile import Profile
from proofs.statements import (
    Automaton,
    Can,
    Cannot,
    Closed,
    Hard,
    HardOutside,
    In,
    Language,
    Lower,
    NotIn,
    NotSub,
    Open,
    Statement,
    Sub,
    Upper,
)

Plain = dict[str, Any]


def plain_automaton(automaton: Automaton) -> Plain:
    """The automaton in the DFA format of certificates."""
    return {"alphabet": list(automaton.alphabet), "states": len(automaton.delta),
            "start": automaton.start, "accept": list(automaton.accept),
            "delta": [list(row) for row in automaton.delta]}


def plain_language(language: Language) -> Plain:
    """`{"automaton": ...}` or `{"task": id}`."""
    if language.automaton is not None:
        return {"automaton": plain_automaton(language.automaton)}
    return {"task": language.task}


def plain_region(region: Profile) -> list[dict[str, str]]:
    """One object of axis -> text for each box."""
    return [box.to_plain() for box in region]


@dataclass
class Tables:
    """The languages and regions that statements refer to, each under one key."""

    languages: dict[str, Plain] = field(default_factory=dict)
    regions: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    names: Mapping[Profile, str] = field(default_factory=dict)  # keys wanted for some regions
    _language_keys: dict[Language, str] = field(default_factory=dict)
    _region_keys: dict[Profile, str] = field(default_factory=dict)

    def language(self, language: Language) -> str:
        """The key of the language; its display name if that is free."""
        if language not in self._language_keys:
            key, number = language.name, 2
            while key in self.languages:
                key, number = f"{language.name} ({number})", number + 1
            self._language_keys[language] = key
            self.languages[key] = plain_language(language)
        return self._language_keys[language]

    def region(self, region: Profile) -> str:
        """The key of the region."""
        if region not in self._region_keys:
            key = self.names.get(region, f"region {len(self.regions) + 1}")
            while key in self.regions:
                key += "'"
            self._region_keys[region] = key
            self.regions[key] = plain_region(region)
        return self._region_keys[region]

    def statement(self, statement: Statement) -> Plain:
        """The statement, with keys into these tables."""
        match statement:
            case Sub(lower, upper, within):
                return {"is": "sub", "lower": lower, "upper": upper, "within": within}
            case NotSub(left, right):
                return {"is": "not-sub", "left": left, "right": right}
            case In(language, cls):
                return {"is": "in", "language": self.language(language), "class": cls}
            case NotIn(language, cls):
                return {"is": "not-in", "language": self.language(language), "class": cls}
            case Hard(language, cls, under):
                return {"is": "hard", "language": self.language(language), "class": cls,
                        "under": under}
            case HardOutside(within, outside, cls, under):
                return {"is": "hard-outside", "within": within, "outside": outside,
                        "class": cls, "under": under}
            case Closed(cls, reductions):
                return {"is": "closed", "class": cls, "under": list(reductions)}
            case Upper(region, cls, within):
                return {"is": "upper", "region": self.region(region), "class": cls,
                        "within": within}
            case Lower(cls, region):
                return {"is": "lower", "class": cls, "region": self.region(region)}
            case Can(language, region):
                return {"is": "can", "language": self.language(language),
                        "region": self.region(region)}
            case Cannot(language, region):
                return {"is": "cannot", "language": self.language(language),
                        "region": self.region(region)}
            case Open(inner):
                return {"is": "open", "statement": self.statement(inner)}
