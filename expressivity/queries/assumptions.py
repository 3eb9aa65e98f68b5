"""Conjectures that a question may take for granted, as a person writes them.

    "TC0 != NC1", "P=NP", ETH: the id of a conjecture, or the words for it or for its negation

Spaces and case do not matter. A tag "ID:holds" or "ID:fails" is how theorems name what they assume.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache

from expressivity.queries.explain import Wording
from languages.errors import InputError
from proofs import base, search
from proofs.kernel import Theorem

WORDS = Wording("", ())


class Contradiction(InputError):
    """Assumptions from which an inclusion and its contrary follow; `theorems` are both."""

    def __init__(self, texts: Iterable[str], theorems: tuple[Theorem, Theorem]) -> None:
        said = " and ".join(WORDS.says(t.statement) for t in theorems)
        super().__init__(f"the assumptions {', '.join(texts)} contradict each other or the theorem "
                         f"base: {said} both follow")
        self.theorems = theorems


def parse_assumptions(texts: Iterable[str]) -> frozenset[str]:
    """The tags of what the texts assume.

    Raises:
        InputError: a text is no conjecture of the base, or its contrary; names the nearest.
        Contradiction: not everything can hold.
    """
    texts = list(texts)
    given = frozenset(map(_tag, texts))
    found = search.contradiction(given)
    if found is not None:
        raise Contradiction(texts, found)
    return given


def claim(tag: str) -> str:
    """What a tag assumes, in words."""
    name, _, side = tag.rpartition(":")
    entry = base.conjectures()[name]
    return entry.believed if side == "holds" else entry.refuted


def contrary(tag: str) -> str:
    """The contrary of what a tag assumes, in words."""
    name, _, side = tag.rpartition(":")
    return claim(f"{name}:{'fails' if side == 'holds' else 'holds'}")


def claims(tags: Iterable[str]) -> list[str]:
    """What tags assume, in words, in order."""
    return sorted(map(claim, tags))


@cache
def possible(given: frozenset[str]) -> frozenset[str]:
    """All tags that do not contradict what is given."""
    every = search.every_conjecture()
    if not given:
        return every
    return frozenset(tag for tag in every - given if search.contradiction(given | {tag}) is None)


@cache
def _known() -> dict[str, str]:
    """Every way to write an assumption, squeezed, and its tag."""
    found: dict[str, str] = {}
    for name, entry in base.conjectures().items():
        for text in (name, entry.believed):
            found[_squeezed(text)] = f"{name}:holds"
        if entry.fails is not None:
            found[_squeezed(entry.refuted)] = f"{name}:fails"
            if " != " in name:
                found[_squeezed(name.replace("!=", "="))] = f"{name}:fails"
    return found


def _squeezed(text: str) -> str:
    return "".join(text.replace("\u2260", "!=").split()).casefold()


def _tag(text: str) -> str:
    known = _known()
    wanted = _squeezed(text)
    if wanted not in known:
        close = difflib.get_close_matches(wanted, known, 1, 0.4)
        hint = f", did you mean {claim(known[close[0]])!r}?" if close else ""
        raise InputError(f"unknown assumption {text[:80]!r}{hint}; `expressivity list conjectures` "
                         "shows all")
    return known[wanted]
