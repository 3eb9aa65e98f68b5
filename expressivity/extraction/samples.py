"""Random small models of kinds that can be extracted, one recipe for each region of theorems.

A recipe fixes what decides which theorems apply (selection, masks, positions, markers, readout,
number contract); weights, sizes and what a recipe leaves open are random. Weights are few and often
zero, so that scores tie, and formats are narrow, so that sums overflow, saturate and stagnate.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from expressivity.extraction.sample_layers import TRANSITIONS, Sublayers
from expressivity.models.model import Model
from proofs.models.architecture import FORMAT, VERSION
from proofs.models.numbers import Contract, Fixed, Float

FIXED = ((3, 0), (3, 1), (4, 1), (4, 2), (5, 2))
FLOAT = ((2, 2), (3, 2), (3, 3))
# With infinities, small weights in a wider format: otherwise nearly all models compute NaN.
ROOMY = ((5, 1), (6, 1), (6, 2), (7, 2))
FIRST = (("none", "first"), ("bos", "first"), ("eos", "first"), ("both", "first"))
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
# A window makes averages finite, whatever the arithmetic.
WINDOWED: Numbers = {**ROUNDED, "arithmetic": ("left-to-right", "exact-sums", "exact-attention")}


@dataclass(frozen=True)
class Recipe:
    """A kind of models; sequences are choices. `readouts` are pairs of markers and readout.

    `transitions`: those of recurrences, and "relu" and "heaviside" for networks; models without
    `selections` have recurrences only. `norms` are values of the axis of that name.
    """

    selections: Sequence[str] = ()
    masks: Sequence[str] = ("strict-future",)
    readouts: Sequence[tuple[str, str]] = (("eos", "eos"),)
    periods: Sequence[int] = (1,)
    numbers: Sequence[Numbers] = field(default=(EXACT,))
    transitions: Sequence[str] = ()
    networks: Sequence[str] = ("ffn",)
    norms: Sequence[str] = ("none",)


HARD = ("uhat-left", "uhat-right")
SOFT = ("softmax", "average-hard")
BACK = ("future", "strict-future")
NORMS = ("pre", "post", "projected-pre", "masked-pre", "block-wise")
NETWORKS = ("ffn", "gated-ffn")
WINDOWS = ("window:1", "window:2", "window:3")
# Infinities make nearly all recurrences with feedback compute NaN.
STEPS = (ROUNDED, SATURATING, SATURATING, SATURATING)

RECIPES: dict[str, Recipe] = {
    "leftmost": Recipe(("uhat-left",), numbers=(EXACT, ROUNDED)),
    "rightmost": Recipe(("uhat-right",), readouts=READOUTS, numbers=(EXACT, ROUNDED)),
    "unique hard": Recipe(HARD, readouts=READOUTS, numbers=(EXACT, ROUNDED)),
    "unique hard, non-strict": Recipe(HARD, ("future",), (("none", "last"),),
                                      numbers=(EXACT, ROUNDED)),
    "unique hard, mixed masks": Recipe(HARD, BACK, READOUTS),
    "unique hard, periodic": Recipe(HARD, readouts=READOUTS, periods=(1, 2, 3)),
    "unique hard, looking forward": Recipe(HARD, ("past", "strict-past"), FIRST,
                                           numbers=(EXACT, ROUNDED)),
    "unique hard, normalised": Recipe(HARD, BACK, READOUTS, numbers=(ROUNDED,),
                                      networks=NETWORKS, norms=NORMS),
    "leftmost, normalised": Recipe(("uhat-left",), numbers=(ROUNDED,), networks=NETWORKS,
                                   norms=NORMS),
    "softmax, overflowing": Recipe(("softmax",), numbers=(OVERFLOWING,)),
    "average-hard, overflowing": Recipe(("average-hard",), numbers=(OVERFLOWING,)),
    "softmax and average-hard, overflowing": Recipe(SOFT, numbers=(OVERFLOWING,)),
    "softmax, overflowing, post-norm": Recipe(("softmax",), numbers=(OVERFLOWING,),
                                              norms=("post",)),
    "softmax, overflowing, periodic": Recipe(("softmax",), readouts=(("both", "eos"),),
                                             periods=(2, 3), numbers=(OVERFLOWING,)),
    "softmax, any overflow": Recipe(("softmax",), BACK, READOUTS, numbers=(ROUNDED,)),
    "softmax, saturating, periodic": Recipe(("softmax",), BACK, READOUTS, (2, 3), (SATURATING,)),
    "softmax, saturating, post-norm": Recipe(("softmax",), BACK, READOUTS, numbers=(SATURATING,),
                                             networks=NETWORKS, norms=("post",)),
    "windows": Recipe((*HARD, *SOFT), WINDOWS, READOUTS, numbers=(WINDOWED,), networks=NETWORKS),
    "hard windows": Recipe((*HARD, "average-hard"), WINDOWS, READOUTS, (1, 2)),
    "softmax with windows": Recipe(("softmax",), ("strict-future", "window:1", "window:2"),
                                   numbers=(OVERFLOWING,)),
    **{f"{kind} recurrence": Recipe(readouts=READOUTS, numbers=STEPS, transitions=(kind,),
                                    networks=NETWORKS) for kind in TRANSITIONS},
    "diagonal recurrences": Recipe(
        readouts=READOUTS, numbers=STEPS,
        transitions=("nonnegative-diagonal", "signed-diagonal", "time-invariant")),
    "diagonal recurrences, normalised": Recipe(
        readouts=READOUTS, numbers=STEPS, transitions=("nonnegative-diagonal", "signed-diagonal"),
        networks=NETWORKS, norms=NORMS),
    "exact recurrences": Recipe(readouts=READOUTS, transitions=TRANSITIONS, networks=NETWORKS),
    "non-linear recurrences": Recipe(readouts=READOUTS, numbers=(EXACT, *STEPS),
                                     transitions=("relu", "heaviside"), networks=NETWORKS),
    "attention and recurrences": Recipe(HARD, (*BACK, "window:2"), READOUTS, (1, 2),
                                        (EXACT, SATURATING), (*TRANSITIONS, "relu")),
}


def sample(rng: random.Random, recipe: Recipe, letters: int = 2) -> Model:
    """A random model of a recipe."""
    contract = _contract(rng, rng.choice(recipe.numbers))
    if contract["format"] == "rational":
        recipe = replace(recipe, selections=[s for s in recipe.selections if s != "softmax"])
    small = not set(recipe.selections) or bool(set(recipe.selections) & set(SOFT))
    markers, readout = rng.choice(recipe.readouts)
    width = rng.randint(2, 3 if small else 4)
    period = rng.choice(recipe.periods)
    parts = Sublayers(rng, _weights(rng, contract), width, small)
    norm = rng.choice(recipe.norms) if len(recipe.norms) > 1 else recipe.norms[0]
    # Without epsilon, 0 / 0 is common.
    epsilon = str(_smallest(contract)) if norm != "none" and rng.random() < 0.8 else "0"
    layers: list[dict[str, Any]] = []
    for _ in range(rng.choice((1, 1, 2, 2) if small else (1, 2, 2, 3))):
        layers += _block(rng, recipe, parts, norm, width, epsilon)
    return Model.from_plain({
        "format": FORMAT, "version": VERSION, "alphabet": [chr(97 + a) for a in range(letters)],
        "markers": markers, "readout": readout, "contract": contract,
        "residual": [f"x{d}" for d in range(width)], "period": period,
        "embedding": [parts.matrix(period, width) for _ in range(letters + 2)], "layers": layers,
        "output": {"weights": parts.matrix(1, width)[0], "bias": parts.matrix(1, 1)[0][0]}})


def _block(rng: random.Random, recipe: Recipe, parts: Sublayers, norm: str, width: int,
           epsilon: str) -> list[dict[str, Any]]:
    """A sublayer that mixes positions, and perhaps a network, with the norms of the recipe."""
    def attention(reads: int) -> dict[str, Any]:
        return parts.attention(recipe.selections, recipe.masks, reads)

    def recurrence(reads: int) -> dict[str, Any]:
        return parts.recurrence(rng.choice(recipe.transitions), reads)

    def network(reads: int) -> dict[str, Any]:
        return parts.network(recipe.networks[0] if len(recipe.networks) == 1
                             else rng.choice(recipe.networks), reads)

    mixing = recurrence if recipe.transitions and (
        not recipe.selections or rng.random() < 0.5) else attention
    made: list[dict[str, Any]] = []
    for make in (mixing, *([network] if rng.random() < 0.5 else [])):
        if norm in ("none", "post", "block-wise"):
            made.append(make(width))
            if norm != "none":
                made += parts.norm_sublayers(norm, epsilon)
        else:
            before = parts.norm(norm, epsilon)
            made.append(make(len(before["matrix"])) | {"norm": before})
    return made


def _smallest(contract: Mapping[str, Any]) -> Fraction:
    """The least positive number of a rounded format."""
    return Fraction(2) ** _grid(contract).spacing(Fraction(0))


def _grid(contract: Mapping[str, Any]) -> Fixed | Float:
    if contract["format"] == "fixed":
        return Fixed(contract["bits"], contract["fraction"])
    return Float(contract["exponent"], contract["significand"])


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
        grid = _grid(contract)
        rounding = Contract(grid, overflow="saturate")
        pool = [Fraction(rounding.round(x)) for x in pool]
        if contract["overflow"] == "saturate":
            pool += [-grid.largest, grid.largest]
        else:
            pool = [x for x in pool if abs(x) <= 1]
    return lambda: str(rng.choice(pool))
