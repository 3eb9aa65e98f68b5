"""Decoders for tests: random ones, and words with what the definition says about them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from proofs.models.decoder import Decoder, decode
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout
from tests.models.random_models import ALL_MASKS, _weights, random_extended_model

CAUSAL = [mask for mask in ALL_MASKS if mask not in ("none", "past", "strict-past")]
ERRORS = (NoReadout, NotANumber, OutOfRange)


def random_decoder(seed: int, contract: dict[str, Any] | None = None) -> dict[str, Any]:
    """Plain data of a random decoder that keeps to what lies before."""
    rng = random.Random(seed)
    while True:
        plain = random_extended_model(rng, contract=contract, masks=CAUSAL)
        if plain["positions"]["kind"] != "table":
            break
    for key in ("readout", "output", "sequence"):
        plain.pop(key, None)
    for formula in plain["formulas"]:
        for side in ("numerator", "denominator"):
            formula[side] = [[c, a, 0] for c, a, _ in formula[side]]
    weight = _weights(rng, plain["contract"])
    tokens = rng.randint(2, 4)
    rows = len(plain["embedding"][0])
    width = len(plain["residual"])

    def matrix(height: int, columns: int) -> list[list[Any]]:
        return [[weight() for _ in range(columns)] for _ in range(height)]

    plain["embedding"] += [matrix(rows, width) for _ in range(tokens)]
    names = [f"<{m}>" for m in range(tokens)]
    accept, reject = rng.sample(names, 2)
    plain["decoder"] = {
        "tokens": names, "emit": {"weights": matrix(tokens, width), "bias": matrix(1, tokens)[0]},
        "accept": accept, "reject": reject, "limit": [[rng.randint(1, 2), 1], [2, 0]]}
    return plain


def outcome(decoder: Decoder, word: Sequence[int]) -> Any:
    """What the definition says: tokens and answer, or the error."""
    try:
        return decode(decoder, word)
    except ERRORS as error:
        return type(error), str(error)
