"""Aperiodic automata as cascades of components that remember one value until it is set anew.

A run follows a chain of sets from the set of all states down to the current state, each followed
by one of its tiles (see `languages.logics.holonomy`); per height the cascade remembers the index
of that tile. On a letter a the new chain is found from the top. Let s be the set reached so far
in the new chain, and t the first set of the old chain that is not higher than s; then t.a is a
subset of s. If t.a = s, both have the same height, and the tile's index stays: the tile of s is
the image of the tile of t. Otherwise some tile of s contains t.a, and its index is set. So what
happens at a height depends on the letter and on the values at larger heights only, and it is
"stay" or "set to a constant": such a value is "the one that was set last".

Krohn, Rhodes (1965); Eilenberg (1976); Maler (2010).
"""

from __future__ import annotations

from collections.abc import Iterator

from languages.logics.holonomy import Holonomy, StateSet


class Cascade:
    """The moves of the cascade, as far as they can be used from the start state.

    `used[s]`: indices of the tiles that may follow s in a chain. `pairs[a][s]`: the sets t that
    may meet s on the letter a. `initial[h]`: the value at height h before the word; heights that
    the first chain skips have none. All are upper estimates, by a fixed point.
    """

    def __init__(self, frame: Holonomy) -> None:
        self.frame = frame
        self.used: dict[StateSet, set[int]] = {s: set() for s in frame.height}
        self.initial: dict[int, int] = {}
        s = frame.whole
        while frame.height[s] > 0:
            x = self.tile_with(s, frozenset({frame.dfa.start}))
            self.initial[frame.height[s]] = x
            self.used[s].add(x)
            s = frame.tiles[s][x]
        before = -1
        while before != (before := sum(map(len, self.used.values()))):
            self.pairs = [self._explore(a) for a in range(frame.dfa.letters)]

    def tile_with(self, s: StateSet, part: StateSet) -> int:
        """The index of the tile of s that is chosen for a proper subset of it."""
        return next(x for x, tile in enumerate(self.frame.tiles[s]) if part <= tile)

    def set_to(self, s: StateSet, t: StateSet, letter: int) -> int | None:
        """The index that is set at the height of s when it meets t; None for "stay"."""
        image = self.frame.step(t, letter)
        return None if image == s else self.tile_with(s, image)

    def values(self, height: int) -> list[int]:
        """All indices that the cascade may remember at a height."""
        of_height = (x for s, x in self.used.items() if self.frame.height[s] == height)
        return sorted(set().union(*of_height))

    def _explore(self, letter: int) -> dict[StateSet, set[StateSet]]:
        """The pairs (s, t) that may meet on a letter; adds the tiles that they use."""
        whole, tiles = self.frame.whole, self.frame.tiles
        pairs: dict[StateSet, set[StateSet]] = {}
        todo = [(whole, whole)]
        while todo:
            s, t = todo.pop()
            known = pairs.setdefault(s, set())
            if t in known:
                continue
            known.add(t)
            if self.frame.height[s] == 0:
                continue
            x = self.set_to(s, t, letter)
            if x is None:
                self.used[s] |= self.used[t]
                todo += [(tiles[s][y], tiles[t][y]) for y in self.used[t]]
            else:
                self.used[s].add(x)
                todo += [(tiles[s][x], lower) for lower in self._down(t, tiles[s][x])]
        return pairs

    def _down(self, t: StateSet, s: StateSet) -> Iterator[StateSet]:
        """The first sets not higher than s in the chains from t on."""
        if self.frame.height[t] <= self.frame.height[s]:
            yield t
            return
        for x in self.used[t]:
            yield from self._down(self.frame.tiles[t][x], s)
