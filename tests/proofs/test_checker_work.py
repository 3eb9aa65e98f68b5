"""Small certificates take no hours: what checkers compute is bounded, and what they skip is not
needed."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from expressivity.queries.facts import Facts
from languages.classes.analysis import Budget
from languages.parse import parse_language
from proofs.checkers import Rejected, check_certificate, work
from proofs.checkers.nc0 import merged_after
from proofs.checkers.work import Work
from tests.proofs.certificate_edits import good
from tests.small_automata import random_automaton

HUGE = 10**39


def cycle(states: int) -> dict[str, Any]:
    """a leads round; b makes the last state the first. No k is enough for any of the classes."""
    delta = [[(q + 1) % states, 0 if q == states - 1 else q] for q in range(states)]
    return {"alphabet": ["a", "b"], "states": states, "start": 0, "accept": [0], "delta": delta}


def certificate(kind: str, algebraic_class: str, data: dict[str, Any],
                language: dict[str, Any]) -> dict[str, Any]:
    """That the language is in the class."""
    return {"format": "expressivity certificate", "version": 1, "kind": kind, "data": data,
            "claim": {"class": algebraic_class, "member": True, "language": language}}


LENGTHS = [
    ("last-letters", "definite", {"k": HUGE}, "not-merged"),
    ("first-letters", "reverse-definite", {"k": HUGE}, "not-constant"),
    ("both-ends", "generalised-definite", {"k": HUGE}, "not-merged"),
    ("factors", "strictly-local", {"k": HUGE}, "not-merged"),
    ("nc0-block", "nc0-regular", {"k": HUGE, "s": 1}, "not-merged"),
]


@pytest.mark.parametrize(("kind", "algebraic_class", "data", "code"), LENGTHS)
def test_huge_lengths_are_soon_refused(kind: str, algebraic_class: str, data: dict[str, Any],
                                       code: str) -> None:
    """Steps times pairs of states would be 10^11 here."""
    with pytest.raises(Rejected) as raised:
        check_certificate(certificate(kind, algebraic_class, data, cycle(600)))
    assert raised.value.code == code


@pytest.mark.parametrize("name", [
    "last-letters--ends-with-a--definite", "first-letters--begins-with-a--reverse-definite",
    "both-ends--begins-with-a--generalised-definite", "factors--ab--strictly-local",
    "commuting-letters--one-a--commutative", "local-order--ab--locally-testable",
    "alphabet-levels--contains-ab--FO2"])
def test_work_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check_certificate(good(name))
    monkeypatch.setattr(work, "MAX_WORK", 1)
    with pytest.raises(Rejected) as raised:
        check_certificate(good(name))
    assert raised.value.code == "too-much-work"


def test_what_is_too_much_to_check_is_no_theorem(monkeypatch: pytest.MonkeyPatch) -> None:
    language = parse_language("regex:(ab)*")
    assert len(Facts(language, Budget()).theorems(["strictly-local"])) == 1
    monkeypatch.setattr(work, "MAX_WORK", 1)
    facts = Facts(language, Budget())
    assert facts.theorems(["strictly-local"]) == []
    assert facts.answer("strictly-local").value == "yes"


@pytest.mark.parametrize("field", ["k", "s"])
def test_long_blocks_of_large_automata(field: str) -> None:
    value = certificate("nc0-block", "nc0-regular", {"k": 1, "s": 1} | {field: HUGE}, cycle(900))
    with pytest.raises(Rejected) as raised:
        check_certificate(value)
    assert raised.value.code in ("too-much-work", "not-merged")


@pytest.mark.parametrize("letters", [500, 8000])
def test_many_letters_that_commute(letters: int) -> None:
    """Letters that act differently, but two of them lead to the last state."""
    states = 12
    rng = random.Random(1)
    delta = [[rng.randrange(6, states - 1) for _ in range(letters)] for _ in range(6)]
    delta += [[states - 1] * letters for _ in range(6)]
    language = {"alphabet": [str(a) for a in range(letters)], "states": states, "start": 0,
                "accept": [states - 1], "delta": delta}
    value = certificate("commuting-letters", "commutative", {"block": list(range(states))},
                        language)
    if letters == 500:
        assert check_certificate(value).member
        return
    with pytest.raises(Rejected) as raised:
        check_certificate(value)
    assert raised.value.code == "too-much-work"


def test_pairs_take_memory() -> None:
    """All states accept, so that no pair is a reason to stop."""
    language = cycle(4000)
    language["accept"] = list(range(4000))
    value = certificate("closed-under-deletion", "strictly-piecewise", {}, language)
    with pytest.raises(Rejected) as raised:
        check_certificate(value)
    assert raised.value.code == "too-much-work"


def test_words_that_are_long_round_a_cycle() -> None:
    """A block of 1,000 letters, read up to 60,000 times before the states come again."""
    n = 60_000
    language = {"alphabet": ["a"], "states": n, "start": 0, "accept": [0],
                "delta": [[(q + 1) % n] for q in range(n)]}
    data = {"u": [], "w": [[1, [0]]], "x": [[n, [0] * 1001]], "v": []}
    value = certificate("parallel-loops", "definite", data, language)
    value["claim"]["member"] = False
    with pytest.raises(Rejected) as raised:
        check_certificate(value)
    assert (raised.value.code, raised.value.path) == ("too-much-work", "data")
    data["x"] = [[n, [0] * 301]]
    assert check_certificate(value).member is False


def test_merged_states_against_words() -> None:
    rng = random.Random(2)
    for _ in range(60):
        letters, delta, _, _ = random_automaton(rng, rng.randint(1, 4), rng.randint(1, 2))
        states = len(delta)
        actions = [tuple(row[a] for row in delta) for a in range(letters)]
        for k in range(6):
            number = merged_after(actions, states, k, Work())
            ends = []
            for q in range(states):
                found = []
                for word in itertools.product(range(letters), repeat=k):
                    r = q
                    for a in word:
                        r = delta[r][a]
                    found.append(r)
                ends.append(found)
            for p, q in itertools.combinations(range(states), 2):
                assert (number[p] == number[q]) == (ends[p] == ends[q])
