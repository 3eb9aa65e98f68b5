"""What an explanation of a "no" says: a pattern on the automaton, and words that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from languages.algebra.words import Word, action
from languages.classes.analysis import Analysis
from languages.explanation.families import Family, Sample, run, settle
from languages.explanation.shown import Spelling

MANY = 8  # runs of one word that are read off its map of all states


@dataclass(frozen=True)
class Pattern:
    """A forbidden pattern on the minimal DFA.

    `says` describes it with states and words, `why` says why no language of the class allows it.
    `words` are over the letters of the DFA; each triple (p, name, q) of `runs` says that the word
    leads from state p to state q. `samples` are families of words, those in the language first.
    `numbers` holds what a reader may want as numbers, such as a period.
    """

    kind: str
    says: str
    why: str
    words: Mapping[str, Word]
    runs: tuple[tuple[int, str, int], ...]
    samples: tuple[Sample, ...]
    numbers: Mapping[str, Any] = field(default_factory=dict)


class Board:
    """The minimal DFA on which patterns are pointed out. Nothing here trusts where they are from:

    each run and each sample is read off the transition table, and ArithmeticError is raised if it
    is not what the pattern says.
    """

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.dfa = analysis.dfa
        self.table = analysis.dfa.table
        self.spelling = Spelling(analysis.dfa.alphabet)
        self.known: dict[str, Pattern] = {}  # patterns that several classes share

    def word(self, written: Any) -> Word:
        """A word of a certificate."""
        return [(int(count), tuple(map(int, letters))) for count, letters in written]

    def words(self, data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Word]:
        """The words of a certificate's data that have these names."""
        return {name: self.word(data[name]) for name in names}

    def plain(self, word: Word) -> Word:
        """A word over the different actions as one over letters."""
        names = self.analysis.representative
        return [(count, tuple(names[a] for a in letters)) for count, letters in word]

    def access(self, state: int) -> Word:
        """A shortest word from the start to the state."""
        return self.word(self.analysis.access(state))

    def apart(self, p: int, q: int) -> Word:
        """A shortest word that exactly one of two different states accepts."""
        return self.word(self.analysis.distinguish(p, q))

    def show(self, word: Word) -> str:
        """The word as text."""
        return self.spelling.word(word)

    def run(self, state: int, word: Word) -> int:
        """The state that a word leads to."""
        return run(self.table, state, word)

    def action(self, word: Word) -> list[int]:
        """Where a word leads from each state."""
        moved: list[int] = action(word, self.dfa.delta).tolist()
        return moved

    def start(self, word: Word) -> int:
        """The state that a word leads to from the start."""
        return self.run(self.dfa.start, word)

    def expect(self, state: int, word: Word, end: int) -> None:
        """ArithmeticError unless the word leads from the state to `end`."""
        if self.run(state, word) != end:
            raise ArithmeticError(f"{self.show(word)} does not lead from {state} to {end}")

    def sample(self, *family: Any) -> Sample:
        """A family of words, all in the language or all not, from some n on."""
        parts: Family = tuple(family)
        found = settle(self.table, self.dfa.start, parts)
        if found is None:
            raise ArithmeticError(f"{self.spelling.family(parts)} does not settle")
        end, least = found
        return Sample(parts, bool(self.dfa.accept[end]), least, end)

    def pattern(self, kind: str, says: str, why: str, words: Mapping[str, Word],
                runs: Iterable[tuple[int, str, int]], samples: Iterable[Sample],
                **numbers: Any) -> Pattern:
        """A pattern whose runs are checked; samples in the language come first.

        Two or more samples must not agree all: they show that the language tells words apart.
        """
        steps = tuple(dict.fromkeys(runs))
        count = Counter(name for _, name, _ in steps)
        actions = {name: self.action(words[name]) for name, times in count.items() if times > MANY}
        for p, name, q in steps:
            if name not in actions:
                self.expect(p, words[name], q)
            elif actions[name][p] != q:
                raise ArithmeticError(f"{self.show(words[name])} does not lead from {p} to {q}")
        ordered = tuple(sorted(samples, key=lambda s: not s.accepted))
        if len(ordered) > 1 and len({s.accepted for s in ordered}) < 2:
            raise ArithmeticError(f"{kind}: the samples are all in the language or all not")
        return Pattern(kind, says, why, dict(words), steps, ordered, numbers)
