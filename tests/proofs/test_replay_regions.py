"""Growth rates and regions of the replayer against those of the kernel."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from proofs import growth, profile
from proofs.axes import AXES, Axis
from proofs.profile import Box
from proofs.replay import order, regions

_exponents = st.fractions(0, 3, max_denominator=3)
_points = st.one_of(
    st.integers(0, 4).map(growth.constant),
    st.sampled_from([growth.O_1, growth.POLYLOG, growth.POLY, growth.QUASIPOLY, growth.EXP,
                     growth.UNBOUNDED]),
    st.tuples(_exponents, _exponents, _exponents).filter(any).map(lambda e: growth.theta(*e)),
    _exponents.filter(bool).map(lambda a: growth.parse(f"n^{a}*polylog(n)")),
)


@st.composite
def _intervals(draw: st.DrawFn) -> growth.Interval:
    low, high = sorted((draw(_points), draw(_points)))
    if low == high and low.is_supremum:
        high = growth.UNBOUNDED
    return growth.Interval(low, high, low < high and draw(st.booleans()))


def test_the_order_of_all_levels() -> None:
    points = [order.read_point(text, "") for text in (
        "0", "1", "10", "O(1)", "loglog(n)^1/2", "loglog(n)", "log(n)", "log(n)*loglog(n)",
        "log(n)^3/2", "polylog(n)", "n^1/2", "n", "n*log(n)", "n*polylog(n)", "n^2", "poly(n)",
        "quasipoly(n)", "exp(n)", "unbounded")]
    assert all(points[i] < points[j] for j in range(len(points)) for i in range(j))


@given(_points, _points)
def test_points_are_ordered_alike(left: growth.Growth, right: growth.Growth) -> None:
    a, b = order.read_point(str(left), ""), order.read_point(str(right), "")
    assert (a < b, a == b) == (left < right, left == right)
    assert order.is_supremum(a) == left.is_supremum


@given(_intervals(), _intervals())
@settings(max_examples=300, deadline=None)
def test_intervals_relate_alike(left: growth.Interval, right: growth.Interval) -> None:
    a, b = (order.read_interval(str(x), "") for x in (left, right))
    assert order.includes(a, b) == left.includes(right)
    assert order.meet(a, b) == order.meet(b, a) == left.meets(right) == right.meets(left)
    assert order.includes(a, a) and order.meet(a, a)


WIDE = profile.box(**{axis.name.replace("-", "_"): "any" for axis in AXES})


def test_all_intervals_between_some_ends_relate_alike() -> None:
    ends = [growth.parse(x) for x in ("0", "1", "3", "const", "log", "polylog", "n", "poly",
                                      "unbounded")]
    both = [(interval, order.read_interval(str(interval), "")) for interval in (
        growth.Interval(low, high, is_open) for low in ends for high in ends
        for is_open in (False, True)
        if low < high or (low == high and not is_open and not low.is_supremum))]
    for (left, a), (right, b) in product(both, repeat=2):
        assert order.includes(a, b) == left.includes(right), (str(left), str(right))
        assert order.meet(a, b) == left.meets(right), (str(left), str(right))


@st.composite
def _values(draw: st.DrawFn, axis: Axis) -> profile.Value:
    """A value set of the axis, often a large one."""
    if axis.kind == "growth":
        return draw(_intervals())
    size = 1 if axis.kind == "alternatives" else 0
    return draw(st.frozensets(st.sampled_from(sorted(axis.values)), min_size=size))


SOME = [axis for axis in AXES if axis.name in ("attention", "readout", "markers", "depth", "cot")]


@st.composite
def _boxes(draw: st.DrawFn) -> Box:
    """Boxes that say something of few axes only, so that they often lie inside each other."""
    box = WIDE
    for axis in draw(st.lists(st.sampled_from(SOME), max_size=3)):
        box = box.replace(axis.name, draw(_values(axis)))
    return box


def _read(box: Box) -> regions.Region:
    return regions.read_region([box.to_plain()], "region")


@given(_boxes(), _boxes(), st.sets(st.sampled_from([axis.name for axis in SOME])))
@settings(deadline=None)
def test_boxes_relate_alike(box: Box, other: Box, each: set[str]) -> None:
    for a, b in ((box, other), (other, box), (box, box), (box, WIDE)):
        assert regions.contained(_read(a), _read(b)) == profile.inside(a, b)
    need = Box(other.values, frozenset(axis for axis in each if other[axis]))
    for have in (box, other, WIDE):
        assert regions.offered(_read(have), _read(need)) == profile.offers(have, need)
        assert regions.contained(_read(need), _read(have)) == profile.inside(need, have)
        assert regions.contained(_read(have), _read(need)) == profile.inside(have, need)
        assert regions.offered(_read(need), _read(have)) == profile.offers(need, have)


@given(_boxes(), st.sampled_from(AXES), st.data())
@settings(deadline=None)
def test_boxes_are_divided_alike(whole: Box, axis: Axis, data: st.DataObject) -> None:
    pieces = [whole.replace(axis.name, value)
              for value in data.draw(st.lists(_values(axis), min_size=1, max_size=4))]
    if data.draw(st.booleans()):
        other = data.draw(st.sampled_from(SOME))
        pieces[-1] = pieces[-1].replace(other.name, data.draw(_values(other)))
    assert regions.divided(_read(whole)[0], [_read(p)[0] for p in pieces],
                           axis.name) == profile.covers(pieces, whole, axis.name)
