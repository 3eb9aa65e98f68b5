"""Programs of the RASP literature; each function returns an s-operator.

They are those of Weiss, Goldberg, Yahav (2021) and of Tracr's library (Lindner et al. 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from expressivity.programs.rasp.language import (
    Aggregate,
    And,
    Comparison,
    Full,
    Map,
    Or,
    Select,
    Selector,
    SelectorWidth,
    SequenceMap,
    SOp,
    indices,
    tokens,
)
from expressivity.programs.rasp.values import Value
from languages.errors import InputError


def everything() -> Selector:
    """Selects all positions."""
    return Select(indices, indices, Comparison.TRUE)


def length() -> SOp:
    """The number of tokens."""
    return SelectorWidth(everything())


def reverse(sop: SOp = tokens) -> SOp:
    """The sequence from right to left."""
    opposite = length() - indices - 1
    return Aggregate(Select(indices, opposite, Comparison.EQ), sop, unique=True)


def hist(sop: SOp = tokens) -> SOp:
    """How often the value here occurs."""
    return SelectorWidth(Select(sop, sop, Comparison.EQ))


def count(sop: SOp, value: Value) -> SOp:
    """How often this value occurs."""
    return SelectorWidth(Select(sop == value, Full(1), Comparison.EQ))


def count_less_freq(n: int) -> SOp:
    """How many tokens occur at most n times, counted with repetitions."""
    return SelectorWidth(Select(hist() <= n, Full(1), Comparison.EQ))


def frac_prevs(sop: SOp) -> SOp:
    """The share of the positions up to here where a truth value is 1."""
    return Aggregate(Select(indices, indices, Comparison.LEQ), sop, default=0)


def pair_balance(sop: SOp, opening: Value, closing: Value) -> SOp:
    """The share of opening values up to here minus that of closing ones."""
    return frac_prevs(sop == opening) - frac_prevs(sop == closing)


def shuffle_dyck(pairs: Sequence[Sequence[Value]]) -> SOp:
    """1 everywhere if each pair of brackets is balanced by itself, else 0."""
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise InputError(f"pairs: got {list(pairs)!r}, expected pairs of brackets, at least one")
    balances = [pair_balance(tokens, opening, closing) for opening, closing in pairs]
    negative = Or(tuple(balance < 0 for balance in balances))
    never_negative = Aggregate(everything(), negative, default=0) == 0
    last = Select(indices, length() - 1, Comparison.EQ)
    closed = Aggregate(last, And(tuple(balance == 0 for balance in balances)), default=0,
                       unique=True)
    return closed & never_negative


def shuffle_dyck2() -> SOp:
    """`shuffle_dyck` of () and {}."""
    return shuffle_dyck(["()", "{}"])


def sort_unique(vals: SOp, keys: SOp) -> SOp:
    """The values in the order of their keys, which must be distinct."""
    smaller = Select(keys, keys, Comparison.LT)
    return _placed(vals, SelectorWidth(smaller))


def sort(vals: SOp = tokens, keys: SOp = tokens) -> SOp:
    """The values in the order of their keys; where keys are equal, from left to right."""
    smaller = Select(keys, keys, Comparison.LT)
    equal_and_before = (Select(keys, keys, Comparison.EQ)
                        & Select(indices, indices, Comparison.LT))
    return _placed(vals, SelectorWidth(smaller | equal_and_before))


def sort_freq() -> SOp:
    """The tokens, the most frequent first; equally frequent ones in the order of the input."""
    return sort(tokens, -hist())


def shift(offset: int, sop: SOp = tokens, default: Value = None) -> SOp:
    """The sequence moved to the right by the offset."""
    return Aggregate(Select(indices, indices - offset, Comparison.EQ), sop, default, unique=True)


def detect_pattern(sop: SOp, pattern: Sequence[Value]) -> SOp:
    """1 where the values up to here end with the pattern; None at its first len - 1 positions."""
    if not pattern:
        raise InputError("pattern: got an empty one, expected at least one value")
    return And(tuple(
        sop == value if not back else shift(back, sop == value)
        for back, value in enumerate(reversed(pattern))))


def sequence_map(function: Callable[..., object], *sops: SOp) -> SOp:
    """A function of several s-operators, position by position."""
    if not sops:
        raise InputError("sequence_map: got no s-operator, expected at least one")
    joined: SOp = Map(lambda x: (x,), sops[0])
    for sop in sops[1:]:
        joined = SequenceMap(_appended, joined, sop)
    return Map(lambda point: function(*point), joined)


def _appended(point: tuple[Any, ...], x: Any) -> tuple[Any, ...]:
    return (*point, x)


def _placed(vals: SOp, target: SOp) -> SOp:
    """Each value at its target position."""
    return Aggregate(Select(target, indices, Comparison.EQ), vals, unique=True)
