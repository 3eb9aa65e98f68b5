"""Clauses to try solvers and checkers on."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from functools import cache
from typing import Any

from pysat.solvers import Solver

from expressivity.solvers.elaborate import elaborate

Clauses = list[tuple[int, ...]]


def pigeons(holes: int) -> Clauses:
    """One pigeon more than there are holes."""
    def sits(p: int, h: int) -> int:
        return p * holes + h + 1

    some: Clauses = [tuple(sits(p, h) for h in range(holes)) for p in range(holes + 1)]
    return some + [(-sits(p, h), -sits(q, h)) for h in range(holes)
                   for p, q in itertools.combinations(range(holes + 1), 2)]


def random_clauses(rng: random.Random, variables: int, number: int, width: int = 3) -> Clauses:
    """Random clauses of up to this many literals."""
    widest = min(width, variables)
    return [tuple(v * rng.choice((1, -1))
                  for v in rng.sample(range(1, variables + 1), rng.randint(1, widest)))
            for _ in range(number)]


def drat(clauses: Sequence[Sequence[int]], solver: str = "cadical195") -> list[str] | None:
    """The solver's proof; None if the clauses can all be true."""
    engine: Any
    with Solver(name=solver, bootstrap_with=clauses, with_proof=True) as engine:
        return None if engine.solve() else engine.get_proof()


@cache
def pigeon_proof(holes: int) -> tuple[Clauses, int, str]:
    """Clauses, the number of variables, and an LRAT proof."""
    clauses = pigeons(holes)
    found = drat(clauses)
    assert found is not None
    return clauses, holes * (holes + 1), elaborate(clauses, found)
