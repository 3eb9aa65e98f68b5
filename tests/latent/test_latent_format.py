"""Decoders with continuous thought: the definition by hand, the fast evaluator, bad files."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from expressivity.latent.thinker import LatentThinker, load_latent, save_latent, support
from expressivity.models.files import save_model
from expressivity.models.model import Model
from expressivity.thought.files import load_either
from languages.errors import InputError, LimitError
from proofs.checkers.rejection import Rejected
from proofs.models.latent import MAX_STEPS, is_latent, parse_latent, plain_latent, think
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout
from tests.models.random_models import RATIONAL, random_extended_model
from tests.models.test_architecture import example
from tests.thought.decoders import CAUSAL

ERRORS = (NoReadout, NotANumber, OutOfRange)


def counting(steps: int, markers: str = "none") -> dict[str, Any]:
    """Each step adds the x of all positions up to the last, and the position, to the last one's."""
    average = {"selection": "average-hard", "mask": "future", "query": [[0, 0, 0]],
               "key": [[0, 0, 0]], "value": [[1, 0, 0]], "output": [[0], [1]]}
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": markers,
        "contract": RATIONAL, "residual": ["x", "y"], "period": 1,
        "embedding": [[[1, 0]], [[2, 0]], [[0, 0]], [[0, 0]]],
        "formulas": [{"dimension": "x", "numerator": [[1, 1, 0]], "denominator": [[1, 0, 0]]}],
        "layers": [{"kind": "attention", "heads": [average]}],
        "output": {"weights": [0, 1], "bias": 0},
        "decoder": {"thought": "continuous", "steps": steps}}


@pytest.mark.parametrize("steps", range(6))
def test_steps_by_hand(steps: int) -> None:
    """x is fed back and grows by the position; y adds up the averages of x so far."""
    for word in ([0], [0, 1], [1, 1, 0]):
        xs = [Fraction(1 + letter + i) for i, letter in enumerate(word)]
        states = [(xs[-1], Fraction(0))]
        y = sum(xs, Fraction(0)) / len(xs)
        for _ in range(steps):
            xs.append(xs[-1] + len(xs))
            states.append((xs[-1], y))
            y += sum(xs, Fraction(0)) / len(xs)
        found = think(parse_latent(counting(steps)), word)
        assert found.streams == tuple(states)
        assert found.value == y
        assert found.accepted


def random_latent(seed: int, **choices: Any) -> dict[str, Any]:
    rng = random.Random(seed)
    while True:
        plain = random_extended_model(rng, masks=CAUSAL, **choices)
        if plain["positions"]["kind"] != "table":
            break
    for key in ("readout", "sequence"):
        plain.pop(key, None)
    for formula in plain["formulas"]:
        for side in ("numerator", "denominator"):
            formula[side] = [[c, a, 0] for c, a, _ in formula[side]]
    return plain | {"decoder": {"thought": "continuous", "steps": rng.randint(0, 3)}}


def test_the_fast_evaluator_agrees() -> None:
    """On single words and on batches: streams, values, answers and errors."""
    seen: dict[str, int] = {}
    for seed in range(120):
        plain = random_latent(seed, **({"contract": RATIONAL} if seed % 3 == 0 else {}))
        thinker = LatentThinker.from_plain(plain)
        for n in (0, 1, 3):
            words = list(itertools.product(range(2), repeat=n))
            wanted = []
            for word in words:
                try:
                    wanted.append(think(thinker.definition, word))
                except ERRORS as error:
                    with pytest.raises(type(error)):
                        thinker.think([word])
                    seen[type(error).__name__] = seen.get(type(error).__name__, 0) + 1
            if len(wanted) == len(words):
                assert thinker.think(words) == wanted
                assert thinker.think(words[-1:]) == wanted[-1:]
                for one in wanted:
                    seen[str(one.accepted)] = seen.get(str(one.accepted), 0) + 1
    assert {"True", "False", "NotANumber", "OutOfRange", "NoReadout"} <= set(seen)
    assert seen["True"] > 50 and seen["False"] > 50


