"""From a bound and a size to a conclusion: from which n on the model cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from expressivity.size_bounds.bits import bits_for, more_than_bits
from expressivity.size_bounds.bound import Bound, Size

MAX_N = 10**15  # beyond it "cannot from n on" says nothing of use


@dataclass(frozen=True)
class Row:
    """For one n: the bits that are needed, and the least value of each size that affords them.

    A least value is for the other sizes as given, and missing where one of them is not.
    """

    n: int
    bits: int
    least: dict[str, int]


@dataclass(frozen=True)
class Conclusion:
    """What a bound says about a size.

    Attributes:
        spent: the bits that models of this size can use; None where a size is missing.
        cannot_from: the least n for which the model cannot, it cannot for any larger one (up to
            `largest`); None where nothing follows.
        largest: the largest n that the task has, if there is one.
        why: why nothing follows about the model, or "".
        part: the bits and the least n of one layer alone, where the model has more than one and
            the bound is about one.
        rows: for some n, what would be needed.
    """

    bound: Bound
    size: Size
    spent: int | None
    cannot_from: int | None
    largest: int | None
    why: str
    part: tuple[int, int | None] | None
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """The conclusion as plain data."""
        b = self.bound
        return {
            "task": b.task, "kind": b.kind, "problem": b.problem,
            "hypotheses": list(b.hypotheses), "formula": b.formula,
            "source": b.cite.full() if b.cite else None, "verified": b.verified, "note": b.note,
            "size": {k: v for k, v in asdict(self.size).items() if v is not None},
            "bits": self.spent, "cannot_from": self.cannot_from, "up_to": self.largest,
            "no_conclusion": self.why or None,
            "one_layer_alone": None if self.part is None else
            {"bits": self.part[0], "cannot_from": self.part[1]},
            "table": [{"n": row.n, "bits": row.bits, "least": row.least} for row in self.rows],
        }


def conclude(bound: Bound, size: Size, lengths: tuple[int, ...] = (),
             absent: Mapping[str, str] | None = None) -> Conclusion:
    """What `bound` says about models of this size.

    Args:
        bound: the bound.
        size: the size, as far as it is given.
        lengths: the n to show what is needed for.
        absent: size -> why models of this kind have none.
    """
    rows = tuple(_row(bound, size, n) for n in lengths
                 if bound.cases is not None and not _unread(bound, size))
    largest = bound.largest(size)

    def nothing(why: str, part: tuple[int, int | None] | None = None) -> Conclusion:
        return Conclusion(bound, size, None, None, largest, why, part, rows)

    if bound.spent is None:
        return nothing("asymptotic only, no number")
    refused = bound.refuses(size)
    if missing := size.missing(bound.needs):
        lacking = [absent[name] for name in missing if absent and name in absent]
        return nothing(lacking[0] if lacking else refused or "not given: "
                       + ", ".join(f"--{name}" for name in missing))
    if refused:
        single = size.with_("layers", 1)
        if size.layers > 1 and bound.refuses(single) is None:
            return nothing(refused, (bound.spent(single), _least_n(bound, single)))
        return nothing(refused)
    spent = bound.spent(size)
    first = _least_n(bound, size)
    if first is None:
        return Conclusion(bound, size, spent, None, largest,
                          f"not excluded for any n up to {MAX_N}", None, rows)
    if largest is not None and first > largest:
        return Conclusion(bound, size, spent, None, largest,
                          f"the first n would be {first}, but V tokens allow {largest} at most",
                          None, rows)
    return Conclusion(bound, size, spent, first, largest, "", None, rows)


def cannot(bound: Bound, size: Size, n: int) -> bool:
    """Does the bound exclude models of this size for n? All sizes that it needs must be given."""
    if bound.spent is None or bound.cases is None:
        return False
    return more_than_bits(*bound.cases(n, size), bound.spent(size))


def _least_n(bound: Bound, size: Size) -> int | None:
    if not cannot(bound, size, MAX_N):
        return None
    low, high = 0, 1  # not excluded, perhaps excluded
    while not cannot(bound, size, high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if cannot(bound, size, middle):
            high = middle
        else:
            low = middle
    return high


def _unread(bound: Bound, size: Size) -> bool:
    """Does the number of cases depend on a size that is not given?"""
    return "vocabulary" in bound.needs and size.vocabulary is None


def _row(bound: Bound, size: Size, n: int) -> Row:
    if bound.cases is None:
        raise ValueError("an asymptotic bound has no table")
    bits = bits_for(*bound.cases(n, size))
    least = {}
    single = size.with_("layers", 1)
    for name in bound.varies:
        others = tuple(other for other in bound.needs if other != name)
        if not single.missing(others) and bound.refuses(single.with_(name, 1)) is None:
            value = _least_size(bound, single, name, bits)
            if value is not None:
                least[name] = value
    return Row(n, bits, least)


def _least_size(bound: Bound, size: Size, name: str, bits: int) -> int | None:
    """The least value of one size that affords so many bits, the others as given."""

    def affords(value: int) -> bool:
        changed = size.with_(name, value)
        return bound.spent is not None and bound.spent(changed) >= bits

    if bound.refuses(size.with_(name, 2)) is not None:
        return None
    low, high = 0, 1
    while not affords(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if affords(middle):
            high = middle
        else:
            low = middle
    return high
