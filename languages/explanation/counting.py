"""Words that count: a power comes back to a state, words of one length permute states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern
from languages.explanation.shown import states, trail

RESIDUES = 64
STAR_FREE = ("in the syntactic monoid of a star-free language w^i = w^(i+1) for all large i "
             "(Schützenberger 1965)")
WHY = {
    "star_free": STAR_FREE + ", so it cannot tell large powers of w apart",
    "two_groups": "where all groups are 2-groups, w^i = w^(i+2^j) for some j and all large i; here "
                  "i modulo a number that is no power of two matters",
}
SAME_LENGTH = ("circuits for the language count modulo {k} when each input bit is replaced by e or "
               "g, of one length; AC0 cannot (Furst, Saxe, Sipser 1984; Ajtai 1983; Smolensky "
               "1987)")


def counting(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """u, w, v: w leads start.u around a cycle, and v tells that state from the next one."""
    words = board.words(data, ("u", "w", "v"))
    u, w, v = words["u"], words["w"], words["v"]
    q = board.start(u)
    cycle = [q]
    while (r := board.run(cycle[-1], w)) != q and len(cycle) < int(data["k"]):
        cycle.append(r)
    k = len(cycle)
    samples = [board.sample(once(u), to_the(w, k, i), once(v)) for i in (0, 1)]
    runs = [(p, "w", cycle[(i + 1) % k]) for i, p in enumerate(cycle)]
    final = [bool(board.dfa.accept[board.run(p, v)]) for p in cycle]
    residues = [i for i, yes in enumerate(final) if yes]
    says = (f"the word w = {board.show(w)} counts modulo {k}: it leads the states "
            f"{trail([*cycle, q])}, and u w^i v with u = {board.show(u)} and v = {board.show(v)} "
            f"is in the language iff i mod {k} is " + _one_of(residues))
    why = WHY.get(key, f"languages of this class are star-free, and {STAR_FREE}")
    return board.pattern("counting", says, why, words, runs, samples, period=k,
                         states=cycle, residues=residues[:RESIDUES])


def _one_of(residues: list[int]) -> str:
    shown = ", ".join(map(str, residues[:12])) + (", ..." if len(residues) > 12 else "")
    return shown if len(residues) < 2 else f"one of {shown}"


def same_length(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """u, e, g, v with |e| = |g|: e fixes the states that g moves in a cycle of length k."""
    words = board.words(data, ("u", "e", "g", "v"))
    u, e, g, v = (words[name] for name in "uegv")
    cycle = [board.start(u)]
    while (r := board.run(cycle[-1], g)) != cycle[0] and len(cycle) < int(data["k"]):
        cycle.append(r)
    k = len(cycle)
    samples = [board.sample(once(u), to_the(e, 1, 1), once(v)),
               board.sample(once(u), to_the(e), once(g), once(v))]
    runs = [(p, "e", p) for p in cycle] + [(p, "g", cycle[(i + 1) % k])
                                           for i, p in enumerate(cycle)]
    size = sum(count * len(letters) for count, letters in e)
    says = (f"the words e = {board.show(e)} and g = {board.show(g)} have one length ({size}); e "
            f"fixes the states {states(cycle)}, g leads {trail([*cycle, cycle[0]])}: after "
            f"u = {board.show(u)}, a word of e's and g's leads to the state that the number of "
            f"its g's modulo {k} says")
    why = SAME_LENGTH.format(k=k)
    if key not in ("ac0", "ac0_p"):
        why = f"regular languages of this class are in AC0, and {why}"
    return board.pattern("same-length-counting", says, why, words, runs, samples, period=k,
                         states=cycle, length=size)
