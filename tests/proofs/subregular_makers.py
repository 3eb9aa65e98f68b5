"""Makers of certificates about definite, local and two-variable languages, by brute force.

Like the other makers they go through the transition semigroup, a word for each element.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.oracles import Automaton, Element, Word, product
from tests.proofs.group_level_maker import group_levels
from tests.proofs.maker_words import (
    Data,
    access,
    actions,
    block,
    components,
    layer,
    path,
    same_length,
    separating,
)


def _spelled(**found: Word) -> Data:
    return {name: block(word) for name, word in found.items()}


def _semigroup(automaton: Automaton) -> dict[Element, Word]:
    """The actions of words that are not empty, each with such a word."""
    letters, delta, _, _ = automaton
    found: dict[Element, Word] = {}
    for x, word in actions(automaton).items():
        for a in range(letters):
            found.setdefault(tuple(delta[q][a] for q in x), (*word, a))
    return found


def _layers(automaton: Automaton) -> Iterator[dict[Element, Word]]:
    """What words of length 0, 1, 2, ... do, until a set of actions comes again."""
    yield {tuple(range(len(automaton[1]))): ()}
    yield from same_length(automaton)


def _reach(automaton: Automaton) -> list[set[int]]:
    return [{x[q] for x in actions(automaton)} for q in range(len(automaton[1]))]


def last_letters(automaton: Automaton) -> Data | None:
    for k, found in enumerate(_layers(automaton)):
        if all(len(set(x)) == 1 for x in found):
            return {"k": k}
    return None


def parallel_loops(automaton: Automaton) -> Data | None:
    ways = access(automaton)
    for x, word in _semigroup(automaton).items():
        for p, u in ways.items():
            for q, w in ways.items():
                v = separating(automaton, p, q) if x[p] == p and x[q] == q else None
                if v is not None:
                    return _spelled(u=u, w=w, x=word, v=v)
    return None


def first_letters(automaton: Automaton) -> Data | None:
    _, _, start, accept = automaton
    reach = _reach(automaton)
    for k, found in enumerate(_layers(automaton)):
        if all(len({r in accept for r in reach[x[start]]}) == 1 for x in found):
            return {"k": k}
    return None


def loop_exit(automaton: Automaton) -> Data | None:
    for x, word in _semigroup(automaton).items():
        for q, u in access(automaton).items():
            for r, y in access((automaton[0], automaton[1], q, automaton[3])).items():
                v = separating(automaton, q, r) if x[q] == q else None
                if v is not None:
                    return _spelled(u=u, x=word, y=y, v=v)
    return None


def both_ends(automaton: Automaton) -> Data | None:
    letters, delta, _, _ = automaton
    k = len(delta) ** 2
    layers = list(_layers(automaton))
    long = layers[k] if k < len(layers) else layer(layers, k)
    for y in long:
        for z in long:
            for q in set(y):
                if any(z[delta[q][a]] != z[q] for a in range(letters)):
                    return None
    return {"k": k}


def joined_loops(automaton: Automaton) -> Data | None:
    for e, word in _semigroup(automaton).items():
        for q, u in access(automaton).items():
            for r, x in access((automaton[0], automaton[1], q, automaton[3])).items():
                v = separating(automaton, q, r) if e[q] == q and e[r] == r else None
                if v is not None:
                    return _spelled(u=u, e=word, x=x, v=v)
    return None


def commuting_letters(automaton: Automaton) -> Data:
    states = range(len(automaton[1]))
    found = [min(p for p in states if separating(automaton, p, q) is None) for q in states]
    return {"block": found}


def order_of_letters(automaton: Automaton) -> Data | None:
    letters, delta, _, _ = automaton
    for q, u in access(automaton).items():
        for a in range(letters):
            for b in range(letters):
                v = separating(automaton, delta[delta[q][a]][b], delta[delta[q][b]][a])
                if v is not None:
                    return {**_spelled(u=u, v=v), "a": a, "b": b}
    return None


def _live(automaton: Automaton) -> set[int]:
    return {q for q, below in enumerate(_reach(automaton)) if below & automaton[3]}


def factors(automaton: Automaton) -> Data | None:
    live = _live(automaton)
    for k, found in enumerate(_layers(automaton), start=1):
        if all(len({x[q] for q in live} & live) <= 1 for x in found):
            return {"k": k}
    return None


def live_loops(automaton: Automaton) -> Data | None:
    _, delta, _, accept = automaton
    ways = access(automaton)
    for x, word in _semigroup(automaton).items():
        for p, u in ways.items():
            for q, w in ways.items():
                if x[p] != p or x[q] != q:
                    continue
                for action, v in actions(automaton).items():
                    if action[p] in accept and action[q] not in accept:
                        ends = [path(lambda s: list(delta[s]), q, r) for r in accept]
                        for y in ends:
                            if y is not None:
                                return _spelled(u=u, w=w, x=word, v=v, y=y)
    return None


def _local(automaton: Automaton) -> Iterator[tuple[Word, dict[Element, Word]]]:
    """Each idempotent e of the semigroup S, as a word, with the elements of eSe."""
    semigroup = _semigroup(automaton)
    for e, e_word in semigroup.items():
        if product(e, e) == e:
            found: dict[Element, Word] = {}
            for x, x_word in semigroup.items():
                found.setdefault(product(product(e, x), e), (*e_word, *x_word, *e_word))
            yield e_word, found


def local_square(automaton: Automaton) -> Data | None:
    for e_word, local in _local(automaton):
        e = _act(automaton, e_word)
        for x, word in local.items():
            for p, u in access(automaton).items():
                v = separating(automaton, x[p], x[x[p]]) if e[p] == p and x[p] != x[x[p]] else None
                if v is not None:
                    return _spelled(u=u, e=e_word, x=word, v=v)
    return None


def local_exchange(automaton: Automaton) -> Data | None:
    for e_word, local in _local(automaton):
        e = _act(automaton, e_word)
        for x, x_word in local.items():
            for y, y_word in local.items():
                if product(x, y) == product(y, x):
                    continue
                for p, u in access(automaton).items():
                    v = separating(automaton, y[x[p]], x[y[p]]) if e[p] == p else None
                    if v is not None:
                        return _spelled(u=u, e=e_word, x=x_word, y=y_word, v=v)
    return None


def _act(automaton: Automaton, word: Word) -> Element:
    _, delta, _, _ = automaton
    result = tuple(range(len(delta)))
    for a in word:
        result = tuple(delta[q][a] for q in result)
    return result


def alphabet_path(automaton: Automaton) -> Data | None:
    letters, delta, _, _ = automaton
    one: tuple[Element, frozenset[int]] = tuple(range(len(delta))), frozenset()
    found: dict[tuple[Element, frozenset[int]], Word] = {one: ()}
    for x, used in (queue := [one]):
        for a in range(letters):
            new = tuple(delta[q][a] for q in x), used | {a}
            if new not in found:
                found[new] = (*found[x, used], a)
                queue.append(new)
    for (x, used), word in found.items():
        for p, u in access(automaton).items():
            if x[p] != p:
                continue
            inside = sorted(used)
            for q in range(len(delta)):
                way = path(lambda s, inside=inside: [delta[s][a] for a in inside], p, q)
                v = separating(automaton, p, q)
                if x[q] == q and way is not None and v is not None:
                    return _spelled(u=u, w=word, s=tuple(inside[i] for i in way), v=v)
    return None


def reversible_components(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    groups = group_levels(automaton)
    number = components(list(range(len(delta))), lambda q: list(delta[q]))
    top = max(number.values())
    rank = [top - number[q] for q in range(len(delta))]
    return None if groups is None else {**groups, "rank": rank}


def merged_component(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    for w, word in actions(automaton).items():
        for q, u in access(automaton).items():
            for r in range(len(delta)):
                x = path(lambda s: list(delta[s]), q, r) if w[q] == q and w[r] == q else None
                v = separating(automaton, q, r)
                if x is not None and v is not None:
                    return _spelled(u=u, x=x, w=word, v=v)
    return None
