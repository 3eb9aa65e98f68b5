"""All kinds of sublayers, masks and positions: the fast evaluator against the reference.

The numbered states, the arrays, and the passage from the ones to the others are tried on the same
models, by limits on the number of states.
"""

from __future__ import annotations

import random
import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from expressivity.models import attention_scan, fast, interned, numbering
from expressivity.models.carriers import fits_float64
from expressivity.models.fast import accepts, outputs, residual
from expressivity.models.model import Model
from languages.errors import InputError
from proofs.models.numbers import NotANumber
from proofs.models.positions import OutOfRange
from proofs.models.reference import run
from proofs.models.sequences import outputs as reference_outputs
from tests.models.agreement import compare, fast_answers, reference_answer, words_of
from tests.models.random_models import RATIONAL, random_extended_model

FLOAT = {"format": "float", "exponent": 5, "significand": 11, "rounding": "nearest",
         "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "max-subtracted",
         "division": "quotient"}
FIXED = {"format": "fixed", "bits": 12, "fraction": 4, "rounding": "floor",
         "overflow": "saturate", "arithmetic": "exact-attention", "softmax": "plain",
         "division": "quotient"}
WIDE = {**FLOAT, "significand": 40, "overflow": "saturate"}  # too wide for float64


def extended(seed: int, **choices: Any) -> Model:
    return Model.from_plain(random_extended_model(random.Random(seed), **choices))


@pytest.fixture(params=[numbering.MAX_STATES, 6, 1], ids=["numbered", "both", "arrays"])
def limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A bound on the number of states: few go on with arrays, one begins with arrays."""
    bound: int = request.param
    monkeypatch.setattr(numbering, "MAX_STATES", bound)
    interned._cached.cache_clear()
    return bound


def test_random_models_on_all_short_words(limit: int) -> None:
    seen = [compare(extended(seed), 4) for seed in range(1000 * limit, 1000 * limit + 80)]
    assert sum({True, False} <= answers for answers in seen) >= 8
    for answer in ("not a number", "out of range", "no readout"):
        assert sum(answer in answers for answers in seen) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_many_models_on_all_words_up_to_length_six(limit: int, part: int) -> None:
    for seed in range(50 * part, 50 * part + 50):
        compare(extended(7 * limit + seed), 6)


@pytest.mark.parametrize("contract", [RATIONAL, FLOAT, FIXED, WIDE],
                         ids=["rational", "float", "fixed", "wide"])
def test_longer_words(limit: int, contract: dict[str, Any]) -> None:
    rng = random.Random(3)
    for seed in range(25):
        model = extended(seed, contract=contract)
        words = [tuple(rng.choices((0, 1), k=14)) for _ in range(3)]
        assert fast_answers(model, words) == [reference_answer(model, word) for word in words]


def test_unique_hard_attention_stays_with_numbered_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to arrays over words and positions."""
    def refuse(*_: Any) -> None:
        raise AssertionError("computed densely")

    contracts: list[Any] = [RATIONAL, FLOAT, FIXED]
    models = [extended(seed, contract=contracts[seed % 3],
                       selections=("uhat-left", "uhat-right"), masks=(mask,))
              for seed, mask in enumerate(["future", "strict-future", "past", "strict-past", "none",
                                           "window:2"] * 8)]
    seen = [compare(model, 4) for model in models]
    assert sum({True, False} <= answers for answers in seen) >= 5
    monkeypatch.setattr(fast.dense, "after", refuse)
    assert [compare(model, 3) for model in models]


@pytest.mark.parametrize("selection", ["uhat-left", "uhat-right"])
@pytest.mark.parametrize(("mask", "undefined"), [
    ("past", "b.*c"), ("strict-past", "b.*c"), ("future", "c.*b"), ("none", "b.*c|c.*b"),
    ("window:2", "cb")])
def test_scores_without_a_value_count_where_they_are_seen(selection: str, mask: str,
                                                          undefined: str) -> None:
    """Where b sees c the score is 14 * 14 - 14 * 14, infinity - infinity; all others are 0."""
    head = {"selection": selection, "mask": mask, "query": [[14, 0, 0], [14, 0, 0]],
            "key": [[0, 14, 0], [0, -14, 0]], "value": [[1, 0, 0]], "output": [[0], [0]]}
    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b", "c"],
        "markers": "none", "readout": "last",
        "contract": {**FLOAT, "exponent": 3, "significand": 3}, "residual": ["x", "y"],
        "period": 1, "embedding": [[[0, 0]], [[1, 0]], [[0, 1]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "attention", "heads": [head]}],
        "output": {"weights": [0, 0], "bias": 1}})
    for length in (1, 2, 3, 4):
        for word, got in zip(words_of(3, length), fast_answers(model, words_of(3, length)),
                             strict=True):
            expected = not re.search(undefined, "".join("abc"[letter] for letter in word))
            assert got == (expected or "not a number") == reference_answer(model, word)


