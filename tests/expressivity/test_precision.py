"""Models with fewer bits: where they first fail, and how many bits each length needs."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner

from expressivity import precision, precision_fit
from expressivity.cli import main as command_line
from expressivity.cli.precision import precision_options
from expressivity.extraction import Budget
from expressivity.models.contracts import contract_text, parse_contract_text
from expressivity.models.files import save_plain
from expressivity.models.model import Model
from expressivity.models.quantise import Overflows, quantise
from expressivity.precision import PrecisionSearch, Row, horizon, parse_family
from expressivity.precision_fit import fits, stated_precision
from languages.errors import InputError
from languages.parse import parse_language
from proofs.models.numbers import Contract
from proofs.models.reference import accepts
from tests.expressivity.test_cli import run
from tests.expressivity.test_run_cli import averaging

RATIONAL = Contract()
SOME_ONE = "regex:(0|1)*1(0|1)*"


def majority() -> dict[str, Any]:
    """Strictly more ones than zeros: the average over all letters is above 1/2."""
    return averaging() | {"alphabet": ["1", "0"]}


def some_one() -> dict[str, Any]:
    """Some letter is 1: the average is above 0. It fails where one of n is rounded to 0."""
    plain = majority()
    plain["output"] = {"weights": [0, 1], "bias": 0}
    return plain


def search(plain: dict[str, Any], language: str, family: str, **options: Any) -> PrecisionSearch:
    """A table, filled."""
    model = Model.from_plain(plain)
    made = PrecisionSearch(model, parse_language(language), parse_family(family, model.contract),
                           **{"seconds": 60.0, **options})
    made.run()
    return made


def shown(rows: list[Row]) -> list[tuple[int, int | None, int, bool]]:
    return [(row.first, row.last, row.bits, row.bounded) for row in rows]


def test_counting_in_fixed_point_needs_a_bit_for_each_doubling() -> None:
    """b bits, none behind the point, count to 2^(b - 1) - 1; the sum of more is infinite."""
    found = search(majority(), "majority", "fixed,division=quotient", longest=9)
    assert shown(found.rows) == [(1, 1, 2, False), (2, 3, 3, False), (4, 7, 4, False),
                                 (8, 9, 5, True)]
    assert [contract_text(row.contract) for row in found.rows] == [
        f"fixed:{b}.0,division=quotient" for b in (2, 3, 4, 5)]
    assert found.end == "length 9 was the last to be looked at"
    assert found.notes == ("the model as it is agrees: length <= 10",)


@pytest.mark.parametrize("family", ["fixed", "fixed,overflow=saturate,rounding=floor", "float:3",
                                    "float:4,arithmetic=exact-sums,division=quotient"])
def test_the_table_is_what_trying_everything_finds(family: str) -> None:
    """Against the definition: every contract, every word up to length 5."""
    plain, length = majority(), 5
    found = search(plain, "majority", family, longest=length)
    model, language = Model.from_plain(plain), parse_language("majority")
    horizons: list[tuple[int, int]] = []
    for bits, contract in parse_family(family, RATIONAL).contracts():
        if bits > found.rows[-1].bits:
            break
        try:
            rounded = quantise(model, contract).model
        except Overflows:
            continue
        wrong = [n for n in range(length + 1) for word in itertools.product(range(2), repeat=n)
                 if _says(rounded, word) != language.contains(["10"[i] for i in word])]
        horizons.append((bits, min(wrong, default=length + 1) - 1))
    least = {n: min((bits for bits, last in horizons if last >= n), default=None)
             for n in range(1, length + 1)}
    table = {n: next((row.bits for row in found.rows
                      if row.first <= n and (row.last is None or n <= row.last)), None)
             for n in range(1, length + 1)}
    assert table == least
    assert None not in least.values()


def _says(model: Model, word: tuple[int, ...]) -> bool | None:
    try:
        return accepts(model.definition, word)
    except ArithmeticError:
        return None


def test_extraction_and_words_make_the_same_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 / n is rounded to 0 from n = 2^(f + 1) on, the end marker not counted."""
    monkeypatch.setattr(precision, "QUICK", 4)
    decided = search(some_one(), SOME_ONE, "fixed", longest=7)
    by_words = search(some_one(), SOME_ONE, "fixed", longest=7, budget=Budget(max_states=1))
    assert shown(decided.rows) == shown(by_words.rows)
    assert len(decided.rows) >= 2


