"""Levels of pairs of states, which the certificates of several kinds have in common.

The pair graph has an edge (p, q) -> (p.a, q.a) for each pair of states and each letter a. `levels`
gives a number to each ordered pair, 0 on the diagonal (p = q). Along each edge between pairs off
the diagonal the level does not rise. The edges along which it stays are *inner*. A word that
leads from a pair off the diagonal back to it leads along inner edges of one level: a path that
meets the diagonal stays there, and a level that falls does not rise again.
"""

from __future__ import annotations

from dataclasses import dataclass

from proofs.checkers.automaton import Automaton
from proofs.checkers.rejection import integers, items, reject
from proofs.checkers.work import Work

Pair = tuple[int, int]


@dataclass(frozen=True)
class PairLevels:
    """The levels, and what they say about the actions of letters.

    Letters that act alike are on the same edges, so that `actions` has one of them for all.
    `letters` has for each level the numbers of the actions on its inner edges; `inner` lists, for
    each such level, the pairs with an inner edge leaving them.
    """

    levels: list[list[int]]
    actions: list[tuple[int, ...]]
    letters: dict[int, set[int]]
    inner: dict[int, list[Pair]]


def parse_pair_levels(automaton: Automaton, value: object) -> PairLevels:
    """The inner edges of levels as the head of this module describes them, or rejected."""
    actions = list(dict.fromkeys(zip(*automaton.delta, strict=True)))
    n = automaton.states
    levels = [
        integers(row, f"data.levels[{p}]", 0, length=n)
        for p, row in enumerate(items(value, "data.levels", n))
    ]
    letters: dict[int, set[int]] = {}
    inner: dict[int, list[Pair]] = {}
    for p in range(n):
        if levels[p][p] != 0:
            reject("diagonal-level", levels[p][p], f"data.levels[{p}][{p}]", "0 on the diagonal")
        for q in range(n):
            if p == q:
                continue
            level = levels[p][q]
            found = False
            for i, action in enumerate(actions):
                r, s = action[p], action[q]
                if r == s or levels[r][s] < level:
                    continue
                if levels[r][s] > level:
                    expected = f"at most levels[{p}][{q}] = {level}, as a letter leads there"
                    reject("level-rises", levels[r][s], f"data.levels[{r}][{s}]", expected)
                letters.setdefault(level, set()).add(i)
                found = True
            if found:
                inner.setdefault(level, []).append((p, q))
    return PairLevels(levels, actions, letters, inner)


def reach(actions: list[tuple[int, ...]], states: int, work: Work) -> list[set[int]]:
    """For each state the states that the actions lead to, in no, one or more steps."""
    result = []
    for start in range(states):
        seen = {start}
        queue = [start]
        for q in queue:
            for action in actions:
                if action[q] not in seen:
                    seen.add(action[q])
                    queue.append(action[q])
        work.spend(len(queue) * len(actions), "data.levels")
        result.append(seen)
    return result
