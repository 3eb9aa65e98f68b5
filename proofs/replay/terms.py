"""Statements in derivation files, read into plain tuples.

A statement becomes a tuple: its form ("sub", "upper", ...) and its fields in the order of `FORMS`,
with languages and regions put in by their definitions. Two statements are the same exactly when
their tuples are equal, whatever keys the file uses: names decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.rejection import items, record, reject, string
from proofs.replay.regions import Region, has_each, read_region

Statement: TypeAlias = tuple[Any, ...]
Language: TypeAlias = Automaton | str  # a task of the catalogue is the string that identifies it

# Form -> its fields; the fields with a definition elsewhere are called language and region.
FORMS: dict[str, tuple[str, ...]] = {
    "sub": ("lower", "upper", "within"),
    "not-sub": ("left", "right"),
    "in": ("language", "class"),
    "not-in": ("language", "class"),
    "hard": ("language", "class", "under"),
    "hard-outside": ("within", "outside", "class", "under"),
    "closed": ("class", "under"),
    "upper": ("region", "class", "within"),
    "lower": ("class", "region"),
    "can": ("language", "region"),
    "cannot": ("language", "region"),
    "open": ("statement",),
}
_SCOPED = ("sub", "upper")  # here, `within` may be null


@dataclass
class Definitions:
    """The languages and regions of a file by key, and which of them have been referred to."""

    languages: Mapping[str, Language]
    regions: Mapping[str, Region]
    used: set[tuple[str, str]] = field(default_factory=set)

    def language(self, key: object, path: str) -> Language:
        """The language behind a key, or rejected."""
        name = string(key, path)
        if name not in self.languages:
            reject("unknown-language", name, path, "a key of languages")
        self.used.add(("languages", name))
        return self.languages[name]

    def region(self, key: object, path: str) -> Region:
        """The region behind a key, or rejected."""
        name = string(key, path)
        if name not in self.regions:
            reject("unknown-region", name, path, "a key of regions")
        self.used.add(("regions", name))
        return self.regions[name]

    def statement(self, value: object, path: str) -> Statement:
        """The statement of {"is": form, ...}, or rejected."""
        form = value.get("is") if type(value) is dict else None
        if type(form) is not str or form not in FORMS:
            reject("unknown-statement", form, path, 'an object with "is": ' + ", ".join(FORMS))
        fields = record(value, path, ("is", *FORMS[form]))
        return (form, *(self._field(form, name, fields[name], f"{path}.{name}")
                        for name in FORMS[form]))

    def _field(self, form: str, name: str, value: object, path: str) -> object:
        if name == "language":
            return self.language(value, path)
        if name == "region":
            region = self.region(value, path)
            if form in ("upper", "cannot") and has_each(region):
                reject("each-in-bound", value, path, "a region without `each`: this is no "
                       "construction")
            return region
        if name == "statement":
            inner = self.statement(value, path)
            if inner[0] == "open":
                reject("open-open", inner, path, "a statement that may hold or not")
            return inner
        if name == "under" and form == "closed":
            return tuple(string(x, f"{path}[{i}]") for i, x in enumerate(items(value, path)))
        if name == "within" and form in _SCOPED and value is None:
            return None
        return string(value, path)


def read_definitions(languages: object, regions: object) -> Definitions:
    """The two tables of a derivation, or rejected. Nothing may be defined under two keys."""
    found_languages: dict[str, Language] = {}
    found_regions: dict[str, Region] = {}
    for key, value in _table(languages, "languages").items():
        found_languages[key] = _read_language(value, f"languages.{key}")
    for key, value in _table(regions, "regions").items():
        found_regions[key] = read_region(value, f"regions.{key}")
    for path, found in (("languages", found_languages), ("regions", found_regions)):
        if len(set(found.values())) != len(found):
            reject("repeated-definition", list(found), path, "one key for each definition")
    return Definitions(found_languages, found_regions)


def _table(value: object, path: str) -> dict[str, object]:
    if type(value) is not dict:
        reject("not-an-object", value, path, "an object")
    return value


def _read_language(value: object, path: str) -> Language:
    if type(value) is dict and "task" in value:
        return string(record(value, path, ("task",))["task"], f"{path}.task")
    fields = record(value, path, ("automaton",))
    return parse_automaton(fields["automaton"], f"{path}.automaton")
