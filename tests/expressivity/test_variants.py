"""Variants by name: profiles, overrides, errors."""

from __future__ import annotations

import pytest

from expressivity.queries.bounds import bounds
from expressivity.variants import PRESETS, parse_variant
from languages.errors import InputError
from proofs.axes import ALIASES, AXES, AXIS
from proofs.statements import Lower, Upper

EXACT = {
    "uhat": "star-free", "uhat-left": "R-trivial", "uhat-periodic": "quasi-aperiodic",
    "fixed-precision-softmax": "R-trivial", "fixed-precision-softmax-periodic": "LTL[P,MOD]",
    "mixed-precision": "C-RASP@last", "log-precision,cot=poly(n)": "P",
    "constant-bit-cot": "P/poly", "padded": "D-TC0", "padded,loops=log(n)": "D-TC1",
    "householder-rnn": "REG", "rnn": "REG",
}
BETWEEN = {
    "uhat-positions": ({"AC0"}, {"FO[<,MON]"}), "log-precision": ({"D-TC0"}, {"solvable"}),
    "s6": ({"L-TC0"}, {"star-free"}), "looped-log": ({"D-TC1"}, {"REG"}),
    "log-precision,cot=log(n)": ({"L-TC0"}, {"solvable"}),
    "log-precision,cot=n": ({"P", "SPACE(n)"}, {"REG"}),
    "negative-eigenvalue-ssm": ({"2-groups"}, {"star-free"}),
}


@pytest.mark.parametrize(("variant", "cls"), EXACT.items())
def test_exact_classes(variant: str, cls: str) -> None:
    assert bounds(parse_variant(variant).profile).exact == cls


@pytest.mark.parametrize(("variant", "expected"), BETWEEN.items())
def test_bounds(variant: str, expected: tuple[set[str], set[str]]) -> None:
    found = bounds(parse_variant(variant).profile)
    assert found.exact is None
    assert {s.cls for t in found.upper if isinstance(s := t.statement, Upper)} == expected[0]
    assert expected[1] <= {s.cls for t in found.lower if isinstance(s := t.statement, Lower)}


def test_every_preset_has_a_bound() -> None:
    for name in PRESETS:
        assert bounds(parse_variant(name).profile).upper, name


def test_growth_values_mean_at_most() -> None:
    (box,) = parse_variant("uhat,depth=3").profile
    assert str(box["depth"]) == "1..3"
    (box,) = parse_variant("uhat,precision=log(n)").profile
    assert str(box["precision"]) == "log(n)"
    (box,) = parse_variant("padded,padding=n^2").profile
    assert str(box["padding"]) == "0..n^2"


def test_chain_of_thought_adds_decoders_to_models_that_answer_at_once() -> None:
    direct, decoder = parse_variant("log-precision,cot=n").profile
    assert (str(direct["cot"]), str(decoder["cot"])) == ("0", "1..n")
    assert decoder["readout"] == frozenset(["token"])
    assert decoder["masking"] == frozenset(["future", "strict-future"])


def test_aliases_name_known_values() -> None:
    for axis, names in ALIASES.items():
        for text in names.values():
            assert set(text.split()) <= set(AXIS[axis].values)


def test_defaults_are_values_of_their_axes() -> None:
    for axis in AXES:
        if axis.kind != "growth":
            assert set(axis.default.split()) <= set(axis.values), axis.name


BAD = [
    ("uhatt", "did you mean 'uhat'"),
    ("precison=log", "did you mean 'precision'"),
    ("uhat,precision=log,precision=3", "given twice"),
    ("uhat,attention=sharp", "unknown value 'sharp'"),
    ("uhat,depth=-1", "got '-'"),
    ("uhat,depth=0", "too small"),
    ("log-precision,cot=__import__('os')", "growth expression"),
    ("log-precision,cot=n**n**n", "'^'"),
    ("log-precision,cot=n^n", "exponent"),
    ("log-precision,cot=" + "(" * 500, "at most"),
    ("uhat,depth=" + "9" * 100, "digits"),
    ("uhat,transition=householder", "no recurrence"),
    ("s6,attention=softmax", "no attention"),
    ("family=rnn", "needs a transition"),
    ("uhat,markers=none", "readout=eos needs"),
    ("log-precision,readout=token", "readout=token"),
    ("log-precision,cot=n,readout=eos", "readout=token"),
    ("rnn,transition=householder", "does not occur"),
    ("householder-rnn,transition=nonlinear", "does not occur"),
    ("uhat,depth=", "no value"),
    ("uhat,padded", "expected AXIS=VALUE"),
    ("", "unknown variant"),
    ("uhat,attention=each softmax", "unknown value"),
    ("uhat,depth=5..3", "empty"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_variants_are_one_clear_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_variant(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
