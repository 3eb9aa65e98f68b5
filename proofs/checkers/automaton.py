"""The automaton that a certificate speaks of, and words over its letters.

The checkers' own reading of automata, in lists and integers only; `languages.dfa` is the fast
one and shares no code with it. A claim is about the language of *this* automaton, which is
complete, but need be neither minimal nor trimmed: states may be unreachable or equivalent.

A word is a list of blocks `[count, [letter indices]]`, read from left to right; a block stands
for its letters repeated `count` times, and the empty list for the empty word. Counts have up to
40 digits, so words may be far longer than anything that could be written out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

from proofs.checkers.rejection import distinct, integer, integers, items, record, reject, string
from proofs.checkers.work import Work

Word: TypeAlias = list[tuple[int, list[int]]]


@dataclass(frozen=True)
class Automaton:
    """A complete deterministic automaton; `delta[q][a]` is q.a, letters are numbered.

    `work` bounds the letters that `run` reads, all words together.
    """

    alphabet: tuple[str, ...]
    start: int
    accept: frozenset[int]
    delta: tuple[tuple[int, ...], ...]
    work: Work = field(default_factory=Work, compare=False, repr=False)

    @property
    def states(self) -> int:
        """The number of states, which are 0, 1, ..., states - 1."""
        return len(self.delta)

    @property
    def letters(self) -> int:
        """The number of letters, which are 0, 1, ..., letters - 1."""
        return len(self.alphabet)

    def run(self, state: int, word: Word) -> int:
        """The state `state.word`; rejected when there is too much to read."""
        for count, letters in word:
            state = repeat(partial(self._block, letters), state, count)
        return state

    def _block(self, letters: list[int], state: int) -> int:
        self.work.spend(len(letters), "data")
        for a in letters:
            state = self.delta[state][a]
        return state

    def separates(self, p: int, q: int, word: Word) -> bool:
        """Whether exactly one of p.word and q.word accepts."""
        return (self.run(p, word) in self.accept) != (self.run(q, word) in self.accept)


def repeat(step: Callable[[int], int], state: int, count: int) -> int:
    """`step` applied `count` times: the orbit is followed until it closes, then counted round."""
    orbit = [state]
    index = {state: 0}
    while len(orbit) <= count:
        state = step(state)
        if state in index:
            tail = index[state]
            return orbit[tail + (count - tail) % (len(orbit) - tail)]
        index[state] = len(orbit)
        orbit.append(state)
    return orbit[count]


def length(word: Word) -> int:
    """The exact number of letters of the word."""
    return sum(count * len(letters) for count, letters in word)


def letters_of(word: Word) -> set[int]:
    """The letters that occur in the word."""
    return {a for _, letters in word for a in letters}


def parse_automaton(value: object, path: str) -> Automaton:
    """The automaton of {"alphabet", "states", "start", "accept", "delta"}, or rejected."""
    fields = record(value, path, ("alphabet", "states", "start", "accept", "delta"))
    letters = items(fields["alphabet"], f"{path}.alphabet")
    alphabet = [string(x, f"{path}.alphabet[{i}]") for i, x in enumerate(letters)]
    if not alphabet or "" in alphabet or len(set(alphabet)) != len(alphabet):
        reject("bad-alphabet", alphabet, f"{path}.alphabet", "distinct non-empty letters")
    rows = items(fields["delta"], f"{path}.delta")
    states = integer(fields["states"], f"{path}.states", 1)
    if states != len(rows):
        reject("wrong-states", states, f"{path}.states", f"{len(rows)}, one for each row of delta")
    delta = tuple(
        tuple(integers(row, f"{path}.delta[{q}]", 0, states, len(alphabet)))
        for q, row in enumerate(rows)
    )
    accept = integers(fields["accept"], f"{path}.accept", 0, states)
    if distinct(accept, f"{path}.accept") != sorted(accept):
        reject("not-sorted", accept, f"{path}.accept", "ascending states")
    start = integer(fields["start"], f"{path}.start", 0, states)
    return Automaton(tuple(alphabet), start, frozenset(accept), delta)


def parse_word(value: object, path: str, automaton: Automaton) -> Word:
    """A word over the automaton's letters, or rejected."""
    word: Word = []
    for i, block in enumerate(items(value, path)):
        count, letters = items(block, f"{path}[{i}]", 2)
        repeated = integer(count, f"{path}[{i}][0]", 1)
        word.append((repeated, integers(letters, f"{path}[{i}][1]", 0, automaton.letters)))
        if not word[-1][1]:
            reject("empty-block", letters, f"{path}[{i}][1]", "at least one letter")
    return word
