"""Models written by hand: what a model is beside its sublayers, kept short."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from expressivity.extraction import extract
from expressivity.models.model import Model
from languages.dfa import DFA
from proofs.models.reference import NoReadout, accepts

RATIONAL = {"format": "rational"}
SATURATING = {"format": "fixed", "bits": 6, "fraction": 1, "rounding": "nearest",
              "overflow": "saturate", "arithmetic": "left-to-right",
              "softmax": "max-subtracted"}
FLOATS = {"format": "float", "exponent": 4, "significand": 4, "rounding": "floor",
          "overflow": "infinity", "arithmetic": "exact-sums", "softmax": "plain"}


def plain_model(letters: dict[str, list[Any]], layers: list[dict[str, Any]], weights: list[Any],
                bias: Any = 0, contract: dict[str, Any] | None = None,
                **fields: Any) -> dict[str, Any]:
    """A model read at the last letter; `letters` are the embeddings, those of markers are 0."""
    width = len(weights)
    embedding = [[row] for row in letters.values()] + [[[0] * width]] * 2
    return {"format": "expressivity model", "version": 1, "alphabet": list(letters),
            "markers": "none", "readout": "last", "contract": contract or RATIONAL,
            "residual": [f"x{d}" for d in range(width)], "period": 1, "embedding": embedding,
            "layers": layers, "output": {"weights": weights, "bias": bias}, **fields}


def recurrence(transition: dict[str, Any], initial: list[Any], source: list[list[Any]],
               output: list[list[Any]], reads: str = "after", **more: Any) -> dict[str, Any]:
    return {"kind": "recurrence", "initial": initial, "transition": transition, "input": source,
            "reads": reads, "output": output, **more}


def words(letters: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    for n in range(length + 1):
        yield from itertools.product(letters, repeat=n)


def extracted(plain: dict[str, Any], meaning: Callable[[str], bool] | None = None,
              length: int = 7) -> DFA:
    """The automaton, after it was compared with the reference evaluator and with the meaning."""
    model = Model.from_plain(plain)
    found = extract(model)
    assert found.dfa is not None, found.reason
    for word in words(model.alphabet, length):
        answered = True
        try:
            expected = accepts(model.definition, model.indices(word))
        except NoReadout:
            expected, answered = False, False
        assert found.dfa.accepts(word) == expected, word
        if meaning is not None and answered:
            assert meaning("".join(word)) == expected, word
    return found.dfa
