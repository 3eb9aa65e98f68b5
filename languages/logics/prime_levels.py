"""Levels of permutations, split into cyclic levels of prime order and a level of resets.

A level whose permutations generate the solvable group G becomes: levels that remember the product
g in G of the permutations, and below them a level that remembers a state y and is only reset; the
state of the old level is y.g, and a reset to c sets y to c.g^-1. Let a_1..a_k be a polycyclic
sequence of G with subgroups G_i = <a_i..a_k>. Write g = a_k^(e_k) ... a_1^(e_1). Multiplying
h in G_i to the right of g_i = a_k^(e_k) ... a_i^(e_i) in G_i adds to e_i the exponent that h has
modulo G_(i+1), and multiplies g_(i+1) by a_i^(e_i) h a_i^(-e_i') in G_(i+1), where e_i' is the new
exponent: so what is added at a level depends on the letter and on the exponents above it only.

Krohn, Rhodes (1965); the normal form is that of polycyclic groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from languages.algebra.permutations import Permutation, compose, identity, inverse, power, product
from languages.algebra.polycyclic import PolycyclicGroup, polycyclic
from languages.algebra.work import Work, WorkLimit
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.logics.holonomy import DEFAULT_MAX_SETS
from languages.logics.krohn_rhodes import (
    DEFAULT_MAX_STATES,
    Cascade,
    Level,
    Map,
    States,
    is_permutation,
    permutation_reset_cascade,
    tabulated,
)

DEFAULT_MAX_WORK = 100_000_000


def prime_cascade(dfa: DFA, *, max_sets: int = DEFAULT_MAX_SETS,
                  max_states: int = DEFAULT_MAX_STATES,
                  max_work: int = DEFAULT_MAX_WORK) -> Cascade:
    """A cascade that simulates the DFA, each level either cyclic of prime order or of resets.

    At a cyclic level with p states all maps are x -> x + c mod p; at the others they are constant
    or the identity. Raises `InputError` when some group of the DFA is not solvable, `LimitError`
    past the bounds.
    """
    whole = permutation_reset_cascade(dfa, max_sets=max_sets, max_states=max_states)
    try:
        parts = [_Part(level, Work(max_work)) for level in whole.levels]
        split = _Split(whole, parts)
        return tabulated([n for part in parts for n in part.sizes],
                         tuple(x for part in parts for x in part.initial), whole.letters,
                         split.maps, split.current, max_states)
    except WorkLimit:
        raise LimitError("work on permutations", f"more than {max_work}", max_work,
                         "max_work") from None


class _Part:
    """One level of the cascade as cyclic levels followed by a level of resets."""

    def __init__(self, level: Level, work: Work) -> None:
        self.size = level.size
        moves = sorted(m for m in level.maps() if is_permutation(m))
        group = polycyclic(moves, level.size, work=work)
        if group is None:
            raise InputError("the automaton has a group that is not solvable")
        self.group: PolycyclicGroup = group
        self.sequence = group.sequence
        self.orders = group.orders
        self.sizes = [*self.orders, level.size]
        self.initial = [*(0 for _ in self.orders), level.initial]

    def element(self, exponents: Sequence[int]) -> Permutation:
        """a_k^(e_k) ... a_1^(e_1)."""
        factors = [power(a, e) for a, e in zip(self.sequence, exponents, strict=True)]
        return product(reversed(factors), self.size)

    def state(self, values: Sequence[int]) -> int:
        """The state of the old level: y.g."""
        return self.element(values[:-1])[values[-1]]

    def maps(self, values: Sequence[int], move: Map) -> list[Map]:
        """What the new levels do when the old one does `move`."""
        exponents = values[:-1]
        still = [tuple(range(p)) for p in self.orders]
        if not is_permutation(move):
            y = inverse(self.element(exponents))[move[0]]
            return [*still, (y,) * self.size]
        made = []
        h = move
        for i, (a, p, e) in enumerate(zip(self.sequence, self.orders, exponents, strict=True)):
            c = self.group.exponents(h)[i]
            made.append(tuple((x + c) % p for x in range(p)))
            h = compose(compose(power(a, e), h), power(a, -((e + c) % p)))
        return [*made, identity(self.size)]


class _Split:
    """The steps of the new cascade, read off the old one."""

    def __init__(self, whole: Cascade, parts: list[_Part]) -> None:
        self.whole = whole
        self.parts = parts

    def _old(self, states: States) -> tuple[list[States], States]:
        """The states of each part's levels; the states of the old levels."""
        pieces = []
        first = 0
        for part in self.parts:
            pieces.append(states[first:first + len(part.sizes)])
            first += len(part.sizes)
        return pieces, tuple(part.state(piece)
                             for part, piece in zip(self.parts, pieces, strict=True))

    def current(self, states: States) -> int:
        """The state of the DFA."""
        return self.whole.state[self._old(states)[1]]

    def maps(self, states: States, letter: int) -> list[Map]:
        """What a letter does at each new level."""
        pieces, old = self._old(states)
        return [move for k, (part, level) in enumerate(
                    zip(self.parts, self.whole.levels, strict=True))
                for move in part.maps(pieces[k], level.moves[letter][old[:k]])]
