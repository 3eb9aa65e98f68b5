"""Hypothesis strategies for automata, words and regular expressions, for anyone's tests.

This module needs `hypothesis`, the rest of the package does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from languages.dfa import DFA
from languages.regex.parser import META

AB = ("a", "b")


def words(alphabet: Sequence[str] = AB, max_length: int = 12) -> st.SearchStrategy[tuple[str, ...]]:
    """Words over the alphabet, as tuples of letters; they shrink to the empty word."""
    return st.lists(st.sampled_from(list(alphabet)), max_size=max_length).map(tuple)


@st.composite
def dfas(
    draw: st.DrawFn, max_states: int = 6, alphabet: Sequence[str] = AB, min_states: int = 1
) -> DFA:
    """Complete DFAs, with unreachable and equivalent states now and then. Start: state 0."""
    n = draw(st.integers(min_states, max_states))
    row = st.lists(st.integers(0, n - 1), min_size=len(alphabet), max_size=len(alphabet))
    delta = draw(st.lists(row, min_size=n, max_size=n))
    accept = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return DFA(tuple(alphabet), np.array(delta, dtype=np.int32), 0, np.array(accept))


def minimal_dfas(max_states: int = 6, alphabet: Sequence[str] = AB) -> st.SearchStrategy[DFA]:
    """Minimal DFAs with at most `max_states` states."""
    return dfas(max_states, alphabet).map(lambda dfa: dfa.minimal())


@st.composite
def permutation_automata(draw: st.DrawFn, max_states: int = 6, alphabet: Sequence[str] = AB) -> DFA:
    """DFAs in which every letter permutes the states: their languages are group languages."""
    n = draw(st.integers(1, max_states))
    columns = [draw(st.permutations(range(n))) for _ in alphabet]
    accept = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return DFA(tuple(alphabet), np.array(columns, dtype=np.int32).T, 0, np.array(accept))


@st.composite
def monotone_automata(draw: st.DrawFn, max_states: int = 6, alphabet: Sequence[str] = AB) -> DFA:
    """DFAs whose letters preserve the order of the states, so their languages are star-free.

    An order-preserving map that permutes a finite set of states fixes it pointwise.
    """
    n = draw(st.integers(1, max_states))
    column = st.lists(st.integers(0, n - 1), min_size=n, max_size=n).map(sorted)
    columns = [draw(column) for _ in alphabet]
    accept = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    start = draw(st.integers(0, n - 1))
    return DFA(tuple(alphabet), np.array(columns, dtype=np.int32).T, start, np.array(accept))


def _escaped(letter: str) -> str:
    return "\\" + letter if letter in META or letter.isspace() else letter


def _in_class(letter: str) -> str:
    return "\\" + letter if letter in META or letter == "-" or letter.isspace() else letter


def regexes(
    alphabet: Sequence[str] = AB, max_leaves: int = 8, *, boolean: bool = False
) -> st.SearchStrategy[str]:
    """Texts of regular expressions over single characters, for `regex_to_dfa`.

    Without `boolean` only the operators that Python's `re` has in the same meaning occur;
    with it, `~` and `&` too. Give the alphabet to `regex_to_dfa`: not every letter occurs.
    """
    letters = list(alphabet)
    some = st.lists(st.sampled_from(letters), min_size=1, unique=True)
    classes = some.map(lambda chosen: "[" + "".join(map(_in_class, chosen)) + "]")
    leaves = [st.sampled_from([*map(_escaped, letters), ".", "()"]), classes]
    if len(letters) > 1:
        few = st.lists(st.sampled_from(letters), min_size=1, max_size=len(letters) - 1, unique=True)
        leaves.append(few.map(lambda chosen: "[^" + "".join(map(_in_class, chosen)) + "]"))
    repeats = st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{,2}", "{1,3}", "{0}", "{0,1}"])

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        group = inner.map(lambda text: f"({text})")
        several = st.lists(group, min_size=2, max_size=3)
        options = [
            several.map("".join),
            several.map("|".join),
            st.tuples(group, repeats).map("".join),
        ]
        if boolean:
            options += [several.map("&".join), group.map(lambda text: "~" + text)]
        return st.one_of(options)

    return st.recursive(st.one_of(leaves), extend, max_leaves=max_leaves)
