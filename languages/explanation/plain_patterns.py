"""Patterns of classes without certificates: finite, cofinite, strictly piecewise, group languages.

Each function searches the minimal DFA itself; None when it finds nothing within its bounds.
"""

from __future__ import annotations

from functools import partial
from operator import eq

import numpy as np

from languages.algebra.closed_walks import shortest_path
from languages.algebra.left import idempotent_exponent
from languages.algebra.words import Word, plain
from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern

LARGEST_NUMBER = 10**40


def finite(board: Board) -> Pattern | None:
    """A loop from which a word is accepted."""
    return _endless(board, True, "infinitely many words are in the language")


def cofinite(board: Board) -> Pattern | None:
    """A loop from which a word is rejected."""
    return _endless(board, False, "infinitely many words are not in the language")


def _endless(board: Board, accepted: bool, why: str) -> Pattern | None:
    graph, table, accept = board.analysis.states, board.table, board.dfa.accept
    for q in board.dfa.reachable():
        if all(graph.component[r] != graph.component[q] for r in table[q]):
            continue  # on no cycle; from all other states but one such a word is near
        end = shortest_path(q, lambda r: list(table[r]), lambda r: bool(accept[r]) == accepted)
        if end is None:
            continue
        for a, r in enumerate(table[q]):
            if graph.component[r] != graph.component[q]:
                continue
            back = shortest_path(r, lambda s: list(table[s]), partial(eq, q))
            if back is None:
                continue
            words = {"u": board.access(q), "x": plain([a, *back]), "v": plain(end)}
            sample = board.sample(once(words["u"]), to_the(words["x"]), once(words["v"]))
            verb = "accepted" if accepted else "rejected"
            says = (f"x = {board.show(words['x'])} leads from state {q} back to it, and from "
                    f"{q} v = {board.show(words['v'])} is {verb}")
            return board.pattern("loop", says, why, words, [(q, "x", q)], [sample])
    return None


def strictly_piecewise(board: Board) -> Pattern | None:
    """u a v is in the language, u v is not."""
    table, n = board.table, board.dfa.states
    if n * n * board.dfa.letters > board.analysis.budget.max_pairs:
        return None
    found = _loss(table, board.dfa.accept.tolist())
    if found is None:
        return None
    p, a, rest = found
    words = {"u": board.access(p), "a": plain([a]), "v": plain(rest)}
    q = table[p][a]
    samples = [board.sample(once(words["u"]), once(words["a"]), once(words["v"])),
               board.sample(once(words["u"]), once(words["v"]))]
    says = (f"from state {p} the letter {board.show(words['a'])} leads to state {q}, from "
            f"where v = {board.show(words['v'])} is accepted, but from {p} it is not")
    why = ("taking out a letter may not lead out of a language that is given by forbidden subwords "
           "(Rogers et al. 2010)")
    return board.pattern("lost-by-deletion", says, why, words, [(p, "a", q)], samples)


def _loss(table: list[list[int]], accept: list[bool]) -> tuple[int, int, list[int]] | None:
    """(p, a, v) with p.av accepting and p.v not: pairs (p.a, p) are followed, all at once."""
    came: dict[tuple[int, int], tuple[tuple[int, int] | None, int]] = {}
    queue: list[tuple[int, int]] = []

    def reach(pair: tuple[int, int], before: tuple[int, int] | None, a: int) -> None:
        if pair not in came:
            came[pair] = before, a
            queue.append(pair)

    for p, row in enumerate(table):
        for a, q in enumerate(row):
            reach((q, p), None, a)
    for pair in queue:
        if accept[pair[0]] and not accept[pair[1]]:
            word: list[int] = []
            before, a = came[pair]
            while before is not None:
                word.append(a)
                pair = before
                before, a = came[pair]
            return pair[1], a, word[::-1]
        for a, moved in enumerate(zip(table[pair[0]], table[pair[1]], strict=True)):
            reach(moved, pair, a)
    return None


def group_language(board: Board) -> Pattern | None:
    """A letter that is no permutation: a power of it does not come back to the identity."""
    delta = board.dfa.delta
    for a in range(board.dfa.letters):
        step = delta[:, a]
        if len(np.unique(step)) == len(step):
            continue
        exponent = idempotent_exponent(step)
        if exponent >= LARGEST_NUMBER:
            return None
        words: dict[str, Word] = {"a": plain([a]), "e": [(exponent, (a,))]}
        p = next(q for q in range(len(step)) if board.run(q, words["e"]) != q)
        q = board.run(p, words["e"])
        words |= {"u": board.access(p), "v": board.apart(p, q)}
        samples = [board.sample(once(words["u"]), once(words["v"])),
                   board.sample(once(words["u"]), to_the(words["e"], 1, 1), once(words["v"]))]
        one, two = _merged(step.tolist())
        to = int(step[one])
        letter = board.show(words["a"])
        says = (f"the letter {letter} leads the states {one} and {two} both to state {to}; "
                f"e = {board.show(words['e'])} leads state {p} to {q} and fixes {q}, and "
                f"v = {board.show(words['v'])} tells the two apart")
        why = ("in a group some power e^n, n >= 1, is the identity, so u e^n v and u v would be "
               "alike for that n")
        runs = [(one, "a", to), (two, "a", to), (p, "e", q), (q, "e", q)]
        return board.pattern("letter-that-merges", says, why, words, runs, samples)
    return None


def _merged(step: list[int]) -> tuple[int, int]:
    came: dict[int, int] = {}
    for q, r in enumerate(step):
        if r in came:
            return came[r], q
        came[r] = q
    raise ArithmeticError("the letter merges no states")
