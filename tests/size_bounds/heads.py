"""Heads in tiny rounded arithmetic, computed at once and by two parties who count numbers.

Numbers are multiples of 1/4 from -4 to 4, saturating, each operation rounded. A head is computed
in three ways: in one pass with a running maximum, in three passes with weights divided first, and
by exact integer sums that do not depend on the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Number = Fraction
Position = tuple[Number, tuple[Number, ...]]  # a score, and a value
State = tuple[Number, ...]


def rounded(x: Number) -> Number:
    """To the grid, ties to even, saturating."""
    return Fraction(max(-16, min(16, round(x * 4))), 4)


def exponential(x: Number) -> Number:
    """A stand-in for exp, rounded: 2^x for integers, falling to 0 as it would."""
    return rounded(Fraction(2) ** (x.numerator // x.denominator))


@dataclass
class Channel:
    """Counts the numbers that one party sends to the other."""

    numbers: int = 0
    sent: list[Number] = field(default_factory=list)

    def send(self, *values: Number) -> tuple[Number, ...]:
        self.numbers += len(values)
        self.sent += values
        return values


def step(state: State, position: Position) -> State:
    """One pass: maximum, denominator, numerators; rescaled when the maximum rises."""
    (maximum, denominator, *numerators), (score, value) = state, position
    new = max(maximum, score)
    old_scale, scale = exponential(maximum - new), exponential(score - new)
    return (new, rounded(rounded(denominator * old_scale) + scale),
            *(rounded(rounded(t * old_scale) + rounded(scale * v))
              for t, v in zip(numerators, value, strict=True)))


def start(dim: int) -> State:
    """Nothing read."""
    return (Fraction(-4), *[Fraction(0)] * (dim + 1))


def fold(state: State, positions: Sequence[Position]) -> State:
    """The state after these positions."""
    for position in positions:
        state = step(state, position)
    return state


def one_pass(positions: Sequence[Position], dim: int) -> State:
    """The head at once."""
    return _quotient(fold(start(dim), positions))


def _quotient(state: State) -> State:
    _, denominator, *numerators = state
    return tuple(rounded(t / denominator) if denominator else Fraction(0) for t in numerators)


def one_pass_protocol(first: Sequence[Position], second: Sequence[Position], dim: int,
                      channel: Channel) -> State:
    """The owner of the second half, who gets one state."""
    return _quotient(fold(channel.send(*fold(start(dim), first)), second))


def _sum(begin: Number, terms: Sequence[Number]) -> Number:
    for term in terms:
        begin = rounded(begin + term)
    return begin


def three_passes(positions: Sequence[Position], dim: int) -> State:
    """Maximum, denominator, then weights that are divided before they multiply values."""
    top = max(score for score, _ in positions)
    denominator = _sum(Fraction(0), [exponential(s - top) for s, _ in positions])
    return tuple(_sum(Fraction(0), _terms(positions, top, denominator, k)) for k in range(dim))


def _terms(positions: Sequence[Position], top: Number, denominator: Number,
           k: int) -> list[Number]:
    return [rounded(rounded(exponential(s - top) / denominator) * v[k]) for s, v in positions]


def three_passes_protocol(first: Sequence[Position], second: Sequence[Position], dim: int,
                          channel: Channel) -> State:
    """There and back for the maximum, there and back for the denominator, then numerators."""
    (mine,) = channel.send(max(score for score, _ in first))
    (top,) = channel.send(max(mine, *(score for score, _ in second)))
    (part,) = channel.send(_sum(Fraction(0), [exponential(s - top) for s, _ in first]))
    (denominator,) = channel.send(_sum(part, [exponential(s - top) for s, _ in second]))
    parts = channel.send(*(_sum(Fraction(0), _terms(first, top, denominator, k))
                           for k in range(dim)))
    return tuple(_sum(parts[k], _terms(second, top, denominator, k)) for k in range(dim))


def by_sets(positions: Sequence[Position], mine: Callable[[int], bool],
            channel: Channel) -> tuple[int, Position]:
    """Unique hard attention, leftmost: each party sends its best score, its place, its value."""
    halves = []
    for side in (True, False):
        own = [(score, -i, value) for i, (score, value) in enumerate(positions)
               if mine(i) == side]
        halves.append(max(own))
    score, place, value = halves[0]
    channel.send(score, Fraction(-place), *value)
    best = max(halves)
    return -best[1], (best[0], best[2])
