"""How far an extraction may go, and how it says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from languages.errors import InputError

Progress = Callable[[str, int], None]
"""Called now and then with what is being explored and the number of states so far."""


@dataclass(frozen=True)
class Budget:
    """Where an extraction stops with a result for short words only.

    `max_states`: states of any one layer's product, before it is minimised; `max_summary`: states
    times keys of a head's summary for one query value, up to which it is minimised on its own
    beforehand; `seconds`: wall clock for each sublayer's summaries, and again for its
    product (None: no limit).
    """

    max_states: int = 100_000
    max_summary: int = 10_000
    seconds: float | None = None


class Clock:
    """A budget that is running. `reason` says what it was that first stopped an exploration."""

    def __init__(self, budget: Budget, progress: Progress | None) -> None:
        self.budget = budget
        self.reason = ""
        self._progress = progress
        self._deadline: float | None = None
        self.restart()

    def restart(self) -> None:
        """Time starts anew: summaries that took all of it leave time to use them."""
        seconds = self.budget.seconds
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def exceeded(self, states: int, too_large: str = "") -> bool:
        """Must an exploration with this many states stop? `too_large`: a reason of its own."""
        reason = too_large
        if states > self.budget.max_states:
            reason = f"more than {self.budget.max_states} states"
        elif self.expired():
            reason = f"more than {self.budget.seconds} seconds"
        self.reason = self.reason or reason
        return bool(reason)

    def expired(self) -> bool:
        """Is the time up?"""
        return self._deadline is not None and time.monotonic() > self._deadline

    def report(self, what: str, states: int) -> None:
        """Tell whoever watches."""
        if self._progress is not None:
            self._progress(what, states)


class Refused(InputError):
    """The model is not known to be finite-state, or computes NaN; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
