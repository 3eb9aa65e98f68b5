"""Solving in a process of its own: answers, limits, interruptions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expressivity.solvers.solve import Limits, Satisfiable, Unknown, Unsatisfiable, solve
from proofs.cnf import Cnf
from proofs.lrat import check_refutation
from tests.solvers.instances import pigeons

ROOT = Path(__file__).parent.parent.parent


def cnf(clauses: list[tuple[int, ...]]) -> Cnf:
    """The clauses, with numbers as names."""
    made = Cnf()
    for x in range(1, max((abs(x) for c in clauses for x in c), default=0) + 1):
        made.variable(x)
    for clause in clauses:
        made.add(*clause)
    return made


def test_satisfiable() -> None:
    found = solve(cnf([(1, 2), (-1,), (3, -2)]))
    assert found == Satisfiable(frozenset({2, 3}))
    assert solve(cnf([])) == Satisfiable(frozenset())


@pytest.mark.parametrize("clauses", [pigeons(3), [(1,), (-1,)], [()]])
def test_unsatisfiable(clauses: list[tuple[int, ...]]) -> None:
    made = cnf(clauses)
    found = solve(made)
    assert isinstance(found, Unsatisfiable)
    check_refutation(made.clauses, made.variables, found.proof, "proof")


def test_time() -> None:
    start = time.monotonic()
    found = solve(cnf(pigeons(12)), Limits(seconds=1.5))
    assert isinstance(found, Unknown) and found.reason.startswith("time: 1.5 s")
    assert time.monotonic() - start < 20
    assert solve(cnf([(1,)]), Limits(seconds=0.001)) == Unknown("time: 0.001 s")
    assert solve(cnf([(1,)]), Limits(seconds=-1)) == Unknown("time: none was left")


def test_memory() -> None:
    many = [(x, y) for x in range(1, 700) for y in range(-700, -1)]
    found = solve(cnf(many), Limits(seconds=60, megabytes=70))
    assert isinstance(found, Unknown) and found.reason.startswith("memory: 70 MB"), found


def test_a_solver_that_does_not_exist() -> None:
    found = solve(cnf([(1,)]), solver="abacus")
    assert isinstance(found, Unknown) and "status 1" in found.reason


def test_an_interruption_ends_the_solver() -> None:
    # Under a shell that runs this in the background interruptions are ignored from the beginning.
    script = ("import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
              "from expressivity.solvers.solve import *; from tests.solvers.test_solve import *; "
              "print('ready', flush=True); solve(cnf(pigeons(12)), Limits(100))")
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, cwd=ROOT,
                               env=os.environ | {"PYTHONPATH": str(ROOT)})
    assert process.stdout is not None and process.stdout.readline() == b"ready\n"
    workers: list[int] = []
    deadline = time.monotonic() + 30
    while not workers and time.monotonic() < deadline:
        time.sleep(0.1)
        workers = children(process.pid)
    assert workers
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert b"KeyboardInterrupt" in errors
    # Whoever inherits a killed process takes a moment to remove it.
    deadline = time.monotonic() + 10
    while (left := [p for p in workers if Path(f"/proc/{p}").exists()]) and (
            time.monotonic() < deadline):
        time.sleep(0.1)
    assert not left


def children(parent: int) -> list[int]:
    """The processes that a process started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    if not listed.exists():
        pytest.skip("no list of processes on this system")
    return [int(pid) for pid in listed.read_text(encoding="ascii").split()]
