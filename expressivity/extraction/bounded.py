"""Any model, up to a length: run it on all words.

For models that are not known to be finite-state. Words of one length stand in lexicographic order,
so the continuations of word i by one letter are words k i ... k i + k - 1 of the next length; from
the longest words to the shortest, words with the same answer and the same continuations get one
state. This is the minimal automaton of the accepted words up to the length.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from expressivity.extraction.budget import Refused
from expressivity.extraction.layers import Extraction
from expressivity.extraction.readout import notes
from expressivity.models.fast import Answers, evaluate
from expressivity.models.model import Model
from languages.dfa import DFA
from languages.errors import LimitError
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout

MAX_WORDS = 2_000_000


def up_to(model: Model, length: int, max_words: int = MAX_WORDS) -> Extraction:
    """What a model recognises among the words up to a length; longer words count as rejected.

    `partial` of the result is the automaton, `covered` the length.

    Raises:
        Refused: the model computes NaN on one of the words, names the first one; or its position
            encodings do not reach so far.
        LimitError: there are more than `max_words` words of this length.
    """
    letters = len(model.alphabet)
    if letters**length > max_words:
        raise LimitError(f"words of length {length}", letters**length, max_words, "max_words")
    accepted = [_answers(model, n) for n in range(length + 1)]
    # Bottom up: number classes of words by their answer and their continuations' classes.
    sink = 0
    rows: list[tuple[int, ...]] = [(sink,) * letters]
    accept = [False]
    below = np.full(letters ** (length + 1), sink, dtype=np.int64)
    for answers in reversed(accepted):
        keys = np.column_stack([answers, below.reshape(len(answers), letters)])
        distinct, inverse = np.unique(keys, axis=0, return_inverse=True)
        below = inverse.reshape(-1) + len(rows)
        accept += [bool(row[0]) for row in distinct]
        rows += [tuple(int(to) for to in row[1:]) for row in distinct]
    dfa = DFA(model.alphabet, np.asarray(rows, dtype=np.int32), int(below[0]),
              np.asarray(accept)).minimal()
    return Extraction(None, f"run on all words up to length {length}", len(rows), length, dfa, (),
                      notes(model.definition))


def _answers(model: Model, length: int) -> NDArray[np.bool_]:
    """The answers on all words of a length, in lexicographic order."""
    letters = range(len(model.alphabet))
    words = np.asarray(list(itertools.product(letters, repeat=length)), dtype=np.int64)
    words = words.reshape(len(letters) ** length, length)
    try:
        answers: Answers = evaluate(model, words)
    except NoReadout:
        return np.zeros(1, dtype=bool)
    except OutOfRange as error:
        raise Refused(str(error)) from None
    if not answers.defined.all():
        first = words[int(np.argmin(answers.defined))]
        shown = " ".join(model.alphabet[a] for a in first) or "the empty word"
        raise Refused(f"the model computes NaN (not a number) on: {shown}")
    return answers.accepted
