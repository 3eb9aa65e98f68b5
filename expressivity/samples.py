"""Short words that show something of a language."""

from __future__ import annotations

from typing import Final

from languages.dfa import DFA
from languages.words import Word

LENGTHS: Final = (4, 3, 5, 6, 2, 1)
"""Lengths in which a sample word is looked for, the one that shows most first."""


def sample_word(dfa: DFA | None, alphabet: tuple[str, ...]) -> Word:
    """The first accepted word of some short length; the letters in turn if none is known."""
    if dfa is not None:
        table = dfa.table
        alive = [[bool(x) for x in dfa.accept]]  # by length: a word of it leads to acceptance
        for _ in range(max(LENGTHS)):
            alive.append([any(alive[-1][r] for r in row) for row in table])
        for length in LENGTHS:
            state, word = dfa.start, []
            if not alive[length][state]:
                continue
            for left in reversed(range(length)):
                letter = next(a for a, r in enumerate(table[state]) if alive[left][r])
                word.append(letter)
                state = table[state][letter]
            return dfa.decode(word)
    return tuple(alphabet[k % len(alphabet)] for k in range(LENGTHS[0]))
