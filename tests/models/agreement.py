"""The answers of the reference and of the fast evaluator, and what both say of all short words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout, run

Word = tuple[int, ...]


def words_of(letters: int, length: int) -> list[Word]:
    return list(itertools.product(range(letters), repeat=length))


def reference_answer(model: Model, word: Word) -> bool | str:
    try:
        return run(model.definition, word).accepted
    except NotANumber:
        return "not a number"
    except NoReadout:
        return "no readout"
    except OutOfRange:
        return "out of range"


def fast_answers(model: Model, words: Sequence[Word]) -> list[bool | str]:
    try:
        answers = evaluate(model, words)
    except NoReadout:
        return ["no readout"] * len(words)
    except OutOfRange:
        return ["out of range"] * len(words)
    return [bool(accepted) if defined else "not a number"
            for accepted, defined in zip(answers.accepted, answers.defined, strict=True)]


def compare(model: Model, longest: int) -> set[bool | str]:
    """Fail on the first word where the two differ; returns the answers that occurred."""
    seen = set()
    for length in range(longest + 1):
        words = words_of(len(model.alphabet), length)
        for word, got in zip(words, fast_answers(model, words), strict=True):
            expected = reference_answer(model, word)
            assert got == expected, f"{word}: {model.to_plain()}"
            seen.add(expected)
    return seen
