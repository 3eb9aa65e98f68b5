"""Makers of certificates about identities between idempotents, by brute force over all elements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as tuples

from tests.oracles import Automaton, Element, Word, omega, product, trimmed
from tests.proofs.maker_words import Data, access, actions, block, same_length, separating

Semigroup = dict[Element, Word]


def semigroup(automaton: Automaton) -> Semigroup:
    """The actions of words that are not empty, each with such a word."""
    letters, delta, _, _ = automaton
    found: Semigroup = {}
    for x, word in actions(automaton).items():
        for a in range(letters):
            found.setdefault(tuple(delta[q][a] for q in x), (*word, a))
    return found


def elements(automaton: Automaton) -> Data:
    """The data of all kinds whose checker looks at the whole semigroup; true or not."""
    return {"elements": len(semigroup(automaton))}


def _spelled(**found: Word) -> Data:
    return {name: block(word) for name, word in found.items()}


def _aperiodic(found: Semigroup) -> bool:
    return all(product(omega(x), x) == omega(x) for x in found)


def _between(automaton: Automaton) -> Iterator[tuple[Word, Word, Semigroup, Semigroup]]:
    """Words e and f for all pairs of idempotents, with eSf and fSe; nothing with groups in S."""
    found = semigroup(automaton)
    if not _aperiodic(found):
        return
    for e, f in tuples(_idempotents(found), repeat=2):
        yield found[e], found[f], _paths(found, e, f), _paths(found, f, e)


def _idempotents(found: Semigroup) -> list[Element]:
    return [e for e in found if product(e, e) == e]


def _paths(found: Semigroup, e: Element, f: Element) -> Semigroup:
    """The elements of eSf."""
    return {product(product(e, x), f): (*found[e], *word, *found[f]) for x, word in found.items()}


def _apart(automaton: Automaton, x: Element, y: Element) -> tuple[int, Word] | None:
    """A state that can be reached and a word that tells its images by x and y apart."""
    for q in access(automaton):
        v = separating(automaton, x[q], y[q])
        if v is not None:
            return q, v
    return None


def threshold_pattern(automaton: Automaton) -> Data | None:
    automaton = trimmed(automaton)  # states that cannot be reached may add groups
    for e, f, there, back in _between(automaton):
        for p, q, r in tuples(there, back, there):
            pqr, rqp = product(product(p, q), r), product(product(r, q), p)
            found = _apart(automaton, pqr, rqp) if pqr != rqp else None
            if found is not None:
                state, v = found
                # After e the state is one that e fixes.
                u = (*access(automaton)[state], *e)
                return _spelled(u=u, e=e, f=f, p=there[p], q=back[q], r=there[r], v=v)
    return None


def knast_pattern(automaton: Automaton) -> Data | None:
    automaton = trimmed(automaton)  # states that cannot be reached may add groups
    for e, f, there, back in _between(automaton):
        left: dict[tuple[Element, Element], tuple[Word, Word, Word]] = {}
        right: dict[tuple[Element, Element], tuple[Word, Word]] = {}
        for (x, x_word), (y, y_word) in tuples(there.items(), back.items()):
            power, times = _power(product(x, y))
            left.setdefault((power, product(power, x)), (x_word, y_word, (x_word + y_word) * times))
            z = (x_word + y_word) * times + x_word  # (zt)^n z for z
            right.setdefault((power, product(y, power)), (z, y_word))
        for ((g, gx), (x, y, to_g)), ((h, th), (z, t)) in tuples(left.items(), right.items()):
            one, two = product(gx, th), product(g, h)
            found = _apart(automaton, one, two) if one != two else None
            if found is not None:
                u = (*access(automaton)[found[0]], *to_g)
                return _spelled(u=u, e=e, f=f, x=x, y=y, z=z, t=t, v=found[1])
    return None


def _power(x: Element) -> tuple[Element, int]:
    """The idempotent power of x and its exponent."""
    times, power = 1, x
    while product(power, power) != power:
        times, power = times + 1, product(power, x)
    return power, times


def local_da_pattern(automaton: Automaton) -> Data | None:
    automaton = trimmed(automaton)  # states that cannot be reached may add groups
    whole = semigroup(automaton)
    for e in _idempotents(whole):
        local = _paths(whole, e, e)
        found = _not_idempotent(automaton, local)
        if found is not None:
            state, x, y, v = found
            u = (*access(automaton)[state], *local[x])
            return _spelled(u=u, e=whole[e], x=local[x], y=local[y], v=v)
    return None


def _not_idempotent(
    automaton: Automaton, among: Semigroup
) -> tuple[int, Element, Element, Word] | None:
    """A state q and x = xyx with q.x and q.xx told apart by the word."""
    for x, y in tuples(among, repeat=2):
        if product(product(x, y), x) == x and product(x, x) != x:
            found = _apart(automaton, x, product(x, x))
            if found is not None:
                return found[0], x, y, found[1]
    return None


def stable_da_pattern(automaton: Automaton) -> Data | None:
    automaton = trimmed(automaton)  # states that cannot be reached may add groups
    # Layers for the lengths 1, 2, ...; the last one was there before, perhaps for no letters.
    layers = [dict(layer) for layer in same_length(automaton)]
    sets = [frozenset(layer) for layer in layers]
    again = sets.index(sets[-1])
    period = len(sets) - 1 - again
    stable = layers[period * (again // period + 1) - 1] if period else layers[-1]
    found = _not_idempotent(automaton, stable)
    if found is None:
        return None
    state, x, y, v = found
    u = (*access(automaton)[state], *stable[x])
    return _spelled(u=u, e=stable[product(y, x)], x=stable[x], y=stable[y], v=v)
