"""Small random models of every kind and number contract, from seeds.

Weights are small, often zero, so that scores tie and answers vary; some formats are so narrow
that sums overflow, saturate or stagnate on words of a few letters.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from proofs.models.architecture import Model, parse_model
from proofs.models.numbers import Contract, Fixed, Float
from tests.models.random_layers import Pieces

SELECTIONS = ("uhat-left", "uhat-right", "average-hard", "softmax")
MASKS = ("none", "future", "strict-future", "past", "strict-past")
ALL_MASKS = (*MASKS, "window:1", "window:2", "window:4")
ROUNDINGS = ("nearest", "floor")
OVERFLOWS = ("infinity", "saturate")
ARITHMETICS = ("left-to-right", "exact-sums", "exact-attention")
SOFTMAXES = ("max-subtracted", "plain", "uniform-if-zero")
DIVISIONS = ("quotient", "weights")

FIXED = ((3, 0), (3, 1), (4, 2), (5, 2), (6, 3), (8, 4), (12, 4), (16, 8))
FLOAT = ((2, 2), (3, 2), (3, 3), (4, 4), (5, 3), (5, 11), (8, 8), (8, 24))

RATIONAL: dict[str, Any] = {"format": "rational"}


def all_contracts() -> Iterator[dict[str, Any]]:
    """Every combination of rules, over every small format above, and the rational contract."""
    yield RATIONAL
    formats = [{"format": "fixed", "bits": p, "fraction": f} for p, f in FIXED]
    formats += [{"format": "float", "exponent": e, "significand": s} for e, s in FLOAT]
    for grid, rounding, overflow, arithmetic, softmax, division in itertools.product(
            formats, ROUNDINGS, OVERFLOWS, ARITHMETICS, SOFTMAXES, DIVISIONS):
        yield {**grid, "rounding": rounding, "overflow": overflow, "arithmetic": arithmetic,
               "softmax": softmax, "division": division}


def random_contract(rng: random.Random) -> dict[str, Any]:
    """A rounded contract."""
    if rng.random() < 0.5:
        bits, fraction = rng.choice(FIXED)
        grid: dict[str, Any] = {"format": "fixed", "bits": bits, "fraction": fraction}
    else:
        exponent, significand = rng.choice(FLOAT)
        grid = {"format": "float", "exponent": exponent, "significand": significand}
    return {**grid, "rounding": rng.choice(ROUNDINGS), "overflow": rng.choice(OVERFLOWS),
            "arithmetic": rng.choice(ARITHMETICS), "softmax": rng.choice(SOFTMAXES),
            "division": rng.choice(DIVISIONS)}


def random_plain_model(
    rng: random.Random, *, contract: dict[str, Any] | None = None, letters: int = 2,
    selections: Sequence[str] = SELECTIONS, masks: Sequence[str] = MASKS,
    markers: str | None = None, readout: str | None = None, period: int | None = None,
    layers: int | None = None, width: int | None = None,
) -> dict[str, Any]:
    """A random model as plain data; what is not given is random. Softmax needs a contract."""
    if contract is None:
        contract = RATIONAL if rng.random() < 0.25 else random_contract(rng)
    if contract == RATIONAL:
        selections = [s for s in selections if s != "softmax"]
    markers = markers or rng.choice(("none", "bos", "eos", "both"))
    if readout is None:
        readout = rng.choice(("last", "eos", "first") if markers in ("eos", "both")
                             else ("last", "first"))
    width = width or rng.randint(1, 3)
    period = period or rng.choice((1, 1, 2, 3))
    weight = _weights(rng, contract)

    def matrix(rows: int, columns: int) -> list[list[int | str]]:
        return [[weight() for _ in range(columns)] for _ in range(rows)]

    def head() -> dict[str, Any]:
        rank, size = rng.randint(1, 2), rng.randint(1, 2)
        return {"selection": rng.choice(list(selections)), "mask": rng.choice(list(masks)),
                "query": matrix(rank, width + 1), "key": matrix(rank, width + 1),
                "value": matrix(size, width + 1), "output": matrix(width, size)}

    def layer(kind: str) -> dict[str, Any]:
        if kind == "attention":
            return {"kind": kind, "heads": [head() for _ in range(rng.choice((1, 1, 2)))]}
        hidden = rng.randint(1, 3)
        return {"kind": kind, "in": matrix(hidden, width + 1), "out": matrix(width, hidden + 1)}

    count = rng.randint(1, 3) if layers is None else layers
    kinds = [rng.choice(("attention", "attention", "ffn")) for _ in range(count)]
    return {"format": "expressivity model", "version": 1,
            "alphabet": [chr(ord("a") + i) for i in range(letters)],
            "markers": markers, "readout": readout, "contract": contract,
            "residual": [f"x{i}" for i in range(width)], "period": period,
            "embedding": [matrix(period, width) for _ in range(letters + 2)],
            "layers": [layer(kind) for kind in kinds],
            "output": {"weights": matrix(1, width)[0], "bias": weight()}}


def random_extended_model(
    rng: random.Random, *, contract: dict[str, Any] | None = None, letters: int = 2,
    selections: Sequence[str] = SELECTIONS, masks: Sequence[str] = ALL_MASKS,
    layers: int | None = None,
) -> dict[str, Any]:
    """A random model as plain data, with every kind of layer, mask and position; see
    `random_plain_model`.
    """
    plain = random_plain_model(rng, contract=contract, letters=letters, layers=0)
    rational = plain["contract"] == RATIONAL
    if rational:
        selections = [s for s in selections if s != "softmax"]
    pieces = Pieces(rng, _weights(rng, plain["contract"]), plain["residual"], rational)
    positions = pieces.positions(plain["period"])
    if positions["kind"] == "bounded":
        plain["period"] = rng.randint(1, 6)
        plain["embedding"] = [pieces.matrix(plain["period"], len(plain["residual"]))
                              for _ in plain["embedding"]]
    count = rng.randint(1, 3) if layers is None else layers
    return plain | {
        "positions": positions, "formulas": pieces.formulas(), "sequence": pieces.sequence(),
        "layers": [pieces.layer(list(selections), list(masks)) for _ in range(count)]}


def random_model(seed: int, **choices: Any) -> Model:
    """The model of `random_plain_model` with this seed, parsed."""
    return parse_model(random_plain_model(random.Random(seed), **choices))


def _weights(rng: random.Random, contract: dict[str, Any]) -> Any:
    """A generator of weights that the contract has."""
    if contract["format"] == "rational":
        pool = [Fraction(n, d) for n in range(-3, 4) for d in (1, 2, 3)]
    else:
        grid = (Fixed(contract["bits"], contract["fraction"]) if contract["format"] == "fixed"
                else Float(contract["exponent"], contract["significand"]))
        rounding = Contract(grid, overflow="saturate")
        pool = [Fraction(rounding.round(Fraction(n, d))) for n in range(-4, 5) for d in (1, 2, 4)]
        pool += [grid.largest, -grid.largest, Fraction(2) ** grid.spacing(Fraction(0))]
    # Zeros make models that look at part of what they could.
    pool += [Fraction(0)] * (len(pool) // 3)
    return lambda: _plain(rng.choice(pool))


def _plain(x: Fraction) -> int | str:
    return x.numerator if x.denominator == 1 else f"{x.numerator}/{x.denominator}"