def test_files(tmp_path: Path) -> None:
    plain = counting(3)
    thinker = LatentThinker.from_plain(plain)
    assert plain_latent(thinker.definition) == plain == thinker.to_plain()
    save_latent(thinker, tmp_path / "latent")
    loaded = load_latent(tmp_path / "latent")
    assert loaded is not None and loaded.definition == thinker.definition
    save_model(Model.from_plain(example()), tmp_path / "model")
    assert load_latent(tmp_path / "model") is None
    with pytest.raises(InputError, match="not one with continuous thought"):
        load_either(tmp_path / "latent")
    assert not is_latent(example()) and not is_latent([1]) and not is_latent({"decoder": 3})


def changed(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in (counting(1) | fields).items() if value != "out"}


BAD = [
    ("unknown-key", "model", changed(readout="last")),
    ("unknown-key", "model", changed(sequence={"dimensions": ["x"], "values": None})),
    ("unknown-key", "model", changed(loop={"first": 0, "last": 0, "times": 1})),
    ("missing-key", "model", changed(output="out")),
    ("not-an-object", "model.decoder", changed(decoder=3)),
    ("not-an-object", "model.decoder", changed(decoder="out")),
    ("missing-key", "model.decoder", changed(decoder={"thought": "continuous"})),
    ("unknown-key", "model.decoder", changed(decoder={"thought": "continuous", "steps": 1,
                                                      "tokens": []})),
    ("unknown-value", "model.decoder.thought", changed(decoder={"thought": "x", "steps": 1})),
    ("out-of-range", "model.decoder.steps", changed(decoder={"thought": "continuous",
                                                             "steps": -1})),
    ("out-of-range", "model.decoder.steps", changed(decoder={"thought": "continuous",
                                                             "steps": MAX_STEPS + 1})),
    ("not-an-integer", "model.decoder.steps", changed(decoder={"thought": "continuous",
                                                               "steps": True})),
    ("not-causal", "model.formulas[0]", changed(formulas=[{
        "dimension": "x", "numerator": [[1, 0, 1]], "denominator": [[1, 0, 0]]}])),
]


@pytest.mark.parametrize(("code", "path", "plain"), BAD)
def test_bad_decoders(code: str, path: str, plain: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as caught:
        parse_latent(plain)
    assert (caught.value.code, caught.value.path) == (code, path)
    with pytest.raises(InputError):
        LatentThinker.from_plain(plain)


def test_masks_that_look_ahead_are_rejected() -> None:
    plain = counting(1)
    plain["layers"][0]["heads"][0]["mask"] = "none"
    with pytest.raises(Rejected) as caught:
        parse_latent(plain)
    assert caught.value.code == "not-causal"


def test_where_thought_ends() -> None:
    with pytest.raises(NoReadout):
        think(parse_latent(counting(1)), [])
    bounded = counting(3, "bos") | {"positions": {"kind": "bounded"}, "period": 4,
                                    "embedding": [[[1, 0]] * 4] * 4}
    assert think(parse_latent(bounded), []).value > 0
    with pytest.raises(OutOfRange, match="5 positions"):
        think(parse_latent(bounded), [0])
    with pytest.raises(LimitError, match="--max-positions"):
        LatentThinker.from_plain(counting(3)).think([[0] * 50], 20)


def test_profile() -> None:
    values = LatentThinker.from_plain(counting(3)).profile().to_plain()
    assert (values["thought"], values["cot"], values["readout"]) == ("continuous", "4", "token")
    bounded = counting(3) | {"positions": {"kind": "bounded"}}
    with pytest.raises(InputError, match="finitely many lengths"):
        LatentThinker.from_plain(bounded).profile()


def test_other_models_have_no_thoughts_over_vertices() -> None:
    thinker = LatentThinker.from_plain(counting(0))
    with pytest.raises(InputError, match="no dimension 'thought v'"):
        list(support(thinker, (Fraction(1), Fraction(0)), ["v"]))
