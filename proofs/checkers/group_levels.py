"""Certificates of kind "group-levels": on the groups of the syntactic monoid.

The language is star-free or quasi-aperiodic, or groups of words of one length are p-groups for one
prime p, or all groups are 2-groups, or all are solvable.

Data. A list `sets` of state sets, each written as a sequence of distinct states: the x-th entry
is the state with *label* x. The first set is the set Q of all states, and no set is listed
twice. `next[i][a]` is the index of the set sets[i].a; `levels[i]` a number that never rises
along an edge i -> next[i][a]; an edge along which it stays is *inner*. A level may have an entry
in `groups` (see `proofs.checkers.polycyclic`): a period d, permutations a_1..a_k of the labels
that generate a group N as a polycyclic sequence, and a permutation c that normalises N. A level
without an entry has d = 1, c = 1, N = 1. Each set has a phase in 0..d-1 and the phase goes up by
one, mod d, along an inner edge. On an inner edge the letter moves the labels by an element of N,
followed by c if the phase is d-1: `moves[i][a]` lists the exponents of a_1..a_k (null for none).

Claim: always solvable; 2-groups if at every level all orders in N and that of c are powers of two;
regular in AC0[p] for some prime p if at every level all orders in N are powers of p;
quasi-aperiodic if N = 1 at every level; star-free if N = 1 and c = 1.

Soundness, for any complete automaton of L. Let M be its transition monoid, phi: Sigma* -> M; the
syntactic morphism of L factors through phi.

(1) Let e = phi(u) be idempotent and R = Q.e. Reading u from the first set leads to the set R,
reading it again leads from R to R; since a set is listed once, this is one index i, and
levels cannot rise, so that the second reading is inner. More generally let x = phi(w) be in a
group with identity e. Then R.x = R, and w read from i comes back to i along inner edges: x
permutes R, and the label moves multiply up to that permutation. As x = ex, the permutation
determines x, so the group embeds into the permutations of R.
(2) The product of the moves of a closed inner path is in <N, c>, whose normal subgroup N is
solvable (polycyclic) with cyclic quotient: solvable. All groups of M are, hence those of the
syntactic monoid, which are quotients of groups of M.
(3) Let N = 1. Closed paths from i of one length t multiply up to one permutation, c^(t/d).
So if the set phi(Sigma^t) contains a group, then by (1) it is trivial. Pick s with
phi(Sigma^s) = phi(Sigma^2s) =: S, a semigroup; it contains no non-trivial group, so satisfies
x^m = x^(m+1) for some m, and so does its syntactic image S'. A group G in the syntactic image of
Sigma^t equals G^s, inside the image of Sigma^(ts), which is S'; so G is trivial.
(4) Let N = 1 and c = 1. By (1) M contains no non-trivial group, so satisfies x^m = x^(m+1) for
some m, and so does the syntactic monoid.
(5) Let r_1..r_k and the order of c be powers of two. The order of N divides r_1 ... r_k, that of
<N, c>/N divides the order of c. So <N, c> is a 2-group, and (2) goes through with 2-groups.
(6) Let r_1..r_k be powers of one p, at all levels. Closed paths from i of one length t multiply up
to elements of one coset of N. If phi(Sigma^t) contains a group, its identity is among them: the
coset is N, a p-group. So S contains p-groups only, and groups in S', which are quotients of such,
are p-groups; (3) says that a group in the syntactic image of Sigma^t is inside S'. QED
"""

from __future__ import annotations

from proofs.checkers.automaton import Automaton
from proofs.checkers.claim import Claim
from proofs.checkers.permutation import identity, power, product
from proofs.checkers.polycyclic import LevelGroup, parse_level_group
from proofs.checkers.rejection import (
    distinct,
    integers,
    items,
    mapping,
    record,
    reject,
    shown,
)

FIELDS = ("sets", "next", "levels", "phases", "moves", "groups")


