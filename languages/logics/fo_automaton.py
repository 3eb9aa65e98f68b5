"""From first-order sentences to automata, one subformula after the other (Büchi 1960, Elgot 1961).

Each quantifier may cost an exponential, and no construction avoids that (Stockmeyer 1974); a
minimal automaton after each step keeps the common sentences small.
"""

from __future__ import annotations

from languages.dfa import DFA
from languages.limits import Limits
from languages.logics.fo import FirstOrder, Node
from languages.logics.tracks import Marked, Tracks


def first_order_to_dfa(sentence: FirstOrder, limits: Limits | None = None) -> DFA:
    """The minimal DFA of the words in which the sentence is true.

    Raises `LimitError` when an automaton on the way gets too large, `InputError` when more than
    `MAX_TRACKS` variables are free in one subformula.
    """
    tracks = Tracks(len(sentence.alphabet), limits or Limits())
    last_use = {x: i for i, node in enumerate(sentence.nodes) for x in node.operands}
    made: dict[int, Marked] = {}
    for i, node in enumerate(sentence.nodes):
        made[i] = _compiled(node, tracks, made)
        for x in {x for x in node.operands if last_use[x] == i}:
            del made[x]
    dfa = made[len(sentence.nodes) - 1].dfa
    return DFA(sentence.alphabet, dfa.delta, dfa.start, dfa.accept).minimal()


def _compiled(node: Node, tracks: Tracks, made: dict[int, Marked]) -> Marked:
    op, args = node
    if op == "letter":
        return _letter(tracks, *args)
    if op in ("less", "equal"):
        return _comparison(tracks, op == "less", *args)
    if op == "mod":
        return _mod(tracks, *args)
    if op == "not":
        return tracks.complement(made[args[0]])
    if op == "and":
        return tracks.conjunction(made[x] for x in args)
    if op == "or":
        return tracks.disjunction(made[x] for x in args)
    if op == "exists":
        return tracks.exists(made[args[1]], args[0])
    return tracks.valid(())


def _letter(tracks: Tracks, letter: int, x: int) -> Marked:
    """The letter at x is the one with this index."""
    def step(seen: bool, a: int, here: tuple[bool, ...]) -> bool | None:
        return None if here[0] and (seen or a != letter) else seen or here[0]

    return tracks.atom((x,), False, step, bool)


def _comparison(tracks: Tracks, less: bool, x: int, y: int, k: int) -> Marked:
    """x < y + k, or x = y + k: count from the first mark to the second, up to a bound."""
    tracks.limits.check_states("the automaton of a comparison", 2 * abs(k))
    most = abs(k) + 1  # differences from here on are alike
    first = min(x, y)

    def step(state: tuple[str, int], a: int, here: tuple[bool, ...]) -> tuple[str, int] | None:
        del a
        seen, steps = state
        if seen == "both":
            return None if any(here) else state
        mark_x, mark_y = here if x == first else here[::-1]
        if (mark_x and seen == "x") or (mark_y and seen == "y"):
            return None
        if seen != "none" and not any(here):
            return seen, min(steps + 1, most)
        if seen == "none" and mark_x != mark_y:
            return "x" if mark_x else "y", 1
        if not any(here):
            return state
        # Both marks are known, `steps` positions apart.
        difference = steps if seen == "y" else -steps
        return ("both", 0) if (difference < k if less else difference == k) else None

    variables = (x, y) if x < y else (y, x)
    start: tuple[str, int] = ("none", 0)
    return tracks.atom(variables, start, step, lambda state: state[0] == "both")


def _mod(tracks: Tracks, x: int, m: int, r: int) -> Marked:
    """x is r modulo m: count positions until x."""
    tracks.limits.check_states("the automaton of mod", m)

    def step(state: int, a: int, here: tuple[bool, ...]) -> int | None:
        del a
        if state < 0:
            return None if here[0] else state
        if here[0]:
            return -1 if state == r else None
        return (state + 1) % m

    return tracks.atom((x,), 0, step, lambda state: state < 0)
