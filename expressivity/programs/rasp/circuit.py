"""Exact gadgets of networks and average-hard attention, on linear forms.

Every gadget is exact for all inputs and all lengths, unless its weights are given a gap. At the
begin marker (BOS) all forms of values are 0; a head's query is then 0 but for one row, by which BOS
attends to itself, so that results there are known, and taken off (`settled`).

- piecewise linear functions, thresholds with a gap: ReLU networks;
- products: gated networks, x y = ReLU(x) y - ReLU(-x) y;
- the sign of any rational x: a head with score x at BOS and 0 elsewhere averages [BOS], which is 1
  if x > 0, 1/N if x = 0 and 0 otherwise, for the N >= 2 visible positions; ReLU(2y - 1) decides;
- the number t in 1, ..., N with 1/t = a: the score -a s^2 + 2 s of position s - 1 is
  -a (s - 1/a)^2 + 1/a and has its only maximum at s = t.
"""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.programs.rasp.forms import (
    BEGIN,
    LETTER,
    ZERO,
    Column,
    Form,
    Head,
    Key,
    Mask,
    Power,
    Reciprocal,
    Symbol,
    Unit,
    Variable,
    combined,
    settled,
)
from expressivity.programs.rasp.values import Number, ratio
from proofs.models.positions import MAX_POWER

Rows = Sequence[tuple[Form, Form]]


class Circuit:
    """Makes variables, each once. `mask` is what heads see: "future" in a causal reading."""

    def __init__(self, letters: int, mask: Mask) -> None:
        self.mask: Mask = mask
        self.letters = tuple(Form({Symbol(a): 1}) for a in range(letters))
        self._powers: dict[int, Power] = {}
        self._reciprocal = Reciprocal()
        self._units: dict[tuple[Key, Key | None], Unit] = {}
        self._heads: dict[tuple[Mask, int, tuple[tuple[Key, Key], ...]], Head] = {}
        self._columns: dict[tuple[Head, Key], Column] = {}
        self._counts: set[Variable] = set()
        self.position = self.power(1)
        """The position in the marked input: 1 at the first letter."""

    def power(self, exponent: int) -> Form:
        """A power of the position; 0 at BOS."""
        return Form({self._powers.setdefault(exponent, Power(exponent)): 1})

    def unit(self, gate: Form, factor: Form | None = None) -> Form:
        """ReLU(gate) * factor, where the forms are 0 at BOS."""
        if not gate.terms:
            return ZERO
        key = (gate.key, factor.key if factor else None)
        if key not in self._units:
            time = max(gate.time, factor.time if factor else 0)
            time += 2 - time % 2
            begin = max(gate.begin, 0) * (factor.begin if factor else 1)
            self._units[key] = Unit(gate, factor, time, begin)
        return Form({self._units[key]: 1})

    def average(self, mask: Mask, rows: Rows, value: Form) -> Form:
        """The average of the value over the positions of maximal score, settled.

        At BOS the score of BOS itself must be the only maximum.
        """
        merged: dict[Key, tuple[Form, Form]] = {}
        for query, key in rows:
            _, so_far = merged.get(query.key, (query, ZERO))
            merged[query.key] = (query, so_far + key)
        kept = [row for row in merged.values() if row[0].terms and row[1].terms]
        time = max([value.time, *(max(query.time, key.time) for query, key in kept)])
        time += 1 + time % 2
        name = (mask, time, tuple((query.key, key.key) for query, key in kept))
        head = self._heads.setdefault(name, Head(mask, tuple(kept), time))
        if (head, value.key) not in self._columns:
            begin = value.begin if mask != "strict-future" else 0
            self._columns[head, value.key] = Column(head, value, time, begin)
        return settled(Form({self._columns[head, value.key]: 1}))

    def piecewise(self, x: Form, points: Sequence[tuple[Number, Number]]) -> tuple[Form, Number]:
        """The piecewise linear function of x through these points, and its value at 0.

        The points are sorted and distinct. The value at 0 is what the form adds to the right one
        where x is 0 and yet has no value.
        """
        (first, start), *others = points
        if not others:
            return start * LETTER, start
        slopes = [ratio(y1 - y0, x1 - x0)
                  for (x0, y0), (x1, y1) in zip(points, others, strict=False)]
        parts: list[tuple[Number, Form]] = [(start - first * slopes[0], LETTER), (slopes[0], x)]
        at_zero = start - first * slopes[0]
        for (bend, _), before, after in zip(others, slopes, slopes[1:], strict=False):
            if before != after:
                parts.append((after - before, self.unit(x - bend * LETTER)))
                at_zero += (after - before) * max(-bend, 0)
        return combined(parts), at_zero

    def positive(self, x: Form, gap: Number | None) -> Form:
        """1 where x > 0, else 0. With a gap, x is known not to lie strictly between 0 and it."""
        if not x.terms:
            return ZERO
        if gap is not None:
            return (self.unit(x) - self.unit(x - gap * LETTER)) * ratio(1, gap)
        found = self.average(self.mask, [(x + BEGIN, BEGIN)], BEGIN)
        return self.unit(2 * found - LETTER)

    def product(self, x: Form, y: Form, nonnegative: bool = False) -> Form:
        """x * y; `nonnegative` says that x >= 0."""
        given = self._given_product(x, y)
        if given is not None:
            return given
        above = self.unit(x, y)
        return above if nonnegative else above - self.unit(-x, y)

    def square(self, x: Form, nonnegative: bool = False) -> Form:
        """x^2; `nonnegative` says that x >= 0."""
        return self.product(x, x, nonnegative)

    def counted(self, share: Form) -> Form:
        """t - 1, where the share is 1/t with t in 1, ..., the number of visible positions."""
        one = LETTER + BEGIN
        t, square = self.position + one, self.power(2) + 2 * self.position + one
        found = self.average(self.mask, [(share, -square), (LETTER, 2 * t), (BEGIN, BEGIN)],
                             self.position)
        self._counts |= found.terms.keys()
        return found

    def reciprocal(self, count: Form) -> Form:
        """1/t, where the count is t in 1, ..., the number of visible positions; 1 where it is 0."""
        one = LETTER + BEGIN
        t, square = self.position + one, self.power(2) + 2 * self.position + one
        return self.average(self.mask, [(2 * count, t), (LETTER, -square), (BEGIN, BEGIN)],
                            Form({self._reciprocal: 1}))

    def _given_product(self, x: Form, y: Form) -> Form | None:
        """The product if it needs no network: of polynomials in the position, of letters, or where
        one factor is constant, or of numbers that one head has looked up.
        """
        parts: list[tuple[Number, Form]] = []
        for a, c in x.terms.items():
            for b, d in y.terms.items():
                made = self._product_of(a, b)
                if made is None:
                    return None
                parts.append((c * d, made))
        return combined(parts)

    def _product_of(self, a: Variable, b: Variable) -> Form | None:
        """The product at letters, as a form that is 0 at BOS."""
        for one, other in ((a, b), (b, a)):
            if one in BEGIN.terms:
                return ZERO
            if one in LETTER.terms:
                return settled(Form({other: 1}))
        if isinstance(a, Symbol) and isinstance(b, Symbol):
            return Form({a: 1}) if a is b else ZERO
        if isinstance(a, Power) and isinstance(b, Power) and a.exponent + b.exponent <= MAX_POWER:
            return self.power(a.exponent + b.exponent)
        if a is b and isinstance(a, Column) and a in self._counts:
            return self.average(a.head.mask, a.head.rows, self.power(2))
        return None
