"""Growth expressions: what they mean (against sympy's limits), and what is no growth expression."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import pytest
import sympy  # type: ignore[import-untyped]  # it comes without type hints
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proofs.growth import (
    EXP,
    O_1,
    POLY,
    POLYLOG,
    QUASIPOLY,
    UNBOUNDED,
    Growth,
    GrowthError,
    Interval,
    constant,
    parse,
    parse_interval,
    theta,
)

N = sympy.Symbol("n", positive=True)

# ---- against limits -------------------------------------------------------------------------


@dataclass(frozen=True)
class Both:
    """A growth expression and the function that it stands for."""

    text: str
    function: sympy.Expr
    grows: bool


_LEAVES = st.sampled_from([
    Both("n", N, True), Both("log(n)", sympy.log(N), True), Both("log", sympy.log(N), True),
    Both("loglog(n)", sympy.log(sympy.log(N)), True), Both("sqrt", sympy.sqrt(N), True),
]) | st.integers(1, 4).map(lambda k: Both(str(k), sympy.Integer(k), False))
_GROWING = _LEAVES.filter(lambda x: x.grows)


def _sum(pair: tuple[Both, Both]) -> Both:
    a, b = pair
    return Both(f"({a.text} + {b.text})", a.function + b.function, a.grows or b.grows)


def _product(pair: tuple[Both, Both]) -> Both:
    a, b = pair
    return Both(f"{a.text}*{b.text}", a.function * b.function, a.grows or b.grows)


def _power(pair: tuple[Both, Fraction]) -> Both:
    a, e = pair
    e = e if a.grows else Fraction(e.numerator)
    return Both(f"({a.text})^{e}", a.function ** sympy.Rational(e.numerator, e.denominator),
                a.grows)


def _more(inner: st.SearchStrategy[Both]) -> st.SearchStrategy[Both]:
    growing = inner.filter(lambda x: x.grows)
    exponents = st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(2), Fraction(3)])
    return st.one_of(
        st.tuples(inner, inner).map(_sum), st.tuples(inner, inner).map(_product),
        st.tuples(inner, exponents).map(_power),
        growing.map(lambda a: Both(f"sqrt({a.text})", sympy.sqrt(a.function), True)),
        growing.map(lambda a: Both(f"log({a.text})", sympy.log(a.function), True)))


EXPRESSIONS = st.recursive(_LEAVES, _more, max_leaves=4)


def point(both: Both) -> Growth:
    """The point of the expression; iterated logarithms that have no point are not for us."""
    try:
        return parse(both.text)
    except GrowthError as error:
        assume("an argument of log" not in str(error))
        raise


@given(EXPRESSIONS, EXPRESSIONS)
@settings(max_examples=60, deadline=None)
def test_the_order_is_that_of_limits(left: Both, right: Both) -> None:
    a, b = point(left), point(right)
    assert (a.constant is None) == left.grows and (b.constant is None) == right.grows
    if a.constant is not None and b.constant is not None:
        assert (a.constant, b.constant) == (left.function, right.function)
    else:
        ratio = sympy.limit(sympy.simplify(left.function / right.function), N, sympy.oo)
        assert (a < b, a == b, a > b) == (ratio == 0, ratio not in (0, sympy.oo),
                                          ratio == sympy.oo)


# ---- single expressions ---------------------------------------------------------------------

NORMAL_FORMS = [
    ("0", "0"), ("007", "7"), ("2*3+1", "7"), ("(2+3)^2", "25"), ("0*n", "0"), ("n^0", "1"),
    ("n", "n"), ("3*n+5", "n"), ("n^2/4", "n^1/2"), ("sqrt(n)", "n^1/2"), ("sqrt", "n^1/2"),
    ("n*n", "n^2"), ("n*log(n)+n*loglog(n)", "n*log(n)"), ("log^2(n)", "log(n)^2"),
    ("log^2", "log(n)^2"), ("log(n^3*log(n))", "log(n)"), ("log(log(n))", "loglog(n)"),
    ("loglog(n^2)", "loglog(n)"), ("sqrt(log)", "log(n)^1/2"), ("log(poly)", "log(n)"),
    ("log(polylog)", "loglog(n)"),
    ("const", "O(1)"), ("O(1)", "O(1)"), ("O(12)", "O(1)"), ("O(n)", "n"), ("7*O(1)", "O(1)"),
    ("O(1)+log", "log(n)"), ("polylog", "polylog(n)"), ("log*polylog", "polylog(n)"),
    ("n*polylog(n)*log", "n*polylog(n)"), ("polylog^2", "polylog(n)"), ("poly*n", "poly(n)"),
    ("poly^2", "poly(n)"), ("quasipoly(n)+n", "quasipoly(n)"), ("exp*poly", "exp(n)"),
    ("unbounded", "unbounded"), (" n *  log( n ) ", "n*log(n)"), ("(((n)))", "n"),
]


@pytest.mark.parametrize(("text", "normal"), NORMAL_FORMS)
def test_normal_form(text: str, normal: str) -> None:
    assert str(parse(text)) == normal
    assert parse(normal) == parse(text)


def test_the_order_of_levels() -> None:
    texts = ["0", "1", "2", "O(1)", "loglog(n)^1/2", "loglog(n)", "loglog(n)^9", "log(n)^1/9",
             "log(n)", "log(n)*loglog(n)", "log(n)^2", "polylog(n)", "n^1/9", "n", "n*loglog(n)",
             "n*log(n)", "n*polylog(n)", "n^10/9", "n^1000", "poly(n)", "quasipoly(n)", "exp(n)",
             "unbounded"]
    points = [parse(text) for text in texts]
    for i, j in product(range(len(points)), repeat=2):
        assert (points[i] < points[j]) == (i < j)
    suprema = {texts[i] for i, p in enumerate(points) if p.is_supremum}
    assert suprema == {"O(1)", "polylog(n)", "n*polylog(n)", "poly(n)", "quasipoly(n)", "exp(n)"}


def test_theta_must_grow() -> None:
    for exponents in ((0,), (0, 0, 0), (-1, 5), (0, -1, 3)):
        with pytest.raises(GrowthError, match="does not grow"):
            theta(*exponents)


BAD = [
    ("", "got the end"), ("   ", "got the end"), ("__import__('os')", "got '_' at character 1"),
    ("eval(n)", "got 'eval'"), ("n**n**n", "powers are written '\\^'"), ("n^n^n", "got 'n'"),
    ("2^n", "a number as the exponent"), ("n^2^2", "got '\\^'"), ("-1", "got '-'"),
    ("n-1", "got '-'"), ("n^-1", "got '-'"), ("1.5", "got '.'"), ("1e5", "got 'e'"),
    ("n/2", "got '/'"), ("n^1/0", "denominator that is not 0"), ("n^1001", "at most 1000"),
    ("n^3000/2", "at most 1000"), ("9" * 19, "at most 18 digits"),
    ("9" * 150, "at most 18 digits"), ("n^" + "9" * 150, "at most 18 digits"),
    ("999999999*999999999*999999999", "at most 18 digits"), ("10^100", "at most 18 digits"),
    ("2^1000", "at most 18 digits"), ("2^1/2", "an integer exponent"),
    ("sqrt(4)", "an integer exponent"), ("log(8)", "an argument of log"),
    ("log(loglog(n))", "an argument of log"), ("loglog(log(n))", "an argument of log"),
    ("log(exp)", "an argument of log"), ("log()", "got '\\)'"), ("log(n", "got the end"),
    ("n)", "got '\\)'"), ("O", "got the end"), ("O()", "got '\\)'"), ("O(n", "got the end"),
    ("poly(2)", "got '2'"), ("exp(log(n))", "got 'log'"), ("n n", "got 'n' at character 3"),
    ("2n", "got 'n'"), ("nlog(n)", "got 'nlog'"), ("log n", "got 'n'"), ("N", "got 'N'"),
    ("n²", "got '²'"), ("١", "got '١'"), ("ｎ", "got 'ｎ'"), ("n\u00a0", "expected"),
    ("n;n", "got ';'"), ("n\0", "expected"), ("+n", "got '\\+'"), ("n+", "got the end"),
    ("n*", "got the end"), ("*", "got '\\*'"), ("(" * 21 + "n" + ")" * 21, "at most 20 nested"),
    ("(" * 190, "at most 20 nested"), ("log(" * 40, "at most 20 nested"),
    ("O(" * 40, "at most 20 nested"), ("(" * 100_000, "at most 200"), ("n+" * 101, "at most 200"),
]


@pytest.mark.parametrize(("text", "said"), BAD, ids=[repr(b[0][:30]) for b in BAD])
def test_no_growth_expression(text: str, said: str) -> None:
    with pytest.raises(GrowthError, match=said):
        parse(text)


@given(st.text(alphabet="n0159+*^/()., <logplyOcexpsqrt", max_size=40) | st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_interval(text)
    except GrowthError:
        return
    assert found.low <= found.high


# ---- intervals ------------------------------------------------------------------------------

ENDS = [constant(0), constant(1), constant(3), O_1, theta(0, 0, 1), theta(0, 1), POLYLOG,
        theta(Fraction(1, 2)), theta(1), theta(1, 1), UNBOUNDED]
RATES = [constant(0), constant(1), constant(2), constant(3), constant(4),
         theta(0, 0, Fraction(1, 2)), theta(0, 0, 1), theta(0, 0, 2), theta(0, 1), theta(0, 2),
         theta(Fraction(1, 9)), theta(Fraction(1, 2)), theta(Fraction(3, 4)), theta(1),
         theta(1, 0, 1), theta(1, 1), theta(2), UNBOUNDED]
"""Growth rates: every end that is one, and at least one between any two ends."""

INTERVALS = [Interval(low, high, is_open) for low, high in product(ENDS, repeat=2)
             for is_open in (False, True)
             if low < high or (low == high and not is_open and not low.is_supremum)]


def rates(interval: Interval) -> frozenset[Growth]:
    """The sampled growth rates in an interval, by the definition of its ends."""
    return frozenset(p for p in RATES if interval.low <= p and (
        p < interval.high or (p == interval.high and not interval.high_open)))


def test_intervals_relate_as_the_sets_of_their_growth_rates() -> None:
    sampled = [(interval, rates(interval)) for interval in INTERVALS]
    assert len(sampled) > 100 and all(found for _, found in sampled)
    for (a, in_a), (b, in_b) in product(sampled, repeat=2):
        assert a.meets(b) == bool(in_a & in_b), (str(a), str(b))
        if a.includes(b):
            assert in_b <= in_a, (str(a), str(b))
        elif b.high.constant is None or not b.high_open:
            # Below an open constant end lies a last integer, which `includes` does not look for.
            assert not in_b <= in_a, (str(a), str(b))


def test_membership() -> None:
    for interval in INTERVALS:
        assert rates(interval) == {p for p in RATES if p in interval}


@pytest.mark.parametrize(("text", "written"), [
    ("5", "5"), ("5..5", "5"), ("n", "n"), ("O(1)", "0..O(1)"), ("poly", "0..poly(n)"),
    ("1..O(1)", "1..O(1)"), ("1..<O(1)", "1..O(1)"), ("log..n", "log(n)..n"),
    ("0..<n", "0..<n"), ("0 .. 2*n", "0..n"), ("unbounded", "unbounded"),
    ("O(1)..unbounded", "O(1)..unbounded")])
def test_intervals_are_written_as_they_are_read(text: str, written: str) -> None:
    interval = parse_interval(text)
    assert str(interval) == written
    assert parse_interval(written) == interval


@pytest.mark.parametrize("text", [
    "2..1", "1..<1", "n..log", "n..<n", "1..", "..1", "..", "1..2..3", "1...2", "<n", "1..<<n",
    "0..-1", "poly..n", "unbounded..1"])
def test_no_interval(text: str) -> None:
    with pytest.raises(GrowthError):
        parse_interval(text)


def test_the_named_points() -> None:
    named = {"const": O_1, "polylog": POLYLOG, "poly": POLY, "quasipoly": QUASIPOLY, "exp": EXP,
             "unbounded": UNBOUNDED}
    assert {name: parse(name) for name in named} == named
