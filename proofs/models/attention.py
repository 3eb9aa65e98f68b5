"""What one head does at one position, as plain loops. This file is the definition.

Unique hard selection copies the value of the first or last visible position of maximal score;
average-hard and softmax selection average values with weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from proofs.models.layers import Head, Mask, window_size
from proofs.models.linear import State
from proofs.models.numbers import (
    ONE,
    ZERO,
    Contract,
    Value,
    exact_divide,
    exact_multiply,
    exact_sum,
)


def visible(mask: Mask, i: int, j: int) -> bool:
    """Does a head with this mask at position i see position j?"""
    size = window_size(mask)
    if size is not None:
        return i - size < j <= i
    if mask == "none":
        return True
    if mask == "future":
        return j <= i
    if mask == "strict-future":
        return j < i
    if mask == "past":
        return j >= i
    return j > i


def weights(contract: Contract, head: Head, scores: Sequence[Value]) -> list[Value | None]:
    """The weights, before division, of visible positions with these scores (at least one).

    Hard heads: 1 for what they select, None for positions that take no part. Average-hard
    selection takes all maximal scores, unique hard selection the first or the last.
    Softmax: the exponential of the score, or of the rounded difference to the maximal score; with
    "uniform-if-zero", 1 everywhere when the sum of the exponentials is 0.
    """
    best = max(scores)
    one = contract.round(ONE)
    if head.selection == "average-hard":
        return [one if score == best else None for score in scores]
    if head.selection != "softmax":
        maximal = [j for j, score in enumerate(scores) if score == best]
        chosen = maximal[0] if head.selection == "uhat-left" else maximal[-1]
        return [ONE if j == chosen else None for j in range(len(scores))]
    if contract.softmax == "max-subtracted":
        exponentials = [contract.exp(contract.add(score, -best)) for score in scores]
    else:
        exponentials = [contract.exp(score) for score in scores]
        if contract.softmax == "uniform-if-zero" and not any(exponentials):
            exponentials = [one] * len(scores)
    return list(exponentials)


def average(contract: Contract, weighted: Sequence[Value], values: Sequence[State]) -> State:
    """The average of `values` (of one size), as `Contract` says; at least one value."""
    if contract.grid is None or contract.arithmetic == "exact-attention":
        whole = exact_sum(weighted)
        return tuple(
            contract.round(exact_divide(
                exact_sum(exact_multiply(e, v) for e, v in zip(weighted, column, strict=True)),
                whole))
            for column in zip(*values, strict=True))
    whole = _rounded_sum(contract, weighted)
    if contract.division == "weights":
        shares = [contract.divide(e, whole) for e in weighted]
        return tuple(_rounded_sum(contract, [contract.multiply(w, v)
                                             for w, v in zip(shares, column, strict=True)])
                     for column in zip(*values, strict=True))
    return tuple(
        contract.divide(_rounded_sum(contract, [contract.multiply(e, v)
                                                for e, v in zip(weighted, column, strict=True)]),
                        whole)
        for column in zip(*values, strict=True))


def _rounded_sum(contract: Contract, terms: Sequence[Value]) -> Value:
    """A sum over positions under "left-to-right" or "exact-sums"."""
    if contract.arithmetic == "exact-sums":
        return contract.round(exact_sum(terms))
    total: Value = ZERO
    for term in terms:
        total = contract.add(total, term)
    return total


def attend(contract: Contract, head: Head, scores: Sequence[Value],
           values: Sequence[State]) -> tuple[list[Value | None], State]:
    """Weights and result of a head that sees these scores and values (at least one)."""
    weighted = weights(contract, head, scores)
    taking_part = [(e, v) for e, v in zip(weighted, values, strict=True) if e is not None]
    if head.selection in ("uhat-left", "uhat-right"):
        return weighted, taking_part[0][1]
    return weighted, average(contract, [e for e, _ in taking_part], [v for _, v in taking_part])
