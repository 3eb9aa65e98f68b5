"""SAT solving within limits, in a process of its own that can be ended at any time."""

from __future__ import annotations

from dataclasses import dataclass

from expressivity.solvers.child import Limits, run_child
from proofs.cnf import Cnf

__all__ = ["SOLVER", "Limits", "Result", "Satisfiable", "Unknown", "Unsatisfiable", "solve"]

SOLVER = "cadical195"


@dataclass(frozen=True)
class Satisfiable:
    """An assignment: the variables that are true; all others are false."""

    true: frozenset[int]


@dataclass(frozen=True)
class Unsatisfiable:
    """An LRAT proof, not checked yet."""

    proof: str


@dataclass(frozen=True)
class Unknown:
    """Neither; `reason` names the limit that was hit."""

    reason: str


Result = Satisfiable | Unsatisfiable | Unknown


def solve(cnf: Cnf, limits: Limits | None = None, solver: str = SOLVER) -> Result:
    """Can all clauses be true? `solver` is a name of PySAT that writes DRAT proofs.

    Never raises because of the solver. The process ends when this function does, whatever ends
    it: an interruption, too. The limits are for the solver and the elaboration of its proof
    together.
    """
    limits = Limits() if limits is None else limits
    if limits.seconds <= 0:
        return Unknown("time: none was left")
    text = "".join(" ".join(map(str, clause)) + " 0\n" for clause in cnf.clauses)
    ended = run_child("expressivity.solvers.worker", [solver], text, limits)
    first, _, rest = ended.output.partition("\n")
    if not ended.late and ended.status == 0:
        if first == "satisfiable":
            return Satisfiable(frozenset(int(x) for x in rest.split()))
        if first == "unsatisfiable":
            return Unsatisfiable(rest)
    return Unknown(ended.failure(limits, ", there is no assignment but the proof was not ready"
                                 if first == "unsatisfiable" else ""))
