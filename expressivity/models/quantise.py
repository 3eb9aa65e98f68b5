"""Weights rounded to a number contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from expressivity.models.layout import map_epsilons, map_tensors, place
from expressivity.models.model import Model
from languages.errors import InputError
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import plain_contract
from proofs.models.numbers import Contract, Float
from proofs.models.tensors import plain, rational


class Overflows(InputError):
    """A weight is larger than the largest number of a format that overflows to infinity."""


@dataclass(frozen=True)
class Change:
    """How far weights moved when they were rounded.

    `changed` of `weights` are not what they were; `largest` is the largest change, of the weight
    `where` ("" if none changed). `saturated` names the weights that became the largest number.
    """

    weights: int
    changed: int
    largest: Fraction
    where: str
    saturated: tuple[str, ...]

    def summary(self) -> dict[str, Any]:
        """The change as plain data."""
        return {"weights": self.weights, "changed": self.changed,
                "largest_change": str(self.largest), "where": self.where,
                "saturated": list(self.saturated)}

    def __str__(self) -> str:
        """One line for people."""
        if not self.changed:
            return f"{self.weights} weights, none changed"
        text = (f"{self.weights} weights, {self.changed} changed, the largest change "
                f"{shown(self.largest)} at {self.where}")
        if self.saturated:
            text += f"; {len(self.saturated)} saturated, first {self.saturated[0]}"
        return text


@dataclass(frozen=True)
class Quantised:
    """A model under another contract, and how far its weights moved."""

    model: Model
    change: Change


def quantise(model: Model, contract: Contract) -> Quantised:
    """The model with each weight, and each epsilon, rounded as the contract rounds.

    Selections, masks and everything else stay. Coefficients of position formulas stay, too: their
    values are exact, and the contract rounds each once.

    Raises:
        Overflows: a weight has no finite number in the format.
        InputError: the contract does not go with the model (softmax needs a rounded one).
    """
    return quantise_plain(model.to_plain(), contract)


def quantise_plain(data: Mapping[str, Any], contract: Contract) -> Quantised:
    """As `quantise`, from plain data whose weights need not be numbers of their own contract."""
    rounding = _Rounding(contract)
    made = map_epsilons(map_tensors(data, rounding.tensor), rounding.tensor)
    return Quantised(Model.from_plain({**made, "contract": plain_contract(contract)}),
                     rounding.change())


def float_weights(data: Mapping[str, Any]) -> tuple[dict[str, Any], Change]:
    """Plain data of a model with its tensors as the nearest float64 numbers; the rest stays.

    Raises:
        Overflows: a weight is beyond the largest of them.
    """
    rounding = _Rounding(Contract(Float(11, 53)))
    made: dict[str, Any] = map_tensors(data, rounding.tensor)
    return made, rounding.change()


class _Rounding:
    """Rounds weights and remembers what happened."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self.weights = self.changed = 0
        self.largest = Fraction(0)
        self.where = ""
        self.saturated: list[str] = []

    def change(self) -> Change:
        return Change(self.weights, self.changed, self.largest, self.where, tuple(self.saturated))

    def tensor(self, name: str, nested: Any, index: tuple[int, ...] = ()) -> Any:
        if isinstance(nested, list):
            return [self.tensor(name, item, (*index, i)) for i, item in enumerate(nested)]
        where = place(name, index)
        try:
            weight = rational(nested, where)
        except Rejected as error:
            raise InputError(f"{error.path}: {error.message}") from None
        return plain(self._rounded(weight, where))

    def _rounded(self, weight: Fraction, where: str) -> Fraction:
        rounded = self._contract.round(weight)
        grid = self._contract.grid
        if isinstance(rounded, float):
            raise Overflows(f"{where}: the weight {shown(weight)} overflows, expected at most "
                            f"{shown(grid.largest if grid else weight)} in absolute value")
        self.weights += 1
        change = abs(rounded - weight)
        if change:
            self.changed += 1
        if change > self.largest:
            self.largest, self.where = change, where
        if grid is not None and change and abs(rounded) == grid.largest < abs(weight):
            self.saturated.append(where)
        return rounded


def shown(x: Fraction) -> str:
    """A rational for people: exact if it is short."""
    if len(str(x)) <= 12:
        return str(x)
    if abs(x) < 1:
        return f"{float(x):.6g}"
    digits = str(abs(x.numerator) // x.denominator)
    return f"{'-' * (x < 0)}{digits[0]}.{digits[1:4]}e{len(digits) - 1}"
