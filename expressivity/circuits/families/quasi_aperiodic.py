"""Regular languages in AC0: blocks of letters first, then a star-free language of blocks.

Let s be such that words of length s and of length 2 s act on the states in the same ways (the
stability index of the syntactic morphism). The language is in AC0 iff these actions contain no
group; then the automaton that reads blocks of s letters is aperiodic, and the few letters that are
left after the last block are looked up.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families._temporal import unroll
from expressivity.circuits.letters import Letters, Options
from languages.classes import ac0
from languages.classes.analysis import Analysis
from languages.dfa import DFA
from languages.errors import InputError, LimitError
from languages.language import Language
from languages.logics.from_automaton import star_free_formula
from languages.logics.ltl import Formula

NAME: Final = "quasi-aperiodic"
CITATION: Final = (
    "Barrington, Compton, Straubing, Therien, Regular languages in NC1, JCSS 44, 1992 (regular "
    "languages in AC0 are those whose stable semigroup is aperiodic)"
)
SHAPE: Final = "AND and OR, depth bounded by the formula's over blocks, size O(n^2) per operator"
CLASS: Final = "AC0"
RANK: Final = 20

MAX_ACTIONS: Final = 100_000
MAX_BLOCKS: Final = 50_000

Action: TypeAlias = tuple[int, ...]
"""What a word does to each state."""


class _Blocks(NamedTuple):
    """Words of length `size` by their action, as letter indices."""

    size: int
    words: dict[Action, list[tuple[int, ...]]]


def applies(language: Language) -> bool:
    """Is the language regular, and known to be in AC0?"""
    return language.dfa is not None and ac0.decide(Analysis(language.dfa)).value == "yes"


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """The OR over what may follow the last block."""
    if language.dfa is None:
        raise InputError(f"{NAME}: {language.name} is not regular")
    dfa = language.dfa.minimal()
    letters = Letters(language.alphabet, length, options)
    builder, blocks = letters.builder, _blocks(dfa)
    count, rest = divmod(length, blocks.size)

    def spelled(words: Sequence[tuple[int, ...]], first: int) -> int:
        """Does one of these words stand at position `first`?"""
        return builder.disj(builder.conj(letters.letter(first + k, a) for k, a in enumerate(word))
                            for word in words)

    listed = list(blocks.words.values())
    block = {(i, x): spelled(words, i * blocks.size)
             for i in range(count) for x, words in enumerate(listed)}
    endings: dict[tuple[bool, ...], list[tuple[int, ...]]] = {}
    for word in itertools.product(range(dfa.letters), repeat=rest):
        accept = tuple(bool(dfa.accept[dfa.run(word, q)]) for q in range(dfa.states))
        endings.setdefault(accept, []).append(word)
    found = [builder.conj([spelled(words, count * blocks.size),
                           unroll(builder, _formula(dfa, accept), count,
                                  lambda i, x: block[i, x])])
             for accept, words in endings.items()]
    return letters.circuit(builder.disj(found))


@lru_cache(maxsize=32)
def _formula(dfa: DFA, accept: tuple[bool, ...]) -> Formula:
    """After which words of blocks is the state one of `accept`?"""
    actions = list(_blocks(dfa).words)
    return star_free_formula(DFA(tuple(f"block {x}" for x in range(len(actions))),
                                 np.array(actions, dtype=np.int32).T, dfa.start,
                                 np.array(accept)))


@lru_cache(maxsize=8)
def _blocks(dfa: DFA) -> _Blocks:
    size = _stability_index(dfa)
    if dfa.letters**size > MAX_BLOCKS:
        raise LimitError(f"{NAME}: words of length {size}", dfa.letters**size, MAX_BLOCKS,
                         "another --family")
    found: dict[Action, list[tuple[int, ...]]] = {}
    for word in itertools.product(range(dfa.letters), repeat=size):
        found.setdefault(tuple(dfa.run(word, q) for q in range(dfa.states)), []).append(word)
    return _Blocks(size, found)


def _stability_index(dfa: DFA) -> int:
    """The least s > 0 for which words of lengths s and 2 s have the same actions."""
    columns = [tuple(column) for column in zip(*dfa.table, strict=True)]
    seen: list[frozenset[Action]] = [frozenset(columns)]
    size = 0
    while True:
        if seen.count(seen[-1]) > 1:
            # From length `start` on the sets repeat with this period.
            start = seen.index(seen[-1]) + 1
            period = len(seen) - start
            return -(-start // period) * period
        seen.append(frozenset(tuple(column[q] for q in action)
                              for action in seen[-1] for column in columns))
        size += len(seen[-1])
        if size > MAX_ACTIONS:
            raise LimitError(f"{NAME}: actions of words", f"more than {MAX_ACTIONS}", MAX_ACTIONS,
                             "another --family")
