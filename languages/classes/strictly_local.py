"""Strictly local languages: the words all of whose factors of length k are allowed, for some k.

End markers count as letters (McNaughton and Papert 1971). It is strictly k-local iff u x v in L and
w x y in L imply w x v in L, for |x| = k - 1 (Rogers and Pullum 2011), which says of the minimal DFA
that x leads no two states to different states from which a word can still be accepted. The factor
of two end markers belongs to the empty word alone, so for k >= 2 the empty word makes no
difference; the least k may change between 1 and 2.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from languages.algebra.apart import letters_to_part
from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import Word, plain
from languages.classes.analysis import Analysis
from languages.classes.parallel_loops import Wanted, letter_loops, pair_loop
from languages.evidence import Answer, Evidence

KEY = "strictly_local"
ALGEBRAIC_CLASS = "strictly-local"


def decide(analysis: Analysis) -> Answer:
    """Does no word fix two states from which words can be accepted?"""
    found = _loop(analysis)
    if found is not None:
        return Answer("no", f"a word fixes states {found[0]} and {found[1]}, neither of them dead")
    if analysis.pairs is None:
        return Answer("undetermined", analysis.pairs_over_budget)
    k = least(analysis)
    if k is None:
        return Answer("yes", "no word fixes two states that are not dead")
    return Answer("yes", f"strictly {k}-local, and {k} is the least such number")


def least(analysis: Analysis) -> int | None:
    """The least k, of a strictly local language; None if that would take too long."""

    def find() -> int | None:
        letters = letters_to_part(analysis.delta, live(analysis))
        return None if letters is None else letters + 1

    return analysis.once("strictly local length", find)


def live(analysis: Analysis) -> NDArray[np.bool_]:
    """The states from which a word is accepted: all but a rejecting state that no letter leaves."""
    stays = (analysis.delta == np.arange(analysis.states.n)[:, None]).all(axis=1)
    result: NDArray[np.bool_] = analysis.dfa.accept | ~stays
    return result


def _loop(analysis: Analysis) -> tuple[int, int, Word] | None:
    return analysis.once("live loops", lambda: _find_loop(analysis))


def _find_loop(analysis: Analysis) -> tuple[int, int, Word] | None:
    wanted = both(live(analysis))
    found = letter_loops(analysis, wanted)
    if found is None and analysis.pairs is not None:
        found = pair_loop(analysis.pairs, wanted)
    return found


def both(states: NDArray[np.bool_]) -> Wanted:
    """Pairs of two of these states."""
    return lambda p, q: states[p] & states[q]


def evidence(analysis: Analysis) -> Evidence | None:
    """The least k, or words to two states, one that fixes them, and what they accept."""
    found = _loop(analysis)
    if found is None:
        k = None if analysis.pairs is None else least(analysis)
        return None if k is None else Evidence("factors", ALGEBRAIC_CLASS, True, {"k": k})
    p, q, loop = found
    v = analysis.dfa.distinguish(p, q) or []
    if not analysis.dfa.accept[analysis.dfa.run(v, p)]:
        p, q = q, p
    data = {
        "u": analysis.access(p),
        "w": analysis.access(q),
        "x": analysis.json(loop),
        "v": [[1, v]] if v else [],
        "y": _accepted(analysis, q),
    }
    return Evidence("live-loops", ALGEBRAIC_CLASS, False, data)


def _accepted(analysis: Analysis, state: int) -> list[list[object]]:
    """A shortest word that is accepted from a state."""

    table, accept = analysis.states.table, analysis.dfa.accept
    word = shortest_path(state, lambda x: list(table[x]), lambda x: bool(accept[x]))
    if word is None:
        raise ArithmeticError("no way from a live state to an accepting one")
    return analysis.json(plain(word))
