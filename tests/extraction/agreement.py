"""Does an automaton agree with a model? Asked of the fast evaluator, word by word."""

from __future__ import annotations

import itertools
import random

import numpy as np
from numpy.typing import NDArray

from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from languages.dfa import DFA
from proofs.models.reference import NoReadout


def answers(model: Model, words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The model's answers on words of one length, none of which may compute NaN."""
    try:
        found = evaluate(model, words)
    except NoReadout:
        return np.zeros(len(words), dtype=bool)
    assert found.defined.all()
    return found.accepted


def all_words(letters: int, length: int) -> NDArray[np.int64]:
    words = list(itertools.product(range(letters), repeat=length))
    return np.asarray(words, dtype=np.int64).reshape(letters**length, length)


def long_words(rng: random.Random, letters: int) -> list[NDArray[np.int64]]:
    """A few words of each of a few lengths from 30 to 60; some repeat a short word."""
    found = []
    for length in rng.sample(range(30, 61), 3):
        words = []
        for _ in range(8):
            part = [rng.randrange(letters) for _ in range(rng.choice((1, 2, 3, 5, length)))]
            words.append((part * length)[:length])
        found.append(np.asarray(words, dtype=np.int64))
    return found


def disagreement(model: Model, dfa: DFA, batches: list[NDArray[np.int64]]) -> list[int] | None:
    """A word on which they differ, if there is one among the words given."""
    for words in batches:
        got = [bool(dfa.accept[dfa.run(word)]) for word in words.tolist()]
        for word, one, other in zip(words.tolist(), got, answers(model, words), strict=True):
            if one != other:
                return list(word)
    return None
