"""Regular languages that are NC1-complete: some group is not solvable (Barrington 1989).

The completeness is unconditional. "no" rests on ACC0 != NC1, except for languages in AC0 or in
AC0[p] for a prime p, where it is unconditional (Razborov 1987, Smolensky 1987).
"""

from __future__ import annotations

from languages.classes import ac0, solvable
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "nc1_complete"


def decide(analysis: Analysis) -> Answer:
    """Does the syntactic monoid contain a group that is not solvable?"""
    answer = solvable.decide(analysis)
    if answer.value == "no":
        return Answer("yes", answer.reason)
    if answer.value == "yes":
        return Answer("no", f"in ACC0: {answer.reason}")
    return answer


def evidence(analysis: Analysis) -> Evidence | None:
    """The perfect group of words, when the answer is yes."""
    return solvable.evidence(analysis) if decide(analysis).value == "yes" else None


def condition(analysis: Analysis) -> str | None:
    """The conjecture that a "no" rests on, None if it is unconditional."""
    if decide(analysis).value != "no" or ac0.decide(analysis).value == "yes":
        return None
    primes = analysis.same_length_primes
    return "ACC0 != NC1" if primes is None or len(primes) > 1 else None
