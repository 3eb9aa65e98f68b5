"""Cascades of permutations and resets that simulate a DFA, as plain data.

A cascade is a list of levels. On a letter every level applies a map to its state; the map depends
on the letter and on the states of the levels above it *before* the letter, and is a permutation
or a constant (a reset). The states of all levels together tell the state of the DFA.

The levels come from the holonomy decomposition (`languages.logics.holonomy`). A run of the DFA
follows a chain of sets from the set of all states down to the current state, each followed by
one of its tiles; a level remembers the index of that tile for sets of some classes of one height.
Let s be the set reached so far in the new chain, and t the first set of the old chain that is not
higher than s; then t.a is a subset of s. If t.a = s, the two lie in one class and a permutes the
indices of their tiles. Otherwise some tile of s contains t.a, and its index is set. A level whose
classes the chain avoids is set to 0, so that it remembers nothing that does not matter.

Krohn, Rhodes (1965); Eilenberg (1976); Maler (2010).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from languages.dfa import DFA
from languages.errors import LimitError
from languages.logics.holonomy import DEFAULT_MAX_SETS, Holonomy, StateSet, holonomy

States: TypeAlias = tuple[int, ...]
"""The states of the first levels, or of all."""
Map: TypeAlias = tuple[int, ...]
"""The image of each state of a level."""

DEFAULT_MAX_STATES = 20_000


@dataclass(frozen=True)
class Level:
    """One level. `moves[letter][above]` is its map when `above` are the states above it.

    Only states that can occur above it are listed.
    """

    size: int
    initial: int
    moves: tuple[dict[States, Map], ...]

    def maps(self) -> set[Map]:
        """The maps that occur, but for the identity."""
        found = {m for table in self.moves for m in table.values()}
        return found - {tuple(range(self.size))}


@dataclass(frozen=True)
class Cascade:
    """A cascade. `state` maps the states of all levels, as far as they occur, to the DFA's."""

    letters: int
    levels: tuple[Level, ...]
    state: dict[States, int]

    @property
    def initial(self) -> States:
        """The initial states of all levels."""
        return tuple(level.initial for level in self.levels)

    def step(self, states: States, letter: int) -> States:
        """The states after a letter; `KeyError` for states that do not occur."""
        return tuple(level.moves[letter][states[:k]][states[k]]
                     for k, level in enumerate(self.levels))


def is_permutation(move: Map) -> bool:
    """Does the map only rename the states of its level?"""
    return len(set(move)) == len(move)


def is_constant(move: Map) -> bool:
    """Does the map send all states to one?"""
    return len(set(move)) == 1


def shift(move: Map) -> int | None:
    """The c for which the map is x -> x + c modulo the number of states; None if there is none."""
    n = len(move)
    return move[0] if all(y == (x + move[0]) % n for x, y in enumerate(move)) else None


def fault(cascade: Cascade, dfa: DFA) -> str | None:
    """Why the data is not a cascade of permutations and resets that simulates the DFA, if so.

    The DFA runs beside the cascade through all pairs of states that some word reaches; nothing is
    used of how the cascade was made.
    """
    for k, level in enumerate(cascade.levels):
        for move in level.maps():
            if len(move) != level.size or not set(move) <= set(range(level.size)):
                return f"level {k}: {move} is no map on {level.size} states"
            if not is_permutation(move) and not is_constant(move):
                return f"level {k}: {move} is neither a permutation nor a constant"
    seen = {(cascade.initial, dfa.start)}
    todo = list(seen)
    for states, q in todo:
        if cascade.state.get(states) != q:
            return f"states {states}: the automaton is in {q}, not in {cascade.state.get(states)}"
        for letter in range(dfa.letters):
            try:
                pair = cascade.step(states, letter), dfa.table[q][letter]
            except KeyError as error:
                return f"states {states}: no move on letter {letter} below {error}"
            if pair not in seen:
                seen.add(pair)
                todo.append(pair)
    return None


def permutation_reset_cascade(dfa: DFA, *, max_sets: int = DEFAULT_MAX_SETS,
                              max_states: int = DEFAULT_MAX_STATES) -> Cascade:
    """A cascade that simulates the DFA (its reachable part), by permutations and resets.

    The groups of permutations that occur at a level are those of the DFA's holonomy groups:
    quotients of groups inside its transition monoid. Raises `LimitError` past the bounds.
    """
    chains = _Chains(holonomy(dfa, max_sets=max_sets, groups=True))
    return tabulated(chains.sizes, chains.first(dfa.start), dfa.letters, chains.maps,
                     chains.current, max_states)


