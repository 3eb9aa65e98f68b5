"""A permutation automaton as the product of smaller ones.

If all letters permute the states and all states are reachable, a congruence is known from the
block of the start state, and all its blocks have one size. Congruences whose blocks at the start
have only the start in common tell the states apart, so the automaton runs beside itself on their
blocks: S5 on 120 states is five runs on 5 states each.
"""

from __future__ import annotations

from collections.abc import Iterator

from languages.dfa import DFA
from languages.logics.krohn_rhodes import DEFAULT_MAX_STATES, Cascade, Map, States, tabulated

TRIALS = 12
"""How many ways of growing a congruence are tried for one state; the coarsest is taken."""
MAX_PAIRS = 1_000_000
"""Automata with more pairs of states are left whole; large ones are given fewer trials."""


def is_permutation_automaton(dfa: DFA) -> bool:
    """Does every letter permute the states?"""
    return all(len({row[a] for row in dfa.table}) == dfa.states for a in range(dfa.letters))


def product_cascade(dfa: DFA, *, max_states: int = DEFAULT_MAX_STATES) -> Cascade:
    """A cascade for a minimal permutation automaton whose levels do not depend on each other.

    Each level is a permutation automaton on the blocks of a congruence; together they have no more
    states than the automaton. Raises `LimitError` past the bound.
    """
    blocks = _separating(dfa)
    if not blocks or sum(max(block) + 1 for block in blocks) >= dfa.states:
        blocks = [list(range(dfa.states))]
    moves: list[list[Map]] = []
    for block in blocks:
        sample = {b: q for q, b in enumerate(block)}
        moves.append([tuple(block[dfa.table[sample[b]][a]] for b in sorted(sample))
                      for a in range(dfa.letters)])
    state = {states: q for q, states in enumerate(zip(*blocks, strict=True))}

    def maps(states: States, letter: int) -> list[Map]:
        del states
        return [level[letter] for level in moves]

    return tabulated([max(block) + 1 for block in blocks],
                     tuple(block[dfa.start] for block in blocks), dfa.letters, maps,
                     state.__getitem__, max_states)


def _separating(dfa: DFA) -> list[list[int]]:
    """Congruences, as a block per state, that have only the identity in common."""
    if dfa.states**2 > MAX_PAIRS:
        return [list(range(dfa.states))]
    together = [q for q in range(dfa.states) if q != dfa.start]
    found = []
    while together:
        q = together[0]
        best = min((_numbered(parent) for parent in _grown(dfa, q)), key=max)
        found.append(best)
        together = [r for r in together if best[r] == best[dfa.start]]
    return found


def _grown(dfa: DFA, apart: int) -> Iterator[list[int]]:
    """Congruences that are maximal among those that keep a state apart from the start."""
    others = [q for q in range(dfa.states) if q not in (dfa.start, apart)]
    trials = min(TRIALS, 4 * MAX_PAIRS // dfa.states**2)
    step = max(1, len(others) // trials)
    for first in range(0, max(1, len(others)), step):
        parent = list(range(dfa.states))
        for q in (*others[first:], *others[:first]):
            larger = _joined(dfa, parent, dfa.start, q)
            if _root(larger, dfa.start) != _root(larger, apart):
                parent = larger
        yield parent


def _joined(dfa: DFA, parent: list[int], p: int, q: int) -> list[int]:
    """The least congruence above one given by a union-find forest that joins two states."""
    if _root(parent, p) == _root(parent, q):
        return parent
    parent = list(parent)
    todo = [(p, q)]
    while todo:
        p, q = todo.pop()
        x, y = _root(parent, p), _root(parent, q)
        if x != y:
            parent[x] = y
            todo += zip(dfa.table[p], dfa.table[q], strict=True)
    return parent


def _root(parent: list[int], q: int) -> int:
    while parent[q] != q:
        parent[q] = parent[parent[q]]
        q = parent[q]
    return q


def _numbered(parent: list[int]) -> list[int]:
    """Blocks numbered in the order of their first states."""
    number: dict[int, int] = {}
    return [number.setdefault(_root(parent, q), len(number)) for q in range(len(parent))]
