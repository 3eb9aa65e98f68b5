"""Classes that identities of the syntactic semigroup define: elements that break them, as words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import TypeVar

import numpy as np

from languages.algebra.local_identities import Local
from languages.algebra.semigroup import Ints, Semigroup
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
    found = None if local is None else _bounded(lambda: _threshold(local))
    if local is None or found is None:
        return None
    words = _spell(board, local, dict(zip("efpqr", found, strict=True)))
    e, f, p, q, r = (words[name] for name in "efpqr")
    lhs, rhs = (local.table[local.table[x, found[3]], y]
                for x, y in ((found[2], found[4]), (found[4], found[2])))
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
    found = None if local is None else _bounded(lambda: _knast(local))
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
    found = None if local is None else _bounded(lambda: _irregular_between(local))
    if local is None or found is None:
        return None
    names, lhs, rhs = found
    words = _spell(board, local, names)
    u, v, state = _apart(board, local, lhs, rhs)
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
    found = None if local is None else _bounded(lambda: _irregular_stable(local))
    if local is None or found is None:
        return None
    x, y, layers = found
    words = {name: board.plain(plain(_of_length(local.semigroup, layers, element)))
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


def _threshold(local: Local) -> tuple[int, int, int, int, int] | None:
    table = local.table
    for e, f in product(local.representatives, repeat=2):
        there = local.between(e, f)
        for q in local.between(f, e).tolist():
            local.work.spend(len(there) ** 2)
            pqr = table[table[there, q][:, None], there]
            wrong = np.argwhere(pqr != pqr.T)
            if len(wrong):
                p, r = (int(there[i]) for i in wrong[0])
                return e, f, p, q, r
    return None


def _knast(local: Local) -> tuple[dict[str, int], int, int] | None:
    table = local.table
    for e, f in product(local.representatives, repeat=2):
        there, back = local.between(e, f).tolist(), local.between(f, e).tolist()
        local.work.spend(4 * len(there) * len(back))
        left: dict[tuple[int, int], tuple[int, int]] = {}
        right: dict[tuple[int, int], tuple[int, int]] = {}
        for s, t in product(there, back):
            power = int(local.power[table[s, t]])
            left.setdefault((power, int(table[power, s])), (s, t))
            right.setdefault((power, int(table[t, power])), (s, t))
        for (g, gx), (x, y) in left.items():
            local.work.spend(2 * len(right))
            for (h, th), (z, t) in right.items():
                lhs, rhs = int(table[gx, th]), int(table[g, h])
                if lhs != rhs:
                    return {"e": e, "f": f, "x": x, "y": y, "z": z, "t": t}, lhs, rhs
    return None


def _irregular_between(local: Local) -> tuple[dict[str, int], int, int] | None:
    table = local.table
    for e in local.representatives:
        inside = local.between(e, e)
        wrong = inside[(local.regular & ~local.idempotent)[inside]]
        if len(wrong):
            x = int(wrong[0])
            y = _inverse(local, x, inside)
            f = int(table[x, y])
            return {"e": e, "x": x, "y": y}, f, int(table[table[f, x], f])
    return None


def _irregular_stable(local: Local) -> tuple[int, int, list[Ints]] | None:
    layers = stable_layers(local.semigroup)
    inside = layers[-1]
    wrong = inside[(local.regular & ~local.idempotent)[inside]]
    if not len(wrong):
        return None
    x = int(wrong[0])
    return x, _inverse(local, x, inside), layers


def _inverse(local: Local, x: int, among: Ints) -> int:
    """Some y among these elements with xyx = x."""
    hit = among[local.table[local.table[x, among], x] == x]
    if not len(hit):
        raise ArithmeticError("a regular element without an inverse")
    return int(hit[0])


def stable_layers(semigroup: Semigroup) -> list[Ints]:
    """The images of the words of length 1, ..., s, for an s whose layer is that of 2s, too."""
    layers = [np.unique(semigroup.letters)]
    seen = {layers[0].tobytes(): 0}
    while True:
        following = np.unique(semigroup.right[layers[-1]])
        again = seen.get(following.tobytes())
        if again is not None:
            period = len(layers) - again
            return layers[:period * (again // period + 1)]
        seen[following.tobytes()] = len(layers)
        layers.append(following)


def _of_length(semigroup: Semigroup, layers: list[Ints], element: int) -> list[int]:
    """A word of as many letters as there are layers, for an element of the last one."""
    letters = []
    for layer in reversed(layers[:-1]):
        rows, columns = np.nonzero(semigroup.right[layer] == element)
        letters.append(int(columns[0]))
        element = int(layer[rows[0]])
    letters.append(int(np.flatnonzero(semigroup.letters == element)[0]))
    return letters[::-1]


def _spell(board: Board, local: Local, elements: dict[str, int]) -> dict[str, Word]:
    return {name: board.plain(plain(local.semigroup.word(x))) for name, x in elements.items()}


def _apart(board: Board, local: Local, x: int, y: int) -> tuple[Word, Word, int]:
    """u, v and the state p = start.u, where exactly one of p.x.v and p.y.v accepts."""
    maps = local.semigroup.maps
    p = int(np.flatnonzero(maps[x] != maps[y])[0])
    return board.access(p), board.apart(int(maps[x][p]), int(maps[y][p])), p
