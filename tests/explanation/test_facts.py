"""What is said for a "yes" holds on the automaton."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from languages.explanation.explain import explain
from languages.parse import parse_language
from languages.words import words_up_to
from tests.explanation.plain_words import (
    explained,
)

COUNT = 5
ONE_SIDED = ("finite", "cofinite")


def test_least_powers() -> None:
    checked = 0
    for dfa, found, plain_ in explained(COUNT):
        facts = plain_["classes"]["star_free"].get("facts", {})
        if "least_power" not in facts:
            continue
        k = facts["least_power"]["value"]
        columns = [tuple(row[a] for row in found.dfa.table) for a in range(dfa.letters)]
        elements, needed = list(dict.fromkeys(columns)), 0
        for x in elements:
            power, i = tuple(range(len(x))), 0
            while (after := tuple(x[q] for q in power)) != power:
                power, i = after, i + 1
            needed = max(needed, i)
            for a in columns:
                y = tuple(a[q] for q in x)
                if y not in elements:
                    elements.append(y)
        assert k == needed
        checked += 1
    assert checked


@pytest.mark.parametrize("key", ONE_SIDED)
def test_numbers_of_words(key: str) -> None:
    checked = 0
    for text in ("regex:a|ab|bbb|[ab]{4}", "regex:()|a", "regex:[ab]{0,3}", "regex:~(ab|[ab]{3})",
                 "regex:~()", "regex:~([ab]*)", "regex:[ab]*"):
        dfa = parse_language(text, alphabet=("a", "b")).dfa
        assert dfa is not None
        why = next(w for w in explain(dfa).classes if w.key == key)
        if why.answer.value == "yes":
            chosen = [w for w in words_up_to(dfa.alphabet, 6)
                      if dfa.accepts(w) == (key == "finite")]
            value = why.reasons[0].value
            assert value["number"] == str(len(chosen))
            assert value["longest"] == (max(map(len, chosen)) if chosen else None)
            checked += 1
    assert checked >= 3


def test_ends_of_nc0_languages() -> None:
    """The first k letters, the last k letters and the length modulo s decide."""
    checked = 0
    for dfa, _, plain_ in explained(COUNT):
        facts = plain_["classes"]["nc0"].get("facts", {})
        if "ends" not in facts or dfa.letters > 2:
            continue
        k, s = facts["ends"]["value"]["k"], facts["ends"]["value"]["s"]
        if 2 * k + s > 9:
            continue
        seen: dict[Any, bool] = {}
        for text in words_up_to(dfa.alphabet, 9):
            if len(text) >= 2 * k:
                ends = text[:k], text[len(text) - k:], len(text) % s
                assert seen.setdefault(ends, dfa.accepts(text)) == dfa.accepts(text)
        checked += 1
    assert checked


def test_orders_of_states() -> None:
    for _, found, plain_ in explained(COUNT):
        facts = plain_["classes"]["r_trivial"].get("facts", {})
        if "order" in facts:
            place = {q: i for i, q in enumerate(facts["order"]["value"])}
            assert all(place[r] >= place[q] for q, row in enumerate(found.dfa.table) for r in row)


def test_periods_of_rings() -> None:
    """Words of k letters stay at a state, or leave its component."""
    for dfa, found, plain_ in explained(COUNT):
        facts = plain_["classes"]["ltl_p_mod"].get("facts", {})
        if "period" not in facts or facts["period"]["value"] > 7 or dfa.letters > 2:
            continue
        component = {q: i for i, c in enumerate(found.components) for q in c.states}
        for text in product(range(dfa.letters), repeat=facts["period"]["value"]):
            for q in range(found.dfa.states):
                r = found.dfa.run(text, q)
                assert r == q or component[r] > component[q]
