"""What came of a question about equality, and how clauses become an outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from expressivity.solvers.solve import Limits, Satisfiable, Unknown, solve
from proofs.bounds.bound import FORMAT, VERSION
from proofs.bounds.equal_at_length import CheckedEquality
from proofs.bounds.equal_circuits import CheckedCircuits
from proofs.cnf import Cnf

Checked = CheckedEquality | CheckedCircuits


@dataclass(frozen=True)
class Equal:
    """They are equal; the certificate was checked by the island."""

    certificate: dict[str, Any]
    checked: Checked

    @property
    def steps(self) -> int:
        """Steps of the proof."""
        return self.checked.steps


@dataclass(frozen=True)
class Different:
    """They differ on this: a word, or truth values of inputs."""

    example: tuple[Any, ...]


@dataclass(frozen=True)
class Undecided:
    """Not settled; `reason` names the limit that was hit, or says what is not covered."""

    reason: str


Outcome = Equal | Different | Undecided


class TimeUp(Exception):
    """The time for making clauses is over."""


class Clock:
    """Time for making clauses, solving and elaborating; checking what was found comes on top."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = Limits() if limits is None else limits
        self._deadline = time.monotonic() + self.limits.seconds

    def left(self) -> Limits:
        """What is left."""
        return Limits(self._deadline - time.monotonic(), self.limits.megabytes)

    def tick(self) -> None:
        """Raises TimeUp when the time is over."""
        if time.monotonic() > self._deadline:
            raise TimeUp

    def over(self) -> Undecided:
        """The outcome when it is."""
        return Undecided(f"time: {self.limits.seconds:.3g} s")


def settled(cnf: Cnf, clock: Clock, decode: Callable[[frozenset[int]], tuple[Any, ...]],
            kind: str, claim: dict[str, Any], check: Callable[[object], Checked]) -> Outcome:
    """Solve clauses that can all be true iff the claim is wrong.

    `decode` makes a difference of the variables that are true, and raises RuntimeError where it
    is none. A proof becomes a certificate, which is checked.
    """
    found = solve(cnf, clock.left())
    if isinstance(found, Satisfiable):
        return Different(decode(found.true))
    if isinstance(found, Unknown):
        reason = found.reason
        # The limit that the user knows is the whole time, not what was left of it.
        return clock.over() if reason.startswith("time") else Undecided(reason)
    certificate = {"format": FORMAT, "version": VERSION, "kind": kind, "claim": claim,
                   "data": {"proof": found.proof}}
    return Equal(certificate, check(certificate))
