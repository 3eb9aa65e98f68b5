"""Ways back inside a component: cycles, cycles of one length, merged states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern


def cycle(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """x leads from q = start.u to another state, y back."""
    words = board.words(data, ("u", "x", "y", "v"))
    u, x, y, v = (words[name] for name in "uxyv")
    q = board.start(u)
    r = board.run(q, x)
    samples = [board.sample(once(u), to_the((once(x), once(y))), once(v)),
               board.sample(once(u), to_the((once(x), once(y))), once(x), once(v))]
    says = (f"x = {board.show(x)} leads from state {q} to state {r}, and y = {board.show(y)} back: "
            f"the automaton can leave {q} and return to it for ever; v = {board.show(v)} tells "
            f"{q} from {r}")
    why = ("in R-trivial monoids, and J-trivial ones are R-trivial, (xy)^n x = (xy)^n for large n "
           "(Brzozowski, Fich 1980)")
    return board.pattern("cycle", says, why, words, [(q, "x", r), (r, "y", q)], samples)


def same_length_cycle(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """The same with |x| = |y|, and a word e of that length that fixes q."""
    words = board.words(data, ("u", "x", "e", "y", "v"))
    u, x, e, y, v = (words[name] for name in "uxeyv")
    q = board.start(u)
    r = board.run(q, x)
    closed = (to_the(e, 1, -1), once(x), once(y), to_the(e, 1, -1))
    samples = [board.sample(once(u), to_the(closed), once(v)),
               board.sample(once(u), to_the(closed), to_the(e, 1, -1), once(x), once(v))]
    size = sum(count * len(letters) for count, letters in x)
    says = (f"words of one length ({size}): x = {board.show(x)} leads from state {q} to state {r}, "
            f"y = {board.show(y)} back, e = {board.show(e)} from {q} to {q}; "
            f"v = {board.show(v)} tells {q} from {r}")
    why = ("positions modulo m do not help: X = e^(m-1) x and Y = y e^(m-1) have lengths divisible "
           "by m, and an R-trivial stable semigroup has (XY)^n X = (XY)^n for large n (Jerad, "
           "Svete, Li, Cotterell 2026, Theorem 3.1)")
    runs = [(q, "x", r), (r, "y", q), (q, "e", q)]
    return board.pattern("same-length-cycle", says, why, words, runs, samples, length=size)


def merged(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """x leads from q to r, and w from both to q."""
    words = board.words(data, ("u", "x", "w", "v"))
    u, x, w, v = (words[name] for name in "uxwv")
    q = board.start(u)
    r = board.run(q, x)
    turn = (once(x), to_the(w))
    samples = [board.sample(once(u), to_the(turn), once(v)),
               board.sample(once(u), to_the(turn), once(x), once(v))]
    says = (f"x = {board.show(x)} leads from state {q} to state {r}, and w = {board.show(w)} from "
            f"both to {q}: states are merged inside a component; v = {board.show(v)} tells {q} "
            f"from {r}")
    why = ("in R^omega (x w^n)^n x = (x w^n)^n for all large n that make n-th powers idempotent "
           "(Yang et al. 2026, Theorem 13)")
    runs = [(q, "x", r), (q, "w", q), (r, "w", q)]
    return board.pattern("merged-component", says, why, words, runs, samples)
