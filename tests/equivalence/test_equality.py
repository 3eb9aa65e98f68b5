"""Equality from outside: real models at length 24, limits, and commands as users run them."""

from __future__ import annotations

import importlib
import itertools
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from expressivity.build import build
from expressivity.circuits.aiger import aiger_text
from expressivity.circuits.circuit import Circuit, Gate
from expressivity.circuits.letters import Options
from expressivity.circuits.subject import Subject, subject
from expressivity.equivalence import outcome
from expressivity.equivalence.at_length import equal_at_length
from expressivity.equivalence.circuits import equal_circuits
from expressivity.equivalence.outcome import Clock, Different, Equal, Undecided
from expressivity.equivalence.sides import compare, side
from expressivity.models.files import save_model
from expressivity.models.model import Model
from expressivity.solvers.solve import Limits, Unknown
from expressivity.variants import parse_variant
from expressivity.verify import verify
from languages.dfa import DFA
from languages.errors import InputError
from languages.language import Language
from languages.parse import parse_language
from proofs.bounds import CHECKERS, choices
from proofs.models.reference import run as run_model
from tests.expressivity.command_line import run
from tests.solvers.test_search_cli import checked


def built(text: str, variant: str) -> tuple[Model, Language]:
    """Weights for a language."""
    language = parse_language(text)
    return build(language, parse_variant(variant)).model, language


def average_hard(text: str, name: str) -> tuple[Model, Language]:
    """Weights of a construction, not verified: of average-hard attention over the rationals."""
    language = parse_language(text)
    construction = importlib.import_module(f"expressivity.constructions.{name}")
    return Model.from_plain(next(iter(construction.witnesses(language, 32))).model), language


def automaton(language: Language) -> DFA:
    assert language.dfa is not None
    return language.dfa


@pytest.mark.parametrize("text", ["ltl:P (a and P b)", "ltl:(a S b) and P (c and not P a)",
                                  "regex:(ab)*"])
def test_compiled_models(text: str) -> None:
    """Unique hard attention, compiled from a formula, and the formula."""
    start = time.monotonic()
    model, language = built(text, "uhat")
    found = equal_at_length(model, automaton(language), 24)
    assert isinstance(found, Equal) and time.monotonic() - start < 60
    assert CHECKERS["equal-at-length"](found.certificate) == found.checked


@pytest.mark.parametrize(("text", "construction", "length"), [
    ("mod:3", "solvable", 12), ("parity", "parity_by_averages", 8)])
def test_models_that_are_not_finite_state(text: str, construction: str, length: int) -> None:
    """Exact averages, with positions i or i/N, which extraction does not cover."""
    model, language = average_hard(text, construction)
    found = equal_at_length(model, automaton(language), length)
    assert isinstance(found, Equal)
    assert CHECKERS["equal-at-length"](found.certificate) == found.checked


def test_a_difference_is_one() -> None:
    model, _ = built("ltl:P (a and P b)", "uhat")
    other = automaton(parse_language("ltl:P (a and P (b and Y b))"))
    found = equal_at_length(model, other, 24)
    assert isinstance(found, Different) and len(found.example) == 24
    word = ["ab".index(letter) for letter in found.example]
    assert run_model(model.definition, word).accepted != other.accepts(found.example)


def test_limits_are_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    model, language = average_hard("parity", "parity_by_averages")
    start = time.monotonic()
    for seconds, said in ((0.0, "time: 0 s"), (2.0, "time: 2 s")):
        found = equal_at_length(model, automaton(language), 40, Clock(Limits(seconds)))
        assert found == Undecided(said)
    assert time.monotonic() - start < 30
    assert equal_at_length(model, automaton(language), 10**6) == Undecided(
        "length: certificates reach 512")
    monkeypatch.setattr(choices, "MAX_CASES", 20_000)
    found = equal_at_length(model, automaton(language), 500)
    assert isinstance(found, Undecided) and found.reason.startswith("too many")
    monkeypatch.setattr(outcome, "solve", lambda cnf, limits: Unknown("memory: 60 MB"))
    assert equal_at_length(model, automaton(language), 3) == Undecided("memory: 60 MB")


