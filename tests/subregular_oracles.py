"""Definite, local and piecewise classes straight from their definitions: slow, for tests.

Nothing here imports the project. Automata and monoids are those of `tests.oracles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product as tuples

from tests.oracles import (
    Automaton,
    Element,
    Syntactic,
    Word,
    minimal,
    omega,
    product,
    reachable,
    run,
    words,
)

MARK = -1


def accepts(automaton: Automaton, word: Word) -> bool:
    """Is the word in the language?"""
    return run(automaton, word) in automaton[3]


def longer(letters: int, least: int, more: int) -> Iterator[Word]:
    """The words of `least`, ..., `least` + `more` letters."""
    for length in range(least, least + more + 1):
        yield from words(letters, length)


# --- by words: the least k, or None if no k up to a bound that is known to be enough -------------


def definite(automaton: Automaton) -> int | None:
    """The least k for which the last k letters decide about all words of k or more letters.

    Words of up to n - 1 letters in front of the last k lead to all states. A k is less than n,
    since states that letters merge one step later make fewer and fewer classes.
    """
    letters, delta, _, _ = minimal(automaton)
    for k in range(len(delta)):
        kinds = {(w[len(w) - k:], accepts(automaton, w)) for w in longer(letters, k, len(delta))}
        if len(kinds) == len({end for end, _ in kinds}):
            return k
    return None


def reverse_definite(automaton: Automaton) -> int | None:
    """The least k for which the first k letters decide about all words of k or more letters."""
    letters, delta, _, _ = minimal(automaton)
    for k in range(len(delta)):
        kinds = {(w[:k], accepts(automaton, w)) for w in longer(letters, k, len(delta))}
        if len(kinds) == len({end for end, _ in kinds}):
            return k
    return None


def neighbours_commute(automaton: Automaton) -> bool:
    """Do words with the same letters agree? Neighbours in words of up to 2n letters are enough."""
    letters, delta, _, _ = minimal(automaton)
    return all(
        accepts(automaton, (*u, a, b, *v)) == accepts(automaton, (*u, b, a, *v))
        for u in longer(letters, 0, len(delta) - 1)
        for v in longer(letters, 0, len(delta) - 1)
        for a in range(letters) for b in range(a)
    )


def strictly_local(automaton: Automaton) -> int | None:
    """The least k for which the words all of whose k-factors occur in words of L are those of L.

    Factors of the word with k - 1 marks before it and one mark after it. For k - 1 larger than the
    number of pairs of states nothing changes any more.
    """
    _, delta, _, _ = automaton = minimal(automaton)
    for k in range(1, len(delta) * (len(delta) - 1) // 2 + 3):
        if _is_strictly_local(automaton, k):
            return k
    return None


def _is_strictly_local(automaton: Automaton, k: int) -> bool:
    letters, delta, start, accept = automaton
    live = {q for q in range(len(delta)) if reachable(delta, {q}) & accept}
    first = start, (MARK,) * (k - 1)
    seen = {first}
    allowed: set[Word] = set()
    for q, window in (queue := [first]):
        if q in accept:
            allowed.add((*window, MARK))
        for a in range(letters):
            factor = (*window, a)
            node = delta[q][a], factor[1:]
            if node[0] in live:
                allowed.add(factor)
            if node not in seen:
                seen.add(node)
                queue.append(node)
    seen = {first}
    for q, window in (queue := [first]):
        if ((*window, MARK) in allowed) != (q in accept):
            return False
        for a in range(letters):
            factor = (*window, a)
            node = delta[q][a], factor[1:]
            if factor in allowed and node not in seen:
                seen.add(node)
                queue.append(node)
    return True


def tier_strictly_local(automaton: Automaton) -> int | None:
    """The least k for a tier: erasing the letters off it leaves membership as it is, and the words
    on it are strictly k-local."""
    letters, delta, start, accept = minimal(automaton)
    best: int | None = None
    for mask in tuples((False, True), repeat=letters):
        tier = [a for a in range(letters) if mask[a]]
        if all(delta[q][a] == q for q in range(len(delta)) for a in range(letters) if not mask[a]):
            table = tuple(tuple(row[a] for a in tier) for row in delta)
            inside = reachable(table, {start})  # all states, as other letters move none
            if len(inside) != len(delta):
                raise ValueError("letters off the tier move a state")
            on_tier = len(tier), table, start, accept
            # Without letters there is one state: the language of all words, or of none.
            k = strictly_local(on_tier) if tier else 1
            if k is not None and (best is None or k < best):
                best = k
    return best


def strictly_piecewise(automaton: Automaton) -> int | None:
    """The least k >= 1 for which L is the words all of whose subwords of up to k letters are
    subwords of words of L. Minimal forbidden subwords take a new state with each letter, so that
    they have fewer letters than there are states."""
    letters, delta, start, accept = minimal(automaton)
    for k in range(1, max(2, len(delta))):
        first: tuple[int, frozenset[Word]] = start, frozenset({()})
        seen = {first}
        for q, subwords in (queue := [first]):
            for a in range(letters):
                new = subwords | {(*w, a) for w in subwords if len(w) < k}
                node = delta[q][a], new
                if node not in seen:
                    seen.add(node)
                    queue.append(node)
        allowed = set().union(*(subwords for q, subwords in seen if q in accept))
        if all((subwords <= allowed) == (q in accept) for q, subwords in seen):
            return k
    return None


def testable(automaton: Automaton, k: int, threshold: int) -> bool:
    """Do the first and the last k - 1 letters and the numbers of occurrences of the factors of
    length k, up to the threshold, decide about the words of k or more letters?"""
    letters, delta, start, accept = minimal(automaton)
    first: tuple[int, Word, Word, frozenset[tuple[Word, int]]] = start, (), (), frozenset()
    seen = {first}
    verdict: dict[object, bool] = {}
    for q, head, tail, counts in (queue := [first]):
        if counts and verdict.setdefault((head, tail, counts), q in accept) != (q in accept):
            return False
        for a in range(letters):
            factor = (*tail, a)
            new = counts
            if len(factor) == k:
                have = dict(counts)
                have[factor] = min(have.get(factor, 0) + 1, threshold)
                new = frozenset(have.items())
            begin = (*head, a) if len(head) < k - 1 else head
            node = delta[q][a], begin, (factor[1:] if len(factor) == k else factor), new
            if node not in seen:
                seen.add(node)
                queue.append(node)
    return True


# --- by identities, over all elements ------------------------------------------------------------


def semigroup(monoid: Syntactic) -> list[Element]:
    """The syntactic images of the words that are not empty."""
    return sorted({product(x, a) for x in monoid.elements for a in monoid.letters})


def idempotents(elements: Iterable[Element]) -> list[Element]:
    """Those x with xx = x."""
    return [x for x in elements if product(x, x) == x]


def between(elements: list[Element], e: Element, f: Element) -> list[Element]:
    """The elements exf."""
    return sorted({product(product(e, x), f) for x in elements})


def generalised_definite(monoid: Syntactic) -> bool:
    """eSe = {e} for all idempotents e."""
    elements = semigroup(monoid)
    return all(between(elements, e, e) == [e] for e in idempotents(elements))


def commutative(monoid: Syntactic) -> bool:
    """xy = yx."""
    return all(product(x, y) == product(y, x) for x, y in tuples(monoid.elements, repeat=2))


def in_da(elements: list[Element]) -> bool:
    """(xyz)^w y (xyz)^w = (xyz)^w."""
    for x, y in tuples(elements, repeat=2):
        xy = product(x, y)
        for z in elements:
            e = omega(product(xy, z))
            if product(product(e, y), e) != e:
                return False
    return True


def locally_in_da(monoid: Syntactic) -> bool:
    """eSe is in DA for all idempotents e."""
    elements = semigroup(monoid)
    return all(in_da(between(elements, e, e)) for e in idempotents(elements))


def locally_threshold(monoid: Syntactic) -> bool:
    """Aperiodic, and exf fye ezf = ezf fye exf."""
    elements = semigroup(monoid)
    if not monoid.star_free():
        return False
    for e, f in tuples(idempotents(elements), repeat=2):
        there, back = between(elements, e, f), between(elements, f, e)
        for p, q, r in tuples(there, back, there):
            if product(product(p, q), r) != product(product(r, q), p):
                return False
    return True


def knast(monoid: Syntactic) -> bool:
    """Aperiodic, and (exfye)^w exfte (ezfte)^w = (exfye)^w (ezfte)^w (Knast 1983)."""
    elements = semigroup(monoid)
    if not monoid.star_free():
        return False
    for e, f in tuples(idempotents(elements), repeat=2):
        there, back = between(elements, e, f), between(elements, f, e)
        loops = {(x, y): omega(product(x, y)) for x in there for y in back}
        for (x, _), g in loops.items():
            for (_, t), h in loops.items():
                if product(product(product(g, x), t), h) != product(g, h):
                    return False
    return True
