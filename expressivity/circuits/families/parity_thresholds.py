"""Parity by two layers of thresholds.

With c true inputs of n, the gates T_1, not T_2, T_3, not T_4 ..., where T_k says c >= k, have
floor(n / 2) + (c mod 2) true ones: each odd k up to c counts, and each even k above c.
"""

from __future__ import annotations

from typing import Final

from expressivity.circuits.circuit import Circuit
from expressivity.circuits.families._parity import is_parity, odd_letters
from expressivity.circuits.letters import Letters, Options
from languages.language import Language

NAME: Final = "parity-thresholds"
CITATION: Final = ("Hajnal, Maass, Pudlak, Szegedy, Turan, Threshold circuits of bounded depth, "
                   "JCSS 46, 1993; for symmetric functions Muroga (1959)")
SHAPE: Final = "THRESHOLD, depth 2, size n + 1"
CLASS: Final = "TC0"
RANK: Final = 50


def applies(language: Language) -> bool:
    """Is the language a parity of letters?"""
    return is_parity(language)


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """One threshold above those of the first layer."""
    letters = Letters(language.alphabet, length, options)
    builder = letters.builder
    xs, wanted = odd_letters(language, letters, NAME)
    layer = [builder.threshold(k, xs) ^ (1 - k % 2) for k in range(1, length + 1)]
    odd = builder.threshold(length // 2 + 1, layer)
    return letters.circuit(odd if wanted else odd ^ 1)
