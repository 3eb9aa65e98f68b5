"""Clauses over variables with names: what an encoding is written into.

A literal is a variable's number or minus that number, as in DIMACS files.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Cnf:
    """Clauses, in order; the n-th has the number n in proofs. Variables are numbered from 1."""

    def __init__(self) -> None:
        self.clauses: list[tuple[int, ...]] = []
        self.names: dict[tuple[Hashable, ...], int] = {}

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return len(self.names)

    def variable(self, *name: Hashable) -> int:
        """The variable of this name, made when it is first asked for."""
        return self.names.setdefault(name, len(self.names) + 1)

    def add(self, *literals: int) -> None:
        """One clause: some of the literals are true."""
        self.clauses.append(literals)

    def exactly_one(self, literals: Iterable[int]) -> None:
        """One of the literals is true and no other."""
        listed = tuple(literals)
        self.add(*listed)
        for i, left in enumerate(listed):
            for right in listed[:i]:
                self.add(-left, -right)
