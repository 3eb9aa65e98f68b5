"""Decoding with caches gives what the definition gives, token by token and error by error."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from expressivity.thought.hard_cache import HardCache
from expressivity.thought.session import Session, think
from expressivity.thought.thinker import Thinker
from proofs.models.numbers import NotANumber
from tests.models.random_models import RATIONAL
from tests.thought.decoders import ERRORS, outcome, random_decoder


def fast(thinker: Thinker, word: tuple[int, ...]) -> Any:
    try:
        return think(thinker, word)
    except ERRORS as error:
        return type(error), str(error)


@pytest.mark.parametrize("contract", [None, RATIONAL])
def test_word_by_word(contract: dict[str, Any] | None) -> None:
    longest = 0
    kinds = set()
    for seed in range(70):
        thinker = Thinker.from_plain(random_decoder(seed, contract))
        for n in range(4):
            for word in list(itertools.product(range(2), repeat=n))[:4]:
                wanted, got = outcome(thinker.definition, word), fast(thinker, word)
                if isinstance(wanted, tuple):
                    kinds.add(wanted[0])
                    assert got[0] == wanted[0], (seed, word)
                    if wanted[0] is NotANumber:
                        assert got == wanted, (seed, word)
                else:
                    kinds.add(wanted.accepted)
                    longest = max(longest, len(wanted.tokens))
                    assert got == wanted, (seed, word)
    assert {True, False, None} <= kinds
    assert longest >= 8


def test_words_side_by_side() -> None:
    compared = 0
    for seed in range(60):
        thinker = Thinker.from_plain(random_decoder(seed))
        words = list(itertools.product(range(2), repeat=3))
        wanted = [outcome(thinker.definition, word) for word in words]
        if any(isinstance(found, tuple) for found in wanted):
            with pytest.raises(ERRORS):
                Session(thinker, words).run()
            continue
        got = Session(thinker, words).run()
        assert got.tokens == tuple(found.tokens for found in wanted), seed
        assert got.accepted == tuple(found.accepted for found in wanted), seed
        compared += 1
    assert compared > 20


def test_the_callers_limit() -> None:
    """A decoder that never answers stops where the caller says, or where it says itself."""
    plain = next(plain for plain in map(random_decoder, range(100))
                 if outcome(Thinker.from_plain(plain).definition, (0, 1)) is not None
                 and getattr(outcome(Thinker.from_plain(plain).definition, (0, 1)),
                             "accepted", True) is None)
    thinker = Thinker.from_plain(plain)
    bound = thinker.definition.most(2)
    assert bound is not None
    assert len(think(thinker, (0, 1)).tokens) == bound
    assert len(think(thinker, (0, 1), 2).tokens) == 2
    assert think(thinker, (0, 1), 2).accepted is None
    del plain["decoder"]["limit"]
    endless = Thinker.from_plain(plain)
    assert endless.definition.most(2) is None
    assert think(endless, (0, 1), 3).tokens == think(thinker, (0, 1), 3).tokens


def test_words_of_several_lengths_are_refused() -> None:
    thinker = Thinker.from_plain(random_decoder(1))
    with pytest.raises(ValueError, match="words of one length"):
        Session(thinker, [(0,), (0, 1)])


def test_large_keys_are_integers_of_any_size() -> None:
    from fractions import Fraction

    import numpy as np

    from expressivity.models.scaled import scaled

    cache = HardCache("average-hard", False, 2, 1)
    for k in range(1, 40):
        row = scaled(np.array([[[Fraction(10**k), Fraction(1, k)]]], dtype=object))
        value = scaled(np.array([[[Fraction(k, 3)]]], dtype=object))
        found = cache.extend(row, row, value)
        assert Fraction(int(found.numerators[0, 0, 0]), found.denominator) == Fraction(k, 3)
