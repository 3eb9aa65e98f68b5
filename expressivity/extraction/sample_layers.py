"""Random sublayers as plain data, for `samples`."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

Weight = Callable[[], str]
TRANSITIONS = ("time-invariant", "nonnegative-diagonal", "signed-diagonal", "complex-diagonal",
               "householder", "general")


class Sublayers:
    """Random sublayers over a residual stream of a width. `small` keeps summaries small."""

    def __init__(self, rng: random.Random, weight: Weight, width: int, small: bool) -> None:
        self._rng = rng
        self._weight = weight
        self._width = width
        self._small = small

    def matrix(self, rows: int, columns: int) -> list[list[str]]:
        """A random matrix."""
        return [[self._weight() for _ in range(columns)] for _ in range(rows)]

    def attention(self, selections: Sequence[str], masks: Sequence[str],
                  reads: int) -> dict[str, Any]:
        """One or two heads that read `reads` coordinates."""
        return {"kind": "attention", "heads": [
            self._head(selections, masks, reads)
            for _ in range(self._rng.choice((1, 1, 1, 2) if self._small else (1, 2)))]}

    def _head(self, selections: Sequence[str], masks: Sequence[str],
              reads: int) -> dict[str, Any]:
        rng, matrix = self._rng, self.matrix
        rank, size = rng.randint(1, 2), 1 if self._small else rng.randint(1, 2)
        return {"selection": rng.choice(selections), "mask": rng.choice(masks),
                "query": matrix(rank, reads + 1), "key": matrix(rank, reads + 1),
                "value": matrix(size, reads + 1), "output": matrix(self._width, size)}

    def network(self, kind: str, reads: int) -> dict[str, Any]:
        """A network, "ffn" or "gated-ffn"."""
        hidden = self._rng.randint(1, 3)
        made = {"kind": kind, "in": self.matrix(hidden, reads + 1),
                "out": self.matrix(self._width, hidden + 1)}
        return made if kind == "ffn" else made | {"gate": self.matrix(hidden, reads + 1)}

    def recurrence(self, transition: str, reads: int) -> dict[str, Any]:
        """A linear recurrence of a kind of transition, or "relu" or "heaviside" networks."""
        rng, matrix = self._rng, self.matrix
        size = 2 if transition == "complex-diagonal" else rng.randint(1, 2 if self._small else 3)
        common = {"initial": matrix(1, size)[0], "reads": rng.choice(("after", "before")),
                  "output": matrix(self._width, size)}
        if transition in ("relu", "heaviside"):
            return {"kind": "rnn", "state": matrix(size, size + reads + 1),
                    "activation": transition, **common}
        return {"kind": "recurrence", "input": matrix(size, reads + 1),
                "transition": {"kind": transition, **self._transition(transition, size, reads)},
                **common}

    def _transition(self, kind: str, size: int, reads: int) -> dict[str, Any]:
        matrix = self.matrix
        if kind == "time-invariant":
            return {"matrix": matrix(size, size)}
        if kind == "complex-diagonal":
            return {"gates": [matrix(2, reads + 1) for _ in range(size // 2)]}
        if kind == "householder":
            return {"factors": [{"scale": matrix(1, reads + 1)[0],
                                 "direction": matrix(size, reads + 1)}
                                for _ in range(self._rng.randint(1, size))]}
        if kind == "general":
            return {"rows": [matrix(size, reads + 1) for _ in range(size)]}
        return {"gates": matrix(size, reads + 1)}

    def norm(self, kind: str, epsilon: str) -> dict[str, Any]:
        """What a sublayer normalises before it reads."""
        width = self._width
        if kind == "projected-pre":
            rows = [[*row[:-1], "0"] for row in self.matrix(self._rng.randint(1, 3), width + 1)]
        else:
            kept = range(width) if kind == "pre" else sorted(self._rng.sample(
                range(width), self._rng.randint(1, width - 1)))
            rows = [[str(int(d == k)) for d in range(width + 1)] for k in kept]
        return {"matrix": rows, "epsilon": epsilon}

    def norm_sublayers(self, kind: str, epsilon: str) -> list[dict[str, Any]]:
        """Normalisation of the whole stream, or of two blocks of it."""
        names = [f"x{d}" for d in range(self._width)]
        cut = self._width if kind == "post" else self._rng.randint(1, self._width - 1)
        return [{"kind": "norm", "coordinates": block, "epsilon": epsilon}
                for block in (names[:cut], names[cut:]) if block]
