"""A bound on work, counted in steps, so that the same input always ends the same way."""

from __future__ import annotations

import sys
from dataclasses import dataclass

POINT = 20  # steps that a point of a permutation counts for, where an array's cell counts one


class WorkLimit(Exception):
    """More steps than allowed."""


@dataclass
class Work:
    """Counts steps; `WorkLimit` when there are more than `limit`, and from then on."""

    limit: int = sys.maxsize
    done: int = 0

    def spend(self, steps: int) -> None:
        """Count some more."""
        self.done += steps
        if self.done > self.limit:
            raise WorkLimit
