"""FO2[<], first-order logic with two variables and the order: the syntactic monoid is in DA.

Therien and Wilke (1998). Equivalently unary temporal logic, or unions of unambiguous products. On
the minimal DFA: no word w fixes two states p and q such that letters of w lead from p to q. The
words that fix a pair stay in its component of the pair graph, and one of them has all letters of
the component; so it is enough to look at one pair of each. The empty word makes no difference.
"""

from __future__ import annotations

import numpy as np

from languages.algebra.closed_walks import shortest_path
from languages.algebra.left import covering_walk
from languages.algebra.pairs import PairGraph
from languages.algebra.states import StateGraph
from languages.algebra.words import plain
from languages.classes import l_trivial
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "fo2"
ALGEBRAIC_CLASS = "FO2[<]"
YES = Answer("yes", "no word fixes two states one of which its letters lead to the other")


def decide(analysis: Analysis) -> Answer:
    """Is the syntactic monoid in DA?"""
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    if analysis.pairs is None:
        return Answer("undetermined", analysis.pairs_over_budget)
    found = _find(analysis)
    if found is None:
        return YES
    p, q, _ = found
    return Answer("no", f"a word fixes states {p} and {q}, and its letters lead from {p} to {q}")


def _find(analysis: Analysis) -> tuple[int, int, list[int]] | None:
    """(p, q, letters): a word with exactly these letters fixes p and q, and they lead p to q."""
    pairs = analysis.pairs
    return None if pairs is None else analysis.once(KEY, lambda: alphabet_path(pairs))


def alphabet_path(pairs: PairGraph) -> tuple[int, int, list[int]] | None:
    """The same, for any automaton; None proves that its transition monoid is in DA."""
    delta = pairs.states.delta
    _, first = np.unique(pairs.label, return_index=True)
    by_gamma: dict[int, list[int]] = {}
    for root, gamma in zip(first.tolist(), pairs.gamma, strict=True):
        by_gamma.setdefault(gamma, []).append(root)
    for gamma, roots in by_gamma.items():
        letters = [a for a in range(delta.shape[1]) if gamma >> a & 1]
        graph = StateGraph(delta[:, letters])
        low, high = graph.labels[pairs.low[roots]], graph.labels[pairs.high[roots]]
        for source, target, p, q in ((low, high, pairs.low, pairs.high),
                                     (high, low, pairs.high, pairs.low)):
            hit = np.flatnonzero(graph.reach_matrix[source, target])
            if len(hit):
                return int(p[roots[hit[0]]]), int(q[roots[hit[0]]]), letters
    return None


def evidence(analysis: Analysis) -> Evidence | None:
    """Levels of pairs whose letters do not join them, or a word that fixes two joined states."""
    answer = decide(analysis).value
    if answer == "yes":
        if analysis.pair_cells > l_trivial.LARGEST_EVIDENCE:
            return None
        data: dict[str, object] = {"levels": l_trivial.levels(analysis)}
        return Evidence("alphabet-levels", ALGEBRAIC_CLASS, True, data)
    found = _find(analysis)
    if found is None or analysis.pairs is None:
        return None
    p, q, letters = found
    table = analysis.states.table

    def step(state: int) -> list[int | None]:
        row: list[int | None] = [None] * len(table[state])
        for a in letters:
            row[a] = table[state][a]
        return row

    way = shortest_path(p, step, lambda x: x == q)
    if way is None:
        raise ArithmeticError("no way between joined states")
    data = {
        "u": analysis.access(p),
        "w": analysis.json(covering_walk(analysis.pairs, (p, q), letters)),
        "s": analysis.json(plain(way)),
        "v": analysis.distinguish(p, q),
    }
    return Evidence("alphabet-path", ALGEBRAIC_CLASS, False, data)
