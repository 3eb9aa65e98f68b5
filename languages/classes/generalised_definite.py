"""Generalised definite languages: for some k the first k and the last k letters decide long words.

Ginzburg (1966): the syntactic semigroup (of the words that are not empty) is locally trivial,
eSe = e for all idempotents e. In the minimal DFA no word that is not empty fixes two states one of
which leads to the other. Short words are free, so the empty word makes no difference.
"""

from __future__ import annotations

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import Word, plain
from languages.classes.analysis import Analysis
from languages.classes.nc0_evidence import least_end, stages
from languages.classes.parallel_loops import joined, letter_loops, pair_loop
from languages.evidence import Answer, Evidence

KEY = "generalised_definite"
ALGEBRAIC_CLASS = "generalised-definite"
YES = Answer("yes", "no word fixes two states one of which leads to the other")


def decide(analysis: Analysis) -> Answer:
    """Does no word fix two states one of which leads to the other?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    found = _loop(analysis)
    if found is not None:
        return Answer("no", f"a word fixes states {found[0]} and {found[1]}, and one leads to the "
                      "other")
    if analysis.pairs is not None:
        return YES
    smaller = analysis.merged
    # A way between merged states becomes one between states when followed by the word fixing them.
    if smaller is not None and smaller.states.n == 1:
        return YES
    if smaller is None or smaller.pairs is None:
        return Answer("undetermined", analysis.pairs_over_budget)
    if pair_loop(smaller.pairs, joined(smaller)) is None:
        return YES
    return Answer("no", "a word fixes two states one of which leads to the other")


def _loop(analysis: Analysis) -> tuple[int, int, Word] | None:
    return analysis.once("joined loops", lambda: _find_loop(analysis))


def _find_loop(analysis: Analysis) -> tuple[int, int, Word] | None:
    found = letter_loops(analysis, joined(analysis))
    if found is None and analysis.pairs is not None:
        found = pair_loop(analysis.pairs, joined(analysis))
    return found


def evidence(analysis: Analysis) -> Evidence | None:
    """A length of ends between which letters may be dropped, or loops joined by a word."""
    found = _loop(analysis)
    if found is None:
        if decide(analysis).value != "yes":
            return None
        ends = stages(analysis.delta)
        k = None if ends is None else least_end(analysis.delta, 1, *ends)
        return None if k is None else Evidence("both-ends", ALGEBRAIC_CLASS, True, {"k": k})
    p, q, loop = found
    table = analysis.states.table
    way = shortest_path(p, lambda x: list(table[x]), lambda x: x == q)
    if way is None:
        p, q = q, p
        way = shortest_path(p, lambda x: list(table[x]), lambda x: x == q)
    if way is None:
        raise ArithmeticError("no way between states that are joined")
    data = {
        "u": analysis.access(p),
        "e": analysis.json(loop),
        "x": analysis.json(plain(way)),
        "v": analysis.distinguish(p, q),
    }
    return Evidence("joined-loops", ALGEBRAIC_CLASS, False, data)
