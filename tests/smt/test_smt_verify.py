"""z3 on models says what the reference evaluator says of every word; limits; the command."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from expressivity.build import build
from expressivity.models.model import Model
from expressivity.smt import words
from expressivity.smt.floats import NotTranslated
from expressivity.smt.verify import AtLength, Limits, verify_lengths
from expressivity.smt.words import (
    declare_word,
    define_membership,
    layers,
    letter,
    read_word,
)
from expressivity.solvers.smt import Solution, solve_smt
from expressivity.variants import parse_variant
from languages.errors import InputError
from languages.language import Language
from languages.parse import parse_language
from tests.expressivity.command_line import run
from tests.models.agreement import reference_answer, words_of
from tests.models.random_models import (
    DIVISIONS,
    OVERFLOWS,
    ROUNDINGS,
    SOFTMAXES,
    random_extended_model,
    random_plain_model,
)

FLOATS = ((2, 2), (3, 2), (3, 3), (4, 4), (5, 3), (5, 7))
LIMITS = Limits(100, 2000)


def float_contract(rng: random.Random, **fields: str) -> dict[str, Any]:
    exponent, significand = rng.choice(FLOATS)
    return {"format": "float", "exponent": exponent, "significand": significand,
            "rounding": rng.choice(ROUNDINGS), "overflow": rng.choice(OVERFLOWS),
            "arithmetic": rng.choice(("left-to-right", "exact-sums")),
            "softmax": rng.choice(SOFTMAXES), "division": rng.choice(DIVISIONS)} | fields


def finite_language(accepted: set[tuple[str, ...]]) -> Language:
    """Without an automaton, over a and b."""
    return Language("listed", ("a", "b"), None, "listed",
                    member=lambda word: tuple(word) in accepted)


def ask(model: Model, language: Language, length: int) -> AtLength:
    (found,) = verify_lengths(model, language, [length], LIMITS)
    return found


def agrees_with_enumeration(plain: dict[str, Any], rng: random.Random, length: int) -> str:
    """Compare z3's answer about a language that is the model's or nearly so; says what it was."""
    model = Model.from_plain(plain)
    answers = {tuple("ab"[a] for a in w): reference_answer(model, w) for w in words_of(2, length)}
    accepted = {word for word, answer in answers.items() if answer is True}
    changed = rng.choice(sorted(answers)) if rng.random() < 0.4 else None
    if changed is not None:
        accepted ^= {changed}
    found = ask(model, finite_language(accepted), length)
    strange = {a for a in answers.values() if isinstance(a, str)}
    if strange - {"not a number"}:
        assert found.agrees is None and "no answer" in str(found.reason), plain
        return "no answer"
    wrong = {w for w, a in answers.items() if a == "not a number"} | (
        {changed} if changed is not None else set())
    assert found.agrees is (not wrong), (found, wrong, plain)
    if found.agrees:
        return "agrees"
    assert found.word in wrong
    assert found.undefined == (answers[found.word] == "not a number")
    return "not a number" if found.undefined else "differs"


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(s, marks=pytest.mark.slow)
                                          for s in range(2, 6))])
def test_random_models_against_all_words(seed: int) -> None:
    rng = random.Random(seed)
    seen: set[str] = set()
    for _ in range(6):
        make = rng.choice((random_plain_model, random_extended_model))
        plain = make(rng, contract=float_contract(rng))
        try:
            seen.add(agrees_with_enumeration(plain, rng, rng.randint(0, 3)))
        except NotTranslated as error:
            assert "Householder" in str(error)
    assert {"agrees", "not a number"} & seen


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_more_random_models_against_all_words(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(6):
        plain = rng.choice((random_plain_model, random_extended_model))(
            rng, contract=float_contract(rng))
        try:
            agrees_with_enumeration(plain, rng, rng.randint(1, 4))
        except NotTranslated as error:
            assert "Householder" in str(error)


def test_kinds_of_answers_on_attention_alone() -> None:
    """Models that are right or almost, with every kind of attention, under several contracts."""
    rng = random.Random(3)
    seen: list[str] = []
    for selection in ("uhat-left", "uhat-right", "average-hard", "softmax"):
        for overflow in OVERFLOWS:
            plain = random_plain_model(rng, contract=float_contract(rng, overflow=overflow),
                                       selections=[selection], layers=2)
            seen.append(agrees_with_enumeration(plain, rng, 2))
    assert "differs" in seen and "agrees" in seen


def built(source: str, variant: str) -> dict[str, Any]:
    made = build(parse_language(source), parse_variant(variant), length=8)
    return made.model.to_plain()


def mutated(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One weight of the output, of a network, of a head, changed."""
    def changed(edit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        copy: dict[str, Any] = json.loads(json.dumps(plain))
        edit(copy)
        return copy

    def output(copy: dict[str, Any]) -> None:
        copy["output"]["bias"] = 1

    yield changed(output)
    for k, layer in enumerate(plain["layers"]):
        def weight(copy: dict[str, Any], k: int = k, kind: str = layer["kind"]) -> None:
            rows = copy["layers"][k]["in"] if kind == "ffn" \
                else copy["layers"][k]["heads"][0]["value"]
            rows[0][-1] = 1 if rows[0][-1] == 0 else 0

        yield changed(weight)


@pytest.mark.parametrize("contract", [
    {"exponent": 5, "significand": 11, "overflow": "infinity", "rounding": "nearest"},
    {"exponent": 4, "significand": 4, "overflow": "saturate", "rounding": "floor"}])
def test_a_construction_and_what_is_left_of_it_when_weights_change(
        contract: dict[str, Any]) -> None:
    rounded = {"format": "float", "arithmetic": "left-to-right", "softmax": "max-subtracted",
               "division": "weights"} | contract
    plain = built("regex:(ab)*", "uhat") | {"contract": rounded}
    wanted = parse_language("regex:(ab)*")
    found = list(verify_lengths(Model.from_plain(plain), wanted, range(1, 7), LIMITS))
    assert [a.agrees for a in found] == [True] * 6
    verdicts = set()
    for broken in itertools.islice(mutated(plain), 4):
        model = Model.from_plain(broken)
        wrong = {w for w in words_of(2, 4) if reference_answer(model, w)
                 is not wanted.contains(tuple("ab"[a] for a in w))}
        answer = ask(model, wanted, 4)
        assert answer.agrees is (not wrong)
        if wrong:
            assert tuple("ab".index(a) for a in answer.word or ()) in wrong
        verdicts.add(answer.agrees)
    assert False in verdicts


def test_words_and_membership() -> None:
    for source in ("regex:(ab)*", "majority", "word-problem:S3"):
        language = parse_language(source)
        alphabet = tuple(reversed(language.alphabet))
        length = 4
        script = [*declare_word(length, len(alphabet)),
                  *define_membership(layers(language, alphabet, length))]
        for word in itertools.product(range(len(alphabet)), repeat=length):
            spelled = tuple(alphabet[a] for a in word)
            says = "member" if language.contains(spelled) else "(not member)"
            script.append(f"(assert (=> (and {' '.join(letter(i, a) for i, a in enumerate(word))})"
                          f" {says}))")
        found = solve_smt("\n".join(script))
        assert isinstance(found, Solution)
        word = read_word(found.values, length, len(alphabet))
        script.append(f"(assert (and {' '.join(letter(i, a) for i, a in enumerate(word))}))")
        assert isinstance(solve_smt("\n".join(script)), Solution)


def test_limits_and_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(0)
    plain = random_plain_model(rng, contract=float_contract(rng), markers="eos", readout="eos",
                               selections=["softmax"], layers=3)
    model = Model.from_plain(plain)
    everything = parse_language("regex:(a|b)*")
    (found,) = verify_lengths(model, everything, [6], Limits(0.01))
    assert found.agrees is None and found.reason == "time: 0.01 s"
    with pytest.raises(InputError, match="alphabet"):
        list(verify_lengths(model, parse_language("parity"), [1]))
    exact = Model.from_plain(random_plain_model(rng, contract={"format": "rational"}))
    with pytest.raises(NotTranslated, match="rational"):
        list(verify_lengths(exact, everything, [1]))
    mixed = float_contract(rng, arithmetic="exact-attention")
    averaging = Model.from_plain(random_plain_model(rng, contract=mixed, masks=["none"],
                                                    selections=["average-hard"], layers=4))
    with pytest.raises(NotTranslated, match="exact-attention"):
        list(verify_lengths(averaging, everything, [2]))
    monkeypatch.setattr(words, "MAX_WORDS", 7)
    with pytest.raises(InputError, match="8 words"):
        layers(finite_language(set()), ("a", "b"), 3)
    monkeypatch.setattr(words, "MAX_STATES", 4)
    with pytest.raises(InputError, match="more than 4 states"):
        layers(everything, ("a", "b"), 9)


def test_the_reference_evaluator_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that makes no difference is not reported as one."""
    plain = built("regex:(ab)*", "uhat") | {"contract": {
        "format": "float", "exponent": 5, "significand": 11, "rounding": "nearest",
        "overflow": "infinity", "arithmetic": "left-to-right", "softmax": "plain"}}
    monkeypatch.setattr("expressivity.smt.verify.solve_smt", lambda *_: Solution({}))
    found = ask(Model.from_plain(plain), parse_language("regex:(ab)*"), 2)
    assert found.agrees is None and "defect" in str(found.reason)


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("models") / "model.json"
    file.write_text(json.dumps(built("regex:(ab)*", "uhat")), encoding="utf-8")
    return file


def test_the_command(model_file: Path) -> None:
    done = run("smt", "verify", str(model_file), "regex:(ab)*", "--length", "1..4", "--precision",
               "fp16")
    assert done.returncode == 0
    assert done.stdout == "agrees with regex:(ab)*: lengths 1 to 4 (z3, no certificate)\n"
    done = run("smt", "verify", str(model_file), "regex:(ab)*|bba", "--length", "2..4",
               "--precision", "bf16")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "agrees with regex:(ab)*|bba: length 2 (z3, no certificate)",
        "differs from regex:(ab)*|bba on bba (found by z3, run again by the reference evaluator)"]
    done = run("smt", "verify", str(model_file), "regex:(ab)*", "--length", "3", "--precision",
               "fp16", "--json")
    assert json.loads(done.stdout) == {"how": "z3, no certificate", "lengths": [
        {"length": 3, "agrees": True, "undefined": False, "reason": None, "word": None}]}
    done = run("smt", "verify", str(model_file), "regex:(ab)*", "--length", "9", "--precision",
               "fp16", "--seconds", "0.1")
    assert (done.returncode, done.stdout) == (0, "unknown at length 9: time: 0.1 s\n")


@pytest.mark.parametrize(("arguments", "message"), [
    (["--length", "x"], "--length: got 'x'"),
    (["--length", "4..2"], "the smaller number first"),
    (["--length", "2"], "needs a float contract"),
    (["--length", "2", "--precision", "fixed:8.2"], "needs a float contract"),
    (["--length", "2", "--precision", "fp17"], "unknown number format"),
])
def test_bad_usage(model_file: Path, arguments: list[str], message: str) -> None:
    done = run("smt", "verify", str(model_file), "regex:(ab)*", *arguments)
    assert done.returncode == 2 and message in done.stderr
    assert len(done.stderr.splitlines()) == 1
