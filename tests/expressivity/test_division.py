"""Where heads divide is a hypothesis: weights first, or the quotient of two sums at the end."""

from __future__ import annotations

from typing import Any

import pytest

from expressivity.extraction.gate import upper_classes
from expressivity.models.model import Model
from expressivity.models.profile import model_profile
from expressivity.queries.ask import ask
from expressivity.queries.bounds import bounds
from expressivity.variants import PRESETS, parse_variant
from languages.parse import parse_language
from proofs.kernel import RuleError, axiom, extend, restrict
from proofs.profile import inside
from proofs.statements import Lower, Upper

FIXED = "fixed-precision-softmax"
INDIFFERENT = ["uhat", "uhat-left", "uhat-periodic", "mixed-precision", "constant-bit-cot", "rnn",
               "householder-rnn"]


def test_existence_at_constant_precision_needs_weights_divided_first() -> None:
    weights, quotient = (parse_variant(f"{FIXED},division={d}") for d in ("weights", "quotient"))
    assert weights.profile == parse_variant(FIXED).profile
    assert bounds(weights.profile).exact == "R-trivial"
    assert not bounds(quotient.profile).lower
    theorem = axiom("fixed-precision-r-trivial", 1)
    assert isinstance(theorem.statement, Lower)
    extend(theorem, weights.profile)
    with pytest.raises(RuleError):
        extend(theorem, quotient.profile)


def test_quotients_at_constant_precision_are_bounded_by_an_argument_of_their_own() -> None:
    (box,) = quotient = parse_variant(f"{FIXED},division=quotient").profile
    assert {"J-trivial", "nc0-regular", "R-trivial"} <= upper_classes(quotient)
    with pytest.raises(RuleError):
        restrict(axiom("fixed-precision-r-trivial"), quotient)
    for saturating in ("overflow=saturate", "format=float"):
        outside = parse_variant(f"{FIXED},division=quotient,{saturating}").profile
        assert "star-free" in upper_classes(outside) and "R-trivial" not in upper_classes(outside)
    assert "LTL[P,MOD]" in upper_classes(
        parse_variant(f"{FIXED}-periodic,division=quotient").profile)
    assert not bounds(parse_variant(f"{FIXED}-periodic,division=quotient").profile).lower
    assert box["division"] == frozenset({"quotient"})


@pytest.mark.parametrize(("language", "division", "verdict"), [
    ("regex:(a|b)*a(a|b)*", "weights", "yes"), ("regex:(a|b)*a(a|b)*", "quotient", "no"),
    ("regex:(a|b)*a(a|b)*", "weights+quotient", "yes"), ("regex:(ab)*", "weights", "no"),
    ("regex:(ab)*", "quotient", "no"), ("regex:(ab)*", "weights+quotient", "no"),
])
def test_verdicts(language: str, division: str, verdict: str) -> None:
    found = ask(parse_language(language), parse_variant(f"{FIXED},division={division}"))
    assert found.answer == verdict


@pytest.mark.parametrize("name", INDIFFERENT)
@pytest.mark.parametrize("division", ["weights", "quotient"])
def test_some_classes_do_not_depend_on_it(name: str, division: str) -> None:
    either = bounds(parse_variant(f"{name},division=weights+quotient").profile)
    assert either.exact is not None
    assert bounds(parse_variant(f"{name},division={division}").profile).exact == either.exact


def test_constructions_that_compare_keys_want_a_variant_with_both() -> None:
    assert bounds(parse_variant("padded").profile).exact == "D-TC0"
    for division in ("weights", "quotient"):
        assert not bounds(parse_variant(f"padded,division={division}").profile).lower
        found = bounds(parse_variant(f"log-precision,division={division}").profile)
        assert {s.cls for t in found.lower if isinstance(s := t.statement, Lower)} == {
            "C-RASP@last"}
        assert {s.cls for t in found.upper if isinstance(s := t.statement, Upper)} == {"D-TC0"}


def one_head(**contract: Any) -> Model:
    """A model with a softmax head that adds 1."""
    return Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
        "readout": "eos", "period": 1, "residual": ["x"], "embedding": [[[0]]] * 4,
        "contract": {"format": "fixed", "bits": 6, "fraction": 2, "rounding": "nearest",
                     "overflow": "infinity", "arithmetic": "left-to-right",
                     "softmax": "max-subtracted", **contract},
        "layers": [{"kind": "attention", "heads": [{
            "selection": "softmax", "mask": "strict-future", "query": [[0, 0]], "key": [[0, 0]],
            "value": [[0, 1]], "output": [[1]]}]}],
        "output": {"weights": [1], "bias": 0}})


@pytest.mark.parametrize("division", ["weights", "quotient"])
def test_the_profile_of_a_model_says_it(division: str) -> None:
    (box,) = model_profile(one_head(division=division))
    assert box["division"] == frozenset({division})
    assert inside(box, parse_variant(FIXED).profile[0]) == (division == "weights")
    (box,) = model_profile(one_head(division=division, arithmetic="exact-attention"))
    assert box["division"] == frozenset({"weights"}), "it makes no difference there"


def test_presets_are_about_both_only_where_it_does_not_matter_or_nobody_says() -> None:
    both = {name for name in PRESETS for box in parse_variant(name).profile
            if box["division"] == frozenset({"weights", "quotient"})}
    assert set(PRESETS) - both == {FIXED, f"{FIXED}-periodic", "constant-bit-cot"}
