"""Definite languages: for some k the last k letters decide, for words of k or more letters.

Perles, Rabin and Shamir (1963): no word that is not empty fixes two states of the minimal DFA; in
the syntactic semigroup S (of the words that are not empty), se = e for all s and idempotents e.
Words shorter than k are free, so the empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra.apart import letters_to_merge
from languages.algebra.words import Word
from languages.classes.analysis import Analysis
from languages.classes.parallel_loops import any_two, letter_loops, pair_loop
from languages.evidence import Answer, Evidence

KEY = "definite"
ALGEBRAIC_CLASS = "definite"


def decide(analysis: Analysis) -> Answer:
    """Does every long word lead all states to one state?"""
    if not is_definite(analysis):
        return Answer("no", "a word fixes two states of the minimal DFA")
    k = least(analysis)
    if k is None:
        return Answer("yes", "all long words lead all states to one state")
    return Answer("yes", f"the last {k} letters decide, and {k} is the least such number")


def is_definite(analysis: Analysis) -> bool:
    """Is only one state left when states that all words of some length merge are one?"""
    merged = analysis.merged
    return analysis.states.n == 1 or (merged is not None and merged.states.n == 1)


def least(analysis: Analysis) -> int | None:
    """The least k, of a definite language; None if that would take too long."""
    return analysis.once("definite length", lambda: letters_to_merge(analysis.delta))


def evidence(analysis: Analysis) -> Evidence | None:
    """The least k, or words to two states and one that fixes them."""
    if is_definite(analysis):
        k = least(analysis)
        return None if k is None else Evidence("last-letters", ALGEBRAIC_CLASS, True, {"k": k})
    found: tuple[int, int, Word] | None = letter_loops(analysis, any_two)
    if found is None and analysis.pairs is not None:
        found = pair_loop(analysis.pairs, any_two)
    if found is None:
        return None
    p, q, loop = found
    data = {
        "u": analysis.access(p),
        "w": analysis.access(q),
        "x": analysis.json(loop),
        "v": analysis.distinguish(p, q),
    }
    return Evidence("parallel-loops", ALGEBRAIC_CLASS, False, data)
