"""Softmax at constant precision and periodic positions: the built models, at all lengths."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from expressivity.constructions import (
    Construction,
    periodic,
    phases,
    softmax_existence,
    softmax_periodic,
)
from expressivity.constructions.phases import least_period, with_phases
from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from expressivity.verify import ALL_LENGTHS, verify
from languages.classes import ac0, ltl_p_mod, r_trivial, star_free
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.parse import parse_language
from tests import small_automata
from tests.constructions.languages_to_build import as_dfa, words

HERE: dict[str, Any] = {m.NAME: m for m in (softmax_existence, softmax_periodic, periodic)}


def every_small() -> list[Language]:
    """All minimal automata with at most three states over two letters."""
    return [Language.regular(f"automaton {k}", as_dfa(a), "") for k, a in enumerate(
        a for n in (1, 2, 3) for a in small_automata.all_minimal(n, 2))]


def check(construction: Construction, languages: list[Language]) -> Counter[bool]:
    """Build and verify each; counts languages that the construction covers."""
    found: Counter[bool] = Counter()
    for language in languages:
        covered = construction.applies(language)
        found[covered] += 1
        if not covered:
            continue
        for witness in construction.witnesses(language, 8):
            model = Model.from_plain(witness.model)
            result = verify(model, language)
            assert result.agrees, (language.dfa, result)
            assert result.scope == ALL_LENGTHS
            assert witness.resources.items() <= sizes(model.definition).items()
            assert witness.longest is None
            if construction is not HERE[periodic.NAME]:
                heads = [h for layer in witness.model["layers"] for h in layer.get("heads", [])]
                assert all(h["selection"] == "softmax" for h in heads)
            if model.contract.grid is not None:
                break  # the other contracts and markers are covered by the slow test
    return found


@pytest.mark.parametrize(("name", "every"), [
    (softmax_existence.NAME, 5), (softmax_periodic.NAME, 40), (periodic.NAME, 60)])
def test_some_small_languages(name: str, every: int) -> None:
    found = check(HERE[name], every_small()[::every])
    assert found[True] >= 4
    assert found[False] >= 4


@pytest.mark.slow
@pytest.mark.parametrize("name", HERE)
def test_every_small_language(name: str) -> None:
    assert check(HERE[name], every_small())[True] > 50


@pytest.mark.parametrize(("text", "covered"), [
    ("regex:(ab)*", (False, True)), ("regex:(aa)*", (True, True)),
    ("regex:(aab)*b", (False, True)), ("dyck:1,depth=2", (False, False)),
    ("regex:(a(ab)*b|bb)*", (True, False))])
def test_named_languages_by_positions(text: str, covered: tuple[bool, bool]) -> None:
    for construction, expected in zip((periodic, softmax_periodic), covered, strict=True):
        assert check(HERE[construction.NAME], [parse_language(text)]) == {expected: 1}


def phased_words(dfa: DFA, period: int, word: list[int], begin: bool) -> list[int]:
    """The word with phases and the end letter, as indices of letters with phases."""
    spelled = [a * period + i % period for i, a in enumerate([*word, dfa.letters])]
    return [(dfa.letters + 1) * period, *spelled] if begin else spelled


@pytest.mark.parametrize("begin", [False, True])
@pytest.mark.parametrize("period", [1, 2, 3])
def test_phases_change_nothing(period: int, begin: bool) -> None:
    for language in every_small()[::50]:
        assert language.dfa is not None
        dfa = language.dfa
        phased = with_phases(dfa, period, begin)
        for n in range(6):
            for word in words(dfa, n):
                spelled = phased_words(dfa, period, list(word), begin)
                end = phased.run(spelled)
                assert bool(phased.accept[end]) == bool(dfa.accept[dfa.run(word)])


def test_some_period_makes_exactly_the_classes() -> None:
    """The classes with positions, decided on the automaton, against the least period."""
    for language in every_small()[::9]:
        assert language.dfa is not None
        for with_positions, without in ((ac0, star_free), (ltl_p_mod, r_trivial)):
            found = any(without.decide(Analysis(with_phases(language.dfa, m))).value == "yes"
                        for m in range(1, 7))
            assert found == (with_positions.decide(Analysis(language.dfa)).value == "yes")


def test_a_period_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    parity = parse_language("parity").dfa
    assert parity is not None
    monkeypatch.setattr(phases, "MAX_PERIOD", 5)
    with pytest.raises(LimitError, match="period of the position encodings"):
        least_period(parity, star_free.decide)


@pytest.mark.parametrize("name", HERE)
def test_a_language_without_automaton(name: str) -> None:
    majority = parse_language("majority")
    assert not HERE[name].applies(majority)
    with pytest.raises(InputError, match="is not regular"):
        list(HERE[name].witnesses(majority, 8))
