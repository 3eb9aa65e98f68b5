"""Makers of certificates about C-RASP, from the solutions that `tests.c_rasp_oracle` finds."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import Any

from tests import c_rasp_oracle
from tests.oracles import Automaton
from tests.proofs.maker_words import Data, access, block, components, separating


def c_rasp(automaton: Automaton) -> Data:
    """All solutions of all rounds; they prove nothing unless the checker accepts."""
    _, delta, _, _ = automaton
    number = components(list(range(len(delta))), lambda q: list(delta[q]))
    values = []
    for part in c_rasp_oracle.components(automaton):
        for _, basis in c_rasp_oracle.rounds(automaton, part):
            for row in basis:
                scale = lcm(*(x.denominator for x in row))
                found = {q: int(x * scale) for q, x in zip(part, row, strict=True)}
                values.append([found.get(q, 0) for q in range(len(delta))])
    return {"rank": [len(delta) - number[q] for q in range(len(delta))], "values": values}


def c_rasp_partition(automaton: Automaton) -> Data | None:
    """Two states of one class that are told apart, if possible by a word that is not empty."""
    letters, delta, _, _ = automaton
    found = access(automaton)
    best: Data | None = None
    for part in c_rasp_oracle.components(automaton):
        classes = c_rasp_oracle.rounds(automaton, part)[-1][0]
        for i, j in combinations(range(len(part)), 2):
            if classes[i] != classes[j] or part[0] not in found:
                continue
            p, q = part[i], part[j]
            later = ((a, separating(automaton, delta[p][a], delta[q][a])) for a in range(letters))
            v = next(((a, *word) for a, word in later if word is not None), None)
            if v is None:
                v = separating(automaton, p, q)
            if v is not None and (best is None or not best["v"]):
                best = {
                    "u": block(found[part[0]]), "states": part, "classes": classes,
                    "combinations": _combinations(automaton, part, classes),
                    "pair": [i, j], "v": block(v),
                }  # fmt: skip
    return best


def _combinations(automaton: Automaton, part: list[int], classes: list[int]) -> list[Any]:
    rows, width = c_rasp_oracle.equations(automaton, part, classes)
    result: list[Any] = []
    for i, c in enumerate(classes):
        wanted = [Fraction(0)] * width
        wanted[i] += 1
        wanted[classes.index(c)] -= 1
        factors = c_rasp_oracle.combination(rows, wanted)
        assert factors is not None
        d = lcm(*(x.denominator for x in factors))
        terms = zip(c_rasp_oracle.edges(automaton, part), factors, strict=True)
        result.append([d, [[p, a, int(x * d)] for (p, a, _), x in terms if x]])
    return result