def check(claim: Claim, data: object) -> None:
    """Accept by returning, or reject."""
    fields = record(data, "data", FIELDS)
    automaton = claim.automaton
    sets = _parse_sets(fields["sets"], automaton)
    levels = integers(fields["levels"], "data.levels", 0, length=len(sets))
    phases = integers(fields["phases"], "data.phases", 0, length=len(sets))
    groups = _parse_groups(fields["groups"], sets, levels)
    _check_class(claim.algebraic_class, groups)
    successors = items(fields["next"], "data.next", len(sets))
    moves = items(fields["moves"], "data.moves", len(sets))
    columns = list(zip(*automaton.delta, strict=True))
    for i, labels in enumerate(sets):
        group = groups.get(levels[i])
        period = 1 if group is None else group.period
        if phases[i] >= period:
            reject("bad-phase", phases[i], f"data.phases[{i}]", f"less than {period}")
        row = integers(successors[i], f"data.next[{i}]", 0, len(sets), automaton.letters)
        row_moves = items(moves[i], f"data.moves[{i}]", automaton.letters)
        for a, column in enumerate(columns):
            target = row[a]
            image = [column[q] for q in labels]
            move = row_moves[a]
            path = f"data.next[{i}][{a}]"
            move_path = f"data.moves[{i}][{a}]"
            if levels[target] > levels[i]:
                reject("level-rises", levels[target], path, f"a level of at most {levels[i]}")
            if levels[target] < levels[i]:
                if set(image) != set(sets[target]):
                    reject("wrong-set", sets[target], path, f"the set {i} times letter {a}")
                if move is not None:
                    reject("move-outside-level", move, move_path, "null: the edge leaves the level")
                continue
            if phases[target] != (phases[i] + 1) % period:
                reject("wrong-phase", phases[target], path, "the following phase")
            if image != _moved(sets[target], group, phases[i] == period - 1, move, move_path):
                reject("wrong-move", move, move_path, f"the label move of letter {a} on set {i}")


def _parse_sets(value: object, automaton: Automaton) -> list[list[int]]:
    """The labelled sets: the set of all states first, and no set twice."""
    sets: list[list[int]] = []
    first: dict[frozenset[int], int] = {}
    for i, listed in enumerate(items(value, "data.sets")):
        path = f"data.sets[{i}]"
        labels = distinct(integers(listed, path, 0, automaton.states), path)
        if first.setdefault(frozenset(labels), i) != i:
            # With two labellings of one set a permutation could pass for the identity.
            reject("repeated-set", listed, path, "a set that has not been listed")
        sets.append(labels)
    if not sets or len(sets[0]) != automaton.states:
        reject("first-set", value, "data.sets", "the set of all states in the first place")
    return sets


def _parse_groups(
    value: object, sets: list[list[int]], levels: list[int]
) -> dict[int, LevelGroup]:
    """The groups of the levels that have an entry; all sets of such a level have one size."""
    sizes: dict[int, set[int]] = {}
    for labels, level in zip(sets, levels, strict=True):
        sizes.setdefault(level, set()).add(len(labels))
    names = {str(level): level for level in sizes}
    groups: dict[int, LevelGroup] = {}
    for name, entry in mapping(value, "data.groups").items():
        path = f"data.groups[{shown(name)}]"
        if name not in names:
            reject("unknown-level", name, path, "the number of a level that occurs")
        level = names[name]
        if len(sizes[level]) != 1:
            reject("unequal-sizes", sorted(sizes[level]), path, "a level with sets of one size")
        groups[level] = parse_level_group(entry, path, max(sizes[level]))
    return groups


def _check_class(algebraic_class: str, groups: dict[int, LevelGroup]) -> None:
    """The conditions that the classes inside "solvable" add."""
    for level, group in groups.items():
        path = f"data.groups['{level}']"
        if algebraic_class in ("star-free", "quasi-aperiodic") and group.generators:
            reject("group-not-trivial", group.generators, f"{path}.generators", "no generators")
        if algebraic_class == "star-free" and group.c != identity(len(group.c)):
            reject("c-not-identity", group.c, f"{path}.c", "the identity")
        if algebraic_class == "2-groups":
            _check_two_group(group, path)
    if algebraic_class == "AC0[p]-regular":
        _check_one_prime(groups)


def _check_two_group(group: LevelGroup, path: str) -> None:
    for i, order in enumerate(group.orders):
        if order & (order - 1):
            reject("not-a-power-of-two", order, f"{path}.orders[{i}]", "a power of two")
    # No cycle of c is longer than the number of labels, and 2^m is larger.
    m = len(group.c).bit_length()
    if power(group.c, 2**m) != identity(len(group.c)):
        reject("not-a-power-of-two", group.c, f"{path}.c", "an order that is a power of two")


def _check_one_prime(groups: dict[int, LevelGroup]) -> None:
    p = 0
    for level, group in groups.items():
        for i, order in enumerate(group.orders):
            # Of a p-group that moves labels there are at least p of them.
            p = p or next((d for d in range(2, len(group.c) + 1) if order % d == 0), 2)
            rest = order
            while rest % p == 0:
                rest //= p
            if rest != 1:
                reject("second-prime", order, f"data.groups['{level}'].orders[{i}]",
                       f"a power of {p}, as the others")


def _moved(
    target: list[int], group: LevelGroup | None, last_phase: bool, value: object, path: str
) -> list[int]:
    """The states of `target`, ordered by the labels from which the spelled move sends here."""
    word = [] if value is None else value
    if group is None:
        items(word, path, 0)
        return target
    move = group.parse_word(word, path)
    if last_phase:
        move = product(move, group.c)
    return [target[x] for x in move]
