"""Constructions: the model's language is the automaton's, and its size is the program's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from expressivity.constructions import constructions, r_trivial, star_free
from expressivity.models.contracts import RATIONAL
from expressivity.models.fast import accepts
from expressivity.models.model import Model
from expressivity.models.sizes import sizes
from expressivity.programs.brasp import Attend, Local, Program, Vector, leaves
from expressivity.programs.brasp_to_model import Resources, brasp_to_model, resources
from expressivity.verify import ALL_LENGTHS, verify
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from tests.constructions.languages_to_build import (
    SMALL_FIXED,
    bits,
    members,
    random_r_trivial,
    random_star_free,
    small,
    words,
)

CONTRACTS: dict[str, Mapping[str, Any]] = {
    "rational": RATIONAL,
    "fixed": SMALL_FIXED,
    "overflow": {**SMALL_FIXED, "overflow": "infinity"},
    "float": {"format": "float", "exponent": 2, "significand": 2, "rounding": "nearest",
              "overflow": "saturate", "arithmetic": "left-to-right", "softmax": "max-subtracted"},
}


BY_BRASP: dict[str, Any] = {module.NAME: module for module in (star_free, r_trivial)}


def named(dfa: DFA) -> Language:
    return Language.regular("a language", dfa, "")


def recognises(plain: dict[str, Any], dfa: DFA, lengths: range) -> bool:
    model = Model.from_plain(plain)
    return all(accepts(model, words(dfa, n)).tolist() == members(dfa, n) for n in lengths)


def measured(plain: dict[str, Any]) -> Resources:
    """The resources, counted from the tensors."""
    attention = [layer["heads"] for layer in plain["layers"] if layer["kind"] == "attention"]
    networks = [layer for layer in plain["layers"] if layer["kind"] == "ffn"]

    def entries(x: Any) -> int:
        if isinstance(x, dict):
            return sum(map(entries, x.values()))
        return sum(map(entries, x)) if isinstance(x, list) else isinstance(x, int)

    return Resources(
        attention_layers=len(attention),
        ffn_layers=len(networks),
        heads=max(map(len, attention), default=0),
        rank=max((len(head["query"]) for heads in attention for head in heads), default=0),
        hidden=max((len(network["in"]) for network in networks), default=0),
        width=len(plain["residual"]),
        weights=entries([plain["embedding"], plain["layers"], plain["output"]]),
    )


def attention_depth(program: Program) -> int:
    """How deep attentions are nested."""
    depth: dict[str, int] = {}
    for d in program.definitions:
        parts = [d.value] if isinstance(d, Local) else [d.score, d.value, d.default]
        below = [depth[x.name] for e in parts for x in leaves(e) if isinstance(x, Vector)]
        depth[d.name] = max(below, default=0) + isinstance(d, Attend)
    return depth[program.output]


def test_the_registry() -> None:
    assert {"R-trivial", "star-free"} <= constructions().keys()
    for name, construction in constructions().items():
        assert name == construction.NAME
        assert "arXiv" in construction.CITATION


@pytest.mark.parametrize("name", BY_BRASP)
def test_a_construction_applies_where_it_builds(name: str) -> None:
    construction = BY_BRASP[name]
    for dfa in small():
        if construction.applies(named(dfa)):
            recognised = construction.program(dfa)
            assert recognised.accepted(words(dfa, 8)) == bits(members(dfa, 8))
        else:
            with pytest.raises(InputError):
                list(construction.witnesses(named(dfa), 8))


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("name", BY_BRASP)
def test_some_small_languages(name: str, contract: str) -> None:
    """Every eighth language, so that the quick tests stay quick."""
    construction = BY_BRASP[name]
    for dfa in [dfa for dfa in small() if construction.applies(named(dfa))][::8]:
        plain = brasp_to_model(construction.program(dfa), CONTRACTS[contract])
        assert recognises(plain, dfa, range(8))


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("name", BY_BRASP)
def test_every_small_language(name: str, contract: str) -> None:
    construction = BY_BRASP[name]
    for dfa in small():
        if construction.applies(named(dfa)):
            plain = brasp_to_model(construction.program(dfa), CONTRACTS[contract])
            assert recognises(plain, dfa, range(9))


@pytest.mark.slow
@pytest.mark.parametrize("name", BY_BRASP)
def test_every_small_language_is_extracted_back(name: str) -> None:
    """Built, extracted from the weights at all lengths, and equal."""
    for dfa in small():
        if BY_BRASP[name].applies(named(dfa)):
            (witness, *_) = BY_BRASP[name].witnesses(named(dfa), 8)
            found = verify(Model.from_plain(witness.model), named(dfa))
            assert found.agrees
            assert found.scope == ALL_LENGTHS


@pytest.mark.parametrize("contract", ["rational", "fixed"])
def test_the_readout_at_the_last_letter_needs_no_marker(contract: str) -> None:
    for dfa in small()[::8]:
        plain = brasp_to_model(star_free.program(dfa, "last"), CONTRACTS[contract])
        assert plain["markers"] == "none"
        assert recognises(plain, dfa, range(1, 8))


@pytest.mark.parametrize(("states", "letters", "length"), [(4, 2, 7), (5, 2, 7), (5, 3, 4)])
def test_random_star_free_languages(states: int, letters: int, length: int) -> None:
    for dfa in random_star_free(states, states, letters, 5):
        plain = brasp_to_model(star_free.program(dfa), SMALL_FIXED)
        assert recognises(plain, dfa, range(length + 1))


@pytest.mark.parametrize(("states", "letters", "length"), [(5, 2, 7), (6, 3, 4)])
def test_random_r_trivial_languages(states: int, letters: int, length: int) -> None:
    for dfa in random_r_trivial(states, states, letters, 5):
        plain = brasp_to_model(r_trivial.program(dfa), SMALL_FIXED)
        assert recognises(plain, dfa, range(length + 1))


def test_the_reference_evaluator_agrees() -> None:
    for dfa in small()[::24]:
        model = Model.from_plain(brasp_to_model(star_free.program(dfa), SMALL_FIXED))
        for n in range(4):
            assert [model.run(word).accepted for word in words(dfa, n)] == members(dfa, n)


@pytest.mark.parametrize("name", BY_BRASP)
def test_resources_are_those_of_the_tensors(name: str) -> None:
    construction = BY_BRASP[name]
    for dfa in small():
        if construction.applies(named(dfa)):
            program = construction.program(dfa)
            assert resources(program) == measured(brasp_to_model(construction.program(dfa)))
            assert resources(program).attention_layers <= attention_depth(program)


@pytest.mark.parametrize("name", BY_BRASP)
def test_claimed_resources_are_those_of_the_tensors(name: str) -> None:
    for dfa in small()[::16]:
        if BY_BRASP[name].applies(named(dfa)):
            for witness in BY_BRASP[name].witnesses(named(dfa), 8):
                found = sizes(Model.from_plain(witness.model).definition)
                assert witness.resources.items() <= found.items()
                assert witness.longest is None


def test_only_the_promised_attention_is_used() -> None:
    for dfa in small():
        plain = [(brasp_to_model(star_free.program(dfa)), "uhat-right"),
                 (brasp_to_model(star_free.program(dfa, "last")), "uhat-right")]
        if r_trivial.applies(named(dfa)):
            plain.append((brasp_to_model(r_trivial.program(dfa)), "uhat-left"))
        for model, selection in plain:
            heads = [h for layer in model["layers"] for h in layer.get("heads", [])]
            assert all(h["selection"] == selection for h in heads)
            assert all(h["mask"] == "strict-future" for h in heads)
            assert model["period"] == 1


def test_the_largest_of_the_small_languages() -> None:
    """One head per layer; three layers of attention, twenty-four dimensions."""
    found = [resources(star_free.program(dfa)) for dfa in small()]
    assert max(r.attention_layers for r in found) == 3
    assert max(r.heads for r in found) == 1
    assert max(r.width for r in found) <= 24
