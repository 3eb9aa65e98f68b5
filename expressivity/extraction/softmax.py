"""Softmax attention with sums rounded from left to right.

As written, a key's weight is the exponential of its score, and the summary is that of a
weighted average. With the maximum subtracted, a weight depends on a maximum that later keys may
raise. But the scores against one query value are finitely many, so the maximum to come is one of
them: the sums are kept for every candidate that is not below the maximum so far, as if it were the
one. What is read are the sums for the maximum that has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from expressivity.extraction.averages import Averages, Store
from expressivity.extraction.numbers import Score, Vector

Candidates: TypeAlias = tuple[int, tuple[int, ...]] | None
"""The number of the maximum so far, -1 if there is none; the sums for each candidate from there
on. None after a score that is NaN."""

Pair: TypeAlias = tuple[bool, int, int]
"""Has a key been seen; the sums with exponentials as weights; the sums with weights 1."""


class MaxSubtracted:
    """Softmax with weights exp(score - maximum). Candidates are numbered in increasing order."""

    def __init__(self, store: Store, scores: Sequence[Score], values: Sequence[Vector],
                 nothing: Vector) -> None:
        codes, numbers = store.codes, store.codes.numbers
        candidates = sorted({s for s in scores if s is not None})
        self._rank = [None if s is None else candidates.index(s) for s in scores]
        self._nothing = nothing
        # Per candidate the averages over keys whose score is not above it, by their own numbers.
        self._averages: list[Averages] = []
        self._term: list[dict[int, int]] = []
        for top in candidates:
            below = [k for k, s in enumerate(scores) if s is not None and s <= top]
            weights = [codes(numbers.exp(numbers.subtract(scores[k], top))) for k in below]
            shared, terms = store.averages(weights, [values[k] for k in below])
            self._averages.append(shared)
            self._term.append(dict(zip(below, terms, strict=True)))

    def start(self) -> Candidates:
        """No key has been seen: every score may be the maximum."""
        return -1, (0,) * len(self._averages)

    def step(self, state: Candidates, key: int) -> Candidates:
        """One more key: what is below its score can no longer be the maximum.

        So the least candidate left is the maximum so far: it is the score of a key that has been
        seen, and no key had a greater one.
        """
        rank = self._rank[key]
        if rank is None or state is None:
            return None
        before, sums = state
        top = max(before, rank)
        kept = sums[top - max(before, 0):]
        return top, tuple(
            self._averages[c].step(one, self._term[c][key]) for c, one in enumerate(kept, top))

    def read(self, state: Candidates) -> Vector | None:
        """The average for the maximum that has come."""
        if state is None:
            return None
        top, sums = state
        return self._nothing if top < 0 else self._averages[top].read(sums[0])


class Plain:
    """Softmax with weights exp(score); where all weights are 0 a plain average, or NaN."""

    def __init__(self, store: Store, scores: Sequence[Score], values: Sequence[Vector],
                 nothing: Vector) -> None:
        codes, numbers = store.codes, store.codes.numbers
        weights = [codes(numbers.exp(s)) for s in scores]
        self._averages, self._term = store.averages(weights, values)
        ones = [codes(numbers.one)] * len(values)
        self._uniform, self._uniform_term = store.averages(ones, values)
        self._if_zero = numbers.contract.softmax == "uniform-if-zero"
        self._nothing = nothing

    def start(self) -> Pair:
        """No key has been seen."""
        return False, 0, 0

    def step(self, state: Pair, key: int) -> Pair:
        """One more key. The sums with weights 1 matter only while all exponentials are 0."""
        _, sums, uniform = state
        sums = self._averages.step(sums, self._term[key])
        matter = self._if_zero and self._averages.vanishes(sums)
        return True, sums, self._uniform.step(uniform, self._uniform_term[key]) if matter else 0

    def read(self, state: Pair) -> Vector | None:
        """The average."""
        seen, sums, uniform = state
        if not seen:
            return self._nothing
        if self._if_zero and self._averages.vanishes(sums):
            return self._uniform.read(uniform)
        return self._averages.read(sums)
