"""Reverse definite languages: for some k the first k letters decide, for words of k or more.

Ginzburg (1966): all cycles of the minimal DFA are those of states that no letter leaves; in the
syntactic semigroup (of the words that are not empty), es = e for all s and idempotents e. Words
shorter than k are free, so the empty word makes no difference.
"""

from __future__ import annotations

from functools import partial
from operator import eq

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import plain
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "reverse_definite"
ALGEBRAIC_CLASS = "reverse-definite"


def decide(analysis: Analysis) -> Answer:
    """Do all long words lead from the start to states that no letter leaves?"""
    found = _exit(analysis)
    if found is not None:
        return Answer("no", f"state {found[0]} lies on a cycle, and a letter leads to another one")
    k = least(analysis)
    return Answer("yes", f"the first {k} letters decide, and {k} is the least such number")


def least(analysis: Analysis) -> int:
    """The least k, of a reverse definite language: the longest way to a state without exit."""
    states = analysis.states
    depth = [0] * states.n
    for c in range(states.count):  # successors come first
        (q,) = states.members[c]
        depth[q] = max((1 + depth[r] for r in states.table[q] if r != q), default=0)
    return depth[analysis.dfa.start]


def _exit(analysis: Analysis) -> tuple[int, int] | None:
    """A state on a cycle and a letter that leads it to another state."""
    return analysis.once("exit from a cycle", lambda: _find_exit(analysis))


def _find_exit(analysis: Analysis) -> tuple[int, int] | None:
    states = analysis.states
    for q, row in enumerate(states.table):
        if any(states.component[r] == states.component[q] for r in row):
            for a, r in enumerate(row):
                if r != q:
                    return q, a
    return None


def evidence(analysis: Analysis) -> Evidence:
    """The least k, or a cycle and a letter that leads from one of its states to another state."""
    found = _exit(analysis)
    if found is None:
        return Evidence("first-letters", ALGEBRAIC_CLASS, True, {"k": least(analysis)})
    q, a = found
    states = analysis.states
    loop: list[int] | None = None
    for b, r in enumerate(states.table[q]):
        if states.component[r] == states.component[q]:
            back = shortest_path(r, lambda x: list(states.table[x]), partial(eq, q))
            if back is not None and (loop is None or len(back) + 1 < len(loop)):
                loop = [b, *back]
    if loop is None:
        raise ArithmeticError("no way back inside a component")
    data = {
        "u": analysis.access(q),
        "x": analysis.json(plain(loop)),
        "y": analysis.json(plain([a])),
        "v": analysis.distinguish(q, states.table[q][a]),
    }
    return Evidence("loop-exit", ALGEBRAIC_CLASS, False, data)
