"""Any regular language in logarithmic depth and fan-in two: compositions of state maps, doubled.

A word maps states to states. The map of a word is that of its left half, then that of its right
half; a map is a literal for each pair of states that it may contain. Only states that the left
half can reach are asked about on the right.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from expressivity.circuits.circuit import FALSE, TRUE, Circuit
from expressivity.circuits.letters import Letters, Options
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language

NAME: Final = "log-depth"
CITATION: Final = (
    "Ladner, Fischer, Parallel prefix computation, JACM 27, 1980; Barrington, Compton, Straubing, "
    "Therien, Regular languages in NC1, JCSS 44, 1992"
)
SHAPE: Final = "AND and OR of fan-in two, depth O(log n log |Q|), size O(n |Q|^3)"
CLASS: Final = "NC1"
RANK: Final = 60

Map: TypeAlias = dict[int, dict[int, int]]
"""State -> state -> the literal of "the word leads from the one to the other"."""


def applies(language: Language) -> bool:
    """Is the language regular?"""
    return language.dfa is not None


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """Does the map of the word lead from the start to an accepting state?"""
    if language.dfa is None:
        raise InputError(f"{NAME}: {language.name} is not regular")
    dfa = language.dfa.minimal()
    letters = Letters(language.alphabet, length, options)
    ends = ({dfa.start: TRUE} if length == 0 else
            _map(dfa, letters, 0, length, [dfa.start])[dfa.start])
    builder = letters.builder
    return letters.circuit(builder.pairwise(
        builder.disj, [x for q, x in sorted(ends.items()) if dfa.accept[q]]))


def _map(dfa: DFA, letters: Letters, first: int, stop: int, states: list[int]) -> Map:
    """The map of the letters `first` to `stop` (excluded, at least one), from these states."""
    builder = letters.builder
    if stop - first == 1:
        found: Map = {}
        for p in states:
            by: dict[int, list[int]] = {}
            for a, q in enumerate(dfa.table[p]):
                by.setdefault(q, []).append(letters.letter(first, a))
            found[p] = {q: TRUE if len(some) == dfa.letters else
                        builder.pairwise(builder.disj, some) for q, some in by.items()}
        return found
    middle = (first + stop) // 2
    left = _map(dfa, letters, first, middle, states)
    between = sorted({q for row in left.values() for q in row})
    right = _map(dfa, letters, middle, stop, between)
    composed: Map = {}
    for p, row in left.items():
        ways: dict[int, list[int]] = {}
        for q, x in row.items():
            for r, y in right[q].items():
                ways.setdefault(r, []).append(builder.conj([x, y]))
        joined = {r: builder.pairwise(builder.disj, some) for r, some in ways.items()}
        composed[p] = {r: x for r, x in joined.items() if x != FALSE}
    return composed
