"""What sublayers make of residual vectors before they attend or step: images under their maps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from expressivity.extraction.numbers import Numbers, Vector, attempt
from expressivity.extraction.transducer import Interner
from expressivity.extraction.undefined import Undefined
from proofs.models.layers import Attention, Matrix, Nonlinear, Recurrence
from proofs.models.linear import reads


def read_by(layer: Attention | Recurrence | Nonlinear, symbols: Sequence[Vector],
            numbers: Numbers) -> list[Vector]:
    """Per residual vector what the sublayer reads of it: normalised, if it has a norm.

    Raises:
        Undefined: the normalisation of one of them is NaN.
    """
    found: list[Vector] = []
    for number, symbol in enumerate(symbols):
        read: Vector | None = attempt(reads, numbers.rules, layer.norm, symbol)
        if read is None:
            raise Undefined(number)
        found.append(read)
    return found


@dataclass(frozen=True)
class Image:
    """The image of residual vectors under an affine map: `values[number[symbol]]`."""

    values: list[Vector]
    number: list[int]

    def integers(self) -> list[list[int]]:
        """The values, which are finite, times one positive integer that makes them integers.

        Exact dot products with them are scaled alike, so that their order stays; integers are
        several times faster than fractions.
        """
        entries = [[Fraction(x) for x in value] for value in self.values]
        factor = math.lcm(*(x.denominator for value in entries for x in value))
        return [[int(x * factor) for x in value] for value in entries]


def image(rows: Matrix, vectors: Sequence[Vector], numbers: Numbers) -> Image:
    """The image of what is read of the residual vectors.

    Raises:
        Undefined: the value of one of them is NaN.
    """
    fresh: Interner[Vector] = Interner()
    made = []
    for number, vector in enumerate(vectors):
        value = numbers.affine(rows, vector)
        if value is None:
            raise Undefined(number)
        made.append(fresh(value))
    return Image(fresh.values, made)
