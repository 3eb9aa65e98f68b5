"""Lower bounds on sizes: each count by brute force, each protocol run, thresholds exact."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expressivity.size_bounds import bounds
from expressivity.size_bounds.answer import cannot, conclude
from expressivity.size_bounds.bits import bits_for, more_than_bits
from expressivity.size_bounds.bound import Bound, Size, one_pass_bits, passes_bits
from tests.size_bounds import heads
from tests.size_bounds.task_truth import (
    averaged,
    complement,
    composition,
    induction,
    induction_word,
    intersect,
    keyed_word,
    match3,
    match_numbers,
    words,
)

ALL = [bound for group in bounds().values() for bound in group]
COUNTED = [bound for bound in ALL if bound.spent is not None]
SOME = Size(heads=2, dim=3, precision=4, vocabulary=60, state=50, cot=0)


def of(task: str, kind: str) -> Bound:
    """The bound with this task and kind."""
    (found,) = [b for b in bounds()[task] if b.kind == kind]
    return found


def cases(task: str, kind: str, n: int) -> int:
    """How many things a model must tell apart."""
    count = of(task, kind).cases
    assert count is not None
    base, exponent = count(n, SOME)
    return int(base**exponent)


# Powers against powers of two.

@given(st.integers(1, 2000), st.integers(0, 300), st.integers(0, 3500))
def test_powers_are_compared_exactly(base: int, exponent: int, bits: int) -> None:
    assert more_than_bits(base, exponent, bits) == (base**exponent > 2**bits)


@given(st.integers(2, 10**6), st.integers(5000, 40000), st.integers(-2, 2))
def test_large_powers_are_compared_exactly(base: int, exponent: int, offset: int) -> None:
    """Near the border, where digits of the logarithm decide."""
    power = base**exponent
    bits = power.bit_length() - 1 + offset
    assert more_than_bits(base, exponent, bits) == (power > 1 << bits)


def test_powers_of_two_are_exact_at_any_size() -> None:
    assert not more_than_bits(8, 10**9, 3 * 10**9)
    assert more_than_bits(8, 10**9, 3 * 10**9 - 1)
    assert bits_for(2**20, 10**10) == 20 * 10**10
    # 3^(10^15): log2(3) to 20 digits says 1584962500721156.18...
    assert bits_for(3, 10**15) == 1584962500721157


@given(st.integers(1, 300), st.integers(0, 200))
def test_bits_for_is_the_least(base: int, exponent: int) -> None:
    found = bits_for(base, exponent)
    assert base**exponent <= 2**found
    assert found == 0 or base**exponent > 2**(found - 1)


# What must be told apart, counted on all small inputs.

@pytest.mark.parametrize("n", [1, 2, 3])
def test_tables_that_differ_are_asked_for_different_answers(n: int) -> None:
    tables = list(product(range(n), repeat=n))
    rows = {tuple(composition(g, f, x) for f in tables for x in range(n)) for g in tables}
    assert len(rows) == cases("composition", "one layer of attention", n)
    # Already with x fixed, and all inputs of f but x at 0.
    few = {tuple(composition(g, (y, *[0] * (n - 1)), 0) for y in range(n)) for g in tables}
    assert len(few) == len(rows) == cases("composition", "fixed state", n)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_induction_asks_for_every_letter(n: int) -> None:
    for make, kind in ((induction_word, "one layer of attention"), (keyed_word, "fixed state")):
        rows = {tuple(induction(make(x, i)) for i in range(n)) for x in words(n)}
        assert len(rows) == cases("induction", kind, n)
        assert all(len(make(x, i)) == 2 * n + 1 for x in words(n) for i in range(n))
    # The last token, and with it the query, is the same whoever asks; the keys are n tokens.
    assert {induction_word(x, i)[-1] for x in words(n) for i in range(n)} == {"?"}
    assert len({token for x in words(n) for i in range(n) for token in keyed_word(x, i)}) == n + 2


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_sparse_averages_tell_disjoint_sets(n: int) -> None:
    for a, b in product(words(n), repeat=2):
        found = averaged(a, b)
        assert (found != 0) == intersect(a, b)
        assert found == 0 or found >= Fraction(1, n)
    assert_fooling(n, "sparse-averaging")
    singles = {tuple(z[i] for i in range(n)) for z in words(n)}
    assert len(singles) == cases("sparse-averaging", "fixed state", n)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("more", [0, 1, 7])
def test_match3_tells_disjoint_sets(n: int, more: int) -> None:
    modulus = 2 * n + 4 + more
    for a, b in product(words(n), repeat=2):
        numbers = match_numbers(a, b, modulus)
        assert len(numbers) == 2 * n + 1
        assert all(0 <= x < modulus for x in numbers)
        assert match3(numbers, modulus) == intersect(a, b)
    assert_fooling(n, "match3")
    rows = {tuple(match3(match_numbers(a, b, modulus), modulus) for b in words(n))
            for a in words(n)}
    assert len(rows) == cases("match3", "fixed state", n)


def assert_fooling(n: int, task: str) -> None:
    """The pairs (a, complement of a): all disjoint, no two may share a transcript."""
    for a, other in product(words(n), repeat=2):
        assert not intersect(a, complement(a))
        if a != other:
            assert intersect(a, complement(other)) or intersect(other, complement(a))
    assert len(words(n)) == cases(task, "one layer of attention", n)


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_equality(n: int) -> None:
    rows = {tuple(u == v for v in words(n)) for u in words(n)}
    assert len(rows) == cases("equality", "fixed state", n)
    assert len(rows) == cases("equality", "one layer of attention", n)  # the diagonal fools


def test_copying_counts_words_without_the_separator() -> None:
    assert cases("copying", "fixed state", 3) == 59**3


# Protocols in rounded arithmetic give what the heads give, with so many numbers.

def random_positions(rng: random.Random, count: int, dim: int) -> list[heads.Position]:
    """Scores and values on the grid."""
    return [(Fraction(rng.randint(-16, 16), 4),
             tuple(Fraction(rng.randint(-16, 16), 4) for _ in range(dim)))
            for _ in range(count)]


@pytest.mark.parametrize("seed", range(60))
def test_protocols_compute_the_heads(seed: int) -> None:
    rng = random.Random(seed)
    dim = rng.randint(1, 3)
    first = random_positions(rng, rng.randint(1, 5), dim)
    second = random_positions(rng, rng.randint(1, 5), dim)
    size = Size(heads=1, dim=dim, precision=1)

    channel = heads.Channel()
    assert heads.one_pass_protocol(first, second, dim, channel) == \
        heads.one_pass(first + second, dim)
    assert channel.numbers == one_pass_bits(size)

    channel = heads.Channel()
    assert heads.three_passes_protocol(first, second, dim, channel) == \
        heads.three_passes(first + second, dim)
    assert channel.numbers == passes_bits(size)

    channel = heads.Channel()
    both = first + second
    mask = [rng.random() < 0.5 for _ in both]
    mask[0], mask[-1] = True, False  # both own something
    place, chosen = heads.by_sets(both, lambda i: mask[i], channel)
    best = max(score for score, _ in both)
    assert place == next(i for i, (score, _) in enumerate(both) if score == best)
    assert chosen == both[place]
    assert channel.numbers == one_pass_bits(size)


def test_rounding_order_matters_so_that_the_hypotheses_differ() -> None:
    """Sums of rounded numbers are no function of two partial sums in any order."""
    numbers = [Fraction(4), Fraction(4), Fraction(-4), Fraction(-4)]
    there, back = Fraction(0), Fraction(0)
    for x, y in zip(numbers, numbers[::-1], strict=True):
        there, back = heads.rounded(there + x), heads.rounded(back + y)
    assert there != back


@pytest.mark.parametrize("seed", range(20))
def test_tiny_models_confuse_tables_as_the_bound_says(seed: int) -> None:
    """One head of one number, each number one of three: at most 27 states, less than 4^4 tables."""
    rng = random.Random(seed)
    few = [Fraction(-4), Fraction(0), Fraction(4)]
    embed = {(j, t): (rng.choice(few), (rng.choice(few),)) for j in range(4) for t in range(4)}

    def clamp(state: heads.State) -> heads.State:
        return tuple(min(few, key=lambda v: (abs(v - x), v)) for x in state)

    seen: dict[heads.State, tuple[int, ...]] = {}
    confused = None
    for table in product(range(4), repeat=4):
        state = clamp(heads.start(1))
        for j, t in enumerate(table):
            state = clamp(heads.step(state, embed[j, t]))
        if state in seen:
            confused = (seen[state], table)
        seen[state] = table
    assert len(seen) <= 3**3
    assert confused is not None
    one, other = confused
    assert any(composition(one, (y, 0, 0, 0), 0) != composition(other, (y, 0, 0, 0), 0)
               for y in range(4))


# Thresholds.

sizes = st.builds(Size, heads=st.integers(1, 40), dim=st.integers(1, 200),
                  precision=st.integers(1, 64), vocabulary=st.integers(3, 10**5),
                  state=st.integers(1, 10**7), cot=st.integers(0, 9))


@pytest.mark.parametrize("bound", COUNTED, ids=lambda b: f"{b.task}-{b.kind}")
@given(size=sizes, n=st.integers(1, 10**6))
def test_monotone(bound: Bound, size: Size, n: int) -> None:
    if not cannot(bound, size, n):
        return
    assert cannot(bound, size, n + 1)
    for name in bound.varies:
        value = getattr(size, name)
        if value > (name != "cot"):
            assert cannot(bound, size.with_(name, value - 1), n)


@pytest.mark.parametrize("bound", COUNTED, ids=lambda b: f"{b.task}-{b.kind}")
@given(size=sizes)
def test_thresholds_and_tables_are_exact(bound: Bound, size: Size) -> None:
    found = conclude(bound, size, (5, 1000))
    if found.cannot_from is not None:
        first = found.cannot_from
        assert cannot(bound, size, first)
        assert first == 1 or not cannot(bound, size, first - 1)
    else:
        assert found.why
    for row in found.rows:
        for name, value in row.least.items():
            assert not cannot(bound, size.with_(name, value), row.n)
            assert value == 1 or cannot(bound, size.with_(name, value - 1), row.n)


def test_published_shape_of_the_composition_bound() -> None:
    """H (d + 2) p < n log2 n excludes, as the source has it with d + 1."""
    size = Size(heads=1, dim=6, precision=8)
    assert conclude(of("composition", "one layer of attention"), size).cannot_from == 17
    assert 17**17 > 2**64 == 16**16


def test_more_layers_are_not_covered() -> None:
    size = Size(layers=2, heads=1, dim=6, precision=8)
    for task in ("composition", "induction", "match3", "sparse-averaging", "equality"):
        found = conclude(of(task, "one layer of attention"), size)
        assert found.cannot_from is None
        assert "not 2" in found.why
        assert found.part is not None
        alone = conclude(of(task, "one layer of attention"), size.with_("layers", 1))
        assert found.part == (alone.spent, alone.cannot_from)


def test_chain_of_thought_is_covered_for_equality_only() -> None:
    size = Size(heads=1, dim=4, precision=2, cot=3)
    for task in ("composition", "induction", "match3", "sparse-averaging"):
        assert "answer at once" in conclude(of(task, "one layer of attention"), size).why
    bound = of("equality", "one layer of attention")
    assert "--vocabulary" in conclude(bound, size).why
    found = conclude(bound, size.with_("vocabulary", 9))
    assert found.spent == 3 * 16 + 2 * 4
    assert found.cannot_from == 57
    assert conclude(bound, size.with_("cot", 0)).spent == 16


def test_iterated_composition_is_about_one_head() -> None:
    bound = of("iterated-composition", "decoded tokens")
    assert conclude(bound, Size(cot=7)).cannot_from == 8
    assert conclude(bound, Size()).cannot_from == 2  # at once: one application
    assert "one head, not 2" in conclude(bound, Size(heads=2, cot=7)).why


def test_few_tokens_are_few_keys() -> None:
    bound = of("induction", "fixed state")
    assert conclude(bound, Size(state=10)).cannot_from == 11
    found = conclude(bound, Size(state=10, vocabulary=14))
    assert (found.cannot_from, found.largest) == (11, 12)
    assert "V tokens allow 10" in conclude(bound, Size(state=10, vocabulary=12)).why


def test_asymptotic_bounds_give_no_number() -> None:
    for bound in ALL:
        if bound.kind == "asymptotic":
            found = conclude(bound, SOME, (5,))
            assert (found.spent, found.cannot_from, found.rows) == (None, None, ())
            assert "no number" in found.why


def test_every_bound_says_what_it_assumes_and_how_it_was_verified() -> None:
    for bound in ALL:
        assert bound.hypotheses
        assert "derived here" in bound.verified or "stated by the source" in bound.verified
        assert bound.cite is not None or bound.verified == "derived here"
        assert set(bound.varies) <= {*bound.needs, "cot"}


def test_huge_sizes_end() -> None:
    found = conclude(of("composition", "one layer of attention"),
                     Size(heads=10**12, dim=10**12, precision=10**12))
    assert found.cannot_from is None
    assert "not excluded" in found.why
