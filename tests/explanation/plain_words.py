"""What the JSON of an explanation says, worked out again with loops: words, families, runs."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from languages.dfa import DFA
from languages.explanation.explain import Explanation, explain
from languages.explanation.plain import to_plain
from languages.parse import parse_language
from tests import small_automata
from tests.oracles import Automaton

NAMED = ("parity", "mod:6", "word-problem:S3", "word-problem:A5", "tracking:S7", "regex:(ab|ba)*",
         "regex:((aa)*b(aaa)*b)*", "regex:(a|b)*abb(a|b)*", "regex:(c*ac*bc*)*", "dyck:2,depth=2")
LONGEST = 4000
EXPONENTS = 7


def dfa_of(automaton: Automaton) -> DFA:
    """The automaton of a plain tuple, over a, b, c ..."""
    letters, table, start, accept = automaton
    alphabet = [chr(ord("a") + i) for i in range(letters)]
    return DFA.from_lists(alphabet, [list(row) for row in table], start, sorted(accept))


@cache
def sample_dfas(count: int) -> list[DFA]:
    """A few automata of each shape, always the same ones."""
    found = []
    for shape, make in small_automata.SHAPES.items():
        rng = random.Random(shape + " explained")
        found += [dfa_of(make(rng)) for _ in range(count)]
    return found + [dfa for text in NAMED if (dfa := parse_language(text).dfa) is not None]


@cache
def explained(count: int) -> list[tuple[DFA, Explanation, dict[str, Any]]]:
    """The same, with their explanations."""
    result = []
    for dfa in sample_dfas(count):
        found = explain(dfa)
        result.append((dfa, found, to_plain(found)))
    return result


def spelled(blocks: list[list[Any]]) -> tuple[str, ...] | None:
    """A word in blocks; None when it is too long."""
    if sum(count * len(letters) for count, letters in blocks) > LONGEST:
        return None
    return tuple(a for count, letters in blocks for _ in range(count) for a in letters)


def member(family: list[dict[str, Any]], n: int) -> tuple[str, ...] | None:
    """The word of a family for n; None when it is too long."""
    word: tuple[str, ...] = ()
    for part in family:
        exponent = part["scale"] * n + part["shift"]
        assert exponent >= 0
        base = part["base"]
        inner = member(base, n) if base and isinstance(base[0], dict) else spelled(base)
        if inner is None or len(inner) * exponent + len(word) > LONGEST:
            return None
        word += inner * exponent
    return word


def run(plain: dict[str, Any], state: int, word: tuple[str, ...]) -> int:
    """The state of the minimal automaton of the JSON that a word leads to."""
    automaton = plain["automaton"]
    for letter in word:
        state = automaton["delta"][state][automaton["alphabet"].index(letter)]
    return state
