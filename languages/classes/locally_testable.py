"""Locally testable languages: the factors of some length k that occur decide, and both ends.

That is, for words of k or more letters the first k - 1 letters, the last k - 1 letters and the set
of factors of length k. The syntactic semigroup S of the words that are not empty is locally a
semilattice, eSe for all idempotents e (Brzozowski and Simon 1973; McNaughton 1974). Short words are
free, so the empty word makes no difference. The least k is NP-hard to find (Kim and McNaughton
1994) and is not looked for.
"""

from __future__ import annotations

from functools import partial
from operator import eq

from languages.algebra.closed_walks import shortest_path
from languages.algebra.left import idempotent_exponent
from languages.algebra.local_order import LocalFailure, local_failure
from languages.algebra.words import Word, action, concat, plain, power
from languages.classes import l_trivial
from languages.classes.analysis import Analysis
from languages.classes.parallel_loops import Bools, Ints, Wanted, letter_loops, pair_loop
from languages.evidence import Answer, Evidence

KEY = "locally_testable"
ALGEBRAIC_CLASS = "locally-testable"
LARGEST_NUMBER = 10**40  # of a certificate


def decide(analysis: Analysis) -> Answer:
    """Is the syntactic semigroup locally a semilattice?"""
    return analysis.once(KEY, lambda: _decide(analysis))


def _decide(analysis: Analysis) -> Answer:
    found = find(analysis)
    if found is not None:
        if found.split is None:
            return Answer("no", f"a word fixes states {found.p} and {found.q} of one component")
        return Answer("no", f"a word fixes states {found.p} and {found.q}, and another one leaves "
                      f"{found.q} to be reached from just one of them")
    if analysis.pairs is None:
        return Answer("undetermined", analysis.pairs_over_budget)
    return Answer("yes", "states that a word fixes together are in different components, and what "
                  "words make unreachable from one is so from the other")


def find(analysis: Analysis) -> LocalFailure | None:
    """Two states that show that the language is not locally testable, if they are found."""
    return analysis.once("local failure", lambda: _find(analysis))


def _find(analysis: Analysis) -> LocalFailure | None:
    loop = letter_loops(analysis, one_component(analysis))
    if loop is not None:
        return LocalFailure(loop[0], loop[1], None)
    return None if analysis.pairs is None else local_failure(analysis.pairs)


def one_component(analysis: Analysis) -> Wanted:
    """Pairs of states that lead to one another."""
    labels = analysis.states.labels
    return lambda p, q: labels[p] == labels[q]


def evidence(analysis: Analysis) -> Evidence | None:
    """Levels of pairs, or words of eSe that are not idempotent or do not commute."""
    found = find(analysis)
    if found is not None:
        return _pattern(analysis, found)
    if decide(analysis).value != "yes" or analysis.pair_cells > l_trivial.LARGEST_EVIDENCE:
        return None
    return Evidence("local-order", ALGEBRAIC_CLASS, True, {"levels": l_trivial.levels(analysis)})


def _pattern(analysis: Analysis, found: LocalFailure) -> Evidence | None:
    p, q = found.p, found.q

    def these(x: Ints, y: Ints) -> Bools:
        result: Bools = ((x == p) & (y == q)) | ((x == q) & (y == p))
        return result

    loop = letter_loops(analysis, these)
    if loop is None and analysis.pairs is not None:
        loop = pair_loop(analysis.pairs, these)
    if loop is None:
        return None
    exponent = idempotent_exponent(action(loop[2], analysis.delta))
    e = power(loop[2], exponent)
    if any(count >= LARGEST_NUMBER for count, _ in e):
        return None
    x = concat(_way(analysis, p, q), e)
    if found.split is None:
        y = concat(_way(analysis, q, p), e)
        # Now p.x = q and q.y = p: not both are idempotent and commute.
        if analysis.run(q, x) != q:
            return _square(analysis, p, e, x)
        if analysis.run(p, y) != p:
            return _square(analysis, q, e, y)
        return _exchange(analysis, p, e, x, y)
    s = plain(found.split)
    if analysis.states.component[analysis.run(q, s)] == analysis.states.component[q]:
        # p.s does not lead to q any more: q is fixed by x and y, p.xy = q, but p.yx is not q.
        y = concat(s, _way(analysis, analysis.run(q, s), q), e)
        return _exchange(analysis, p, e, x, y)
    y = concat(s, _way(analysis, analysis.run(p, s), q), e)  # p.y = q, and q.y does not lead to q
    return _square(analysis, p, e, y)


def _way(analysis: Analysis, p: int, q: int) -> Word:
    table = analysis.states.table
    word = shortest_path(p, lambda r: list(table[r]), partial(eq, q))
    if word is None:
        raise ArithmeticError("no way between states one of which leads to the other")
    return plain(word)


def _square(analysis: Analysis, p: int, e: Word, x: Word) -> Evidence:
    once = analysis.run(p, x)
    data = {
        "u": analysis.access(p),
        "e": analysis.json(e),
        "x": analysis.json(x),
        "v": analysis.distinguish(once, analysis.run(once, x)),
    }
    return Evidence("local-square", ALGEBRAIC_CLASS, False, data)


def _exchange(analysis: Analysis, p: int, e: Word, x: Word, y: Word) -> Evidence:
    xy, yx = (analysis.run(analysis.run(p, s), t) for s, t in ((x, y), (y, x)))
    data = {
        "u": analysis.access(p),
        "e": analysis.json(e),
        "x": analysis.json(x),
        "y": analysis.json(y),
        "v": analysis.distinguish(xy, yx),
    }
    return Evidence("local-exchange", ALGEBRAIC_CLASS, False, data)
