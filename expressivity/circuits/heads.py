"""An attention sublayer at one position: what its heads find, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from expressivity.circuits.choices import Choices, Chooser
from expressivity.circuits.circuit import FALSE
from expressivity.circuits.cut import CutAttention, CutHead, Dimensions
from expressivity.circuits.selection import Keys, Place, by_counting, unique_hard
from proofs.models.attention import visible
from proofs.models.linear import State

Stream: TypeAlias = Callable[[int, Dimensions], Choices[State]]
"""The joint value of some dimensions at a position, before the sublayer."""


class Heads:
    """A sublayer's heads, cut down to what matters to some dimensions.

    With `whole` whatever has no value counts, also what nobody selects.
    """

    def __init__(self, chooser: Chooser, cut: CutAttention, stream: Stream, positions: int,
                 whole: bool) -> None:
        self.cut = cut
        self._chooser = chooser
        self._stream = stream
        self._positions = positions
        self._whole = whole
        self._found: dict[tuple[int, State, int, int], Choices[State]] = {}
        self._keys: dict[tuple[int, int], list[tuple[State, State, int]]] = {}

    def at(self, i: int, own: Choices[State]) -> Choices[State]:
        """The dimensions after the sublayer; `own` is what position i needs to know of itself."""
        if self._whole:
            for number in range(len(self.cut.heads)):  # also where no head sees this position
                self._key_values(number, i)
        asking = {state: made for state, literal in own.items()
                  if (made := self._chooser.attempt([literal], self.cut.queries, state))
                  is not None}
        found = [self._found_at(number, i, asking, own) for number in range(len(self.cut.heads))]
        return self._chooser.joined(
            case for state, queries in asking.items()
            for case in self._combined(state, own[state], [
                by_query[query] for by_query, query in zip(found, queries, strict=True)]))

    def _found_at(self, number: int, i: int, asking: dict[State, tuple[State, ...]],
                  own: Choices[State]) -> dict[State, Choices[State] | None]:
        """What a head adds at position i, by its query; None if it sees no position."""
        head = self.cut.heads[number]
        seen = [j for j in range(self._positions) if visible(head.head.mask, i, j)]
        askers: dict[State, list[int]] = {}
        for state, queries in asking.items():
            askers.setdefault(queries[number], []).append(own[state])
        if not seen:
            return dict.fromkeys(askers)
        found: dict[State, Choices[State] | None] = {}
        for query, literals in askers.items():
            key = (number, query, seen[0], seen[-1])
            # What is undefined is so for the one that asks; then nothing is shared.
            if self._whole or key not in self._found:
                asked = self._chooser.builder.disj(literals)
                keys = [self._scored(head, self._key_values(number, j), query, asked)
                        for j in seen]
                self._found[key] = self._selected(head, [place for place in keys if place], asked)
            found[query] = self._found[key]
        return found

    def _selected(self, head: CutHead, keys: Keys, asked: int) -> Choices[State]:
        if head.head.selection in ("uhat-left", "uhat-right"):
            return unique_hard(self._chooser, head, keys, asked)
        return by_counting(self._chooser, head, keys, asked)

    def _key_values(self, number: int, j: int) -> list[tuple[State, State, int]]:
        """Key, value and literal of each state of position j."""
        if (number, j) not in self._keys:
            head = self.cut.heads[number]
            self._keys[number, j] = [
                (*made, literal) for state, literal in self._stream(j, head.seen).items()
                if (made := self._chooser.attempt([literal], head.key_value, state)) is not None]
        return self._keys[number, j]

    def _scored(self, head: CutHead, listed: list[tuple[State, State, int]], query: State,
                asked: int) -> Place:
        """From keys and values to scores and values, for one query."""
        found: Place = {}
        for key, value, literal in listed:
            score = self._chooser.attempt([asked, literal], head.score, query, key)
            if score is not None:
                found.setdefault((score, value), []).append(literal)
        return found

    def _combined(self, state: State, literal: int,
                  found: Sequence[Choices[State] | None]) -> Iterator[tuple[State, int]]:
        """The new states that come of one state, with their literals."""
        cases: list[tuple[State | None, list[int]]] = [(None, [literal])]
        attempt = self._chooser.attempt
        for results in found:
            if results is None:
                continue
            self._chooser.spend(len(cases) * len(results))
            extended: list[tuple[State | None, list[int]]] = []
            for so_far, literals in cases:
                for made, x in results.items():
                    if x == FALSE or x ^ 1 in literals:
                        continue
                    both = [*literals, x]
                    together = made if so_far is None else attempt(both, self.cut.add, so_far,
                                                                   made)
                    if together is not None:
                        extended.append((together, both))
            cases = extended
        old = self.cut.kept(state)
        for change, literals in cases:
            new = old if change is None else attempt(literals, self.cut.add, old, change)
            if new is not None:
                yield new, self._chooser.builder.conj(literals)