def test_verify_goes_on_by_proofs() -> None:
    """The scope is what was tried and proved; a longer difference is found there."""
    model, language = average_hard("mod:3", "solvable")
    found = verify(model, language, seconds=0.0, beyond=Limits(60.0), longest=7)
    assert found.agrees and found.scope == "length <= 7"
    assert [n for n, _ in found.proofs] == list(range(1, 8))
    assert found.how == "all words tried up to 0, lengths 1 to 7 by SAT, proofs checked"
    # From length 5 on another language: the first difference is the shortest.
    alphabet = language.alphabet
    other = parse_language("mod:3", alphabet=alphabet)
    assert other.dfa is not None
    words = {w for n in range(8) for w in itertools.product(alphabet, repeat=n)
             if other.contains(w) != (len(w) >= 5)}
    changed = replace(language, name="changed", dfa=_tree(alphabet, words))
    found = verify(model, changed, seconds=0.0, beyond=Limits(60.0))
    assert not found.agrees and found.counterexample is not None
    assert len(found.counterexample) == 5 and [n for n, _ in found.proofs] == [1, 2, 3, 4]
    stopped = verify(model, language, seconds=0.0, beyond=Limits(0.0))
    assert stopped.scope == "length <= 0" and "length 1 by SAT: time: 0 s" in stopped.notes


def _tree(alphabet: tuple[str, ...], words: set[tuple[str, ...]]) -> DFA:
    """The automaton of finitely many words."""
    longest = max(map(len, words))
    known = [w for n in range(longest + 1) for w in itertools.product(alphabet, repeat=n)]
    number = {w: q for q, w in enumerate(known)}
    sink = len(known)
    return DFA.from_lists(
        alphabet, [*([number.get((*w, a), sink) for a in alphabet] for w in known),
                   [sink] * len(alphabet)], 0, [number[w] for w in words])


def test_a_language_that_is_not_regular_is_only_tried() -> None:
    model, _ = average_hard("majority", "c_rasp")
    found = verify(model, parse_language("majority"), seconds=0.0, beyond=Limits(60.0))
    assert found.agrees and not found.proofs and found.how == "all words tried"


# ---- circuits -------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "families", "lengths"), [
    ("parity", ("mod", "log-depth"), (1, 4, 24)),
    ("parity", ("parity-thresholds", "log-depth"), (3, 6)),
    ("majority", ("majority", "dnf"), (1, 5, 6)),
])
def test_families(text: str, families: tuple[str, str], lengths: tuple[int, ...]) -> None:
    left, right = (side(text, family=family) for family in families)
    rows = list(compare(left, right, lengths))
    assert [row.length for row in rows] == list(lengths)
    for row in rows:
        assert isinstance(row.outcome, Equal)
        assert CHECKERS["equal-circuits"](row.outcome.certificate) == row.outcome.checked


def test_letters_in_one_hot_code() -> None:
    left = subject("regex:(a|b|c)*ab(a|b|c)*")
    for text, same in (("regex:.*ab.*", True), ("regex:.*ac.*", False)):
        right = subject(text, alphabet=("a", "b", "c"))
        (row,) = compare(left, right, [4])
        assert isinstance(row.outcome, Equal) == same
        if not same:
            assert row.difference is not None and left.language is not None
            assert right.language is not None
            assert left.language.contains(row.difference) != right.language.contains(
                row.difference)
    with pytest.raises(InputError, match="one-hot"):
        list(compare(left, left, [4], Options(code="binary")))


def test_a_model_that_has_no_value_differs() -> None:
    """An output "undefined" that only one side has is compared with false."""
    model = Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "none",
        "readout": "last", "contract": {"format": "rational"}, "residual": ["x", "y"],
        "period": 1, "embedding": [[[0, 1]], [[1, 1]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "norm", "coordinates": ["x", "y"], "epsilon": 0}],
        "output": {"weights": [0, 0], "bias": -1}})
    nothing = subject("regex:a&b", alphabet=("a", "b"))
    for pair in ((Subject("model", None, None, model), nothing),
                 (nothing, Subject("model", None, None, model))):
        (row,) = compare(*pair, [2])
        assert isinstance(row.outcome, Different) and "b" in (row.difference or ())


def test_what_cannot_be_compared() -> None:
    wire = Circuit.from_gates(["x"], [], {"o": 2})
    two = Circuit.from_gates(["x", "y"], [Gate("AND", (2, 4))], {"o": 6})
    with pytest.raises(InputError, match="inputs: one circuit has 1, the other 2"):
        equal_circuits(wire, two)
    with pytest.raises(InputError, match="outputs: one circuit has 1, the other 0"):
        equal_circuits(wire, Circuit.from_gates(["x"], [], {}))
    with pytest.raises(InputError, match="two files"):
        list(compare(wire, two, [2]))
    parity, words = subject("parity"), subject("regex:ab")
    with pytest.raises(InputError, match="alphabet"):
        list(compare(parity, words, [2]))
    with pytest.raises(InputError, match="lengths of words"):
        list(compare(parity, parity, None))
    assert equal_circuits(wire, wire, clock=Clock(Limits(0.0))) == Undecided("time: 0 s")
    assert equal_circuits(wire, Circuit.from_gates(["x"], [], {"o": 3})) in (
        Different((False,)), Different((True,)))


