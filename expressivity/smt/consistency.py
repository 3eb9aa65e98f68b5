"""Does some box derive both a language and its absence? Asked of z3, over the finite quotient.

Only smallest boxes need to be looked at. Suppose a profile derives a contradiction. It offers every
box of some construction, and each of its boxes derives the absence, by bounds on larger boxes and
by cases along axes of alternatives. Shrink the boxes that offer the construction to what it uses,
and to one value where it does not care: they still offer it, each lies in the box that it came
from, and for each choice of its alternatives some bound still holds all of it. So a contradiction
exists exactly if, for some topic, some construction and some such boxes, every choice of
alternatives of each box lies inside some bound of the topic.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from expressivity.smt.boxes import Quotient, conjunction, disjunction
from expressivity.smt.topics import Topic, catalogue, region_of, topics
from expressivity.solvers.smt import Limits, NoModel, Unknown, solve_smt
from languages.errors import InputError
from languages.language import Language
from proofs import kernel
from proofs.axes import AXES
from proofs.kernel import Theorem
from proofs.profile import Box, Profile, inside

MAX_CASES = 4096
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Contradiction:
    """Boxes about which a topic says both; the theorems are the kernel's, about these boxes.

    First what is recognised, then its absence, box by box and where needed case by case; for two
    classes last that one is not inside the other.
    """

    topic: str
    profile: Profile
    theorems: tuple[Theorem, ...]


@dataclass(frozen=True)
class Consistency:
    """`contradiction` is None where there is none, or where `unknown` says why it is not known.

    `pairs` counts the pairs of a construction and a bound that were compared, over all topics.
    """

    topics: int
    constructions: int
    bounds: int
    pairs: int
    contradiction: Contradiction | None
    unknown: str | None

    @property
    def consistent(self) -> bool:
        """Did z3 say that there is no such box? There is no certificate of it."""
        return self.contradiction is None and self.unknown is None


def check_consistency(languages: Iterable[Language] = (), limits: Limits | None = None,
                      progress: Progress | None = None) -> Consistency:
    """Ask z3 about the languages of the catalogue, `languages`, and all classes of the base.

    Raises:
        InputError: a construction has too many alternatives.
    """
    asked: list[Topic] = []
    for topic in topics([*catalogue(), *languages]):
        asked.append(topic)
        if progress is not None:
            progress("topics", len(asked))
    return check_topics(asked, limits, progress)


def check_topics(asked: Sequence[Topic], limits: Limits | None = None,
                 progress: Progress | None = None) -> Consistency:
    """As `check_consistency`, about topics that are given."""
    quotient = Quotient(box for topic in asked for t in (*topic.positive, *topic.negative)
                        for box in region_of(t))
    questions = [(topic, positive) for topic in asked for positive in topic.positive]
    pairs = sum(len(topic.positive) * len(topic.negative) for topic in asked)
    if progress is not None:
        progress("z3, pairs of a construction and a bound", pairs)
    found = solve_smt(_script(quotient, questions), limits)
    contradiction = unknown = None
    if isinstance(found, Unknown):
        unknown = found.reason
    elif not isinstance(found, NoModel):
        contradiction = _repeat(quotient, questions, found.values)
    return Consistency(len(asked), len({id(region_of(p)) for _, p in questions}),
                       len({id(region_of(n)) for topic in asked for n in topic.negative}),
                       pairs, contradiction, unknown)


class _Script:
    """Lines of SMT-LIB; formulas that are needed often have names."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._names: dict[Hashable, str] = {}

    def named(self, key: Hashable, make: Callable[..., str], *arguments: object) -> str:
        """The name of the formula with this key, made if it is new."""
        if key not in self._names:
            self._names[key] = f"formula{len(self._names)}"
            self.lines.append(f"(define-fun {self._names[key]} () Bool {make(*arguments)})")
        return self._names[key]


