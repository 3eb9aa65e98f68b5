"""A model and an automaton at one length: clauses against all words, certificates, rejections."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from proofs.bounds import choices, equal_at_length
from proofs.bounds.equal_at_length import check, encode
from proofs.check import check_text
from proofs.check_report import report
from proofs.checkers.automaton import Automaton, parse_automaton
from proofs.checkers.rejection import Rejected
from proofs.models.architecture import Model, parse_model
from proofs.models.positions import OutOfRange
from proofs.models.reference import NoReadout
from proofs.witnesses import forgetting
from tests.models.random_models import MASKS, RATIONAL, random_extended_model, random_plain_model
from tests.proofs.certificate_edits import edited
from tests.proofs.equalities import (
    answers,
    certificate,
    changed_weight,
    difference,
    is_equal,
    tree,
)
from tests.proofs.test_mutation import changes, parts

LIMITS = ("too-many-values", "too-many-cases", "too-many-clauses")


def automaton(model: Model, length: int, words: Any) -> Automaton:
    """The automaton of some words."""
    return parse_automaton(tree(model.alphabet, length, words), "language")


@pytest.mark.parametrize("block", range(5))
def test_random_models(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clauses have an assignment iff some word differs, NaN included; and it is such a word."""
    monkeypatch.setattr(choices, "MAX_CASES", 20_000)
    seen = {"equal": 0, "undefined": 0, "no-answer": 0}
    for seed in range(30 * block, 30 * (block + 1)):
        rng = random.Random(seed)
        plain = random_extended_model(rng) if seed % 2 else random_plain_model(rng)
        model, length = parse_model(plain), rng.randint(0, 5)
        try:
            truth = answers(model, length)
        except (NoReadout, OutOfRange):
            truth = {}
        accepted = [word for word, value in truth.items() if value]
        undefined = [word for word, value in truth.items() if value is None]
        try:
            cnf = encode(model, automaton(model, length, accepted), length)
        except Rejected as error:
            assert error.code in (*LIMITS, "not-covered") or (
                error.code == "no-answer" and len(undefined) == len(truth)), (seed, error)
            seen["no-answer"] += error.code == "no-answer"
            continue
        found = difference(cnf, 2, length)
        assert found in undefined if undefined else found is None, seed
        seen["undefined" if undefined else "equal"] += 1
        if not undefined:  # one word more or less
            word = rng.choice(list(truth))
            other = [w for w in truth if (w in accepted) != (w == word)]
            assert difference(encode(model, automaton(model, length, other), length), 2,
                              length) == word, seed
    assert all(seen.values())


