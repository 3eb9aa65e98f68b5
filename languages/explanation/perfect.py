"""A group of words that is not solvable: a perfect one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from languages.algebra.group_names import group_name
from languages.algebra.permutation_group import PermutationGroup
from languages.algebra.permutations import cycles
from languages.algebra.work import Work, WorkLimit
from languages.explanation.families import once, to_the
from languages.explanation.pattern import Board, Pattern
from languages.explanation.shown import permutation, states

WORK = 50_000_000
WHY = ("each generator is a product of commutators, so the group equals its commutator subgroup; a "
       "solvable group has no such subgroups but the trivial one, and with this one the language "
       "is NC1-complete (Barrington 1989)")
WHY_PRIMES = ("the group is perfect, so products of commutators and with them words of one length "
              "form it, and it is no p-group, as these are solvable; AC0[p] allows p-groups only "
              "(Barrington, Compton, Straubing, Thérien 1992; Smolensky 1987)")


def perfect_group(board: Board, data: Mapping[str, Any], key: str) -> Pattern:
    """u, v, words that permute a set of states, and the one that moves start.u."""
    points = [int(q) for q in data["set"]]
    place = {q: i for i, q in enumerate(points)}
    generators = [board.word(word) for word in data["generators"]]
    actions = [tuple(place[board.run(q, word)] for q in points) for word in generators]
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
    why = WHY_PRIMES if key == "ac0_p" else WHY
    return board.pattern("perfect-group", says, why, words, runs, samples, **numbers)
