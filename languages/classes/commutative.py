"""Commutative languages: the order of the letters of a word does not matter.

In the minimal DFA q.ab = q.ba for all states q and letters a, b (Pin 1986). The empty word makes no
difference.
"""

from __future__ import annotations

import numpy as np

from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "commutative"
ALGEBRAIC_CLASS = "commutative"


def decide(analysis: Analysis) -> Answer:
    """Do all letters commute?"""
    found = _exchange(analysis)
    if found is None:
        return Answer("yes", "all letters commute on the minimal DFA")
    q, a, b = found
    one, two = (analysis.dfa.alphabet[analysis.representative[x]] for x in (a, b))
    return Answer("no", f"the letters {one} and {two} do not commute at state {q}")


def _exchange(analysis: Analysis) -> tuple[int, int, int] | None:
    """(state, letter, letter) with q.ab != q.ba; None if there are none."""
    return analysis.once("exchange", lambda: _find_exchange(analysis))


def _find_exchange(analysis: Analysis) -> tuple[int, int, int] | None:
    delta = analysis.delta
    for a in range(delta.shape[1]):
        for b in range(a):
            wrong = np.flatnonzero(delta[delta[:, a], b] != delta[delta[:, b], a])
            if len(wrong):
                return int(wrong[0]), a, b
    return None


def evidence(analysis: Analysis) -> Evidence:
    """Each state in a block of its own, or two letters at a state."""
    found = _exchange(analysis)
    if found is None:
        data: dict[str, object] = {"block": list(range(analysis.dfa.states))}
        return Evidence("commuting-letters", ALGEBRAIC_CLASS, True, data)
    q, a, b = found
    table = analysis.states.table
    data = {
        "u": analysis.access(q),
        "a": analysis.representative[a],
        "b": analysis.representative[b],
        "v": analysis.distinguish(table[table[q][a]][b], table[table[q][b]][a]),
    }
    return Evidence("order-of-letters", ALGEBRAIC_CLASS, False, data)
