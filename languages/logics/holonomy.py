"""Sets of states on the way to single states: the frame of a holonomy decomposition.

Take the images Q.w of the state set and the single states. Sets that words map to each other lie
in one class, and words carry labels of the states from one of them to all others; in an aperiodic
automaton the bijections between two sets of a class do not depend on the word, so that every
letter inside the class keeps the labels. A *tile* of a set is a maximal proper subset in the
family. Heights fall from a set to its tiles, never rise along letters, and stay
along a letter only inside a class; single states have height 0.

Eilenberg, "Automata, Languages, and Machines", volume B (1976); Maler, "On the Krohn-Rhodes
cascaded decomposition theorem" (2010).
"""

from __future__ import annotations

from dataclasses import dataclass

from languages.algebra.graphs import tarjan
from languages.dfa import DFA
from languages.errors import InputError, LimitError

StateSet = frozenset[int]
DEFAULT_MAX_SETS = 2_000


@dataclass(frozen=True)
class Holonomy:
    """Heights, classes and tiles of the images and single states of a DFA.

    `tiles[s]` lists the tiles of s in an order that letters inside a class preserve if the DFA is
    aperiodic: if s.a = t has the height of s, then `tiles[t][x]` is the image of `tiles[s][x]`.
    In any DFA that holds for the first way from one set of the class to each other one.
    """

    dfa: DFA
    height: dict[StateSet, int]
    tiles: dict[StateSet, tuple[StateSet, ...]]
    kind: dict[StateSet, int]

    @property
    def whole(self) -> StateSet:
        """The set of all states."""
        return frozenset(range(self.dfa.states))

    def step(self, states: StateSet, letter: int) -> StateSet:
        """The image of a set under a letter."""
        table = self.dfa.table
        return frozenset(table[q][letter] for q in states)


def holonomy(
    dfa: DFA, *, max_sets: int = DEFAULT_MAX_SETS, groups: bool = False
) -> Holonomy:
    """The decomposition frame of a DFA.

    Raises `InputError` when the DFA is not aperiodic, unless `groups` are allowed, and
    `LimitError` when it has more than `max_sets` images.
    """
    frame = Holonomy(dfa, {}, {}, {})
    moves = _images(frame, max_sets)
    sets = sorted(moves, key=len)
    number = {s: i for i, s in enumerate(sets)}
    component = tarjan([[number[t] for t in moves[s]] for s in sets])
    classes: dict[int, list[StateSet]] = {}
    for s, c in zip(sets, component, strict=True):
        classes.setdefault(c, []).append(s)
        frame.kind[s] = c
    for members in classes.values():
        for s, labels in _labels(frame, members, groups).items():
            # Tiles of the first set of the class, as labels, are tiles of all its sets.
            first = members[0]
            if s == first:
                place = {q: x for x, q in enumerate(labels)}
                patterns = [[place[q] for q in tile] for tile in _maximal_subsets(s, sets)]
            frame.tiles[s] = tuple(frozenset(labels[x] for x in p) for p in patterns)
    for s, h in zip(sets, _heights(sets, moves, frame.tiles), strict=True):
        frame.height[s] = h
    return frame


def _images(frame: Holonomy, max_sets: int) -> dict[StateSet, list[StateSet]]:
    """The images of the state set and the single states, each with its image per letter."""
    queue = [frame.whole, *(frozenset({q}) for q in range(frame.dfa.states))]
    moves: dict[StateSet, list[StateSet]] = {s: [] for s in queue}
    too_many = LimitError(
        "images of the state set", f"more than {max_sets}", max_sets, "max_sets")
    if len(moves) > max_sets:
        raise too_many
    for s in queue:
        moves[s] = [frame.step(s, a) for a in range(frame.dfa.letters)]
        for t in moves[s]:
            if t not in moves:
                if len(moves) >= max_sets:
                    raise too_many
                moves[t] = []
                queue.append(t)
    return moves


def _labels(
    frame: Holonomy, members: list[StateSet], groups: bool
) -> dict[StateSet, tuple[int, ...]]:
    """Each set of a class as a sequence, such that letters inside the class keep the order.

    With `groups`, only the letters on the first way to a set need to.
    """
    inside = set(members)
    found = {members[0]: tuple(sorted(members[0]))}
    table = frame.dfa.table
    queue = [members[0]]
    queued = {members[0]}
    for s in queue:
        for a in range(frame.dfa.letters):
            image = tuple(table[q][a] for q in found[s])
            t = frozenset(image)
            if t not in inside:
                continue
            if found.setdefault(t, image) != image and not groups:
                raise InputError("the automaton is not aperiodic: a word permutes some states")
            if t not in queued:
                queued.add(t)
                queue.append(t)
    return found


def _maximal_subsets(s: StateSet, by_size: list[StateSet]) -> list[StateSet]:
    """The maximal proper subsets of s in the family, which is sorted by size."""
    tiles: list[StateSet] = []
    for t in reversed(by_size):
        if t < s and not any(t < tile for tile in tiles):
            tiles.append(t)
    return sorted(tiles, key=sorted)


def _heights(
    sets: list[StateSet],
    moves: dict[StateSet, list[StateSet]],
    tiles: dict[StateSet, tuple[StateSet, ...]],
) -> list[int]:
    """The longest way down to single states along tiles and along letters that leave a class."""
    number = {s: i for i, s in enumerate(sets)}
    below = [[number[t] for t in (*moves[s], *tiles[s])] for s in sets]
    component = tarjan(below)
    heights = [0] * (max(component) + 1)
    # tarjan numbers a component after all that it reaches
    for i in sorted(range(len(sets)), key=component.__getitem__):
        c = component[i]
        if len(sets[i]) > 1:
            lower = [heights[component[j]] for j in below[i] if component[j] != c]
            heights[c] = max([heights[c], *(1 + h for h in lower)])
    return [heights[c] for c in component]
