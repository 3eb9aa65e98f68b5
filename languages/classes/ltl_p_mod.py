"""LTL[P,MOD], past temporal logic with positions modulo m: the stable semigroup is R-trivial.

Jerad, Svete, Li, Cotterell (2026), Theorem 3.1. Equivalently some power A_k of the minimal DFA,
whose letters are the words of length k, is partially ordered. On a component of period d with
states q != r of one phase, words of all long enough multiples of d lead from q to r and back, so no
A_k is partially ordered. If each component has one state only, or one for each phase, then k, the
least common multiple of the periods, does it: a walk of length k inside a component is closed.
"""

from __future__ import annotations

from collections import Counter
from math import lcm

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import concat, plain, power
from languages.classes import r_trivial
from languages.classes.analysis import Analysis
from languages.evidence import Answer, Evidence

KEY = "ltl_p_mod"
ALGEBRAIC_CLASS = "LTL[P,MOD]"
LARGEST_NUMBER = 10**40  # of a certificate
ROOTS = 32


def decide(analysis: Analysis) -> Answer:
    """Is each component of the minimal DFA a single state, or a ring as long as its period?"""
    if analysis.states.partially_ordered:
        return Answer("yes", "all cycles of the minimal DFA are self-loops")
    found = _component(analysis)
    if found is None:
        rings = sorted({len(c) for c in analysis.states.members} - {1})
        lengths = ", ".join(map(str, rings[:5])) + (", ..." if len(rings) > 5 else "")
        return Answer("yes", f"all cycles of the minimal DFA are self-loops or rings ({lengths})")
    size, period = len(analysis.states.members[found]), analysis.states.period[found]
    return Answer(
        "no", f"a component of {size} states has period {period}: words of one length connect two"
    )


def evidence(analysis: Analysis) -> Evidence | None:
    """k and ranks that k letters raise, or words of one length along a cycle."""
    found = _component(analysis)
    if found is not None:
        return _cycle(analysis, found)
    k = lcm(1, *(d for d in analysis.states.period if d))
    if k >= LARGEST_NUMBER:
        return None
    data = {"k": k, "rank": r_trivial.ranks(analysis)}
    return Evidence("periodic-order", ALGEBRAIC_CLASS, True, data)


def _component(analysis: Analysis) -> int | None:
    """A smallest component in which two states have one phase."""
    states = analysis.states
    if states.partially_ordered:
        return None
    sizes = [(len(m), c) for c, m in enumerate(states.members) if len(m) > 1]
    return min(((n, c) for n, c in sizes if n != states.period[c]), default=(0, None))[1]


def _cycle(analysis: Analysis, component: int) -> Evidence:
    """q, r of one phase: walks q -> r -> q of lengths that a closed walk at q measures."""
    states = analysis.states
    members = states.members[component]
    shared = Counter(states.phase[q] for q in members)
    roots = [q for q in members if shared[states.phase[q]] > 1][:ROOTS]

    def inside(q: int) -> list[int | None]:
        return [r if states.component[r] == component else None for r in states.table[q]]

    def loop(q: int) -> list[int]:
        tries = []
        for a, r in enumerate(inside(q)):
            back = None if r is None else shortest_path(r, inside, lambda x: x == q)
            if back is not None:
                tries.append([a, *back])
        return min(tries, key=len)

    closed, q = min(((loop(q), q) for q in roots), key=lambda found: len(found[0]))
    turn = len(closed)

    def timed(node: tuple[int, int]) -> list[tuple[int, int] | None]:
        later = (node[1] + 1) % turn
        return [None if r is None else (r, later) for r in inside(node[0])]

    there = shortest_path((q, 0), timed, lambda node: node[0] != q and node[1] == 0)
    if there is None:
        raise ArithmeticError("no walk to another state of the same phase")
    r = q
    for a in there:
        r = states.table[r][a]
    back = shortest_path((r, 0), timed, lambda node: node == (q, 0))
    if back is None:
        raise ArithmeticError("no walk back inside a component")
    turns = max(len(there), len(back)) // turn
    first, second = (power(plain(closed), turns - len(walk) // turn) for walk in (there, back))
    data = {
        "u": analysis.access(q),
        "x": analysis.json(concat(first, plain(there))),
        "e": analysis.json(power(plain(closed), turns)),
        "y": analysis.json(concat(plain(back), second)),
        "v": analysis.distinguish(q, r),
    }
    return Evidence("same-length-cycle", ALGEBRAIC_CLASS, False, data)
