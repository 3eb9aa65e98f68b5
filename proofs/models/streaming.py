"""What a head returns, computed from left to right with a finite memory.

A head that looks back sees the positions before i (and i itself, unless its mask is strict). Its
query at i is one of finitely many, and so are the residual vectors, the *keys*, that it can see.
For each query value a *summary* reads the keys one by one; what it reads out after k_1 ... k_t is
None if t = 0, and otherwise exactly what `attention.attend` returns for the scores and values of
all of k_1 ... k_t, NaN included (`NotANumber`). It looks at scores and values of single keys only,
and computes with the same operations as `attend`, in the same order. Why that is so:

- Windows: the state is the list of the last W keys; `attend` itself is called on them.
- Unique hard: the leftmost maximum of a list is that of the leftmost maximum of all but the last
  and the last; likewise the rightmost. The state is the winner so far; `attention.weights` says
  which of two it is, and looks at their order only.
- Average-hard: the keys of maximal score weigh 1, the others take no part. The state is the
  maximum so far and the running sums over its keys. A smaller score changes nothing; a greater
  one begins new sums, as no key before has that score.
- Softmax as written: the weight exp(score) of a key does not depend on other keys. The state holds
  the running sums; for "uniform-if-zero" also those with weights 1, and whether any weight so far
  is not 0, which decides which of them counts.
- Softmax with the maximum subtracted: the weight exp(score - m) depends on the maximum m of all
  scores, of which there are finitely many. Running sums are kept for every m that is at least
  the maximum so far, as if it were the maximum; those for the true m have then been kept from
  the first key on, with the weights that `attend` uses.

Running sums (arithmetic "left-to-right"; see `running_sums`) are those of `attention.average`:
rounded after each term, from left to right, so that the sums over t + 1 terms are those over t
terms and the next term. With division "quotient" that is the sum of the weights and, for each
coordinate, the sum of the products. With division "weights" each weight is divided by the sum D
of all weights first. D is reached from 0 by adding weights, so it is one of finitely many; as
weights are not negative and rounding is monotone, sums of weights never fall. Numerators are kept
for every D that is not below the sum so far, as if it were the sum of all; those for the true D
have then been kept from the first term on.

NaN. A score that is NaN makes every later reading NaN: `reference` computes all scores that the
query sees. A term, or a partial sum, that is NaN under some candidate (m, D) makes that candidate's
reading NaN and no other: `attend` computes them for the true candidate only. None stands for NaN.

With exact sums, or without rounding, running sums take infinitely many values: `NotStreaming`.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Protocol, TypeAlias

from proofs.models.attention import attend, weights
from proofs.models.layers import Head, window_size
from proofs.models.linear import State
from proofs.models.numbers import ONE, ZERO, Contract, NotANumber, Value
from proofs.models.recurrence import TWO
from proofs.models.running_sums import NotStreaming, Sums, Term

Score: TypeAlias = Value | None
"""A score; None for NaN."""


class Summary(Protocol):
    """A deterministic automaton over keys, which are numbered.

    `sums` is how many sums a step adds to at the most, or how many keys a state remembers.
    """

    sums: int

    def start(self) -> Hashable:
        """The state before any key."""
        ...

    def step(self, state: Any, key: int) -> Hashable:
        """The state after one more key."""
        ...

    def read(self, state: Any) -> State | None:
        """What the head returns, None if it has seen nothing; raises NotANumber."""
        ...


def summary(contract: Contract, head: Head, scores: Sequence[Score],
            values: Sequence[State]) -> Summary:
    """The summary for one query; `scores[k]` and `values[k]` belong to key k.

    Raises:
        NotStreaming: the mask looks ahead, or sums are not rounded after every addition, or too
            many denominators would have to be kept.
    """
    if window_size(head.mask) is not None:
        return _Window(contract, head, scores, values)
    if head.mask not in ("future", "strict-future"):
        raise NotStreaming(f"mask {head.mask}: it sees later positions")
    if head.selection in ("uhat-left", "uhat-right"):
        return _UniqueHard(contract, head, scores, values)
    if contract.grid is None or contract.arithmetic != "left-to-right":
        raise NotStreaming("sums that are not rounded after every addition")
    if head.selection == "average-hard":
        return _AverageHard(contract, scores, values)
    if contract.softmax == "max-subtracted":
        return _MaxSubtracted(contract, scores, values)
    return _AsWritten(contract, scores, values)


def _known(score: Score) -> Value:
    if score is None:
        raise NotANumber("a score")
    return score


class _Window:
    """The state is the tuple of the last W keys."""

    def __init__(self, contract: Contract, head: Head, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        self._contract, self._head, self._scores, self._values = contract, head, scores, values
        self.sums = self._size = window_size(head.mask) or 0

    def start(self) -> Hashable:
        return ()

    def step(self, state: tuple[int, ...], key: int) -> Hashable:
        return (*state, key)[-self._size:]

    def read(self, state: tuple[int, ...]) -> State | None:
        if not state:
            return None
        scores: list[Value] = [_known(self._scores[key]) for key in state]
        return attend(self._contract, self._head, scores, [self._values[key] for key in state])[1]


class _UniqueHard:
    """The state is the winner so far, () before any key, None after NaN."""

    sums = 1

    def __init__(self, contract: Contract, head: Head, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        self._contract, self._head, self._values = contract, head, values
        order = sorted({score for score in scores if score is not None})
        rank = {score: k for k, score in enumerate(order)}
        self._rank = [None if score is None else rank[score] for score in scores]
        # `weights` compares scores and nothing else: is the earlier one chosen if it is greater,
        # if it is equal, if it is smaller?
        self._greater, self._equal, self._smaller = (
            weights(contract, head, [earlier, ONE])[0] is not None
            for earlier in (TWO, ONE, ZERO))

    def start(self) -> Hashable:
        return ()

    def step(self, state: Any, key: int) -> Hashable:
        new = self._rank[key]
        if state is None or new is None:
            return None
        if state == ():
            return key
        old = self._rank[state]
        if old is None:
            return None
        stays = self._equal
        if old != new:
            stays = self._greater if old > new else self._smaller
        winner: int = state if stays else key
        return winner

    def read(self, state: Any) -> State | None:
        if state is None:
            raise NotANumber("a score")
        return None if state == () else self._values[state]


class _AverageHard:
    """The state is (the maximum so far, the number of the sums), () before any key."""

    def __init__(self, contract: Contract, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        self._scores = scores
        one = contract.round(ONE)
        self._sums = Sums(contract, [(one, value) for value in values])
        self.sums = self._sums.kept

    def start(self) -> Hashable:
        return ()

    def step(self, state: Any, key: int) -> Hashable:
        new = self._scores[key]
        if state is None or new is None:
            return None
        if state and new < state[0]:
            unchanged: Hashable = state
            return unchanged
        so_far = state[1] if state and new == state[0] else 0
        return new, self._sums.step(so_far, key)

    def read(self, state: Any) -> State | None:
        if state is None:
            raise NotANumber("a score")
        return None if state == () else self._sums.read(state[1])


class _MaxSubtracted:
    """The state is (candidate for the maximum so far, sums for it and for all greater ones)."""

    def __init__(self, contract: Contract, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        candidates = sorted({score for score in scores if score is not None})
        rank = {score: k for k, score in enumerate(candidates)}
        self._rank = [None if s is None else rank[s] for s in scores]
        # A score above the candidate never occurs while the candidate is kept.
        self._sums = [Sums(contract, [None if s is None or s > top else
                                      _term(contract, s, top, value)
                                      for s, value in zip(scores, values, strict=True)])
                      for top in candidates]
        self.sums = sum(one.kept for one in self._sums)

    def start(self) -> Hashable:
        return ()

    def step(self, state: Any, key: int) -> Hashable:
        rank = self._rank[key]
        if state is None or rank is None:
            return None
        before, sums = state or (0, (0,) * len(self._sums))
        top = max(before, rank)
        return top, tuple(self._sums[m].step(one, key)
                          for m, one in enumerate(sums[top - before:], top))

    def read(self, state: Any) -> State | None:
        if state is None:
            raise NotANumber("a score")
        if state == ():
            return None
        top: int = state[0]
        return self._sums[top].read(state[1][0])


def _term(contract: Contract, score: Value, top: Value, value: State) -> Term:
    try:
        return contract.exp(contract.add(score, -top)), value
    except NotANumber:
        return None


class _AsWritten:
    """The state is (sums, sums with weights 1 while all weights are 0, is some weight not 0)."""

    def __init__(self, contract: Contract, scores: Sequence[Score],
                 values: Sequence[State]) -> None:
        self._weights = [None if s is None else contract.exp(s) for s in scores]
        self._sums = Sums(contract, [None if e is None else (e, value)
                                     for e, value in zip(self._weights, values, strict=True)])
        one = contract.round(ONE)
        self._uniform = Sums(contract, [(one, value) for value in values])
        self.sums = self._sums.kept + self._uniform.kept
        self._if_zero = contract.softmax == "uniform-if-zero"

    def start(self) -> Hashable:
        return ()

    def step(self, state: Any, key: int) -> Hashable:
        weight = self._weights[key]
        if state is None or weight is None:
            return None
        sums, uniform, positive = state or (0, 0, not self._if_zero)
        if positive or weight != 0:
            return self._sums.step(sums, key), 0, True
        return self._sums.step(sums, key), self._uniform.step(uniform, key), False

    def read(self, state: Any) -> State | None:
        if state is None:
            raise NotANumber("a score")
        if state == ():
            return None
        sums, uniform, positive = state
        return self._sums.read(sums) if positive else self._uniform.read(uniform)