@pytest.mark.parametrize("selection", ["uhat-left", "uhat-right", "average-hard"])
@pytest.mark.parametrize("mask", [*MASKS, "window:2"])
def test_a_changed_weight(selection: str, mask: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed weight gives a word on which the model changed, or it is still the same model."""
    monkeypatch.setattr(choices, "MAX_CASES", 20_000)
    covered = changed = 0
    for seed in range(8):
        rng = random.Random(f"{selection} {mask} {seed}")
        plain = random_plain_model(rng, contract=RATIONAL, selections=[selection], masks=[mask],
                                   markers="eos", readout="eos", period=2, layers=2)
        length = rng.randint(3, 6)
        before = parse_model(plain)
        accepted = [word for word, value in answers(before, length).items() if value]
        changed_weight(rng, plain)
        after = parse_model(plain)
        differ = [w for w, value in answers(after, length).items() if value != (w in accepted)]
        target = automaton(before, length, accepted)
        try:
            cnf = encode(after, target, length)
        except Rejected as error:
            assert error.code in LIMITS
            continue
        found = difference(cnf, 2, length)
        assert found in differ if differ else found is None
        covered += 1
        changed += bool(differ)
    assert covered > 2 and changed < covered


def plain_model(**fields: Any) -> dict[str, Any]:
    """The last letter before the end is b: one head, rightmost."""
    return {"format": "expressivity model", "version": 1, "alphabet": ["a", "b"],
            "markers": "eos", "readout": "eos", "contract": {"format": "rational"},
            "residual": ["x", "y"], "period": 1,
            "embedding": [[[0, 0]], [[1, 0]], [[0, 0]], [[0, 0]]],
            "layers": [{"kind": "attention", "heads": [
                {"selection": "uhat-right", "mask": "strict-future", "query": [[0, 0, 1]],
                 "key": [[0, 0, 1]], "value": [[1, 0, 0]], "output": [[0], [1]]}]}],
            "output": {"weights": [0, 1], "bias": 0}} | fields


LAST_B = {"alphabet": ["b", "a"], "states": 2, "start": 0, "accept": [1],
          "delta": [[1, 0], [1, 0]]}


def good(length: int = 3) -> dict[str, Any]:
    """A certificate that is accepted."""
    return certificate(plain_model(), LAST_B, length)


@pytest.mark.parametrize("length", [0, 1, 2, 6])
def test_a_good_certificate(length: int) -> None:
    found = check(good(length))
    assert found.length == length and is_equal(found.model, found.automaton, length)
    said = "\n".join(found.describe())
    assert f"the words of length {length}" in said and "nothing is said about other" in said
    assert found.plain()["length"] == length


def test_it_is_known_to_check() -> None:
    import json

    outcome = check_text(json.dumps(good()).encode(), "file")
    assert outcome.status == "accepted" and "of length 3" in report(outcome)


def test_one_letter() -> None:
    model = plain_model(alphabet=["a"], embedding=[[[1, 0]], [[0, 0]], [[0, 0]]])
    language = {"alphabet": ["a"], "states": 2, "start": 0, "accept": [1], "delta": [[1], [1]]}
    assert check(certificate(model, language, 4)).length == 4
    cnf = encode(parse_model(model), parse_automaton({**language, "accept": []}, ""), 4)
    assert difference(cnf, 1, 4) == (0, 0, 0, 0)


def test_changed_certificates() -> None:
    """Whatever is changed, the certificate is rejected or its claim is true."""
    value = good(2)
    accepted = rejected = 0
    for path, inner in parts(value):
        for edit in changes(path, inner):
            try:
                found = check(edited(value, edit))
            except Rejected:
                rejected += 1
                continue
            accepted += 1
            assert is_equal(found.model, found.automaton, found.length), edit
    assert accepted and rejected > 1000


def test_a_proof_of_another_claim() -> None:
    value = good()
    for field, new in (("length", 4), ("language", {**LAST_B, "accept": [0]}),
                       ("model", plain_model(output={"weights": [0, -1], "bias": 1}))):
        other = copy.deepcopy(value)
        other["claim"][field] = new
        with pytest.raises(Rejected):
            check(other)


ROUNDED = {"format": "fixed", "bits": 6, "fraction": 2, "rounding": "nearest",
           "overflow": "infinity", "arithmetic": "exact-sums", "softmax": "plain"}
HEAD = plain_model()["layers"][0]["heads"][0]
DOUBLING = {"kind": "recurrence", "initial": [0], "reads": "after", "output": [[1], [0]],
            "transition": {"kind": "time-invariant", "matrix": [[2]]}, "input": [[1, 0, 0]]}
NO_VALUE = [{"dimension": "x", "numerator": [[1, 0, 0]], "denominator": [[1, 1, 0]]}]


@pytest.mark.parametrize(("code", "changed"), [
    ("another-alphabet", {"language": {**LAST_B, "alphabet": ["b", "c"]}}),
    ("no-answer", {"model": plain_model(positions={"kind": "bounded"}, period=1)}),
    ("no-answer", {"model": plain_model(formulas=NO_VALUE)}),
    ("no-answer", {"model": plain_model(markers="none", readout="last"), "length": 0}),
    ("not-covered", {"model": plain_model(contract=ROUNDED, layers=[
        {"kind": "attention", "heads": [{**HEAD, "selection": "softmax"}]}])}),
    ("too-many-values", {"model": plain_model(layers=[DOUBLING]), "length": 11}),
    ("out-of-range", {"length": equal_at_length.MAX_LENGTH + 1}),
    ("out-of-range", {"length": -1}),
    ("not-an-integer", {"length": True}),
    ("unknown-key", {"more": 0}),
    ("missing-key", {"length": ...}),
])
def test_claims_that_are_refused(code: str, changed: dict[str, Any]) -> None:
    value = good()
    value["claim"] = {key: new for key, new in (value["claim"] | changed).items() if new != ...}
    with pytest.raises(Rejected) as raised:
        check(value)
    assert raised.value.code == code


@pytest.mark.parametrize(("code", "change"), [
    ("wrong-kind", {"kind": "equal"}), ("wrong-format", {"format": ""}),
    ("out-of-range", {"version": 2}), ("missing-key", {"data": {}}),
    ("not-a-string", {"data": {"proof": None}}), ("no-empty-clause", {"data": {"proof": ""}}),
])
def test_outer_forms_that_are_refused(code: str, change: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as raised:
        check(good() | change)
    assert raised.value.code == code


@pytest.mark.parametrize(("limit", "code"), [
    ("MAX_CASES", "too-many-cases"), ("MAX_LITERALS", "too-many-clauses"),
    ("MAX_WORK", "too-much-work")])
def test_sizes_are_bounded(limit: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = good()
    monkeypatch.setattr(choices, limit, 10)
    with pytest.raises(Rejected) as raised:
        check(value)
    assert raised.value.code == code


SQUARE = {"kind": "gated-ffn", "gate": [[1, 0, 0]], "in": [[1, 0, 0]], "out": [[1, 0], [0, 0]]}
WIDE = {"kind": "ffn", "in": [[1, 0, 0]] * 500, "out": [[1] * 501, [0] * 501]}
FIXED = ROUNDED | {"bits": 64, "overflow": "saturate", "arithmetic": "left-to-right",
                   "softmax": "max-subtracted"}
HUGE = "1" + "0" * 900 + "1"
MANY = [f"l{i}" for i in range(200)]


def many(**fields: Any) -> dict[str, Any]:
    """A model of many letters, which differ in x."""
    return plain_model(alphabet=MANY, period=20, embedding=[
        [[i + 1000 * j, 0] for j in range(20)] for i in range(len(MANY) + 2)], **fields)


@pytest.mark.parametrize(("code", "length", "fields"), [
    ("too-long", 1, {"layers": [SQUARE] * 28, "embedding": [[[3, 0]]] * 4}),
    ("too-long", 1, {"layers": [SQUARE], "embedding": [[[3, 0]]] * 4,
                     "loop": {"first": 0, "last": 0, "times": 100_000}}),
    ("too-long", 1, {"layers": [SQUARE, SQUARE, {"kind": "norm", "coordinates": ["x", "y"],
                                                 "epsilon": "1/3"}],
                     "embedding": [[[HUGE, 1]], [["1/" + HUGE, 0]], [[HUGE, 0]], [[2, 0]]]}),
])
def test_long_rationals(code: str, length: int, fields: dict[str, Any]) -> None:
    value = good(1)
    value["claim"] |= {"model": plain_model(**fields), "length": length}
    with pytest.raises(Rejected) as raised:
        check(value)
    assert raised.value.code == code


@pytest.mark.parametrize("fields", [
    {"layers": [WIDE] * 40},
    {"contract": FIXED, "layers": [{"kind": "attention", "heads": [
        {**HEAD, "selection": "softmax", "mask": "none", "key": [[1, 0, 0]]}]}]},
    {"formulas": [{"dimension": "x", "numerator": [["1/7", 8, 8]] * 100,
                   "denominator": [[1, 0, 0]]}] * 200},
])
def test_large_computations_are_refused(fields: dict[str, Any],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever takes long is counted: thousands of values through wide layers, say."""
    monkeypatch.setattr(choices, "MAX_WORK", 3_000_000)
    nothing = {"alphabet": MANY, "states": 1, "start": 0, "accept": [], "delta": [[0] * len(MANY)]}
    with pytest.raises(Rejected) as raised:
        encode(parse_model(many(**fields)), parse_automaton(nothing, ""), 18)
    assert raised.value.code == "too-much-work"


def test_what_no_sublayer_reads_any_more() -> None:
    """Found from the last sublayer to the first; here for each sublayer and coordinate alone."""
    for seed in range(40):
        model = parse_model(random_extended_model(random.Random(seed)))
        infinities = model.contract.grid is not None and model.contract.overflow == "infinity"
        found = forgetting.unread_anywhere(model)
        assert len(found) == len(model.layers) + 1
        for k, gone in enumerate(found):
            later = model.layers[k:]
            assert gone == forgetting.unread(model, k) == {
                d for d in range(len(model.residual)) if model.output_weights[d] == 0
                and not any(forgetting._reads(layer, d) for layer in later)
                and not (infinities and any(forgetting._writes(layer, d) for layer in later))}


def test_undefined_is_a_difference() -> None:
    """A value that is missing counts, even where the answer does not depend on it."""
    nan = plain_model(layers=[{"kind": "norm", "coordinates": ["x", "y"], "epsilon": 0}],
                      output={"weights": [0, 0], "bias": 0})
    nothing = {"alphabet": ["a", "b"], "states": 1, "start": 0, "accept": [], "delta": [[0, 0]]}
    model = parse_model(nan)
    assert None in answers(model, 2).values()
    cnf = encode(model, parse_automaton(nothing, ""), 2)
    assert answers(model, 2)[difference(cnf, 2, 2) or ()] is None