def test_the_exact_length_of_a_failure_no_word_was_tried_for(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "QUICK", 4)
    monkeypatch.setattr(precision, "MAX_WORDS", 4)
    found = search(some_one(), SOME_ONE, "fixed", longest=7)
    last = [row for row in found.rows if not row.bounded][-1]
    assert last.last is not None
    assert last.last > 2
    word = ["0"] * (last.last) + ["1"]
    rounded = quantise(Model.from_plain(some_one()), last.contract).model
    assert _says(rounded, tuple(rounded.indices(word))) is not True
    assert all(_says(rounded, tuple(rounded.indices(word[k:]))) for k in range(1, len(word)))


def test_bits_that_suffice_at_all_lengths() -> None:
    plain = some_one()
    plain["layers"][0]["heads"][0]["selection"] = "uhat-left"
    plain["layers"][0]["heads"][0]["key"] = [[1, 0, 0]]
    found = search(plain, SOME_ONE, "float:5")
    assert shown(found.rows) == [(1, None, 2, False)]
    assert found.end == "float:5.2 agrees at all lengths"
    assert found.notes == ("the model as it is agrees: all lengths",)


def test_a_model_that_is_wrong_itself() -> None:
    plain = some_one()
    plain["embedding"][1] = [["-1/2", 0]]  # wrong from two zeros for one 1 on
    found = search(plain, SOME_ONE, "fixed")
    assert "differs on words of length 3" in found.notes[0]
    assert found.rows[-1].last == 2
    plain["output"]["bias"] = 1
    found = search(plain, SOME_ONE, "fixed")
    assert (found.rows, found.end) == ([], "the model as it is differs on words of length 0")


def test_other_ends_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert search(majority(), "majority", "fixed", seconds=0.0).end == "0 seconds are over, at " \
        "fixed:2.1"
    plain = majority() | {"positions": {"kind": "bounded"}, "period": 4}
    plain["embedding"] = [row * 4 for row in plain["embedding"]]
    found = search(plain, "majority", "fixed,division=quotient")
    assert found.end.startswith("5 positions, markers included")
    monkeypatch.setattr(precision, "MAX_WORDS", 8)
    monkeypatch.setattr(precision, "QUICK", 4)
    found = search(majority(), "majority", "fixed,division=quotient", budget=Budget(max_states=1))
    assert found.end == "more than 8 words of length 4"
    assert found.rows[-1].bounded
    monkeypatch.setattr(precision, "MAX_FIXED", 3)
    monkeypatch.setattr(precision, "MAX_WORDS", 64)
    found = search(majority(), "majority", "fixed,division=quotient")
    assert found.end == "no contract of the family agrees on all words up to length 4"
    assert found.rows[-1].last == 3


def test_too_many_words_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """One contract is right up to a length that extraction told; the next is not decided."""
    monkeypatch.setattr(precision, "QUICK", 4)
    monkeypatch.setattr(precision, "MAX_WORDS", 4)
    decided = iter([(True, 9), (False, None)])
    monkeypatch.setattr(PrecisionSearch, "_decide", lambda self, model: next(decided))
    found = search(majority(), "majority", "fixed,division=quotient")
    assert shown(found.rows) == [(1, 1, 2, False), (2, 8, 3, False)]
    assert "fails up to length 9 is not decided: too many words" in found.end


def test_one_letter() -> None:
    plain = majority() | {"alphabet": ["1"]}
    del plain["embedding"][1]
    found = search(plain, "regex:11*", "fixed,division=quotient", longest=20)
    assert found.rows[-1].last == 20
    assert found.rows[0].first == 1


def test_alphabets_must_agree() -> None:
    with pytest.raises(InputError, match="alphabet: the model's is 1 0"):
        search(majority(), "regex:(ab)*", "fixed")


