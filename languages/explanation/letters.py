"""What a letter does to the answers: neutral and dead letters, and languages without or with them.

A letter is neutral if it changes nothing wherever it stands (it fixes each state of the minimal
DFA), dead if no word with it is in the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from languages.classes.analysis import Budget, Progress
from languages.classify import Classification, classify
from languages.dfa import DFA

LETTERS = 16  # letters that are left out, one at a time


@dataclass(frozen=True)
class Change:
    """The language without a letter, or with one more that is neutral or dead, classified anew.

    `how` is "without", "with neutral" or "with dead". `flips` has (value before, value after) for
    each class that differs, and for the circuit class under "circuit_class".
    """

    how: str
    letter: str
    dfa: DFA
    flips: Mapping[str, tuple[str, str]]


def neutral(dfa: DFA) -> list[int]:
    """The letters that fix every state of a minimal DFA."""
    return [a for a in range(dfa.letters)
            if np.array_equal(dfa.delta[:, a], np.arange(dfa.states))]


def sink(dfa: DFA) -> int | None:
    """The rejecting state of a minimal DFA that no letter leaves, if there is one."""
    stays = (dfa.delta == np.arange(dfa.states)[:, None]).all(axis=1) & ~dfa.accept
    found = np.flatnonzero(stays)
    return int(found[0]) if len(found) else None


def dead(dfa: DFA) -> list[int]:
    """The letters that lead every state of a minimal DFA to the sink."""
    end = sink(dfa)
    return [] if end is None else [a for a in range(dfa.letters) if (dfa.delta[:, a] == end).all()]


def without(dfa: DFA, letter: int) -> DFA:
    """The words in which the letter does not occur, over the other letters."""
    rest = [a for a in range(dfa.letters) if a != letter]
    return DFA(tuple(dfa.alphabet[a] for a in rest), dfa.delta[:, rest], dfa.start, dfa.accept)


def with_neutral(dfa: DFA, letter: str) -> DFA:
    """The words that are in the language when the new letter is erased."""
    column = np.arange(dfa.states, dtype=np.int32)[:, None]
    return DFA((*dfa.alphabet, letter), np.hstack([dfa.delta, column]), dfa.start, dfa.accept)


def with_dead(dfa: DFA, letter: str) -> DFA:
    """The same language over one letter more."""
    delta, accept, end = dfa.delta, dfa.accept, dfa.states
    delta = np.vstack([delta, np.full((1, dfa.letters), end, dtype=np.int32)])
    column = np.full((end + 1, 1), end, dtype=np.int32)
    return DFA((*dfa.alphabet, letter), np.hstack([delta, column]), dfa.start,
               np.append(accept, False))


def fresh(dfa: DFA, wish: str) -> str:
    """A letter that is not in the alphabet."""
    if wish not in dfa.alphabet:
        return wish
    number = 1
    while f"{wish}{number}" in dfa.alphabet:
        number += 1
    return f"{wish}{number}"


def changes(dfa: DFA, before: Classification, budget: Budget | None = None,
            progress: Progress | None = None) -> list[Change]:
    """The changed languages: neutral and dead letters first, at most LETTERS left out.

    An alphabet of one letter keeps it.
    """
    # Of the empty language all letters are neutral and dead.
    order = list(dict.fromkeys([*neutral(dfa), *dead(dfa), *range(dfa.letters)]))[:LETTERS]
    made = [("without", dfa.alphabet[a], without(dfa, a)) for a in order if dfa.letters > 1]
    for how, wish, add in (("with neutral", "e", with_neutral), ("with dead", "z", with_dead)):
        letter = fresh(dfa, wish)
        made.append((how, letter, add(dfa, letter)))
    result = []
    for how, letter, changed in made:
        if progress is not None:
            progress(f"{how} {letter}", 0)
        after = classify(changed, budget)
        result.append(Change(how, letter, changed, flips(before, after)))
    return result


def flips(before: Classification, after: Classification) -> dict[str, tuple[str, str]]:
    """The classes with another value, in the order of the deciders; then the circuit class."""
    found: dict[str, tuple[str, str]] = {}
    for key, answer in before.answers.items():
        value = after.answers[key].value
        if value != answer.value:
            found[key] = answer.value, value
    if before.circuit_class != after.circuit_class:
        found["circuit_class"] = before.circuit_class, after.circuit_class
    return found
