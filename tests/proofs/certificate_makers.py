"""Certificates found by brute force, one maker for each kind: slow, for small automata only.

Nothing here imports the project. Each maker takes an automaton, as in `tests.oracles`, that need
be neither minimal nor trimmed; it returns the data of a certificate, or None if the language is
on the other side. The makers know nothing of the deciders in `languages.classes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, count
from math import lcm
from typing import Any

from tests import c_rasp_oracle
from tests.oracles import Automaton, Element, Word, prime_divisors, product, words
from tests.proofs.group_level_maker import group_levels

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


def orbit(q: int, x: Element) -> list[int]:
    """q, q.x, q.x^2, ... up to the first repetition."""
    states = [q]
    while x[states[-1]] not in states:
        states.append(x[states[-1]])
    return states


def counting(automaton: Automaton, odd: bool = False) -> Data | None:
    for x, w in actions(automaton).items():
        for q, u in access(automaton).items():
            cycle = orbit(q, x)
            v = separating(automaton, q, x[q])
            if odd and len(cycle) % 2 == 0:
                continue
            if x[cycle[-1]] == q and v is not None:
                return {"u": block(u), "w": block(w), "v": block(v), "k": len(cycle)}
    return None


def same_length_counting(automaton: Automaton) -> Data | None:
    for layer in same_length(automaton):
        for e, e_word in layer.items():
            for g, g_word in layer.items():
                for q, u in access(automaton).items():
                    cycle = orbit(q, g)
                    if g[cycle[-1]] != q or any(e[r] != r for r in cycle):
                        continue
                    for k in sorted(prime_divisors(len(cycle))):
                        times = len(cycle) // k
                        v = separating(automaton, q, cycle[times % len(cycle)])
                        if v is not None:
                            return {
                                "u": block(u),
                                "e": block(e_word, times),
                                "g": block(g_word, times),
                                "v": block(v),
                                "k": k,
                            }
    return None


def nc0_swap(automaton: Automaton) -> Data | None:
    for layer in same_length(automaton):
        for e, e_word in layer.items():
            for x, x_word in layer.items():
                for q, u in access(automaton).items():
                    r = x[q]
                    if q == r or e[q] != q or e[r] != r:
                        continue
                    v = separating(automaton, q, r)
                    if v is not None:
                        found = {"u": u, "e": e_word, "x": x_word, "v": v}
                        return {name: block(word) for name, word in found.items()}
    return None


def nc0_block(automaton: Automaton) -> Data | None:
    """The least s for which some k works, by words of each length as they come."""
    _, delta, _, _ = automaton
    one: dict[Element, Word] = {tuple(range(len(delta))): ()}
    layers = [one, *same_length(automaton)]
    k = len(delta) ** 2
    long = layers[k] if k < len(layers) else _layer(layers, k)
    for s in range(1, 2 * len(layers) + 1):
        if all(
            z[x[y[q]]] == z[y[q]]
            for y in long
            for x in (layers[s] if s < len(layers) else _layer(layers, s))
            for z in long
            for q in range(len(delta))
        ):
            return {"k": k, "s": s}
    return None


def _layer(layers: list[dict[Element, Word]], t: int) -> dict[Element, Word]:
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


def partial_order(automaton: Automaton) -> Data | None:
    _, delta, _, _ = automaton
    number = components(list(range(len(delta))), lambda q: list(delta[q]))
    if len(set(number.values())) < len(delta):
        return None
    return {"rank": [len(delta) - 1 - number[q] for q in range(len(delta))]}


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


def perfect_group(automaton: Automaton) -> Data | None:
    """For permutation automata: a perfect subgroup generated by commutators, if there is one."""
    _, delta, start, _ = automaton
    degree = len(delta)
    group = actions(automaton)
    if any(len(set(x)) < degree for x in group):
        return None
    perfect = set(group)
    while True:
        derived = _commutators(perfect)
        if derived == perfect:
            break
        perfect = derived
    generators = [x for x in perfect if _separated(automaton, start, x) is not None][:1]
    if not generators:
        return None
    for x in sorted(perfect):
        if len(_generated(set(generators))) < len(perfect):
            bigger = {*generators, x}
            if len(_generated(bigger)) > len(_generated(set(generators))):
                generators.append(x)
    entries = list(generators)
    program: list[list[Any]] = []
    for i, x in enumerate(entries):  # all products: the whole group, and inverses among them
        for j in range(len(generators)):
            if (y := product(x, generators[j])) not in entries:
                entries.append(y)
                program.append(["*", i, j])
    pairs = [_as_commutator(g, entries) for g in generators]
    # One step that inverts, so that both operations occur, and no step that nothing uses.
    program.append(["-", pairs[0][1]])
    program, pairs = _without_unused(len(generators), program, pairs)
    v = _separated(automaton, start, generators[0])
    assert v is not None
    return {
        "u": [],
        "v": block(v),
        "set": list(range(degree)),
        "generators": [block(group[g]) for g in generators],
        "program": program,
        "commutators": [[list(pair)] for pair in pairs],
        "moved": 0,
    }


def _without_unused(
    generators: int, program: list[list[Any]], pairs: list[Pair]
) -> tuple[list[list[Any]], list[Pair]]:
    used = {*range(generators), *(x for pair in pairs for x in pair), generators + len(program) - 1}
    for i in reversed(range(len(program))):
        if generators + i in used:
            used.update(program[i][1:])
    place = {x: n for n, x in enumerate(sorted(used))}
    kept = [
        [operation, *(place[x] for x in arguments)]
        for i, (operation, *arguments) in enumerate(program)
        if generators + i in used
    ]
    return kept, [(place[x], place[y]) for x, y in pairs]


def _separated(automaton: Automaton, q: int, x: Element) -> Word | None:
    return separating(automaton, q, x[q])


def _inverse(x: Element) -> Element:
    return tuple(sorted(range(len(x)), key=x.__getitem__))


def _commutator(x: Element, y: Element) -> Element:
    return product(product(_inverse(x), _inverse(y)), product(x, y))


def _generated(generators: set[Element]) -> set[Element]:
    found = set(generators)
    for x in (queue := list(found)):
        new = {product(x, g) for g in generators} - found
        found |= new
        queue.extend(new)
    return found


def _commutators(group: set[Element]) -> set[Element]:
    return _generated({_commutator(x, y) for x in group for y in group})


def _as_commutator(g: Element, entries: list[Element]) -> Pair:
    for i, x in enumerate(entries):
        for j, y in enumerate(entries):
            if _commutator(x, y) == g:
                return i, j
    raise ValueError("not a commutator; every element of A5 is one")


def c_rasp(automaton: Automaton) -> Data:
    """All solutions of all rounds; they prove nothing unless the checker accepts."""
    _, delta, _, _ = automaton
    number = components(list(range(len(delta))), lambda q: list(delta[q]))
    values = []
    for part in c_rasp_oracle.components(automaton):
        for _, basis in c_rasp_oracle.rounds(automaton, part):
            for row in basis:
                scale = lcm(*(x.denominator for x in row))
                found = {q: int(x * scale) for q, x in zip(part, row, strict=True)}
                values.append([found.get(q, 0) for q in range(len(delta))])
    return {"rank": [len(delta) - number[q] for q in range(len(delta))], "values": values}


def c_rasp_partition(automaton: Automaton) -> Data | None:
    """Two states of one class that are told apart, if possible by a word that is not empty."""
    letters, delta, _, _ = automaton
    found = access(automaton)
    best: Data | None = None
    for part in c_rasp_oracle.components(automaton):
        classes = c_rasp_oracle.rounds(automaton, part)[-1][0]
        for i, j in combinations(range(len(part)), 2):
            if classes[i] != classes[j] or part[0] not in found:
                continue
            p, q = part[i], part[j]
            later = ((a, separating(automaton, delta[p][a], delta[q][a])) for a in range(letters))
            v = next(((a, *word) for a, word in later if word is not None), None)
            if v is None:
                v = separating(automaton, p, q)
            if v is not None and (best is None or not best["v"]):
                best = {
                    "u": block(found[part[0]]), "states": part, "classes": classes,
                    "combinations": _combinations(automaton, part, classes),
                    "pair": [i, j], "v": block(v),
                }  # fmt: skip
    return best


def _combinations(automaton: Automaton, part: list[int], classes: list[int]) -> list[Any]:
    rows, width = c_rasp_oracle.equations(automaton, part, classes)
    result: list[Any] = []
    for i, c in enumerate(classes):
        wanted = [Fraction(0)] * width
        wanted[i] += 1
        wanted[classes.index(c)] -= 1
        factors = c_rasp_oracle.combination(rows, wanted)
        assert factors is not None
        d = lcm(*(x.denominator for x in factors))
        terms = zip(c_rasp_oracle.edges(automaton, part), factors, strict=True)
        result.append([d, [[p, a, int(x * d)] for (p, a, _), x in terms if x]])
    return result


MAKERS: dict[str, Callable[[Automaton], Data | None]] = {
    "group-levels": group_levels,
    "counting": counting,
    "same-length-counting": same_length_counting,
    "perfect-group": perfect_group,
    "nc0-block": nc0_block,
    "nc0-swap": nc0_swap,
    "partial-order": partial_order,
    "cycle": cycle,
    "left-order": left_order,
    "left-pattern": left_pattern,
    "piecewise-testable": piecewise_testable,
    "periodic-order": periodic_order,
    "same-length-cycle": same_length_cycle,
    "c-rasp": c_rasp,
    "c-rasp-partition": c_rasp_partition,
}
"""The maker of each kind."""


def make(kind: str, algebraic_class: str, automaton: Automaton) -> Data | None:
    """The data of a certificate of this kind about this class, if it can be made."""
    if (kind, algebraic_class) == ("counting", "2-groups"):
        return counting(automaton, odd=True)
    return MAKERS[kind](automaton)


def certificate(
    kind: str, algebraic_class: str, member: bool, automaton: Automaton, data: Data
) -> dict[str, Any]:
    """A certificate as JSON; the letters are called a, b, c, ..."""
    letters, delta, start, accept = automaton
    language = {
        "alphabet": [chr(ord("a") + i) for i in range(letters)],
        "states": len(delta),
        "start": start,
        "accept": sorted(accept),
        "delta": [list(row) for row in delta],
    }
    return {
        "format": "expressivity certificate",
        "version": 1,
        "kind": kind,
        "claim": {"language": language, "class": algebraic_class, "member": member},
        "data": data,
    }
