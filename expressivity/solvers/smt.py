"""SMT solving by z3 within limits, in a process of its own. No certificate comes out of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from expressivity.solvers.child import Limits, run_child
from expressivity.solvers.solve import Unknown

__all__ = ["Limits", "NoModel", "SmtResult", "Solution", "Unknown", "solve_smt"]


@dataclass(frozen=True)
class Solution:
    """A model: the values of all constants of sort Bool, Int, Real or bit-vector, as text.

    "true", "false", integers in decimal digits, rationals as "3/4".
    """

    values: Mapping[str, str]


@dataclass(frozen=True)
class NoModel:
    """z3 says that there is none. It leaves no certificate."""


SmtResult = Solution | NoModel | Unknown


def solve_smt(script: str, limits: Limits | None = None, logic: str = "ALL") -> SmtResult:
    """Can the assertions of `script`, SMT-LIB 2 without commands that ask, be true?

    `logic` is a name of SMT-LIB, by which z3 chooses how it solves.
    Never raises because of the solver; a limit that was hit, or z3's own reason, is in Unknown.
    """
    limits = Limits() if limits is None else limits
    if limits.seconds <= 0:
        return Unknown("time: none was left")
    ended = run_child("expressivity.solvers.smt_worker", [logic], script, limits)
    first, _, rest = ended.output.partition("\n")
    if not ended.late and ended.status == 0:
        if first == "sat":
            return Solution(json.loads(rest))
        if first == "unsat":
            return NoModel()
        if first == "unknown":
            reason = rest.strip()
            return Unknown(f"memory: {limits.megabytes} MB"
                           if "memout" in reason or "memory" in reason else f"z3: {reason}")
    return Unknown(ended.failure(limits))
