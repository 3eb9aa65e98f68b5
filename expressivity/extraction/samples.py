"""Random small models of kinds that can be extracted, one recipe for each region of theorems.

A recipe fixes what decides which theorems apply (selection, masks, positions, markers, readout,
number contract); weights, sizes and what a recipe leaves open are random. Weights are few and often
zero, so that scores tie, and formats are narrow, so that sums overflow, saturate and stagnate.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from expressivity.models.model import Model
from proofs.models.architecture import FORMAT, VERSION
from proofs.models.numbers import Contract, Fixed, Float

FIXED = ((3, 0), (3, 1), (4, 1), (4, 2), (5, 2))
FLOAT = ((2, 2), (3, 2), (3, 3))
# With infinities, small weights in a wider format: otherwise nearly all models compute NaN.
ROOMY = ((5, 1), (6, 1), (6, 2), (7, 2))
READOUTS = (("eos", "eos"), ("both", "eos"), ("none", "last"), ("bos", "last"), ("eos", "last"))

Numbers = Mapping[str, Sequence[str]]
EXACT: Numbers = {"format": ("rational",)}
ROUNDED: Numbers = {
    "format": ("fixed", "float"), "rounding": ("nearest", "floor"),
    "overflow": ("infinity", "saturate"), "arithmetic": ("left-to-right",),
    "softmax": ("max-subtracted", "plain", "uniform-if-zero"), "division": ("quotient", "weights"),
}
# Sums that cannot stagnate, in a format with infinity. Were the quotient taken last, a head
# whose values do not vanish would compute infinity / infinity on long words.
OVERFLOWING: Numbers = {**ROUNDED, "format": ("fixed",), "overflow": ("infinity",),
                        "softmax": ("max-subtracted", "max-subtracted", "plain"),
                        "division": ("weights",)}
SATURATING: Numbers = {**ROUNDED, "overflow": ("saturate",)}


@dataclass(frozen=True)
class Recipe:
    """A kind of models; sequences are choices. `readouts` are pairs of markers and readout."""

    selections: Sequence[str]
    masks: Sequence[str] = ("strict-future",)
    readouts: Sequence[tuple[str, str]] = (("eos", "eos"),)
    periods: Sequence[int] = (1,)
    numbers: Sequence[Numbers] = field(default=(EXACT,))


RECIPES: dict[str, Recipe] = {
    "leftmost": Recipe(("uhat-left",), numbers=(EXACT, ROUNDED)),
    "rightmost": Recipe(("uhat-right",), readouts=READOUTS, numbers=(EXACT, ROUNDED)),
    "unique hard": Recipe(("uhat-left", "uhat-right"), readouts=READOUTS,
                          numbers=(EXACT, ROUNDED)),
    "unique hard, non-strict": Recipe(("uhat-left", "uhat-right"), ("future",),
                                      (("none", "last"),), numbers=(EXACT, ROUNDED)),
    "unique hard, mixed masks": Recipe(("uhat-left", "uhat-right"), ("future", "strict-future"),
                                       READOUTS),
    "unique hard, periodic": Recipe(("uhat-left", "uhat-right"), readouts=READOUTS,
                                    periods=(1, 2, 3)),
    "softmax, overflowing": Recipe(("softmax",), numbers=(OVERFLOWING,)),
    "average-hard, overflowing": Recipe(("average-hard",), numbers=(OVERFLOWING,)),
    "softmax and average-hard, overflowing": Recipe(("softmax", "average-hard"),
                                                    numbers=(OVERFLOWING,)),
    "softmax, overflowing, periodic": Recipe(("softmax",), readouts=(("both", "eos"),),
                                             periods=(2, 3), numbers=(OVERFLOWING,)),
    "softmax, any overflow": Recipe(("softmax",), ("future", "strict-future"), READOUTS,
                                    numbers=(ROUNDED,)),
    "softmax, saturating, periodic": Recipe(("softmax",), ("future", "strict-future"), READOUTS,
                                            (2, 3), (SATURATING,)),
}


def sample(rng: random.Random, recipe: Recipe, letters: int = 2) -> Model:
    """A random model of a recipe."""
    contract = _contract(rng, rng.choice(recipe.numbers))
    small = recipe.selections[0] in ("softmax", "average-hard")
    markers, readout = rng.choice(recipe.readouts)
    width = rng.randint(2, 3 if small else 4)
    period = rng.choice(recipe.periods)
    weight = _weights(rng, contract)

    def matrix(rows: int, columns: int) -> list[list[str]]:
        return [[weight() for _ in range(columns)] for _ in range(rows)]

    def head() -> dict[str, Any]:
        rank, size = rng.randint(1, 2), 1 if small else rng.randint(1, 2)
        return {"selection": rng.choice(recipe.selections), "mask": rng.choice(recipe.masks),
                "query": matrix(rank, width + 1), "key": matrix(rank, width + 1),
                "value": matrix(size, width + 1), "output": matrix(width, size)}

    layers: list[dict[str, Any]] = []
    for _ in range(rng.choice((1, 1, 2, 2) if small else (1, 2, 2, 3))):
        layers.append({"kind": "attention", "heads": [
            head() for _ in range(rng.choice((1, 1, 1, 2) if small else (1, 2)))]})
        if rng.random() < 0.5:
            hidden = rng.randint(1, 3)
            layers.append({"kind": "ffn", "in": matrix(hidden, width + 1),
                           "out": matrix(width, hidden + 1)})
    return Model.from_plain({
        "format": FORMAT, "version": VERSION, "alphabet": [chr(97 + a) for a in range(letters)],
        "markers": markers, "readout": readout, "contract": contract,
        "residual": [f"x{d}" for d in range(width)], "period": period,
        "embedding": [matrix(period, width) for _ in range(letters + 2)], "layers": layers,
        "output": {"weights": matrix(1, width)[0], "bias": weight()}})


def _contract(rng: random.Random, numbers: Numbers) -> dict[str, Any]:
    contract: dict[str, Any] = {name: rng.choice(values) for name, values in numbers.items()}
    if contract["format"] == "fixed":
        roomy = contract["overflow"] == "infinity"
        contract["bits"], contract["fraction"] = rng.choice(ROOMY if roomy else FIXED)
    elif contract["format"] == "float":
        contract["exponent"], contract["significand"] = rng.choice(FLOAT)
    return contract


def _weights(rng: random.Random, contract: Mapping[str, Any]) -> Callable[[], str]:
    pool = [Fraction(n, d) for n in (-2, -1, 0, 1, 2) for d in (1, 2)] + [Fraction(0)] * 3
    if contract["format"] != "rational":
        grid = (Fixed(contract["bits"], contract["fraction"]) if contract["format"] == "fixed"
                else Float(contract["exponent"], contract["significand"]))
        rounding = Contract(grid, overflow="saturate")
        pool = [Fraction(rounding.round(x)) for x in pool]
        if contract["overflow"] == "saturate":
            pool += [-grid.largest, grid.largest]
        else:
            pool = [x for x in pool if abs(x) <= 1]
    return lambda: str(rng.choice(pool))
