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
ALGEBRAIC_CLASS = "tier-strictly-local"
SHOWN = 8


def decide(analysis: Analysis) -> Answer:
    """Is the language strictly local on the tier of the letters that change some state?"""
    on_tier = _on_tier(analysis)
    if not on_tier:
        return Answer("yes", "strictly 1-local on the empty tier")
    if len(on_tier) == analysis.states.m:
        answer = strictly_local.decide(analysis)
        return Answer(answer.value, f"no letter can be off the tier; {answer.reason}")
    answer = strictly_local.decide(_tier(analysis))
    off = [letter for letter, c in zip(analysis.dfa.alphabet, analysis.letter_class, strict=True)
           if c not in on_tier]
    more = ", ..." if len(off) > SHOWN else ""
    return Answer(answer.value, f"off the tier: {', '.join(off[:SHOWN])}{more}; {answer.reason}")


def _on_tier(analysis: Analysis) -> list[int]:
    """The letters that change some state."""
    states = np.arange(analysis.states.n)
    return [a for a in range(analysis.states.m) if (analysis.delta[:, a] != states).any()]


def _tier(analysis: Analysis) -> Analysis:
    """The minimal DFA on the tier, which has the same states: other letters lead nowhere."""
    return analysis.once(KEY, lambda: _make_tier(analysis))


def _make_tier(analysis: Analysis) -> Analysis:
    on_tier = _on_tier(analysis)
    letters = tuple(analysis.dfa.alphabet[analysis.representative[a]] for a in on_tier)
    start, accept = analysis.dfa.start, analysis.dfa.accept
    return Analysis(DFA(letters, analysis.delta[:, on_tier], start, accept), analysis.budget)


def evidence(analysis: Analysis) -> Evidence | None:
    """The tier and the length of factors, or loops of letters that are on every tier."""
    on_tier = _on_tier(analysis)
    if not on_tier:
        return _factors(analysis, 1)
    found = strictly_local.evidence(_tier(analysis))
    if found is None:
        return None
    if found.member:
        return _factors(analysis, found.data["k"])
    letters = [analysis.representative[a] for a in on_tier]
    data: dict[str, object] = {
        name: [[count, [letters[a] for a in block]] for count, block in word]
        for name, word in found.data.items()
    }
    used = {a for word in found.data.values() for _, block in word for a in block}
    data["tier"] = [_changing(analysis, on_tier[a]) for a in sorted(used)]
    return Evidence("tier-loops", ALGEBRAIC_CLASS, False, data)


def _factors(analysis: Analysis, k: int) -> Evidence:
    on_tier = set(_on_tier(analysis))
    tier = [a for a, c in enumerate(analysis.letter_class) if c in on_tier]
    data = {"block": list(range(analysis.states.n)), "tier": tier, "k": k}
    return Evidence("tier-factors", ALGEBRAIC_CLASS, True, data)


def _changing(analysis: Analysis, a: int) -> list[object]:
    """The letter, and words around it such that it changes whether the word is accepted."""
    column = analysis.delta[:, a]
    p = int(np.flatnonzero(column != np.arange(len(column)))[0])
    return [analysis.representative[a], analysis.access(p),
            analysis.distinguish(p, int(column[p]))]
