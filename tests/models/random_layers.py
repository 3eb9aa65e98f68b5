"""Random pieces of the whole format of models, as plain data: layers, positions, formulas.

The weights are drawn by the caller, which knows the number contract.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, TypeAlias

Weight: TypeAlias = int | str
TRANSITIONS = ("time-invariant", "nonnegative-diagonal", "signed-diagonal", "complex-diagonal",
               "householder", "general")


class Pieces:
    """Draws layers for a stream with these dimensions."""

    def __init__(self, rng: random.Random, weight: Callable[[], Weight], residual: list[str],
                 rational: bool) -> None:
        self.rng = rng
        self.weight = weight
        self.residual = residual
        self.rational = rational

    def vector(self, length: int) -> list[Weight]:
        return [self.weight() for _ in range(length)]

    def matrix(self, rows: int, columns: int) -> list[list[Weight]]:
        return [self.vector(columns) for _ in range(rows)]

    def head(self, reads: int, selections: list[str], masks: list[str]) -> dict[str, Any]:
        rank, size = self.rng.randint(1, 2), self.rng.randint(1, 2)
        return {"selection": self.rng.choice(selections), "mask": self.rng.choice(masks),
                "query": self.matrix(rank, reads + 1), "key": self.matrix(rank, reads + 1),
                "value": self.matrix(size, reads + 1),
                "output": self.matrix(len(self.residual), size)}

    def epsilon(self) -> Weight:
        """At least 0. With 0, two coordinates have a rational deviation, and 0/0 occurs."""
        drawn = [weight for weight in self.vector(4)
                 if not str(weight).startswith("-") and weight != 0]
        return 0 if not drawn or self.rng.random() < (0.6 if self.rational else 0.2) else drawn[0]

    def layer(self, selections: list[str], masks: list[str]) -> dict[str, Any]:
        """A layer of any kind, sometimes with a norm."""
        rng, width = self.rng, len(self.residual)
        kind = rng.choice(("attention", "attention", "ffn", "gated-ffn", "recurrence",
                           "recurrence", "rnn", "norm"))
        if kind == "norm":
            count = min(2, width) if self.rational else rng.randint(1, width)
            return {"kind": kind, "coordinates": rng.sample(self.residual, count),
                    "epsilon": self.epsilon()}
        norm = {}
        reads = width
        if rng.random() < 0.25:
            reads = 2 if self.rational else rng.randint(1, 3)
            norm = {"norm": {"matrix": self.matrix(reads, width + 1), "epsilon": self.epsilon()}}
        return {"kind": kind, **self._parts(kind, reads, selections, masks), **norm}

    def _parts(self, kind: str, reads: int, selections: list[str],
               masks: list[str]) -> dict[str, Any]:
        rng, width = self.rng, len(self.residual)
        if kind == "attention":
            return {"heads": [self.head(reads, selections, masks)
                              for _ in range(rng.choice((1, 1, 2, 3)))]}
        if kind in ("ffn", "gated-ffn"):
            hidden = rng.randint(1, 3)
            made = {"in": self.matrix(hidden, reads + 1), "out": self.matrix(width, hidden + 1)}
            if kind == "gated-ffn":
                made["gate"] = self.matrix(hidden, reads + 1)
            return made
        size = rng.randint(1, 3)
        when = rng.choice(("after", "before"))
        if kind == "rnn":
            return {"initial": self.vector(size), "state": self.matrix(size, size + reads + 1),
                    "activation": rng.choice(("relu", "heaviside")), "reads": when,
                    "output": self.matrix(width, size)}
        transition = rng.choice(TRANSITIONS)
        if transition == "complex-diagonal":
            size = rng.choice((2, 4))
        return {"initial": self.vector(size), "reads": when, "output": self.matrix(width, size),
                "transition": {"kind": transition, **self._transition(transition, size, reads)},
                "input": self.matrix(size, reads + 1)}

    def _transition(self, kind: str, size: int, reads: int) -> dict[str, Any]:
        if kind == "time-invariant":
            return {"matrix": self.matrix(size, size)}
        if kind == "general":
            return {"rows": [self.matrix(size, reads + 1) for _ in range(size)]}
        if kind == "complex-diagonal":
            return {"gates": [self.matrix(2, reads + 1) for _ in range(size // 2)]}
        if kind == "householder":
            return {"factors": [
                {"scale": self.vector(reads + 1), "direction": self.matrix(size, reads + 1)}
                for _ in range(self.rng.randint(1, size))]}
        return {"gates": self.matrix(size, reads + 1)}

    def positions(self, period: int) -> dict[str, Any]:
        """Positions of any kind; tables leave out some lengths."""
        kind = self.rng.choice(("periodic", "periodic", "bounded", "table"))
        if kind != "table":
            return {"kind": kind}
        return {"kind": kind, "phases": {
            str(n): [self.rng.randrange(period) for _ in range(n)]
            for n in range(9) if self.rng.random() < 0.8}}

    def formulas(self) -> list[dict[str, Any]]:
        """Sometimes a few formulas, such as i/N or 1/(i - 1), which has no value at 1."""
        if self.rng.random() < 0.5:
            return []
        below = ([[1, 0, 1]], [[1, 1, 0], [1, 0, 0]], [[2, 0, 0]], [[1, 0, 2]])
        with_zeros = ([[1, 1, 0], [-1, 0, 0]], [[1, 0, 1], [-4, 0, 0]])
        above = ([[1, 1, 0]], [[1, 0, 0]], [[1, 1, 0], ["-1/2", 0, 1]], [[3, 2, 0]], [])
        return [{"dimension": self.rng.choice(self.residual), "numerator": self.rng.choice(above),
                 "denominator": self.rng.choice(below if self.rng.random() < 0.9 else with_zeros)}
                for _ in range(self.rng.randint(1, 2))]

    def sequence(self) -> dict[str, Any]:
        """A position-wise output."""
        if self.rng.random() < 0.5:
            return {"dimensions": [self.rng.choice(self.residual)], "values": None}
        return {"dimensions": self.residual, "values": [f"<{name}>" for name in self.residual]}
