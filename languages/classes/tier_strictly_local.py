"""Tier-based strictly local languages: strictly local when letters off a tier are erased.

Heinz, Rawal and Tanner (2011). A letter may be off the tier only if it changes nothing wherever it
is, so that it fixes all states of the minimal DFA; and if the language is strictly local on some
tier, it is so on the tier of all other letters, with words over fewer letters and the same k
(Lambert and Rogers 2020). The empty word makes a difference: it decides about all words off the
tier.
"""

from __future__ import annotations

import numpy as np

from languages.classes import strictly_local
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.evidence import Answer, Evidence

KEY = "tier_strictly_local"
SHOWN = 8


def decide(analysis: Analysis) -> Answer:
    """Is the language strictly local on the tier of the letters that change some state?"""
    n = analysis.states.n
    on_tier = [a for a in range(analysis.states.m)
               if (analysis.delta[:, a] != np.arange(n)).any()]
    if not on_tier:
        return Answer("yes", "strictly 1-local on the empty tier")
    if len(on_tier) == analysis.states.m:
        answer = strictly_local.decide(analysis)
        return Answer(answer.value, f"no letter can be off the tier; {answer.reason}")
    letters = tuple(analysis.dfa.alphabet[analysis.representative[a]] for a in on_tier)
    start, accept = analysis.dfa.start, analysis.dfa.accept
    tier = Analysis(DFA(letters, analysis.delta[:, on_tier], start, accept), analysis.budget)
    answer = strictly_local.decide(tier)
    off = [letter for letter, c in zip(analysis.dfa.alphabet, analysis.letter_class, strict=True)
           if c not in on_tier]
    more = ", ..." if len(off) > SHOWN else ""
    return Answer(answer.value, f"off the tier: {', '.join(off[:SHOWN])}{more}; {answer.reason}")


def evidence(analysis: Analysis) -> Evidence | None:
    """None: no certificate kind covers this class."""
    return None
