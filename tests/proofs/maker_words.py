"""What the makers of certificates share: words, transition monoids, components.

Nothing here imports the project. Automata are as in `tests.oracles`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from tests.oracles import Automaton, Element, Word, product

Data = dict[str, Any]
Pair = tuple[int, int]


def block(word: Word, times: int = 1) -> list[Any]:
    """A word repeated, in the notation of certificates."""
    return [[times, list(word)]] if word else []


def access(automaton: Automaton) -> dict[int, Word]:
    """A shortest word to each state that can be reached."""
    letters, delta, start, _ = automaton
    found: dict[int, Word] = {start: ()}
    for q in (queue := [start]):
        for a in range(letters):
            if delta[q][a] not in found:
                found[delta[q][a]] = (*found[q], a)
                queue.append(delta[q][a])
    return found


def separating(automaton: Automaton, p: int, q: int) -> Word | None:
    """A shortest word after which exactly one of p and q accepts."""
    letters, delta, _, accept = automaton
    found: dict[Pair, Word] = {(p, q): ()}
    for r, s in (queue := [(p, q)]):
        if (r in accept) != (s in accept):
            return found[r, s]
        for a in range(letters):
            pair = delta[r][a], delta[s][a]
            if pair not in found:
                found[pair] = (*found[r, s], a)
                queue.append(pair)
    return None


def actions(automaton: Automaton) -> dict[Element, Word]:
    """The transition monoid, each element with a shortest word."""
    letters, delta, _, _ = automaton
    generators = [tuple(row[a] for row in delta) for a in range(letters)]
    one = tuple(range(len(delta)))
    found: dict[Element, Word] = {one: ()}
    for x in (queue := [one]):
        for a, g in enumerate(generators):
            if (y := product(x, g)) not in found:
                found[y] = (*found[x], a)
                queue.append(y)
    return found


def same_length(automaton: Automaton) -> Iterator[dict[Element, Word]]:
    """What words of length 1, 2, 3, ... do, until a set of actions comes again."""
    letters, delta, _, _ = automaton
    generators = [tuple(row[a] for row in delta) for a in range(letters)]
    layer: dict[Element, Word] = {tuple(range(len(delta))): ()}
    seen: set[frozenset[Element]] = set()
    while frozenset(layer) not in seen:
        seen.add(frozenset(layer))
        layer = {product(x, g): (*w, a) for x, w in layer.items() for a, g in enumerate(generators)}
        yield layer


def layer(layers: list[dict[Element, Word]], t: int) -> dict[Element, Word]:
    """Layer t, where the last of the layers is one that was there before."""
    sets = [frozenset(layer) for layer in layers]
    again = sets.index(sets[-1])
    return layers[again + (t - again) % (len(layers) - 1 - again)]


def components(nodes: list[Any], successors: Callable[[Any], list[Any]]) -> dict[Any, int]:
    """Numbers for strongly connected components that never rise along an edge."""
    reach = {x: {x} for x in nodes}
    for x in nodes:
        for y in (queue := [x]):
            new = [z for z in dict.fromkeys(successors(y)) if z not in reach[x]]
            reach[x].update(new)
            queue.extend(new)
    classes = {frozenset(y for y in reach[x] if x in reach[y]): len(reach[x]) for x in nodes}
    numbers = count()
    return {
        x: n for c in sorted(classes, key=classes.__getitem__) for n in [next(numbers)] for x in c
    }


def path(successors: Callable[[Any], list[Any]], source: Any, target: Any) -> Word | None:
    """A shortest path, as the letters taken; `successors` lists one successor for each letter."""
    found: dict[Any, Word] = {source: ()}
    for x in (queue := [source]):
        if x == target:
            return found[x]
        for a, y in enumerate(successors(x)):
            if y not in found:
                found[y] = (*found[x], a)
                queue.append(y)
    return None
