"""Select, SelectorWidth and Aggregate as heads.

The begin marker BOS is the sentinel: tied with the best score it turns the width w into the
average 1/(w + 1) of [BOS]; just below it, it supplies the default where nothing is selected. A
selector that is no single monomial has the width W = sum of c * w, and the average
(sum of c * w * average) / W, with 1/W looked up at the position W.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from expressivity.programs.rasp import domains
from expressivity.programs.rasp.domains import Grid, Listed, common_step
from expressivity.programs.rasp.forms import BEGIN, LETTER, ZERO, Form, combined
from expressivity.programs.rasp.language import Comparison, Predicate
from expressivity.programs.rasp.representation import (
    Context,
    Function,
    Numeric,
    Representation,
    pairs,
)
from expressivity.programs.rasp.selectors import (
    ALL,
    Equal,
    Monomial,
    Polynomial,
    Table,
    conjunction,
    negation,
    of_table,
    score,
)
from expressivity.programs.rasp.values import Number, Value, is_number, ordered
from languages.errors import InputError

FUTURE: Final[Polynomial] = {Monomial("future"): 1}
STRICT: Final[Polynomial] = {Monomial("strict-future"): 1}
_NEGATED: Final = {Comparison.NEQ: Comparison.EQ, Comparison.GT: Comparison.LEQ,
                   Comparison.GEQ: Comparison.LT, Comparison.FALSE: Comparison.TRUE}


def selected(key: Representation, query: Representation, predicate: Predicate,
             holds: Callable[[Value, Value], bool]) -> Polynomial:
    """The polynomial of a Select; `holds` decides a pair of values."""
    if isinstance(predicate, Comparison) and not _small(key, query):
        structural = _structural(key, query, _NEGATED.get(predicate, predicate))
        if structural is not None:
            if predicate in _NEGATED:
                structural = negation(structural)
            # None is never selected, and must not look like 0.
            for x, place in ((key, 0), (query, 1)):
                if x.domain.none:
                    structural = conjunction(structural, _has_value(x, place))
            return structural
    pairs(key, query, "Select")  # not too many
    rows = tuple(sum(1 << a for a, k in enumerate(key.values) if holds(k, q))
                 for q in query.values)
    return of_table(Table(key, query, rows))


def _small(key: Representation, query: Representation) -> bool:
    return isinstance(key.domain, Listed) and isinstance(query.domain, Listed)


def _structural(key: Representation, query: Representation,
                predicate: Comparison) -> Polynomial | None:
    """What needs no list of values: equality of numbers, and the order of positions."""
    if predicate is Comparison.TRUE:
        return ALL
    if not (key.domain.numeric and query.domain.numeric):
        return None
    if predicate is Comparison.EQ:
        scale = _scale(key, query)
        return None if scale is None else {
            Monomial(equalities=frozenset({Equal(key, query, scale)})): 1}
    # j + a < i + b, for positions i and j.
    circuit = key.context.circuit
    shift = query.number() - key.number()
    ahead = shift.terms.get(next(iter(LETTER.terms)), 0)
    parallel = (key.number() - circuit.position).terms.keys() <= LETTER.terms.keys()
    if parallel and shift.terms.keys() <= LETTER.terms.keys():
        strictly = ahead if predicate is Comparison.LT else ahead + 1
        if strictly in (0, 1):
            return FUTURE if strictly else STRICT
    return None


def _scale(key: Representation, query: Representation) -> Number | None:
    """A factor after which different numbers differ by at least 1, if one is known."""
    context = key.context
    x, y = (domains.grid_of(r.domain, r.where) for r in (key, query))
    if x.step is None or y.step is None:
        return None
    powers = len(x.widths) + len(y.widths)
    if powers and context.length is None:
        return None
    context.bounded |= powers > 0
    return Fraction(context.length or 1)**powers / common_step([x.step, y.step])


def _has_value(x: Representation, place: int) -> Polynomial:
    """j (place 0) or i (place 1) has a value of x that is not None."""
    context = x.context
    flag = Numeric(context, Listed((0, 1)), x.present(), ZERO, x.where)
    one = Numeric(context, Listed((1,)), LETTER, ZERO, x.where)
    if place == 0:
        return of_table(Table(flag, one, (0b10,)))
    return of_table(Table(one, flag, (0b0, 0b1)))


class Attention:
    """Widths and averages over polynomials, in one circuit."""

    def __init__(self, context: Context) -> None:
        self._circuit = context.circuit
        self._widths: dict[Monomial, Form] = {}

    def width(self, polynomial: Polynomial) -> Form:
        """The number of selected letters."""
        return combined((c, self._width(monomial)) for monomial, c in polynomial.items())

    def _width(self, monomial: Monomial) -> Form:
        circuit = self._circuit
        if monomial not in self._widths:
            if monomial == Monomial("future"):
                found = circuit.position
            elif monomial == Monomial("strict-future"):
                found = circuit.position - LETTER
            else:
                rows = score(monomial).with_sentinel(tie=True)
                found = circuit.counted(circuit.average(monomial.mask, rows, BEGIN))
            self._widths[monomial] = found
        return self._widths[monomial]

    def average(self, polynomial: Polynomial, value: Form, default: Number) -> Form:
        """The average of a form over the selected letters, or the default."""
        if not polynomial:
            return default * LETTER
        if list(polynomial.values()) == [1]:
            return self._average(next(iter(polynomial)), value, default)
        circuit = self._circuit
        width = self.width(polynomial)
        parts = [(c, circuit.product(self._width(monomial), self._average(monomial, value, 0),
                                     nonnegative=True)) for monomial, c in polynomial.items()]
        found = circuit.product(circuit.reciprocal(width), combined(parts), nonnegative=True)
        if default:
            found += default * (LETTER - circuit.positive(width, 1))
        return found

    def _average(self, monomial: Monomial, value: Form, default: Number) -> Form:
        rows = score(monomial).with_sentinel(tie=False)
        return self._circuit.average(monomial.mask, rows, value + default * BEGIN)


@dataclass(frozen=True)
class _Fetched:
    """An average to be taken."""

    attention: Attention
    polynomial: Polynomial
    inner: Representation
    default: Value


class Agreeing(Representation):
    """The value that all selected positions share: functions of it are applied before."""

    def __init__(self, fetched: _Fetched, domain: Listed | Grid, where: str) -> None:
        super().__init__(fetched.inner.context, domain, where)
        self._fetched = fetched

    def number(self) -> Form:
        f = self._fetched
        return f.attention.average(f.polynomial, f.inner.number(), _or_zero(f.default))

    def none(self) -> Form:
        f = self._fetched
        if not self.domain.none:
            return ZERO
        return f.attention.average(f.polynomial, f.inner.none(), int(f.default is None))

    def function(self, g: Function) -> Form:
        f = self._fetched
        return f.attention.average(f.polynomial, f.inner.function(g), g(f.default))


def aggregated(attention: Attention, polynomial: Polynomial, inner: Representation,
               default: Value, unique: bool) -> Representation:
    """The representation of an Aggregate; InputError if it mixes numbers with other values."""
    if polynomial in (ALL, FUTURE):
        default = _some(inner)  # a position always sees itself
    fetched = _Fetched(attention, polynomial, inner, default)
    numeric = inner.domain.numeric and (default is None or is_number(default))
    where = "Aggregate"
    if isinstance(inner.domain, Listed):
        domain = Listed(ordered((*inner.domain.values, default)))
        if unique or not any(map(is_number, inner.domain.values)):
            return Agreeing(fetched, domain, where)
        if not inner.domain.numeric:
            raise InputError(f"{where}: the values {', '.join(map(repr, inner.domain.values))} mix "
                             "numbers with others; they have averages only with unique=True")
    if not numeric:
        raise InputError(f"{where}: the default is {default!r}, expected a number or None beside "
                         "numbers")
    number = Agreeing(fetched, grid := _grid(fetched, polynomial, unique), where)
    return number if unique else Numeric(inner.context, grid, number.number(), number.none(),
                                         where)


def _grid(fetched: _Fetched, polynomial: Polynomial, unique: bool) -> Grid:
    inner = fetched.inner
    domain = domains.grid_of(inner.domain, inner.where)
    selector = frozenset(polynomial.items())
    made = domains.average(domain, selector, fetched.default, "Aggregate", inner.context.length)
    if not unique:
        return made
    # Nothing is averaged, but the widths are those at another position.
    step = domain.step if domain.step is None else common_step([domain.step, _or_zero(
        fetched.default)])
    return replace(made, step=step, by_length=domain.by_length,
                   widths=frozenset((selector, width) for width in domain.widths))


def _some(inner: Representation) -> Value:
    """A value for a default that is not used."""
    return inner.domain.values[0] if isinstance(inner.domain, Listed) else 0


def _or_zero(value: Value) -> Number:
    return value if isinstance(value, int | Fraction) else 0


def causally(polynomial: Polynomial) -> Polynomial:
    """What is selected among the visible positions of a causal reading."""
    return conjunction(polynomial, FUTURE)

