"""The fast evaluator computes bit for bit what the reference defines."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from expressivity.models.carriers import fits_float64
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from languages.errors import InputError
from proofs.models.numbers import NotANumber
from proofs.models.reference import run
from tests.models.agreement import compare, fast_answers, reference_answer, words_of
from tests.models.random_models import (
    ARITHMETICS,
    DIVISIONS,
    OVERFLOWS,
    RATIONAL,
    ROUNDINGS,
    SOFTMAXES,
    all_contracts,
    random_model,
    random_plain_model,
)


def test_random_models_on_all_short_words() -> None:
    seen = [compare(Model(random_model(seed)), 4) for seed in range(100)]
    # The comparison is about something: answers vary within many models, and some are undefined.
    assert sum({True, False} <= answers for answers in seen) > 20
    assert sum("not a number" in answers for answers in seen) > 10


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_hundreds_of_models_on_all_words_up_to_length_six(part: int) -> None:
    for seed in range(1000 + 50 * part, 1050 + 50 * part):
        compare(Model(random_model(seed)), 6)


def test_every_contract_with_every_averaging_head() -> None:
    for number, contract in enumerate(all_contracts()):
        rng = random.Random(number)
        plain = random_plain_model(rng, contract=contract, layers=2, width=2,
                                   selections=("average-hard", "softmax"), markers="eos",
                                   readout="eos")
        model = Model.from_plain(plain)
        words = [tuple(rng.choices((0, 1), k=length)) for length in (2, 5)]
        for word in words:
            assert fast_answers(model, [word]) == [reference_answer(model, word)], (word, plain)


@pytest.mark.parametrize(("exponent", "significand"), [(4, 4), (5, 11), (8, 24), (11, 53)])
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_wide_floats(exponent: int, significand: int, rounding: str) -> None:
    """Weights of all magnitudes, so that sums round and products reach subnormal numbers."""
    rng = random.Random(f"{exponent} {rounding}")
    for _ in range(6):
        contract = {"format": "float", "exponent": exponent, "significand": significand,
                    "rounding": rounding, "overflow": rng.choice(OVERFLOWS),
                    "arithmetic": rng.choice(ARITHMETICS), "softmax": rng.choice(SOFTMAXES),
                    "division": rng.choice(DIVISIONS)}
        plain = random_plain_model(rng, contract=contract, markers="eos", readout="eos")
        scramble(plain, rng, significand, 2 ** (exponent - 1))
        model = Model.from_plain(plain)
        for length in (2, 4):
            words = [tuple(rng.choices((0, 1), k=length)) for _ in range(4)]
            expected = [reference_answer(model, word) for word in words]
            assert fast_answers(model, words) == expected, plain


def scramble(value: Any, rng: random.Random, significand: int, exponents: int) -> None:
    """Replace the weights of plain data by numbers with random bits, most of them near 1."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        if key in ("contract", "alphabet", "residual"):
            continue
        if isinstance(item, (list, dict)):
            scramble(item, rng, significand, exponents)
        elif key in ("bias",) or not isinstance(key, str):
            spread = exponents - 2 if rng.random() < 0.2 else 1
            shift = rng.randint(-spread, spread)
            bits = rng.randrange(2 ** (significand - 1), 2**significand) * rng.choice((1, -1))
            shift -= significand - 1
            value[key] = bits * 2**shift if shift >= 0 else f"{bits}/{2**-shift}"


def test_long_words_with_exact_rationals() -> None:
    """Averages over many counts have denominators beyond 64 bits."""
    rng = random.Random(7)
    for seed in range(6):
        model = Model(random_model(seed, contract=RATIONAL, selections=("average-hard",),
                                   layers=3, markers="bos", readout="last"))
        words = [tuple(rng.choices((0, 1), k=40)) for _ in range(3)]
        assert fast_answers(model, words) == [reference_answer(model, word) for word in words]


def test_long_words_with_rounded_sums() -> None:
    rng = random.Random(8)
    for seed in range(12):
        model = Model(random_model(seed, selections=("softmax",), layers=1, markers="eos",
                                   contract=random_contract_of(rng)))
        words = [tuple(rng.choices((0, 1), k=30)) for _ in range(3)]
        assert fast_answers(model, words) == [reference_answer(model, word) for word in words]


