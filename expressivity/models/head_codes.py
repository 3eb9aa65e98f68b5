"""How one unique hard head ranks numbered states, and what it would copy of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from expressivity.models.engine import Array, Engine
from expressivity.models.model import Model
from expressivity.models.numbering import NotInterned, Numbering
from proofs.models.layers import Head

MAX_SCORES = 2**18


class HeadCodes:
    """Arrays over K states.

    `classes[x]` is the class of x as a query: queries of one class rank all keys alike. `values`
    numbers the values. `code[c, x]` is rank * len(values) + number of the value for x as seen by
    class c; rank `top[c]`, above all others, means that the score has no value.
    """

    def __init__(self, model: Model, head: Head, engine: Engine, read: Any) -> None:
        """`read` is what the head reads of the K states, of shape (K, 1, dimensions).

        Raises:
            NotInterned: too many distinct queries, keys or values.
        """
        numberings = [Numbering(len(rows)) for rows in (head.query, head.key, head.value)]
        # A state without query, key or value is noted by the engine; here it has number 0.
        queries, keys, values = (
            numbering.ids(_rows(engine, engine.affine(model.weights(rows), read)))
            for numbering, rows in zip(numberings, (head.query, head.key, head.value),
                                       strict=True))
        if len(numberings[0]) * len(numberings[1]) > MAX_SCORES:
            raise NotInterned(f"{len(numberings[0])} queries and {len(numberings[1])} keys")
        query, key = (engine.lift(numbering.array()[None]) for numbering in numberings[:2])
        ranks, top = _ranks(engine.scores(query, key)[0])
        distinct, classes = np.unique(np.column_stack([ranks, top]), axis=0, return_inverse=True)
        self.values = numberings[2]
        self.classes = classes.reshape(-1)[queries]
        self.top = distinct[:, -1]
        rank = distinct[:, keys]
        self.code = np.where(rank == self.top[:, None], rank * len(self.values),
                             rank * len(self.values) + values)


def _rows(engine: Engine, state: Any) -> Array:
    """The values (K, k), with 0 for what has no value."""
    found = engine.values(state)[:, 0]
    found[np.asarray(found != found, dtype=bool)] = 0
    return found


def _ranks(scores: Array) -> tuple[Array, Array]:
    """Row by row the rank of each score among the row's, and the rank of NaN, above all."""
    missing = np.asarray(scores != scores, dtype=bool)
    ranks = np.empty(scores.shape, dtype=np.int64)
    top = np.empty(len(scores), dtype=np.int64)
    for row, (found, without) in enumerate(zip(scores, missing, strict=True)):
        distinct, places = np.unique(found[~without], return_inverse=True)
        ranks[row] = top[row] = len(distinct)
        ranks[row, ~without] = places
    return ranks, top
