"""Words of one length and their membership in a language, as formulas over one Bool a letter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expressivity.smt.boxes import conjunction, disjunction
from languages.errors import InputError
from languages.language import Language

MAX_WORDS = 1 << 16
MAX_STATES = 50_000


@dataclass(frozen=True)
class Layers:
    """An automaton for the words of one length: `steps[i][p][a]` is the state after p and a."""

    steps: tuple[Mapping[int, Sequence[int]], ...]
    start: int
    accept: frozenset[int]


def letter(i: int, a: int) -> str:
    """The Bool that says that the letter at position i is the a-th."""
    return f"letter{i}_{a}"


def declare_word(length: int, letters: int) -> Iterator[str]:
    """One letter at each position."""
    for i in range(length):
        for a in range(letters):
            yield f"(declare-const {letter(i, a)} Bool)"
        yield f"(assert {disjunction(letter(i, a) for a in range(letters))})"
        for a, b in itertools.combinations(range(letters), 2):
            yield f"(assert (not (and {letter(i, a)} {letter(i, b)})))"


def read_word(values: Mapping[str, str], length: int, letters: int) -> tuple[int, ...]:
    """The word of a solution; what z3 leaves out makes no difference, but one letter is there."""
    return tuple(next((a for a in range(letters) if values.get(letter(i, a)) == "true"), 0)
                 for i in range(length))


def layers(language: Language, alphabet: Sequence[str], length: int) -> Layers:
    """The language on the words of one length, letters in the order of `alphabet`.

    Raises:
        InputError: the language has no automaton, and there are too many words to list.
    """
    if language.dfa is None:
        return _listed(language, alphabet, length)
    dfa = language.dfa.with_alphabet(tuple(alphabet))
    steps = []
    reached = {dfa.start}
    total = 1
    for _ in range(length):
        step = {p: [int(q) for q in dfa.delta[p]] for p in sorted(reached)}
        steps.append(step)
        reached = {q for row in step.values() for q in row}
        total += len(reached)
        if total > MAX_STATES:
            raise InputError(f"the automaton reaches more than {MAX_STATES} states within "
                             f"{length} letters")
    return Layers(tuple(steps), dfa.start, frozenset(q for q in reached if dfa.accept[q]))


def _listed(language: Language, alphabet: Sequence[str], length: int) -> Layers:
    """By the answers to all words: states of a level are what distinguishes the rest."""
    count = len(alphabet) ** length
    if count > MAX_WORDS:
        raise InputError(f"{language.name} has no automaton, and at length {length} there are "
                         f"{count} words, more than the {MAX_WORDS} that are listed")
    states = [int(language.contains(word)) for word in itertools.product(alphabet, repeat=length)]
    steps: list[dict[int, tuple[int, ...]]] = []
    for _ in range(length):
        rows = [tuple(states[k:k + len(alphabet)]) for k in range(0, len(states), len(alphabet))]
        number = {row: k for k, row in enumerate(dict.fromkeys(rows))}
        steps.append({k: row for row, k in number.items()})
        states = [number[row] for row in rows]
    return Layers(tuple(reversed(steps)), states[0], frozenset({1}))


def define_membership(automaton: Layers) -> Iterator[str]:
    """The Bool `member`, by which states can be reached at which position."""
    yield f"(define-fun state0_{automaton.start} () Bool true)"
    reached = {automaton.start}
    for i, step in enumerate(automaton.steps):
        before: dict[int, list[str]] = {}
        for p in sorted(reached):
            by: dict[int, list[int]] = {}
            for a, q in enumerate(step[p]):
                by.setdefault(q, []).append(a)
            for q, letters in by.items():
                given = "true" if len(letters) == len(step[p]) else disjunction(
                    letter(i, a) for a in letters)
                before.setdefault(q, []).append(conjunction([f"state{i}_{p}", given]))
        reached = set(before)
        for q, ways in sorted(before.items()):
            yield f"(define-fun state{i + 1}_{q} () Bool {disjunction(ways)})"
    end = len(automaton.steps)
    accepting = [f"state{end}_{q}" for q in sorted(reached & automaton.accept)]
    yield f"(define-fun member () Bool {disjunction(accepting)})"
