"""Random models that have every kind of sublayer, transition, mask and position between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from proofs.models.layer_format import MAX_WINDOW

TRANSITIONS = ("time-invariant", "nonnegative-diagonal", "signed-diagonal", "complex-diagonal",
               "householder", "general")
KINDS = ("attention", "ffn", "gated-ffn", "norm", "rnn", *TRANSITIONS)
MASKS = ("none", "future", "strict-future", "past", "strict-past", "window:1", "window:2")
FP64: dict[str, Any] = {
    "format": "float", "exponent": 11, "significand": 53, "rounding": "nearest",
    "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "max-subtracted",
    "division": "weights"}
RATIONAL: dict[str, Any] = {"format": "rational"}
WIDTH = 4


def models(kind: str, count: int, contract: dict[str, Any] = FP64, *, norm: bool = False,
           selections: tuple[str, ...] = ("uhat-left", "uhat-right", "average-hard", "softmax"),
           ) -> Iterator[dict[str, Any]]:
    """Plain models with two sublayers of this kind, or of this transition; dyadic weights."""
    assert MAX_WINDOW >= 2
    for seed in range(count):
        rng = random.Random(f"{kind} {seed}")
        made = _Maker(rng, selections, norm)
        markers = rng.choice(("none", "bos", "eos", "both"))
        positions = rng.choice(("periodic", "bounded", "table", "formulas"))
        period = 9 if positions == "bounded" else rng.choice((1, 2, 3))
        model: dict[str, Any] = {
            "format": "expressivity model", "version": 1, "alphabet": ["a", "b"],
            "markers": markers,
            "readout": rng.choice(("last", "eos", "first") if markers in ("eos", "both")
                                  else ("last", "first")),
            "contract": contract, "residual": [f"x{i}" for i in range(WIDTH)], "period": period,
            "embedding": [made.matrix(period, WIDTH) for _ in range(4)],
            "layers": [made.layer(kind) for _ in range(2)],
            "output": {"weights": made.vector(WIDTH), "bias": made.weight()}}
        if positions == "bounded":
            model["positions"] = {"kind": "bounded"}
        if positions == "table":
            model["positions"] = {"kind": "table", "phases": {
                str(n): [rng.randrange(period) for _ in range(n)] for n in range(1, 10)}}
        if positions == "formulas":
            model["formulas"] = [{"dimension": "x1", "numerator": [[1, 1, 0], ["1/2", 0, 0]],
                                  "denominator": [[4, 0, 0]]}]
        yield model


class _Maker:
    def __init__(self, rng: random.Random, selections: tuple[str, ...], norm: bool) -> None:
        self.rng = rng
        self.selections = selections
        self.norm = norm

    def weight(self) -> int | str:
        return self.rng.choice((-1, "-3/4", "-1/2", "-1/4", 0, 0, "1/4", "1/2", "3/4", 1))

    def vector(self, length: int) -> list[int | str]:
        return [self.weight() for _ in range(length)]

    def matrix(self, rows: int, columns: int) -> list[list[int | str]]:
        return [self.vector(columns) for _ in range(rows)]

    def layer(self, kind: str) -> dict[str, Any]:
        """One sublayer; with a norm of its own if asked for."""
        if kind == "norm":
            return {"kind": "norm", "coordinates": ["x0", "x2", "x3"], "epsilon": "1/8"}
        reads = 3 if self.norm else WIDTH
        made = self._layer(kind, reads)
        if self.norm:
            made["norm"] = {"matrix": self.matrix(reads, WIDTH + 1), "epsilon": "1/16"}
        return made

    def _layer(self, kind: str, reads: int) -> dict[str, Any]:
        rng, matrix = self.rng, self.matrix
        if kind == "attention":
            return {"kind": kind, "heads": [
                {"selection": rng.choice(self.selections), "mask": rng.choice(MASKS),
                 "query": matrix(2, reads + 1), "key": matrix(2, reads + 1),
                 "value": matrix(3, reads + 1), "output": matrix(WIDTH, 3)} for _ in range(2)]}
        if kind == "ffn":
            return {"kind": kind, "in": matrix(3, reads + 1), "out": matrix(WIDTH, 4)}
        if kind == "gated-ffn":
            return {"kind": kind, "gate": matrix(3, reads + 1), "in": matrix(3, reads + 1),
                    "out": matrix(WIDTH, 4)}
        state = {"initial": self.vector(2), "reads": rng.choice(("after", "before")),
                 "output": matrix(WIDTH, 2)}
        if kind == "rnn":
            return {"kind": kind, "activation": rng.choice(("relu", "heaviside")),
                    "state": matrix(2, 2 + reads + 1), **state}
        return {"kind": "recurrence", "transition": self._transition(kind, reads),
                "input": matrix(2, reads + 1), **state}

    def _transition(self, kind: str, reads: int) -> dict[str, Any]:
        matrix = self.matrix
        if kind == "time-invariant":
            return {"kind": kind, "matrix": matrix(2, 2)}
        if kind == "complex-diagonal":
            return {"kind": kind, "gates": [matrix(2, reads + 1)]}
        if kind == "householder":
            return {"kind": kind, "factors": [
                {"scale": self.vector(reads + 1), "direction": matrix(2, reads + 1)}
                for _ in range(2)]}
        if kind == "general":
            return {"kind": kind, "rows": [matrix(2, reads + 1) for _ in range(2)]}
        return {"kind": kind, "gates": matrix(2, reads + 1)}
