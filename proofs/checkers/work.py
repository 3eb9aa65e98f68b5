"""How much a checker computes before it gives up, by rejecting: a small file takes no hours."""

from __future__ import annotations

from typing import Final

from proofs.checkers.rejection import reject

MAX_WORK: Final = 50_000_000
"""Transitions that are followed: a minute at the most."""


class Work:
    """Transitions that may still be followed."""

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, transitions: int, path: str) -> None:
        """Account for this many more transitions, because of the field at `path`."""
        self._left -= transitions
        if self._left < 0:
            reject("too-much-work", f"more than {MAX_WORK}", path,
                   f"at most {MAX_WORK} transitions to follow: a smaller automaton")
