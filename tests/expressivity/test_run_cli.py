"""run: residual streams, attention and states for people, as JSON and as pictures."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from expressivity.models.contracts import parse_contract_text
from expressivity.models.files import save_plain
from expressivity.models.model import Model
from expressivity.models.shares import shares, short_share, short_value
from languages.errors import InputError, LimitError
from proofs.models.attention import attend
from proofs.models.layers import Head
from proofs.models.numbers import Contract
from tests.expressivity.test_cli import run
from tests.models.every_kind import KINDS, RATIONAL, models
from tests.models.test_architecture import example


def head(selection: Any) -> Head:
    """A head whose matrices do not matter here."""
    return Head(selection, "none", (), (), (), ())


def averaging() -> dict[str, Any]:
    """Average-hard attention to all letters a that are seen; two positions see none of them."""
    return {
        "format": "expressivity model", "version": 1, "alphabet": ["a", "b"], "markers": "eos",
        "readout": "eos", "contract": RATIONAL, "residual": ["is a", "share of a"], "period": 1,
        "embedding": [[[1, 0]], [[0, 0]], [[0, 0]], [[0, 0]]],
        "layers": [{"kind": "attention", "heads": [
            {"selection": "average-hard", "mask": "strict-future", "query": [[0, 0, 1]],
             "key": [[0, 0, 1]], "value": [[1, 0, 0]], "output": [[0], [1]]}]}],
        "output": {"weights": [0, 1], "bias": "-1/2"}}


def saved(folder: Path, plain: dict[str, Any]) -> str:
    """The directory with the model."""
    return str(save_plain(plain, folder / "model").parent)


def test_shares_are_what_the_contract_averages_with() -> None:
    """With division of weights, the value of the j-th position alone gives its share."""
    scores = [Fraction(n) for n in (1, 0, 2, 2)]
    for selection in ("uhat-left", "uhat-right", "average-hard", "softmax"):
        for text in ("fixed:8.4", "fixed:8.4,arithmetic=exact-sums", "e4m3"):
            contract = parse_contract_text(text)
            for j in range(4):
                values = [(Fraction(int(i == j)),) for i in range(4)]
                weights, result = attend(contract, head(selection), scores, values)
                share = shares(contract, head(selection), weights)[j] or 0
                assert share == result[0], (selection, text, j)


@pytest.mark.parametrize(("contract", "expected"), [
    (Contract(), Fraction(1, 3)),
    (parse_contract_text("fixed:6.2"), Fraction(1, 4)),
    (parse_contract_text("fixed:6.2,division=quotient"), Fraction(1, 3)),
    (parse_contract_text("fixed:6.2,arithmetic=exact-attention"), Fraction(1, 3)),
    (parse_contract_text("fixed:3.0,overflow=saturate,division=quotient"), Fraction(1, 3))])
def test_shares_where_nothing_is_rounded(contract: Contract, expected: Fraction) -> None:
    weights, _ = attend(contract, head("average-hard"), [Fraction(0)] * 3, [(Fraction(0),)] * 3)
    assert shares(contract, head("average-hard"), weights) == [expected] * 3
    assert shares(contract, head("average-hard"), [None, Fraction(1)]) == [None, 1]


@pytest.mark.parametrize(("share", "text"), [
    (Fraction(0), "0"), (Fraction(1), "1"), (Fraction(1, 3), ".33"), (Fraction(1, 1000), "~0"),
    (Fraction(999, 1000), "~1"), (Fraction(5, 4), "1.25")])
def test_short_shares(share: Fraction, text: str) -> None:
    assert short_share(share) == text


@pytest.mark.parametrize(("value", "text"), [
    (Fraction(-3, 4), "-3/4"), (Fraction(1, 3**9), "1/19683"), (Fraction(1, 3**20), "~2.868e-10"),
    (Fraction(2**20, 3), "1048576/3"), (Fraction(-2**40, 3), "~-3.665e+11"), (float("inf"), "inf"),
    (Fraction(-10**400), "~-1.000e+400"), (Fraction(1, 10**400), "~0")])
def test_short_values(value: Any, text: str) -> None:
    assert short_value(value) == text


def test_attention_is_a_matrix_after_division(tmp_path: Path) -> None:
    done = run("run", saved(tmp_path, averaging()), "aba")
    assert done.stdout.splitlines() == [
        "accepted",
        "output 1/6 at position 3 ($)",
        "",
        "embedding",
        "      0:a  1:b  2:a  3:$",
        "is a    1    0    1    0",
        "",
        "after sublayer 1 (attention)",
        "head 1 (average-hard, mask strict-future)",
        "     0:a  1:b  2:a  3:$",
        "0:a",
        "1:b    1",
        "2:a  .50  .50",
        "3:$  .33  .33  .33",
        "            0:a  1:b  2:a  3:$",
        "is a          1    0    1    0",
        "share of a    0    1  1/2  2/3"]


def test_a_visible_position_without_a_share_is_a_dot(tmp_path: Path) -> None:
    plain = averaging()
    plain["layers"][0]["heads"][0] |= {"key": [[1, 0, 0]], "mask": "future"}
    lines = run("run", saved(tmp_path, plain), "aba").stdout.splitlines()
    assert lines[9:14] == ["     0:a  1:b  2:a  3:$", "0:a    1", "1:b    1    ·",
                           "2:a  .50    ·  .50", "3:$  .50    ·  .50    ·"]


def test_long_words_stay_readable(tmp_path: Path) -> None:
    """Tables are cut at the width of the page; a matrix that is wider becomes a list."""
    done = run("run", saved(tmp_path, averaging()), "ab" * 20)
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 100
    assert "2:a   0:a .50, 1:b .50" in lines
    assert "5:b   0:a .20, 1:b .20, 2:a .20, 3:b .20, and 1 more" in lines
    assert "1:b   0:a" in lines
    assert "0:a" in lines
    shown = [name for line in lines[3:9] for name in line.split() if ":" in name]
    assert shown == [f"{i}:{'ab'[i % 2]}" for i in range(40)] + ["40:$"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_sublayer_is_shown(tmp_path: Path, kind: str) -> None:
    plain = next(models(kind, 1))
    model, source = Model.from_plain(plain), saved(tmp_path, plain)
    done = run("run", source, "abba")
    assert done.returncode == 0, done.stderr
    trace = model.run([0, 1, 1, 0])
    found = json.loads(run("run", source, "abba", "--json").stdout)
    assert found["states"] == [[[str(x) for x in h] for h in states] for states in trace.hidden]
    assert found["residual"][-1] == [[str(x) for x in h] for h in trace.residual[-1]]
    named = {"attention": "attention", "ffn": "network", "gated-ffn": "gated network",
             "norm": "layer norm", "rnn": f"recurrence, {plain['layers'][0].get('activation')}"}
    name = named.get(kind, f"recurrence, {kind}")
    assert found["sublayers"][0] == name
    assert f"after sublayer 1 ({name})" in done.stdout
    recurrent = name.startswith("recurrence")
    assert ("\nstates\n    start" in done.stdout) == recurrent
    assert bool(found["states"][0]) == recurrent


def test_json_has_weights_before_and_after_division(tmp_path: Path) -> None:
    found = json.loads(run("run", saved(tmp_path, averaging()), "ab", "--json").stdout)
    assert found["attention"] == [[[[None] * 3, ["1", None, None], ["1", "1", None]]]]
    assert found["shares"] == [[[[None] * 3, ["1", None, None], ["1/2", "1/2", None]]]]


def test_words_without_an_answer(tmp_path: Path) -> None:
    plain = averaging() | {"positions": {"kind": "bounded"}, "period": 2}
    plain["embedding"] = [row * 2 for row in plain["embedding"]]
    done = run("run", saved(tmp_path, plain), "ab")
    assert done.returncode == 2
    assert "no answer on this word: 3 positions" in done.stderr


def test_pictures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    source = saved(tmp_path, averaging())
    first, second = tmp_path / "one.svg", tmp_path / "two.svg"
    plain = run("run", source, "aba")
    done = run("run", source, "aba", "--svg", str(first))
    assert (done.returncode, done.stdout, done.stderr) == (0, plain.stdout, "")
    assert run("run", source, "aba", "--svg", str(second), "--json").returncode == 0
    assert first.read_bytes() == second.read_bytes()
    root = ElementTree.fromstring(first.read_text())
    texts = ["".join(e.itertext()).strip() for e in root.iter() if e.tag.endswith("}text")]
    assert texts == ["0:a", "1:b", "2:a", "3:$"] * 2 + [
        "sublayer 1, head 1: average-hard, strict-future"]
    assert "image" not in {e.tag.rpartition("}")[2] for e in root.iter()}
    assert run("run", source, "aaa", "--svg", str(second)).returncode == 0
    # The picture is of the weights and the names: another word has another one.
    assert first.read_bytes() != second.read_bytes()
    assert str(tmp_path) not in first.read_text()


def test_pictures_of_strange_letters() -> None:
    pytest.importorskip("matplotlib")
    from expressivity.cli.attention_svg import attention_svg

    model = Model.from_plain(averaging() | {"alphabet": ["$x^2$<&", "\x01\u2603"]})
    picture = attention_svg(model, model.run([0, 1])).decode()
    texts = ["".join(e.itertext()).strip() for e in ElementTree.fromstring(picture).iter()
             if e.tag.endswith("}text")]
    assert texts[:3] == ["0:$x^2$<&", "1:\\x01\u2603", "2:$"]


def test_pictures_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from expressivity.cli import attention_svg

    model = Model.from_plain(next(models("rnn", 1)))
    with pytest.raises(InputError, match="the model has no heads"):
        attention_svg.attention_svg(model, model.run([0]))
    model = Model.from_plain(averaging())
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "matplotlib", None)
        with pytest.raises(InputError, match=r"--svg needs the package matplotlib, which is not "
                           r"installed: pip install 'expressivity\[plot\]'"):
            attention_svg.attention_svg(model, model.run([0]))
    with monkeypatch.context() as patched:
        patched.setattr(attention_svg, "MAX_CELLS", 3)
        with pytest.raises(LimitError, match="4 is over the limit of 3"):
            attention_svg.attention_svg(model, model.run([0]))
    pytest.importorskip("matplotlib")
    done = run("run", saved(tmp_path, averaging()), "a", "--svg", str(tmp_path / "no" / "x.svg"))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert not done.stdout


def test_the_architecture_example_runs(tmp_path: Path) -> None:
    done = run("run", saved(tmp_path, example()), "ab")
    assert done.returncode == 0
    assert "head 1 (softmax, mask strict-future)" in done.stdout
