"""Models as circuits: equal to the model on all words, values that do not exist included."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest

from expressivity.circuits.builder import CircuitLimits
from expressivity.circuits.circuit import Circuit
from expressivity.circuits.from_model import MAX_SUBLAYERS, NoCircuit, model_circuit
from expressivity.circuits.letters import Letters, Options, all_words
from expressivity.circuits.membership import answers
from expressivity.constructions import constructions
from expressivity.models.fast import evaluate
from expressivity.models.model import Model
from languages.errors import InputError, LimitError
from languages.parse import parse_language
from tests.models.every_kind import models
from tests.models.random_models import (
    RATIONAL,
    random_contract,
    random_extended_model,
    random_plain_model,
)

HARD = ("uhat-left", "uhat-right")
EXACT = ("exact-sums", "exact-attention")


def check(model: Model, length: int, options: Options | None = None,
          max_values: int = 2000) -> Circuit:
    """The circuit, after comparing it with the model on all words of the length."""
    circuit = model_circuit(model, length, options, max_values=max_values)
    got = answers(circuit, Letters(model.alphabet, length, options))
    wanted = evaluate(model, all_words(len(model.alphabet), length))
    assert (got["accepted"] == wanted.accepted).all(), length
    undefined = got.get("undefined", np.zeros_like(wanted.defined))
    assert (undefined == ~wanted.defined).all(), length
    return circuit


def check_all(plain: dict[str, Any], lengths: range, tally: Counter[str],
              options: Options | None = None) -> None:
    model = Model.from_plain(plain)
    for length in lengths:
        try:
            circuit = check(model, length, options, max_values=100)
        except (NoCircuit, LimitError) as error:
            tally[type(error).__name__] += 1
            continue
        tally["equal"] += 1
        tally["undefined"] += "undefined" in circuit.names
        tally.update(circuit.counts().keys())


@pytest.mark.parametrize("part", range(4))
def test_hard_attention_of_every_contract_mask_and_position(part: int) -> None:
    """Rounded formats with infinities and NaN, or exact rationals."""
    tally: Counter[str] = Counter()
    for seed in range(12 * part, 12 * part + 12):
        rng = random.Random(seed)
        check_all(random_plain_model(rng, selections=HARD), range(5), tally)
        check_all(random_plain_model(rng, selections=HARD, contract=RATIONAL), range(7), tally)
        check_all(random_extended_model(rng, selections=HARD), range(5), tally)
    assert tally["equal"] > 100
    assert tally["undefined"] > 0
    assert tally["AND"] > 0
    assert tally["THRESHOLD"] == 0


@pytest.mark.parametrize("part", range(3))
def test_sums_over_positions_that_are_exact(part: int) -> None:
    """Average-hard and softmax attention: thresholds."""
    tally: Counter[str] = Counter()
    for seed in range(15 * part, 15 * part + 15):
        rng = random.Random(f"averages {seed}")
        rounded = random_plain_model(
            rng, contract={**random_contract(rng), "arithmetic": rng.choice(EXACT)}, layers=2,
            letters=rng.choice((1, 2, 3)), selections=("average-hard", "softmax", "uhat-left"))
        check_all(rounded, range(4), tally)
        rational = random_plain_model(rng, contract=RATIONAL, layers=2, width=2,
                                      selections=("average-hard", "average-hard", "uhat-right"))
        check_all(rational, range(6), tally)
    assert tally["equal"] > 60
    assert tally["THRESHOLD"] > 0


@pytest.mark.parametrize("kind", ["attention", "ffn", "gated-ffn", "norm"])
@pytest.mark.parametrize("norm", [False, True])
def test_every_kind_of_sublayer(kind: str, norm: bool) -> None:
    tally: Counter[str] = Counter()
    for plain in models(kind, 6, norm=norm, selections=HARD):
        check_all(plain, range(4), tally)
    assert tally["equal"] > 5


@pytest.mark.parametrize(("text", "construction"), [
    ("regex:(ab)*", "star-free"), ("dyck:1,depth=2", "star-free"), ("tomita:4", "star-free"),
    ("regex:a+b+a+", "R-trivial"), ("regex:((a|b)(a|b))*a", "quasi-aperiodic"),
    ("parity", "parity by averages"), ("majority", "C-RASP"), ("dyck:1", "C-RASP")])
def test_built_models_on_all_words_to_length_twelve(text: str, construction: str) -> None:
    """Hard attention without thresholds; depth does not grow once the words are long enough."""
    language = parse_language(text)
    model = Model.from_plain(next(constructions()[construction].witnesses(language, 12)).model)
    depths = set()
    for length in range(1, 13):
        circuit = check(model, length)
        accepted = answers(circuit, Letters(model.alphabet, length))["accepted"].tolist()
        words = all_words(len(model.alphabet), length)
        assert accepted == [language.contains([model.alphabet[a] for a in w]) for w in words]
        if construction not in ("parity by averages", "C-RASP"):
            assert set(circuit.counts()) <= {"AND", "OR"}
    for length in (16, 20, 24):
        depths.add(model_circuit(model, length).depth)
    assert len(depths) == 1


def uniform_average(**changes: Any) -> dict[str, Any]:
    """More b than a, by one average-hard head over the whole word."""
    return {"format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
            "readout": "eos", "contract": {"format": "rational"}, "residual": ["x", "y"],
            "period": 1, "embedding": [[[-1, 0]], [[1, 0]], [[0, 0]], [[0, 0]]],
            "layers": [{"kind": "attention", "heads": [{
                "selection": "average-hard", "mask": "none", "query": [[0, 0, 0]],
                "key": [[0, 0, 0]], "value": [[1, 0, 0]], "output": [[0], [1]]}]}],
            "output": {"weights": [0, 1], "bias": 0}} | changes


def test_an_average_is_one_layer_of_thresholds() -> None:
    circuit = check(Model.from_plain(uniform_average()), 10)
    assert "THRESHOLD" in circuit.counts()
    with_words = Model.from_plain(uniform_average())
    assert not with_words.run([0, 1, 0]).accepted
    assert with_words.run([1, 1, 0]).accepted


def test_words_without_a_value_have_an_output_of_their_own() -> None:
    """Infinity minus infinity on words with a b."""
    grid = {"format": "fixed", "bits": 4, "fraction": 0, "rounding": "nearest",
            "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "max-subtracted"}
    model = Model.from_plain(uniform_average(
        contract=grid, embedding=[[[0, 0]], [[7, 7]], [[0, 0]], [[0, 0]]],
        layers=[{"kind": "ffn", "in": [[7, 0, 0], [0, 7, 0]], "out": [[1, -1, 0], [0, 0, 0]]}],
        output={"weights": [0, 0], "bias": 1}))
    circuit = check(model, 3)
    assert circuit.names == ("accepted", "undefined")


def test_a_formula_without_a_value_undoes_all_words_of_a_length() -> None:
    model = Model.from_plain(uniform_average(
        formulas=[{"dimension": "y", "numerator": [[1, 0, 0]],
                   "denominator": [[1, 0, 1], [-4, 0, 0]]}]))
    assert check(model, 3).names == ("accepted", "undefined")
    assert check(model, 2).names == ("accepted",)


ROUNDED = {"format": "fixed", "bits": 8, "fraction": 2, "rounding": "nearest",
           "overflow": "saturate", "arithmetic": "left-to-right", "softmax": "max-subtracted",
           "division": "quotient"}
RECURRENCE = {"kind": "recurrence", "initial": [0],
              "transition": {"kind": "time-invariant", "matrix": [[1]]}, "input": [[1, 0, 0]],
              "reads": "after", "output": [[0], [1]]}


@pytest.mark.parametrize(("changes", "length", "said"), [
    ({"contract": ROUNDED}, 3, "depends on the order of positions"),
    ({"layers": [RECURRENCE]}, 3, r"layers\[0\]: recurrent sublayers"),
    ({"markers": "none", "readout": "last"}, 0, "empty word"),
    ({"positions": {"kind": "bounded"}}, 4, "length 4: 5 positions"),
])
def test_refusals_say_why(changes: dict[str, Any], length: int, said: str) -> None:
    with pytest.raises(NoCircuit, match=said):
        model_circuit(Model.from_plain(uniform_average(**changes)), length)


def test_budgets_are_errors_of_one_line() -> None:
    with pytest.raises(LimitError, match="--max-values"):
        model_circuit(Model.from_plain(uniform_average()), 12, max_values=5)
    with pytest.raises(LimitError, match="--max-wires"):
        model_circuit(Model.from_plain(uniform_average()), 30, Options(CircuitLimits(50)))
    layer = {"kind": "ffn", "in": [[0, 0, 0]], "out": [[0, 0], [0, 0]]}
    deep = uniform_average(layers=[layer] * (MAX_SUBLAYERS + 1))
    with pytest.raises(LimitError, match="sublayers"):
        model_circuit(Model.from_plain(deep), 2)
    check(Model.from_plain(uniform_average(layers=[layer] * MAX_SUBLAYERS)), 2)
    with pytest.raises(InputError, match="at least 0"):
        model_circuit(Model.from_plain(uniform_average()), -1)


def test_heads_that_share_queries_but_not_values() -> None:
    """Two heads that differ in their values only, each read by another dimension."""
    head = {"selection": "uhat-right", "mask": "strict-future", "query": [[0, 0, 0]],
            "key": [[0, 0, 0]], "value": [[1, 0, 0]], "output": [[0], [1]]}
    other = head | {"value": [[-1, 0, 1]], "output": [[1], [0]]}
    model = Model.from_plain(uniform_average(
        layers=[{"kind": "attention", "heads": [head, other]},
                {"kind": "ffn", "in": [[1, 0, 0]], "out": [[0, 0], [1, 0]]},
                {"kind": "ffn", "in": [[0, 1, 0]], "out": [[1, 0], [0, 0]]}],
        output={"weights": [1, "1/2"], "bias": -1}))
    for length in range(7):
        check(model, length)
