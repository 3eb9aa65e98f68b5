"""Group languages: the syntactic monoid is a group.

Each letter permutes the states of the minimal DFA (Pin 1986). The empty word makes a difference
here: the words of even length over {a} are a group language, and are none without the empty word.
"""

from __future__ import annotations

import numpy as np

from languages.algebra.words import plain
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "group_language"
ALGEBRAIC_CLASS = "group-language"


def decide(analysis: Analysis) -> Answer:
    """Does each letter permute the states of the minimal DFA?"""
    a = _merging(analysis)
    if a is not None:
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        return Answer("no", f"the letter {letter} leads two states to one")
    return Answer("yes", "each letter permutes the states of the minimal DFA")


def _merging(analysis: Analysis) -> int | None:
    """A letter that leads two states to one."""
    n = analysis.states.n
    return next((a for a, column in enumerate(analysis.delta.T) if len(np.unique(column)) < n),
                None)


def evidence(analysis: Analysis) -> Evidence | None:
    """The states, each of them a block, or words to two states that a letter leads to one."""
    a = _merging(analysis)
    if a is None:
        data: dict[str, object] = {"block": list(range(analysis.states.n))}
        return Evidence("permuted-blocks", ALGEBRAIC_CLASS, True, data)
    order = np.argsort(analysis.delta[:, a], kind="stable")
    after = analysis.delta[order, a]
    i = int(np.flatnonzero(after[1:] == after[:-1])[0])
    p, q = int(order[i]), int(order[i + 1])
    data = {
        "u": analysis.access(p),
        "w": analysis.access(q),
        "x": analysis.json(plain([a])),
        "v": analysis.distinguish(p, q),
    }
    return Evidence("merging-word", ALGEBRAIC_CLASS, False, data)
