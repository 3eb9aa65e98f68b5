"""The search for a group that settles a question, the cheapest places first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from languages.algebra.orbit import Component
from languages.algebra.pairs import PairGraph
from languages.algebra.probe import Probe
from languages.algebra.work import WorkLimit
from languages.classes.analysis import Analysis
from languages.evidence import Answer

SMALL_PAIR_GRAPH = 300_000


@dataclass(frozen=True)
class Finding:
    """The answer to "are all groups of that kind?", and for "no" perhaps where it was seen."""

    answer: Answer
    group: Component | Probe | None = None


def search(
    analysis: Analysis,
    by_pairs: Callable[[PairGraph], Answer | None],
    unwanted: Callable[[Component | Probe], bool],
    no: str,
) -> Finding:
    """Answer "yes" unless some group is unwanted; `no` is the reason then, {} for the degree.

    `by_pairs` may settle the question from the pair graph; when that is large, the beginning
    of the image orbit and groups of random words are looked at before. If they do not settle it
    and a smaller automaton has the same groups, it is searched instead. `unwanted` may raise
    `WorkLimit`.
    """

    too_large = False

    def first(groups: Iterable[Component | Probe]) -> Finding | None:
        nonlocal too_large
        for group in groups:
            try:
                if not group.trivial and unwanted(group):
                    return Finding(Answer("no", no.format(group.degree)), group)
            except WorkLimit:
                too_large = True
        return None

    def from_pairs() -> Finding | None:
        answer = None if analysis.pairs is None else by_pairs(analysis.pairs)
        return None if answer is None else Finding(answer)

    small = analysis.pair_cells <= SMALL_PAIR_GRAPH
    found = (from_pairs() if small else None) or first(analysis.components(stages=1))
    if found is None and not analysis.orbit.complete:
        found = first(analysis.probes)
        if found is None and analysis.core is not None:
            return _without_group(_search_core(analysis.core, by_pairs, unwanted, no))
        found = found or (None if small else from_pairs())
    found = found or first(analysis.components())
    if found is not None:
        return found
    if not analysis.orbit.complete:
        return Finding(Answer("undetermined", analysis.orbit_over_budget))
    if too_large:
        return Finding(Answer("undetermined", analysis.groups_over_budget))
    sets = len(analysis.orbit.keys)
    return Finding(Answer("yes", f"as the groups of all {sets} image sets of states show"))


def _search_core(
    core: Analysis,
    by_pairs: Callable[[PairGraph], Answer | None],
    unwanted: Callable[[Component | Probe], bool],
    no: str,
) -> Finding:
    if core.states.partially_ordered:
        return Finding(Answer("yes", "all cycles are self-loops, up to states that words merge"))
    return search(core, by_pairs, unwanted, no)


def _without_group(finding: Finding) -> Finding:
    """What was found in another automaton is no place in this one."""
    return Finding(finding.answer)
