"""The order of letters, and letters before large powers in which they occur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.algebra.words import plain
from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern


def order_of_letters(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """start.u.ab and start.u.ba differ, and v shows it."""
    words = board.words(data, ("u", "v"))
    words |= {"a": plain([int(data["a"])]), "b": plain([int(data["b"])])}
    u, a, b, v = (words[name] for name in "uabv")
    q = board.start(u)
    samples = [board.sample(*map(once, (u, a, b, v))), board.sample(*map(once, (u, b, a, v)))]
    one, two = board.run(q, a), board.run(q, b)
    ab, ba = board.run(one, b), board.run(two, a)
    says = (f"from state {q} the letters {board.show(a)} {board.show(b)} lead to state {ab}, and "
            f"in the other order to state {ba}; v = {board.show(v)} tells the two apart")
    why = "the two words have the same letters, each the same number of times"
    runs = [(q, "a", one), (one, "b", ab), (q, "b", two), (two, "a", ba)]
    return board.pattern("order-of-letters", says, why, words, runs, samples)


def left_pattern(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """p.az and p.z differ, f fixes both, and f has all letters of a and z."""
    words = board.words(data, ("u", "z", "f", "v"))
    words["a"] = plain([int(data["a"])])
    u, a, z, f, v = (words[name] for name in "uazfv")
    p = board.start(u)
    q = board.run(p, a)
    s, t = board.run(q, z), board.run(p, z)
    samples = [board.sample(once(u), once(a), once(z), to_the(f), once(v)),
               board.sample(once(u), once(z), to_the(f), once(v))]
    letter = board.show(a)
    says = (f"from state {p} the word z = {board.show(z)} leads to state {t}, but to {s} when the "
            f"letter {letter} stands before it, and f = {board.show(f)} fixes both; "
            f"v = {board.show(v)} tells them apart")
    why = (f"{letter} and all letters of z occur in f, and in L-trivial monoids, as J-trivial ones "
           "are, t f^n = f^n for large n and all words t over letters of f")
    runs = [(p, "a", q), (q, "z", s), (p, "z", t), (s, "f", s), (t, "f", t)]
    return board.pattern("left-pattern", says, why, words, runs, samples)


def alphabet_path(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """w fixes p and q = p.s, and w has all letters of s."""
    words = board.words(data, ("u", "w", "s", "v"))
    u, w, s, v = (words[name] for name in "uwsv")
    p = board.start(u)
    q = board.run(p, s)
    samples = [board.sample(once(u), to_the(w), once(v)),
               board.sample(once(u), to_the(w), once(s), to_the(w), once(v))]
    says = (f"w = {board.show(w)} fixes the states {p} and {q}, and s = {board.show(s)}, whose "
            f"letters all occur in w, leads from {p} to {q}; v = {board.show(v)} tells them apart")
    why = ("in a monoid in DA w^n s w^n = w^n for large n when all letters of s occur in w "
           "(Thérien, Wilke 1998)")
    runs = [(p, "w", p), (q, "w", q), (p, "s", q)]
    return board.pattern("alphabet-path", says, why, words, runs, samples)
