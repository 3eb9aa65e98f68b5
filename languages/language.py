"""A language as users name it: an alphabet, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from languages.dfa import DFA
from languages.errors import InputError

Member = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, eq=False)
class Language:
    """A formal language over a fixed alphabet.

    `name` is the text by which the user asked for it. A regular language carries its minimal
    `dfa`; any other carries `statement_id`, the name under which theorems speak of it, and
    `member`, an exact but not necessarily fast membership test.
    """

    name: str
    alphabet: tuple[str, ...]
    dfa: DFA | None
    description: str
    statement_id: str | None = None
    member: Member | None = None

    @staticmethod
    def regular(name: str, dfa: DFA, description: str) -> Language:
        """A regular language; the DFA is minimised."""
        return Language(name, dfa.alphabet, dfa.minimal(), description)

    @property
    def is_regular(self) -> bool:
        """Does the language carry a DFA?"""
        return self.dfa is not None

    def contains(self, word: Sequence[str]) -> bool:
        """Is the word, a sequence of letters, in the language?

        `InputError` for a letter outside the alphabet, or if there is no membership test.
        """
        if self.dfa is not None:
            return self.dfa.accepts(word)
        known = set(self.alphabet)
        for place, letter in enumerate(word, start=1):
            if letter not in known:
                raise InputError(
                    f"letter {letter!r} is not in the alphabet: expected one of "
                    f"{' '.join(self.alphabet)}",
                    f"letter {place}",
                )
        if self.member is None:
            raise InputError(f"{self.name}: no membership test is known here")
        return self.member(word)

    def named(self, name: str) -> Language:
        """The same language under another name."""
        return replace(self, name=name)