def _script(quotient: Quotient, questions: Sequence[tuple[Topic, Theorem]]) -> str:
    """Some question can be answered by boxes v0, v1 ..., as many as the construction has."""
    script = _Script()
    for k in range(max((len(region_of(positive)) for _, positive in questions), default=0)):
        script.lines += quotient.declare(f"v{k}")
    for number, (topic, positive) in enumerate(questions):
        script.lines.append(f"(declare-const question{number} Bool)")
        parts = []
        bounds = [box for negative in topic.negative for box in region_of(negative)]
        for k, need in enumerate(region_of(positive)):
            parts.append(script.named((k, need), quotient.smallest, f"v{k}", need))
            parts += [disjunction(_holding(script, quotient, f"v{k}", case, bounds))
                      for case in cases(need, bounds)]
        script.lines.append(f"(assert (=> question{number} {conjunction(parts)}))")
    script.lines.append(f"(assert {disjunction(f'question{k}' for k in range(len(questions)))})")
    return "\n".join(script.lines)


def cases(need: Box, bounds: Sequence[Box]) -> list[dict[str, str]]:
    """The choices on those axes of alternatives where a construction uses several values.

    Of values that the same bounds hold, one stands for all; an axis where that leaves one value
    is left out, and counts with the rest of the box.

    Raises:
        InputError: there are too many.
    """
    several: dict[str, list[str]] = {}
    alternatives = [axis.name for axis in AXES if axis.kind == "alternatives"]
    bounds = [bound for bound in bounds  # those that hold no case tell no values apart
              if all(_values(bound, name) & _values(need, name) for name in alternatives)]
    for axis in AXES:
        if axis.kind == "alternatives" and axis.name not in need.each:
            alike = {tuple(value in _values(bound, axis.name) for bound in bounds): value
                     for value in sorted(_values(need, axis.name))}
            if len(alike) > 1:
                several[axis.name] = list(alike.values())
    count = prod(map(len, several.values()))
    if count > MAX_CASES:
        raise InputError(f"a construction has {count} choices of alternatives, more than "
                         f"{MAX_CASES}")
    return [dict(zip(several, choice, strict=True))
            for choice in itertools.product(*several.values())]


def _holding(script: _Script, quotient: Quotient, v: str, case: Mapping[str, str],
             bounds: Iterable[Box]) -> Iterator[str]:
    """For each bound that may hold the case: the rest of the box lies in it."""
    rest = tuple(axis.name for axis in AXES if axis.name not in case)
    for bound in bounds:
        if all(value in _values(bound, axis) for axis, value in case.items()):
            yield script.named((v, bound, rest), quotient.inside, v, bound, rest)


def _values(box: Box, axis: str) -> frozenset[str]:
    value = box[axis]
    return value if isinstance(value, frozenset) else frozenset()


# ---- the kernel repeats what z3 found -----------------------------------------------------------


def _repeat(quotient: Quotient, questions: Sequence[tuple[Topic, Theorem]],
            values: Mapping[str, str]) -> Contradiction:
    """The derivations for the boxes that z3 found.

    Raises:
        kernel.RuleError: the kernel cannot derive them: a defect of the translation.
    """
    topic, positive = next(question for k, question in enumerate(questions)
                           if values.get(f"question{k}") == "true")
    profile = tuple(quotient.read(f"v{k}", values) for k in range(len(region_of(positive))))
    theorems = [kernel.extend(positive, profile)]
    for box in profile:
        theorems += absence(topic, box)
    if topic.apart is not None:
        theorems.append(topic.apart)
    return Contradiction(topic.name, profile, tuple(theorems))


def absence(topic: Topic, box: Box) -> list[Theorem]:
    """The absence for a box, by a bound that holds all of it or by cases, one theorem each.

    Raises:
        kernel.RuleError: no bound of the topic holds some case.
    """
    for negative in topic.negative:
        if any(inside(box, bound) for bound in region_of(negative)):
            return [kernel.restrict(negative, (box,))]
    for axis in AXES:
        value = box[axis.name]
        if axis.kind == "alternatives" and isinstance(value, frozenset) and len(value) > 1:
            return [theorem for choice in sorted(value)
                    for theorem in absence(topic, box.replace(axis.name, frozenset([choice])))]
    raise kernel.RuleError("absence: no bound holds the box")
