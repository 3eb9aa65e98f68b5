"""How much a checker explores before it gives up, by rejecting."""

from __future__ import annotations

from typing import Final

from proofs.checkers.rejection import reject

MAX_PAIRS: Final = 4_000_000


class Budget:
    """Pairs of states that may still be explored."""

    def __init__(self, pairs: int = MAX_PAIRS) -> None:
        self.pairs = pairs
        self._left = pairs

    def spend(self, path: str) -> None:
        """Count one more pair."""
        self._left -= 1
        if self._left < 0:
            reject("too-many-pairs", f"more than {self.pairs}", path,
                   f"at most {self.pairs} pairs of states in all")
