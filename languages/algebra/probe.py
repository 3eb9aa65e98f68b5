"""Groups met at random: where breadth-first search through image sets would not come in time.

A word u with idempotent power E permutes the image R of E, and so does x E for each word x that
is injective on R followed by E. What such words show about groups is true; they may miss some.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from languages.algebra.left import idempotent_exponent, idempotent_power
from languages.algebra.permutations import Permutation, identity
from languages.algebra.words import Word, concat, length, plain, power

WORDS = 96
RETURNS = 120
LARGEST = 24


class Probe:
    """A set of states with words that permute it; a part of a component of the image orbit."""

    def __init__(self, states: NDArray[np.int64], loops: list[tuple[Word, Permutation]]) -> None:
        self.degree = len(states)
        self.root = states
        self._loops = sorted(loops, key=lambda loop: length(loop[0]))

    def loop_words(self) -> Iterator[tuple[Word, Permutation]]:
        """The words, short ones first, with their permutations of the labels."""
        return iter(self._loops)

    @cached_property
    def generators(self) -> list[tuple[Permutation, int]]:
        """The distinct pairs (permutation, length)."""
        return list(dict.fromkeys((g, length(word)) for word, g in self._loops))

    @property
    def trivial(self) -> bool:
        """Do all words act as the identity?"""
        one = identity(self.degree)
        return all(g == one for _, g in self._loops)


def probes(delta: NDArray[np.int32]) -> Iterator[Probe]:
    """Probes of 2..LARGEST states with a non-trivial group, from letters and random words."""
    rng = random.Random(0)
    n, m = delta.shape
    columns = [np.ascontiguousarray(delta[:, a]) for a in range(m)]
    for i in range(WORDS):
        u = [i] if i < min(m, WORDS // 2) else rng.choices(range(m), k=rng.randint(1, 12))
        step: NDArray[np.integer] = np.arange(n)
        for a in u:
            step = columns[a][step]
        end = idempotent_power(step)
        states = np.unique(end).astype(np.int64)
        if not 2 <= len(states) <= LARGEST:
            continue
        exponent = idempotent_exponent(step)
        back = power(plain(u), exponent)
        loops = [(plain(u), _permutation(step[states], states)), (back, identity(len(states)))]
        for _ in range(RETURNS):
            x = rng.choices(range(m), k=rng.randint(1, 12))
            image: NDArray[np.integer] = states
            for a in x:
                image = columns[a][image]
            image = end[image]
            if len(np.unique(image)) == len(states):
                loops.append((concat(plain(x), back), _permutation(image, states)))
        probe = Probe(states, loops)
        if not probe.trivial:
            yield probe


def _permutation(image: NDArray[np.integer], states: NDArray[np.int64]) -> Permutation:
    return tuple(np.searchsorted(states, image).tolist())
