"""L-trivial languages, decided on pairs of states of the minimal DFA (see `algebra.left`)."""

from __future__ import annotations

from languages.algebra.left import (
    LeftPattern,
    confluence_failure,
    full_pattern,
    pair_levels,
    quick_pattern,
)
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "l_trivial"
ALGEBRAIC_CLASS = "L-trivial"
LARGEST_EVIDENCE = 3_000_000  # cells of a pair graph whose levels are written down
YES = "p.a.f = p.f for all states p, idempotents f and letters a of f"


def decide(analysis: Analysis) -> Answer:
    """Is the syntactic monoid L-trivial?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    no = Answer("no", "p.a.f differs from p.f for a state p, a letter a of an idempotent f")
    if find(analysis) is not None:
        return no
    if analysis.states.partially_ordered or analysis.states.m == 1 or analysis.pairs is not None:
        return Answer("yes", YES)
    smaller = analysis.merged
    if smaller is not None and smaller.states.n == 1:
        return Answer("yes", "all long words of one length lead every state to one state")
    if smaller is None or smaller.pairs is None:
        return Answer("undetermined", analysis.pairs_over_budget)
    return Answer("yes", YES) if full_pattern(smaller.pairs) is None else no


def find(analysis: Analysis) -> LeftPattern | None:
    """A forbidden pattern; None if there is none (or, over budget, none was found).

    With one letter its powers are all idempotents, and the quick look is complete.
    """
    return analysis.once("left pattern", lambda: _find(analysis))


def _find(analysis: Analysis) -> LeftPattern | None:
    if analysis.states.partially_ordered:
        return confluence_failure(analysis.delta)
    found = quick_pattern(analysis.delta)
    if analysis.states.m > 1 and found is None and analysis.pairs is not None:
        return full_pattern(analysis.pairs)
    return found


def evidence(analysis: Analysis) -> Evidence | None:
    """Levels of the pair graph, or the words of a forbidden pattern."""
    pattern = find(analysis)
    if pattern is not None:
        return left_pattern(analysis, pattern, ALGEBRAIC_CLASS)
    if decide(analysis).value != "yes" or analysis.pair_cells > LARGEST_EVIDENCE:
        return None
    return Evidence("left-order", ALGEBRAIC_CLASS, True, {"levels": levels(analysis)})


def levels(analysis: Analysis) -> list[list[int]]:
    """The levels of the pair graph, for certificates."""
    return analysis.once("pair levels", lambda: pair_levels(analysis.delta))


def left_pattern(analysis: Analysis, pattern: LeftPattern, algebraic_class: str) -> Evidence:
    """The pattern as a certificate's data."""
    data = {
        "u": analysis.access(pattern.p),
        "a": analysis.representative[pattern.letter],
        "z": analysis.json(pattern.z),
        "f": analysis.json(pattern.f),
        "v": analysis.distinguish(pattern.s, pattern.t),
    }
    return Evidence("left-pattern", algebraic_class, False, data)
