"""Programs that each need one exact gadget, on inputs where it is tight."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from expressivity.programs.rasp import (
    Aggregate,
    Comparison,
    Full,
    Linear,
    Map,
    Not,
    Or,
    Select,
    SelectorWidth,
    SequenceMap,
    SOp,
    compile_rasp,
    indices,
    interpret,
    tokens,
)
from expressivity.programs.rasp.library import everything, frac_prevs, length, shift

EQ, NEQ, LT, LEQ, GT, GEQ, TRUE = (Comparison.EQ, Comparison.NEQ, Comparison.LT, Comparison.LEQ,
                                   Comparison.GT, Comparison.GEQ, Comparison.TRUE)
is_a = tokens == "a"
maybe = Map(lambda x: {"a": 0, "b": None, "c": 2}[x], tokens)
maybe_index = Map(lambda x: {"a": 1, "b": 1, "c": None}[x], tokens) * indices
later = shift(1, indices)  # None, 0, 1, ...
share, overall = frac_prevs(is_a), Aggregate(everything(), is_a)
up_to_here = Select(indices, indices, LEQ)
last = Select(indices, length() - 1, EQ)

an_a_before = Aggregate(Select(indices, indices, LT) & Select(tokens, Full("a"), EQ),
                        Full(1), default=2, unique=True)
pair = SequenceMap(lambda x, y: 4 * " abc".index(x) + " abc".index(y), tokens,
                   shift(1, default=" "))
UNIFORM: dict[str, SOp] = {
    "position after itself": shift(-1),
    "first position has no predecessor": shift(1, default="none"),
    "before": Aggregate(Select(indices, indices, LT), is_a, default=Fraction(1, 2)),
    "before, counted": SelectorWidth(Select(indices, indices, LT)),
    "after": Aggregate(Select(indices, indices, GT), is_a, default=Fraction(-3, 2)),
    "after, None": Aggregate(Select(indices, indices, GT), tokens == "b", default=0) * 2,
    "from here on, counted": SelectorWidth(Select(indices, indices, GEQ)),
    "an a or before": Aggregate(Select(is_a, Full(1), EQ) | Select(indices, indices, LT), is_a, 3),
    "not the same": Aggregate(Select(tokens, tokens, NEQ), indices, default=-1),
    "numbers that differ": SelectorWidth(Select(length() - indices, indices, NEQ)),
    "numbers that agree, average": Aggregate(~Select(length() - indices, indices, EQ), indices, 7),
    "equal numbers, some None": SelectorWidth(Select(later, indices, EQ)),
    "equal to a query that may be None": SelectorWidth(Select(indices, later, EQ)),
    "unequal to what may be None": SelectorWidth(Select(indices, later, NEQ)),
    "not equal to what may be None": SelectorWidth(~Select(indices, later, EQ)),
    "true of what may be None": SelectorWidth(Select(later, indices, TRUE)),
    "two that may be None": Linear(((1, maybe), (2, maybe_index)), Fraction(1, 2))
    == Fraction(5, 2),
    "compared with None around": (maybe_index < 1),
    "not less, with None": (maybe_index >= 0) == 1,
    "or, with None": Or((maybe == 0, maybe_index < 2)),
    "not, with None": Not(maybe_index),
    "a share that meets its bound": share == Fraction(1, 2),
    "a share below its bound": share < Fraction(1, 2),
    "a share at least": share >= Fraction(2, 3),
    "a share and nothing": Not(share),
    "two shares": share == overall,
    "a square": share * share,
    "negative products": (share - 1) * (indices - 2),
    "negative times positive": (share - 1) * indices,
    "other tokens": SelectorWidth(~Select(tokens, tokens, EQ)),
    "averages of averages, at all lengths": Aggregate(up_to_here, share) <= Fraction(3, 4),
    "squares of counts": length() * length() - indices * indices,
    "product with None": maybe_index * (length() - 1) == 2,
    "average of shares": Aggregate(everything(), share),
    "average that is never None": Aggregate(up_to_here, share),
    "fetched share": Aggregate(last, share, default=0, unique=True) - share,
    "fetched count": Aggregate(last, length() * 2 - indices, unique=True, default=0),
    "a class of keys for each query": Aggregate(
        Select(Map(ord, tokens), Map(lambda x: 101 - ord(x) % 3, tokens), EQ), indices, -1),
    "default of a strict mask as a key": SelectorWidth(Select(an_a_before, Full(2), EQ)),
    "keys that no query has and queries without a key":
        SelectorWidth(Select(pair, pair + 5, EQ)),
    "default of a strict mask as a query": SelectorWidth(Select(indices, an_a_before, EQ)),
    "keys that no query has": SelectorWidth(Select(
        Map(lambda x: {"a": 1, "b": 2, "c": 3}[x], tokens),
        Map(lambda x: {"a": 3, "b": 9, "c": 2}[x], tokens), EQ)),
    "a relation without structure": SelectorWidth(Select(
        tokens, tokens, lambda k, q: (k, q) in {("a", "a"), ("b", "a"), ("c", "b")})),
    "a relation to keys alone": Aggregate(Select(tokens, indices == 0, lambda k, q: k == "b"),
                                          indices, default=None, unique=False) == 1,
    "a pair of texts": SequenceMap(lambda x, y: x + y, tokens, shift(1, default="-")),
    "constant": Full(Fraction(2, 3)),
    "nothing but None": Full(None),
    "selecting nothing": Aggregate(Select(tokens, tokens, Comparison.FALSE), tokens, default="z"),
    "selecting nothing, counted": SelectorWidth(Select(tokens, tokens, Comparison.FALSE)),
    "maximum of two": SequenceMap(max, Map(ord, tokens), Map(lambda x: 196 - ord(x), tokens)),
}
BOUNDED: dict[str, SOp] = {
    "averages of averages, compared": Aggregate(up_to_here, share) <= Fraction(3, 4),
    "fetched share against the share here":
        Aggregate(last, share, default=0, unique=True) > share,
    "product of shares, compared": share * share > Fraction(1, 2),
    "shares over different selectors": share == overall,
    "function of a share": Map(lambda x: x.numerator - x.denominator, share),
    "function of an index": Map(lambda i: i * i % 3, indices),
    "function of two indices": SequenceMap(lambda i, k: i % (k + 1), indices, length() - indices),
    "order of counts": SelectorWidth(Select(SelectorWidth(Select(tokens, tokens, EQ)), indices,
                                            GT)),
    "any relation of indices": SelectorWidth(Select(indices, indices,
                                                    lambda j, i: (i + 1) % (j + 1) == 0)),
    "numbers that may be None": Aggregate(Select(indices, indices, GT), indices),
    "equal shares": SelectorWidth(Select(share, share, EQ)),
    "shares that may have no equal": Aggregate(Select(share, 1 - share, EQ), indices, default=-1),
    "constant times an average, as a key": SelectorWidth(Select(Full(2) * Aggregate(
        Select(tokens, Full("a"), EQ), indices, default=3), 2 * indices, EQ)),
    "indices far apart": SelectorWidth(Select(indices, indices - 2, LEQ)),
}
WORDS = [word for n in range(1, 6) for word in itertools.product("abc", repeat=n)]


def check(program: SOp, causal: bool, longest: int | None) -> None:
    compiled = compile_rasp(program, "abc", longest, causal=causal)
    assert compiled.longest in (None, longest)
    for n in range(1, 6):
        words = [word for word in WORDS if len(word) == n]
        for word, found in zip(words, compiled.run_many(words), strict=True):
            assert found == interpret(program, word, causal), word


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("name", UNIFORM)
def test_at_all_lengths(name: str, causal: bool) -> None:
    check(UNIFORM[name], causal, None)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("name", [*BOUNDED, "two shares", "a share at least", "fetched share"])
def test_up_to_a_length(name: str, causal: bool) -> None:
    check((UNIFORM | BOUNDED)[name], causal, 5)
