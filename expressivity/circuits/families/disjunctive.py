"""Any language: the OR over its words, each an AND of its letters. Exponential.

For parity these are 2^(n-1) words, and no OR of ANDs has fewer: an AND that leaves out a letter
accepts words of both parities (Lupanov 1961).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from expressivity.circuits.builder import WIRES_OPTION
from expressivity.circuits.circuit import Circuit
from expressivity.circuits.letters import Letters, Options, all_words
from expressivity.circuits.membership import members
from languages.errors import LimitError
from languages.language import Language

NAME: Final = "dnf"
CITATION: Final = ("the disjunctive normal form; for parity optimal in depth two (Lupanov 1961; "
                   "Wegener, The Complexity of Boolean Functions, 1987)")
SHAPE: Final = "an OR of ANDs, depth 2, a gate for each word of length n"
CLASS: Final = None
RANK: Final = 90


def applies(language: Language) -> bool:
    """Is there a membership test?"""
    return language.dfa is not None or language.member is not None


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """The OR over all members of the length."""
    letters = Letters(language.alphabet, length, options)
    found = np.flatnonzero(members(language, length))
    limit = letters.builder.limits.max_wires
    if len(found) * length > limit:
        raise LimitError("wires of the circuit", len(found) * length, limit, WIRES_OPTION)
    builder = letters.builder
    words = all_words(len(language.alphabet), length)[found].tolist()
    return letters.circuit(builder.disj(
        builder.conj(letters.letter(i, a) for i, a in enumerate(word)) for word in words))