def test_many_summaries_are_left_to_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention_scan, "MAX_SUMMARIES", 2)
    monkeypatch.setattr(numbering, "MAX_CELLS", 200)
    for seed in range(40):
        compare(extended(seed, selections=("uhat-left", "uhat-right")), 4)


def test_sums_over_positions_may_be_too_long_for_float64() -> None:
    """With 25 bits, exact sums of up to 16 products fit; single states always do."""
    contract = {"format": "fixed", "bits": 25, "fraction": 10, "rounding": "nearest",
                "overflow": "saturate", "arithmetic": "exact-attention", "softmax": "plain",
                "division": "quotient"}
    rng = random.Random(5)
    for seed in range(6):
        plain = random_extended_model(random.Random(seed), contract=contract, layers=2,
                                      selections=("average-hard",))
        network = {"kind": "ffn", "in": [[1] * (len(plain["residual"]) + 1)],
                   "out": [["3/1024", "1/1024"] for _ in plain["residual"]]}
        model = Model.from_plain(plain | {
            "layers": [network, *plain["layers"]], "positions": {"kind": "periodic"}})
        assert fits_float64(model.contract, 16) and not fits_float64(model.contract, 17)
        for length in (5, 18):
            words = [tuple(rng.choices((0, 1), k=length)) for _ in range(4)]
            assert fast_answers(model, words) == [reference_answer(model, word) for word in words]


def test_batches_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("expressivity.models.dense.CELLS", 30)
    monkeypatch.setattr("expressivity.models.fast.INTERNED_CELLS", 40)
    for seed in range(40):
        compare(extended(seed), 4)


def test_streams_and_outputs(limit: int) -> None:
    """After every sublayer, at every position."""
    compared: set[Any] = set()
    for seed in range(60):
        model = extended(seed)
        definition = model.definition
        for words in (words_of(2, 1), words_of(2, 3)):
            try:
                traces = [run(definition, word) for word in words]
            except (NotANumber, OutOfRange) as error:
                with pytest.raises(type(error)):
                    accepts(model, words)
                continue
            for level in range(len(model.layers) + 1):
                got = residual(model, words, level)
                assert got.tolist() == [[list(state) for state in trace.residual[level]]
                                        for trace in traces]
            expected = [list(reference_outputs(definition, trace.residual[-1]))
                        for trace in traces]
            assert outputs(model, words).tolist() == expected
            compared |= {type(output) for row in expected for output in row}
    assert compared >= {Fraction, type(None)}


def test_texts_are_output() -> None:
    """Letters a, b, c have the outputs <x>, <y> and none; markers have no output."""
    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b", "c"],
        "markers": "both", "readout": "eos", "contract": RATIONAL, "residual": ["x", "y", "z"],
        "period": 1, "embedding": [[[1, 0, 7]], [[0, 1, 7]], [[1, 1, 7]], [[1, 0, 7]], [[0, 0, 0]]],
        "layers": [], "output": {"weights": [1, 0, 0], "bias": 0},
        "sequence": {"dimensions": ["y", "x"], "values": ["<y>", "<x>"]}})
    assert outputs(model, [(0, 1, 2), (2, 2, 0)]).tolist() == [
        ["<x>", "<y>", None], [None, None, "<x>"]]
    assert outputs(model, [()]).shape == (1, 0)
    assert outputs(Model.from_plain(model.to_plain() | {"markers": "none", "readout": "last"}),
                   [()]).shape == (1, 0)
    assert outputs(model, np.zeros((0, 4), dtype=np.int64)).shape == (0, 4)
    plain = model.to_plain()
    plain["sequence"] = {"dimensions": ["z"], "values": None}
    assert outputs(Model.from_plain(plain), [(0, 1)]).tolist() == [[7, 7]]
    del plain["sequence"]
    with pytest.raises(InputError, match='no "sequence"'):
        outputs(Model.from_plain(plain), [(0,)])
    with pytest.raises(ValueError, match="no position-wise output"):
        reference_outputs(Model.from_plain(plain).definition, ())


def test_lengths_out_of_range_and_formulas_without_a_value() -> None:
    model = extended(0, layers=1)
    plain = model.to_plain() | {"period": 1, "positions": {"kind": "bounded"}, "formulas": []}
    plain["embedding"] = [[row[0]] for row in plain["embedding"]]
    short = Model.from_plain(plain | {"markers": "none", "readout": "last"})
    with pytest.raises(OutOfRange, match="3 positions"):
        accepts(short, [(0, 1, 0)])
    below = {"dimension": plain["residual"][0], "numerator": [], "denominator":
             [[1, 1, 0], [-1, 0, 0]]}
    without = Model.from_plain(plain | {
        "markers": "none", "readout": "last", "positions": {"kind": "periodic"},
        "formulas": [below]})
    assert fast_answers(without, [(0, 0), (1, 0)]) == ["not a number"] * 2
    with pytest.raises(NotANumber, match="position formula of dimension 0, position 1 of 2"):
        accepts(without, [(0, 0)])
