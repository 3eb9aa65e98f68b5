"""What a "yes" rests on, as facts that can be checked again: least powers, periods, orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from languages.classes import deciders, r_trivial
from languages.explanation.groups import Groups
from languages.explanation.pattern import Board
from languages.explanation.shown import trail

LARGEST = 4000  # elements of a semigroup whose powers are computed
LISTED = 40


@dataclass(frozen=True)
class Reason:
    """A fact: its name, its value as plain data, and what it says."""

    name: str
    value: Any
    says: str


def reasons(board: Board, key: str, found: Groups) -> list[Reason]:
    """Facts that a "yes" for the class of this KEY rests on; none where its reason says it all."""
    return [fact for make in BY_KEY.get(key, ()) if (fact := make(board, found)) is not None]


def least_power(board: Board, found: Groups) -> Reason | None:
    """The least k with w^k = w^(k+1) in the syntactic monoid for all words w."""
    k = index(board)
    if k is None:
        return None
    return Reason("least_power", k, f"w^{k} and w^{k + 1} act alike for all words w, and {k} is "
                  "the least such exponent")


def index(board: Board) -> int | None:
    """The least k with x^k = x^(k+1) for all elements x of an aperiodic syntactic monoid.

    None when the semigroup is over budget.
    """
    semigroup = board.analysis.semigroup
    if semigroup is None or semigroup.size > LARGEST:
        return None
    maps = semigroup.maps.astype(np.int64)
    one = np.broadcast_to(np.arange(maps.shape[1]), maps.shape)
    k, power = 0, one
    while True:
        following = np.take_along_axis(maps, power, axis=1)  # q.w^k.w
        if np.array_equal(following, power):
            return k
        if k > maps.shape[1]:
            raise ArithmeticError("powers that do not settle in an aperiodic semigroup")
        k, power = k + 1, following


def order_of_states(board: Board, found: Groups) -> Reason:
    """The states in an order that no letter goes down."""
    rank = r_trivial.ranks(board.analysis)
    states = sorted(range(len(rank)), key=lambda q: (rank[q], q))
    return Reason("order", states[:LISTED], "every letter stays at a state or leads to a later one "
                  f"in the order {trail(states)}".replace("->", "<"))


def blocks(board: Board, found: Groups) -> Reason | None:
    """k and s of the certificate."""
    evidence = deciders()["nc0"].evidence(board.analysis)
    if evidence is None or not evidence.member:
        return None
    k, s = int(evidence.data["k"]), int(evidence.data["s"])
    return Reason("ends", {"k": k, "s": s}, f"where {k} letters stand before and after, {s} "
                  f"letters may be put in or taken out, whatever they are: membership depends on "
                  f"the length modulo {s} and on both ends")


def rings(board: Board, found: Groups) -> Reason | None:
    """The k for which words of length k go up in an order of the states."""
    evidence = deciders()["ltl_p_mod"].evidence(board.analysis)
    if evidence is None or not evidence.member:
        return None
    k = int(evidence.data["k"])
    return Reason("period", k, f"words of {k} letters stay at a state or leave its component for "
                  "good")


def group_orders(board: Board, found: Groups) -> Reason | None:
    """Names and orders of the groups, when all are known."""
    if not found.complete or any(g.order is None for g in found.found):
        return None
    listed = sorted({(g.order or 0, g.name or "") for g in found.found if g.maximal is not False},
                    reverse=True)
    shown = ", ".join(name or f"one of order {n}" for n, name in listed[:LISTED])
    says = f"the groups of words are {shown}" if listed else "no words form a group but the trivial"
    return Reason("groups", [[n, name or None] for n, name in listed[:LISTED]], says)


def derived_length(board: Board, found: Groups) -> Reason | None:
    """The largest derived length of the groups."""
    series = [g.derived_orders for g in found.found]
    if not found.complete or not series or any(s is None or s[-1] != 1 for s in series):
        return None
    longest = max((s for s in series if s), key=len)
    return Reason("derived_length", len(longest) - 1, "the longest derived series has the orders "
                  + trail(longest))


def finite_counts(board: Board, found: Groups) -> Reason:
    """How many words, and how long the longest is."""
    return _counts(board, True, "the language has")


def cofinite_counts(board: Board, found: Groups) -> Reason:
    """The same for the complement."""
    return _counts(board, False, "the language leaves out")


def _counts(board: Board, accepted: bool, verb: str) -> Reason:
    """Words that end in states with this acceptance, of which there are finitely many."""
    graph, accept = board.analysis.states, board.dfa.accept
    number = [0] * board.dfa.states
    longest = [-1] * board.dfa.states
    for c in range(graph.count):  # successors come first
        (q,) = graph.members[c]
        if bool(accept[q]) == accepted:
            number[q], longest[q] = 1, 0
        for r in board.table[q]:
            if r != q and number[r]:
                number[q] += number[r]
                longest[q] = max(longest[q], 1 + longest[r])
    start = board.dfa.start
    words, size = number[start], longest[start]
    shown = str(words) if words < 10**12 else "more than 10^12"
    says = f"{verb} {shown} word{'' if words == 1 else 's'}"
    if words:
        says += f", the longest of {size} letter{'' if size == 1 else 's'}"
    return Reason("words", {"number": shown, "longest": size if words else None}, says)


Maker = Callable[[Board, Groups], Reason | None]
BY_KEY: dict[str, tuple[Maker, ...]] = {
    "finite": (finite_counts,),
    "cofinite": (cofinite_counts,),
    "piecewise_testable": (order_of_states,),
    "r_trivial": (order_of_states,),
    "star_free": (least_power,),
    "nc0": (blocks,),
    "ac0": (group_orders,),
    "solvable": (derived_length,),
    "ltl_p_mod": (rings,),
    "two_groups": (group_orders,),
    "group_language": (group_orders,),
}
