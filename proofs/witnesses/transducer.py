"""Letter-to-letter transducers in certificates: the residual stream as a function of the letters.

    TRANSDUCER: {"vectors": [[NUMBER ...] ...],  distinct, each of the d residual dimensions
                 "next": [[state ...] ...], "out": [[vector ...] ...],    by state and letter
                 "end": [vector ...] | null,     by state, if the model has an end marker
                 "begin": vector | null}         if it has a begin marker
    NUMBER: an integer, "p/q", "inf" or "-inf"

State 0 is the start, when the begin marker has been read. At a letter the transducer emits the
number of a vector and goes on; at the end marker it emits one and stops. The letters are those of
the model, in its order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from proofs.checkers.rejection import integer, integers, items, record, reject
from proofs.models.architecture import Model
from proofs.models.linear import State
from proofs.models.numbers import Value
from proofs.models.tensors import rational


@dataclass(frozen=True)
class Transducer:
    """The fields are as in the certificate."""

    vectors: list[State]
    next: list[list[int]]
    out: list[list[int]]
    end: list[int] | None
    begin: int | None


def parse_transducer(value: object, path: str, model: Model) -> Transducer:
    """The transducer that plain data describes, or rejected."""
    fields = record(value, path, ("vectors", "next", "out", "end", "begin"))
    vectors = parse_vectors(fields["vectors"], f"{path}.vectors", len(model.residual))
    rows = items(fields["next"], f"{path}.next")
    states, letters = len(rows), len(model.alphabet)
    if not states:
        reject("no-state", rows, f"{path}.next", "at least one state")
    nexts = [integers(row, f"{path}.next[{q}]", 0, states, letters) for q, row in enumerate(rows)]
    outs = [integers(row, f"{path}.out[{q}]", 0, len(vectors), letters)
            for q, row in enumerate(items(fields["out"], f"{path}.out", states))]
    end = begin = None
    if model.markers in ("eos", "both"):
        end = integers(fields["end"], f"{path}.end", 0, len(vectors), states)
    elif fields["end"] is not None:
        reject("no-end-marker", fields["end"], f"{path}.end", "null: the model has no end marker")
    if model.markers in ("bos", "both"):
        begin = integer(fields["begin"], f"{path}.begin", 0, len(vectors))
    elif fields["begin"] is not None:
        reject("no-begin-marker", fields["begin"], f"{path}.begin",
               "null: the model has no begin marker")
    return Transducer(vectors, nexts, outs, end, begin)


def parse_vectors(value: object, path: str, size: int) -> list[State]:
    """Distinct vectors of this size, or rejected."""
    vectors = [tuple(number(x, f"{path}[{i}][{k}]")
                     for k, x in enumerate(items(vector, f"{path}[{i}]", size)))
               for i, vector in enumerate(items(value, path))]
    if len(set(vectors)) != len(vectors):
        reject("repeated-vector", vectors, path, "distinct vectors")
    return vectors


def number(value: object, path: str) -> Value:
    """A rational or an infinity, or rejected."""
    if value == "inf":
        return math.inf
    return -math.inf if value == "-inf" else rational(value, path)


def embedding(model: Model) -> Transducer:
    """The residual stream before the first sublayer, with periodic positions and no formulas.

    The state is the phase of the next position, the first one renamed to 0.
    """
    vectors: dict[State, int] = {}
    period = model.period

    def emitted(symbol: int, position: int) -> int:
        return vectors.setdefault(model.embedding[symbol][position % period], len(vectors))

    begins, ends = model.markers in ("bos", "both"), model.markers in ("eos", "both")
    begin = emitted(model.begin, 0) if begins else None
    letters = range(len(model.alphabet))
    outs = [[emitted(a, begins + phase) for a in letters] for phase in range(period)]
    end = [emitted(model.end, begins + phase) for phase in range(period)] if ends else None
    return Transducer(list(vectors), [[(phase + 1) % period for _ in letters]
                                      for phase in range(period)], outs, end, begin)
