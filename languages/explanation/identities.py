"""Classes that identities of the syntactic semigroup define: elements that break them, as words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from languages.algebra.identity_failures import (
    knast_failure,
    local_da_failure,
    stable_da_failure,
    threshold_failure,
    word_of_length,
)
from languages.algebra.local_identities import Local
from languages.algebra.words import Word, plain
from languages.algebra.work import Work, WorkLimit
from languages.explanation.families import Part, once, to_the
from languages.explanation.pattern import Board, Pattern

Result = TypeVar("Result")


def local_of(board: Board) -> Local | None:
    """The syntactic semigroup with its products, fresh work; None over budget."""
    semigroup = board.analysis.semigroup
    if semigroup is None:
        return None
    local = board.analysis.once("products", lambda: Local(semigroup, Work()))
    local.work = Work(board.analysis.budget.max_image_cells)
    return local


def threshold(board: Board) -> Pattern | None:
    """e, f idempotent, p, r in eSf and q in fSe with pqr != rqp."""
    local = local_of(board)
    found = None if local is None else _bounded(lambda: threshold_failure(local))
    if local is None or found is None:
        return None
    words = _spell(board, local, found)
    e, f, p, q, r = (words[name] for name in "efpqr")
    lhs, rhs = (local.table[local.table[found[x], found["q"]], found[y]] for x, y in ("pr", "rp"))
    u, v, state = _apart(board, local, int(lhs), int(rhs))
    samples = [board.sample(once(u), to_the(e), once(x), to_the(f), once(q), to_the(e), once(y),
                            to_the(f), once(v)) for x, y in ((p, r), (r, p))]
    says = (f"e = {board.show(e)} and f = {board.show(f)} are idempotent, and between them "
            f"p = {board.show(p)}, q = {board.show(q)} and r = {board.show(r)} lead state {state} "
            f"to different states as p q r and as r q p")
    why = ("the two words have each factor of at most n letters equally often, and the same ends: "
           "only p and r change places (Thérien, Weiss 1985; Beauquier, Pin 1989)")
    return board.pattern("local-swap", says, why, words | {"u": u, "v": v}, (), samples)


def knast(board: Board) -> Pattern | None:
    """x, z in eSf and y, t in fSe that break Knast's identity."""
    local = local_of(board)
    found = None if local is None else _bounded(lambda: knast_failure(local))
    if local is None or found is None:
        return None
    names, lhs, rhs = found
    words = _spell(board, local, names)
    u, v, state = _apart(board, local, lhs, rhs)
    e, f, x, y, z, t = (words[name] for name in "efxyzt")
    first = to_the((to_the(e), once(x), to_the(f), once(y)))
    last = to_the((to_the(e), once(z), to_the(f), once(t)))
    middle: tuple[Part, ...] = (to_the(e), once(x), to_the(f), once(t))
    samples = [board.sample(once(u), first, *inner, last, to_the(e), once(v))
               for inner in (middle, ())]
    says = (f"e = {board.show(e)} and f = {board.show(f)} are idempotent; between them "
            f"x = {board.show(x)} and z = {board.show(z)} lead from e to f, y = {board.show(y)} "
            f"and t = {board.show(t)} back; from state {state} the words (xy)^n xt (zt)^n and "
            f"(xy)^n (zt)^n lead to different states for all large n")
    why = ("a language of dot-depth one satisfies (xy)^n xt (zt)^n = (xy)^n (zt)^n for large n "
           "(Knast 1983)")
    return board.pattern("knast", says, why, words | {"u": u, "v": v}, (), samples)


def local_da(board: Board) -> Pattern | None:
    """x and y in eSe with x = xyx that is not idempotent."""
    local = local_of(board)
    found = None if local is None else _bounded(lambda: local_da_failure(local))
    if local is None or found is None:
        return None
    words = _spell(board, local, found)
    f = int(local.table[found["x"], found["y"]])
    u, v, state = _apart(board, local, f, int(local.table[local.table[f, found["x"]], f]))
    e, x, y = (words[name] for name in "exy")
    turn = to_the((to_the(e), once(x), to_the(e), once(y)))
    samples = [board.sample(once(u), turn, to_the(e), once(v)),
               board.sample(once(u), turn, to_the(e), once(x), turn, to_the(e), once(v))]
    says = (f"e = {board.show(e)} is idempotent, and with x = {board.show(x)} and "
            f"y = {board.show(y)} between e's x = xyx, but xx is not x: from state {state} the "
            f"words (xy)^n and (xy)^n x (xy)^n lead to different states")
    why = ("in DA (xy)^n x (xy)^n = (xy)^n for large n, and FO2[<,+1] asks this of eSe for all "
           "idempotents e (Thérien, Wilke 1998; Almeida 1996)")
    return board.pattern("local-da", says, why, words | {"u": u, "v": v}, (), samples)


def stable_da(board: Board) -> Pattern | None:
    """The same in the stable semigroup, with words of one length."""
    local = local_of(board)
    found = None if local is None else _bounded(lambda: stable_da_failure(local))
    if local is None or found is None:
        return None
    x, y, layers = found
    words = {name: board.plain(plain(word_of_length(local.semigroup, layers, element)))
             for name, element in (("x", x), ("y", y))}
    f = int(local.table[x, y])
    u, v, state = _apart(board, local, f, int(local.table[local.table[f, x], f]))
    turn = to_the((once(words["x"]), once(words["y"])))
    samples = [board.sample(once(u), turn, once(v)),
               board.sample(once(u), turn, once(words["x"]), turn, once(v))]
    says = (f"the words x = {board.show(words['x'])} and y = {board.show(words['y'])} have one "
            f"length, {len(layers)}, and words of {len(layers)} letters act as those of twice as "
            f"many; x = xyx, but xx is not x: from state {state} the words (xy)^n and "
            "(xy)^n x (xy)^n lead to different states")
    why = ("x and y can be spelled with any multiple of that many letters, so positions modulo m "
           "do not help, and in DA (xy)^n x (xy)^n = (xy)^n for large n (Dartois, Paperman 2013)")
    return board.pattern("stable-da", says, why, words | {"u": u, "v": v}, (), samples,
                         length=len(layers))


def _bounded(search: Callable[[], Result]) -> Result | None:
    """What the search finds, None when that is too much work."""
    try:
        return search()
    except WorkLimit:
        return None


def _spell(board: Board, local: Local, elements: dict[str, int]) -> dict[str, Word]:
    return {name: board.plain(plain(local.semigroup.word(x))) for name, x in elements.items()}


def _apart(board: Board, local: Local, x: int, y: int) -> tuple[Word, Word, int]:
    """u, v and the state p = start.u, where exactly one of p.x.v and p.y.v accepts."""
    maps = local.semigroup.maps
    p = int(np.flatnonzero(maps[x] != maps[y])[0])
    return board.access(p), board.apart(int(maps[x][p]), int(maps[y][p])), p
