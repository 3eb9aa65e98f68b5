"""What a theorem base could say of one language, or of two classes, for and against.

A topic is a language L, with everything that gives "L in V" or "L not in V" for some region V; or
two classes A and D of which the base derives that A is not inside D, with everything that gives
"A <= V" or "V <= D". A box about which a topic yields both sides is a contradiction of the base.
Nothing here assumes a conjecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from expressivity.queries.facts import Facts
from languages.catalogue import entries
from languages.classes.analysis import Budget
from languages.language import Language
from languages.parse import parse_language
from proofs import kernel
from proofs.kernel import Theorem
from proofs.profile import Profile
from proofs.search import Knowledge, base_theorems, class_inclusions, separations
from proofs.statements import Can, Cannot, Lower, Upper

SECONDS = 10.0  # for the image sets of one language


@dataclass(frozen=True, eq=False)
class Topic:
    """`positive` and `negative` are theorems about regions that contradict each other where some
    box offers the region of the first and lies in that of the second. `apart`, for classes:
    A is not inside D.
    """

    name: str
    positive: tuple[Theorem, ...]
    negative: tuple[Theorem, ...]
    apart: Theorem | None = None


def region_of(theorem: Theorem) -> Profile:
    """The region that a theorem of a topic is about."""
    s = theorem.statement
    if not isinstance(s, Upper | Lower | Can | Cannot):
        raise TypeError(f"{type(s).__name__} has no region")
    return s.region


def catalogue() -> Iterator[Language]:
    """Every example of the catalogue, which has all languages that the base speaks of."""
    for entry in entries().values():
        for text in entry.examples:
            yield parse_language(text)


def topics(languages: Iterable[Language]) -> Iterator[Topic]:
    """The topics with both sides: of these languages, then of classes."""
    for language in languages:
        facts = Facts(language, Budget(seconds=SECONDS))
        topic = _of_language(Knowledge(facts.term, facts.theorems(facts.classes())))
        if topic.positive and topic.negative:
            yield topic
    seen: set[tuple[frozenset[object], frozenset[object]]] = set()
    for (left, right), apart in separations().items():
        topic = _of_classes(left, right, apart)
        # The same two sides under other names are the same question.
        key = (_sources(topic.positive), _sources(topic.negative))
        if topic.positive and topic.negative and key not in seen:
            seen.add(key)
            yield topic


def _sources(theorems: Iterable[Theorem]) -> frozenset[object]:
    return frozenset((id(region_of(t)), isinstance(t.statement, Lower)) for t in theorems)


def _of_language(known: Knowledge) -> Topic:
    language = known.language
    positive: list[Theorem] = []
    negative: list[Theorem] = []
    for theorem in base_theorems():
        match theorem.statement:
            case Can(other, _) if other == language:
                positive.append(theorem)
            case Lower(cls, _) if cls in known.member:
                positive.append(kernel.possible(theorem, known.member[cls]))
            case Cannot(other, _) if other == language:
                negative.append(theorem)
            case Upper(_, cls, None) if cls in known.excluded:
                negative.append(kernel.impossible(theorem, known.excluded[cls]))
            case Upper(_, cls, str(within)) if cls in known.excluded and within in known.member:
                negative.append(kernel.impossible(theorem, known.excluded[cls],
                                                  known.member[within]))
    return Topic(language.name, tuple(positive), tuple(negative))


def _of_classes(left: str, right: str, apart: Theorem) -> Topic:
    above = class_inclusions(left)  # all classes that contain the left one
    positive: list[Theorem] = []
    negative: list[Theorem] = []
    for theorem in base_theorems():
        match theorem.statement:
            case Lower(cls, _):
                if cls == left:
                    positive.append(theorem)
                elif cls in above:
                    positive.append(kernel.lower_lower(theorem, above[cls]))
            case Upper(_, cls, within) if within is None or within == left or within in above:
                if cls == right:
                    negative.append(theorem)
                elif right in (wider := class_inclusions(cls, within)):
                    negative.append(kernel.raise_upper(theorem, wider[right]))
    return Topic(f"{left} and {right}", tuple(positive), tuple(negative), apart)
