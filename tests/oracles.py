"""What the deciders should answer, straight from the definitions: slow, short, and independent.

Nothing here imports the project. An automaton is the plain tuple (letters, delta, start, accept):
letters are 0..letters-1, delta[q][a] is a state, accept a frozenset of states; always complete.
A monoid element is the tuple of images of the states and acts on the right, so the product of
words is `product(x, y)[q] == y[x[q]]`. Where a class has two definitions, both are here and the
tests compare them. References: Pin, "Mathematical Foundations of Automata Theory" (2025 draft)
for Green's relations and varieties; Barrington, Compton, Straubing, Therien (1992) for AC0.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cache, cached_property
from itertools import product as tuples
from typing import TypeVar

Automaton = tuple[int, tuple[tuple[int, ...], ...], int, frozenset[int]]
Word = tuple[int, ...]
Element = tuple[int, ...]
State = TypeVar("State", bound=Hashable)


class TooLarge(Exception):
    """The monoid has more elements than the cap: the oracle has no opinion."""


# --- automata ------------------------------------------------------------------------------


def run(automaton: Automaton, word: Word) -> int:
    """The state after `word`, from the start."""
    _, delta, state, _ = automaton
    for a in word:
        state = delta[state][a]
    return state


def words(letters: int, length: int) -> Iterator[Word]:
    """All words of exactly this length, in lexicographic order."""
    return tuples(range(letters), repeat=length)


def explored(
    letters: int, start: State, step: Callable[[State, int], State], accept: Callable[[State], bool]
) -> Automaton:
    """The automaton on all that `step` reaches from `start`, in breadth-first order."""
    order, index, table = [start], {start: 0}, []
    for state in order:
        row = []
        for a in range(letters):
            target = step(state, a)
            if target not in index:
                index[target] = len(order)
                order.append(target)
            row.append(index[target])
        table.append(tuple(row))
    return letters, tuple(table), 0, frozenset(i for i, s in enumerate(order) if accept(s))


def trimmed(automaton: Automaton) -> Automaton:
    """The reachable part, states numbered by breadth-first search in letter order."""
    letters, delta, start, accept = automaton
    return explored(letters, start, lambda q, a: delta[q][a], accept.__contains__)


def minimal(automaton: Automaton) -> Automaton:
    """The minimal complete automaton in canonical numbering (Moore 1956, partition refinement)."""
    letters, delta, _, accept = automaton = trimmed(automaton)
    block = [int(q in accept) for q in range(len(delta))]
    while True:
        signature = [(block[q], *(block[r] for r in delta[q])) for q in range(len(delta))]
        names = {s: i for i, s in enumerate(dict.fromkeys(signature))}
        refined = [names[s] for s in signature]
        if len(names) == len(set(block)):
            break
        block = refined
    first = {b: q for q, b in reversed(list(enumerate(refined)))}
    table = tuple(tuple(refined[r] for r in delta[first[b]]) for b in range(len(names)))
    return trimmed((letters, table, refined[0], frozenset(refined[q] for q in accept)))


def reversal(automaton: Automaton) -> Automaton:
    """The reversed language, by the subset construction; not minimised."""
    letters, delta, start, accept = automaton

    def before(subset: frozenset[int], a: int) -> frozenset[int]:
        return frozenset(q for q in range(len(delta)) if delta[q][a] in subset)

    return explored(letters, accept, before, lambda subset: start in subset)


def nerode(letters: int, member: Callable[[Word], bool], states: int) -> Automaton:
    """The minimal automaton of a language that is known to have at most `states` residuals.

    Two residuals of such a language differ on a word shorter than `states`, so truth tables up
    to that length tell prefixes apart (Nerode 1958).
    """
    suffixes = [w for n in range(states) for w in words(letters, n)]

    def residual(prefix: Word) -> tuple[bool, ...]:
        return tuple(member(prefix + w) for w in suffixes)

    prefixes: list[Word] = [()]
    index = {residual(()): 0}
    table = []
    for prefix in prefixes:
        row = []
        for a in range(letters):
            signature = residual((*prefix, a))
            if signature not in index:
                index[signature] = len(prefixes)
                prefixes.append((*prefix, a))
            row.append(index[signature])
        table.append(tuple(row))
    final = frozenset(i for i, prefix in enumerate(prefixes) if member(prefix))
    return letters, tuple(table), 0, final


# --- the syntactic monoid ------------------------------------------------------------------


def product(x: Element, y: Element) -> Element:
    """First x, then y."""
    return tuple([y[q] for q in x])


def omega(x: Element) -> Element:
    """The only idempotent among the powers of x."""
    power = x
    while product(power, power) != power:
        power = product(power, x)
    return power


def cyclic(x: Element) -> list[Element]:
    """The powers x, x^2, ... up to the first repetition."""
    powers = {x: None}
    power = product(x, x)
    while power not in powers:
        powers[power] = None
        power = product(power, x)
    return list(powers)


class Syntactic:
    """The syntactic morphism of the language: the transition monoid of its minimal automaton.

    Raises TooLarge when the monoid has more than `cap` elements.
    """

    def __init__(self, automaton: Automaton, cap: int = 4000) -> None:
        self.automaton = minimal(automaton)
        letters, delta, _, _ = self.automaton
        self.letters = [tuple(row[a] for row in delta) for a in range(letters)]
        one = tuple(range(len(delta)))
        self.elements = [one]
        seen = {one}
        for x in self.elements:
            for a in self.letters:
                y = product(x, a)
                if y not in seen:
                    if len(seen) == cap:
                        raise TooLarge
                    seen.add(y)
                    self.elements.append(y)

    def ideals(self, left: bool, right: bool) -> list[int]:
        """For each element x the ideal Mx, xM or MxM, as a bit set over `elements`.

        These are the least sets with x in I(x) that contain I(ax) and/or I(xa) for each letter.
        """
        index = {x: i for i, x in enumerate(self.elements)}
        below = [
            {index[product(x, a)] for a in self.letters if right}
            | {index[product(a, x)] for a in self.letters if left}
            for x in self.elements
        ]
        ideal = [1 << i for i in range(len(self.elements))]
        changed = True
        while changed:
            changed = False
            for i in reversed(range(len(ideal))):
                union = ideal[i]
                for j in below[i]:
                    union |= ideal[j]
                changed |= union != ideal[i]
                ideal[i] = union
        return ideal

    @cached_property
    def by_length(self) -> list[frozenset[Element]]:
        """phi(Sigma^t) for t = 0, 1, ..., up to the first set that comes again.

        Each set determines the next one, so no other set comes later.
        """
        sets = [frozenset(self.elements[:1])]
        seen = set(sets)
        while True:
            following = frozenset(product(x, a) for x in sets[-1] for a in self.letters)
            if following in seen:
                return sets
            seen.add(following)
            sets.append(following)

    @cached_property
    def stability_index(self) -> int:
        """The least s > 0 with phi(Sigma^s) = phi(Sigma^2s)."""
        s = 1
        while self.of_length(s) != self.of_length(2 * s):
            s += 1
        return s

    def of_length(self, t: int) -> frozenset[Element]:
        """phi(Sigma^t), for any t."""
        sets = self.by_length
        if t < len(sets):
            return sets[t]
        again = sets.index(frozenset(product(x, a) for x in sets[-1] for a in self.letters))
        return sets[again + (t - again) % (len(sets) - again)]

    @cached_property
    def stable(self) -> frozenset[Element]:
        """The stable semigroup phi(Sigma^s)."""
        return self.of_length(self.stability_index)

    @cached_property
    def groups(self) -> dict[Element, list[Element]]:
        """The maximal subgroups, by idempotent: the x with x^omega = e and x^(omega+1) = x."""
        found: dict[Element, list[Element]] = {}
        for x in self.elements:
            e = omega(x)
            if product(e, x) == x:
                found.setdefault(e, []).append(x)
        return found

    # --- classes of languages, by the monoid or the stable semigroup -----------------------

    def star_free(self) -> bool:
        """Aperiodic: x^omega = x^(omega+1) (Schuetzenberger 1965)."""
        return all(product(omega(x), x) == omega(x) for x in self.elements)

    def r_trivial(self) -> bool:
        """xM = yM only for x = y."""
        return len(set(self.ideals(left=False, right=True))) == len(self.elements)

    def l_trivial(self) -> bool:
        """Mx = My only for x = y."""
        return len(set(self.ideals(left=True, right=False))) == len(self.elements)

    def j_trivial(self) -> bool:
        """MxM = MyM only for x = y; these are the piecewise testable languages (Simon 1975)."""
        return len(set(self.ideals(left=True, right=True))) == len(self.elements)

    def da(self) -> bool:
        """(xyz)^omega y (xyz)^omega = (xyz)^omega; cubic, for small monoids."""
        for x, y, z in tuples(self.elements, repeat=3):
            e = omega(product(product(x, y), z))
            if product(product(e, y), e) != e:
                return False
        return True

    def locally_testable(self) -> bool:
        """eSe is a semilattice for every idempotent e of S, the syntactic semigroup phi(Sigma+)."""
        semigroup = {product(x, a) for x in self.elements for a in self.letters}
        for e in semigroup:
            if product(e, e) != e:
                continue
            local = {product(product(e, x), e) for x in semigroup}
            if any(product(x, x) != x for x in local):
                return False
            if any(product(x, y) != product(y, x) for x in local for y in local):
                return False
        return True

    def one_idempotent_per_r_class(self) -> bool:
        """Aperiodic, and idempotents e, f with eM = fM are equal."""
        idempotent = [product(x, x) == x for x in self.elements]
        right = [i for i, e in zip(self.ideals(False, True), idempotent, strict=True) if e]
        return self.star_free() and len(set(right)) == len(right)

    def nc0(self) -> bool:
        """The stable semigroup is locally trivial: exe = e."""
        idempotents = [e for e in self.stable if product(e, e) == e]
        return all(product(product(e, x), e) == e for e in idempotents for x in self.stable)

    def same_length_primes(self) -> frozenset[int]:
        """The primes that divide the order of a group inside phi(Sigma^t), for some t > 0.

        By Cauchy's theorem it is enough to look at cyclic groups.
        """
        primes: set[int] = set()
        for t in range(1, len(self.by_length) + 1):
            same_length = self.of_length(t)
            for x in same_length:
                group = cyclic(x)
                if product(group[-1], x) == x and same_length.issuperset(group):
                    primes |= prime_divisors(len(group))
        return frozenset(primes)

    def stable_primes(self) -> frozenset[int]:
        """The primes that divide the order of a group in the stable semigroup."""
        orders = {
            len(group) for x in self.stable if product((group := cyclic(x))[-1], x) == x
        }
        return frozenset().union(*map(prime_divisors, orders))

    def ac0(self) -> bool:
        """Quasi-aperiodic: all groups in phi(Sigma^t), t > 0, are trivial."""
        return not self.same_length_primes()

    def solvable(self) -> bool:
        """All maximal subgroups of the monoid are solvable."""
        return all(group_is_solvable(as_permutations(e, g)) for e, g in self.groups.items())


def prime_divisors(n: int) -> frozenset[int]:
    """The primes that divide n >= 1."""
    divisors = (p for p in range(2, n + 1) if n % p == 0)
    return frozenset(p for p in divisors if all(p % d for d in range(2, p)))


def as_permutations(e: Element, group: list[Element]) -> frozenset[Element]:
    """A group with identity e, as permutations of the image of e (it acts faithfully there)."""
    points = sorted(set(e))
    place = {q: i for i, q in enumerate(points)}
    return frozenset(tuple(place[x[q]] for q in points) for x in group)


@cache
def group_is_solvable(group: frozenset[Element]) -> bool:
    """The derived series of a finite permutation group, given by all its elements, ends in 1."""
    while len(group) > 1:
        derived = commutator_subgroup(group)
        if derived == group:
            return False
        group = derived
    return True


def commutator_subgroup(group: frozenset[Element]) -> frozenset[Element]:
    """Generated by all x^-1 y^-1 x y; a finite set closed under products is a group."""
    inverse = {x: tuple(sorted(range(len(x)), key=x.__getitem__)) for x in group}
    commutators = {
        product(product(inverse[x], inverse[y]), product(x, y)) for x in group for y in group
    }
    found = list(commutators)
    seen = set(found)
    for x in found:
        for c in commutators:
            y = product(x, c)
            if y not in seen:
                seen.add(y)
                found.append(y)
    return frozenset(seen)


# --- classes of languages, without the monoid ----------------------------------------------


def reachable(delta: tuple[tuple[int, ...], ...], sources: set[int]) -> set[int]:
    """The states reachable from `sources`, in any number of steps."""
    found = list(sources)
    for q in found:
        found.extend(set(delta[q]).difference(found))
    return set(found)


def finite(automaton: Automaton) -> bool:
    """No reachable state lies on a cycle and has a way to acceptance."""
    _, delta, start, accept = automaton
    return not any(
        q in reachable(delta, set(delta[q])) and reachable(delta, {q}) & accept
        for q in reachable(delta, {start})
    )


def finite_by_pumping(automaton: Automaton) -> bool:
    """No word of a length in [n, 2n) is accepted, n the number of states (pumping lemma)."""
    _, delta, start, accept = automaton
    after = {start}
    for length in range(2 * len(delta)):
        if length >= len(delta) and after & accept:
            return False
        after = {r for q in after for r in delta[q]}
    return True


def complement(automaton: Automaton) -> Automaton:
    """The same automaton with the other states accepting."""
    letters, delta, start, accept = automaton
    return letters, delta, start, frozenset(range(len(delta))) - accept


def partially_ordered(automaton: Automaton) -> bool:
    """No two distinct states of the minimal automaton reach each other: R-trivial.

    Brzozowski and Fich (1980). Of the reversal of the language, this says L-trivial.
    """
    _, delta, _, _ = minimal(automaton)
    reach = [reachable(delta, {q}) for q in range(len(delta))]
    return not any(q in reach[p] and p in reach[q] for q in range(len(delta)) for p in range(q))


def simon_height(automaton: Automaton, bound: int) -> int | None:
    """The least k <= bound such that the subwords of length <= k decide membership, or None.

    Simon's congruence ~_k is explored as an automaton on sets of subwords.
    """
    letters, delta, start, accept = minimal(automaton)
    for k in range(bound + 1):
        todo = [(start, frozenset({()}))]
        seen = set(todo)
        verdict: dict[frozenset[Word], bool] = {}
        for state, subwords in todo:
            if verdict.setdefault(subwords, state in accept) != (state in accept):
                break
            for a in range(letters):
                longer = {(*w, a) for w in subwords if len(w) < k}
                step = (delta[state][a], subwords | longer)
                if step not in seen:
                    seen.add(step)
                    todo.append(step)
        else:
            return k
    return None


def bounded_dependence(automaton: Automaton) -> bool:
    """The number of positions that membership depends on is bounded: the language is in NC0.

    A position with i letters before it and j after it matters iff two letters lead from a state
    reached by i letters to two states that differ on a word of j letters. The states after i
    letters and the partition of the states by words of j letters are ultimately periodic in i
    and j, so the number is bounded iff no position that is deep in both periods matters.
    """
    _, delta, start, accept = automaton
    after = [frozenset({start})]
    while after[-1] not in after[:-1]:
        after.append(frozenset(r for q in after[-1] for r in delta[q]))
    partitions = [tuple(int(q in accept) for q in range(len(delta)))]
    while partitions[-1] not in partitions[:-1]:
        block, names = partitions[-1], {}
        rows = [tuple(block[r] for r in row) for row in delta]
        partitions.append(tuple(names.setdefault(row, len(names)) for row in rows))
    deep_states = frozenset().union(*after[after.index(after[-1]) :])
    deep_blocks = partitions[partitions.index(partitions[-1]) :]
    return all(len({b[r] for r in delta[q]}) == 1 for b in deep_blocks for q in deep_states)
