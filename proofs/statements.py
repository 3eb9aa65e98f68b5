"""The vocabulary of statements about languages, classes and kinds of models.

All are frozen values; two are the same statement exactly when they are equal. A language with an
automaton *is* that automaton: names are for display and never decide equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from proofs.profile import Profile

Reduction = str  # a key of REDUCTIONS

REDUCTIONS = {
    "projection": "DLOGTIME-uniform projections",
    "AC0": "DLOGTIME-uniform AC0 many-one (first-order) reductions",
    "AC0-Turing": "DLOGTIME-uniform AC0 Turing reductions",
    "L": "logarithmic-space many-one reductions",
}


@dataclass(frozen=True)
class Automaton:
    """A complete DFA as plain data: `delta[state][letter index]`."""

    alphabet: tuple[str, ...]
    delta: tuple[tuple[int, ...], ...]
    start: int
    accept: tuple[int, ...]


@dataclass(frozen=True)
class Language:
    """A formal language: the language of `automaton`, or the catalogue task called `name`.

    `automaton` is the minimal complete DFA, states numbered breadth first in alphabet order, so
    that equal languages over one alphabet have equal automata.
    """

    name: str = field(compare=False)
    automaton: Automaton | None
    task: str | None = None  # identifies languages without an automaton

    def __post_init__(self) -> None:
        if (self.automaton is None) == (self.task is None):
            raise ValueError(f"language {self.name!r}: give an automaton or a task, not both")


@dataclass(frozen=True)
class Sub:
    """Every language of class `lower` (that is in class `within`) is in class `upper`."""

    lower: str
    upper: str
    within: str | None = None


@dataclass(frozen=True)
class NotSub:
    """Some language of class `left` is not in class `right`."""

    left: str
    right: str


@dataclass(frozen=True)
class In:
    """The language belongs to the class."""

    language: Language
    cls: str


@dataclass(frozen=True)
class NotIn:
    """The language does not belong to the class."""

    language: Language
    cls: str


@dataclass(frozen=True)
class Hard:
    """Every language of class `cls` reduces to the language."""

    language: Language
    cls: str
    under: Reduction


@dataclass(frozen=True)
class HardOutside:
    """Every language of class `within` that is not in `outside` is `cls`-hard."""

    within: str
    outside: str
    cls: str
    under: Reduction


@dataclass(frozen=True)
class Closed:
    """What reduces to a language of `cls` under one of these reductions is in `cls`."""

    cls: str
    under: tuple[Reduction, ...]


@dataclass(frozen=True)
class Upper:
    """Every language (of class `within`) that a model of `region` recognises is in `cls`."""

    region: Profile
    cls: str
    within: str | None = None


@dataclass(frozen=True)
class Lower:
    """Every language of `cls` is recognised by some model of `region`."""

    cls: str
    region: Profile


@dataclass(frozen=True)
class Can:
    """Some model of `region` recognises the language."""

    language: Language
    region: Profile


@dataclass(frozen=True)
class Cannot:
    """No model of `region` recognises the language."""

    language: Language
    region: Profile


@dataclass(frozen=True)
class Open:
    """The literature records that nobody knows whether `statement` holds."""

    statement: Statement


Statement = (
    Sub | NotSub | In | NotIn | Hard | HardOutside | Closed | Upper | Lower | Can | Cannot | Open
)