@pytest.mark.parametrize(("text", "contract", "family"), [
    ("fixed", "rational", "fixed"), ("float", "rational", "float:8"),
    ("float:5,rounding=floor", "rational", "float:5,rounding=floor"),
    ("fixed", "bf16,overflow=saturate", "fixed,overflow=saturate"),
    ("fixed,overflow=infinity", "bf16,overflow=saturate,division=quotient",
     "fixed,division=quotient")])
def test_families(text: str, contract: str, family: str) -> None:
    found = parse_family(text, parse_contract_text(contract))
    assert str(found) == family
    bits, first = next(found.contracts())
    assert bits == 2
    assert first == parse_contract_text(
        ("fixed:2.1" if text.startswith("fixed") else f"{family.partition(',')[0]}.2")
        + "".join(family.partition(",")[1:]))


@pytest.mark.parametrize(("text", "message"), [
    ("double", "got 'double', expected fixed, float or float:EXPONENT"),
    ("float:", "got 'float:'"), ("float:x", "got 'float:x'"), ("float:99", "exponent"),
    ("fixed:3", "got 'fixed:3'"), ("fixed,colour=red", "FIELD=VALUE"),
    ("fixed,overflow=red", "overflow"), ("fixed,", "FIELD=VALUE")])
def test_families_that_are_none(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_family(text, RATIONAL)


def test_horizon() -> None:
    model, language = Model.from_plain(majority()), parse_language("majority")
    found = horizon(model, language, parse_contract_text("fixed:4.0,division=quotient,"
                                                         "overflow=infinity"),
                    Budget(max_states=100), seconds=60.0)
    assert found.first_failure == 8
    assert found.change.changed == 1
    found = horizon(model, language, parse_contract_text("bf16,division=quotient"),
                    Budget(max_states=100), seconds=0.2)
    assert found.first_failure is None
    assert found.verification.scope.startswith("length <= ")
    with pytest.raises(Overflows, match="overflows"):
        horizon(model, language, parse_contract_text("fixed:4.4"), seconds=1.0)


def row(last: int | None, bits: int, bounded: bool = False) -> Row:
    return Row(1, last, bits, RATIONAL, bounded)


def test_fits() -> None:
    logarithmic, linear = fits([row(2, 5), row(4, 8), row(16, 14), row(40, 99, True),
                                row(None, 3)])
    assert (logarithmic.slope, logarithmic.intercept) == (pytest.approx(3), pytest.approx(2))
    assert logarithmic.rms == pytest.approx(0, abs=1e-9)
    # The line through (2, 5), (4, 8), (16, 14): means 22/3 and 9.
    assert linear.slope == pytest.approx(0.5930, abs=1e-4)
    assert linear.intercept == pytest.approx(9 - linear.slope * 22 / 3)
    assert sum(linear.residuals) == pytest.approx(0, abs=1e-9)
    assert str(logarithmic).startswith("bits = 2.00 + 3 log2 n, residuals: root mean square 0.00")
    assert linear.to_plain()["against"] == "n"
    assert fits([row(2, 5), row(4, 8)]) == []
    down = fits([row(2, 6), row(4, 4), row(8, 2)])[0]
    assert str(down).startswith("bits = 8.00 - 2 log2 n")


def test_what_the_theory_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(__doc__="Counts letters. Log n bits\nsuffice for length n. Width 3.")
    monkeypatch.setattr(precision_fit, "constructions",
                        lambda: {"counting": made, "silent": SimpleNamespace(__doc__="Width 3.")})
    assert stated_precision(tmp_path) is None
    for text, expected in (('{"construction": "counting"}', "counting: Log n bits suffice for "
                            "length n."),
                           ('{"construction": "silent"}', None), ('{"construction": "x"}', None),
                           ('{"construction": []}', None), ("{}", None), ("[]", None), ("{", None)):
        (tmp_path / "build.json").write_text(text)
        assert stated_precision(tmp_path) == expected
        assert stated_precision(tmp_path / "model.json") == expected


def saved(folder: Path, plain: dict[str, Any]) -> str:
    return str(save_plain(plain, folder).parent)


def test_verify_with_fewer_bits(tmp_path: Path) -> None:
    model = saved(tmp_path, majority())
    done = run("verify", model, "majority", "--precision", "fixed:4.0,division=quotient")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == ("fixed:4.0,division=quotient: 22 weights, 1 changed, the largest change "
                        "1/2 at output.bias")
    assert lines[1].startswith("differs from majority, first at length 8: ")
    done = run("verify", model, "majority", "--precision", "fixed:4.0,division=quotient", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["first_failure"], found["agrees"]) == (1, 8, False)
    assert len(found["counterexample"]) == 8
    done = run("verify", model, "majority", "--precision", "fp16,division=quotient", "--seconds",
               "0.1")
    assert done.returncode == 0
    assert "no failure up to " in done.stdout
    assert "all words tried" in done.stdout
    done = run("verify", saved(tmp_path / "s", some_one()), SOME_ONE, "--precision", "e2m3",
               "--json")
    assert json.loads(done.stdout)["scope"] in ("all lengths", "length <= 17")


def test_verify_finds_the_bits(tmp_path: Path) -> None:
    model = saved(tmp_path, majority())
    arguments = ("verify", model, "majority", "--find-precision", "fixed,division=quotient",
                 "--max-length", "9")
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:6] == [
        "least number of bits, fixed,division=quotient",
        "length  bits  contract",
        "     1     2  fixed:2.0,division=quotient (sign, 1 before the point, 0 behind it)",
        "   2-3     3  fixed:3.0,division=quotient (sign, 2 before the point, 0 behind it)",
        "   4-7     4  fixed:4.0,division=quotient (sign, 3 before the point, 0 behind it)",
        "   8-9     5  fixed:5.0,division=quotient (sign, 4 before the point, 0 behind it)"]
    assert "fit: bits = 1.96 + 0.708 log2 n" in done.stdout
    assert "not a verdict" in done.stdout
    found = json.loads(run(*arguments, "--json").stdout)
    assert [(r["from"], r["to"], r["bits"], r["bounded"]) for r in found["rows"]] == [
        (1, 1, 2, False), (2, 3, 3, False), (4, 7, 4, False), (8, 9, 5, True)]
    assert [fit["against"] for fit in found["fits"]] == ["log2 n", "n"]
    assert found["theory"] is None


