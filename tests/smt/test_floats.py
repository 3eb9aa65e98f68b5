"""Floats as terms are the contract's numbers: every pair of numbers of small formats, by z3."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import pytest

from expressivity.smt.floats import Floats, NotTranslated, Number, Term, numbers
from expressivity.solvers.smt import Limits, NoModel, Solution, solve_smt
from proofs.models.numbers import ZERO, Contract, Fixed, Float, NotANumber, Value, exact_sum

ROUNDED = list(itertools.product(("nearest", "floor"), ("infinity", "saturate")))
# With more exponent bits than significand bits, and with fewer.
FORMATS = [(2, 2), (3, 2), (2, 3)]
LARGER = [pytest.param(*sizes, marks=pytest.mark.slow) for sizes in ((3, 3), (2, 4), (4, 2))]


def contract(e: int, s: int, rounding: Any, overflow: Any, **fields: Any) -> Contract:
    return Contract(Float(e, s), rounding, overflow, **fields)


def values(given: Contract) -> list[Value]:
    """All numbers; infinities only where something can give them."""
    assert isinstance(given.grid, Float)
    infinite = [math.inf, -math.inf] if given.overflow == "infinity" else []
    return [*numbers(given.grid), *infinite]


def unknown(floats: Floats, name: str) -> Term:
    """A free constant: any number of the format, and either zero."""
    floats.lines.append(f"(declare-const {name} {floats.sort})")
    floats.lines.append(f"(assert (not (fp.isNaN {name})))")
    end: Value = math.inf
    if floats.contract.overflow == "saturate":
        floats.lines.append(f"(assert (not (fp.isInfinite {name})))")
        end = floats.grid.largest
    return Term(name, -end, end)


def expected(operation: Any, *arguments: Value) -> Value | None:
    try:
        found: Value = operation(*arguments)
    except NotANumber:
        return None
    return found


def never_differs(floats: Floats, result: Number, cases: list[tuple[list[str], Value | None]]
                  ) -> None:
    """Where the conditions of a case hold, the result is the value, or undefined for None."""
    undefined = f"(or false {' '.join(floats.undefined)})"
    wrong, listed = [], []
    for conditions, value in cases:
        here = f"(and {' '.join(conditions)})"
        right = undefined if value is None else \
            f"(and (not {undefined}) (fp.eq {floats.text(result)} {floats.text(value)}))"
        wrong.append(f"(and {here} (not {right}))")
        listed.append(here)
    script = "\n".join([*floats.lines, f"(assert (or (not (or {' '.join(listed)})) "
                        f"{' '.join(wrong)}))"])
    assert solve_smt(script, Limits(100), "QF_BVFP") == NoModel()


@pytest.mark.parametrize(("rounding", "overflow"), ROUNDED)
@pytest.mark.parametrize(("e", "s"), [*FORMATS, *LARGER])
def test_operations_on_all_pairs(e: int, s: int, rounding: str, overflow: str) -> None:
    given = contract(e, s, rounding, overflow)
    for name in ("add", "multiply", "divide"):
        floats = Floats(given)
        x, y = unknown(floats, "x"), unknown(floats, "y")
        result = getattr(floats, name)(x, y)
        never_differs(floats, result, [
            ([f"(fp.eq x {floats.text(a)})", f"(fp.eq y {floats.text(b)})"],
             expected(getattr(given, name), a, b))
            for a, b in itertools.product(values(given), repeat=2)])


@pytest.mark.parametrize(("rounding", "overflow"), ROUNDED)
@pytest.mark.parametrize(("e", "s"), [*FORMATS, (3, 4), (4, 4)])
def test_roots_and_exponentials_of_all_numbers(e: int, s: int, rounding: str,
                                               overflow: str) -> None:
    given = contract(e, s, rounding, overflow)
    for name in ("sqrt", "exp"):
        floats = Floats(given)
        result = getattr(floats, name)(unknown(floats, "x"))
        never_differs(floats, result, [([f"(fp.eq x {floats.text(a)})"],
                                        expected(getattr(given, name), a))
                                       for a in values(given)])


@pytest.mark.parametrize(("rounding", "overflow"), [
    ROUNDED[0], *(pytest.param(*pair, marks=pytest.mark.slow) for pair in ROUNDED[1:])])
def test_exact_sums(rounding: str, overflow: str) -> None:
    """Two of three terms, or all of them."""
    given = contract(2, 2, rounding, overflow)
    floats = Floats(given)
    names = ["x", "y", "z"]
    terms = [unknown(floats, name) for name in names]
    floats.lines.append("(declare-const third Bool)")
    result = floats.exact_sum(terms, ["true", "true", "third"])
    cases = []
    for triple, third in itertools.product(itertools.product(values(given), repeat=3),
                                           (True, False)):
        conditions = [f"(fp.eq {n} {floats.text(a)})" for n, a in zip(names, triple, strict=True)]
        cases.append(([*conditions, "third" if third else "(not third)"],
                      expected(lambda *v: given.round(exact_sum(v)),
                               *(triple if third else triple[:2]))))
    never_differs(floats, result, cases)


def test_the_check_above_can_fail() -> None:
    """IEEE 754's own rounding down is not the contract's: no infinity from below."""
    given = contract(2, 2, "floor", "infinity")
    floats = Floats(given)
    x, y = unknown(floats, "x"), unknown(floats, "y")
    plain = Term("(fp.add RTN x y)", x.low, x.high)
    floats.add(x, y)
    with pytest.raises(AssertionError):
        never_differs(floats, plain, [
            ([f"(fp.eq x {floats.text(a)})", f"(fp.eq y {floats.text(b)})"],
             expected(given.add, a, b)) for a, b in itertools.product(values(given), repeat=2)])


@pytest.mark.parametrize(("rounding", "overflow"), ROUNDED)
def test_bounds_hold_and_what_is_not_reported_has_a_value(rounding: str, overflow: str) -> None:
    given = contract(3, 3, rounding, overflow)
    pool = sorted(values(given))
    rng = random.Random(3)
    for _ in range(150):
        (a, b), (c, d) = (sorted(rng.choices(range(len(pool)), k=2)) for _ in range(2))
        for name in ("add", "multiply", "divide"):
            floats = Floats(given)
            result = getattr(floats, name)(Term("x", pool[a], pool[b]), Term("y", pool[c], pool[d]))
            low, high = (result.low, result.high) if isinstance(result, Term) else [result] * 2
            for x, y in itertools.product(pool[a:b + 1], pool[c:d + 1]):
                value = expected(getattr(given, name), x, y)
                if value is None:
                    assert floats.undefined, (name, x, y)
                else:
                    assert low <= value <= high, (name, x, y)


def test_what_is_decided_without_asking() -> None:
    floats = Floats(contract(3, 3, "nearest", "infinity"))
    x = Term("x", Fraction(1), Fraction(2))
    assert floats.less(x, Fraction(3)) == "true" == floats.at_most(x, Fraction(2))
    assert floats.less(x, Fraction(1)) == "false" == floats.equal(x, ZERO)
    assert floats.equal(Fraction(2), Fraction(2)) == "true"
    assert floats.add(x, ZERO) is x and floats.multiply(Fraction(1), x) is x
    assert floats.multiply(ZERO, x) == 0 and floats.divide(x, Fraction(1)) is x
    assert floats.choose("true", x, ZERO) is x and floats.choose("false", x, ZERO) == 0
    assert not floats.undefined and not floats.lines
    # 0 * infinity has no value, and neither have these constants.
    floats.multiply(ZERO, Term("y", Fraction(1), math.inf))
    assert len(floats.undefined) == 1
    with floats.guarded("g"):
        assert floats.divide(ZERO, ZERO) == 0
    assert floats.undefined[1] == "(and g true)"


def test_literals_are_what_z3_reads() -> None:
    for grid in (Float(2, 2), Float(3, 4), Float(5, 3)):
        floats = Floats(Contract(grid))
        e, s = grid.exponent, grid.significand
        parts = [f"(fp.eq {floats.text(x)} ((_ to_fp {e} {s}) RNE (/ {float(x):.20f} 1.0)))"
                 for x in numbers(grid)]
        assert isinstance(solve_smt(f"(assert (and {' '.join(parts)}))"), Solution)
        assert list(numbers(grid)) == sorted(set(numbers(grid)))
        assert all(Contract(grid).represents(x) for x in numbers(grid))
    with pytest.raises(ValueError, match="not a number of the format"):
        floats.text(Fraction(1, 3))


def test_a_script_may_grow_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expressivity.smt.floats.MAX_TERMS", 3)
    floats = Floats(Contract(Float(5, 7)))
    total: Number = ZERO
    with pytest.raises(NotTranslated, match="more than 3 operations"):
        for k in range(5):
            total = floats.add(total, Term(f"x{k}", ZERO, Fraction(1)))
    assert len(floats.lines) == 3


def test_refusals() -> None:
    for grid, message in ((None, "rational"), (Fixed(8, 2), "fixed point")):
        with pytest.raises(NotTranslated, match=message):
            Floats(Contract(grid))
    large = Floats(Contract(Float(8, 8)))
    with pytest.raises(NotTranslated, match="a table, of at most 12 bits"):
        large.exp(Term("x", ZERO, Fraction(1)))
    with pytest.raises(NotTranslated, match="more than 200"):
        large.exact_sum([ZERO], ["true"])
    with pytest.raises(NotTranslated, match="1/3 is not a number of the format"):
        large.divide(Term("x", ZERO, Fraction(1)), Fraction(1, 3))
