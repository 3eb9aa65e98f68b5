"""Loops that hide a difference from the first or the last letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern


def parallel_loops(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """x fixes start.u and start.w, which v tells apart."""
    words = board.words(data, ("u", "w", "x", "v"))
    u, w, x, v = (words[name] for name in "uwxv")
    p, q = board.start(u), board.start(w)
    samples = [board.sample(once(first), to_the(x), once(v)) for first in (u, w)]
    says = (f"x = {board.show(x)} fixes the states {p} and {q}, to which u = {board.show(u)} and "
            f"w = {board.show(w)} lead; v = {board.show(v)} tells them apart")
    why = ("the two words end with the same x^n v, so no number of last letters decides (Perles, "
           "Rabin, Shamir 1963)")
    return board.pattern("parallel-loops", says, why, words, [(p, "x", p), (q, "x", q)], samples)


def loop_exit(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """x fixes start.u, and y leads out."""
    words = board.words(data, ("u", "x", "y", "v"))
    u, x, y, v = (words[name] for name in "uxyv")
    q = board.start(u)
    r = board.run(q, y)
    samples = [board.sample(once(u), to_the(x), once(v)),
               board.sample(once(u), to_the(x), once(y), once(v))]
    says = (f"x = {board.show(x)} fixes state {q}, and y = {board.show(y)} leads from it to state "
            f"{r}; v = {board.show(v)} tells the two apart")
    why = "the two words begin with the same u x^n, so no number of first letters decides"
    return board.pattern("loop-exit", says, why, words, [(q, "x", q), (q, "y", r)], samples)


def joined_loops(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """e fixes q = start.u and r, and x leads from q to r."""
    words = board.words(data, ("u", "e", "x", "v"))
    u, e, x, v = (words[name] for name in "uexv")
    q = board.start(u)
    r = board.run(q, x)
    samples = [board.sample(once(u), to_the(e), once(v)),
               board.sample(once(u), to_the(e), once(x), to_the(e), once(v))]
    says = (f"e = {board.show(e)} fixes the states {q} and {r}, and x = {board.show(x)} leads from "
            f"{q} to {r}; v = {board.show(v)} tells the two apart")
    why = "the two words begin with the same u e^n and end with the same e^n v (Ginzburg 1966)"
    runs = [(q, "e", q), (r, "e", r), (q, "x", r)]
    return board.pattern("joined-loops", says, why, words, runs, samples)


def swap(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """The same with |e| = |x|."""
    words = board.words(data, ("u", "e", "x", "v"))
    u, e, x, v = (words[name] for name in "uexv")
    q = board.start(u)
    r = board.run(q, x)
    samples = [board.sample(once(u), to_the(e, 2, 1), once(v)),
               board.sample(once(u), to_the(e), once(x), to_the(e), once(v))]
    size = sum(count * len(letters) for count, letters in e)
    says = (f"words of one length ({size}): e = {board.show(e)} fixes the states {q} and {r}, "
            f"x = {board.show(x)} leads from {q} to {r}; v = {board.show(v)} tells the two apart")
    why = ("the two words have one length and differ only between u e^n and e^n v; regular "
           "languages in NC0 look, at each length, at boundedly many letters at both ends")
    runs = [(q, "e", q), (r, "e", r), (q, "x", r)]
    return board.pattern("nc0-swap", says, why, words, runs, samples, length=size)
