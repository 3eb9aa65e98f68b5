"""B-RASP programs in constant depth: attention picks the first match by ANDs of non-matches.

At position i, leftmost: OR over j of S(i, j), V(j) and no S(i, j') for j' before j; or D(i) where
nothing matches. Two levels for each attention, beside the Boolean combinations as written.
"""

from __future__ import annotations

from typing import Final

from expressivity.circuits.circuit import FALSE, Circuit
from expressivity.circuits.letters import Letters, Options
from expressivity.programs.brasp import (
    And,
    Attend,
    Expression,
    Letter,
    Local,
    Not,
    Or,
    Program,
    Vector,
)
from expressivity.programs.source import ProgramLanguage
from languages.errors import InputError
from languages.language import Language

NAME: Final = "b-rasp"
CITATION: Final = (
    "Hao, Angluin, Frank, Formal Language Recognition by Hard Attention Transformers: Perspectives "
    "from Circuit Complexity, TACL 2022 (hard attention is in AC0); B-RASP by Yang, Chiang, "
    "Angluin (2024)"
)
SHAPE: Final = "AND and OR, depth bounded by the program's, size O(n^2) per attention"
CLASS: Final = "AC0"
RANK: Final = 5


def applies(language: Language) -> bool:
    """Is the language given by a B-RASP program?"""
    return isinstance(language, ProgramLanguage) and isinstance(language.program, Program)


def circuit(language: Language, length: int, options: Options | None = None) -> Circuit:
    """The program's output at the end position, or at the last letter."""
    if not isinstance(language, ProgramLanguage) or not isinstance(language.program, Program):
        raise InputError(f"{NAME}: {language.name} is not given by a B-RASP program")
    unrolled = _Unrolled(language.program, Letters(language.alphabet, length, options))
    return unrolled.letters.circuit(unrolled.output())


class _Unrolled:
    """Vectors of a program as literals, position by position."""

    def __init__(self, program: Program, letters: Letters) -> None:
        self.program = program
        self.letters = letters
        self.size = letters.length + (program.readout == "eos")
        self._index = {letter: a for a, letter in enumerate(program.alphabet)}
        self._vectors: dict[str, list[int]] = {}

    def output(self) -> int:
        """Raises InputError where there is no position to read it at."""
        if not self.size:
            raise InputError("B-RASP: the empty word has no last letter to read the output at")
        for definition in self.program.definitions:
            self._vectors[definition.name] = [
                self._value(definition.value, i, i) if isinstance(definition, Local)
                else self._attend(definition, i) for i in range(self.size)]
        return self._vectors[self.program.output][-1]

    def _attend(self, d: Attend, i: int) -> int:
        conj, disj = self.letters.builder.conj, self.letters.builder.disj
        places = list(range(i) if d.mask == "j < i" else range(i + 1, self.size))
        if d.side == "rightmost":
            places.reverse()
        scores = [self._value(d.score, i, j) for j in places]
        passed: list[int] = []
        found = []
        for j, score in zip(places, scores, strict=True):
            if score != FALSE:
                found.append(conj([score, self._value(d.value, i, j), *passed]))
                passed.append(score ^ 1)
        return disj([*found, conj([self._value(d.default, i, i), *passed])])

    def _value(self, expression: Expression, i: int, j: int) -> int:
        if isinstance(expression, Vector):
            return self._vectors[expression.name][i if expression.at == "i" else j]
        if isinstance(expression, Letter):
            place = i if expression.at == "i" else j
            if place >= self.letters.length:
                return FALSE  # the end position carries no letter
            return self.letters.letter(place, self._index[expression.letter])
        if isinstance(expression, Not):
            return self._value(expression.operand, i, j) ^ 1
        parts = [self._value(operand, i, j) for operand in expression.operands]
        builder = self.letters.builder
        if isinstance(expression, And):
            return builder.conj(parts)
        if isinstance(expression, Or):
            return builder.disj(parts)
        raise TypeError(f"unknown expression {expression!r}")
