"""A group of words that is not solvable: a perfect one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from languages.algebra.group_names import group_name
from languages.algebra.permutation_group import PermutationGroup
from languages.algebra.permutations import cycles
from languages.algebra.work import Work, WorkLimit
from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern
from languages.explanation.shown import permutation, states

KIND = "perfect-group"
WORK = 50_000_000
WHY = ("each generator is a product of commutators, so the group equals its commutator subgroup; a "
       "solvable group has no such subgroups but the trivial one, and with this one the language "
       "is NC1-complete (Barrington 1989)")
WHY_PRIMES = ("the group is perfect, so products of commutators and with them words of one length "
              "form it, and it is no p-group, as these are solvable; AC0[p] allows p-groups only "
              "(Barrington, Compton, Straubing, Thérien 1992; Smolensky 1987)")


def perfect_group(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """u, v, words that permute a set of states, and the one that moves start.u.

    The words may be long, so the pattern is made once for a board.
    """
    if KIND not in board.known:
        board.known[KIND] = _perfect_group(board, data)
    return replace(board.known[KIND], why=WHY_PRIMES if key == "ac0_p" else WHY)


def _perfect_group(board: Board, data: Mapping[str, Any]) -> Pattern:
    points = [int(q) for q in data["set"]]
    place = {q: i for i, q in enumerate(points)}
    generators = [board.word(word) for word in data["generators"]]
    maps = [board.action(word) for word in generators]
    actions = [tuple(place[moved[q]] for q in points) for moved in maps]
    moving = int(data["moved"])
    words = board.words(data, ("u", "v"))
    words |= {f"g{i}": word for i, word in enumerate(generators, start=1)}
    q = board.start(words["u"])
    cycle = next(c for c in cycles(actions[moving]) if place[q] in c)
    g, name = generators[moving], f"g{moving + 1}"
    samples = [board.sample(once(words["u"]), to_the(g, len(cycle), i), once(words["v"]))
               for i in (0, 1)]
    shown = ", ".join(f"g{i} = {board.show(w)} as {permutation(points, f)}"
                      for i, (w, f) in enumerate(zip(generators, actions, strict=True), start=1))
    work = Work(WORK)
    numbers: dict[str, Any] = {"states": points, "permutations": [list(f) for f in actions]}
    which = "a perfect group"
    try:
        group = PermutationGroup(actions, len(points), work)
        if group.derived.order != group.order:
            raise ArithmeticError("the group of the certificate is not perfect")
        numbers["order"] = group.order
        which = f"a perfect group of order {group.order}"
        numbers["name"] = group_name(group)
        if numbers["name"]:
            which += f", {numbers['name']}"
    except WorkLimit:
        pass
    says = (f"words permute the states {states(points)} and generate {which}: {shown}; {name} "
            f"moves the state {q} of u = {board.show(words['u'])}, and "
            f"v = {board.show(words['v'])} shows it")
    runs = [(p, f"g{i}", points[f[place[p]]])
            for i, f in enumerate(actions, start=1) for p in points]
    return board.pattern(KIND, says, WHY, words, runs, samples, **numbers)
