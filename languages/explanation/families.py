"""Words with exponents that grow with n, such as u (x y)^n v, and where the automaton ends on them.

A family is a sequence of parts. What is said about all of its words is read off the automaton: a
power leads from a state along a walk that closes, and if the length of the cycle divides the step
of the exponent, the end is the same for all large n.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from languages.algebra.words import Word
from languages.algebra.words import length as word_length

Base = Word | tuple["Part", ...]


@dataclass(frozen=True)
class Part:
    """base^(scale n + shift), for n >= 0 with an exponent >= 0; the base may depend on n, too."""

    base: Base
    scale: int = 0
    shift: int = 1

    def exponent(self, n: int) -> int:
        """The exponent for this n. Raises ValueError where it would be negative."""
        found = self.scale * n + self.shift
        if found < 0:
            raise ValueError(f"exponent {found} for n = {n}")
        return found


Family = tuple[Part, ...]


@dataclass(frozen=True)
class Sample:
    """All words of a family with n >= `least` are in the language (`accepted`), or none of them.

    They lead to the state `end`.
    """

    family: Family
    accepted: bool
    least: int
    end: int


def once(word: Word) -> Part:
    """A word that occurs once, whatever n is."""
    return Part(word)


def to_the(base: Base, scale: int = 1, shift: int = 0) -> Part:
    """base^(scale n + shift)."""
    return Part(base, scale, shift)


def run(table: Sequence[Sequence[int]], state: int, word: Word) -> int:
    """The state that a word in blocks leads to; the counts may be huge."""
    for count, letters in word:
        place = {state: 0}
        walk = [state]
        while len(walk) <= count:
            for a in letters:
                state = table[state][a]
            if state in place:
                back = place[state]
                state = walk[back + (count - back) % (len(walk) - back)]
                break
            place[state] = len(walk)
            walk.append(state)
    return state


def settle(table: Sequence[Sequence[int]], state: int, family: Family) -> tuple[int, int] | None:
    """(end, least): the words of the family with n >= least lead from `state` to `end`.

    None when that depends on n for arbitrarily large n, as far as single parts tell.
    """
    least = 0
    for part in family:
        inner = [0]

        def step(q: int, part: Part = part, inner: list[int] = inner) -> int | None:
            if isinstance(part.base, list):
                return run(table, q, part.base)
            found = settle(table, q, part.base)
            if found is None:
                return None
            inner[0] = max(inner[0], found[1])
            return found[0]

        walk, back = _walk(state, step)
        if back < 0:
            return None
        turn = len(walk) - back
        if part.scale % turn:
            return None
        if part.scale:
            least = max(least, -((part.shift - back) // part.scale))  # scale n + shift >= back
            state = walk[back + (part.shift - back) % turn]
        else:
            state = _at(walk, back, part.shift)
        least = max(least, inner[0])
    return state, least


def length(family: Family, n: int) -> int:
    """The number of letters."""
    return sum(part.exponent(n) * (word_length(part.base) if isinstance(part.base, list)
                                   else length(part.base, n)) for part in family)


def spelled(family: Family, n: int, limit: int) -> list[int] | None:
    """The letters of the word for n; None when there are more than `limit`."""
    if length(family, n) > limit:
        return None
    letters: list[int] = []
    for part in family:
        times = part.exponent(n)
        if not times:  # the base may then be of any length
            continue
        if isinstance(part.base, list):
            base = [a for count, block in part.base for _ in range(count) for a in block]
        else:
            base = spelled(part.base, n, limit) or []
        letters += base * times if base else []
    return letters


def _walk(state: int, step: Callable[[int], int | None]) -> tuple[list[int], int]:
    """The states from here on until one comes again, and its place; -1 when a step is None."""
    place = {state: 0}
    walk = [state]
    while True:
        following = step(walk[-1])
        if following is None:
            return walk, -1
        if following in place:
            return walk, place[following]
        place[following] = len(walk)
        walk.append(following)


def _at(walk: list[int], back: int, steps: int) -> int:
    """The state after so many steps of a walk that returns to the place `back`."""
    if steps < len(walk):
        return walk[steps]
    return walk[back + (steps - back) % (len(walk) - back)]
