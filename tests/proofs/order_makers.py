"""Makers of certificates about orders of states, and about patterns that no order allows."""

from __future__ import annotations

from collections.abc import Callable

from tests.oracles import Automaton, Word, words
from tests.proofs.maker_words import (
    Data,
    Pair,
    access,
    block,
    components,
    path,
    same_length,
    separating,
)


def partial_order(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    number = components(list(range(len(delta))), lambda q: list(delta[q]))
    if len(set(number.values())) < len(delta):
        return None
    return {"rank": [len(delta) - 1 - number[q] for q in range(len(delta))]}


def cycle(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    for q, u in access(automaton).items():
        for r in range(len(delta)):
            x = path(lambda state: list(delta[state]), q, r)
            y = path(lambda state: list(delta[state]), r, q)
            v = separating(automaton, q, r)
            if x is not None and y is not None and v is not None:
                return {"u": block(u), "x": block(x), "y": block(y), "v": block(v)}
    return None


def periodic_order(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    states = list(range(len(delta)))
    for k, layer in enumerate(same_length(automaton), start=1):
        targets = [sorted({x[q] for x in layer}) for q in states]
        number = components(states, targets.__getitem__)
        if len(set(number.values())) == len(delta):
            return {"k": k, "rank": [len(delta) - 1 - number[q] for q in states]}
    return None


def same_length_cycle(automaton: Automaton) -> Data | None:
    for layer in same_length(automaton):
        for q, u in access(automaton).items():
            home = [word for e, word in layer.items() if e[q] == q]
            for x, x_word in layer.items():
                back = [word for y, word in layer.items() if y[x[q]] == q]
                v = separating(automaton, q, x[q])
                if home and back and v is not None:
                    found = {"u": u, "x": x_word, "e": home[0], "y": back[0], "v": v}
                    return {name: block(word) for name, word in found.items()}
    return None


def left_order(automaton: Automaton) -> Data:
    """Levels that are as fine as they can be; they prove nothing unless the checker accepts."""
    letters, delta, _, _ = automaton
    states = range(len(delta))
    pairs = [(p, q) for p in states for q in states if p != q]

    def successors(pair: Pair) -> list[Pair]:
        moved = [(delta[pair[0]][a], delta[pair[1]][a]) for a in range(letters)]
        return [(p, q) for p, q in moved if p != q]

    number = components(pairs, successors)
    return {"levels": [[0 if p == q else number[p, q] for q in states] for p in states]}


def left_pattern(automaton: Automaton) -> Data | None:
    letters, delta, _, _ = automaton
    for mask in words(2, letters):
        gamma = [a for a in range(letters) if mask[a]]

        def move(pair: Pair, gamma: list[int] = gamma) -> list[Pair]:
            return [(delta[pair[0]][b], delta[pair[1]][b]) for b in gamma]

        for p, u in access(automaton).items():
            for a in gamma:
                start = delta[p][a], p
                for s in range(len(delta)):
                    for t in range(len(delta)):
                        z = path(move, start, (s, t))
                        v = separating(automaton, s, t)
                        if z is None or v is None:
                            continue
                        f = _closed_walk(move, (s, t), len(gamma))
                        if f is not None:
                            found = {"u": u, "z": z, "f": f}
                            spelled = {"u": u, "v": v, **{
                                name: tuple(gamma[i] for i in found[name]) for name in ("z", "f")
                            }}
                            data = {name: block(word) for name, word in spelled.items()}
                            return {**data, "a": a}
    return None


def _closed_walk(move: Callable[[Pair], list[Pair]], home: Pair, letters: int) -> Word | None:
    """A word with all the letters that leads from a pair back to it, without leaving its cycle."""
    reached = [home]
    for pair in reached:
        reached.extend(set(move(pair)).difference(reached))
    word: Word = ()
    for a in range(letters):
        for pair in reached:
            there = path(move, home, pair)
            back = path(move, move(pair)[a], home)
            if there is not None and back is not None:
                word += (*there, a, *back)
                break
        else:
            return None
    return word


def piecewise_testable(automaton: Automaton) -> Data | None:
    order = partial_order(automaton)
    return None if order is None else {**order, **left_order(automaton)}