def random_contract_of(rng: random.Random) -> dict[str, Any]:
    return {"format": "float", "exponent": 4, "significand": 4, "rounding": rng.choice(ROUNDINGS),
            "overflow": "saturate", "arithmetic": rng.choice(ARITHMETICS),
            "softmax": rng.choice(SOFTMAXES), "division": rng.choice(DIVISIONS)}


def test_float64_serves_the_common_formats() -> None:
    def contract_of(arithmetic: str, **grid: Any) -> Any:
        return Model(random_model(0, contract={
            **grid, "rounding": "nearest", "overflow": "infinity", "arithmetic": arithmetic,
            "softmax": "plain"})).contract

    half = {"format": "float", "exponent": 5, "significand": 11}
    single = {"format": "float", "exponent": 8, "significand": 24}
    double = {"format": "float", "exponent": 11, "significand": 53}
    fixed = {"format": "fixed", "bits": 16, "fraction": 8}
    for arithmetic, grid, fits in [
            ("left-to-right", half, True), ("left-to-right", single, True),
            ("left-to-right", fixed, True), ("left-to-right", double, False),
            ("exact-sums", half, True), ("exact-sums", single, False),
            ("exact-attention", half, False), ("exact-attention", fixed, True)]:
        assert fits_float64(contract_of(arithmetic, **grid), 100) == fits, (arithmetic, grid)


def test_words_without_a_value_raise_the_error_of_the_reference() -> None:
    found = 0
    for seed in range(60):
        model = Model(random_model(seed, markers="eos"))
        words = words_of(2, 3)
        failing = [w for w in words if reference_answer(model, w) == "not a number"]
        if not failing:
            assert list(accepts(model, words)) == [run(model.definition, w).accepted
                                                   for w in words]
            continue
        found += 1
        with pytest.raises(NotANumber) as fast_error:
            accepts(model, words)
        with pytest.raises(NotANumber) as reference_error:
            run(model.definition, failing[0])
        assert str(fast_error.value) == str(reference_error.value)
    assert found > 3


def test_batches() -> None:
    model = Model(random_model(3, contract=RATIONAL, markers="eos", readout="eos"))
    words = words_of(2, 5)
    whole = accepts(model, words)
    assert list(whole) == list(accepts(model, np.array(words)))
    assert list(whole[4:9]) == list(accepts(model, words[4:9]))
    assert accepts(model, []).shape == (0,)
    with pytest.raises(InputError, match="lengths 1 and 2"):
        accepts(model, [[0], [0, 1]])
    with pytest.raises(InputError, match="letter 2: expected an index from 0 to 1"):
        accepts(model, [[0, 2]])
    with pytest.raises(InputError, match="letter -1"):
        accepts(model, [[0, -1]])


def test_a_word_without_a_value_does_not_touch_the_others() -> None:
    """Object arrays: letter b has the score 0 * infinity, letter a the score 0."""
    head = {"selection": "average-hard", "mask": "future", "query": [[0, 1]], "key": [[1, 0]],
            "value": [[1, 0]], "output": [[1]]}
    contract = {"format": "float", "exponent": 3, "significand": 30, "rounding": "nearest",
                "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "plain"}
    double = {"kind": "ffn", "in": [[1, 0]], "out": [[8, 0]]}
    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "bos",
        "readout": "last", "contract": contract, "residual": ["x"], "period": 1,
        "embedding": [[[0]], [[8]], [[0]], [[0]]],
        "layers": [double, {"kind": "attention", "heads": [head | {"query": [[0, 0]]}]}],
        "output": {"weights": [1], "bias": 1}})
    assert not fits_float64(model.contract, 2)
    assert fast_answers(model, [(0,), (1,)]) == [True, "not a number"]


def test_batches_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model(random_model(5, contract=RATIONAL, markers="eos", readout="eos"))
    words = words_of(2, 6)
    whole = accepts(model, words)
    monkeypatch.setattr("expressivity.models.dense.CELLS", 1000)
    monkeypatch.setattr("expressivity.models.fast.INTERNED_CELLS", 100)
    assert list(whole) == list(accepts(model, words))
