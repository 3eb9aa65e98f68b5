"""SAT solving within limits, in a process of its own that can be ended at any time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from expressivity.defaults import SEARCH_MEGABYTES, SEARCH_SECONDS
from proofs.cnf import Cnf

SOLVER = "cadical195"
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Limits:
    """For the solver and the elaboration of its proof together."""

    seconds: float = SEARCH_SECONDS
    megabytes: int = SEARCH_MEGABYTES


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
    it: an interruption, too.
    """
    limits = Limits() if limits is None else limits
    if limits.seconds <= 0:
        return Unknown("time: none was left")
    text = "".join(" ".join(map(str, clause)) + " 0\n" for clause in cnf.clauses)
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "expressivity.solvers.worker", solver,
               str(limits.seconds), str(limits.megabytes)]
    # A session of its own: Ctrl-C reaches this process, which then ends the other.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, start_new_session=True,
                          env=os.environ | {"PYTHONPATH": path}) as process:
        try:
            output, errors = process.communicate(text, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
            return Unknown(f"time: {limits.seconds:.3g} s{_stage(output)}")
        except BaseException:
            process.kill()
            raise
    return _read(output, errors, process.returncode, limits)


def _read(output: str, errors: str, status: int, limits: Limits) -> Result:
    """What the worker said."""
    first, _, rest = output.partition("\n")
    if status == 0 and first == "satisfiable":
        return Satisfiable(frozenset(int(x) for x in rest.split()))
    if status == 0 and first == "unsatisfiable":
        return Unsatisfiable(rest)
    if "MemoryError" in errors or "bad_alloc" in errors or "out of memory" in errors.lower():
        return Unknown(f"memory: {limits.megabytes} MB{_stage(output)}")
    last = errors.strip().split("\n")[-1][:200]
    return Unknown(f"the solver's process ended with status {status}{_stage(output)}"
                   f"{': ' if last else ''}{last}")


def _stage(output: str) -> str:
    return ", there is no assignment but the proof was not ready" \
        if output.startswith("unsatisfiable") else ""
