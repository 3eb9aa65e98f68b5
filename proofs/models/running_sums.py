"""Running sums of weighted averages, rounded after every addition: states of a finite memory.

They are those of `attention.average` with arithmetic "left-to-right"; see `streaming`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, TypeAlias

from proofs.models.linear import State
from proofs.models.numbers import ZERO, Contract, NotANumber, Value

MAX_DENOMINATORS: Final = 4_000
NAN: Final = -1

Term: TypeAlias = tuple[Value, State] | None
"""A weight and a value; None if the weight is NaN."""


class NotStreaming(ValueError):
    """The head has no finite summary here; says why."""


class Sums:
    """Running sums over terms, which are numbered; states are numbers, 0 before any term.

    A state stands for (sum of weights, numerators of each candidate): one candidate for division
    "quotient", for division "weights" those that are not below the sum, in increasing order.
    """

    def __init__(self, contract: Contract, terms: Sequence[Term]) -> None:
        self._contract = contract
        self._terms = terms
        self._by_weight = contract.division == "weights"
        candidates: list[Value] = [ZERO]
        if self._by_weight:
            candidates = _sums_of({term[0] for term in terms if term is not None}, contract)
        self._rank = {d: k for k, d in enumerate(candidates)}
        self._candidates = candidates
        # By term and candidate what the term adds to the numerators; None for NaN.
        self._shares: dict[tuple[int, int], State | None] = {}
        size = next((len(term[1]) for term in terms if term is not None), 0)
        start = ZERO, ((ZERO,) * size,) * len(candidates)
        self._states: list[tuple[Value, tuple[State | None, ...]]] = [start]
        self._number: dict[Hashable, int] = {start: 0}
        self._next: dict[tuple[int, int], int] = {}

    def _share(self, term: int, candidate: int) -> State | None:
        key = term, candidate
        if key not in self._shares:
            self._shares[key] = self._added(self._terms[term], self._candidates[candidate])
        return self._shares[key]

    def _added(self, term: Term, denominator: Value) -> State | None:
        if term is None:
            return None
        weight, value = term
        try:
            if self._by_weight:
                weight = self._contract.divide(weight, denominator)
            return tuple(self._contract.multiply(weight, x) for x in value)
        except NotANumber:
            return None

    def step(self, state: int, term: int) -> int:
        """The state after one more term; `NAN` if its weight is NaN."""
        if state == NAN:
            return NAN
        known = self._next.get((state, term))
        if known is None:
            known = self._next[state, term] = self._step(state, term)
        return known

    def _step(self, state: int, term: int) -> int:
        given = self._terms[term]
        if given is None:
            return NAN
        before, numerators = self._states[state]
        total = self._contract.add(before, given[0])
        first = 0
        if self._by_weight:
            # The candidates that stay are those from `total` on.
            first = self._rank[total]
            numerators = numerators[first - self._rank[before]:]
        after = total, tuple(self._plus(x, self._share(term, first + k))
                             for k, x in enumerate(numerators))
        number = self._number.setdefault(after, len(self._states))
        if number == len(self._states):
            self._states.append(after)
        return number

    def _plus(self, left: State | None, right: State | None) -> State | None:
        if left is None or right is None:
            return None
        try:
            return tuple(self._contract.add(x, y) for x, y in zip(left, right, strict=True))
        except NotANumber:
            return None

    def read(self, state: int) -> State:
        """The average over the terms (at least one); raises NotANumber."""
        if state == NAN:
            raise NotANumber("a weight")
        total, candidates = self._states[state]
        numerators = candidates[0]
        if numerators is None:
            raise NotANumber("a term or a sum of an average")
        if self._by_weight:
            return numerators
        return tuple(self._contract.divide(x, total) for x in numerators)


def _sums_of(found: set[Value], contract: Contract) -> list[Value]:
    """All sums of weights, rounded after each addition, in increasing order."""
    sums: set[Value] = {ZERO}
    waiting: list[Value] = [ZERO]
    while waiting:
        before = waiting.pop()
        new = {contract.add(before, weight) for weight in found} - sums
        sums |= new
        waiting += new
        if len(sums) > MAX_DENOMINATORS:
            raise NotStreaming(f"averages with more than {MAX_DENOMINATORS} denominators")
    return sorted(sums)
