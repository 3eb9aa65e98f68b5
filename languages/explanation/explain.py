"""Why a regular language falls where it does: patterns, reasons, groups and letters, together."""

from __future__ import annotations

from dataclasses import dataclass

from languages.classes.analysis import Analysis, Budget, Progress
from languages.classify import Classification, classify_analysis
from languages.dfa import DFA
from languages.evidence import Answer
from languages.explanation import letters, reasons
from languages.explanation.groups import Groups, groups
from languages.explanation.letters import Change
from languages.explanation.pattern import Board, Pattern
from languages.explanation.patterns import pattern
from languages.explanation.reasons import Reason

QUESTION = "nc1_complete"  # the one key whose "yes" has a pattern and whose "no" is a reason


@dataclass(frozen=True)
class Why:
    """One class: the answer, and the pattern of a "no" or the facts of a "yes".

    A "no" without a pattern is one whose evidence is over budget, or for NC1-completeness one that
    the class of solvable groups explains.
    """

    key: str
    answer: Answer
    pattern: Pattern | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Component:
    """A strongly connected component of the minimal DFA: its states, and the gcd of its cycles.

    The period is 0 when no cycle goes through its one state.
    """

    states: tuple[int, ...]
    period: int


@dataclass(frozen=True)
class Explanation:
    """What can be said about a language on its minimal DFA.

    `neutral`, `dead` are letters (as numbers), `sink` a state; `components` come in an order in
    which letters lead to the same or a later one.
    """

    dfa: DFA
    classification: Classification
    classes: tuple[Why, ...]
    groups: Groups
    components: tuple[Component, ...]
    neutral: tuple[int, ...]
    dead: tuple[int, ...]
    sink: int | None
    changes: tuple[Change, ...]


def explain(dfa: DFA, budget: Budget | None = None,
            progress: Progress | None = None) -> Explanation:
    """Classify the language of a DFA, and say why.

    Nothing is looked for beyond the budget; what is over it is left out, and said to be.
    """
    analysis = Analysis(dfa, budget, progress)
    found = classify_analysis(analysis)
    board = Board(analysis)
    formed = groups(board)
    classes = []
    for key, answer in found.answers.items():
        shown = answer.value == ("yes" if key == QUESTION else "no")
        facts = reasons.reasons(board, key, formed) if answer.value == "yes" else []
        classes.append(Why(key, answer, pattern(board, key) if shown else None, tuple(facts)))
    graph = analysis.states
    parts = tuple(Component(tuple(graph.members[c]), graph.period[c])
                  for c in reversed(range(graph.count)))
    minimal = analysis.dfa
    return Explanation(
        minimal, found, tuple(classes), formed, parts, tuple(letters.neutral(minimal)),
        tuple(letters.dead(minimal)), letters.sink(minimal),
        tuple(letters.changes(minimal, found, budget, progress)))
