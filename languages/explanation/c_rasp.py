"""States that no count of the past tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import eq
from typing import Any

from languages.algebra.closed_walks import shortest_path
from languages.algebra.words import Word, plain
from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern
from languages.explanation.shown import states

WHY = ("for every C-RASP program some closed walk z at b makes u z^n x v and u z^n y v alike for "
       "all large n: a count either is balanced, and then it is the same at p and q, or grows with "
       "n beyond every constant of the program; whatever z is, the language has exactly one of the "
       "two words (Yang, Veseli, Barloy et al. 2026, appendix J)")


def partition(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """Two states of a component, in one class of the finest partition that balanced counts see."""
    members = [int(q) for q in data["states"]]
    inside = set(members)
    words = board.words(data, ("u", "v"))
    b = board.start(words["u"])
    p, q = (members[int(i)] for i in data["pair"])

    def step(state: int) -> list[int | None]:
        return [r if r in inside else None for r in board.table[state]]

    def way(source: int, target: int) -> Word:
        found = shortest_path(source, step, partial(eq, target))
        if found is None:
            raise ArithmeticError("no way inside a component")
        return plain(found)

    loops: list[list[int]] = [
        [a, *back] for a, r in enumerate(step(b))
        if r is not None and (back := shortest_path(r, step, partial(eq, b))) is not None]
    shortest = sorted(loops, key=len)[0]
    words |= {"x": way(b, p), "y": way(b, q), "z": plain(shortest)}
    samples = [board.sample(once(words["u"]), to_the(words["z"]), once(words[x]), once(words["v"]))
               for x in "xy"]
    classes = [int(c) for c in data["classes"]]
    alike = [r for r, c in zip(members, classes, strict=True) if c == classes[members.index(p)]]
    says = (f"u = {board.show(words['u'])} leads to state b = {b} of the component "
            f"{states(members)}, in which no balanced count of letters, nor one refined by such "
            f"counts, tells the states {states(alike)} apart; x = {board.show(words['x'])} leads "
            f"from b to p = {p}, y = {board.show(words['y'])} from b to q = {q}, and "
            f"v = {board.show(words['v'])} tells p from q; z = {board.show(words['z'])} is a "
            f"closed walk at b")
    runs = [(b, "x", p), (b, "y", q), (b, "z", b)]
    return board.pattern("c-rasp-partition", says, WHY, words, runs, samples, alike=alike)
