"""What is refused, and that the refusal says why; what can be said up to a length instead."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from expressivity.extraction import Refused, extract, up_to
from expressivity.models.model import Model
from languages.errors import LimitError
from tests.extraction.agreement import all_words, disagreement
from tests.models.random_models import random_plain_model

FIXED = {"format": "fixed", "bits": 5, "fraction": 2, "rounding": "nearest", "overflow": "saturate",
         "arithmetic": "left-to-right", "softmax": "max-subtracted", "division": "quotient"}


def model(**choices: Any) -> dict[str, Any]:
    """One attention layer."""
    choices = {"contract": FIXED, "selections": ["softmax"], "masks": ["strict-future"],
               "readout": "last", "markers": "none", "period": 1, "layers": 1, **choices}
    for seed in range(100):
        plain = random_plain_model(random.Random(seed), **choices)
        if plain["layers"][0]["kind"] == "attention":
            return plain
    raise AssertionError("no seed gives an attention layer")


@pytest.mark.parametrize(("choices", "reason"), [
    ({"readout": "first", "masks": ["none"]}, "mask none"),
    ({"readout": "first", "masks": ["past"]}, "mask past"),
    ({"readout": "first", "masks": ["strict-past"], "selections": ["uhat-left"], "period": 2},
     "mask strict-past"),
    ({"masks": ["none"]}, "mask none"),
    ({"masks": ["past"]}, "mask past"),
    ({"masks": ["strict-past"]}, "mask strict-past"),
    ({"contract": FIXED | {"arithmetic": "exact-sums"}}, "arithmetic exact-sums"),
    ({"contract": FIXED | {"arithmetic": "exact-attention"}}, "arithmetic exact-attention"),
    ({"contract": FIXED | {"arithmetic": "exact-sums"}, "selections": ["average-hard"]},
     "average-hard attention with arithmetic exact-sums"),
    ({"contract": {"format": "rational"}, "selections": ["average-hard"]},
     "average-hard attention over exact rationals"),
])
def test_refused_by_name(choices: dict[str, Any], reason: str) -> None:
    refused = Model.from_plain(model(**choices))
    with pytest.raises(Refused, match=reason) as error:
        extract(refused)
    assert "--up-to" in error.value.reason
    try:
        found = up_to(refused, 6)
    except Refused as other:
        assert "NaN" in other.reason
        return
    assert found.dfa is None and found.covered == 6 and found.partial is not None
    assert disagreement(refused, found.partial, [all_words(2, n) for n in range(7)]) is None


def positioned(**fields: Any) -> dict[str, Any]:
    """A hard model with period 2 and other position encodings."""
    return model(selections=["uhat-left"], period=2) | fields


FORMULA = {"dimension": "x0", "numerator": [[1, 1, 0]], "denominator": [[1, 0, 1]]}


@pytest.mark.parametrize(("fields", "reason"), [
    ({"positions": {"kind": "bounded"}}, "positions bounded: .* at most 2 positions"),
    ({"positions": {"kind": "table", "phases": {"1": [0]}}}, "positions from a table"),
    ({"formulas": [FORMULA]}, "dimension x0, which depends on i and N"),
    ({"formulas": [FORMULA | {"denominator": [[2, 0, 0]]}]}, "which depends on i: "),
    ({"formulas": [FORMULA | {"numerator": [[0, 1, 0]]}]}, "which depends on N: "),
    ({"contract": FIXED | {"overflow": "infinity"},
      "formulas": [FORMULA | {"numerator": [[x, 0, 0]], "denominator": [[1, 0, 0]]}
                   for x in (1000, -1000)]}, "NaN in a position formula"),
])
def test_positions_are_refused_by_name(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        extract(Model.from_plain(positioned(**fields)))


def test_up_to_a_length_beyond_the_positions_is_refused() -> None:
    bounded = Model.from_plain(positioned(positions={"kind": "bounded"}))
    assert up_to(bounded, 2).covered == 2
    with pytest.raises(Refused, match="position encodings of the model reach 2"):
        up_to(bounded, 3)


def test_constant_formulas_are_added() -> None:
    constant = {"dimension": "x0", "numerator": [[1, 0, 0], [0, 3, 1]], "denominator": [[2, 0, 0]]}
    for seed in range(8):
        plain = random_plain_model(random.Random(seed), masks=["future"], readout="last",
                                   selections=["uhat-right"], contract=FIXED)
        plain["formulas"] = [constant, constant]
        hard = Model.from_plain(plain)
        found = extract(hard).dfa
        assert found is not None
        assert disagreement(hard, found, [all_words(2, n) for n in range(6)]) is None


@pytest.mark.parametrize("arithmetic", ["exact-sums", "exact-attention"])
def test_unique_hard_attention_does_not_care_where_sums_are_rounded(arithmetic: str) -> None:
    for selection in ("uhat-left", "uhat-right"):
        hard = Model.from_plain(model(contract=FIXED | {"arithmetic": arithmetic},
                                      selections=[selection]))
        found = extract(hard).dfa
        assert found is not None
        assert disagreement(hard, found, [all_words(2, n) for n in range(7)]) is None


def test_up_to_a_length_equals_the_extraction_there() -> None:
    compared = 0
    for seed in range(20):
        plain = random_plain_model(random.Random(seed), masks=["future", "strict-future"],
                                   selections=["uhat-left", "uhat-right"], readout="last",
                                   contract={"format": "rational"})
        hard = Model.from_plain(plain)
        whole, part = extract(hard).dfa, up_to(hard, 7).partial
        assert whole is not None and part is not None
        length = {word: len(word) <= 7 for word in ("", "aaaaaaa", "bbbbbbbb")}
        for word, covered in length.items():
            assert part.accepts(word) == (covered and whole.accepts(word))
        assert all(part.accept[part.run(w)] == whole.accept[whole.run(w)]
                   for n in range(8) for w in all_words(2, n).tolist())
        compared += whole.states > 2
    assert compared


def test_up_to_knows_its_limit() -> None:
    with pytest.raises(LimitError, match="words of length 9: 512"):
        up_to(Model.from_plain(model()), 9, max_words=511)


def test_nan_is_refused_with_a_shortest_word() -> None:
    # 1 / 0: plain exponentials of scores that vanish; the first position sees nothing.
    contract = FIXED | {"softmax": "plain", "overflow": "infinity"}
    plain = {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "contract": contract, "residual": ["x", "y"], "period": 1,
        "embedding": [[[0, 0]], [[-3, 0]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "attention", "heads": [{
            "selection": "softmax", "mask": "strict-future", "query": [[0, 0, 1]],
            "key": [[1, 0, 0]], "value": [[0, 0, 1]], "output": [[0], [1]]}]}],
        "output": {"weights": [0, 1], "bias": 0}}
    nan = Model.from_plain(plain)
    with pytest.raises(Refused, match=r"NaN .* in sublayer 1 of 1 \(attention\) on: b [ab]$"):
        extract(nan)
    with pytest.raises(Refused, match=r"on: b a$"):
        up_to(nan, 4)
    plain["contract"] = contract | {"softmax": "uniform-if-zero", "overflow": "saturate"}
    fine = extract(Model.from_plain(plain)).dfa
    assert fine is not None
    assert not np.any(fine.accept[[fine.run(w) for w in ([], [0], [1])]])
    assert fine.accepts("ba")