# ---- commands -------------------------------------------------------------------------------


def test_verify_at_a_length(tmp_path: Path) -> None:
    model, _ = built("ltl:P (a and P b)", "uhat")
    save_model(model, tmp_path / "model")
    done = run("verify", str(tmp_path / "model"), "ltl:P (a and P b)", "--length", "24",
               "--certificate", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("agrees with ltl:P (a and P b): length = 24 (SAT, a proof of ")
    said = checked(tmp_path / "certificate-equal-at-length-24.json")
    assert "recognises the words of length 24 of the language" in said
    done = run("verify", str(tmp_path / "model"), "ltl:P a", "--alphabet", "ab", "--length", "5",
               "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1 and found["agrees"] is False
    assert len(found["counterexample"]) == 5 and found["scope"] == "length = 5"
    done = run("verify", str(tmp_path / "model"), "ltl:P (a and P b)", "--length", "24",
               "--seconds", "0")
    assert done.returncode == 1
    assert done.stdout == ("unknown whether it agrees with ltl:P (a and P b): length = 24 "
                           "(time: 0 s)\n")
    for arguments, said in ((("regex:a|b|c",), "alphabet: the model's is a b"),
                            (("anbn",), "anbn is not regular"),
                            (("ltl:P (a and P b)", "--precision", "bf16"),
                             "--length does not go with a number of bits")):
        done = run("verify", str(tmp_path / "model"), *arguments, "--length", "4")
        assert done.returncode == 2 and said in done.stderr


def test_verify_writes_a_certificate_for_each_length(tmp_path: Path) -> None:
    """Words over many letters are soon too many; that attention looks ahead excludes extraction."""
    letters = "abcdefghijklmnopqrst"
    save_model(Model.from_plain({
        "format": "expressivity model", "version": 1, "alphabet": list(letters),
        "markers": "eos", "readout": "eos", "contract": {"format": "rational"},
        "residual": ["is b", "b occurs"], "period": 1,
        "embedding": [[[int(letter == "b"), 0]] for letter in letters + "^$"],
        "layers": [{"kind": "attention", "heads": [
            {"selection": "uhat-left", "mask": "none", "query": [[0, 0, 1]], "key": [[1, 0, 0]],
             "value": [[1, 0, 0]], "output": [[0], [1]]}]}],
        "output": {"weights": [0, 1], "bias": 0}}), tmp_path / "model")
    done = run("verify", str(tmp_path / "model"), "regex:.*b.*", "--alphabet", letters,
               "--seconds", "6", "--json", "--certificate", str(tmp_path))
    found = json.loads(done.stdout)
    assert found["agrees"] and found["scope"].startswith("length <= ")
    assert found["how"].startswith("all words tried up to 4, length")
    assert [one["length"] for one in found["lengths"]][:2] == [5, 6]
    for one in found["lengths"][:2]:
        assert f"words of length {one['length']} " in checked(Path(one["certificate"]))


def test_circuits_from_the_command_line(tmp_path: Path) -> None:
    done = run("circuit", "parity", "--equal", "parity", "--equal-family", "log-depth",
               "--length", "4,6", "--certificate", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "length 4: equal (SAT, a proof of " in done.stdout
    checked(tmp_path / "certificate-equal-circuits-6.json")
    for name, family in (("p", "mod"), ("q", "log-depth")):
        made = subject("parity", family=family).circuit(5)
        (tmp_path / name).write_text(aiger_text(made), encoding="utf-8")
    files = [f"aiger:{tmp_path / name}" for name in "pq"]
    assert run("circuit", files[0], "--equal", files[1]).stdout.startswith("equal (SAT, ")
    done = run("circuit", files[0], "--equal", "majority", "--json")
    (row,) = json.loads(done.stdout)["rows"]
    assert done.returncode == 1 and row["length"] == 5 and row["equal"] is False
    word = row["difference"]
    assert parse_language("parity").contains(word) != parse_language("majority").contains(word)
    assert "length 4: unknown (time: 0 s)" in run(
        "circuit", "parity", "--equal", "parity", "--length", "4", "--seconds", "0").stdout
    for arguments, said in (
            ((files[0],), "goes with --equal"), (("parity", "--certificate", "x"), "--equal"),
            (("parity", "--equal", files[0], "--dot", "x"), "--dot does not go with --equal"),
            (("parity", "--equal", files[0], "--length", "4"), "inputs: "),
            (("parity", "--equal", "aiger:nowhere"), "cannot be read"),
            (("parity", "--equal", files[0], "--equal-family", "mod"), "no families")):
        done = run("circuit", *arguments)
        assert done.returncode == 2 and said in done.stderr, done.stderr