def tabulated(sizes: list[int], first: States, letters: int,
              maps: Callable[[States, int], list[Map]], current: Callable[[States], int],
              max_states: int) -> Cascade:
    """The cascade with these maps, found by exploring the states that occur.

    Levels that never change are left out: they say nothing.
    """
    found: dict[States, list[list[Map]]] = {}
    todo = [first]
    seen = {first}
    for states in todo:
        rows = [maps(states, letter) for letter in range(letters)]
        found[states] = rows
        for row in rows:
            new = tuple(move[x] for move, x in zip(row, states, strict=True))
            if new not in seen:
                if len(seen) >= max_states:
                    raise LimitError("states of the cascade", f"more than {max_states}",
                                     max_states, "max_states")
                seen.add(new)
                todo.append(new)
    kept = [k for k in range(len(sizes)) if len({states[k] for states in found}) > 1]
    levels = []
    for place, k in enumerate(kept):
        moves: tuple[dict[States, Map], ...] = tuple({} for _ in range(letters))
        for states, rows in found.items():
            above = tuple(states[m] for m in kept[:place])
            for table, row in zip(moves, rows, strict=True):
                table[above] = row[k]
        levels.append(Level(sizes[k], first[k], moves))
    return Cascade(letters, tuple(levels),
                   {tuple(states[k] for k in kept): current(states) for states in found})


class _Chains:
    """Chains of sets of a holonomy frame, and what letters do to them.

    `level[c]` is the level of the sets of class c. Classes of one height share a level if that
    adds no permutations to those of one of them, so that no larger groups arise.
    """

    def __init__(self, frame: Holonomy) -> None:
        self.frame = frame
        self._induced: dict[tuple[StateSet, int], Map] = {}
        self.level: dict[int, int] = {}
        self.sizes: list[int] = []
        groups: list[tuple[int, set[Map]]] = []
        for height, kind, size, moves in self._classes():
            place = next((k for k, (h, known) in enumerate(groups)
                          if h == height and (known <= moves or moves <= known)), len(groups))
            if place == len(groups):
                groups.append((height, set()))
                self.sizes.append(0)
            groups[place][1].update(moves)
            self.sizes[place] = max(self.sizes[place], size)
            self.level[kind] = place

    def _classes(self) -> Iterable[tuple[int, int, int, set[Map]]]:
        """Per class from the top: height, class, number of tiles, permutations of the tiles.

        Trailing fixed points of permutations are left out.
        """
        frame = self.frame
        found: dict[int, tuple[int, int, int, set[Map]]] = {}
        for s, kind in frame.kind.items():
            if frame.height[s] == 0:
                continue
            moves = found.setdefault(kind, (frame.height[s], kind, len(frame.tiles[s]), set()))[3]
            for a in range(frame.dfa.letters):
                t = frame.step(s, a)
                if frame.kind[t] == kind:
                    moves.add(_without_fixed_tail(self.induced(s, t, a)))
        for entry in found.values():
            entry[3].discard(())
        return sorted(found.values(), key=lambda entry: (-entry[0], entry[1]))

    def induced(self, t: StateSet, s: StateSet, letter: int) -> Map:
        """How the letter, from t onto s of the same class, moves the indices of tiles."""
        if (t, letter) not in self._induced:
            place = {tile: x for x, tile in enumerate(self.frame.tiles[s])}
            self._induced[t, letter] = tuple(
                place[self.frame.step(tile, letter)] for tile in self.frame.tiles[t])
        return self._induced[t, letter]

    def first(self, start: int) -> States:
        """The states of the levels for a chain that leads to the start."""
        frame = self.frame
        values = [0] * len(self.sizes)
        s = frame.whole
        while frame.height[s] > 0:
            x = self.tile_with(s, frozenset({start}))
            values[self.level[frame.kind[s]]] = x
            s = frame.tiles[s][x]
        return tuple(values)

    def tile_with(self, s: StateSet, part: StateSet) -> int:
        """The index of the tile of s that is chosen for a proper subset of it."""
        return next(x for x, tile in enumerate(self.frame.tiles[s]) if part <= tile)

    def chain(self, states: States) -> list[StateSet]:
        """The sets of the chain."""
        s = self.frame.whole
        found = [s]
        while self.frame.height[s] > 0:
            s = self.frame.tiles[s][states[self.level[self.frame.kind[s]]]]
            found.append(s)
        return found

    def current(self, states: States) -> int:
        """The state of the DFA, where the chain ends."""
        (q,) = self.chain(states)[-1]
        return q

    def maps(self, states: States, letter: int) -> list[Map]:
        """What a letter does at each level."""
        frame = self.frame
        moves: list[Map] = [(0,) * size for size in self.sizes]
        old = iter(self.chain(states))
        t = next(old)
        s = frame.whole
        while frame.height[s] > 0:
            while frame.height[t] > frame.height[s]:
                t = next(old)
            place = self.level[frame.kind[s]]
            size = self.sizes[place]
            image = frame.step(t, letter)
            if image == s:
                move = self.induced(t, s, letter)
                moves[place] = (*move, *range(len(move), size))
            else:
                moves[place] = (self.tile_with(s, image),) * size
            s = frame.tiles[s][moves[place][states[place]]]
        return moves


def _without_fixed_tail(move: Map) -> Map:
    end = len(move)
    while end and move[end - 1] == end - 1:
        end -= 1
    return move[:end]
