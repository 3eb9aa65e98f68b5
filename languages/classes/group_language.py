"""Group languages: the syntactic monoid is a group.

Each letter permutes the states of the minimal DFA (Pin 1986). The empty word makes a difference
here: the words of even length over {a} are a group language, and are none without the empty word.
"""

from __future__ import annotations

import numpy as np

from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "group_language"


def decide(analysis: Analysis) -> Answer:
    """Does each letter permute the states of the minimal DFA?"""
    n = analysis.states.n
    for a, column in enumerate(analysis.delta.T):
        if len(np.unique(column)) < n:
            letter = analysis.dfa.alphabet[analysis.representative[a]]
            return Answer("no", f"the letter {letter} leads two states to one")
    return Answer("yes", "each letter permutes the states of the minimal DFA")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: the transition table shows it, and no certificate kind covers this class."""
    return None
