"""Certificates of kind "group-levels" by brute force, for small automata.

The image orbit of the set of all states, its components, and their Schreier generators together
with lengths (Barrington, Compton, Straubing and Therien 1992). Nothing here imports the project.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from tests.oracles import Automaton, Element, product

Timed = tuple[Element, int]


def group_levels(automaton: Automaton) -> dict[str, Any] | None:
    """The data of a certificate, or None if some group is not solvable."""
    letters, delta, _, _ = automaton
    orbit = [frozenset(range(len(delta)))]
    following: list[list[int]] = []
    for states in orbit:
        images = [frozenset(delta[q][a] for q in states) for a in range(letters)]
        orbit.extend(s for s in dict.fromkeys(images) if s not in orbit)
        following.append([orbit.index(s) for s in images])
    levels = _levels(following)
    data: dict[str, Any] = {
        "sets": [sorted(s) for s in orbit],
        "next": following,
        "levels": levels,
        "phases": [0] * len(orbit),
        "moves": [[None] * letters for _ in orbit],
        "groups": {},
    }
    for level in sorted(set(levels)):
        if not _fill(automaton, data, level):
            return None
    return data


def _levels(following: list[list[int]]) -> list[int]:
    """Numbers for strongly connected components that never rise along an edge."""
    reach = []
    for i in range(len(following)):
        found = [i]
        for j in found:
            found.extend(k for k in dict.fromkeys(following[j]) if k not in found)
        reach.append(frozenset(found))
    # Where i leads to j and not back, the part reached from j is smaller.
    order = sorted(set(reach), key=lambda part: (len(part), sorted(part)))
    return [order.index(part) for part in reach]


def _fill(automaton: Automaton, data: dict[str, Any], level: int) -> bool:
    """Labels, phases, moves and the group of one component; False if it is not solvable."""
    _, delta, _, _ = automaton
    sets, following, levels = data["sets"], data["next"], data["levels"]
    root = levels.index(level)
    depth = {root: 0}
    for i in (queue := [root]):
        for a, j in enumerate(following[i]):
            if levels[j] == level and j not in depth:
                depth[j] = depth[i] + 1
                sets[j] = [delta[q][a] for q in sets[i]]
                queue.append(j)
    inner = {
        (i, a): tuple(sets[j].index(delta[q][a]) for q in sets[i])
        for i in depth
        for a, j in enumerate(following[i])
        if levels[j] == level
    }
    one = tuple(range(len(sets[root])))
    if not inner or (all(move == one for move in inner.values()) and level % 2 == 0):
        return True  # without an entry; every second trivial level gets one all the same
    timed = {(move, depth[i] + 1 - depth[following[i][a]]) for (i, a), move in inner.items()}
    period = gcd(*(length for _, length in timed))
    # Lengths modulo d|G| are enough, as (1, d|G|) is in the group of pairs.
    bound = period * len(_closed({(g, 0) for g, _ in timed}, 1))
    pairs = _closed({(g, length % bound) for g, length in timed}, bound)
    c = min(g for g, length in pairs if length == period % bound)
    series = _polycyclic({g for g, length in pairs if length == 0})
    if series is None:
        return False
    spelled = _spelled(series, one)
    powers_of_c = [one]
    while len(powers_of_c) == 1 or powers_of_c[-1] != one:
        powers_of_c.append(product(powers_of_c[-1], c))
    order = len(powers_of_c) - 1
    turn = {i: powers_of_c[depth[i] // period % order] for i in depth}
    for (i, a), move in inner.items():
        turned = product(product(_inverse(turn[i]), move), turn[following[i][a]])
        if depth[i] % period == period - 1:
            turned = product(turned, _inverse(c))
        data["moves"][i][a] = list(spelled[turned])
    for i in depth:
        data["phases"][i] = depth[i] % period
        sets[i] = [sets[i][x] for x in _inverse(turn[i])]
    generators = [g for g, _ in series]
    data["groups"][str(level)] = {
        "period": period,
        "c": list(c),
        "generators": [list(g) for g in generators],
        "orders": [r for _, r in series],
        "powers": [list(spelled[_power(g, r)]) for g, r in series],
        "conjugates": [
            [list(spelled[_conjugate(h, g)]) for h in generators[i + 1 :]]
            for i, g in enumerate(generators)
        ],
        "c_conjugates": [list(spelled[_conjugate(g, c)]) for g in generators],
    }
    return True


def _inverse(x: Element) -> Element:
    return tuple(sorted(range(len(x)), key=x.__getitem__))


def _power(x: Element, n: int) -> Element:
    result = tuple(range(len(x)))
    for _ in range(n):
        result = product(result, x)
    return result


def _conjugate(x: Element, by: Element) -> Element:
    return product(product(_inverse(by), x), by)


def _closed(generators: set[Timed], modulus: int) -> set[Timed]:
    """The finite group that pairs generate in Sym x Z/modulus."""
    found = set(generators)
    for g, s in (queue := list(found)):
        new = {(product(g, h), (s + t) % modulus) for h, t in generators} - found
        found |= new
        queue.extend(new)
    return found


def _polycyclic(group: set[Element]) -> list[tuple[Element, int]] | None:
    """Generators and relative orders, along the derived series; None if not solvable."""
    derived = [group]
    while len(derived[-1]) > 1:
        commutators = {
            product(product(_inverse(x), _inverse(y)), product(x, y))
            for x in derived[-1]
            for y in derived[-1]
        }
        smaller = {g for g, _ in _closed({(g, 0) for g in commutators}, 1)}
        if smaller == derived[-1]:
            return None
        derived.append(smaller)
    current = set(derived[-1])
    series: list[tuple[Element, int]] = []
    for part in reversed(derived):
        for g in sorted(part):
            if g not in current:
                order = next(r for r in range(2, len(part) + 1) if _power(g, r) in current)
                series.insert(0, (g, order))
                current = {product(_power(g, e), h) for e in range(order) for h in current}
    return series


def _spelled(series: list[tuple[Element, int]], one: Element) -> dict[Element, tuple[int, ...]]:
    """The exponents of each element."""
    found: dict[Element, tuple[int, ...]] = {one: ()}
    for g, order in series:
        found = {
            product(x, _power(g, e)): (*exponents, e)
            for x, exponents in found.items()
            for e in range(order)
        }
    return found
