"""Small integers for the values of a contract: operations as look-ups."""

from __future__ import annotations

from collections.abc import Sequence

from expressivity.extraction.numbers import Numbers, Score, Vector, known
from proofs.models.numbers import ZERO, Value

NAN = 0


class Codes:
    """A code for each value that has occurred; `NAN` for what is not a number."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self._values: list[Score] = [None]
        self._code: dict[Score, int] = {None: NAN}
        self._sums: dict[tuple[int, int], int] = {}
        self._products: dict[tuple[int, int], int] = {}
        self._quotients: dict[tuple[int, int], int] = {}

    def __call__(self, value: Score) -> int:
        """The code of a value."""
        code = self._code.get(value)
        if code is None:
            code = self._code[value] = len(self._values)
            self._values.append(value)
        return code

    def value(self, code: int) -> Score:
        """The value with a code."""
        return self._values[code]

    def add(self, x: int, y: int) -> int:
        """The code of the rounded sum."""
        code = self._sums.get((x, y))
        if code is None:
            code = self._sums[x, y] = self(self.numbers.add(self._values[x], self._values[y]))
        return code

    def multiply(self, x: int, y: int) -> int:
        """The code of the rounded product."""
        code = self._products.get((x, y))
        if code is None:
            code = self(self.numbers.multiply(self._values[x], self._values[y]))
            self._products[x, y] = code
        return code

    def divide(self, x: int, y: int) -> int:
        """The code of the rounded quotient."""
        code = self._quotients.get((x, y))
        if code is None:
            code = self(self.numbers.divide(self._values[x], self._values[y]))
            self._quotients[x, y] = code
        return code

    def finite(self, code: int) -> bool:
        """Is this the code of a finite number?"""
        return code != NAN and not isinstance(self._values[code], float)

    def vector(self, codes: Sequence[int]) -> Vector | None:
        """The values with these codes; None if one of them is NaN."""
        return known(self._values[code] for code in codes)

    def order(self, code: int) -> tuple[bool, Value]:
        """A key by which codes sort like their values, NaN last."""
        value = self._values[code]
        return value is None, ZERO if value is None else value
