"""Boxes of the profile space as terms of SMT-LIB, over its finite quotient.

A variable box has for every axis of values a bit-vector, one bit a value, and for every growth
axis the places of its two ends among all ends that occur in the base, and a Bool for an open
upper end. Boxes of the base are constants. The relations are those of `proofs.profile` and
`proofs.growth`, so that what z3 finds the kernel can repeat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from proofs.axes import AXES, AXIS
from proofs.growth import Growth, Interval
from proofs.profile import Box, Value

TRUE = "true"


def conjunction(parts: Iterable[str]) -> str:
    """All of these formulas."""
    needed = [p for p in parts if p != TRUE]
    return f"(and {' '.join(needed)})" if len(needed) > 1 else "".join(needed) or TRUE


def disjunction(parts: Iterable[str]) -> str:
    """Some of these formulas."""
    given = list(parts)
    return f"(or {' '.join(given)})" if len(given) > 1 else "".join(given) or "false"


class Quotient:
    """The ends of intervals that occur, axis by axis, in their order."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        found: dict[str, set[Growth]] = {a.name: set() for a in AXES if a.kind == "growth"}
        for box in boxes:
            for axis, ends in found.items():
                value = box[axis]
                if isinstance(value, Interval):
                    ends |= {value.low, value.high}
        self.ends = {axis: sorted(ends) for axis, ends in found.items()}

    def declare(self, v: str) -> Iterator[str]:
        """Declarations of the variable box `v`, which has to be a box."""
        for axis in AXES:
            name = f"{v}.{axis.name}"
            if axis.kind != "growth":
                yield f"(declare-const {name} {_bits(axis.name)})"
                if axis.kind == "alternatives":
                    yield f"(assert (distinct {name} {_mask(axis.name, ())}))"
                continue
            ends = self.ends[axis.name]
            low, high, opened = (f"{name}.{part}" for part in ("low", "high", "open"))
            yield f"(declare-const {low} Int) (declare-const {high} Int)"
            yield f"(declare-const {opened} Bool)"
            yield f"(assert (and (<= 0 {low} {high}) (< {high} {len(ends)})))"
            suprema = [k for k, end in enumerate(ends) if end.is_supremum]
            for k in suprema:
                yield f"(assert (=> (= {high} {k}) {opened}))"
                yield f"(assert (=> (= {low} {k}) (< {low} {high})))"
            yield f"(assert (=> (= {low} {high}) (not {opened})))"

    def smallest(self, v: str, construction: Box) -> str:
        """`v` offers the construction and nothing that it does not need.

        On an axis that the construction does not care about `v` has one value, of any kind, or
        some interval that meets its own.
        """
        parts = []
        for axis in AXES:
            need = construction[axis.name]
            name = f"{v}.{axis.name}"
            free = axis.name in construction.each
            if isinstance(need, Interval):
                parts.append(self._meets(v, axis.name, need) if free
                             else self._equals(v, axis.name, need))
            elif free:
                parts.append(disjunction(f"(= {name} {_mask(axis.name, [value])})"
                                         for value in sorted(need)))
            else:
                parts.append(f"(= {name} {_mask(axis.name, need)})")
        return conjunction(parts)

    def inside(self, v: str, bound: Box, axes: Iterable[str]) -> str:
        """`v` is inside the bound on these axes."""
        return conjunction(self._inside(v, axis, bound[axis]) for axis in axes)

    def _inside(self, v: str, axis: str, value: Value) -> str:
        name = f"{v}.{axis}"
        if not isinstance(value, Interval):
            rest = set(AXIS[axis].values) - value
            return TRUE if not rest else (f"(= (bvand {name} {_mask(axis, rest)}) "
                                          f"{_mask(axis, ())})")
        low, high = self._place(axis, value.low), self._place(axis, value.high)
        at_end = f"(and (= {name}.high {high}) {name}.open)" if value.high_open \
            else f"(= {name}.high {high})"
        return f"(and (<= {low} {name}.low) (or (< {name}.high {high}) {at_end}))"

    def _equals(self, v: str, axis: str, value: Interval) -> str:
        name = f"{v}.{axis}"
        low, high = self._place(axis, value.low), self._place(axis, value.high)
        opened = f"{name}.open" if value.high_open else f"(not {name}.open)"
        return f"(and (= {name}.low {low}) (= {name}.high {high}) {opened})"

    def _meets(self, v: str, axis: str, value: Interval) -> str:
        name = f"{v}.{axis}"
        low, high = self._place(axis, value.low), self._place(axis, value.high)
        least = f"(ite (< {name}.low {low}) {low} {name}.low)"
        closed_here = "false" if value.high_open else TRUE
        return (f"(or (and (< {name}.high {high}) (or (< {least} {name}.high) "
                f"(and (= {least} {name}.high) (not {name}.open)))) "
                f"(and (= {name}.high {high}) (or (< {least} {high}) "
                f"(and (= {least} {high}) {closed_here} (not {name}.open)))) "
                f"(and (> {name}.high {high}) (or (< {least} {high}) "
                f"(and (= {least} {high}) {closed_here}))))")

    def _place(self, axis: str, end: Growth) -> int:
        return self.ends[axis].index(end)

    def read(self, v: str, values: Mapping[str, str]) -> Box:
        """The box that the values of a model of the script give to `v`.

        z3 leaves out what makes no difference: whether an end is open, at most.
        """
        found: list[Value] = []
        for axis in AXES:
            name = f"{v}.{axis.name}"
            if axis.kind == "growth":
                ends = self.ends[axis.name]
                found.append(Interval(ends[int(values[f"{name}.low"])],
                                      ends[int(values[f"{name}.high"])],
                                      values.get(f"{name}.open") == "true"))
            else:
                mask = int(values[name])
                found.append(frozenset(value for k, value in enumerate(axis.values)
                                       if mask >> k & 1))
        return Box(tuple(found))


def _bits(axis: str) -> str:
    return f"(_ BitVec {len(AXIS[axis].values)})"


def _mask(axis: str, values: Iterable[str]) -> str:
    """The bit-vector of a set of values."""
    chosen = set(values)
    bits: Sequence[str] = ["1" if value in chosen else "0" for value in AXIS[axis].values]
    return "#b" + "".join(reversed(bits))
