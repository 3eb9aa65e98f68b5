"""All words of a length, in or out: what circuits are compared with."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.evaluate import evaluate, unpack
from expressivity.circuits.letters import Letters, check_words
from languages.language import Language


def members(language: Language, length: int) -> NDArray[np.bool_]:
    """Membership of all words of the length, in lexicographic order.

    Raises:
        LimitError: there are too many.
        InputError: the language has no membership test.
    """
    check_words(len(language.alphabet), length)
    if language.dfa is not None:
        states = np.array([language.dfa.start])
        for _ in range(length):
            states = language.dfa.delta[states].reshape(-1)
        return np.asarray(language.dfa.accept[states])
    words = itertools.product(language.alphabet, repeat=length)
    return np.fromiter(map(language.contains, words), dtype=bool,
                       count=len(language.alphabet)**length)


def answers(circuit: Circuit, letters: Letters) -> dict[str, NDArray[np.bool_]]:
    """The outputs by name on all words of the length, in lexicographic order; as `members`."""
    lanes = len(letters.alphabet)**letters.length
    found = unpack(evaluate(circuit, letters.every_word()), lanes)
    return dict(zip(circuit.names, found, strict=True))
