"""Words with the same short factors that the language tells apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern


def live_loops(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """x fixes p = start.u and q = start.w; p.v and q.y accept, q.v does not."""
    words = board.words(data, ("u", "w", "x", "v", "y"))
    u, w, x, v, y = (words[name] for name in "uwxvy")
    p, q = board.start(u), board.start(w)
    samples = [board.sample(once(u), to_the(x), once(v)),
               board.sample(once(w), to_the(x), once(y)),
               board.sample(once(w), to_the(x), once(v))]
    says = (f"x = {board.show(x)} fixes the states {p} and {q}, from which words are accepted: "
            f"v = {board.show(v)} from {p} but not from {q}, y = {board.show(y)} from {q}")
    tier = "" if key == "strictly_local" else (
        "letters can be off the tier only if they change no state, and are left out here; ")
    why = (f"{tier}every factor of w x^n v of at most n |x| + 1 letters, end markers counted, "
           "occurs in u x^n v or in w x^n y, so all of them are allowed")
    return board.pattern("live-loops", says, why, words, [(p, "x", p), (q, "x", q)], samples)


def local_square(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """e fixes p = start.u, p.x and p.xx, and v tells the last two apart."""
    words = board.words(data, ("u", "e", "x", "v"))
    u, e, x, v = (words[name] for name in "uexv")
    p = board.start(u)
    q = board.run(p, x)
    r = board.run(q, x)
    block = (once(x), to_the(e))
    samples = [board.sample(once(u), to_the(e), *block * count, once(v)) for count in (1, 2)]
    says = (f"x = {board.show(x)} leads from state {p} to {q} and from there to {r}, and "
            f"e = {board.show(e)} fixes all three; v = {board.show(v)} tells {q} from {r}")
    why = ("the two words have the same factors of at most n |e| + 1 letters and the same ends: "
           "only how often x occurs differs (Brzozowski, Simon 1973; McNaughton 1974)")
    runs = [(s, "e", s) for s in (p, q, r)] + [(p, "x", q), (q, "x", r)]
    return board.pattern("local-square", says, why, words, runs, samples)


def local_exchange(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """e fixes p = start.u, p.x, p.y, p.xy and p.yx, and v tells the last two apart."""
    words = board.words(data, ("u", "e", "x", "y", "v"))
    u, e, x, y, v = (words[name] for name in "uexyv")
    p = board.start(u)
    one, two = board.run(p, x), board.run(p, y)
    xy, yx = board.run(one, y), board.run(two, x)
    samples = [board.sample(once(u), to_the(e), once(s), to_the(e), once(t), to_the(e), once(v))
               for s, t in ((x, y), (y, x))]
    says = (f"from state {p} the words x = {board.show(x)} and y = {board.show(y)} lead to {xy} "
            f"in this order and to {yx} in the other, and e = {board.show(e)} fixes all states on "
            f"the way; v = {board.show(v)} tells {xy} from {yx}")
    why = ("the two words have the same factors of at most n |e| + 1 letters and the same ends: "
           "only the order of x and y differs (Brzozowski, Simon 1973; McNaughton 1974)")
    runs = [(s, "e", s) for s in (p, one, two, xy, yx)]
    runs += [(p, "x", one), (one, "y", xy), (p, "y", two), (two, "x", yx)]
    return board.pattern("local-exchange", says, why, words, runs, samples)
