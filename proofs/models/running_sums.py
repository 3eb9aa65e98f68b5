"""Running sums of weighted averages, rounded after every addition: states of a finite memory.

They are those of `attention.average` with arithmetic "left-to-right"; see `streaming`.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    "quotient", for division "weights" those that are not below the sum, in increasing order. Sums
    are written as codes: vectors by number, 0 for NaN, so that each addition is done once.
    """

    def __init__(self, contract: Contract, terms: Sequence[Term]) -> None:
        self._contract = contract
        self._terms = terms
        self._by_weight = contract.division == "weights"
        self._vectors: list[State | None] = [None]
        self._codes: dict[State | None, int] = {None: 0}
        self._added: dict[tuple[int, int], int] = {}
        self._weights = [0 if term is None else self._code((term[0],)) for term in terms]
        candidates: list[Value] = [ZERO]
        if self._by_weight:
            candidates = _sums_of({term[0] for term in terms if term is not None}, contract)
        self._candidates = candidates
        self._rank = {self._code((d,)): k for k, d in enumerate(candidates)}
        # By term and candidate what the term adds to the numerators.
        self._shares: dict[tuple[int, int], int] = {}
        size = next((len(term[1]) for term in terms if term is not None), 0)
        start = self._code((ZERO,)), (self._code((ZERO,) * size),) * len(candidates)
        self._states = [start]
        self._number = {start: 0}
        self._next: dict[tuple[int, int], int] = {}

    @property
    def kept(self) -> int:
        """The number of candidates: a state has the numerators of some of them."""
        return len(self._candidates)

    def _code(self, vector: State | None) -> int:
        code = self._codes.setdefault(vector, len(self._vectors))
        if code == len(self._vectors):
            self._vectors.append(vector)
        return code

    def _share(self, term: int, candidate: int) -> int:
        key = term, candidate
        if key not in self._shares:
            self._shares[key] = self._code(
                self._weighted(self._terms[term], self._candidates[candidate]))
        return self._shares[key]

    def _weighted(self, term: Term, denominator: Value) -> State | None:
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
        if state == NAN or self._terms[term] is None:
            return NAN
        known = self._next.get((state, term))
        if known is None:
            known = self._next[state, term] = self._step(state, term)
        return known

    def _step(self, state: int, term: int) -> int:
        before, numerators = self._states[state]
        total = self._plus(before, self._weights[term])
        first = 0
        if self._by_weight:
            # The candidates that stay are those from `total` on.
            first = self._rank[total]
            numerators = numerators[first - self._rank[before]:]
        after = total, tuple([self._plus(x, self._share(term, first + k))
                              for k, x in enumerate(numerators)])
        number = self._number.setdefault(after, len(self._states))
        if number == len(self._states):
            self._states.append(after)
        return number

    def _plus(self, left: int, right: int) -> int:
        """The code of the rounded sum of two vectors."""
        key = left, right
        if key not in self._added:
            self._added[key] = self._code(self._sum(self._vectors[left], self._vectors[right]))
        return self._added[key]

    def _sum(self, left: State | None, right: State | None) -> State | None:
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
        numerators, denominator = self._vectors[candidates[0]], self._vectors[total]
        if numerators is None or denominator is None:
            raise NotANumber("a term or a sum of an average")
        if self._by_weight:
            return numerators
        return tuple(self._contract.divide(x, denominator[0]) for x in numerators)


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
