"""What a head has seen so far, for one query, as a finite memory over keys.

As `proofs.models.streaming`, and for average-hard selection also where sums are exact: then the
memory holds the maximal score and the exact sums over its keys, which are finitely many for words
of one length. Exact sums and unique hard selection do not depend on the order in which keys come,
but for ties, so that keys may come from right to left.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from proofs.models.layers import Head, Selection
from proofs.models.linear import State
from proofs.models.numbers import (
    ONE,
    ZERO,
    Contract,
    NotANumber,
    Value,
    exact_add,
    exact_divide,
    exact_multiply,
)
from proofs.models.running_sums import NotStreaming
from proofs.models.streaming import Score, Summary, summary

_REVERSED: dict[Selection, Selection] = {"uhat-left": "uhat-right", "uhat-right": "uhat-left"}


def exact(contract: Contract) -> bool:
    """Are averages computed exactly, and rounded at most once, in the end?"""
    return contract.grid is None or contract.arithmetic == "exact-attention"


def reversible(contract: Contract, head: Head) -> bool:
    """May keys come from right to left?"""
    return head.selection in _REVERSED or (head.selection == "average-hard" and exact(contract))


def memory(contract: Contract, head: Head, backwards: bool, scores: Sequence[Score],
           values: Sequence[State]) -> Summary:
    """The memory of a head that sees all keys that come; `scores[k]`, `values[k]` are of key k.

    With `backwards`, which needs `reversible`, keys come from right to left.

    Raises:
        NotStreaming: softmax with sums that are not rounded one by one, or average-hard selection
            with sums that are rounded once but divided first.
    """
    if head.selection == "average-hard" and exact(contract):
        return _ExactAverage(contract, scores, values)
    if backwards and not reversible(contract, head):
        raise NotStreaming("sums from left to right")
    selection = _REVERSED.get(head.selection, head.selection) if backwards else head.selection
    # A mask that hides nothing of what comes.
    return summary(contract, replace(head, selection=selection, mask="future"), scores, values)


class _ExactAverage:
    """The state is (maximal score, sum of its weights, sums of its products); () before any key.

    None after NaN. It computes what `attention.average` does where sums are exact.
    """

    sums = 1

    def __init__(self, contract: Contract, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        self._contract = contract
        self._scores, self._values = scores, values
        self._one = contract.round(ONE)

    def _short(self, total: Value) -> Value:
        """The sum as it is; without rounding, where it stays what it is, looked at for length."""
        return self._contract.round(total) if self._contract.grid is None else total

    def start(self) -> Hashable:
        return ()

    def step(self, state: Any, key: int) -> Hashable:
        score = self._scores[key]
        if state is None or score is None:
            return None
        if state and score < state[0]:
            unchanged: Hashable = state
            return unchanged
        value = self._values[key]
        whole, sums = state[1:] if state and score == state[0] else (ZERO, (ZERO,) * len(value))
        if whole is None:
            return score, None, ()
        try:
            return score, exact_add(whole, self._one), tuple([
                self._short(exact_add(x, exact_multiply(self._one, v)))
                for x, v in zip(sums, value, strict=True)])
        except NotANumber:
            # Not so before: a greater score may come, and these keys then take no part.
            return score, None, ()

    def read(self, state: Any) -> State | None:
        if state == ():
            return None
        if state is None or state[1] is None:
            raise NotANumber("a score or a sum of an average")
        return tuple(self._contract.round(exact_divide(x, state[1])) for x in state[2])
