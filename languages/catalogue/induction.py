"""Induction: after the last earlier occurrence of the word's last letter came the first letter.

The task of an induction head, as a language: the word's last letter x, one of the k letters a, b,
..., must have occurred before, and the letter behind its last occurrence before the end must be a.
"""

from __future__ import annotations

from itertools import product

from languages.catalogue._arguments import needed, number
from languages.dfa import DFA
from languages.language import Language
from languages.limits import Limits

NAME = "induction"
SYNTAX = "induction:k"
SUMMARY = "the letter behind the last earlier occurrence of the last letter is a, over k letters"
EXAMPLES = ("induction:2", "induction:3")
MAX_LETTERS = 4


def build(argument: str | None, limits: Limits) -> Language:
    """The language over k letters, k from 1 to 4."""
    k = number("induction:k", needed(SYNTAX, argument), 1, MAX_LETTERS)
    # Per letter whether a came behind its last occurrence; the letter just read; the answer. The
    # occurrence at the end itself has nothing behind it yet.
    states = [(None, (False,) * k, False), *product(range(k), product((False, True), repeat=k),
                                                    (False, True))]
    number_of = {state: i for i, state in enumerate(states)}

    def after(state: tuple[int | None, tuple[bool, ...], bool], letter: int) -> int:
        last, followed, _ = state
        now = list(followed)
        if last is not None:
            now[last] = letter == 0
        return number_of[letter, tuple(now), now[letter]]

    rows = [[after(state, letter) for letter in range(k)] for state in states]
    accept = [i for i, (_, _, answer) in enumerate(states) if answer]
    dfa = DFA.from_lists(tuple("abcd"[:k]), rows, 0, accept)
    return Language.regular(f"induction:{k}", dfa, SUMMARY.replace(" k ", f" {k} "))
