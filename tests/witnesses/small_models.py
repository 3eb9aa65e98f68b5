"""Small models with known languages, one for each kind of evidence that certificates carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Plain = dict[str, Any]

RATIONAL: Plain = {"format": "rational"}
FIXED: Plain = {"format": "fixed", "bits": 5, "fraction": 1, "rounding": "nearest",
                "overflow": "infinity", "arithmetic": "left-to-right",
                "softmax": "max-subtracted", "division": "weights"}
SATURATING: Plain = FIXED | {"overflow": "saturate", "softmax": "uniform-if-zero",
                             "division": "quotient"}


@dataclass(frozen=True)
class Small:
    """A model and the definition of its language; words are strings."""

    model: Plain
    contains: Callable[[str], bool]


def _model(layers: list[Plain], output: list[int | str], bias: int | str, *,
           contract: Plain | None = None, markers: str = "eos", readout: str = "eos",
           embedding: list[list[list[int]]] | None = None) -> Plain:
    """Two dimensions; without an embedding, b is (1, 0) and everything else (0, 0)."""
    embedding = embedding or [[[0, 0]], [[1, 0]], [[0, 0]], [[0, 0]]]
    return {"format": "expressivity model", "version": 1, "alphabet": ["a", "b"],
            "markers": markers, "readout": readout, "contract": contract or RATIONAL,
            "residual": ["letter", "found"], "period": len(embedding[0]),
            "embedding": embedding, "layers": layers, "output": {"weights": output, "bias": bias}}


def _head(selection: str, mask: str, key: list[int]) -> Plain:
    """Scores are the affine map `key`; the value is the letter, written to `found`."""
    return {"selection": selection, "mask": mask, "query": [[0, 0, 1]], "key": [key],
            "value": [[1, 0, 0]], "output": [[0], [1]]}


def _attention(*heads: Plain) -> Plain:
    return {"kind": "attention", "heads": list(heads)}


CONTAINS_B = Small(
    _model([_attention(_head("uhat-right", "strict-future", [1, 0, 0]))], [0, 1], "-1/2"),
    lambda word: "b" in word)

ENDS_WITH_B_THEN_EVEN = Small(
    # Read at the last letter, after a begin marker; rows alternate, so that positions count.
    _model([_attention(_head("uhat-right", "future", [0, 0, 1])),
            {"kind": "ffn", "in": [[0, 1, 0]], "out": [[0, 0], [0, 0]]}], [0, 1], "-3/2",
           markers="both", readout="last",
           embedding=[[[0, 0], [0, 0]], [[1, 0], [1, 1]], [[0, 0]] * 2, [[0, 0]] * 2]),
    # The begin marker is at position 0.
    lambda word: word.endswith("b") and len(word) % 2 == 1)

SOFT = Small(
    # Where there is a b, every a has the weight exp(-7), which is 0 here.
    _model([_attention(_head("softmax", "strict-future", [7, 0, 0]))], [0, 1], "-1/2",
           contract=SATURATING), lambda word: "b" in word)

SECOND_TO_LAST = Small(
    _model([_attention(_head("average-hard", "window:2", [-1, 0, 0]))], [0, 1], "-1/2",
           markers="none", readout="last"), lambda word: word == "b" or word.endswith("bb"))

PARITY = Small(
    # h -> -h at b, h stays at a: the sign of (-1)^(number of b).
    _model([{"kind": "recurrence", "initial": [1],
             "transition": {"kind": "signed-diagonal", "gates": [[-2, 0, 1]]},
             "input": [[0, 0, 0]], "reads": "after", "output": [[0], [1]]}], [0, 1], 0,
           contract=SATURATING), lambda word: word.count("b") % 2 == 0)

INFINITE = Small(
    # At b the network overflows in the second dimension, which nothing reads but the output.
    _model([{"kind": "ffn", "in": [[7, 0, 0]], "out": [[0, 0], [7, 0]]}], [1, 0], 1,
           contract=FIXED), lambda word: True)

SMALL: dict[str, Small] = {
    "contains-b": CONTAINS_B, "ends-with-b-at-an-odd-place": ENDS_WITH_B_THEN_EVEN, "soft": SOFT,
    "window": SECOND_TO_LAST, "parity": PARITY, "infinite": INFINITE}
