"""Words of one length as inputs of a circuit.

    binary    the letter's index in the alphabet, in as few bits as it takes: one for two letters
    one-hot   an input for each position and letter, of which exactly one is true per position

Two letters or fewer are coded in binary, more of them one-hot, unless asked otherwise. A circuit
says nothing about inputs that are the code of no word.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from expressivity.circuits.builder import CircuitBuilder, CircuitLimits
from expressivity.circuits.circuit import FALSE, TRUE, Circuit
from expressivity.circuits.evaluate import Words, assignments, pack
from languages.errors import InputError, LimitError

Code = Literal["binary", "one-hot"]
Array: TypeAlias = NDArray[Any]
CODES = get_args(Code)
MAX_WORDS = 2**22


@dataclass(frozen=True)
class Options:
    """How circuits are made: limits, and the code of letters (None: the default)."""

    limits: CircuitLimits = field(default_factory=CircuitLimits)
    code: Code | None = None


class Letters:
    """A builder whose inputs are the code of a word of `length` letters."""

    def __init__(self, alphabet: Sequence[str], length: int,
                 options: Options | None = None) -> None:
        options = options or Options()
        if length < 0:
            raise InputError(f"length {length}: expected at least 0")
        self.alphabet = tuple(alphabet)
        self.length = length
        self.code: Code = options.code or ("binary" if len(alphabet) <= 2 else "one-hot")
        self.bits = (len(alphabet) - 1).bit_length() if self.code == "binary" else len(alphabet)
        self.builder = CircuitBuilder(
            (f"x{i}{part}" for i in range(1, length + 1) for part in self._parts()),
            options.limits)

    def letter(self, i: int, a: int) -> int:
        """Is the letter at position i (from 0) the one with index a?"""
        first = i * self.bits
        if self.code == "one-hot":
            return self.builder.input(first + a)
        bits = [self.builder.input(first + b) ^ (1 - (a >> b & 1)) for b in range(self.bits)]
        return self.builder.pairwise(self.builder.conj, bits)

    def one_of(self, i: int, letters: Collection[int]) -> int:
        """Is the letter at position i one of these?"""
        others = set(range(len(self.alphabet))) - set(letters)
        if not others:
            return TRUE
        if len(letters) <= len(others):
            return self.builder.disj(self.letter(i, a) for a in letters)
        return self.builder.conj(self.letter(i, a) ^ 1 for a in others)

    def circuit(self, accepted: int, undefined: int = FALSE) -> Circuit:
        """The circuit with the output "accepted", and "undefined" where that is not never true."""
        outputs = {"accepted": accepted}
        if undefined != FALSE:
            outputs["undefined"] = undefined
        return self.builder.circuit(outputs)

    def inputs(self, words: Array) -> Words:
        """The code of words, given by letter indices in shape (words, length), packed."""
        if self.code == "one-hot":
            values = words[:, :, None] == np.arange(len(self.alphabet))
        else:
            values = (words[:, :, None] >> np.arange(self.bits) & 1).astype(bool)
        return pack(values.reshape(len(words), self.length * self.bits).T)

    def every_word(self) -> Words:
        """The code of all words of the length, in lexicographic order.

        Raises:
            LimitError: there are too many.
        """
        check_words(len(self.alphabet), self.length)
        if self.bits == 1 and self.code == "binary":
            return assignments(self.length)
        return self.inputs(all_words(len(self.alphabet), self.length))

    def _parts(self) -> list[str]:
        if self.code == "one-hot":
            return [f"={letter}" for letter in self.alphabet]
        if self.bits == 1:
            return [f"={self.alphabet[1]}"]
        return [f".{b}" for b in range(self.bits)]


def check_words(letters: int, length: int) -> None:
    """`LimitError` where words of the length are too many to try them all."""
    if letters**length > MAX_WORDS:
        # As a power: the number itself may have more digits than integers may be shown with.
        raise LimitError(f"words of length {length}", f"{letters}^{length}", MAX_WORDS,
                         "a smaller length")


def all_words(letters: int, length: int) -> Array:
    """All words of a length in lexicographic order, int64 of shape (letters^length, length)."""
    check_words(letters, length)
    number = np.arange(letters**length)
    powers = letters ** np.arange(length - 1, -1, -1, dtype=np.int64)
    return np.asarray(number[:, None] // powers % letters)
