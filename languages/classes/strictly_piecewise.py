"""Strictly piecewise languages: the words without any of finitely many scattered subwords.

Rogers et al. (2010): closed under taking out letters. In the minimal DFA all that is accepted from
p.a is accepted from p. Such a language is strictly k-piecewise, k >= 1, if all minimal forbidden
subwords have at most k letters. Every such language that is not empty has the empty word, so the
empty word makes a difference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import plain
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "strictly_piecewise"
ALGEBRAIC_CLASS = "strictly-piecewise"
MAX_NODES = 100_000


def decide(analysis: Analysis) -> Answer:
    """Is the language closed under taking out letters?"""
    states = analysis.states
    if not states.partially_ordered:
        return Answer("no", "the minimal DFA has a cycle through two states")
    if not analysis.dfa.accept.all() and not _one_dead_state(analysis):
        return Answer("no", "more than one rejecting state")
    found = _loss(analysis)
    if found is not None:
        p, a = found
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        return Answer("no", f"after state {p}, taking out the letter {letter} makes a word fail")
    k = least(analysis)
    if k is None:
        return Answer("yes", "closed under taking out letters")
    return Answer("yes", f"strictly {k}-piecewise, and {k} is the least such number")


def _one_dead_state(analysis: Analysis) -> bool:
    """Is there one rejecting state only, and does no letter leave it? Prefix-closed languages."""
    rejecting = np.flatnonzero(~analysis.dfa.accept)
    return len(rejecting) == 1 and bool((analysis.delta[rejecting] == rejecting[0]).all())


def _loss(analysis: Analysis) -> tuple[int, int] | None:
    """A state p and a letter a for which not all that p.a accepts is accepted from p."""
    delta = analysis.delta.astype(np.int64)
    n, m = delta.shape
    wrong = _not_below(delta, analysis.dfa.accept)
    for a in range(m):
        hit = np.flatnonzero(wrong[delta[:, a], np.arange(n)])
        if len(hit):
            return int(hit[0]), a
    return None


def _not_below(delta: NDArray[np.int64], accept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Shape (states, states): does the first state accept some word that the second does not?"""
    wrong: NDArray[np.bool_] = accept[:, None] & ~accept[None, :]
    while True:
        before = np.count_nonzero(wrong)
        for a in range(delta.shape[1]):
            wrong |= wrong[delta[:, a][:, None], delta[:, a][None, :]]
        if np.count_nonzero(wrong) == before:
            return wrong


def least(analysis: Analysis) -> int | None:
    """The least k >= 1, of a strictly piecewise language; None if that would take too long.

    A word is followed together with all states that it leads to with one letter taken out: a
    minimal forbidden subword leads to the dead state, and to others with any letter taken out.
    """
    if analysis.dfa.accept.all() or not analysis.dfa.accept.any():
        return 1
    table = analysis.states.table
    dead = int(np.flatnonzero(~analysis.dfa.accept)[0])
    front: set[tuple[int, frozenset[int]]] = {(analysis.dfa.start, frozenset())}
    length, k, nodes = 0, 1, 1
    while front:
        length += 1
        following: set[tuple[int, frozenset[int]]] = set()
        for p, without in front:
            for a, q in enumerate(table[p]):
                if q == p:
                    continue  # the letter could be taken out
                rest = frozenset({p, *(table[r][a] for r in without)})
                if q == dead:
                    k = k if dead in rest else max(k, length)
                elif q not in rest:
                    following.add((q, rest))
        nodes += len(following)
        if nodes > MAX_NODES:
            return None
        front = following
    return k


def evidence(analysis: Analysis) -> Evidence | None:
    """Nothing but the claim, which the checker verifies, or a word that deletion loses."""
    if decide(analysis).value == "yes":
        return Evidence("closed-under-deletion", ALGEBRAIC_CLASS, True, {})
    found = _loss(analysis)
    if found is None:
        raise ArithmeticError("a language that is closed under deletion, but not")
    p, a = found
    table, accept = analysis.states.table, analysis.dfa.accept
    start = table[p][a], p

    def step(pair: tuple[int, int]) -> list[tuple[int, int] | None]:
        return list(zip(table[pair[0]], table[pair[1]], strict=True))

    word = shortest_path(start, step, lambda pair: bool(accept[pair[0]] and not accept[pair[1]]))
    if word is None:
        raise ArithmeticError("no word that deletion loses")
    data: dict[str, object] = {
        "u": analysis.access(p),
        "x": analysis.json(plain([a])),
        "v": analysis.json(plain(word)),
    }
    return Evidence("deletion", ALGEBRAIC_CLASS, False, data)
