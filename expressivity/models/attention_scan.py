"""Unique hard attention on numbered states.

For a head, states fall into classes of queries that rank all keys alike. A summary of some
positions holds, for every class of every head, the rank and the value of the position that would
be selected. Summaries are numbered as well: a step is a table of pairs, whatever the number of
queries. Heads that read positions in the same order share their summaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from expressivity.models.dense import engine_for, reads
from expressivity.models.engine import Array, Bools
from expressivity.models.head_codes import HeadCodes
from expressivity.models.model import Model
from expressivity.models.numbering import Ids, NotInterned, Numbering, Pairs
from proofs.models.layers import Attention, Head, Mask, window_size

MAX_SUMMARIES = 4096
ORDERS = {"future": "forward", "strict-future": "forward", "past": "backward",
          "strict-past": "backward", "none": "all"}


class AttentionScan:
    """Maps the stream before the sublayer to the stream after it, both numbered.

    Raises:
        NotInterned: some head averages.
    """

    def __init__(self, model: Model, layer: Attention, source: Numbering,
                 target: Numbering) -> None:
        if any(head.selection not in ("uhat-left", "uhat-right") for head in layer.heads):
            raise NotInterned("averages are computed densely")
        self._model = model
        self._layer = layer
        self._source = source
        self._target = target
        self._built = 0

    def __call__(self, ids: Ids) -> tuple[Ids, Bools]:
        """For numbers of shape (positions, words): those after the sublayer; undefined words."""
        if self._built < len(self._source):
            self._build()
        joint, *others = (group.path(ids) for group in self._groups)
        for pairs, path in zip(self._joins, others, strict=True):
            joint = pairs(joint, path)
        return self._finish(joint, ids), np.zeros(ids.shape[1], dtype=bool)

    def _build(self) -> None:
        """Tables for all states so far; more states may rank differently."""
        rows = self._source.array()[:, None]
        engine = engine_for(self._model, len(rows), 1)
        read = reads(engine, self._model, self._layer, engine.lift(rows))
        codes = [HeadCodes(self._model, head, engine, read) for head in self._layer.heads]
        self._nowhere = engine.undefined()
        orders = [ORDERS.get(head.mask, head.mask) for head in self._layer.heads]
        self._groups = [_Group(order, [(h, head, codes[h]) for h, head
                                       in enumerate(self._layer.heads) if orders[h] == order])
                        for order in dict.fromkeys(orders)]
        self._joined: list[list[tuple[int, int]]] = [[] for _ in self._groups[1:]]
        self._joins = [Pairs(partial(_enumerated, known)) for known in self._joined]
        self._finish = Pairs(self._finishes)
        self._codes = codes
        self._built = len(rows)

    def _finishes(self, joint: Ids, now: Ids) -> Ids:
        summaries = []
        for known in reversed(self._joined):
            joint, last = np.array([known[k] for k in joint]).T
            summaries.append(last)
        engine = engine_for(self._model, len(now), 1)
        undefined = self._nowhere[now]
        outputs: dict[int, Array] = {}
        for group, summary in zip(self._groups, [joint, *reversed(summaries)], strict=True):
            for h, value, missing in group.selected(summary, now):
                undefined = undefined | missing
                outputs[h] = self._codes[h].values.array()[value][:, None]
        change = None
        for h, head in enumerate(self._layer.heads):
            made = engine.linear(self._model.weights(head.output), engine.lift(outputs[h]))
            change = made if change is None else engine.checked(engine.add(change, made))
        stream = engine.lift(self._source.array()[now][:, None])
        made = engine.checked(engine.add(stream, change))
        return self._target.ids(engine.values(made)[:, 0], undefined | engine.undefined())


class _Group:
    """The heads of a sublayer that read positions in one order, and their common summaries.

    Component m of a summary belongs to one class of one head: a code rank * V + value, with V the
    number of values of the head, or -1 for no position.
    """

    def __init__(self, order: Mask, heads: Sequence[tuple[int, Head, HeadCodes]]) -> None:
        self._order = order
        self._heads = heads
        sizes = [codes.code.shape[0] for _, _, codes in heads]
        self._first = np.cumsum([0, *sizes])

        def spread(per_head: Sequence[int | bool]) -> Array:
            return np.repeat(np.array(per_head), sizes)

        self._code = np.concatenate([codes.code for _, _, codes in heads]).T
        self._base = spread([len(codes.values) for _, _, codes in heads])
        self._late = spread([(head.selection == "uhat-right") != (order == "backward")
                             for _, head, _ in heads])
        self._inclusive = spread([head.mask in ("future", "past") for _, head, _ in heads])
        self._summaries = np.full((1, len(self._base)), -1, dtype=np.int64)
        self._numbers = {self._summaries[0].tobytes(): 0}
        self._step = Pairs(lambda summary, now: self._number(self._stepped(summary, now)))

    def path(self, ids: Ids) -> Ids:
        """For every position the summary of the positions that heads see, but for itself.

        A window includes the position itself.
        """
        length, words = ids.shape
        window = window_size(self._order)
        if window is not None:
            found = np.zeros_like(ids)
            for back in range(min(window, length) - 1, -1, -1):
                found[back:] = self._step(found[back:], ids[:length - back])
            return found
        path = [np.zeros(words, dtype=np.int64)]
        for now in ids[::-1] if self._order == "backward" else ids:
            path.append(self._step(path[-1], now))
        if self._order == "all":
            return np.broadcast_to(path[-1], ids.shape)
        return np.array(path[:-1][::-1] if self._order == "backward" else path[:-1])

    def selected(self, summary: Ids, now: Ids) -> list[tuple[int, Ids, Bools]]:
        """For each head its index, the numbers of the values, and where scores have no value."""
        old = self._summaries[summary]
        codes = np.where(self._inclusive, self._stepped(summary, now), old)
        made = []
        for first, (h, _, head) in zip(self._first[:-1], self._heads, strict=True):
            classes = head.classes[now]
            code = np.take_along_axis(codes, (first + classes)[:, None], axis=1)[:, 0]
            rank, value = np.divmod(code, len(head.values))
            made.append((h, np.where(code < 0, 0, value), rank == head.top[classes]))
        return made

    def _stepped(self, summary: Ids, now: Ids) -> Array:
        old, new = self._summaries[summary], self._code[now]
        old_rank, new_rank = old // self._base, new // self._base
        return np.where((new_rank > old_rank) | (self._late & (new_rank == old_rank)), new, old)

    def _number(self, rows: Array) -> Ids:
        found = np.zeros(len(rows), dtype=np.int64)
        fresh = []
        for k, row in enumerate(rows):
            key = row.tobytes()
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._numbers)
                fresh.append(row)
            found[k] = number
        if len(self._numbers) > MAX_SUMMARIES:
            raise NotInterned(f"more than {MAX_SUMMARIES} summaries")
        if fresh:
            self._summaries = np.concatenate([self._summaries, np.array(fresh)])
        return found


def _enumerated(known: list[tuple[int, int]], left: Ids, right: Ids) -> Ids:
    """New numbers for pairs that are asked for once."""
    first = len(known)
    known.extend(zip(left.tolist(), right.tolist(), strict=True))
    if len(known) > MAX_SUMMARIES:
        raise NotInterned(f"more than {MAX_SUMMARIES} pairs of summaries")
    return np.arange(first, len(known))
