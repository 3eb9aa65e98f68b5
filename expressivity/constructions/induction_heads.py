"""Induction heads: two layers of rightmost hard attention, without positions.

The first layer fetches the letter before; the second attends to the last position whose letter
before is the present letter, and fetches the letter there. A position of which no letter before
is the present one fetches something else; a network compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from expressivity.constructions import Witness
from expressivity.models.contracts import FIXED_8, RATIONAL
from languages.catalogue import induction
from languages.errors import InputError
from languages.language import Language
from languages.limits import Limits
from proofs.models.architecture import FORMAT, VERSION

NAME: Final = "induction heads"
CITATION: Final = (
    "Olsson et al., In-context Learning and Induction Heads, 2022, arXiv 2209.11895; two layers "
    "are needed: Sanford, Hsu, Telgarsky, 2024, arXiv 2408.14332"
)


def applies(language: Language) -> bool:
    """Is it the induction task over its letters?"""
    k = len(language.alphabet)
    if language.dfa is None or k > induction.MAX_LETTERS:
        return False
    task = induction.build(str(k), Limits())
    return (task.dfa is not None and task.alphabet == language.alphabet
            and language.dfa.difference(task.dfa) is None)


def witnesses(language: Language, length: int) -> Iterator[Witness]:
    """Models for all lengths, read at the last letter; every position has its output, too."""
    if not applies(language):
        raise InputError(f"{NAME}: {language.name} is not the induction task")
    k = len(language.alphabet)
    for contract in (FIXED_8, RATIONAL):
        yield Witness(
            {"format": FORMAT, "version": VERSION, "alphabet": list(language.alphabet),
             "markers": "none", "readout": "last", "contract": dict(contract),
             "residual": _names(language.alphabet), "period": 1,
             "embedding": [[[int(d == a) for d in range(4 * k + 1)]] for a in range(k)]
             + [[[0] * (4 * k + 1)]] * 2,
             "layers": [_previous(k), _occurrence(k), _comparison(k)],
             "output": {"weights": [int(d == 4 * k) for d in range(4 * k + 1)], "bias": 0}},
            {"layers": 2, "attention_layers": 2, "networks": 1, "heads": 1, "rank": k,
             "hidden": k, "width": 4 * k + 1})


def _names(alphabet: tuple[str, ...]) -> list[str]:
    return [f"{what} {letter}" for what in ("here", "before", "found before", "found")
            for letter in alphabet] + ["answer"]


def _row(k: int, entries: dict[int, int], bias: int = 0) -> list[int]:
    return [*(entries.get(d, 0) for d in range(4 * k + 1)), bias]


def _moved(k: int, sources: range, targets: range) -> dict[str, Any]:
    """Values from some dimensions onto others."""
    return {"value": [_row(k, {s: 1}) for s in sources],
            "output": [[int(d == t) for t in targets] for d in range(4 * k + 1)]}


def _previous(k: int) -> dict[str, Any]:
    nothing = [_row(k, {})] * k
    return {"kind": "attention", "heads": [{
        "selection": "uhat-right", "mask": "strict-future", "query": nothing, "key": nothing,
        **_moved(k, range(k), range(k, 2 * k))}]}


def _occurrence(k: int) -> dict[str, Any]:
    """The last j <= i whose letter before is the letter at i; the letters there and before it."""
    values = _moved(k, range(2 * k), range(2 * k, 4 * k))
    # Of the values the letter comes first, then the one before; "found before" has the latter.
    swapped = [[*row[k:], *row[:k]] for row in values["output"]]
    return {"kind": "attention", "heads": [{
        "selection": "uhat-right", "mask": "future",
        "query": [_row(k, {a: 1}) for a in range(k)],
        "key": [_row(k, {k + a: 1}) for a in range(k)],
        "value": values["value"], "output": swapped}]}


def _comparison(k: int) -> dict[str, Any]:
    """The answer: some letter is here, before the place found, and the first letter is there."""
    units = [_row(k, {a: 1, 2 * k + a: 1, 3 * k: 1}, -2) for a in range(k)]
    return {"kind": "ffn", "in": units,
            "out": [[*([int(d == 4 * k)] * k), 0] for d in range(4 * k + 1)]}
