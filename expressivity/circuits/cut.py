"""Sublayers cut down to some dimensions of the residual stream, as functions of few values.

A weight of 0 makes no difference to sums of finite numbers, rounded or not: adding 0 rounds to the
number that is there. Where infinities or undefined values are possible it does make one, and
nothing is cut (`everything_counts`). All functions are those of the reference evaluator, computed
once for each argument, and raise NotANumber as it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, ParamSpec, TypeAlias, TypeVar, cast

from proofs.models.architecture import Model
from proofs.models.layers import (
    Attention,
    FeedForward,
    GatedFeedForward,
    Head,
    Matrix,
    Norm,
    Normalisation,
    Vector,
)
from proofs.models.linear import State, add_states, affine, dot, feed_forward, linear, reads
from proofs.models.numbers import Contract, Value

Dimensions: TypeAlias = tuple[int, ...]
P = ParamSpec("P")
R = TypeVar("R")

REMEMBERED: Final = 100_000


def everything_counts(model: Model) -> bool:
    """Can a quantity that nothing depends on be without a value, or infinite?"""
    if model.contract.grid is not None and model.contract.overflow == "infinity":
        return True
    return any(isinstance(layer, Normalisation) or layer.norm is not None
               or (isinstance(layer, Attention)
                   and any(head.selection == "softmax" for head in layer.heads))
               for layer in model.layers)


def read_by(rows: Iterable[Vector]) -> set[int]:
    """The columns, but for the bias, that some row reads."""
    return {d for row in rows for d, weight in enumerate(row[:-1]) if weight}


def columns(rows: Iterable[Vector], kept: Sequence[int]) -> Matrix:
    """The rows with these columns and the bias only."""
    return tuple((*(row[d] for d in kept), row[-1]) for row in rows)


class CutNetwork:
    """A network as it changes `dimensions`; `change` maps the values of `needed` to theirs."""

    def __init__(self, contract: Contract, layer: FeedForward | GatedFeedForward,
                 dimensions: Dimensions, whole: bool) -> None:
        self.needed = dimensions
        if whole:
            def change(state: State) -> State:
                read = reads(contract, layer.norm, state)
                return add_states(contract, state, feed_forward(contract, layer, read))
        else:
            hidden = sorted(read_by(layer.outer[d] for d in dimensions))
            rows = [layer.inner[h] for h in hidden]
            gates = [layer.gate[h] for h in hidden] if isinstance(layer, GatedFeedForward) else []
            read = sorted(read_by([*rows, *gates]))
            self.needed = tuple(sorted({*dimensions, *read}))
            outer = columns([layer.outer[d] for d in dimensions], hidden)
            inner = columns(rows, read)
            network = (GatedFeedForward(columns(gates, read), inner, outer)
                       if isinstance(layer, GatedFeedForward) else FeedForward(inner, outer))
            added = remembered(lambda state: feed_forward(contract, network, state))
            to_read, to_keep = (_places(self.needed, wanted) for wanted in (read, dimensions))

            def change(state: State) -> State:
                return add_states(contract, _at(state, to_keep), added(_at(state, to_read)))

        self.change = remembered(change)


class CutHead:
    """A head as far as it changes `dimensions`.

    `query` is a function of the values of `own`, `key_value` of those of `seen`; `score` of a query
    and a key, and `image`, what is added to the dimensions, of a (selected or averaged) value.
    """

    def __init__(self, contract: Contract, head: Head, norm: Norm | None, dimensions: Dimensions,
                 whole: bool) -> None:
        self.contract = contract
        self.head = head
        coordinates = [c for c in range(len(head.value))
                       if whole or any(head.output[d][c] for d in dimensions)]
        value: Matrix = tuple(head.value[c] for c in coordinates)
        output = tuple(tuple(head.output[d][c] for c in coordinates) for d in dimensions)
        self.own = dimensions if whole else tuple(sorted(read_by(head.query)))
        self.seen = dimensions if whole else tuple(sorted(read_by([*head.key, *value])))
        rows, keys = head.query, head.key
        if not whole:
            rows = columns(rows, self.own)
            keys, value = columns(keys, self.seen), columns(value, self.seen)

        def key_value(state: State) -> tuple[State, State]:
            read = reads(contract, norm, state)
            return affine(contract, keys, read), affine(contract, value, read)

        self.matters = bool(coordinates)
        self.query = remembered(lambda state: affine(contract, rows, reads(contract, norm, state)))
        self.key_value = remembered(key_value)
        self.score = remembered(lambda query, key: _score(contract, query, key))
        self.image = remembered(lambda value: linear(contract, output, value))


class CutAttention:
    """The heads that matter to `dimensions`; `needed` is what a position must know of itself."""

    def __init__(self, contract: Contract, layer: Attention, dimensions: Dimensions,
                 whole: bool) -> None:
        made = [CutHead(contract, head, layer.norm, dimensions, whole) for head in layer.heads]
        self.heads = [head for head in made if whole or head.matters]
        self.needed = dimensions if whole else tuple(
            sorted({*dimensions, *(d for head in self.heads for d in head.own)}))
        own = [_places(self.needed, head.own) for head in self.heads]
        kept = _places(self.needed, dimensions)
        self.queries = remembered(lambda state: tuple(
            head.query(_at(state, places))
            for head, places in zip(self.heads, own, strict=True)))
        self.kept = remembered(lambda state: _at(state, kept))
        self.add = remembered(lambda left, right: _sum(contract, left, right))


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """The function, computed once for each argument (unless it raises)."""
    return cast(Callable[P, R], lru_cache(maxsize=REMEMBERED)(function))


def _score(contract: Contract, query: State, key: State) -> Value:
    return dot(contract, query, key)


def _sum(contract: Contract, left: State, right: State) -> State:
    return add_states(contract, left, right)


def _places(named: Dimensions, wanted: Sequence[int]) -> list[int]:
    place = {d: k for k, d in enumerate(named)}
    return [place[d] for d in wanted]


def _at(state: State, places: Sequence[int]) -> State:
    return tuple(state[k] for k in places)
