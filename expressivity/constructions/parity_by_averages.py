"""Parity by two layers of uniform attention, with positions i/N and (-1)^i.

N is the number of positions, the end marker included, and k the number of letters that count.
Layer 1: uniform averages give k/N, and 1/N from the end marker. With the difference d = k/N - i/N,
ReLU(d + 1/N) - 2 ReLU(d) + ReLU(d - 1/N) is 1/N at position i = k and 0 elsewhere. Layer 2: its
average with the sign (-1)^i is (-1)^k / N^2, exactly. One set of weights serves all lengths; the
margin shrinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.models.contracts import RATIONAL
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from proofs.models.architecture import FORMAT, VERSION

NAME: Final = "parity by averages"
CITATION: Final = (
    "Chiang, Cholak, Overcoming a Theoretical Limitation of Self-Attention, ACL 2022, "
    "arXiv 2202.12172 (positions i/N and cos(i pi)); this arrangement of the two layers is new"
)
RESIDUAL: Final = ("counts", "end", "sign", "share", "k/N", "1/N", "spike", "signed spike",
                   "answer")
COUNTS, END, SIGN, SHARE, AVERAGE, STEP, SPIKE, SIGNED, ANSWER = range(len(RESIDUAL))
WIDTH: Final = len(RESIDUAL)


def applies(language: Language) -> bool:
    """Does membership depend on the parity of the number of some letters, and on nothing else?"""
    return language.dfa is not None and _counted(language.dfa) is not None


def _counted(dfa: DFA) -> list[int] | None:
    """The letters that count, if a word is accepted or rejected by their parity."""
    dfa = dfa.minimal()
    if dfa.states != 2 or any(sorted(column) != [0, 1] for column in zip(*dfa.table, strict=True)):
        return None
    return [a for a, r in enumerate(dfa.table[0]) if r == 1]


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """A model for all lengths, of exact rationals."""
    counted = None if language.dfa is None else _counted(language.dfa)
    if language.dfa is None or counted is None:
        raise InputError(f"{NAME}: {language.name} is not a parity of letters")
    even = bool(language.dfa.accept[language.dfa.start])
    letters = len(language.alphabet)
    embedding = [[_row({COUNTS: int(a in counted), END: int(a == letters + 1), SIGN: sign})
                  for sign in (1, -1)] for a in range(letters + 2)]
    layers = [
        _average([(COUNTS, AVERAGE), (END, STEP)]),
        _network([{AVERAGE: 1, SHARE: -1, STEP: 1}, {AVERAGE: 1, SHARE: -1},
                  {AVERAGE: 1, SHARE: -1, STEP: -1}], [0, 0, 0], SPIKE, [1, -2, 1]),
        _network([{SPIKE: 1, SIGN: 1}, {SPIKE: 1, SIGN: -1}], [-1, -1], SIGNED, [1, -1]),
        _average([(SIGNED, ANSWER)]),
    ]
    model = {
        "format": FORMAT, "version": VERSION, "alphabet": list(language.alphabet),
        "markers": "eos", "readout": "eos", "contract": dict(RATIONAL), "residual": list(RESIDUAL),
        "period": 2, "embedding": embedding,
        "formulas": [{"dimension": RESIDUAL[SHARE], "numerator": [[1, 1, 0]],
                      "denominator": [[1, 0, 1]]}],
        "layers": layers,
        "output": {"weights": _row({ANSWER: 1 if even else -1}), "bias": 0}}
    yield Witness(model, {"layers": 3, "attention_layers": 2, "heads": 1, "width": WIDTH,
                          "hidden": 3})


def _row(entries: dict[int, int]) -> list[int]:
    return [entries.get(d, 0) for d in range(WIDTH)]


def _average(moves: list[tuple[int, int]]) -> dict[str, Any]:
    """A uniform head that writes averages of dimensions onto others."""
    nothing = [[*_row({}), 0]]
    return {"kind": "attention", "heads": [{
        "selection": "average-hard", "mask": "none", "query": nothing, "key": nothing,
        "value": [[*_row({source: 1}), 0] for source, _ in moves],
        "output": [[int(d == target) for _, target in moves] for d in range(WIDTH)]}]}


def _network(inner: list[dict[int, int]], biases: list[int], target: int,
             outer: list[int]) -> dict[str, Any]:
    """Hidden units, and how they are combined on one dimension."""
    return {"kind": "ffn", "in": [[*_row(unit), bias] for unit, bias in
                                  zip(inner, biases, strict=True)],
            "out": [[*(outer if d == target else [0] * len(outer)), 0] for d in range(WIDTH)]}
