"""C-RASP for regular languages: what both readouts share.

A run enters a component of the minimal DFA at a state that is known. From there on a past count
that is balanced in the component shows its value, and with it the class of the state; counts that
are not balanced grow beyond all bounds and show nothing (Yang, Veseli, Barloy et al. 2026,
appendix J; the checkers of the two kinds of certificate have the proofs).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from languages.algebra.potentials import Balanced, refinement
from languages.algebra.words import plain
from languages.algebra.work import Work, WorkLimit
from languages.classes import r_trivial
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

LARGEST_NUMBER = 10**40  # of a certificate
LARGEST_EVIDENCE = 500_000  # steps towards a certificate


@dataclass(frozen=True)
class Refined:
    """A component: its states, and the rounds of the refinement on their positions."""

    states: list[int]
    rounds: list[Balanced]

    @property
    def useful(self) -> list[Balanced]:
        """The rounds that split classes."""
        return [counts for counts in self.rounds if counts.splits]

    @property
    def classes(self) -> list[int]:
        """The class of each state when nothing changes any more."""
        return self.rounds[-1].refined

    def confused(self, analysis: Analysis, last: bool) -> tuple[int, int] | None:
        """Positions of two states of one class that have to be told apart.

        At the last letter, that is at least one letter from the end, these are the states that
        some letter leads to different states.
        """
        table = analysis.states.table
        first: dict[int, int] = {}
        for i, c in enumerate(self.classes):
            j = first.setdefault(c, i)
            p, q = self.states[j], self.states[i]
            if p != q and (not last or table[p] != table[q]):
                return j, i
        return None


def refined(analysis: Analysis) -> tuple[list[Refined], bool]:
    """The components of several states, the small ones first; and whether these are all."""
    return analysis.once("c-rasp refinement", lambda: _refined(analysis))


def _refined(analysis: Analysis) -> tuple[list[Refined], bool]:
    graph = analysis.states
    found: list[Refined] = []
    work = Work(analysis.budget.max_pairs)
    for states in sorted((m for m in graph.members if len(m) > 1), key=len):
        place = {q: i for i, q in enumerate(states)}
        edges = [
            (i, a, place[r])
            for i, q in enumerate(states)
            for a, r in enumerate(graph.table[q])
            if r in place
        ]
        try:
            found.append(Refined(states, refinement(len(states), edges, work)))
        except WorkLimit:
            return found, False
    return found, True


def decide(analysis: Analysis, last: bool) -> Answer:
    """Do balanced counts, read at the last letter or after it, know enough about the state?"""
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    found, complete = refined(analysis)
    for component in found:
        pair = component.confused(analysis, last)
        if pair is not None:
            q, r = (component.states[i] for i in pair)
            size = len(component.states)
            return Answer("no", f"in a component of {size} states no counts tell {q} from {r}")
    if complete:
        depth = max(len(component.useful) for component in found)
        known = "where each letter leads" if last else "the state"
        return Answer("yes", f"{depth} rounds of counts show {known} in each component")
    limit = analysis.budget.max_pairs
    return Answer("undetermined", f"more than {limit} steps of linear algebra; raise --max-pairs")


def evidence(analysis: Analysis, algebraic_class: str, last: bool) -> Evidence | None:
    """Counts that show the state, or states that no count tells apart."""
    found, complete = refined(analysis)
    for component in found:
        pair = component.confused(analysis, last)
        if pair is not None:
            try:
                data = _partition(analysis, component, pair, last)
            except WorkLimit:
                return None
            if data is None:
                return None
            return Evidence("c-rasp-partition", algebraic_class, False, data)
    return _counts(analysis, algebraic_class, found) if complete else None


def _counts(analysis: Analysis, algebraic_class: str, found: list[Refined]) -> Evidence | None:
    depth = max((len(component.useful) for component in found), default=0)
    values = [[0] * analysis.dfa.states for _ in range(depth)]
    for component in found:
        for row, counts in zip(values, component.useful, strict=False):
            for q, value in zip(component.states, counts.values(), strict=True):
                row[q] = value
    if any(abs(value) >= LARGEST_NUMBER for row in values for value in row):
        return None
    data = {"rank": r_trivial.ranks(analysis), "values": values}
    return Evidence("c-rasp", algebraic_class, True, data)


def _partition(
    analysis: Analysis, component: Refined, pair: tuple[int, int], last: bool
) -> dict[str, Any] | None:
    counts = component.rounds[-1]
    first: dict[int, int] = {}
    combinations: list[list[object]] = []
    work = Work(LARGEST_EVIDENCE)
    for i, c in enumerate(component.classes):
        d, terms = counts.difference(i, first.setdefault(c, i), work)
        if max([d, *map(abs, terms.values())]) >= LARGEST_NUMBER:
            return None
        spelled = []
        for edge, x in terms.items():
            p, a, _ = counts.edges[edge]
            spelled.append([p, analysis.representative[a], x])
        combinations.append([d, spelled])
    p, q = (component.states[i] for i in pair)
    before: list[list[object]] = []
    if last:
        table = analysis.states.table
        a = next(a for a, (r, t) in enumerate(zip(table[p], table[q], strict=True)) if r != t)
        before = analysis.json(plain([a]))
        p, q = table[p][a], table[q][a]
    return {
        "u": analysis.access(min(component.states)),
        "states": component.states,
        "classes": component.classes,
        "combinations": combinations,
        "pair": list(pair),
        "v": [*before, *analysis.distinguish(p, q)],
    }