def test_an_interrupted_table_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = PrecisionSearch._right_on

    def interrupted(self: PrecisionSearch, model: Model, n: int, text: str) -> bool:
        if text.startswith("fixed:4.0") and n == 6:
            raise KeyboardInterrupt
        return original(self, model, n, text)

    monkeypatch.setattr(PrecisionSearch, "_right_on", interrupted)
    arguments = ["verify", saved(tmp_path, majority()), "majority", "--find-precision",
                 "fixed,division=quotient"]
    done = CliRunner().invoke(command_line.main, arguments)
    assert done.exit_code == 130
    assert "   2-3     3  fixed:3.0" in done.stdout
    assert "the table ends: interrupted" in done.stdout
    done = CliRunner().invoke(command_line.main, [*arguments, "--json"])
    assert done.exit_code == 130
    assert [r["bits"] for r in json.loads(done.stdout)["rows"]] == [2, 3]


def test_mistakes_are_one_clear_line(tmp_path: Path) -> None:
    model = saved(tmp_path, majority())
    for arguments, message in (
            (("--precision", "bf61"), "did you mean 'bf16'"),
            (("--precision", "fixed:4.4"), "the weight 1 overflows, expected at most 7/16"),
            (("--find-precision", "double"), "expected fixed, float or float:EXPONENT"),
            (("--find-precision", "fixed", "--precision", "bf16"), "expected one of them"),
            (("--max-length", "3"), "--max-length goes with --find-precision"),
            (("--max-length", "3", "--precision", "bf16"), "goes with --find-precision"),
            (("--alphabet", "ab", "--precision", "bf16"), "alphabet")):
        done = run("verify", model, "majority", *arguments)
        assert done.returncode == 2, arguments
        assert message in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""


def test_options_of_the_command_that_would_be_ignored_are_refused() -> None:
    @click.command()
    @click.option("--model", default="m")
    @click.option("--from-file", default="f")
    @precision_options
    def command(model: str, from_file: str) -> None:
        click.echo(f"{model} {from_file}")

    assert CliRunner().invoke(command, []).output == "m f\n"
    done = CliRunner().invoke(command, ["--precision", "bf16", "--from-file", "x"])
    assert done.exit_code != 0
