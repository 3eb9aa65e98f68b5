"""R-trivial languages: the minimal DFA is partially ordered (Brzozowski and Fich 1980)."""

from __future__ import annotations

from functools import partial
from operator import eq

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import plain
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "r_trivial"
ALGEBRAIC_CLASS = "R-trivial"


def decide(analysis: Analysis) -> Answer:
    """Are all cycles of the minimal DFA self-loops?"""
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    return Answer("no", "the minimal DFA has a cycle through two states")


def evidence(analysis: Analysis) -> Evidence:
    """A rank that every transition between different states raises, or a cycle."""
    if analysis.states.partially_ordered:
        data = {"rank": ranks(analysis)}
        return Evidence("partial-order", ALGEBRAIC_CLASS, True, data)
    return cycle(analysis, ALGEBRAIC_CLASS)


def ranks(analysis: Analysis) -> list[int]:
    """Per state a number that every transition to another state raises."""
    states = analysis.states
    return [states.count - 1 - c for c in states.component]


def cycle(analysis: Analysis, algebraic_class: str) -> Evidence:
    """Two states on a cycle and a word that tells them apart."""
    states = analysis.states
    best: tuple[int, list[int], int] | None = None
    for q, row in enumerate(states.table):
        for a, r in enumerate(row):
            if r == q or states.component[r] != states.component[q]:
                continue
            back = shortest_path(r, lambda x: list(states.table[x]), partial(eq, q))
            if back is not None and (best is None or len(back) < len(best[1])):
                best = (q, back, a)
        if best is not None:
            break
    if best is None:
        raise ArithmeticError("no cycle in an automaton that is not partially ordered")
    q, back, a = best
    data = {
        "u": analysis.access(q),
        "x": analysis.json(plain([a])),
        "y": analysis.json(plain(back)),
        "v": analysis.distinguish(q, states.table[q][a]),
    }
    return Evidence("cycle", algebraic_class, False, data)
