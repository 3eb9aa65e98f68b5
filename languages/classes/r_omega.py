"""R^omega: an aperiodic syntactic monoid with at most one idempotent in each R-class.

Yang et al. (2026), Theorems 13 and 14: between the regular languages of C-RASP read after the last
symbol and the star-free ones. Equivalently (x y^n)^n x = (x y^n)^n for large n. For a star-free
language this fails iff the minimal DFA has states q != r and words x, w with q.x = r, q.w = q and
r.w = q: iff some letter leads two states of a component to one state of the same component. The
empty word makes no difference.
"""

from __future__ import annotations

from functools import partial
from operator import eq

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import Word, concat, plain
from languages.classes import r_trivial, star_free
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "r_omega"
ALGEBRAIC_CLASS = "R^omega"


def decide(analysis: Analysis) -> Answer:
    """Is the language star-free, and no two states of a component merged inside it?"""
    found = _merged(analysis)
    if found is not None:
        p, q, a = found
        letter = analysis.dfa.alphabet[analysis.representative[a]]
        return Answer("no", f"the letter {letter} merges states {p} and {q} inside their component")
    answer = star_free.decide(analysis)
    if answer.value == "yes":
        return Answer("yes", "star-free, and no letter merges states inside their component")
    return answer


def _merged(analysis: Analysis) -> tuple[int, int, int] | None:
    return analysis.once("merged in component", lambda: _find_merged(analysis))


def _find_merged(analysis: Analysis) -> tuple[int, int, int] | None:
    states = analysis.states
    came: dict[tuple[int, int], int] = {}
    for q, row in enumerate(states.table):
        for a, r in enumerate(row):
            if states.component[r] == states.component[q]:
                p = came.setdefault((r, a), q)
                if p != q:
                    return p, q, a
    return None


def evidence(analysis: Analysis) -> Evidence | None:
    """The labelled orbit with ranks; a word that counts; or words that merge q and r in q."""
    found = _merged(analysis)
    if found is not None:
        q, r, a = found
        data = {
            "u": analysis.access(q),
            "x": analysis.json(_way(analysis, q, r)),
            "w": analysis.json(concat(plain([a]), _way(analysis, analysis.run(q, plain([a])), q))),
            "v": analysis.distinguish(q, r),
        }
        return Evidence("merged-component", ALGEBRAIC_CLASS, False, data)
    inner = star_free.evidence(analysis)
    if inner is None:
        return None
    if not inner.member:
        return Evidence(inner.kind, ALGEBRAIC_CLASS, False, inner.data)
    orbit = {**inner.data, "rank": r_trivial.ranks(analysis)}
    return Evidence("reversible-components", ALGEBRAIC_CLASS, True, orbit)


def _way(analysis: Analysis, p: int, q: int) -> Word:
    table = analysis.states.table
    word = shortest_path(p, lambda r: list(table[r]), partial(eq, q))
    if word is None:
        raise ArithmeticError("no way inside a component")
    return plain(word)
